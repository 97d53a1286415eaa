//! What merge tags may name, and the texts that they are used in.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::text::locale::Language;

/// The names an expression may use.
pub const KNOWN_NAMES: [&str; 8] = [
    "name",
    "email",
    "language",
    "attributes",
    "site_name",
    "unsubscribe_url",
    "preferences_url",
    "archive_url",
];

/// Names that Jarshy itself puts into emails, and no author: what tells that a reader who agreed
/// follows a link, and that they open the email. Of all others both are empty.
pub(super) const OWN_NAMES: [&str; 2] = ["link_suffix", SEEN_PICTURE];

/// The name of the picture that tells of an opened email.
pub(super) const SEEN_PICTURE: &str = "seen_picture";

/// The names an expression of an email that a program asks for may use.
const REQUEST_NAMES: [&str; 4] = ["data", "email", "language", "site_name"];

/// Which names the merge tags of a text may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Names {
    /// What is known of the recipient of a campaign.
    #[default]
    Recipient,
    /// What a program gives with its request.
    Request,
}

impl Names {
    /// Whether it is one of them.
    pub(super) fn has(self, name: &str) -> bool {
        match self {
            Self::Recipient => KNOWN_NAMES.contains(&name),
            Self::Request => REQUEST_NAMES.contains(&name),
        }
    }

    /// As an error lists them.
    pub(super) fn listed(self) -> &'static str {
        match self {
            Self::Recipient => {
                "name, email, language, attributes.…, site_name, unsubscribe_url, preferences_url and archive_url"
            }
            Self::Request => "data.…, email, language and site_name",
        }
    }
}

/// Three texts with their expressions restored.
#[derive(Debug, Clone)]
pub struct Source {
    /// The subject line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain text part.
    pub text: String,
}

/// What one recipient's holes are filled with.
#[derive(Debug, Clone, Serialize)]
pub struct Fields<'a> {
    /// May be empty.
    pub name: &'a str,
    /// The recipient's address.
    pub email: &'a str,
    /// The recipient's language.
    pub language: Language,
    /// A JSON object. What is `null` in it counts as not there.
    #[serde(serialize_with = "without_nulls")]
    pub attributes: &'a Value,
    /// The site's name in that language.
    pub site_name: &'a str,
    /// Leaves the campaign's lists.
    pub unsubscribe_url: &'a str,
    /// Shows the recipient's preferences.
    pub preferences_url: &'a str,
    /// Shows the mail in a browser.
    pub archive_url: &'a str,
    /// What links end with, for a reader who agreed that it is seen that they follow them.
    pub link_suffix: &'a str,
    /// The element that tells that the mail was opened, for a reader who agreed to that.
    pub seen_picture: &'a str,
}

/// One recipient's texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain text part.
    pub text: String,
}

/// An object without what is `null`, so that it is missing as any other.
pub(super) fn without_nulls<S: Serializer>(
    value: &Value,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    struct Inner<'a>(&'a Value);
    impl Serialize for Inner<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            without_nulls(self.0, serializer)
        }
    }
    let Value::Object(object) = value else {
        return value.serialize(serializer);
    };
    let mut map = serializer.serialize_map(None)?;
    for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
        map.serialize_entry(key, &Inner(value))?;
    }
    map.end()
}
