//! The table of what servers write when they refuse (`rules.tsv`), ready to be
//! asked. The table says how it is read.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::feedback::{Party, Verdict};

/// The table as an operator reads it.
pub const TABLE: &str = include_str!("rules.tsv");

/// When a row counts, besides its pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum When {
    /// An enhanced status code without its class; the last part may be `*`.
    Status(String),
    /// A reply code.
    Code(u16),
    /// Not where the message was handed over already.
    Rcpt,
    /// Only there.
    Message,
}

/// A row of the table.
#[derive(Debug)]
pub struct Rule {
    /// Whom it is about.
    pub party: Party,
    /// Hard or soft.
    pub verdict: Verdict,
    /// In plain words.
    pub reason: &'static str,
    /// As the table has it: when it counts, what it looks for, who writes so.
    pub row: [&'static str; 3],
    when: Vec<When>,
    pattern: Option<Regex>,
}

/// A reply, made ready to be compared with the rows.
pub struct Prepared<'a> {
    /// Its words, as the table describes them.
    pub text: &'a str,
    /// Its enhanced status code; may be empty.
    pub status: &'a str,
    /// Its reply code, where it has one.
    pub code: Option<u16>,
    /// Whether it answers the message itself.
    pub is_after_message: bool,
}

impl Rule {
    /// Whether the row fits a reply.
    pub fn fits(&self, reply: &Prepared<'_>) -> bool {
        let is_of = |when: &When| match when {
            When::Status(wanted) => is_status_like(reply.status, wanted),
            When::Code(wanted) => reply.code == Some(*wanted),
            When::Rcpt => !reply.is_after_message,
            When::Message => reply.is_after_message,
        };
        (self.when.is_empty() || self.when.iter().any(is_of))
            && self
                .pattern
                .as_ref()
                .is_none_or(|pattern| pattern.is_match(reply.text))
    }
}

fn is_status_like(status: &str, wanted: &str) -> bool {
    let Some((_, rest)) = status.split_once('.') else {
        return false;
    };
    match wanted.strip_suffix('*') {
        Some(subject) => rest.starts_with(subject),
        None => rest == wanted,
    }
}

/// The table: what is taken out of a reply before it is read, and the rows.
pub struct Rules {
    /// Words that say nothing.
    pub ignored: Vec<Regex>,
    /// In their order.
    pub rows: Vec<Rule>,
}

/// The rows, compiled once.
pub static RULES: LazyLock<Rules> =
    // A test reads the same constant.
    LazyLock::new(|| Rules::parse(TABLE).unwrap_or_else(|error| panic!("rules.tsv: {error}")));

impl Rules {
    fn parse(table: &'static str) -> Result<Self, String> {
        let mut rules = Self {
            ignored: Vec::new(),
            rows: Vec::new(),
        };
        let mut heading: Option<(Party, Verdict, &'static str)> = None;
        for line in table.lines().filter(|line| !line.is_empty()) {
            if line.starts_with('#') {
                continue;
            }
            if let Some((inside, reason)) =
                line.strip_prefix('[').and_then(|rest| rest.split_once(']'))
            {
                heading = match inside.split_once(' ') {
                    Some((party, verdict)) => Some((
                        party.parse().map_err(|error| format!("{line}: {error}"))?,
                        verdict
                            .parse()
                            .map_err(|error| format!("{line}: {error}"))?,
                        reason.trim(),
                    )),
                    None => None,
                };
                continue;
            }
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [when, pattern, seen] = cells[..] else {
                return Err(format!("not three cells: {line}"));
            };
            let compiled = match pattern {
                "-" => None,
                text => Some(compile(text).map_err(|error| format!("{line}: {error}"))?),
            };
            match (heading, compiled) {
                (None, Some(pattern)) => rules.ignored.push(pattern),
                (None, None) => return Err(format!("ignores everything: {line}")),
                (Some((party, verdict, reason)), pattern) => rules.rows.push(Rule {
                    party,
                    verdict,
                    reason,
                    row: [when, cells[1], seen],
                    when: parse_when(when)?,
                    pattern,
                }),
            }
        }
        Ok(rules)
    }
}

fn parse_when(cell: &str) -> Result<Vec<When>, String> {
    cell.split(',')
        .filter(|part| *part != "-")
        .map(|part| match part.split_once('.') {
            Some((_, rest)) => Ok(When::Status(rest.to_owned())),
            None if part == "rcpt" => Ok(When::Rcpt),
            None if part == "message" => Ok(When::Message),
            None => part
                .parse()
                .map(When::Code)
                .map_err(|error| format!("{part}: {error}")),
        })
        .collect()
}

/// Compiles a pattern. Replies come in any script, and are one line with single
/// spaces: classes are made to mean that, which keeps the tables of Unicode out.
fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    const WORD: &str = r"a-z0-9_\x{80}-\x{10ffff}";
    let mut text = String::with_capacity(pattern.len() * 2);
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('S') => text.push_str("[^ ]"),
            Some('w') => text.push_str(&format!("[{WORD}]")),
            Some('W') => text.push_str(&format!("[^{WORD}]")),
            Some('d') => text.push_str("[0-9]"),
            Some('b') => text.push_str(r"(?-u:\b)"),
            other => text.extend(std::iter::once('\\').chain(other)),
        }
    }
    Regex::new(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows as `docs/bounces.md` shows them.
    fn page() -> String {
        let mut page = String::new();
        let mut heading = String::new();
        for rule in &RULES.rows {
            let says = format!(
                "\n### {}: {} ({})\n\n",
                rule.party.says(),
                rule.reason,
                rule.verdict
            );
            if says != heading {
                page.push_str(&says);
                heading = says;
            }
            let [when, pattern, seen] = rule.row;
            let when = match when {
                "-" => String::new(),
                "rcpt" => "before the message was handed over, ".to_owned(),
                "message" => "after the message was handed over, ".to_owned(),
                codes => format!("{}, ", codes.replace(',', ", ")),
            };
            let pattern = match pattern {
                "-" => "any words".to_owned(),
                pattern => format!("`{pattern}`"),
            };
            page.push_str(&format!("- {when}{pattern} — {seen}\n"));
        }
        page
    }

    #[test]
    fn the_documentation_shows_the_table() {
        let docs = include_str!("../../../docs/bounces.md");
        let (_, shown) = docs.split_once("<!-- rules -->\n").unwrap();
        let page = page();
        if std::env::var_os("UPDATE_DOCS").is_some() {
            let (before, _) = docs.split_once("<!-- rules -->\n").unwrap();
            std::fs::write("docs/bounces.md", format!("{before}<!-- rules -->\n{page}")).unwrap();
            return;
        }
        assert!(shown == page, "run it with UPDATE_DOCS=1");
    }
}
