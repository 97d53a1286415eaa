//! A post's text in its first language beside a translation of it, block by block.

use super::Result;
use super::post_draft::{FullPost, PostDraft};
use super::translation;
use crate::context::Context;
use crate::document::sides::Sides;
use crate::store::posts::Variant;
use crate::store::{post_variants, revisions};
use crate::text::locale::Language;

/// A translation beside its source.
#[derive(Debug)]
pub struct Beside {
    /// The text in the first language.
    pub source: Variant,
    /// The source as it was when the translation was last up to date, where it has changed since.
    pub before: Option<Variant>,
    /// The blocks of both.
    pub sides: Sides,
}

/// The language that a post was first written in.
pub async fn source_language(cx: &Context, post: &FullPost) -> Result<Option<Language>> {
    let times = post_variants::times(&mut cx.store.read().await?, post.post.id).await?;
    let source = translation::source(&times, &cx.config().site_languages());
    Ok(source.map(|source| source.language))
}

/// A post's first text beside that in `language`; `typed` has its blocks as entered, where they
/// are not those that are saved. `None` for the first language itself.
///
/// # Errors
/// [`ContentError::Render`](super::ContentError::Render) where it cannot be rendered now.
pub async fn beside(
    cx: &Context,
    post: &FullPost,
    language: Language,
    typed: Option<Vec<String>>,
) -> Result<Option<Beside>> {
    let id = post.post.id;
    let mut db = cx.store.read().await?;
    let times = post_variants::times(&mut db, id).await?;
    let Some(first) = translation::source(&times, &cx.config().site_languages()) else {
        return Ok(None);
    };
    let before = match translation::behind_since(&times, &first, language) {
        Some(since) => revisions::at_or_before(&mut db, id, since).await?,
        None => None,
    };
    drop(db);
    let in_one = |variants: &[Variant], language| {
        let found = variants.iter().find(|one| one.language == language);
        found.cloned()
    };
    let Some(source) = in_one(&post.variants, first.language) else {
        return Ok(None);
    };
    if first.language == language {
        return Ok(None);
    }
    let before = before.as_ref().and_then(PostDraft::of_revision);
    let before = before.and_then(|draft| in_one(&draft.variants, first.language));
    let saved = in_one(&post.variants, language);
    let sides = translation::blocks_beside(
        source.body_markdown.clone(),
        saved.map_or_else(String::new, |own| own.body_markdown),
        typed,
        before.as_ref().map(|one| one.body_markdown.clone()),
    );
    let sides = sides.await?;
    Ok(Some(Beside {
        source,
        before,
        sides,
    }))
}
