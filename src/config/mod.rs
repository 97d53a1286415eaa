//! The configuration: flags over environment over `jarshy.toml`.
//!
//! Every key of the file is also a variable, `JARSHY_` and the key in capitals.
//! A key of the file that means nothing is an error, since a misspelt limit
//! would otherwise be no limit; a variable that means nothing is warned of,
//! since others set variables too. A secret may be in a file of its own,
//! named by the key with `_file` behind it.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::address::EmailAddress;
use crate::address::domain::Domain;
use crate::address::mailbox::Mailbox;
use crate::mailbox_url::{MailboxUrl, MailboxUrlError};
use crate::model::domain_limit::DomainLimits;
use crate::model::user::Role;
use crate::net::Network;
use crate::oauth::TokenSource;
use crate::relay::{HeloName, RelayUrlError, Relays};
use crate::text::datetime::Zone;
use crate::text::locale::{Language, Languages};

mod attachment_limit;
mod engagement_months;
pub mod https;
pub mod live;
mod load;
mod origin;
pub mod provider;
pub mod public_path;
mod send_delay;
mod senders;
pub mod stored;
mod written;

pub use attachment_limit::AttachmentLimit;
pub use engagement_months::EngagementMonths;
pub use load::is_secret;
pub use origin::Origin;
use provider::{Issuer, RoleMap};
pub use send_delay::SendDelay;
pub use senders::Senders;
pub use written::Written;

/// The default of [`Config::database_url`].
pub const DEFAULT_DATABASE_URL: &str = "sqlite://jarshy.db";

