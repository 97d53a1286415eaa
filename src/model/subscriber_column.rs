//! The columns of the table of subscribers, beside the address that each row begins with.

use std::fmt;
use std::str::FromStr;

use super::string_enum::string_enum;

string_enum! {
    /// A column for everybody.
    pub enum Field {
        /// How to address them.
        Name,
        /// Their lists, with the state on each.
        Lists,
        /// Whether mail goes to them.
        State,
        /// The language of mail to them.
        Language,
        /// Their tags.
        Tags,
        /// By what way they came.
        Source,
        /// How often they want mail.
        Frequency,
        /// When they last changed something, or somebody did it for them.
        Changed,
        /// When they joined.
        Joined,
        /// When somebody who agreed to that was last seen.
        LastActive,
    }
}

/// What the name of an attribute's column begins with.
const ATTRIBUTE: &str = "attribute:";
/// Characters of an attribute's name.
const LONGEST: usize = 100;
/// Columns of a table.
pub const MOST: usize = 12;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    Field(Field),
    /// What an attribute says.
    Attribute(String),
}

/// A text that names no column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a column")]
pub struct UnknownColumn;

impl FromStr for Column {
    type Err = UnknownColumn;

    fn from_str(text: &str) -> Result<Self, UnknownColumn> {
        match text.strip_prefix(ATTRIBUTE) {
            Some("") => Err(UnknownColumn),
            Some(key) if key.chars().count() > LONGEST => Err(UnknownColumn),
            Some(key) => Ok(Self::Attribute(key.to_owned())),
            None => text
                .parse()
                .map(Self::Field)
                .map_err(|_: super::string_enum::UnknownValue| UnknownColumn),
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => field.fmt(f),
            Self::Attribute(key) => write!(f, "{ATTRIBUTE}{key}"),
        }
    }
}

/// The columns of one table, in order: each once, at most [`MOST`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Default for Columns {
    fn default() -> Self {
        let fields = [Field::Lists, Field::Language, Field::Joined];
        Self(fields.map(Column::Field).to_vec())
    }
}

impl Columns {
    /// Those that texts name. What names none is left out: it may be of another version.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        for column in texts.into_iter().filter_map(|text| text.parse().ok()) {
            if columns.len() < MOST && !columns.contains(&column) {
                columns.push(column);
            }
        }
        Self(columns)
    }

    /// As they are stored. An empty text, or one that nobody has written, stands for the default.
    pub fn stored(text: &str) -> Self {
        match serde_json::from_str::<Vec<String>>(text) {
            Ok(texts) => Self::of(texts.iter().map(String::as_str)),
            Err(_) => Self::default(),
        }
    }

    /// What [`Columns::stored`] reads.
    pub fn to_stored(&self) -> String {
        let texts: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        serde_json::json!(texts).to_string()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Column> {
        self.0.iter()
    }

    pub fn has(&self, field: Field) -> bool {
        self.0.contains(&Column::Field(field))
    }

    /// Whether any of them says what the first or the last consent record does.
    pub fn need_ends(&self) -> bool {
        self.has(Field::Source) || self.has(Field::Changed)
    }

    /// The attributes that they show.
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|column| match column {
            Column::Attribute(key) => Some(key.as_str()),
            Column::Field(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_as_they_were_stored() {
        let columns = Columns::of([
            "tags",
            "attribute:city",
            "tags",
            "height",
            "attribute:",
            "name",
        ]);
        let texts: Vec<String> = columns.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["tags", "attribute:city", "name"]);
        assert_eq!(Columns::stored(&columns.to_stored()), columns);
        assert!(columns.has(Field::Tags) && !columns.has(Field::Lists));
        assert!(columns.attributes().eq(["city"]));
        assert_eq!(Columns::stored(""), Columns::default());
        assert_eq!(
            Columns::stored("[]"),
            Columns::of([]),
            "none is a choice too"
        );
        let many: Vec<String> = (0..50).map(|n| format!("attribute:{n}")).collect();
        let many = Columns::of(many.iter().map(String::as_str));
        assert_eq!(many.iter().count(), MOST);
    }
}
