//! Cards of posts and events in the texts of a campaign.

use super::Result;
use super::piece::{Body, Piece};
use crate::content::cards;
use crate::context::Context;
use crate::model::PostId;

/// Fills in what the texts name of posts and events, as it stands when they are rendered. `own`
/// is the post that they are of.
///
/// # Errors
/// Where the database fails, or nothing can be rendered now.
pub(super) async fn fill(cx: &Context, own: Option<PostId>, pieces: &mut [Piece]) -> Result<()> {
    for piece in pieces {
        let language = piece.language;
        match &mut piece.body {
            Body::Markdown(source) => *source = cards::fill(cx, language, own, source).await?,
            Body::Sections(sections) => {
                for section in sections {
                    section.markdown = cards::fill(cx, language, own, &section.markdown).await?;
                }
            }
            Body::Mjml(_) | Body::Html(_) => {}
        }
    }
    Ok(())
}
