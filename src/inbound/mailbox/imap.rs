//! IMAP (RFC 3501).

use async_imap::{Authenticator, Client, Session};
use futures_util::TryStreamExt;

use super::{MailboxError, MailboxStream, process};
use crate::context::Context;
use crate::mail::receive::SIZE_LIMIT;
use crate::mailbox_url::{MailboxUrl, MailboxUrlError, Secret};
use crate::oauth;

/// Emails per visit.
const MAX_PER_VISIT: usize = 200;

impl From<async_imap::error::Error> for MailboxError {
    fn from(error: async_imap::error::Error) -> Self {
        match error {
            async_imap::error::Error::Io(error) => Self::Network(error),
            other => Self::Refused(other.to_string()),
        }
    }
}

/// Processes the emails of a folder one by one, and deletes each that was processed.
pub async fn empty(
    cx: &Context,
    stream: Box<dyn MailboxStream>,
    address: &MailboxUrl,
) -> Result<usize, MailboxError> {
    let mut client = Client::new(stream);
    client.read_response().await?;
    let mut session = sign_in(client, address).await?;
    session.select(&address.folder).await?;
    let mut uids: Vec<u32> = session.uid_search("UNDELETED").await?.into_iter().collect();
    uids.sort_unstable();
    uids.truncate(MAX_PER_VISIT);
    // The first part of an email that is too large to be a report.
    let beginning = format!("BODY.PEEK[]<0.{SIZE_LIMIT}>");
    for uid in &uids {
        let uid = uid.to_string();
        let fetched: Vec<_> = session
            .uid_fetch(&uid, &beginning)
            .await?
            .try_collect()
            .await?;
        let Some(body) = fetched.iter().find_map(|mail| mail.body()) else {
            tracing::warn!(uid, "a returned mail has no body");
            continue;
        };
        process(cx, body).await?;
        // Only now: an email that was not processed must still be there at the next visit.
        let stored = session.uid_store(&uid, "+FLAGS.SILENT (\\Deleted)").await?;
        stored.try_collect::<Vec<_>>().await?;
    }
    if !uids.is_empty() {
        session.expunge().await?.try_collect::<Vec<_>>().await?;
    }
    session.logout().await?;
    Ok(uids.len())
}

/// Counts the emails of a folder, and leaves them as they are.
pub async fn check(
    stream: Box<dyn MailboxStream>,
    address: &MailboxUrl,
) -> Result<u32, MailboxError> {
    let mut client = Client::new(stream);
    client.read_response().await?;
    let mut session = sign_in(client, address).await?;
    let count = session.examine(&address.folder).await?.exists;
    session.logout().await?;
    Ok(count)
}

async fn sign_in(
    client: Client<Box<dyn MailboxStream>>,
    address: &MailboxUrl,
) -> Result<Session<Box<dyn MailboxStream>>, MailboxError> {
    let tokens = match &address.secret {
        Secret::Password(password) => {
            let session = client.login(&address.user, password).await;
            return session.map_err(|(error, _)| error.into());
        }
        Secret::Tokens(tokens) => tokens.as_ref(),
    };
    let tokens = tokens.ok_or(MailboxUrlError::NoTokens)?;
    let token = tokens.token().await?;
    let mut bearer = Bearer {
        first: Some(oauth::xoauth2(&address.user, &token)),
        refusal: String::new(),
    };
    let session = client.authenticate("XOAUTH2", &mut bearer).await;
    match session {
        Ok(session) => Ok(session),
        Err((error, _)) => {
            // The next visit gets a fresh one.
            tokens.forget(&token).await;
            Err(match MailboxError::from(error) {
                MailboxError::Refused(reply) => {
                    MailboxError::Refused(format!("{reply} {}", bearer.refusal))
                }
                other => other,
            })
        }
    }
}

/// Authenticates with a token.
struct Bearer {
    /// The initial response, until it was sent.
    first: Option<String>,
    /// The reason that the server gave.
    refusal: String,
}

impl Authenticator for &mut Bearer {
    type Response = String;

    fn process(&mut self, challenge: &[u8]) -> String {
        // A second challenge is a rejection, which an empty response ends.
        self.first.take().unwrap_or_else(|| {
            self.refusal = oauth::challenge_words(challenge);
            String::new()
        })
    }
}
