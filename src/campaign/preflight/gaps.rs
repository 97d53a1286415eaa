//! Warnings of gaps that a shipped template left for its author, such as `[date]`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Finding;
use crate::campaign::piece::{Body, Piece};
use crate::campaign::shipped_templates::SHIPPED;
use crate::store::campaign_renderings::Rendering;
use crate::text::locale::Language;

/// Every gap of the shipped templates, without its brackets.
static GAPS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let languages = [Language::EN, Language::RU, Language::KK];
    let texts = SHIPPED.iter().flat_map(|one| one.texts(&languages));
    let mut gaps = BTreeSet::new();
    for text in texts {
        for part in [
            &text.subject,
            &text.text.title,
            &text.text.preheader,
            &text.text.body,
        ] {
            gaps.extend(bracketed(part).map(str::to_owned));
        }
    }
    gaps
});

pub(super) fn check(pieces: &[Piece], renderings: &[Rendering]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for piece in pieces {
        let own = renderings.iter().find(|one| one.language == piece.language);
        let body = match &piece.body {
            Body::Markdown(text) => text.as_str(),
            Body::Mjml(_) | Body::Html(_) | Body::Sections(_) => "",
        };
        let subject = own.map_or("", |own| own.subject.as_str());
        let parts = [subject, &piece.title, &piece.preheader, body];
        let mut left = parts
            .into_iter()
            .flat_map(bracketed)
            .filter(|gap| GAPS.contains(*gap));
        if let Some(first) = left.next() {
            findings.push(Finding::warning(format!(
                "{}: the gap “[{first}]” of the template was not filled in",
                piece.language.endonym()
            )));
        }
    }
    findings
}

/// What stands in square brackets, but for the texts of links.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    text.split('[').skip(1).filter_map(|rest| {
        let (inside, after) = rest.split_once(']')?;
        (!after.starts_with('(')).then_some(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_those_of_the_templates_and_no_other_brackets() {
        assert!(GAPS.contains("Name, position"), "{GAPS:?}");
        let found: Vec<&str> = bracketed("a [b] [c](d) [e").collect();
        assert_eq!(found, ["b"]);
        assert!(!GAPS.contains("1") && !GAPS.contains(""));
        assert!(GAPS.len() > 60, "{}", GAPS.len());
    }
}
