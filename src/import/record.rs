//! A row of a file as a person.

use serde_json::{Map, Value};

use super::field::Field;
use super::mailbox::mailbox;
use super::mapping::{Mapping, Table};
use super::{system, values};
use crate::address::EmailAddress;

use crate::clock::Timestamp;
use crate::model::import::{Standing, System};
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::SuppressionReason;
use crate::model::tag::{self, MOST, Tag};
use crate::net;
use crate::text::characters;
use crate::text::line::PersonName;
use crate::text::locale::Language;

/// The most characters of a source of consent.
const SOURCE_LENGTH: usize = 300;
/// The most characters of an id of another system; longer ones are none.
const FORMER_ID_LENGTH: usize = 200;

/// What a row says of a person. `None` where it says nothing.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub email: EmailAddress,
    /// The address in lower case.
    pub key: String,
    pub name: Option<PersonName>,
    pub language: Option<Language>,
    /// Whether a language is named that there is not.
    pub is_other_language: bool,
    pub tags: Vec<Tag>,
    pub frequency: Option<Frequency>,
    pub paused_until: Option<Timestamp>,
    pub attributes: Map<String, Value>,
    /// Names or slugs of lists.
    pub lists: Vec<String>,
    pub standing: Standing,
    /// Why no mail goes to them, whatever their standing on the list.
    pub suppressed: Option<SuppressionReason>,
    pub created_at: Option<Timestamp>,
    pub consented_at: Option<Timestamp>,
    pub changed_at: Option<Timestamp>,
    /// The network that the consent came from.
    pub network: String,
    /// Where they consented.
    pub source: String,
    /// Their ids in the other system.
    pub former_ids: Vec<String>,
}

/// Reads the rows of one table.
pub(super) struct RowReader {
    system: System,
    fields: Vec<(String, Field)>,
    /// What is said of all rows.
    standing: Standing,
}

/// The text of a row's cell, and its column.
struct Cell<'a> {
    column: &'a str,
    text: &'a str,
}

impl Cell<'_> {
    fn wrong(&self, error: impl std::fmt::Display) -> String {
        format!("{}: {error}", self.column)
    }
}

