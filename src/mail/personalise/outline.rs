//! What readers see of HTML, in order, together with the blocks of merge tags.

use scraper::Html;

use super::placeholders::{FoundPlaceholder, Placeholders};
use crate::text::markup::{self, Kind, is_raw_text};

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    Block(usize),
    Word(String),
    Element(String),
}

pub(super) fn outline(placeholders: &Placeholders, html: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut is_raw = false;
    let mut word = String::new();
    let end_word = |word: &mut String, events: &mut Vec<Event>| {
        if !word.is_empty() {
            events.push(Event::Word(std::mem::take(word)));
        }
    };
    for token in markup::tokens(html) {
        match &token.kind {
            Kind::Text if !is_raw => {
                let mut at = 0;
                for found in placeholders
                    .within(token.raw)
                    .filter(FoundPlaceholder::is_block)
                {
                    word.push_str(&letters(&token.raw[at..found.range.start]));
                    end_word(&mut word, &mut events);
                    events.push(Event::Block(found.number));
                    at = found.range.end;
                }
                word.push_str(&letters(&token.raw[at..]));
            }
            Kind::Comment(inner) if !inner.starts_with("[if") => {
                for found in placeholders
                    .within(inner)
                    .filter(FoundPlaceholder::is_block)
                {
                    end_word(&mut word, &mut events);
                    events.push(Event::Block(found.number));
                }
            }
            Kind::Open(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if matches!(name.as_str(), "img" | "hr" | "table" | "div") {
                    end_word(&mut word, &mut events);
                    events.push(Event::Element(name));
                }
            }
            _ => {}
        }
        is_raw =
            matches!(&token.kind, Kind::Open(tag) if is_raw_text(tag.name) && !tag.is_self_closing);
    }
    end_word(&mut word, &mut events);
    events
}

/// The letters and digits of text, its character references resolved.
fn letters(text: &str) -> String {
    let resolved = if text.contains('&') {
        Html::parse_fragment(text).root_element().text().collect()
    } else {
        text.to_owned()
    };
    resolved.chars().filter(|c| c.is_alphanumeric()).collect()
}
