//! What mail programs do not show of an email's HTML, by the data of
//! [caniemail.com](https://www.caniemail.com).
//!
//! `features.tsv` is written by `scripts/client-support` from the npm package `caniemail` (MIT,
//! see `LICENSE`). It has only what a reader would miss: what degrades well, such as round
//! corners, shadows and fonts, is left out, and so is what the shipped layouts and blocks do about
//! Outlook. A style sheet is inlined before an email is sent, so declarations are looked for where
//! they are in force, in `style` attributes; rules for narrow screens or dark mode are extras that
//! nobody misses.

use std::collections::BTreeMap;

use crate::text::markup::{self, Kind, Tag};

use table::{Feature, Sort, features};

mod client;
mod table;

pub use client::Client;

/// Features of one email that are named.
const MOST: usize = 20;
/// Bytes of HTML that are looked at.
const LIMIT: usize = 1024 * 1024;
/// Characters of text that say where a feature is used.
const NEAR: usize = 40;

/// Something in an email that some mail programs do not show.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Unsupported {
    /// What it is, as one writes it: `display:flex`, `<video>`, `.webp`.
    pub feature: String,
    /// The page of caniemail.com about it.
    pub url: String,
    /// The programs that do not show it, at least one.
    pub clients: Vec<Client>,
    /// The first element with it; empty in a style sheet.
    pub element: String,
    /// The first words within or after that element; may be empty.
    pub near: String,
    /// How many elements have it.
    pub count: usize,
    /// The first line of the author's text with it, from 1, where it can be told.
    pub line: Option<usize>,
    /// The first block of the author's text with it, from 0, where that is a text of blocks and
    /// it can be told.
    pub block: Option<usize>,
}

impl Unsupported {
    /// Whether an author's text has it.
    pub fn is_in(&self, source: &str) -> bool {
        line_of(source, &self.feature).is_some()
    }
}

/// What mail programs do not show of an email. `source` is what its author wrote, to name lines
/// of it.
pub fn check(html: &str, source: &str) -> Vec<Unsupported> {
    let mut scan = Scan {
        html: &html[..html.floor_char_boundary(LIMIT)],
        has_vml: html.contains("<v:fill") || html.contains("<v:image"),
        is_hidden_from_outlook: false,
        found: BTreeMap::new(),
    };
    scan.run();
    let mut found: Vec<(usize, Unsupported)> = scan.found.into_values().collect();
    found.sort_by_key(|(at, _)| *at);
    let with_line = |(_, one): (usize, Unsupported)| Unsupported {
        line: line_of(source, &one.feature),
        ..one
    };
    found.into_iter().take(MOST).map(with_line).collect()
}

struct Scan<'a> {
    html: &'a str,
    /// Whether it draws backgrounds for Outlook by itself.
    has_vml: bool,
    /// Within `<!--[if !mso]><!-->` and `<!--<![endif]-->`.
    is_hidden_from_outlook: bool,
    found: BTreeMap<String, (usize, Unsupported)>,
}

impl<'a> Scan<'a> {
    fn run(&mut self) {
        let mut in_style = false;
        for token in markup::tokens(self.html) {
            match &token.kind {
                Kind::Open(tag) => {
                    in_style = tag.name.eq_ignore_ascii_case("style");
                    self.element(token.at, token.at + token.raw.len(), tag);
                }
                Kind::Text if in_style => self.sheet(token.at, token.raw),
                Kind::Close(_) => in_style = false,
                Kind::Comment(comment) => self.comment(comment),
                _ => {}
            }
        }
    }

    /// Conditional comments: what they hold for Outlook alone is its author's affair.
    fn comment(&mut self, comment: &str) {
        let comment = comment.trim();
        if comment.starts_with("[if") && comment.contains("!mso") {
            self.is_hidden_from_outlook = true;
        } else if comment.contains("[endif]") {
            self.is_hidden_from_outlook = false;
        }
    }

    fn element(&mut self, at: usize, end: usize, tag: &Tag<'a>) {
        // What nobody is meant to see, such as the preheader.
        if tag.is_hidden() {
            return;
        }
        let name = tag.name.to_ascii_lowercase();
        let lower = |wanted: &str, otherwise: &str| {
            tag.get(wanted).unwrap_or(otherwise).to_ascii_lowercase()
        };
        let (kind, source) = (lower("type", "text"), lower("src", ""));
        let style = lower("style", "");
        let declarations: Vec<(&str, &str)> = super::css::declarations(&style)
            .into_iter()
            .filter_map(|one| one.split_once(':'))
            .map(|(name, value)| (name.trim(), value.trim()))
            .collect();
        for feature in features() {
            let hit = match feature.sort {
                Sort::Element => feature.terms.iter().find(|term| **term == name),
                Sort::Input if name == "input" => feature.terms.iter().find(|term| **term == kind),
                Sort::Picture if name == "img" => feature.terms.iter().find(|term| {
                    let path = source.split(['?', '#']).next().unwrap_or_default();
                    path.ends_with(**term) || **term == "data:" && source.starts_with("data:")
                }),
                Sort::Property | Sort::Pair | Sort::Value => declared(feature, &declarations),
                Sort::Input | Sort::Picture | Sort::Sheet => None,
            };
            if let Some(term) = hit {
                self.add(feature, term, at, end, &name);
            }
        }
    }

