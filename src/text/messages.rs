//! Messages of the layers below the pages, in the reader's language.
//!
//! What goes wrong below is an error that says so in English, for logs, the API and the
//! command line. The admin pages translate such a sentence as gettext does, by its source
//! text: `locales/en/admin/messages.ftl` repeats it, with `{ $name }` for what varies, and
//! other languages translate it under the same key. What no pattern matches stays English.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::locale::Language;
use super::numbers::in_english;
use super::overrides;
use super::phrase::Phrase;
use super::phrases::Phrases;

/// How deep a message may lie in another one.
const DEPTH: usize = 3;

/// An English message: what it says between its variables.
struct Pattern {
    key: String,
    /// One more than there are variables.
    literals: Vec<String>,
    variables: Vec<String>,
}

struct Patterns {
    /// Those without variables: text and key.
    fixed: HashMap<String, String>,
    /// The others, those that say the most first.
    open: Vec<Pattern>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mut patterns = Patterns {
        fixed: HashMap::new(),
        open: Vec::new(),
    };
    for (key, text) in overrides::file(Language::EN, "admin/messages") {
        let pattern = Pattern::parse(key, &text);
        match pattern.literals.as_slice() {
            [only] => {
                patterns.fixed.insert(only.clone(), pattern.key);
            }
            _ => patterns.open.push(pattern),
        }
    }
    let said = |pattern: &Pattern| pattern.literals.iter().map(String::len).sum::<usize>();
    patterns
        .open
        .sort_by_key(|pattern| std::cmp::Reverse(said(pattern)));
    patterns
});

impl Pattern {
    fn parse(key: String, text: &str) -> Self {
        let mut literals = vec![String::new()];
        let mut variables = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{ $") {
            let Some((name, after)) = after.split_once(" }") else {
                break;
            };
            literals.extend_last(before);
            literals.push(String::new());
            variables.push(name.to_owned());
            rest = after;
        }
        literals.extend_last(rest);
        Self {
            key,
            literals,
            variables,
        }
    }

    /// The values of the variables, if `text` is this message.
    fn matched<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let (last, others) = self.literals.split_last()?;
        let (first, between) = others.split_first()?;
        let mut rest = text
            .strip_prefix(first.as_str())?
            .strip_suffix(last.as_str())?;
        let mut values = Vec::with_capacity(self.variables.len());
        for literal in between {
            let (value, after) = rest.split_once(literal.as_str())?;
            values.push(value);
            rest = after;
        }
        values.push(rest);
        values
            .iter()
            .all(|value| !value.is_empty())
            .then_some(values)
    }
}

/// A literal is written in pieces where Fluent quotes a brace.
trait ExtendLast {
    fn extend_last(&mut self, text: &str);
}

impl ExtendLast for Vec<String> {
    fn extend_last(&mut self, text: &str) {
        let text = text.replace("{\"{\"}", "{").replace("{\"}\"}", "}");
        if let Some(last) = self.last_mut() {
            last.push_str(&text);
        }
    }
}

/// An English message in the language of `phrases`; as it is, where there is no translation.
pub fn translated(phrases: &Phrases, message: &str) -> String {
    if phrases.language == Language::EN {
        return message.to_owned();
    }
    within(phrases, message, DEPTH).unwrap_or_else(|| message.to_owned())
}

fn within(phrases: &Phrases, message: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let bare = message.strip_suffix('.').unwrap_or(message);
    let with_small_letter = uncapitalised(bare);
    let forms = [message, bare, &with_small_letter];
    let fixed = forms.into_iter().find_map(|text| PATTERNS.fixed.get(text));
    if let Some(key) = fixed {
        return phrases.try_translate(key);
    }
    // What says the most comes first, in whichever form it matches.
    let (pattern, values) = PATTERNS.open.iter().find_map(|pattern| {
        let values = forms.into_iter().find_map(|text| pattern.matched(text))?;
        Some((pattern, values))
    })?;
    let mut phrase: Phrase<'_> = phrases.say(&pattern.key);
    for (name, value) in pattern.variables.iter().zip(values) {
        phrase = match count(value) {
            Some(number) => phrase.number(name.clone(), number),
            None => {
                let inner = within(phrases, value, depth);
                phrase.text(name.clone(), inner.as_deref().unwrap_or(value))
            }
        };
    }
    Some(phrase.to_string())
}

/// The number that a text is, if it can be a count: codes begin with a zero, and ids are long
/// and without groups.
fn count(text: &str) -> Option<i64> {
    let is_code = text.len() > 1 && text.starts_with('0');
    let is_short = text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = |number: &i64| in_english(*number) == text;
    match text.replace(',', "").parse().ok() {
        Some(number) if is_short && !is_code || is_grouped(&number) => Some(number),
        _ => None,
    }
}

fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => format!("{}{}", first.to_lowercase(), letters.as_str()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_found_by_what_it_says() {
        let pattern = Pattern::parse(
            "key".to_owned(),
            "the list { $list } has { $count } subscribers",
        );
        let matched = |text| pattern.matched(text);
        assert_eq!(
            matched("the list News has 12 subscribers"),
            Some(vec!["News", "12"])
        );
        assert_eq!(matched("the list News has subscribers"), None);
        assert_eq!(matched("the list  has 12 subscribers"), None);
        assert_eq!(
            [count("12"), count("0007"), count("1x")],
            [Some(12), None, None]
        );
        let long = ["1,234,567", "1234567", "12,34", ",123", "+5", ""];
        assert_eq!(
            long.map(count),
            [Some(1_234_567), None, None, None, None, None]
        );
        let braces = Pattern::parse("key".to_owned(), "every {\"{\"} needs its {\"}\"}");
        assert_eq!(braces.literals, ["every { needs its }"]);
    }

    #[test]
    fn counts_are_written_as_in_the_language() {
        let russian = Phrases::shipped(Language::RU);
        let english = "1,234,567 subscribers read Қазақша, which the post lacks; they get English";
        let said = translated(&russian, english);
        assert!(said.contains("1\u{a0}234\u{a0}567"), "{said}");
    }

    #[test]
    fn what_is_unknown_stays_as_it_is() {
        let russian = Phrases::shipped(Language::RU);
        assert_eq!(translated(&russian, "xyzzy"), "xyzzy");
    }
}
