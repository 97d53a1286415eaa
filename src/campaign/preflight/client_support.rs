//! Warnings of what mail programs would not show of a campaign.

use super::Finding;
use crate::campaign::inspection::Source;
use crate::campaign::piece::Piece;
use crate::mail::client_support::{Client, Unsupported};
use crate::store::campaign_renderings::Rendering;

/// Features that are named for each language; the preview names all.
const MOST: usize = 5;

pub(super) fn check(pieces: &[Piece], renderings: &[Rendering]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rendering in renderings {
        let piece = pieces.iter().find(|one| one.language == rendering.language);
        let source = piece.map_or(Source::Unknown, Source::of);
        let found = source.check(&rendering.html);
        let language = rendering.language.endonym();
        findings.extend(
            found
                .iter()
                .take(MOST)
                .map(|one| Finding::warning(text(language, one))),
        );
        if let more @ 1.. = found.len().saturating_sub(MOST) {
            findings.push(Finding::warning(format!(
                "{language}: mail programs will not show {more} more things; the preview names them"
            )));
        }
    }
    findings
}

fn text(language: &str, one: &Unsupported) -> String {
    let clients: Vec<&str> = one.clients.iter().copied().map(Client::name).collect();
    let (clients, feature) = (clients.join(", "), &one.feature);
    match one.block {
        Some(block) => format!(
            "{language}: {clients} will not show {feature} in block {}; see in the preview what readers get without it",
            block + 1
        ),
        None => format!(
            "{language}: {clients} will not show {feature}; see in the preview what readers get without it"
        ),
    }
}
