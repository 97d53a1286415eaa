//! Lines and columns of plain text, measured as terminals and mail programs show
//! them: Chinese and Japanese characters take two columns, accents none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::links::STAND_IN;

/// Columns that a line may have.
pub const WIDTH: usize = 72;

/// Columns of the line under a heading that a merge tag may make empty.
const LEAST_RULE: usize = 12;

fn without_stand_ins(line: &str) -> String {
    let mut parts = line.split(STAND_IN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        out.push_str(rest.strip_prefix('x').unwrap_or(rest));
    }
    out
}

/// Columns that a text takes.
pub fn width_of(text: &str) -> usize {
    text.width()
}

/// A line of `rule` as long as the longest line of a heading.
pub fn underline(heading: &str, rule: &str) -> String {
    let width = |line: &str| {
        if line.contains(STAND_IN) {
            // Of what differs from reader to reader nobody knows the length.
            width_of(&without_stand_ins(line)).max(LEAST_RULE)
        } else {
            width_of(line)
        }
    };
    let longest = heading.lines().map(width).max().unwrap_or(0);
    rule.repeat(longest.min(WIDTH))
}

/// Breaks lines at white space, never at a no-break space; a word longer than a
/// line stays whole, since it may be an address, unless it is written in a
/// script that breaks anywhere.
pub fn wrap(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut length = 0;
        for word in paragraph
            .split([' ', '\t', '\r'])
            .filter(|word| !word.is_empty())
        {
            let word_length = width_of(word);
            let fits = length == 0 || length + 1 + word_length <= width;
            let breaks_anywhere = word_length > width && is_wide(word);
            if !fits && !breaks_anywhere {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            if !breaks_anywhere {
                line.push_str(word);
                length += word_length;
                continue;
            }
            for c in word.chars() {
                let columns = c.width().unwrap_or(0);
                if length + columns > width {
                    lines.push(std::mem::take(&mut line));
                    length = 0;
                }
                line.push(c);
                length += columns;
            }
        }
        lines.push(line);
    }
    lines.join("\n")
}

fn is_wide(word: &str) -> bool {
    word.chars().filter(|c| c.width() == Some(2)).count() * 2 > word.chars().count()
}

/// Where a cell's text is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Alignment {
    #[default]
    Left,
    Center,
    Right,
}

/// A text with spaces around it, up to a width in columns.
pub(super) fn pad(text: &str, width: usize, alignment: Alignment) -> String {
    let missing = width.saturating_sub(width_of(text));
    let before = match alignment {
        Alignment::Left => 0,
        Alignment::Center => missing / 2,
        Alignment::Right => missing,
    };
    format!(
        "{}{text}{}",
        " ".repeat(before),
        " ".repeat(missing - before)
    )
}

/// Puts `first` before the first line and `rest` before the others.
pub(super) fn indent(text: &str, first: &str, rest: &str) -> String {
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            let prefix = if number == 0 { first } else { rest };
            format!("{prefix}{line}")
                .trim_end_matches([' ', '\t'])
                .to_owned()
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit() {
        for text in [
            "слово ".repeat(100),
            "漢字".repeat(100),
            "한국어 ".repeat(60),
        ] {
            let text = wrap(&text, WIDTH);
            assert!(text.lines().all(|line| width_of(line) <= WIDTH), "{text}");
        }
        let address = format!("see https://example.org/{} there", "a".repeat(90));
        assert_eq!(wrap(&address, WIDTH).lines().count(), 3);
    }

    #[test]
    fn unbreakable_text_stays_together() {
        let text = wrap(&format!("{}10\u{a0}000", "word ".repeat(14)), 72);
        assert_eq!(text.lines().last(), Some("10\u{a0}000"));
    }
}