/// What an operator sets. Times are in seconds.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `sqlite://FILE`, `postgres://USER:PASSWORD@HOST/NAME`, or by a socket
    /// `postgres://USER@/NAME?host=/run/postgresql`.
    pub database_url: String,
    /// Where the web server listens.
    pub listen: SocketAddr,
    /// The address that visitors use, with a path if the site is below one.
    /// Links in mail start with it. If not set: `http://`, or `https://` with a
    /// certificate, and the listen address.
    pub public_url: Option<Url>,
    /// A PEM file with the server's certificate and its chain. With it the server
    /// speaks HTTPS by itself; a changed file is read within seconds.
    pub tls_cert: Option<PathBuf>,
    /// The PEM file of the certificate's private key.
    pub tls_key: Option<PathBuf>,
    /// Obtains and renews a certificate for the host of `JARSHY_PUBLIC_URL` by ACME.
    /// The authority writes to this address; to set it is to agree to the
    /// authority's terms of service.
    pub acme_email: Option<EmailAddress>,
    /// The ACME directory of the authority. If not set: that of Let's Encrypt.
    pub acme_directory: Option<Url>,
    /// A PEM file of the authorities to trust for the ACME directory, if it is on
    /// a network of your own. If not set: those of the system.
    pub acme_ca: Option<PathBuf>,
    /// Where plain HTTP is answered by a redirect to `JARSHY_PUBLIC_URL`, such as
    /// `[::]:80`, if the server speaks HTTPS.
    pub http_redirect_listen: Option<SocketAddr>,
    /// The relay: `smtp://USER:PASSWORD@HOST:587` or `smtps://…`, with options
    /// such as `?connections=8` (see *Relay options*). Several relays are
    /// comma-separated: they share the mail by `&weight=` and replace each other.
    pub smtp_url: Option<Written<Relays>>,
    /// Where access tokens for relays with `auth=xoauth2` come from:
    /// `https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=…`.
    pub smtp_oauth: Option<Written<TokenSource>>,
    /// The name that EHLO gives to relays. If not set: the public URL's host.
    pub ehlo: Option<HeloName>,
    /// How much each recipient domain takes: `example.org=4@10` for 4 messages
    /// at once and 10 a second, `*=20` for all others.
    pub domain_limits: DomainLimits,
    /// The sender of mail: `Name <address>` or an address. Nothing can be sent
    /// without it.
    pub from: Option<Mailbox>,
    /// Senders besides `JARSHY_FROM` that campaigns can choose from, each as
    /// `Name <address>`. As a variable comma-separated, a name with a comma in quotes.
    pub senders: Senders,
    /// Seconds that a campaign started in the browser waits before anything is sent, so that
    /// it can be undone: 0 (not at all) to 3600. The API and `jarshy send` never wait.
    pub send_delay: SendDelay,
    /// If `true`, a campaign starts or is scheduled only after another person has approved it.
    pub approval: bool,
    /// If `true`, readers are asked whether it may be seen that they open emails and which links
    /// they follow. It is seen of those who agree, and of nobody else.
    pub engagement: bool,
    /// Months after which what was seen of readers is deleted, 1 to 120.
    pub engagement_retention_months: EngagementMonths,
    /// Megabytes of files that an email may carry, all together and as they are sent, a third
    /// more than on a disk: 0 (none) to 50. Many mailbox providers refuse more than 25.
    pub attachment_limit: AttachmentLimit,
    /// The domain of envelope senders, where bounces come back. If not set: the
    /// sender's domain.
    pub bounce_domain: Option<Domain>,
    /// Signs every link and encrypts stored secrets. Several are comma-separated,
    /// newest first: links signed with the older ones go on working. If not set:
    /// made on the first run and kept beside an SQLite database. Required with
    /// PostgreSQL.
    pub secret_key: Option<String>,
    /// What is logged, as a `tracing` filter: `info`, `debug`, `jarshy=debug`.
    pub log: String,
    /// The format of log lines: `text` or `json`.
    pub log_format: LogFormat,
    /// The site's time zone, an IANA name such as `Asia/Almaty`.
    pub time_zone: Zone,
    /// The language of visitors whose browser asks for none that the site has.
    pub language: Language,
    /// The languages of the site, its email and its subscribers, by their BCP 47 tags, in the
    /// order in which pages offer them.
    pub languages: Languages,
    /// Proxies whose `X-Forwarded-For` is believed: addresses and networks, such
    /// as `10.0.0.0/8`.
    pub trusted_proxies: Vec<Network>,
    /// Joins from one network (IPv4 /24, IPv6 /48) in an hour whose confirmations
    /// are sent at once; others wait. If twice as many come in all, forms and API
    /// ask for proof of work.
    pub join_limit_per_network: u32,
    /// Seconds before a second confirmation is sent to the same address. A third
    /// waits a day, and no more are sent within thirty days.
    pub confirmation_interval: u64,
    /// Seconds after which an unconfirmed subscription ends: seven days.
    pub confirmation_lifetime: u64,
    /// Seconds that a worker may hold claimed deliveries without a heartbeat.
    pub lease: u64,
    /// The address to listen on for bounces and replies, by LMTP or SMTP, such as
    /// `127.0.0.1:2424`.
    pub inbound: Option<SocketAddr>,
    /// A mailbox that is polled for bounces and replies:
    /// `imaps://USER:PASSWORD@HOST/FOLDER`, `imap://`, `pop3s://` or `pop3://`.
    pub mailbox_url: Option<Written<MailboxUrl>>,
    /// Where access tokens for a mailbox with `auth=xoauth2` come from. If not set:
    /// `JARSHY_SMTP_OAUTH`.
    pub mailbox_oauth: Option<Written<TokenSource>>,
    /// Seconds between two polls of the mailbox.
    pub mailbox_interval: u64,
    /// The address that replies by people are passed on to. If not set: the first
    /// owner's.
    pub reply_to: Option<EmailAddress>,
    /// Soft bounces that suppress an address. Each counts half after thirty days.
    pub soft_bounce_limit: u32,
    /// Hard bounces per thousand messages tried at which a campaign pauses.
    pub hard_bounce_limit: u32,
    /// Complaints per thousand sent at which a campaign pauses.
    pub complaint_limit: u32,
    /// The SNS topic that Amazon SES reports to.
    pub ses_topic: Option<String>,
    /// The password or bearer token that Postmark's webhook sends.
    pub postmark_secret: Option<String>,
    /// The public key of SendGrid's signed event webhook.
    pub sendgrid_key: Option<String>,
    /// The signing key of Mailgun's webhooks.
    pub mailgun_key: Option<String>,
    /// The password or bearer token that Brevo's webhook sends.
    pub brevo_secret: Option<String>,
    /// The issuer of the OpenID Connect provider by which users sign in, exactly as the
    /// provider writes it, such as `https://login.example.org/realms/main`.
    pub oidc_issuer: Option<Issuer>,
    /// The name under which the provider knows this installation.
    pub oidc_client_id: Option<String>,
    /// The client's secret at the provider.
    pub oidc_client_secret: Option<String>,
    /// What the provider is asked for besides `openid`.
    pub oidc_scopes: Vec<String>,
    /// How the button of the sign-in page calls the provider.
    pub oidc_name: Option<String>,
    /// The claim that holds a person's groups or roles, such as `groups`, or
    /// `realm_access.roles` for one inside another.
    pub oidc_role_claim: String,
    /// Which role each value of that claim gives: `VALUE=ROLE`, such as `press=editor`. With
    /// one or more, roles are set at each sign-in, and a user who has none of the values is
    /// kept out. If not set: roles are given under *Users*.
    pub oidc_roles: RoleMap,
    /// Domains that the provider's email addresses must have. If not set: any.
    pub oidc_domains: Vec<Domain>,
    /// If `true`, people whom the provider knows become users at their first sign-in. Needs
    /// `JARSHY_OIDC_DOMAINS` or `JARSHY_OIDC_ROLES`.
    pub oidc_create_users: bool,
    /// If `true`, an existing user with the provider's verified address is linked at the first
    /// sign-in. If `false`, users link their account under *My account*.
    pub oidc_link_by_email: bool,
    /// If `true`, the provider asks for a second factor, and Jarshy does not ask again.
    pub oidc_has_second_factor: bool,
    /// If `false`, only owners sign in by password or emailed link while there is a provider.
    pub local_sign_in: bool,
    /// Addresses on private networks that webhooks may be sent to, that links of a draft may be
    /// checked at, and that feeds may be read from.
    pub webhook_hosts: Vec<IpAddr>,
    /// If `true`, programs written for listmonk can use the API as if it were
    /// listmonk's.
    pub listmonk_api: bool,
    /// The bearer token that `/metrics` asks for. If not set, `/metrics` answers
    /// requests from this machine only.
    pub metrics_token: Option<String>,
    /// If `true`, Jarshy refuses to start when a password or data would go over the
    /// network unprotected, instead of warning.
    pub require_tls: bool,
    /// The DNS server for domain checks, such as `192.0.2.53:53`. If not set: the
    /// system's.
    pub dns_server: Option<SocketAddr>,
    /// Months after the end of a campaign at which its deliveries are folded into the numbers
    /// of its report, 3 at least; 0 keeps them forever.
    pub delivery_retention_months: u32,
    /// The folder for scheduled backups. If not set: none are made.
    pub backup_dir: Option<PathBuf>,
    /// Seconds between two scheduled backups: a day.
    pub backup_interval: u64,
    /// How many scheduled backups are kept; older ones are deleted.
    pub backup_keep: u32,
    /// Encrypts backups, also those by the command, and decrypts them. If not set:
    /// backups are plain.
    pub backup_passphrase: Option<String>,
    /// Variables that start with `JARSHY_` and mean nothing.
    #[serde(skip)]
    pub unknown_variables: Vec<String>,
    /// Where settings were given, by key.
    #[serde(skip)]
    pub origins: BTreeMap<String, Origin>,
}

