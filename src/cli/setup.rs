//! `jarshy setup`: the first start on a terminal or by a script.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use super::{CliError, Result, Settings};
use crate::account::first_owner;
use crate::address::EmailAddress;
use crate::audience::AudienceError;
use crate::audience::list_admin::{self, ListFields};
use crate::content::site;
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::settings;
use crate::text::line::Title;

/// Flags of `jarshy setup`. What is not given is asked for on a terminal.
#[derive(Args)]
pub(super) struct Setup {
    /// Ask nothing; what is not given is left for later
    #[arg(long)]
    non_interactive: bool,
    /// The address of the first owner
    #[arg(long, value_name = "EMAIL")]
    owner: Option<String>,
    /// The name that visitors and readers see
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// The site's language, such as en
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// The site's time zone, such as Asia/Almaty
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// The address that visitors use
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// The sender of mail, such as `Example <news@example.org>`
    #[arg(long, value_name = "MAILBOX")]
    from: Option<String>,
    /// The relay, such as smtp://USER:PASSWORD@HOST:587
    #[arg(long, value_name = "URL")]
    smtp_url: Option<String>,
    /// A file with the relay's URL, which other users of the machine then cannot see
    #[arg(long, value_name = "FILE", conflicts_with = "smtp_url")]
    smtp_url_file: Option<PathBuf>,
    /// The short name of the first list, such as news
    #[arg(long, value_name = "SLUG")]
    list: Option<String>,
}

impl Setup {
    pub(super) async fn run(mut self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let path = first_owner::setup_path(&cx).await?;
        if path.is_none() {
            return Err(CliError::Other(
                "there is an owner already; sign in, or reset their sign-in with: jarshy user reset EMAIL".into(),
            ));
        }
        if let Some(file) = &self.smtp_url_file {
            let text = std::fs::read_to_string(file);
            self.smtp_url = Some(text.map_err(|error| {
                CliError::Other(format!("--smtp-url-file {}: {error}", file.display()))
            })?);
        }
        if !self.non_interactive {
            if !std::io::stdin().is_terminal() {
                return Err(CliError::Other(
                    "there is no terminal to ask on; give --non-interactive and the flags of jarshy setup --help".into(),
                ));
            }
            self.ask(&cx)?;
        }
        let Some(owner) = &self.owner else {
            return Err(CliError::Other("name the owner with --owner EMAIL".into()));
        };
        let owner: EmailAddress = owner
            .parse()
            .map_err(|error| CliError::Other(format!("--owner: {error}")))?;
        let name = self.organisation.as_deref().map(Title::parse).transpose();
        let name = name.map_err(|error| CliError::Other(format!("--organisation: {error}")))?;
        let list = self.list.as_deref().map(str::parse::<ListSlug>).transpose();
        let list = list.map_err(|error| CliError::Other(format!("--list: {error}")))?;
        let by = Actor::CommandLine;
        // Everything was checked before the first change but the settings, which are all or none.
        let changes = self.changes();
        if !changes.is_empty() {
            settings::change(&cx, &by, &changes).await?;
        }
        if let Some(name) = name {
            let mut site = site::load(&cx).await?;
            let language = cx.config().language;
            site.name
                .insert(language.tag().to_owned(), name.to_string());
            site::save(&cx, &by, &site).await?;
        }
        if let Some(slug) = list {
            create_list(&cx, &by, slug).await?;
        }
        let link = first_owner::create_with_link(&cx, &owner).await;
        let link = link.map_err(|error| CliError::Other(error.to_string()))?;
        out!(
            "{}/admin/sign-in/{}",
            cx.config().public_url(),
            link.reveal()
        );
        Ok(())
    }

    fn changes(&self) -> BTreeMap<String, Option<Value>> {
        let given = [
            ("language", &self.language),
            ("time_zone", &self.time_zone),
            ("public_url", &self.public_url),
            ("from", &self.from),
            ("smtp_url", &self.smtp_url),
        ];
        given
            .into_iter()
            .filter_map(|(key, value)| {
                let value = value.as_ref().filter(|value| !value.trim().is_empty())?;
                Some((key.to_owned(), Some(Value::String(value.clone()))))
            })
            .collect()
    }

    /// Asks for what no flag has given; an empty answer leaves it for later.
    fn ask(&mut self, cx: &Context) -> Result {
        let is_free = |key: &str| !cx.live.given().origins.contains_key(key);
        let questions = [
            ("", "Owner's email address", &mut self.owner),
            ("", "Organisation", &mut self.organisation),
            ("language", "Language (kk, ru or en)", &mut self.language),
            (
                "time_zone",
                "Time zone, such as Asia/Almaty",
                &mut self.time_zone,
            ),
            (
                "public_url",
                "Public address, such as https://news.example.org",
                &mut self.public_url,
            ),
            (
                "from",
                "Sender, such as News <news@example.org>",
                &mut self.from,
            ),
            (
                "smtp_url",
                "Relay, such as smtp://USER:PASSWORD@HOST:587",
                &mut self.smtp_url,
            ),
            (
                "",
                "Short name of the first list, such as news",
                &mut self.list,
            ),
        ];
        eprintln!("An empty answer leaves a question for later, on the admin pages.");
        for (key, question, answer) in questions {
            if answer.is_some() || !key.is_empty() && !is_free(key) {
                continue;
            }
            eprint!("{question}: ");
            std::io::stderr().flush()?;
            let mut line = String::new();
            std::io::stdin().read_line(&mut line)?;
            let line = line.trim();
            if !line.is_empty() {
                *answer = Some(line.to_owned());
            }
        }
        Ok(())
    }
}

async fn create_list(cx: &Context, by: &Actor, slug: ListSlug) -> Result {
    let name = slug.to_string();
    let fields = ListFields {
        name: Title::parse(&name).map_err(|error| CliError::Other(error.to_string()))?,
        slug,
        description: String::new(),
        translations: BTreeMap::new(),
        visibility: Visibility::Public,
        opt_in: OptIn::Double,
        options: Default::default(),
    };
    match list_admin::create(cx, by, &fields).await {
        // A second run goes on where the first one ended.
        Ok(_) | Err(AudienceError::Exists(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
