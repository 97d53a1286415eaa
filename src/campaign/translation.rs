//! The own text of a campaign in its first language, and translations of it.

use super::Result;
use super::campaign_draft::CampaignDraft;
use super::content_spec::ContentSpec;
use super::revision::draft_in;
use crate::content::translation::{self, Outdated};
use crate::context::Context;
use crate::document::sides::Sides;
use crate::model::CampaignId;
use crate::model::campaign::ContentKind;
use crate::store::campaign_contents::{self, CampaignText};
use crate::store::campaign_revisions;
use crate::text::locale::Language;

/// A translation beside its source.
#[derive(Debug)]
pub struct Beside {
    /// The text in the first language.
    pub source: CampaignText,
    /// Its subject.
    pub subject: String,
    /// Both as they were when the translation was last up to date, where the text has changed since.
    pub before: Option<(CampaignText, String)>,
    /// The blocks of both.
    pub sides: Sides,
}

/// Whether texts of a kind are translated block by block. Those of a whole email in MJML or HTML
/// are lines of its source, and a post is translated as a post.
pub fn has_blocks(kind: ContentKind) -> bool {
    matches!(kind, ContentKind::Markdown | ContentKind::Digest)
}

/// The translations of a campaign's own text that are older than it is in its first language.
pub async fn outdated(cx: &Context, id: CampaignId) -> Result<Option<Outdated>> {
    let times = campaign_contents::times(&mut cx.store.read().await?, id).await?;
    Ok(translation::outdated(&times, &cx.config().site_languages()))
}

/// The languages that a campaign has a text of its own in.
pub async fn languages(cx: &Context, id: CampaignId) -> Result<Vec<Language>> {
    let times = campaign_contents::times(&mut cx.store.read().await?, id).await?;
    Ok(times.iter().map(|one| one.language).collect())
}

/// The language that a campaign's own text was first written in.
pub async fn source_language(cx: &Context, id: CampaignId) -> Result<Option<Language>> {
    let times = campaign_contents::times(&mut cx.store.read().await?, id).await?;
    let source = translation::source(&times, &cx.config().site_languages());
    Ok(source.map(|source| source.language))
}

/// The first text of the campaign that `draft` is, beside that in `language`; `typed` has its
/// blocks as entered, where they are not those that are saved. `None` for the first language
/// itself, and where there is no text of its own.
///
/// # Errors
/// [`CampaignError::Render`](super::CampaignError::Render) where it cannot be rendered now.
pub async fn beside(
    cx: &Context,
    id: CampaignId,
    draft: &CampaignDraft,
    language: Language,
    typed: Option<Vec<String>>,
) -> Result<Option<Beside>> {
    let mut db = cx.store.read().await?;
    let times = campaign_contents::times(&mut db, id).await?;
    let first = translation::source(&times, &cx.config().site_languages());
    let Some(first) = first.filter(|first| first.language != language) else {
        return Ok(None);
    };
    let before = match translation::behind_since(&times, &first, language) {
        Some(since) => campaign_revisions::at_or_before(&mut db, id, since).await?,
        None => None,
    };
    drop(db);
    let Some(source) = text_in(&draft.content, first.language).cloned() else {
        return Ok(None);
    };
    let before = before.as_ref().and_then(draft_in);
    let before = before.and_then(|draft| {
        let text = text_in(&draft.content, first.language)?.clone();
        let subject = subject_in(&draft, first.language).to_owned();
        Some((text, subject))
    });
    let saved = text_in(&draft.content, language);
    let sides = translation::blocks_beside(
        source.body.clone(),
        saved.map_or_else(String::new, |own| own.body.clone()),
        typed,
        before.as_ref().map(|(text, _)| text.body.clone()),
    );
    Ok(Some(Beside {
        sides: sides.await?,
        subject: subject_in(draft, first.language).to_owned(),
        source,
        before,
    }))
}

/// A campaign's own text in a language.
pub fn text_in(content: &ContentSpec, language: Language) -> Option<&CampaignText> {
    let mut texts = content.texts().iter();
    texts.find(|text| text.language == language)
}

/// The subject that a language has of its own; that of the campaign where it has none.
fn subject_in(draft: &CampaignDraft, language: Language) -> &str {
    let mut variants = draft.variants.iter();
    let own = variants.find(|one| one.language == language);
    let own = own.map(|one| one.subject.as_str());
    own.filter(|own| !own.is_empty()).unwrap_or(&draft.subject)
}
