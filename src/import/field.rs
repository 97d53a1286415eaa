//! What a column of a file means.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::import::Standing;

/// The meaning of a column. Its text is what the API, the command line and the database
/// have: `email`, `attribute:City`, `if:unsubscribed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// The address, or `Name <address>`.
    Email,
    /// The whole name.
    Name,
    /// The given name; it is joined with the family name.
    FirstName,
    /// The family name.
    LastName,
    /// The language of email to them, as a tag such as `de-AT`.
    Language,
    /// Labels, separated by commas or semicolons.
    Tags,
    /// `each` or `weekly`.
    Frequency,
    /// No campaign goes to them before this time.
    PausedUntil,
    /// A word for their standing, such as `confirmed`, `unsubscribed` or `cleaned`.
    State,
    /// Why they get no mail at all, besides their state on the list: `hard_bounce`, `complaint`,
    /// `manual` or `unsubscribed_all`.
    Suppressed,
    /// Names or slugs of lists that they are on, besides that of the import.
    Lists,
    /// When they became known.
    CreatedAt,
    /// When they consented.
    ConsentedAt,
    /// The IP address that they consented from. Only its network is kept.
    ConsentedFrom,
    /// Where they consented: a form, a page, an event.
    ConsentSource,
    /// When their standing last changed.
    ChangedAt,
    /// When they left; where there is a time, they have left.
    UnsubscribedAt,
    /// When their address was found not to exist; where there is a time, it does not.
    BouncedAt,
    /// A JSON object of attributes.
    Attributes,
    /// The id that they had in the other system, by which its links name them.
    FormerId,
    /// One attribute.
    Attribute(String),
    /// Where the value is true, their standing is at least this.
    If(Standing),
    /// Where the value is false, their standing is at least this.
    Unless(Standing),
    /// Nothing.
    Ignored,
}

/// The fields with a fixed text.
const NAMED: [(&str, Field); 21] = [
    ("email", Field::Email),
    ("name", Field::Name),
    ("first_name", Field::FirstName),
    ("last_name", Field::LastName),
    ("language", Field::Language),
    ("tags", Field::Tags),
    ("frequency", Field::Frequency),
    ("paused_until", Field::PausedUntil),
    ("state", Field::State),
    ("suppressed", Field::Suppressed),
    ("lists", Field::Lists),
    ("created_at", Field::CreatedAt),
    ("consented_at", Field::ConsentedAt),
    ("consented_from", Field::ConsentedFrom),
    ("consent_source", Field::ConsentSource),
    ("changed_at", Field::ChangedAt),
    ("unsubscribed_at", Field::UnsubscribedAt),
    ("bounced_at", Field::BouncedAt),
    ("attributes", Field::Attributes),
    ("former_id", Field::FormerId),
    ("ignore", Field::Ignored),
];

impl Field {
    /// The fields that a person chooses from, with their text. The others are set by what is
    /// known of a system.
    pub fn choices() -> impl Iterator<Item = &'static (&'static str, Field)> {
        NAMED.iter()
    }

    /// Whether a person has it once, so that one column of a table may have it.
    pub(super) fn is_single(&self) -> bool {
        !matches!(
            self,
            Field::Tags
                | Field::Lists
                | Field::Attributes
                | Field::Attribute(_)
                | Field::FormerId
                | Field::If(_)
                | Field::Unless(_)
                | Field::Ignored
        )
    }

    /// The field that a column's name suggests, in any case and in ten languages.
    pub fn suggested(column: &str) -> Option<Field> {
        DICTIONARY.get(&folded(column)).cloned()
    }
}

/// A column's name without case, spaces and marks: `E-Mail Address` is `emailaddress`.
pub(super) fn folded(column: &str) -> String {
    let letters = column.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

static DICTIONARY: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
    let lines = include_str!("headers.tsv").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('\t'));
    let words = pairs.flat_map(|(field, words)| words.split(',').map(move |word| (field, word)));
    words
        .filter_map(|(field, word)| Some((folded(word), field.parse().ok()?)))
        .collect()
});

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Attribute(name) => write!(f, "attribute:{name}"),
            Field::If(standing) => write!(f, "if:{standing}"),
            Field::Unless(standing) => write!(f, "unless:{standing}"),
            other => {
                let named = NAMED.iter().find(|(_, field)| field == other);
                f.write_str(named.map_or("ignore", |(text, _)| text))
            }
        }
    }
}

/// A text that is no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is no field; the fields are: {known}, attribute:NAME")]
pub struct UnknownField {
    given: String,
    known: String,
}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, UnknownField> {
        if let Some((_, field)) = NAMED.iter().find(|(name, _)| *name == text) {
            return Ok(field.clone());
        }
        let found = match text.split_once(':') {
            Some(("attribute", name)) if !name.trim().is_empty() => {
                Some(Field::Attribute(name.trim().chars().take(200).collect()))
            }
            Some(("if", standing)) => standing.parse().ok().map(Field::If),
            Some(("unless", standing)) => standing.parse().ok().map(Field::Unless),
            _ => None,
        };
        found.ok_or_else(|| UnknownField {
            given: text.chars().take(60).collect(),
            known: NAMED.map(|(name, _)| name).join(", "),
        })
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_back_from_their_text() {
        let others = [
            Field::Attribute("City".to_owned()),
            Field::If(Standing::Bounced),
            Field::Unless(Standing::Pending),
        ];
        for field in Field::choices().map(|(_, field)| field).chain(&others) {
            assert_eq!(field.to_string().parse::<Field>().as_ref(), Ok(field));
        }
        assert!("attribute:".parse::<Field>().is_err());
        assert!("if:gone".parse::<Field>().is_err());
    }

    #[test]
    fn columns_are_known_by_their_names_in_ten_languages() {
        // typos: off
        for (column, field) in [
            ("EMAIL", Field::Email),
            ("E-Mail-Adresse", Field::Email),
            ("Deine E-Mail-Adresse", Field::Email),
            ("Электронная почта", Field::Email),
            ("Электрондық пошта", Field::Email),
            ("Adresse e-mail", Field::Email),
            ("Correo electrónico", Field::Email),
            ("البريد الإلكتروني", Field::Email),
            ("First Name", Field::FirstName),
            ("Nachname", Field::LastName),
            ("ФИО", Field::Name),
            ("Тіл", Field::Language),
            ("OPTIN_TIME", Field::ConsentedAt),
            ("Status", Field::State),
            // typos: on
        ] {
            assert_eq!(Field::suggested(column), Some(field), "{column}");
        }
        assert_eq!(Field::suggested("City"), None);
    }

    #[test]
    fn every_word_of_the_dictionary_belongs_to_one_field() {
        let mut seen = HashMap::new();
        for line in include_str!("headers.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
        {
            let (field, words) = line.split_once('\t').unwrap();
            assert!(field.parse::<Field>().is_ok(), "{field}");
            for word in words.split(',') {
                let before = seen.insert(folded(word), field);
                assert!(before.is_none_or(|one| one == field), "{word}: {before:?}");
            }
        }
    }
}
