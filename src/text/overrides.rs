//! Texts that an installation sets in place of the shipped phrases.
//!
//! They are written as the shipped ones are: in Fluent's syntax, where `{ $site }`
//! is a variable and a selector chooses a plural.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use fluent_templates::fluent_bundle::concurrent::FluentBundle;
use fluent_templates::fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use rust_embed::RustEmbed;

use super::fluent::{Value, identifier, number_format};
use super::locale::Language;

/// The id that means every list.
pub const ALL_LISTS: i64 = 0;
/// Characters that one phrase may have.
pub const LIMIT: usize = 2_000;
/// Nested braces: the parser recurses with them.
const DEPTH: usize = 20;

/// The files whose phrases can be replaced.
const FILES: [&str; 3] = ["subscription", "mail", "site"];

/// `locales/`, a folder for each language.
#[derive(RustEmbed)]
#[folder = "locales"]
struct Shipped;

fn source(language: Language, file: &str) -> Option<String> {
    let file = Shipped::get(&format!("{language}/{file}.ftl"))?;
    String::from_utf8(file.data.into_owned()).ok()
}

/// The shipped phrases of a language whose keys begin with one of `starts`, in
/// their order: key and source. A language without phrases has those in English.
pub fn shipped(language: Language, starts: &[&str]) -> Vec<(String, String)> {
    let files = FILES.map(|file| {
        let own = source(language, file);
        let wider = || source(language.primary().parse().ok()?, file);
        let english = || source(Language::EN, file);
        own.or_else(wider).or_else(english).unwrap_or_default()
    });
    let mut found: Vec<_> = files.iter().flat_map(|file| phrases_of(file)).collect();
    found.retain(|(key, _)| starts.iter().any(|start| key.starts_with(start)));
    found
}

/// The phrases of one shipped file: key and source.
pub(super) fn file(language: Language, file: &str) -> Vec<(String, String)> {
    phrases_of(&source(language, file).unwrap_or_default())
}

fn phrases_of(file: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in file.lines() {
        match line.split_once(" =") {
            Some((key, text)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                found.push((key.to_owned(), text.trim().to_owned()));
            }
            // The rest of a phrase of several lines is indented.
            _ if line.starts_with("    ") => {
                if let Some((_, text)) = found.last_mut() {
                    text.push('\n');
                    text.push_str(&line[4..]);
                }
            }
            _ => {}
        }
    }
    for (_, text) in &mut found {
        *text = text.trim().to_owned();
    }
    found
}

/// Why an override is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OverrideError {
    /// Too long.
    #[error("has more than 2000 characters")]
    TooLong,
    /// A brace or a selector that is not closed, and the like.
    #[error(
        "cannot be read: every {{ needs its }}, and what stands between them must be a variable of the shipped text"
    )]
    Syntax,
    /// A variable that the shipped phrase does not have.
    #[error("has no placeholder ${0}; see the default text for those that exist")]
    UnknownVariable(String),
}

/// Checks an override of the shipped phrase `shipped`.
///
/// # Errors
/// [`OverrideError`] says what is wrong.
pub fn check(text: &str, shipped: &str) -> Result<(), OverrideError> {
    if text.chars().count() > LIMIT {
        return Err(OverrideError::TooLong);
    }
    if depth(text) > DEPTH {
        return Err(OverrideError::Syntax);
    }
    let known = variables(shipped);
    if let Some(unknown) = variables(text)
        .into_iter()
        .find(|name| !known.contains(name))
    {
        return Err(OverrideError::UnknownVariable(unknown.to_owned()));
    }
    let mut bundle = bundle(Language::EN);
    let Ok(()) = add(&mut bundle, "phrase", text) else {
        return Err(OverrideError::Syntax);
    };
    // The result must not be empty, whatever a variable holds.
    let mut arguments = FluentArgs::new();
    for name in known {
        arguments.set(name.to_owned(), FluentValue::from(3));
    }
    match format(&bundle, "phrase", &arguments) {
        Some(_) => Ok(()),
        None => Err(OverrideError::Syntax),
    }
}

/// How deep braces lie in each other; those that are never closed count too.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn variables(text: &str) -> Vec<&str> {
    let name = |part| {
        let rest: &str = part;
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
        &rest[..end.unwrap_or(rest.len())]
    };
    text.split('$').skip(1).map(name).collect()
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![identifier(language).clone()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(number_format(language.primary())));
    bundle
}

