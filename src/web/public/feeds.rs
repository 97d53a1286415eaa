//! Atom and JSON feeds of posts.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::content::feed::{self, FeedInfo, FeedPost};
use crate::content::{html, public_posts};
use crate::store::posts::Selection;
use crate::web::http::error::HttpError;
use crate::web::public::page_context::PageContext;
use crate::web::state::Web;

const POSTS: i64 = 30;

async fn posts(web: &Web, context: &PageContext) -> Result<Vec<FeedPost>, HttpError> {
    let selection = Selection {
        reader: context.phrases.reader(),
        category: None,
        public_at: Some(web.cx.clock.now()),
        offset: 0,
        limit: POSTS,
    };
    let mut posts = Vec::new();
    let rows = public_posts::page(&web.cx, selection).await?;
    let mut pictures = public_posts::pictures(&web.cx, &rows).await?;
    for mut row in rows {
        public_posts::fill_body(&web.cx, row.post.id, &mut row.variant).await?;
        posts.push(FeedPost {
            html: html::of_post(&web.cx, row.post.id, &row.variant).await?,
            picture: pictures.remove(&row.post.id).map(|picture| picture.medium),
            row,
        });
    }
    Ok(posts)
}

pub async fn atom(State(web): State<Web>, context: PageContext) -> Result<Response, HttpError> {
    let posts = posts(&web, &context).await?;
    let (title, site_url) = (title(&context), web.cx.config().public_url());
    let text = feed::atom(info(&context, &title, &site_url), &posts);
    let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    Ok((kind, text).into_response())
}

pub async fn json(State(web): State<Web>, context: PageContext) -> Result<Response, HttpError> {
    let posts = posts(&web, &context).await?;
    let (title, site_url) = (title(&context), web.cx.config().public_url());
    let feed = feed::json(info(&context, &title, &site_url), &posts);
    let kind = [(header::CONTENT_TYPE, "application/feed+json")];
    Ok((kind, Json(feed)).into_response())
}

fn title(context: &PageContext) -> String {
    context
        .phrases
        .translate_with("feed-title", "site", &context.brand.name)
}

fn info<'a>(context: &'a PageContext, title: &'a str, site_url: &'a str) -> FeedInfo<'a> {
    FeedInfo {
        title,
        site_url,
        language: context.visitor.language,
        logo: &context.brand.logo,
    }
}
