//! Posts as visitors read them.

use std::collections::HashMap;

use super::{Result, filled, sample_tags};
use crate::context::Context;
use crate::model::{MediaId, PostId};
use crate::store::media::{self, SizedPicture};
use crate::store::posts::{self, Post, PostAddress, PostInLanguage, PostLink, Selection, Variant};
use crate::text::locale::Language;

/// Posts, newest first; titles and summaries of those that are public as visitors read them, and
/// bodies as they are stored.
pub async fn page(cx: &Context, selection: Selection<'_>) -> Result<Vec<PostInLanguage>> {
    let mut rows = posts::page(&mut cx.store.read().await?, selection).await?;
    if selection.public_at.is_some() {
        for row in &mut rows {
            fill_words(cx, &mut row.variant).await?;
        }
    }
    Ok(rows)
}

/// Fills in what a post has for visitors: the merge tags of a post that may also be emailed, with
/// sample values, and what its body names of other posts and events.
pub async fn fill_for_visitors(cx: &Context, id: PostId, variant: &mut Variant) -> Result<()> {
    fill_words(cx, variant).await?;
    fill_body(cx, id, variant).await
}

/// The same of its body alone.
pub async fn fill_body(cx: &Context, id: PostId, variant: &mut Variant) -> Result<()> {
    let (language, body) = (variant.language, &mut variant.body_markdown);
    *body = filled::fill(cx, language, Some(id), body).await?.markdown;
    sample_tags::fill_in(cx, language, [body]).await
}

async fn fill_words(cx: &Context, variant: &mut Variant) -> Result<()> {
    let words = [&mut variant.title, &mut variant.summary];
    sample_tags::fill_in(cx, variant.language, words).await
}

/// Up to `limit` public posts in each language they have, newest first.
pub async fn addresses(cx: &Context, limit: i64) -> Result<Vec<PostAddress>> {
    let mut db = cx.store.read().await?;
    Ok(posts::addresses(&mut db, cx.clock.now(), limit).await?)
}

/// The categories of public posts.
pub async fn categories(cx: &Context) -> Result<Vec<String>> {
    Ok(posts::categories(&mut cx.store.read().await?, cx.clock.now()).await?)
}

/// The public posts just before and after one: (older, newer).
pub async fn neighbours(
    cx: &Context,
    post: &Post,
    language: Language,
) -> Result<(Option<PostLink>, Option<PostLink>)> {
    let mut db = cx.store.read().await?;
    let (older, newer) =
        posts::neighbours(&mut db, post, cx.reader(language), cx.clock.now()).await?;
    drop(db);
    let mut found = [older, newer];
    for link in found.iter_mut().flatten() {
        sample_tags::fill_in(cx, link.language, [&mut link.title]).await?;
    }
    let [older, newer] = found;
    Ok((older, newer))
}

/// The pictures of posts: those chosen for them, or the first of their texts.
pub async fn pictures(
    cx: &Context,
    posts: &[PostInLanguage],
) -> Result<HashMap<PostId, SizedPicture>> {
    let ids: Vec<MediaId> = posts.iter().filter_map(|row| row.post.picture_id).collect();
    let names = posts.iter().map(|row| row.first_picture.clone());
    let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    if ids.is_empty() && names.is_empty() {
        return Ok(HashMap::new());
    }
    let found = media::pictures(&mut cx.store.read().await?, &ids, &names).await?;
    let picture = |row: &PostInLanguage| {
        let chosen = found
            .iter()
            .find(|one| Some(one.medium.id) == row.post.picture_id);
        let first = || {
            let mut found = found.iter();
            found.find(|one| one.medium.file_name == row.first_picture)
        };
        Some((row.post.id, chosen.or_else(first)?.clone()))
    };
    Ok(posts.iter().filter_map(picture).collect())
}
