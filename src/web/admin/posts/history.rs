//! What a post said before, and keeping what is being typed.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, Response};

use super::super::flash::Flash;
use super::super::frame::{Desk, Editor, go, show};
use super::super::question::Question;
use crate::content::post::{self as posts, Edition, FullPost};
use crate::content::revision::{self, Revision};
use crate::model::PostId;
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};

struct Row {
    revision: Revision,
    title: String,
    state: &'static str,
    /// Its languages, with the number of characters that the text has in each.
    languages: Vec<(Language, i64)>,
}

#[derive(Template)]
#[template(path = "admin/posts/history.html")]
struct HistoryPage {
    desk: Desk,
    post: FullPost,
    rows: Vec<Row>,
}

impl HistoryPage {
    fn title(&self) -> &str {
        self.post
            .variant(Language::En)
            .map_or("", |variant| &variant.title)
    }
}

pub async fn history(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<PostId>,
) -> Result<Html<String>, Failure> {
    let post = posts::by_id(&web.cx, id).await?.ok_or(Failure::NotFound)?;
    let now = web.cx.clock.now();
    let row = |revision: Revision| {
        let edition = Edition::of_revision(&revision)?;
        let english = edition.variants.iter().find(|v| v.language == Language::En);
        let title = english.or(edition.variants.first())?.title.clone();
        let length = |text: &str| i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        Some(Row {
            title,
            state: match edition.published_at {
                None => "draft",
                Some(at) if at > now => "scheduled",
                Some(_) => "published",
            },
            languages: edition
                .variants
                .iter()
                .map(|variant| (variant.language, length(&variant.body_markdown)))
                .collect(),
            revision,
        })
    };
    let rows = revision::history(&web.cx, id).await?;
    show(&HistoryPage {
        desk,
        post,
        rows: rows.into_iter().filter_map(row).collect(),
    })
}

/// Keeps what is being typed (under number 0 for a new post), as `assets/js/autosave.js` sends it.
pub async fn autosave(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    Form::parse(&body)?;
    let form = String::from_utf8_lossy(&body);
    revision::keep_unsaved(&web.cx, &desk.user, id, &form).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Throws away what was typed and not saved.
pub async fn forget(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, Failure> {
    let path = super::editor::address(id);
    let question = Question {
        title: "Discard unsaved changes?".to_owned(),
        text: "Your unsaved changes are lost.".to_owned(),
        yes: "Discard",
        no: "Cancel",
        back: path.clone(),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    revision::drop_unsaved(&web.cx, &desk.user, id).await?;
    Ok(go(&web, &path, &Flash::good("Unsaved changes discarded")))
}
