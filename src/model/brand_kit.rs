//! What a brand is made of besides its colours: fonts that every reader has, and profiles on
//! social networks.

use serde::{Deserialize, Serialize};

use super::string_enum::string_enum;
use crate::text::line::{LineError, Title};

string_enum! {
    /// A font that computers and phones have themselves: nothing is loaded from elsewhere.
    pub enum Font {
        /// Of the reader's own device.
        System,
        Arial,
        Verdana,
        Tahoma,
        Georgia,
        Times,
        Courier,
    }
}

impl Font {
    /// The value of CSS's `font-family`. Without quotes, so that it can stand anywhere in a
    /// layout.
    pub fn stack(self) -> &'static str {
        match self {
            Self::System => "-apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif",
            Self::Arial => "Arial, Helvetica, Liberation Sans, sans-serif",
            Self::Verdana => "Verdana, DejaVu Sans, Geneva, sans-serif",
            Self::Tahoma => "Tahoma, Verdana, DejaVu Sans, sans-serif",
            Self::Georgia => "Georgia, Times New Roman, serif",
            Self::Times => "Times New Roman, Times, Liberation Serif, serif",
            Self::Courier => "Courier New, Courier, Liberation Mono, monospace",
        }
    }

    /// Its own name, the same in every language; `None` for that of the device.
    pub fn own_name(self) -> Option<&'static str> {
        Some(match self {
            Self::System => return None,
            Self::Arial => "Arial",
            Self::Verdana => "Verdana",
            Self::Tahoma => "Tahoma",
            Self::Georgia => "Georgia",
            Self::Times => "Times New Roman",
            Self::Courier => "Courier New",
        })
    }
}

/// Where the organisation is on a social network.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SocialProfile {
    /// What its link says, such as `Telegram`.
    pub name: String,
    /// A web address.
    pub url: String,
}

/// Why a profile cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Not a web address.
    #[error(
        "{0:?} is not a web address; give one such as https://t.me/embassy, after a name if you want another than that of the network"
    )]
    Address(String),
    /// A name that is too long or has control characters.
    #[error("the name of a profile {0}")]
    Name(#[from] LineError),
    /// More than anybody reads.
    #[error("at most {PROFILES} profiles can be shown")]
    TooMany,
}

/// Profiles that a brand may have.
pub const PROFILES: usize = 12;
/// Characters of a web address.
const URL_LIMIT: usize = 500;

/// What networks are called, by their domains.
const NETWORKS: [(&str, &str); 20] = [
    ("bsky.app", "Bluesky"),
    ("discord.gg", "Discord"),
    ("facebook.com", "Facebook"),
    ("flickr.com", "Flickr"),
    ("github.com", "GitHub"),
    ("instagram.com", "Instagram"),
    ("linkedin.com", "LinkedIn"),
    ("mastodon.social", "Mastodon"),
    ("ok.ru", "OK"),
    ("pinterest.com", "Pinterest"),
    ("reddit.com", "Reddit"),
    ("t.me", "Telegram"),
    ("threads.net", "Threads"),
    ("tiktok.com", "TikTok"),
    ("twitter.com", "X"),
    ("vimeo.com", "Vimeo"),
    ("vk.com", "VK"),
    ("whatsapp.com", "WhatsApp"),
    ("x.com", "X"),
    ("youtube.com", "YouTube"),
];

