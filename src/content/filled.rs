//! A text with what its directives name, as it stands now: snippets, cards of posts and events,
//! and the profiles on social networks.

use super::{Result, calendar, cards, snippets};
use crate::context::Context;
use crate::document;
use crate::model::PostId;
use crate::model::calendar::CalendarEntry;
use crate::render::{self, Budget};
use crate::text::blocks::FENCE;
use crate::text::locale::Language;

/// A text in which everything is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub markdown: String,
    /// The names of snippets that it should show and cannot.
    pub missing: Vec<String>,
    /// The coming events that it shows.
    pub events: Vec<CalendarEntry>,
}

/// Puts the text of snippets in the place of their names, and links as cards in the place of
/// what names posts and events, or asks for the latest ones. What no visitor may see yet, or is
/// there no more, leaves nothing; nor is `own`, the post whose text it is, among the latest.
///
/// # Errors
/// Where the database fails, or nothing can be rendered now.
pub async fn fill(
    cx: &Context,
    language: Language,
    own: Option<PostId>,
    markdown: &str,
) -> Result<Filled> {
    let unchanged = Filled {
        markdown: markdown.to_owned(),
        missing: Vec::new(),
        events: Vec::new(),
    };
    if !may_name_something(markdown) {
        return Ok(unchanged);
    }
    let source = markdown.to_owned();
    let read = render::run(Budget::Interactive, move || document::read(&source)).await?;
    let Ok(mut document) = read else {
        // Rendering the text says what is wrong with it.
        return Ok(unchanged);
    };
    // Snippets first: they may have cards.
    let snippets = snippets::put_in(cx, language, &mut document).await?;
    let cards = cards::put_in(cx, language, own, &mut document).await?;
    if !snippets.is_changed && !cards.has_cards {
        return Ok(unchanged);
    }
    Ok(Filled {
        markdown: render::run(Budget::Interactive, move || document::write(&document)).await?,
        missing: snippets.missing,
        events: cards
            .events
            .iter()
            .filter_map(|event| calendar::next_entry(cx, event))
            .collect(),
    })
}

/// Whether it is worth reading a text: each visit asks.
fn may_name_something(markdown: &str) -> bool {
    let mut opened = markdown.lines().filter_map(|line| line.split_once(FENCE));
    opened.any(|(_, rest)| {
        let name = rest.trim_start_matches(':').trim_start();
        ["event", "feed", "post", "snippet", "social"]
            .iter()
            .any(|start| name.starts_with(start))
    })
}
