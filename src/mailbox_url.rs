//! The mailbox of returned mail at another provider, by its URL.

use std::str::FromStr;

use crate::oauth::TokenSource;
use crate::service_url::{ServiceUrl, ServiceUrlError, UrlParts, is_loopback};
use crate::tls::{Trust, TrustError};

/// A mailbox, read from `imaps://user:password@host:port/folder`, with `?auth=xoauth2` for one
/// that takes tokens instead of a password, and `?ca=FILE` or `?fingerprint=sha256:…` for what
/// its certificate must be.
#[derive(Clone, PartialEq, Eq)]
pub struct MailboxUrl {
    pub protocol: Protocol,
    pub is_tls: bool,
    pub host: String,
    pub port: u16,
    pub user: String,
    pub secret: Secret,
    pub folder: String,
    pub trust: Trust,
}

/// Credentials.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    Password(String),
    /// XOAUTH2.
    Tokens(Option<TokenSource>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    Imap,
    Pop3,
}

/// Why a text is not the URL of a mailbox. Never shows the text, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailboxUrlError {
    #[error("must look like imaps://user:password@host/folder: {0}")]
    Url(#[from] ServiceUrlError),
    #[error("must start with imaps://, imap://, pop3s:// or pop3://")]
    Scheme,
    #[error("names no user; write imaps://user:password@host")]
    NoUser,
    #[error(
        "names a user without a password; write user:password@host, or auth=xoauth2 for a mailbox that takes tokens"
    )]
    NoPassword,
    #[error("has an unknown setting {0:?}; known are auth=xoauth2, ca and fingerprint")]
    UnknownSetting(String),
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// POP3 sends both on a line.
    #[error("has a line break in the user or password")]
    LineBreak,
    #[error("asks for XOAUTH2; set JARSHY_MAILBOX_OAUTH to where its tokens come from")]
    NoTokens,
}

impl FromStr for MailboxUrl {
    type Err = MailboxUrlError;

    fn from_str(text: &str) -> Result<Self, MailboxUrlError> {
        let url = ServiceUrl::parse(text)?;
        let (protocol, is_tls, port) = match url.scheme.as_str() {
            "imaps" => (Protocol::Imap, true, 993),
            "imap" => (Protocol::Imap, false, 143),
            "pop3s" => (Protocol::Pop3, true, 995),
            "pop3" => (Protocol::Pop3, false, 110),
            _ => return Err(MailboxUrlError::Scheme),
        };
        if url.user.is_empty() {
            return Err(MailboxUrlError::NoUser);
        }
        let mut mailbox = Self {
            protocol,
            is_tls,
            port: url.port.unwrap_or(port),
            host: url.host,
            user: url.user,
            secret: Secret::Password(url.password.unwrap_or_default()),
            folder: match url.path.as_str() {
                "" => "INBOX".to_owned(),
                folder => folder.to_owned(),
            },
            trust: Trust::system(),
        };
        for (key, value) in &url.settings {
            match (key.as_str(), value.as_str()) {
                ("auth", "xoauth2") => mailbox.secret = Secret::Tokens(None),
                ("ca", path) => mailbox.trust = Trust::of_file(path)?,
                ("fingerprint", text) => {
                    mailbox.trust = mailbox.trust.clone().and_fingerprint(text)?;
                }
                _ => return Err(MailboxUrlError::UnknownSetting(key.clone())),
            }
        }
        if mailbox.secret == Secret::Password(String::new()) {
            return Err(MailboxUrlError::NoPassword);
        }
        Ok(mailbox)
    }
}

impl MailboxUrl {
    /// Whether the mailbox is on this machine.
    pub fn is_local(&self) -> bool {
        is_loopback(&self.host)
    }

    /// Sets the source of tokens, if it is needed.
    ///
    /// # Errors
    /// [`MailboxUrlError::NoTokens`] where one is needed and there is none.
    pub fn with_tokens(mut self, source: Option<&TokenSource>) -> Result<Self, MailboxUrlError> {
        if let Secret::Tokens(tokens) = &mut self.secret {
            *tokens = Some(source.ok_or(MailboxUrlError::NoTokens)?.clone());
        }
        Ok(self)
    }
}