impl SocialProfile {
    /// A profile at `url`; where `name` is blank, it is that of the network, or of the domain.
    ///
    /// # Errors
    /// [`ProfileError`] says what is wrong with it.
    pub fn parse(name: &str, url: &str) -> Result<Self, ProfileError> {
        let given = url.trim();
        let malformed = || ProfileError::Address(given.chars().take(80).collect());
        let url: url::Url = given.parse().map_err(|_| malformed())?;
        let host = match url.host() {
            Some(url::Host::Domain(host)) if matches!(url.scheme(), "https" | "http") => host,
            _ => return Err(malformed()),
        };
        // A name before @ would be taken for the site that the link leads to.
        if !url.username().is_empty() || url.password().is_some() || given.len() > URL_LIMIT {
            return Err(malformed());
        }
        let name = match Title::parse(name) {
            Ok(name) => name.to_string(),
            Err(LineError::Missing) => network(host),
            Err(error) => return Err(error.into()),
        };
        Ok(Self {
            name,
            // Emails are templates.
            url: url.to_string().replace('{', "%7B").replace('}', "%7D"),
        })
    }

    /// The profiles of a text with one in each line: an address, or a name and an address.
    /// Empty lines are skipped.
    ///
    /// # Errors
    /// [`ProfileError`] of the first line that is wrong.
    pub fn parse_lines(text: &str) -> Result<Vec<Self>, ProfileError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let profiles: Vec<Self> = lines
            .map(|line| {
                let (name, url) = line.rsplit_once(char::is_whitespace).unwrap_or(("", line));
                Self::parse(name, url)
            })
            .collect::<Result<_, _>>()?;
        Self::check_count(profiles)
    }

    /// The same profiles, if they are not too many.
    ///
    /// # Errors
    /// [`ProfileError::TooMany`].
    pub fn check_count(profiles: Vec<Self>) -> Result<Vec<Self>, ProfileError> {
        if profiles.len() > PROFILES {
            return Err(ProfileError::TooMany);
        }
        Ok(profiles)
    }
}

fn network(host: &str) -> String {
    let known = NETWORKS.iter().find(|(domain, _)| {
        let rest = host.strip_suffix(domain);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    });
    match known {
        Some((_, name)) => (*name).to_owned(),
        None => host.trim_start_matches("www.").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_named_after_their_networks() {
        let text = "https://t.me/embassy\n\n  https://www.facebook.com/embassy?a=1&b=2 \r\n\
                    Наш канал https://youtube.com/@embassy\nhttps://social.example.kz/@e";
        let profiles = SocialProfile::parse_lines(text).unwrap();
        let shown: Vec<(&str, &str)> = profiles
            .iter()
            .map(|profile| (profile.name.as_str(), profile.url.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("Telegram", "https://t.me/embassy"),
                ("Facebook", "https://www.facebook.com/embassy?a=1&b=2"),
                ("Наш канал", "https://youtube.com/@embassy"),
                ("social.example.kz", "https://social.example.kz/@e"),
            ]
        );
        // Of another domain that ends alike.
        let other = SocialProfile::parse("", "https://notx.com/a").unwrap();
        assert_eq!(other.name, "notx.com");
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        for url in [
            "embassy",
            "javascript:alert(1)",
            "mailto:a@b.kz",
            "https://",
            "https://t.me@evil.example/x",
            "https://127.0.0.1/x",
        ] {
            let refused = SocialProfile::parse("", url);
            assert!(matches!(refused, Err(ProfileError::Address(_))), "{url}");
        }
        let long = format!("https://t.me/{}", "a".repeat(600));
        assert!(SocialProfile::parse("", &long).is_err());
        assert!(SocialProfile::parse(&"a".repeat(300), "https://t.me/a").is_err());
        let many = "https://t.me/a\n".repeat(PROFILES + 1);
        assert_eq!(
            SocialProfile::parse_lines(&many),
            Err(ProfileError::TooMany)
        );
    }

    #[test]
    fn stacks_have_no_quotes_and_end_in_a_generic_font() {
        use strum::VariantArray;
        for font in Font::VARIANTS {
            let stack = font.stack();
            assert!(!stack.contains(['"', '\'', ';', '{']), "{stack}");
            let last = stack.rsplit(", ").next();
            let generic = ["serif", "sans-serif", "monospace"];
            assert!(last.is_some_and(|last| generic.contains(&last)), "{stack}");
        }
    }
}
