//! The parts of Fluent that shipped phrases and text overrides share.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_templates::fluent_bundle::FluentValue;
use unic_langid::LanguageIdentifier;

use super::locale::Language;
use super::numbers::{grouped_by, separator};

static IDENTIFIERS: LazyLock<Vec<LanguageIdentifier>> =
    LazyLock::new(|| Language::all().map(of_tag).collect());

/// By which Fluent knows a language and the rules of its plurals.
pub(super) fn identifier(language: Language) -> &'static LanguageIdentifier {
    &IDENTIFIERS[language.index()]
}

fn of_tag(language: Language) -> LanguageIdentifier {
    // Every tag of the table is one.
    language.tag().parse().unwrap_or_default()
}

/// How Fluent writes numbers in a language, by its primary subtag: with their digits in groups.
pub(super) fn number_format<M>(primary: &str) -> fn(&FluentValue<'_>, &M) -> Option<String> {
    // Fluent takes a function without surroundings: one for each separator.
    match separator(primary) {
        ',' => |value, _| whole(value, ','),
        '.' => |value, _| whole(value, '.'),
        '\u{202f}' => |value, _| whole(value, '\u{202f}'),
        _ => |value, _| whole(value, '\u{a0}'),
    }
}

fn whole(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(grouped_by(number.value as i64, separator))
        }
        _ => None,
    }
}

/// The values of a phrase's variables, as Fluent takes them.
pub(super) type Filling<'a> = HashMap<Cow<'static, str>, FluentValue<'a>>;

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
