//! Texts that an installation sets in place of the shipped phrases.
//!
//! They are written as the shipped ones are: in Fluent's syntax, where `{ $site }`
//! is a variable and a selector chooses a plural.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use fluent_templates::fluent_bundle::concurrent::FluentBundle;
use fluent_templates::fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use rust_embed::RustEmbed;

use super::fluent::{Filling, identifier, number_format};
use super::fluent_file;
use super::locale::{Language, Preference};

/// What the keys of texts of the admin pages begin with.
pub const ADMIN: &str = "admin-";
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

pub(super) fn source(language: Language, file: &str) -> Option<String> {
    let file = Shipped::get(&format!("{language}/{file}.ftl"))?;
    String::from_utf8(file.data.into_owned()).ok()
}

/// The shipped phrases for a reader whose keys begin with one of `starts`, in
/// their order: key and source. A language without phrases has those of the site's language, or
/// English ones.
pub fn shipped(reader: Preference, starts: &[&str]) -> Vec<(String, String)> {
    let in_best = |file| reader.order().find_map(|language| source(language, file));
    let files = FILES.map(|file| in_best(file).unwrap_or_default());
    let mut found: Vec<_> = files.iter().flat_map(|file| phrases_of(file)).collect();
    found.retain(|(key, _)| starts.iter().any(|start| key.starts_with(start)));
    found
}

/// The name of each shipped file of a language, such as `site` and `admin/posts`.
pub(super) fn files(language: Language) -> Vec<String> {
    let start = format!("{language}/");
    let mut found: Vec<String> = Shipped::iter()
        .filter_map(|path| Some(path.strip_prefix(&start)?.strip_suffix(".ftl")?.to_owned()))
        .collect();
    found.sort();
    found
}

/// The phrases of one shipped file: key and source.
pub(super) fn file(language: Language, file: &str) -> Vec<(String, String)> {
    phrases_of(&source(language, file).unwrap_or_default())
}

fn phrases_of(file: &str) -> Vec<(String, String)> {
    let entries = fluent_file::read(file).into_iter();
    let phrases = entries.filter(|entry| !entry.key.is_empty());
    phrases.map(|entry| (entry.key, entry.text)).collect()
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
    /// A variable of the English phrase that a translation leaves out.
    #[error("lacks the placeholder ${0} of the English text")]
    MissingVariable(String),
    /// Markup that is not that of the English phrase.
    #[error("may have no other HTML than the English text: {0}")]
    Markup(String),
    /// A literal in quotes that can hide markup.
    #[error("may only quote a brace, as in {{\"{{\"}}")]
    Literal,
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

pub(super) fn variables(text: &str) -> Vec<&str> {
    let name = |part| {
        let rest: &str = part;
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
        &rest[..end.unwrap_or(rest.len())]
    };
    // A dollar sign by itself is text.
    let names = text.split('$').skip(1).map(name);
    names.filter(|name| !name.is_empty()).collect()
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
    let source = format!("{key} = {}\n", indented(text));
    let resource = FluentResource::try_new(source).map_err(|_| ())?;
    bundle.add_resource_overriding(resource);
    if bundle.has_message(key) {
        Ok(())
    } else {
        Err(())
    }
}

/// A text as the value of a message: its lines go on indented, and what would begin an attribute
/// or a variant there is quoted, such as the items of a list in Markdown.
fn indented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            out.push_str("\n    ");
        }
        let rest = line.trim_start();
        match rest.chars().next() {
            Some(first @ ('*' | '[' | '.')) if number > 0 && depth == 0 => {
                // The indent too, which is lost in front of a brace.
                let indent = &line[..line.len() - rest.len()];
                out.push_str(&format!("{{\"{indent}{first}\"}}{}", &rest[1..]));
            }
            _ => out.push_str(line),
        }
        depth = (depth + line.matches('{').count()).saturating_sub(line.matches('}').count());
    }
    out
}

fn format(bundle: &Bundle, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors: Vec<FluentError> = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

/// The overrides of an installation.
#[derive(Default)]
pub struct TextOverrides {
    bundles: HashMap<(i64, Language), Bundle>,
    /// Those with a text of the admin pages.
    admin: BTreeSet<Language>,
}

impl fmt::Debug for TextOverrides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.bundles.keys()).finish()
    }
}

impl TextOverrides {
    /// Overrides by list ([`ALL_LISTS`] for all), language and key. Those with
    /// syntax errors are skipped.
    pub fn new<'a>(all: impl Iterator<Item = (i64, Language, &'a str, &'a str)>) -> Self {
        let (mut bundles, mut admin) = (HashMap::new(), BTreeSet::new());
        for (list, language, key, text) in all {
            let bundle = bundles
                .entry((list, language))
                .or_insert_with(|| bundle(language));
            if add(bundle, key, text).is_err() {
                tracing::warn!(list, %language, key, "text overrides cannot be read; the defaults are used");
            } else if key.starts_with(ADMIN) {
                admin.insert(language);
            }
        }
        Self { bundles, admin }
    }

    /// The languages that it has texts of the admin pages in.
    pub(super) fn admin_languages(&self) -> impl Iterator<Item = Language> {
        self.admin.iter().copied()
    }

    pub(super) fn translate(
        &self,
        list: i64,
        language: Language,
        key: &str,
        values: &Filling<'_>,
    ) -> Option<String> {
        let bundle = self.bundles.get(&(list, language))?;
        if !bundle.has_message(key) {
            return None;
        }
        let arguments = values
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
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
    fn markdown_is_no_syntax_of_fluent() {
        for text in [
            "**Bold** first",
            "* one\n* two",
            "a\n\n  * one\n.two\n[three](x)",
            "[a](b)",
            ".",
        ] {
            let mut bundle = bundle(Language::EN);
            add(&mut bundle, "phrase", text).unwrap();
            let said = format(&bundle, "phrase", &FluentArgs::new());
            assert_eq!(said.as_deref(), Some(text));
        }
        let plural = "{ $n ->\n    [one] a day\n   *[other] { $n } days\n}\n* and more";
        assert_eq!(check(plural, "{ $n }"), Ok(()));
    }

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
            let reader = Preference {
                reader: language,
                site: Language::EN,
            };
            let all = shipped(reader, &[""]);
            assert!(all.len() > 200, "{language}: {}", all.len());
            for (key, text) in all {
                assert_eq!(check(&text, &text), Ok(()), "{language} {key}: {text}");
            }
        }
    }
}