    /// What a style sheet adds to elements, or fetches. It cannot be inlined.
    fn sheet(&mut self, at: usize, css: &str) {
        let css = without_at_blocks(css);
        for feature in features().iter().filter(|one| one.sort == Sort::Sheet) {
            if let Some(term) = feature.terms.iter().find(|term| css.contains(**term)) {
                self.add(feature, term, at, at, "");
            }
        }
    }

    fn add(&mut self, feature: &'static Feature, term: &str, at: usize, end: usize, name: &str) {
        let is_missed = |client: &Client| {
            let is_handled = *client == Client::OutlookWindows
                && (self.is_hidden_from_outlook
                    || self.has_vml && matches!(term, "background-image" | "linear-gradient("));
            !feature.shows(*client) && !is_handled
        };
        let clients: Vec<Client> = Client::ALL.into_iter().filter(is_missed).collect();
        if clients.is_empty() {
            return;
        }
        let shown = feature.as_written(term);
        if let Some((_, known)) = self.found.get_mut(&shown) {
            known.count += 1;
            return;
        }
        let one = Unsupported {
            url: format!("https://www.caniemail.com/features/{}/", feature.slug),
            clients,
            element: name.to_owned(),
            near: if name.is_empty() {
                String::new()
            } else {
                self.near(end)
            },
            count: 1,
            line: None,
            block: None,
            feature: shown.clone(),
        };
        self.found.insert(shown, (at, one));
    }

    /// The first words after a place.
    fn near(&self, at: usize) -> String {
        let ahead = &self.html[at..self.html.floor_char_boundary(at + 4096)];
        let mut words = String::new();
        for token in markup::tokens(ahead) {
            if let Kind::Text = token.kind {
                words.push_str(token.raw);
                words.push(' ');
            }
            if words.trim().len() > NEAR * 4 {
                break;
            }
        }
        let words = crate::text::html::plain_text(&words);
        let words: Vec<&str> = words.split_whitespace().collect();
        let words = words.join(" ");
        match words.char_indices().nth(NEAR) {
            Some((end, _)) => format!("{}…", words[..end].trim_end()),
            None => words,
        }
    }
}

/// The term of a feature that a `style` attribute declares.
fn declared(
    feature: &'static Feature,
    declarations: &[(&str, &str)],
) -> Option<&'static &'static str> {
    let has_word = |value: &str, term: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        value
            .match_indices(term)
            .any(|(at, _)| !value[..at].ends_with(is_part))
    };
    feature.terms.iter().find(|term| {
        declarations
            .iter()
            .any(|&(name, value)| match feature.sort {
                Sort::Property if **term == "background-image" => {
                    matches!(name, "background" | "background-image") && value.contains("url(")
                }
                Sort::Property => name == **term && !is_neutral(value),
                Sort::Pair => term.split_once(':').is_some_and(|(wanted, word)| {
                    name == wanted && value.split_whitespace().next() == Some(word)
                }),
                Sort::Value => has_word(value, term),
                Sort::Element | Sort::Input | Sort::Picture | Sort::Sheet => false,
            })
    })
}

/// Whether a value changes nothing.
fn is_neutral(value: &str) -> bool {
    let value = value.trim_end_matches("!important").trim();
    matches!(
        value,
        "none" | "normal" | "auto" | "0" | "1" | "initial" | "inherit" | "unset"
    )
}

/// A style sheet without the blocks of its at-rules, such as media queries.
fn without_at_blocks(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut depth = 0_usize;
    let mut rest = css;
    while let Some(at) = rest.find(['@', '{', '}']) {
        if depth == 0 {
            out.push_str(&rest[..at]);
        }
        let mark = &rest[at..=at];
        rest = &rest[at + 1..];
        match mark {
            "@" if depth == 0 => {
                let end = rest.find(['{', ';']).unwrap_or(rest.len());
                if rest[end..].starts_with('{') {
                    depth = 1;
                    rest = &rest[end + 1..];
                } else {
                    out.push('@');
                }
            }
            "{" if depth > 0 => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if depth == 0 {
        out.push_str(rest);
    }
    out
}

/// The first line of an author's text with a feature.
fn line_of(source: &str, feature: &str) -> Option<usize> {
    let wanted: String = feature.trim_end_matches(['>', ')']).to_ascii_lowercase();
    // `display: flex` is written with and without the space.
    let property = wanted.split(':').next().unwrap_or_default();
    let word = wanted.rsplit(':').next().unwrap_or_default();
    let has = |line: &str| {
        let line = line.to_ascii_lowercase();
        line.contains(&wanted)
            || wanted.contains(':')
                && line.match_indices(property).any(|(at, found)| {
                    let rest = line[at + found.len()..].trim_start();
                    let rest = rest.strip_prefix(':').map(str::trim_start);
                    rest.is_some_and(|rest| rest.starts_with(word))
                })
    };
    source.lines().position(has).map(|at| at + 1)
}

#[cfg(test)]
mod tests;