/// The parts of a mailbox's URL, as a form has them. None is checked before the URL is parsed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MailboxParts {
    /// One of [`MailboxParts::SERVICES`]; the first if empty.
    pub scheme: String,
    pub host: String,
    /// Empty for the usual one.
    pub port: String,
    pub user: String,
    pub password: String,
    /// Empty for the inbox.
    pub folder: String,
    /// `auth`, `ca` and `fingerprint`.
    pub options: Vec<(String, String)>,
}

impl MailboxParts {
    /// Schemes, and how a form calls them.
    pub const SERVICES: [(&str, &str); 4] = [
        ("imaps", "IMAP with TLS"),
        ("pop3s", "POP3 with TLS"),
        ("imap", "IMAP without encryption"),
        ("pop3", "POP3 without encryption"),
    ];
    /// The options that a form has as fields of their own.
    pub const OPTIONS: [&str; 3] = ["auth", "ca", "fingerprint"];

    /// # Errors
    /// For what is no URL.
    pub fn of_url(text: &str) -> Result<Self, ServiceUrlError> {
        let url = ServiceUrl::parse(text)?;
        Ok(Self {
            scheme: url.scheme,
            host: url.host,
            port: url.port.map(|port| port.to_string()).unwrap_or_default(),
            user: url.user,
            password: url.password.unwrap_or_default(),
            folder: url.path,
            options: url.settings,
        })
    }

    /// The values of an option, separated by spaces.
    pub fn option(&self, name: &str) -> String {
        let values = self.options.iter().filter(|(key, _)| key == name);
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        values.join(" ")
    }

    /// The URL, for [`MailboxUrl`] to parse.
    pub fn to_url(&self) -> String {
        let options = self.options.iter();
        UrlParts {
            scheme: match self.scheme.as_str() {
                "" => Self::SERVICES[0].0,
                scheme => scheme,
            },
            user: &self.user,
            password: &self.password,
            host: &self.host,
            port: &self.port,
            path: &self.folder,
            settings: options
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .collect(),
        }
        .to_url()
    }
}

impl std::fmt::Debug for MailboxUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MailboxUrl({:?}, {})", self.protocol, self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_the_same_mailbox() {
        for text in [
            "imaps://bounces%40embassy.example:p%2Fw%3F%25@mail.example:9993/Returned%20mail",
            "pop3://u:p@[::1]:110",
            "imaps://u:p@[fe80::1%25eth0]",
            "imaps://u@h?auth=xoauth2",
            "imap://u:p@h/A%2FB",
        ] {
            let parts = MailboxParts::of_url(text).unwrap();
            let (before, after): (MailboxUrl, MailboxUrl) =
                (text.parse().unwrap(), parts.to_url().parse().unwrap());
            assert!(before == after, "{text} became {}", parts.to_url());
        }
    }

    #[test]
    fn a_url_names_everything() {
        let parse = |text: &str| text.parse::<MailboxUrl>();
        let password = |mailbox: &MailboxUrl| match &mailbox.secret {
            Secret::Password(password) => password.clone(),
            Secret::Tokens(_) => String::new(),
        };
        let mailbox =
            parse("imaps://bounces%40embassy.example:p%3Aw@mail.example/Returned%20mail").unwrap();
        assert_eq!((mailbox.port, mailbox.is_tls), (993, true));
        assert_eq!(mailbox.user, "bounces@embassy.example");
        assert_eq!(password(&mailbox), "p:w");
        assert_eq!(mailbox.folder, "Returned mail");
        assert!(!format!("{mailbox:?}").contains("p:w"));
        assert_eq!(parse("pop3://u:p@h").unwrap().folder, "INBOX");
        let mailbox = parse("pop3://us&er:pa&ss@[::1]:110").unwrap();
        assert_eq!(
            (mailbox.user.as_str(), mailbox.host.as_str()),
            ("us&er", "::1")
        );
        assert_eq!(password(&mailbox), "pa&ss");
        let mailbox = parse("imaps://u:p@[fe80::1%25eth0]").unwrap();
        assert_eq!((mailbox.host.as_str(), mailbox.port), ("fe80::1%eth0", 993));
        let tokens = parse("imaps://u@h?auth=xoauth2").unwrap();
        assert!(tokens.secret == Secret::Tokens(None));
        assert_eq!(tokens.with_tokens(None), Err(MailboxUrlError::NoTokens));
        for wrong in [
            "http://u:p@h",
            "imaps://host",
            "nonsense",
            "imaps://u:p@h?auth=gssapi",
            "imaps://u@h",
            "pop3s://u:@h",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