/// Adds a phrase; the error says that it cannot be read.
fn add(bundle: &mut Bundle, key: &str, text: &str) -> Result<(), ()> {
    let indented = text.replace("\r\n", "\n").replace('\n', "\n    ");
    let source = format!("{key} =\n    {indented}\n");
    let resource = FluentResource::try_new(source).map_err(|_| ())?;
    bundle.add_resource_overriding(resource);
    if bundle.has_message(key) {
        Ok(())
    } else {
        Err(())
    }
}

fn format(bundle: &Bundle, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors: Vec<FluentError> = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

/// The overrides of an installation.
#[derive(Default)]
pub struct TextOverrides(HashMap<(i64, Language), Bundle>);

impl fmt::Debug for TextOverrides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl TextOverrides {
    /// Overrides by list ([`ALL_LISTS`] for all), language and key. Those with
    /// syntax errors are skipped.
    pub fn new<'a>(all: impl Iterator<Item = (i64, Language, &'a str, &'a str)>) -> Self {
        let mut bundles = HashMap::new();
        for (list, language, key, text) in all {
            let bundle = bundles
                .entry((list, language))
                .or_insert_with(|| bundle(language));
            if add(bundle, key, text).is_err() {
                tracing::warn!(list, %language, key, "text overrides cannot be read; the defaults are used");
            }
        }
        Self(bundles)
    }

    pub(super) fn translate(
        &self,
        list: i64,
        language: Language,
        key: &str,
        values: &[(&'static str, Value<'_>)],
    ) -> Option<String> {
        let bundle = self.0.get(&(list, language))?;
        let arguments = values
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(value)))
            .collect();
        format(bundle, key, &arguments)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::phrases::Phrases;

    #[test]
    fn nested_braces_are_rejected_before_parsing() {
        for text in [
            "{".repeat(1_900),
            "{ ".repeat(600) + "}".repeat(600).as_str(),
        ] {
            assert_eq!(check(&text, "x"), Err(OverrideError::Syntax));
        }
    }

    #[test]
    fn overrides_replace_shipped_phrases_by_list() {
        let all = [
            (
                ALL_LISTS,
                Language::EN,
                "mail-confirm-subject",
                "Say yes to { $site }",
            ),
            (
                7,
                Language::EN,
                "mail-confirm-subject",
                "The club: { $site }",
            ),
            (
                7,
                Language::EN,
                "mail-confirm-lists",
                "{ $count ->\n [one] One:\n *[other] { $count }:\n}",
            ),
            (ALL_LISTS, Language::RU, "mail-confirm-button", "{ broken"),
        ];
        let words = Arc::new(TextOverrides::new(all.into_iter()));
        let en = Phrases::with(Language::EN, words.clone());
        let subject =
            |phrases: &Phrases| phrases.translate_with("mail-confirm-subject", "site", "A");
        assert_eq!(subject(&en), "Say yes to A");
        assert_eq!(subject(&en.of_list(7)), "The club: A");
        assert_eq!(subject(&en.of_list(8)), "Say yes to A");
        assert_eq!(en.of_list(7).count("mail-confirm-lists", "count", 2), "2:");
        let ru = Phrases::with(Language::RU, words);
        let shipped = Phrases::shipped(Language::RU);
        assert_eq!(subject(&ru), subject(&shipped));
        assert_eq!(
            ru.translate("mail-confirm-button"),
            shipped.translate("mail-confirm-button")
        );
    }

    #[test]
    fn words_must_be_readable_and_know_their_variables() {
        let shipped = "Please confirm your address: { $site }";
        for good in [
            "Yes to { $site }!",
            "Just yes",
            "First\n\nsecond",
            "{ $site } { $site }",
        ] {
            assert_eq!(check(good, shipped), Ok(()), "{good}");
        }
        for bad in ["{ $site", "}", "{ site }", "{ -term }", "", "[x", "*"] {
            let is_plain = matches!(bad, "[x" | "*");
            assert_eq!(
                check(bad, shipped).is_ok(),
                is_plain && check(bad, shipped).is_ok(),
                "{bad}"
            );
        }
        assert_eq!(
            check("{ $name }", shipped),
            Err(OverrideError::UnknownVariable("name".to_owned()))
        );
        assert_eq!(
            check(&"a".repeat(2001), shipped),
            Err(OverrideError::TooLong)
        );
    }

    #[test]
    fn every_shipped_phrase_is_a_valid_override() {
        for language in ["ar", "de", "en", "kk", "ru"] {
            let language: Language = language.parse().unwrap();
            let all = shipped(language, &[""]);
            assert!(all.len() > 200, "{language}: {}", all.len());
            for (key, text) in all {
                assert_eq!(check(&text, &text), Ok(()), "{language} {key}: {text}");
            }
        }
    }
}
