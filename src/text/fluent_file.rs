//! Files of phrases in Fluent's syntax, as translators and their programs write them.

use std::collections::HashMap;

/// One entry of a file that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The number of its first line, from 1.
    pub line: usize,
    /// Its key; empty where the line is none of a phrase.
    pub key: String,
    /// Its text, without the indentation that all its lines have.
    pub text: String,
}

/// The phrases of a file in their order. What is neither a phrase nor a comment is an entry
/// without a key. Whether a text is sound is for the checks of each phrase to say.
pub fn read(file: &str) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    // A byte order mark is not part of the first key.
    for (index, line) in file.trim_start_matches('\u{feff}').lines().enumerate() {
        let begins = line.chars().next();
        let is_more = begins.is_none_or(|c| matches!(c, ' ' | '\t' | '}'));
        match (begins, found.last_mut()) {
            (Some('#'), _) => {}
            (_, Some(last)) if is_more => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            (None, None) => {}
            _ => found.push(first_line(index + 1, line)),
        }
    }
    for entry in &mut found {
        entry.text = without_indentation(&entry.text);
    }
    found.retain(|entry| !(entry.key.is_empty() && entry.text.is_empty()));
    found
}

fn first_line(line: usize, text: &str) -> Entry {
    let is_key = |key: &&str| {
        let is_of_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_of_key)
    };
    let parts = text.split_once('=');
    let found = parts.map(|(key, text)| (key.trim_end(), text));
    let (key, text) = found.filter(|(key, _)| is_key(key)).unwrap_or(("", text));
    Entry {
        line,
        key: key.to_owned(),
        text: text.trim_start().to_owned(),
    }
}

/// The text without the blanks that begin all lines after the first.
fn without_indentation(text: &str) -> String {
    let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let lines = rest.lines().filter(|line| !line.trim().is_empty());
    let common = lines.map(blanks).min().unwrap_or_default();
    let rest = rest.lines().map(|line| line.get(common..).unwrap_or(""));
    let all: Vec<&str> = std::iter::once(first).chain(rest).collect();
    let text = all.join("\n");
    text.trim_matches(['\n', '\r']).trim_end().to_owned()
}

/// A file with the comments and the order of the English one. A phrase without a text is a
/// comment with the English one, for the translator to take out of it.
pub fn write(english: &str, texts: &HashMap<&str, &str>) -> String {
    let mut file = String::with_capacity(english.len() * 2);
    // Lines of the English phrase that come next, if it is to be shown.
    let mut is_shown = true;
    for line in english.lines() {
        let begins_phrase = line.starts_with(|c: char| c.is_ascii_lowercase());
        let key = line.split_once(" =").filter(|_| begins_phrase);
        match key.map(|(key, _)| (key, texts.get(key))) {
            Some((key, Some(text))) => {
                is_shown = false;
                file.push_str(&phrase(key, text));
            }
            Some((_, None)) => {
                is_shown = true;
                file.push_str(&format!("# {line}\n"));
            }
            None if line.starts_with("    ") && is_shown => {
                file.push_str(&format!("# {line}\n"));
            }
            None if line.starts_with("    ") => {}
            None => {
                file.push_str(line);
                file.push('\n');
            }
        }
    }
    file
}

/// A phrase as it stands in a file.
pub fn phrase(key: &str, text: &str) -> String {
    let is_block = text.contains('\n') || text.starts_with(' ');
    if is_block {
        format!("{key} =\n    {}\n", text.replace('\n', "\n    "))
    } else {
        format!("{key} = {text}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::catalogue;
    use crate::text::locale::Language;

    fn texts(file: &str) -> Vec<(String, String)> {
        let entries = read(file).into_iter();
        entries.map(|entry| (entry.key, entry.text)).collect()
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        for language in ["en", "ru", "ar"] {
            let language: Language = language.parse().unwrap();
            let shipped = catalogue::shipped(language);
            let all: HashMap<&str, &str> = shipped
                .iter()
                .map(|(key, text)| (key.as_str(), text.as_str()))
                .collect();
            let mut count = 0;
            for file in catalogue::files() {
                let written = write(&catalogue::english_source(&file), &all);
                for (key, text) in texts(&written) {
                    assert_eq!(shipped.get(&key), Some(&text), "{language} {file} {key}");
                    count += 1;
                }
            }
            assert_eq!(count, shipped.len(), "{language}");
        }
    }

    #[test]
    fn files_of_other_programs_are_read_and_odd_lines_are_entries_without_a_key() {
        let file = "\u{feff}# comment\nfirst=One\nsecond =\n  { $count ->\n    [one] a\n   *[other] b\n  }\n\
            third = Two\n    lines\n\n    and a third\n\nnonsense\n-term = x\n";
        let entries = read(file);
        let found: Vec<(usize, &str, &str)> = entries
            .iter()
            .map(|entry| (entry.line, entry.key.as_str(), entry.text.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (2, "first", "One"),
                (3, "second", "{ $count ->\n  [one] a\n *[other] b\n}"),
                (8, "third", "Two\nlines\n\nand a third"),
                (13, "", "nonsense"),
                (14, "", "-term = x"),
            ]
        );
        assert!(read("").is_empty());
        assert!(read("# only a comment\n\n").is_empty());
    }

    #[test]
    fn what_is_missing_is_a_comment_with_the_english_text() {
        let english = "### Head\n\na = One\nb =\n    Two\n    lines\n";
        let written = write(english, &HashMap::from([("a", "Bir")]));
        assert_eq!(
            written,
            "### Head\n\na = Bir\n# b =\n#     Two\n#     lines\n"
        );
    }
}
