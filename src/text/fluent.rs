//! The parts of Fluent that shipped phrases and text overrides share.

use fluent_templates::fluent_bundle::FluentValue;
use unic_langid::{LanguageIdentifier, langid};

use super::locale::Language;

static KAZAKH: LanguageIdentifier = langid!("kk");
static RUSSIAN: LanguageIdentifier = langid!("ru");
static ENGLISH: LanguageIdentifier = langid!("en");

pub(super) fn identifier(language: Language) -> &'static LanguageIdentifier {
    match language {
        Language::Kk => &KAZAKH,
        Language::Ru => &RUSSIAN,
        Language::En => &ENGLISH,
    }
}

/// The value of a variable in a phrase. Counts are numbers, so that the
/// language can choose its plural; days and years are text.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// As it is.
    Text(&'a str),
    /// For plurals.
    Number(i64),
}

impl<'a> From<&Value<'a>> for FluentValue<'a> {
    fn from(value: &Value<'a>) -> Self {
        match *value {
            Value::Text(text) => text.into(),
            Value::Number(number) => number.into(),
        }
    }
}
