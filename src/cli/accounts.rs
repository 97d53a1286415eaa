//! `jarshy user` and `jarshy token`.

use std::time::Duration;

use clap::Subcommand;

use super::{CliError, Result, Settings};
use crate::account::{self, Tokens};
use crate::address::EmailAddress;
use crate::model::user::{Role, Scope, Scopes};

#[derive(Subcommand)]
pub(super) enum User {
    /// Add a user, or set the role of one, and print a one-time sign-in link
    Add {
        /// Their address
        email: EmailAddress,
        /// What they may do: owner, editor or viewer
        #[arg(long)]
        role: Role,
    },
    /// Remove a user's password, second factor, linked account, sessions and API tokens, and
    /// print a one-time sign-in link
    Reset {
        /// Their address
        email: EmailAddress,
        /// Keep their API tokens
        #[arg(long)]
        keep_tokens: bool,
    },
}

impl User {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let secret = match self {
            User::Add { email, role } => account::add_user(&cx, &email, role).await?,
            User::Reset { email, keep_tokens } => {
                let tokens = if keep_tokens {
                    Tokens::Keep
                } else {
                    Tokens::Revoke
                };
                account::reset_user(&cx, &email, tokens)
                    .await?
                    .ok_or_else(|| CliError::Other(format!("there is no user {email}")))?
            }
        };
        out!(
            "{}/admin/sign-in/{}",
            cx.config().public_url(),
            secret.reveal()
        );
        Ok(())
    }
}

#[derive(Subcommand)]
pub(super) enum Token {
    /// Create an API token for a user and print it; it is shown only once
    Add {
        /// The user's address
        email: EmailAddress,
        /// What the token may do: all, read, or only calls of some resources,
        /// such as subscribers:read,campaigns:write
        #[arg(long, required = true, value_delimiter = ',')]
        scope: Vec<Scope>,
        /// Days until it expires [default: never]
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
        days: Option<u32>,
    },
}

impl Token {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let Token::Add { email, scope, days } = self;
        let scopes = Scopes::new(scope).map_err(|error| CliError::Other(error.to_string()))?;
        let lifetime = days.map(|days| Duration::from_secs(u64::from(days) * 24 * 3600));
        let cx = settings.open(&[]).await?;
        let token = account::add_token(&cx, &email, scopes, lifetime)
            .await?
            .ok_or_else(|| {
                CliError::Other(format!(
                    "there is no user {email}; add them with: jarshy user add {email} --role owner"
                ))
            })?;
        out!("{}", token.reveal());
        Ok(())
    }
}