/// The shape of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Plain text.
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: DEFAULT_DATABASE_URL.to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            tls_cert: None,
            tls_key: None,
            acme_email: None,
            acme_directory: None,
            acme_ca: None,
            http_redirect_listen: None,
            smtp_url: None,
            smtp_oauth: None,
            ehlo: None,
            domain_limits: DomainLimits::default(),
            from: None,
            senders: Senders::default(),
            send_delay: SendDelay::default(),
            approval: false,
            engagement: false,
            engagement_retention_months: EngagementMonths::default(),
            attachment_limit: AttachmentLimit::default(),
            bounce_domain: None,
            secret_key: None,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            time_zone: Zone::utc(),
            language: Language::EN,
            languages: Languages::default(),
            trusted_proxies: vec![
                IpAddr::from(Ipv4Addr::LOCALHOST).into(),
                IpAddr::from(Ipv6Addr::LOCALHOST).into(),
            ],
            join_limit_per_network: 100,
            confirmation_interval: 15 * 60,
            confirmation_lifetime: 7 * 24 * 3600,
            lease: 120,
            inbound: None,
            mailbox_url: None,
            mailbox_oauth: None,
            mailbox_interval: 60,
            reply_to: None,
            soft_bounce_limit: 5,
            hard_bounce_limit: 50,
            complaint_limit: 3,
            ses_topic: None,
            postmark_secret: None,
            sendgrid_key: None,
            mailgun_key: None,
            brevo_secret: None,
            oidc_issuer: None,
            oidc_client_id: None,
            oidc_client_secret: None,
            oidc_scopes: vec!["email".to_owned(), "profile".to_owned()],
            oidc_name: None,
            oidc_role_claim: "groups".to_owned(),
            oidc_roles: RoleMap::default(),
            oidc_domains: Vec::new(),
            oidc_create_users: false,
            oidc_link_by_email: false,
            oidc_has_second_factor: false,
            local_sign_in: true,
            webhook_hosts: Vec::new(),
            listmonk_api: false,
            metrics_token: None,
            require_tls: false,
            dns_server: None,
            delivery_retention_months: 24,
            backup_dir: None,
            backup_interval: 24 * 3600,
            backup_keep: 7,
            backup_passphrase: None,
            unknown_variables: Vec::new(),
            origins: BTreeMap::new(),
        }
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key that means nothing.
    #[error("configuration: {0} is unknown")]
    Unknown(String),
    /// A value of the wrong kind.
    #[error("configuration: {source_name}: {problem}")]
    Value {
        /// The key, variable or file.
        source_name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A file cannot be read.
    #[error("configuration: {} cannot be read: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

impl Config {
    /// The domain of envelope senders of mail from `domain`.
    pub fn bounces_of(&self, domain: &str) -> String {
        let configured = self.bounce_domain.as_ref().map(Domain::as_str);
        configured.unwrap_or(domain).to_owned()
    }

    /// Every sender that campaigns can choose from, the default one first.
    pub fn all_senders(&self) -> Vec<&Mailbox> {
        let others = self.senders.iter();
        let others = others.filter(|sender| self.from.as_ref() != Some(*sender));
        self.from.iter().chain(others).collect()
    }

    /// The domains of all senders, that of the default one first.
    pub fn sender_domains(&self) -> Vec<&str> {
        let mut domains: Vec<&str> = Vec::new();
        for sender in self.all_senders() {
            let domain = sender.address.domain();
            if !domains.contains(&domain) {
                domains.push(domain);
            }
        }
        domains
    }

    /// How many months what was seen of readers is kept, also where nothing is seen any more.
    pub fn engagement_retention(&self) -> u32 {
        self.engagement_retention_months.get()
    }

    /// How many months what is seen of readers is kept; `None` where nothing is seen.
    pub fn engagement_months(&self) -> Option<u32> {
        self.engagement.then_some(self.engagement_retention())
    }

    /// The address that links start with, without a slash at its end.
    pub fn public_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None if self.serves_https() => format!("https://{}", self.listen),
            None => format!("http://{}", self.listen),
        }
    }

    /// The relays, with their source of tokens and the name for EHLO.
    ///
    /// # Errors
    /// [`RelayUrlError::NoTokens`] where a relay needs a source of tokens and there is none.
    pub fn relays(&self) -> Result<Option<Relays>, RelayUrlError> {
        let relays = self.smtp_url.as_deref().cloned();
        relays.map(|relays| self.complete(relays)).transpose()
    }

    /// Other relays, with the same source of tokens and name for EHLO.
    ///
    /// # Errors
    /// [`RelayUrlError::NoTokens`] where a relay needs a source of tokens and there is none.
    pub fn complete(&self, relays: Relays) -> Result<Relays, RelayUrlError> {
        let relays = relays.with_tokens(self.smtp_oauth.as_deref())?;
        Ok(match self.helo_name() {
            Some(name) => relays.with_helo(&name),
            None => relays,
        })
    }

    /// The name for EHLO: the configured one, or the host of the public URL; `None` where that
    /// is only this machine, whose host name is used then.
    fn helo_name(&self) -> Option<HeloName> {
        if let Some(name) = &self.ehlo {
            return Some(name.clone());
        }
        let name = match self.public_url.as_ref().and_then(Url::host)? {
            Host::Domain("localhost") => return None,
            Host::Domain(name) => name.trim_end_matches('.').to_owned(),
            Host::Ipv4(address) if !address.is_loopback() => format!("[{address}]"),
            Host::Ipv6(address) if !address.is_loopback() => format!("[IPv6:{address}]"),
            Host::Ipv4(_) | Host::Ipv6(_) => return None,
        };
        name.parse().ok()
    }

    /// Whether mail goes over the same relays, in the same way, as with `other`.
    pub fn sends_like(&self, other: &Self) -> bool {
        let parts = |config: &Self| {
            let relays = (config.smtp_url.clone(), config.smtp_oauth.clone());
            (relays, config.helo_name(), config.domain_limits.clone())
        };
        parts(self) == parts(other)
    }

    /// The mailbox of returned mail, with its source of tokens.
    ///
    /// # Errors
    /// [`MailboxUrlError::NoTokens`] where it needs one and there is none.
    pub fn mailbox(&self) -> Result<Option<MailboxUrl>, MailboxUrlError> {
        let tokens = self.mailbox_oauth.as_ref().or(self.smtp_oauth.as_ref());
        let mailbox = self.mailbox_url.as_ref();
        mailbox
            .map(|mailbox| MailboxUrl::clone(mailbox).with_tokens(tokens.map(|url| &**url)))
            .transpose()
    }

    /// Whether the mailbox is polled in the same way as with `other`.
    pub fn polls_like(&self, other: &Self) -> bool {
        self.mailbox() == other.mailbox() && self.mailbox_interval == other.mailbox_interval
    }

    /// What would go over the network unprotected, each with its remedy.
    pub fn unprotected(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        let parsed = |text: &str| Url::parse(text).ok().filter(|url| !is_local(url));
        if let Some(url) = parsed(&self.database_url)
            && matches!(url.scheme(), "postgres" | "postgresql")
        {
            let mode = url
                .query_pairs()
                .find(|(key, _)| key == "sslmode" || key == "ssl-mode");
            let is_verified = mode.is_some_and(|(_, mode)| mode.starts_with("verify-"));
            if !is_verified {
                found.push(
                    "JARSHY_DATABASE_URL: whether the database is the one that is meant is not \
                     verified, and encryption is not required; add sslmode=verify-full",
                );
            }
        }
        found.extend(self.unprotected_mailbox());
        found
    }

    /// Why the mailbox is not protected.
    pub fn unprotected_mailbox(&self) -> Option<&'static str> {
        let mailbox = self.mailbox_url.as_ref()?;
        (!mailbox.is_tls && !mailbox.is_local()).then_some(
            "JARSHY_MAILBOX_URL: the mailbox's password and mail go in clear; \
             use imaps:// or pop3s://",
        )
    }

    /// The path below which visitors find the site, such as `/news`; empty where
    /// it has its host to itself.
    pub fn public_path(&self) -> &str {
        let path = self.public_url.as_ref().map_or("", Url::path);
        path.trim_end_matches('/')
    }

    /// The languages of the site, with that of visitors who ask for none of them.
    pub fn site_languages(&self) -> Languages {
        self.languages.with_first(self.language)
    }

    /// Whether links lead to this machine alone: a demo, or development.
    pub fn is_on_this_machine(&self) -> bool {
        Url::parse(&self.public_url()).is_ok_and(|url| is_local(&url))
    }

    /// Whether users can sign in by a provider.
    pub fn has_provider(&self) -> bool {
        self.oidc_issuer.is_some() && self.oidc_client_id.is_some()
    }

    /// How the sign-in page calls the provider; `None` where there is none.
    pub fn provider_name(&self) -> Option<String> {
        let issuer = self.oidc_issuer.as_ref().filter(|_| self.has_provider())?;
        let host = || {
            let url = Url::parse(issuer.as_str()).ok();
            url.and_then(|url| url.host_str().map(str::to_owned))
        };
        self.oidc_name.clone().or_else(host)
    }

    /// Whether a user of this role may sign in by password or emailed link: owners always, so
    /// that a provider that fails locks nobody out for good.
    pub fn allows_local_sign_in(&self, role: Role) -> bool {
        self.local_sign_in || !self.has_provider() || role.may_administer()
    }

    /// Whether people may become users at their first sign-in: never just anybody whom the
    /// provider knows.
    pub fn creates_users(&self) -> bool {
        self.oidc_create_users && (!self.oidc_domains.is_empty() || !self.oidc_roles.is_empty())
    }

    /// Whether visitors come over TLS.
    pub fn is_https(&self) -> bool {
        match &self.public_url {
            Some(url) => url.scheme() == "https",
            None => self.serves_https(),
        }
    }
}

/// Whether a URL leads no further than this machine.
fn is_local(url: &Url) -> bool {
    let is_socket = url
        .query_pairs()
        .any(|(key, value)| key == "host" && value.starts_with('/'));
    match url.host_str() {
        None | Some("" | "localhost") => true,
        Some(host) => {
            let host = host.trim_matches(['[', ']']);
            is_socket
                || host.starts_with("%2F")
                || host
                    .parse::<IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
    }
}
