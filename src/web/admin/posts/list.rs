//! The list of posts.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Response};
use serde::Deserialize;

use crate::clock::Timestamp;
use crate::content::post as posts;
use crate::model::PostId;
use crate::model::content::TrashKind;
use crate::store::posts::{Post, PostFilter, PostRow};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::trash::moved_to_trash;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

const PAGE: i64 = 30;

/// The publication state of a post, as its badge.
pub fn publication_state(post: &Post, now: Timestamp) -> &'static str {
    match post.published_at {
        None => "draft",
        Some(at) if at > now => "scheduled",
        Some(_) => "published",
    }
}

#[derive(Deserialize)]
pub struct Filter {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: u16,
}

impl Filter {
    fn is_set(&self) -> bool {
        !self.q.trim().is_empty() || !self.state.is_empty()
    }

    fn link(&self, page: u16) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &self.q)
            .append_pair("state", &self.state)
            .append_pair("page", &page.to_string())
            .finish();
        format!("?{query}")
    }
}

#[derive(Template)]
#[template(path = "admin/posts/list.html")]
struct ListPage {
    viewer: Viewer,
    now: Timestamp,
    filter: Filter,
    rows: Vec<PostRow>,
    has_more: bool,
}

pub async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Query(filter): Query<Filter>,
) -> Result<Html<String>, HttpError> {
    let mut rows = posts::for_admin(
        &web.cx,
        PostFilter {
            search: &filter.q,
            is_draft: match filter.state.as_str() {
                "draft" => Some(true),
                "published" => Some(false),
                _ => None,
            },
            offset: i64::from(filter.page) * PAGE,
            limit: PAGE + 1,
        },
    )
    .await?;
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    render_page(&ListPage {
        now: web.cx.clock.now(),
        viewer,
        filter,
        rows,
        has_more,
    })
}

pub async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let post = posts::by_id(&web.cx, id)
        .await?
        .ok_or(HttpError::NotFound)?;
    let title = post
        .variant(viewer.phrases().reader())
        .map_or("", |v| &v.title)
        .to_owned();
    let text = viewer.say("admin-post-delete-text").text("title", &title);
    let confirmation = Confirmation {
        title: viewer.t("admin-post-delete-title"),
        text: text.into(),
        yes: viewer.t("admin-post-delete"),
        no: viewer.t("admin-cancel"),
        back: format!("/admin/posts/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    posts::delete(&web.cx, &viewer.actor(), id).await?;
    let flash = moved_to_trash(&viewer, TrashKind::Post, id.0, &title);
    Ok(redirect(&web, "/admin/posts", &flash))
}

pub async fn duplicate(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<PostId>,
) -> Result<Response, HttpError> {
    let known = posts::by_id(&web.cx, id).await?;
    known.ok_or(HttpError::NotFound)?;
    let made = posts::duplicate(&web.cx, &viewer.actor(), id).await?;
    let flash =
        Flash::good(viewer.t("admin-post-duplicated")).with(viewer.t("admin-post-duplicated-text"));
    Ok(redirect(&web, &format!("/admin/posts/{made}"), &flash))
}
