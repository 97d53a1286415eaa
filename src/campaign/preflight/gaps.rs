//! Warnings of gaps that a shipped template left for its author, such as `[date]`.

use super::Finding;
use crate::campaign::gaps;
use crate::campaign::piece::{Body, Piece};
use crate::store::campaign_renderings::Rendering;

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
        if let Some(first) = gaps::first(parts) {
            findings.push(Finding::warning(format!(
                "{}: the gap “[{first}]” of the template was not filled in",
                piece.language.endonym()
            )));
        }
    }
    findings
}
