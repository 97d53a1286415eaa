//! One phrase with its variables, written where it is shown.

use std::borrow::Cow;
use std::fmt;

use askama::filters::HtmlSafe;
use fluent_templates::fluent_bundle::FluentValue;

use super::escape::escape_html;
use super::fluent::Filling;
use super::numbers::Whole;
use super::phrases::Phrases;

/// A phrase that is being filled: `phrases.say("list-size").number("count", 3)`. It is
/// displayed in the language of its [`Phrases`].
#[derive(Debug, Clone)]
pub struct Phrase<'a> {
    phrases: &'a Phrases,
    key: &'a str,
    values: Vec<(Cow<'static, str>, Variable)>,
}

#[derive(Debug, Clone)]
enum Variable {
    Text(String),
    Number(i64),
}

impl Phrases {
    /// The phrase under `key`, to be filled where it is shown.
    pub fn say<'a>(&'a self, key: &'a str) -> Phrase<'a> {
        Phrase::new(self, key)
    }
}

impl<'a> Phrase<'a> {
    fn new(phrases: &'a Phrases, key: &'a str) -> Self {
        Self {
            phrases,
            key,
            values: Vec::new(),
        }
    }

    /// Fills in a text.
    pub fn text(mut self, name: impl Into<Cow<'static, str>>, value: impl fmt::Display) -> Self {
        self.values
            .push((name.into(), Variable::Text(value.to_string())));
        self
    }

    /// Fills in a number, by which the phrase can choose a plural. It is shown with its digits
    /// in groups.
    pub fn number(mut self, name: impl Into<Cow<'static, str>>, value: impl Whole) -> Self {
        self.values
            .push((name.into(), Variable::Number(value.whole())));
        self
    }

    /// The phrase as HTML: what it says is trusted markup, what fills it is escaped.
    pub fn html(self) -> Markup {
        Markup(self.fill(escape_html))
    }

    fn fill(&self, escape: fn(&str) -> String) -> String {
        let values: Filling<'_> = self
            .values
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Variable::Text(text) => FluentValue::from(escape(text)),
                    Variable::Number(number) => FluentValue::from(*number),
                };
                (name.clone(), value)
            })
            .collect();
        self.phrases.fill(self.key, &values)
    }
}

impl fmt::Display for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fill(str::to_owned))
    }
}

impl From<Phrase<'_>> for String {
    fn from(phrase: Phrase<'_>) -> Self {
        phrase.to_string()
    }
}

/// HTML that templates insert as it is.
#[derive(Debug, Clone)]
pub struct Markup(String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}
