//! The mail that a post would make, while it is being written.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;

use super::super::frame::Desk;
use super::super::mail_view::{MailOrWhy, Part, mail_or_why, or_why};
use super::typed::Typed;
use crate::campaign::lifecycle::default_layout;
use crate::campaign::preview as previews;
use crate::content::post::Article;
use crate::model::campaign::ContentKind;
use crate::model::line::Title;
use crate::model::list::Slug;
use crate::web::form::Form;
use crate::web::{Failure, Web};

/// The mail as the form stands. Changes nothing, so that viewers may look too.
pub async fn preview(
    State(web): State<Web>,
    desk: Desk,
    part: Part,
    body: Bytes,
) -> Result<Response, Failure> {
    let typed = Typed::of_form(&Form::parse(&body)?);
    Ok(mail_or_why(render(&web, &desk, &typed).await?, part))
}

async fn render(web: &Web, desk: &Desk, typed: &Typed) -> Result<MailOrWhy, Failure> {
    let words = typed.words(typed.language);
    if words.is_empty() {
        return Ok(Err(format!(
            "The post has no words in {} yet. Readers of that language get another one.",
            typed.language.endonym()
        )));
    }
    let layout = default_layout(ContentKind::Post);
    or_why(previews::of_article(&web.cx, &article(web, desk, typed)?, layout).await)
}

/// The article as far as it is written: what is missing gets a stand-in.
fn article(web: &Web, desk: &Desk, typed: &Typed) -> Result<Article, Failure> {
    let words = typed.words(typed.language);
    let line = |text: &str, stand_in: &str| {
        Title::parse(text)
            .or_else(|_| Title::parse(stand_in))
            .map_err(|_| Failure::Internal)
    };
    let title = line(&words.title, "Untitled")?;
    let slug: Option<Slug> = typed.slug.trim().parse().ok();
    Ok(Article {
        slug: slug
            .or_else(|| Slug::from_title(title.as_str()))
            .or_else(|| "new-post".parse().ok())
            .ok_or(Failure::Internal)?,
        category: line(&typed.category, "General")?,
        author: line(&typed.author, "…")?,
        published_at: Some(
            desk.calendar
                .read_field(&typed.publish_at)
                .unwrap_or(web.cx.clock.now()),
        ),
        language: typed.language,
        title,
        summary: words.summary.clone(),
        body_markdown: words.body.clone(),
    })
}
