//! The trash: restore what was deleted, or delete it permanently.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::campaign::layouts;
use crate::content::{post as posts, trash};
use crate::model::PostId;
use crate::model::content::TrashKind;
use crate::store::trash::TrashItem;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/trash", get(index))
        .route("/trash/{kind}/{id}/restore", post(restore))
        .route("/trash/{kind}/{id}/delete", post(delete))
}

const HOME: &str = "/admin/trash";
const PAGE: i64 = 50;

/// The message after something was moved to the trash, with the way back.
pub fn moved_to_trash(viewer: &Viewer, kind: TrashKind, id: i64, title: &str) -> Flash {
    Flash::good(viewer.t("admin-trash-moved"))
        .with(viewer.say("admin-trash-moved-text").text("title", title))
        .undo(format!("{HOME}/{kind}/{id}/restore"))
}

#[derive(Template)]
#[template(path = "admin/trash.html")]
struct IndexPage {
    viewer: Viewer,
    items: Vec<TrashItem>,
    page: u16,
    has_more: bool,
}

impl IndexPage {
    fn expires(&self, item: &TrashItem) -> String {
        self.viewer.calendar.date(trash::expires_at(item))
    }

    fn path(&self, item: &TrashItem) -> String {
        format!("{HOME}/{}/{}", item.kind, item.id)
    }

    fn can_change(&self, item: &TrashItem) -> bool {
        self.viewer.can_edit() && may_change(&self.viewer, item).is_ok()
    }
}

/// Only owners may change some layouts, in the trash too.
fn may_change(viewer: &Viewer, item: &TrashItem) -> Result<(), HttpError> {
    match item.kind {
        TrashKind::Layout => Ok(layouts::may_change(viewer.user.role, &item.name)?),
        TrashKind::Post | TrashKind::Event | TrashKind::Media | TrashKind::Snippet => Ok(()),
    }
}

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    page: u16,
}

async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let offset = i64::from(shown.page) * PAGE;
    let mut items = trash::page(&web.cx, viewer.language(), offset, PAGE + 1).await?;
    let has_more = items.len() as i64 > PAGE;
    items.truncate(PAGE as usize);
    render_page(&IndexPage {
        viewer,
        items,
        page: shown.page,
        has_more,
    })
}

async fn find(
    web: &Web,
    viewer: &Viewer,
    kind: TrashKind,
    id: i64,
) -> Result<TrashItem, HttpError> {
    let found = trash::item(&web.cx, kind, id, viewer.language()).await?;
    let item = found.ok_or(HttpError::NotFound)?;
    may_change(viewer, &item)?;
    Ok(item)
}

async fn restore(
    State(web): State<Web>,
    Editor(viewer): Editor,
    PathParam((kind, id)): PathParam<(TrashKind, i64)>,
) -> Result<Response, HttpError> {
    let item = find(&web, &viewer, kind, id).await?;
    let name = trash::restore(&web.cx, &viewer.actor(), &item).await?;
    let path = match kind {
        TrashKind::Post => format!("/admin/posts/{id}"),
        TrashKind::Event => format!("/admin/events/{name}"),
        TrashKind::Media => format!("/admin/media/{id}"),
        TrashKind::Layout => format!("/admin/layouts/{name}"),
        TrashKind::Snippet => format!("/admin/snippets/{id}"),
    };
    let mut flash = Flash::good(viewer.t("admin-trash-restored"));
    if name != item.name {
        let renamed = viewer.say("admin-trash-renamed");
        flash = flash.with(renamed.text("former", &item.name).text("name", &name));
    } else if kind == TrashKind::Post && is_public(&web, id).await? {
        flash = flash.with(viewer.t("admin-trash-on-site"));
    }
    Ok(redirect(&web, &path, &flash))
}

async fn is_public(web: &Web, id: i64) -> Result<bool, HttpError> {
    let post = posts::by_id(&web.cx, PostId(id)).await?;
    Ok(post.is_some_and(|full| full.post.is_public(web.cx.clock.now())))
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    PathParam((kind, id)): PathParam<(TrashKind, i64)>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let item = find(&web, &viewer, kind, id).await?;
    let confirmation = Confirmation {
        title: viewer.t("admin-trash-delete-title"),
        text: viewer
            .say("admin-trash-delete-text")
            .text("title", &item.title)
            .into(),
        yes: viewer.t("admin-trash-delete"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    trash::delete(&web.cx, &viewer.actor(), &item).await?;
    let flash = Flash::good(viewer.t("admin-trash-deleted"));
    let gone = viewer.say("admin-trash-deleted-text");
    let flash = flash.with(gone.text("title", &item.title));
    Ok(redirect(&web, HOME, &flash))
}
