//! Feeds of posts, for readers who would rather fetch than be sent.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::frame::Frame;
use crate::content::feed::{self, FeedInfo};
use crate::content::{html, post};
use crate::store::posts::{PostInLanguage, Selection};
use crate::web::{Failure, Web};

const POSTS: i64 = 30;

async fn posts(web: &Web, frame: &Frame) -> Result<Vec<(PostInLanguage, String)>, Failure> {
    let selection = Selection {
        language: frame.visitor.language,
        category: None,
        public_at: Some(web.cx.clock.now()),
        offset: 0,
        limit: POSTS,
    };
    let mut posts = Vec::new();
    for row in post::page(&web.cx, selection).await? {
        let html = html::of_post(&web.cx, row.post.id, &row.variant).await?;
        posts.push((row, html));
    }
    Ok(posts)
}

pub async fn atom(State(web): State<Web>, frame: Frame) -> Result<Response, Failure> {
    let posts = posts(&web, &frame).await?;
    let (title, site_url) = (title(&frame), web.cx.config.public_url());
    let text = feed::atom(info(&frame, &title, &site_url), &posts);
    let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    Ok((kind, text).into_response())
}

pub async fn json(State(web): State<Web>, frame: Frame) -> Result<Response, Failure> {
    let posts = posts(&web, &frame).await?;
    let (title, site_url) = (title(&frame), web.cx.config.public_url());
    let feed = feed::json(info(&frame, &title, &site_url), &posts);
    let kind = [(header::CONTENT_TYPE, "application/feed+json")];
    Ok((kind, Json(feed)).into_response())
}

fn title(frame: &Frame) -> String {
    frame.phrases.say1("feed-title", "site", &frame.brand.name)
}

fn info<'a>(frame: &Frame, title: &'a str, site_url: &'a str) -> FeedInfo<'a> {
    FeedInfo {
        title,
        site_url,
        language: frame.visitor.language,
    }
}
