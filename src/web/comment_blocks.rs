//! The blocks of posts and campaigns that comments are on.

use crate::campaign::content_spec::ContentSpec;
use crate::campaign::{CampaignError, draft};
use crate::comments::{Block, blocks};
use crate::content::post::FullPost;
use crate::document::pieces::Notation;
use crate::model::CampaignId;
use crate::render::{self, Budget};
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The blocks of a post's texts.
pub async fn of_post(post: FullPost) -> Result<Vec<Block>, HttpError> {
    let work = move || {
        let all = post.variants.iter();
        all.flat_map(|one| blocks(one.language, Notation::Markdown, &one.body_markdown))
            .collect()
    };
    Ok(render::run(Budget::Interactive, work).await?)
}

/// The blocks of a campaign's own texts.
pub async fn of_campaign(web: &Web, id: CampaignId) -> Result<Vec<Block>, HttpError> {
    let content = match draft::draft_of(&web.cx, id).await {
        Ok(draft) => draft.content,
        // It says nothing of its own.
        Err(CampaignError::NoPost | CampaignError::NoItem | CampaignError::Automatic) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error.into()),
    };
    Ok(render::run(Budget::Interactive, move || of_content(&content)).await?)
}

fn of_content(content: &ContentSpec) -> Vec<Block> {
    let (texts, notation) = match content {
        ContentSpec::Post(_) => return Vec::new(),
        ContentSpec::Digest { texts, .. } | ContentSpec::Markdown(texts) => {
            (texts, Notation::Markdown)
        }
        ContentSpec::Mjml(texts) | ContentSpec::Html(texts) => (texts, Notation::Design),
    };
    let all = texts.iter();
    all.flat_map(|text| blocks(text.language, notation, &text.body))
        .collect()
}
