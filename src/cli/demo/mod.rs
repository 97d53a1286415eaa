//! `jarshy demo`: everything, with only a browser.

mod sample;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Args;
use tokio_util::sync::CancellationToken;

use super::{Result, Settings, start_log};
use crate::address::EmailAddress;
use crate::app::{self, Worker};
use crate::catcher::listener::Listener;
use crate::catcher::mailbox::Mailbox;
use crate::config::Origin;
use crate::context::Context;
use crate::model::user::Role;
use crate::{account, content};

const ADMIN: &str = "admin@embassy.example";
const FROM: &str = "Embassy of Kazakhstan <news@embassy.example>";

/// Flags of `jarshy demo`.
#[derive(Args)]
pub(super) struct Demo {
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder of the demo's database and mailbox
    #[arg(long, value_name = "DIR", default_value = "jarshy-demo")]
    data: PathBuf,
}

impl Demo {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        std::fs::create_dir_all(&self.data)?;
        let mailbox = Mailbox::open(&self.data.join("mailbox"))?;
        let clock = crate::clock::Clock::system();
        let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let catcher = Listener::bind(any_port, mailbox.clone(), clock).await?;
        let smtp = catcher.local_addr()?;
        let listener = app::bind(self.listen).await?;
        let address = listener.local_addr()?;

        let cx = self.open(settings, address, smtp).await?;
        sample::seed(&cx, &self.data).await?;
        let admin: EmailAddress = ADMIN
            .parse()
            .map_err(|_| super::CliError::Other("the demo's admin".into()))?;
        let link = account::add_user(&cx, &admin, Role::Owner).await?;
        let stop = app::stop_on_signal();
        let catching = tokio::spawn(catcher.run(CancellationToken::clone(&stop)));
        let web = app::web(&cx, Some(mailbox));
        self.greet(&cx, link.reveal()).await?;
        app::serve(web, listener, Worker::Here, stop).await?;
        let _ = catching.await;
        Ok(())
    }

    async fn open(
        &self,
        settings: &Settings,
        web: SocketAddr,
        smtp: SocketAddr,
    ) -> Result<Context> {
        let database = self.data.join("jarshy.db").display().to_string();
        let mut flags = vec![
            ("listen", web.to_string()),
            ("public_url", format!("http://{web}")),
            ("smtp_url", format!("smtp://{smtp}?tls=none")),
            ("from", FROM.to_owned()),
            ("time_zone", "Asia/Almaty".to_owned()),
            // Every visitor of a demo comes from one network.
            ("join_limit_per_network", "1000000".to_owned()),
        ];
        if settings.database_url.is_none() {
            flags.push(("database_url", format!("sqlite://{database}")));
        }
        let mut config = settings.load(&flags)?;
        // These are no flags that anybody has given.
        for origin in config.origins.values_mut() {
            if matches!(origin, Origin::Flag(_)) {
                *origin = Origin::Flag("jarshy demo".to_owned());
            }
        }
        if settings.log.is_none() {
            config.log = "warn".to_owned();
        }
        if config.secret_key.is_none() && !config.database_url.starts_with("sqlite:") {
            config.secret_key = Some(app::read_or_make_key(&self.data.join("jarshy.key"))?);
        }
        start_log(&config);
        Ok(app::open(config).await?)
    }

    async fn greet(&self, cx: &Context, secret: &str) -> Result {
        let url = cx.config().public_url();
        let site = content::site::load(cx).await?;
        out!(
            "{} is open. Nothing leaves this machine; data is kept in {}.\n\n  \
             Site      {url}/\n  \
             Join      {url}/join\n  \
             Mailbox   {url}/mailbox     every mail that is sent\n  \
             Admin     {url}/admin/sign-in/{secret}\n            \
             signs {ADMIN} in, once\n\n\
             Stop with Ctrl-C; a second run goes on where this one ended.",
            site.name(cx.config().language),
            self.data.display(),
        );
        Ok(())
    }
}
