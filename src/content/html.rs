//! The HTML of posts, rendered when they are saved, and stored.
//!
//! Missing HTML, or that of an older renderer, is rendered again in the
//! background ([`backfill`]), or on request before that.
//! A text that cannot be rendered was saved before there were bounds: it is
//! shown as typed, and not rendered again.

use super::Result;
use crate::context::Context;
use crate::model::PostId;
use crate::render::{self, Budget};
use crate::store::post_html::{self, Kept};
use crate::store::posts::Variant;
use crate::store::{Db, StoreError};
use crate::text::markdown::{self, VERSION};

/// The name of the backfill task.
pub const TASK: &str = "post_html";
/// Texts that the backfill reads at a time.
const BATCH: i64 = 20;
/// Bytes shown of a text that cannot be rendered.
const SHOWN: usize = 64 * 1024;

/// Renders an article before it is saved.
///
/// # Errors
/// [`ContentError`](super::ContentError) names the bound that the text exceeds.
pub(super) async fn of_article(markdown: &str) -> Result<String> {
    let markdown = markdown.to_owned();
    Ok(render::run(Budget::Interactive, move || markdown::to_html(&markdown)).await??)
}

/// Stores what [`of_article`] rendered, within the transaction that saves the text.
pub(super) async fn keep(
    db: &mut Db,
    id: PostId,
    variant: &Variant,
    html: &str,
) -> std::result::Result<(), StoreError> {
    let pictures = markdown::pictures(html);
    let first = pictures.first().copied().unwrap_or_default();
    post_html::set_html(db, id, variant, (html, first), VERSION).await
}

/// A post's text as HTML. The HTML of the saved text is stored; a text whose
/// merge tags were filled in for visitors is rendered each time.
///
/// # Errors
/// [`ContentError::Render`](super::ContentError::Render) where it is not stored
/// and cannot be rendered now.
pub async fn of_post(cx: &Context, id: PostId, variant: &Variant) -> Result<String> {
    let mut db = cx.store.read().await?;
    let kept = post_html::kept(&mut db, id, variant, VERSION).await?;
    drop(db);
    match kept {
        Kept::Html(html) => Ok(html),
        Kept::Markdown => make(cx, id, variant, Budget::Interactive).await,
        Kept::Other => render(id, variant, Budget::Interactive).await,
    }
}

async fn make(cx: &Context, id: PostId, variant: &Variant, budget: Budget) -> Result<String> {
    let html = render(id, variant, budget).await?;
    let mut db = cx.store.write().await?;
    keep(&mut db, id, variant, &html).await?;
    db.commit().await?;
    Ok(html)
}

async fn render(id: PostId, variant: &Variant, budget: Budget) -> Result<String> {
    let source = variant.body_markdown.clone();
    match render::run(budget, move || markdown::to_html(&source)).await {
        Ok(Ok(html)) => Ok(html),
        Err(error) if error.is_temporary() => Err(error.into()),
        Ok(Err(error)) => Ok(unrendered(id, variant, &error)),
        Err(error) => Ok(unrendered(id, variant, &error)),
    }
}

fn unrendered(id: PostId, variant: &Variant, error: &dyn std::fmt::Display) -> String {
    tracing::warn!(post = %id, language = %variant.language, %error, "a post cannot be rendered; it is shown as typed");
    let text = &variant.body_markdown;
    let end = text.floor_char_boundary(SHOWN);
    format!("<pre>{}</pre>\n", ammonia::clean_text(&text[..end]))
}

/// Renders all posts without HTML; what was rendered before an error stays.
///
/// # Errors
/// Where the database fails; what was made is kept.
pub async fn backfill(cx: &Context) -> Result<u64> {
    let mut made = 0;
    loop {
        let mut db = cx.store.read().await?;
        let rows = post_html::without_html(&mut db, VERSION, BATCH).await?;
        drop(db);
        if rows.is_empty() {
            return Ok(made);
        }
        for (id, variant) in &rows {
            cx.health.heartbeat(TASK);
            make(cx, *id, variant, Budget::Background).await?;
            made += 1;
        }
    }
}
