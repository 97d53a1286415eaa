//! The mail that a post would make, while it is being written.

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Deserialize;

use super::super::frame::{Desk, sentence};
use super::super::mail_view::mail_or_why;
use super::typed::{Typed, TypedWords};
use crate::audience::manage;
use crate::campaign::CampaignError;
use crate::campaign::compose::{self, Content};
use crate::campaign::lifecycle::DEFAULT_LAYOUT;
use crate::content::post::FullPost;
use crate::content::site;
use crate::mail::layout::Layout;
use crate::mail::personalise::Filled;
use crate::model::list::{Slug, Visibility};
use crate::model::{CampaignId, PostId};
use crate::store::posts::{Post, Variant};
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};

/// Which part of the mail is wanted.
#[derive(Deserialize)]
pub struct Part {
    #[serde(default)]
    part: String,
}

/// The mail as the form stands. Changes nothing, so that viewers may look too.
pub async fn preview(
    State(web): State<Web>,
    desk: Desk,
    Query(part): Query<Part>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let typed = Typed::of_form(&Form::parse(&body)?);
    let accept = headers.get(header::ACCEPT);
    let is_text = part.part == "text"
        || accept.is_some_and(|accept| accept.as_bytes().starts_with(b"text/plain"));
    Ok(mail_or_why(render(&web, &desk, &typed).await?, is_text))
}

async fn render(web: &Web, desk: &Desk, typed: &Typed) -> Result<Result<Filled, String>, Failure> {
    let words = typed.words(typed.language);
    if words.is_empty() {
        return Ok(Err(format!(
            "The post has no words in {} yet. Readers of that language get another one.",
            typed.language.endonym()
        )));
    }
    let variant = variant(typed.language, words);
    let post = FullPost {
        post: Post {
            id: PostId(0),
            slug: typed.slug.parse().or_else(|_| sample_slug(&variant))?,
            category: typed.category.clone(),
            author: typed.author.clone(),
            published_at: desk
                .calendar
                .parse_field(&typed.publish_at)
                .map(|at| at.millis()),
            updated_at: web.cx.clock.now(),
        },
        variants: vec![variant.clone()],
    };
    let lists = manage::lists(&web.cx).await?;
    let list = lists
        .iter()
        .find(|list| list.visibility == Visibility::Public)
        .or(lists.first());
    let names: Vec<String> = list
        .map(|list| list.text(typed.language).0.to_owned())
        .into_iter()
        .collect();
    let site = site::look(&web.cx).await?;
    let content = Content {
        subject: &variant.title,
        layout: Layout::shipped(DEFAULT_LAYOUT).ok_or(Failure::Internal)?,
        post: &post,
        list_names: &names,
        is_public: true,
    };
    let mail = compose::render(&web.cx, &site, &content, &variant)
        .and_then(|rendering| compose::sample(&web.cx, &site, &rendering, CampaignId(0)));
    match mail {
        Ok(mail) => Ok(Ok(mail)),
        Err(CampaignError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(sentence(&error.to_string()))),
    }
}

fn variant(language: Language, words: &TypedWords) -> Variant {
    let or = |text: &str, otherwise: &str| match text.trim() {
        "" => otherwise.to_owned(),
        text => text.to_owned(),
    };
    Variant {
        language,
        title: or(&words.title, "Untitled"),
        summary: words
            .summary
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        body_markdown: words.body.replace("\r\n", "\n"),
    }
}

fn sample_slug(variant: &Variant) -> Result<Slug, Failure> {
    Slug::from_title(&variant.title)
        .or_else(|| "new-post".parse().ok())
        .ok_or(Failure::Internal)
}
