//! What the texts of a campaign name: snippets, and cards of posts and events.

use super::Result;
use super::piece::{Body, Piece};
use crate::content::filled;
use crate::context::Context;
use crate::model::PostId;
use crate::model::calendar::CalendarEntry;
use crate::text::locale::Language;

/// A snippet that a text should show and cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MissingSnippet {
    /// Of the text.
    pub language: Language,
    pub name: String,
}

/// What was filled in.
#[derive(Debug)]
pub(super) struct FilledIn {
    pub missing: Vec<MissingSnippet>,
    /// The coming events that each piece shows, in the order of the pieces.
    pub events: Vec<Vec<CalendarEntry>>,
}

/// Fills in what the texts name, as it stands when they are rendered. `own` is the post that they
/// are of.
///
/// # Errors
/// Where the database fails, or nothing can be rendered now.
pub(super) async fn fill(
    cx: &Context,
    own: Option<PostId>,
    pieces: &mut [Piece],
) -> Result<FilledIn> {
    let (mut missing, mut events) = (Vec::new(), Vec::new());
    for piece in pieces {
        let language = piece.language;
        let sources: Vec<&mut String> = match &mut piece.body {
            Body::Markdown(source) => vec![source],
            Body::Sections(sections) => {
                let sections = sections.iter_mut();
                sections.map(|section| &mut section.markdown).collect()
            }
            Body::Mjml(_) | Body::Html(_) => Vec::new(),
        };
        let mut shown = Vec::new();
        for source in sources {
            let filled = filled::fill(cx, language, own, source).await?;
            *source = filled.markdown;
            shown.extend(filled.events);
            for name in filled.missing {
                let one = MissingSnippet { language, name };
                if !missing.contains(&one) {
                    missing.push(one);
                }
            }
        }
        events.push(shown);
    }
    Ok(FilledIn { missing, events })
}