impl RowReader {
    pub(super) fn new(mapping: &Mapping, table: &Table) -> Self {
        let field = |column: &String| (column.clone(), mapping.field(column));
        let of_file = system::standing_of_file(mapping.system, &table.name);
        Self {
            system: mapping.system,
            fields: table.columns.iter().map(field).collect(),
            standing: mapping.standing.stronger(of_file),
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Why the row is rejected, in words for the author of the file.
    pub(super) fn read(&self, cells: &[String]) -> Result<Record, String> {
        let mut texts = Vec::with_capacity(cells.len());
        for ((column, field), cell) in self.fields.iter().zip(cells) {
            let cell = system::plain(self.system, cell);
            if *field == Field::Ignored || cell.is_empty() {
                continue;
            }
            let text = characters::clean(cell);
            let text = text.map_err(|error| format!("{column} {error}"))?;
            texts.push((column.as_str(), field, text));
        }
        let mut draft = Draft::new(self.system, self.standing);
        for (column, field, text) in &texts {
            draft.take(field, &Cell { column, text })?;
        }
        draft.finish()
    }
}

/// A record as it grows.
struct Draft {
    system: System,
    email: Option<(EmailAddress, Option<PersonName>)>,
    first_name: String,
    last_name: String,
    record: Parts,
}

/// The parts of a record that have a value from the start.
#[derive(Default)]
struct Parts {
    name: Option<PersonName>,
    language: Option<Language>,
    is_other_language: bool,
    tags: Vec<Tag>,
    frequency: Option<Frequency>,
    paused_until: Option<Timestamp>,
    attributes: Map<String, Value>,
    lists: Vec<String>,
    standing: Option<Standing>,
    suppressed: Option<SuppressionReason>,
    created_at: Option<Timestamp>,
    consented_at: Option<Timestamp>,
    changed_at: Option<Timestamp>,
    network: String,
    source: String,
    former_ids: Vec<String>,
}

impl Draft {
    fn new(system: System, standing: Standing) -> Self {
        Self {
            system,
            email: None,
            first_name: String::new(),
            last_name: String::new(),
            record: Parts {
                standing: Some(standing),
                ..Parts::default()
            },
        }
    }

    fn forbid(&mut self, standing: Standing) {
        let before = self.record.standing.unwrap_or(Standing::Confirmed);
        self.record.standing = Some(before.stronger(standing));
    }

    fn take(&mut self, field: &Field, cell: &Cell<'_>) -> Result<(), String> {
        let text = cell.text;
        let time = || values::time(text).map_err(|error| cell.wrong(error));
        let own_yes = system::yes(self.system, text);
        let yes = || match own_yes {
            Some(own) => Ok(Some(own)),
            None => values::yes(text).map_err(|error| cell.wrong(error)),
        };
        let parts = &mut self.record;
        match field {
            Field::Email => self.email = Some(mailbox(text)?),
            Field::Name => parts.name = name(text, cell)?,
            Field::FirstName => text.clone_into(&mut self.first_name),
            Field::LastName => text.clone_into(&mut self.last_name),
            Field::Language => match text.parse() {
                Ok(language) => parts.language = Some(language),
                Err(_) => parts.is_other_language = true,
            },
            Field::Tags => {
                let tags = match self.system {
                    // Quotes of ours belong to the tag.
                    System::Jarshy => text.split(", ").map(Tag::parse).collect(),
                    _ => Tag::parse_all(text),
                };
                let tags = tags.map_err(|error| cell.wrong(error))?;
                parts.tags.extend(tags);
            }
            Field::Frequency => {
                let word = text.to_lowercase();
                let frequency = match system::frequency(self.system, &word) {
                    Some(own) => own,
                    None => word.parse().map_err(|error| cell.wrong(error))?,
                };
                parts.frequency = Some(frequency);
            }
            Field::PausedUntil => parts.paused_until = time()?,
            Field::State => {
                let own = system::state(self.system, &text.to_lowercase());
                let standing = match own {
                    Some(own) => own.map(Some),
                    None => values::standing(text),
                };
                if let Some(standing) = standing.map_err(|error| cell.wrong(error))? {
                    self.forbid(standing);
                }
            }
            Field::Suppressed => {
                // Any other word or mark says at least that they are.
                let said = match values::standing(text) {
                    Ok(Some(standing)) => standing.suppression(),
                    _ => match values::yes(text) {
                        Ok(Some(false)) => None,
                        _ => Some(SuppressionReason::Manual),
                    },
                };
                parts.suppressed = said.or(parts.suppressed);
            }
            Field::Lists => {
                let names = system::list_names(self.system, text);
                parts.lists.extend(names.map(str::to_owned));
            }
            Field::CreatedAt => parts.created_at = time()?,
            Field::ConsentedAt => parts.consented_at = time()?,
            Field::ConsentedFrom => {
                if let Ok(address) = text.trim().parse() {
                    parts.network = net::network(address);
                }
            }
            Field::ConsentSource => {
                parts.source = text.chars().take(SOURCE_LENGTH).collect();
            }
            Field::ChangedAt => parts.changed_at = time()?.or(parts.changed_at),
            Field::UnsubscribedAt => {
                if let Some(at) = time()? {
                    parts.changed_at = Some(at);
                    self.forbid(Standing::Unsubscribed);
                }
            }
            Field::BouncedAt => {
                if let Some(at) = time()? {
                    parts.changed_at = Some(at);
                    self.forbid(Standing::Bounced);
                }
            }
            Field::Attributes => {
                let object = serde_json::from_str::<Map<String, Value>>(text);
                let object = object.map_err(|_| cell.wrong("is no JSON object"))?;
                parts.attributes.extend(object);
            }
            Field::FormerId => {
                let id = text.trim();
                if !id.is_empty() && id.chars().count() <= FORMER_ID_LENGTH {
                    parts.former_ids.push(id.to_owned());
                }
            }
            Field::Attribute(key) => {
                parts.attributes.insert(key.clone(), Value::from(text));
            }
            Field::If(standing) => {
                if yes()? == Some(true) {
                    self.forbid(*standing);
                }
            }
            Field::Unless(standing) => {
                if yes()? == Some(false) {
                    self.forbid(*standing);
                }
            }
            Field::Ignored => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<Record, String> {
        let parts = self.record;
        let Some((email, own_name)) = self.email else {
            return Err("the row has no address".to_owned());
        };
        if system::is_passed_over(self.system, email.as_str()) {
            return Err(format!("{email} is nobody's address"));
        }
        let tags = tag::once(parts.tags);
        if tags.len() > MOST {
            return Err(format!("{email} has more than {MOST} tags"));
        }
        let both = format!("{} {}", self.first_name.trim(), self.last_name.trim());
        let joined = match both.trim() {
            "" => None,
            both => Some(PersonName::parse(both).map_err(|error| format!("the name {error}"))?),
        };
        let name = match (parts.name, joined) {
            // What is called a name is the given one where there is a family name besides.
            (Some(given), Some(family))
                if self.first_name.trim().is_empty()
                    && !given.as_str().contains(family.as_str()) =>
            {
                let both = format!("{} {}", given.as_str(), family.as_str());
                Some(PersonName::parse(&both).map_err(|error| format!("the name {error}"))?)
            }
            (name, joined) => name.or(joined),
        };
        Ok(Record {
            key: email.lookup_key(),
            email,
            name: name.or(own_name),
            language: parts.language,
            is_other_language: parts.is_other_language,
            tags,
            frequency: parts.frequency,
            paused_until: parts.paused_until,
            attributes: parts.attributes,
            lists: parts.lists,
            standing: parts.standing.unwrap_or(Standing::Confirmed),
            suppressed: parts.suppressed,
            created_at: parts.created_at,
            consented_at: parts.consented_at,
            changed_at: parts.changed_at,
            network: parts.network,
            source: parts.source,
            former_ids: parts.former_ids,
        })
    }
}

fn name(text: &str, cell: &Cell<'_>) -> Result<Option<PersonName>, String> {
    let name = PersonName::parse(text).map_err(|error| format!("{} {error}", cell.column))?;
    Ok((!name.as_str().is_empty()).then_some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        system: System,
        file: &str,
        columns: &[&str],
        cells: &[&str],
    ) -> Result<Record, String> {
        let table = Table {
            name: file.to_owned(),
            columns: columns.iter().map(|&name| name.to_owned()).collect(),
            rows: 1,
        };
        let mapping = match system {
            System::Other => Mapping::suggested(std::slice::from_ref(&table)),
            system => Mapping::for_system(system, std::slice::from_ref(&table)),
        };
        let cells: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
        RowReader::new(&mapping, &table).read(&cells)
    }

    #[test]
    fn names_are_joined_and_read_from_mailboxes() {
        let columns = ["Email", "Name", "Last Name"];
        for (name, family) in [("Aigul", "Nurlan"), ("Aigul Nurlan", "Nurlan")] {
            let row = read(System::Other, "", &columns, &["a@x.org", name, family]).unwrap();
            assert_eq!(row.name.unwrap().as_str(), "Aigul Nurlan");
        }
        let columns = ["Email", "First Name", "Last Name"];
        let row = read(System::Other, "", &columns, &["a@x.org", "Aigul", "Nurlan"]).unwrap();
        assert_eq!(row.name.unwrap().as_str(), "Aigul Nurlan");
        let row = read(System::Other, "", &["email"], &["\"Nurlan, A\" <a@x.org>"]).unwrap();
        assert_eq!(row.name.unwrap().as_str(), "Nurlan, A");
        assert_eq!(row.email.as_str(), "a@x.org");
    }

    #[test]
    fn what_forbids_mail_is_never_weakened() {
        let columns = ["email", "status", "unsubscribed at"];
        let row = read(
            System::Other,
            "",
            &columns,
            &["a@x.org", "active", "2024-01-02"],
        )
        .unwrap();
        assert_eq!(row.standing, Standing::Unsubscribed);
        assert_eq!(row.changed_at.unwrap().rfc3339(), "2024-01-02T00:00:00Z");
        let row = read(System::Other, "", &columns, &["a@x.org", "bounced", ""]).unwrap();
        assert_eq!(row.standing, Standing::Bounced);
        let wrong = read(System::Other, "", &columns, &["a@x.org", "maybe", ""]).unwrap_err();
        assert!(
            wrong.starts_with("status: \"maybe\" is no state"),
            "{wrong}"
        );
    }

    #[test]
    fn systems_say_it_in_their_own_ways() {
        let sendy = ["email", "unsubscribed", "bounced", "complaint", "confirmed"];
        for (cells, standing) in [
            (["a@x.org", "0", "0", "0", "1"], Standing::Confirmed),
            (["a@x.org", "0", "0", "0", "0"], Standing::Pending),
            (["a@x.org", "1", "0", "0", "1"], Standing::Unsubscribed),
            (["a@x.org", "0", "1", "1", "1"], Standing::Complained),
        ] {
            let row = read(System::Sendy, "", &sendy, &cells).unwrap();
            assert_eq!(row.standing, standing, "{cells:?}");
        }
        let ghost = ["email", "subscribed_to_emails", "labels"];
        let row = read(System::Ghost, "", &ghost, &["a@x.org", "false", "x,y"]).unwrap();
        assert_eq!((row.standing, row.tags.len()), (Standing::Unsubscribed, 2));
        let mailtrain = ["email", "cid", "status", "tz"];
        let row = read(
            System::Mailtrain,
            "",
            &mailtrain,
            &["a@x.org", "c", "3", ""],
        )
        .unwrap();
        assert_eq!(row.standing, Standing::Bounced);
        let file = "cleaned_members_export_1.csv";
        let row = read(System::Mailchimp, file, &["Email Address"], &["a@x.org"]).unwrap();
        assert_eq!(row.standing, Standing::Bounced);
    }

    #[test]
    fn details_are_taken_from_their_columns() {
        let columns = [
            "email",
            "language",
            "attributes",
            "City",
            "CONFIRM_IP",
            "opt-in date",
        ];
        let cells = [
            "a@x.org",
            "klingon",
            "{\"age\": 42}",
            "=Bonn",
            "192.0.2.77",
            "2020-02-03 04:05",
        ];
        let row = read(System::Other, "", &columns, &cells).unwrap();
        assert!(row.is_other_language && row.language.is_none());
        assert_eq!(row.attributes["age"], 42);
        assert_eq!(row.attributes["City"], "=Bonn");
        assert_eq!(row.network, "192.0.2.0/24");
        assert_eq!(row.consented_at.unwrap().rfc3339(), "2020-02-03T04:05:00Z");
    }
}
