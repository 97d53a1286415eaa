//! Warnings of translations that are older than what they translate.

use super::Finding;
use crate::campaign::{Result, translation};
use crate::content::post;
use crate::context::Context;
use crate::store::campaign_renderings::Rendering;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;

/// The languages of a campaign, or of the post that it mails, that are behind the first one.
pub(super) async fn check(
    cx: &Context,
    campaign: &Campaign,
    renderings: &[Rendering],
) -> Result<Vec<Finding>> {
    let outdated = match campaign.post_id {
        Some(id) => post::outdated(cx, id).await?,
        None => translation::outdated(cx, campaign.id).await?,
    };
    let Some(outdated) = outdated else {
        return Ok(Vec::new());
    };
    let is_sent = |language| renderings.iter().any(|one| one.language == language);
    let behind = outdated.languages.into_iter();
    let finding = |language: Language| {
        Finding::warning(format!(
            "{}: the text in {} has changed since this translation",
            language.endonym(),
            outdated.source.endonym()
        ))
    };
    Ok(behind.filter(|one| is_sent(*one)).map(finding).collect())
}
