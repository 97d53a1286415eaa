//! What the editor of texts asks for: the snippets that can be inserted, the text of one to copy
//! its blocks, and keeping selected blocks as a new one.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::find;
use crate::content::ContentError;
use crate::content::snippets::{self, SnippetChange, SnippetText};
use crate::model::SnippetId;
use crate::model::list::Slug;
use crate::store::snippets::Beginning;
use crate::text::blocks::FENCE;
use crate::text::locale::Language;
use crate::web::admin::document::unfit;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// Characters that are shown of a snippet's beginning.
const SHOWN: usize = 80;

/// How a snippet begins, in one line without most of its Markdown, in a language if it has that.
pub fn beginning(texts: &[Beginning], language: Language) -> String {
    let own = texts.iter().find(|text| text.language == language);
    let text = own.or(texts.first()).map_or("", |text| text.text.as_str());
    // Fences say nothing to a reader.
    let said = text
        .lines()
        .filter(|line| !line.trim_start().starts_with(FENCE));
    let said = said.map(|line| line.trim_start_matches(['#', '>', ' ']).replace("**", ""));
    let words = said.collect::<Vec<_>>().join(" ");
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// A snippet that can be inserted.
#[derive(Serialize)]
pub struct Choice {
    id: SnippetId,
    name: String,
    beginning: String,
}

/// Every snippet, by name.
pub async fn choices(
    State(web): State<Web>,
    viewer: Viewer,
) -> Result<Json<Vec<Choice>>, HttpError> {
    let all = snippets::without_uses(&web.cx).await?;
    let choice = |one: snippets::ListedSnippet| Choice {
        beginning: beginning(&one.beginnings, viewer.language()),
        id: one.snippet.id,
        name: one.snippet.name,
    };
    Ok(Json(all.into_iter().map(choice).collect()))
}

#[derive(Deserialize)]
pub struct Wanted {
    /// The tag of the text's language; the site's where it is none.
    #[serde(default)]
    language: String,
}

/// The Markdown of a snippet, in a language or the next best that it has.
pub async fn text(
    State(web): State<Web>,
    _viewer: Viewer,
    PathParam(id): PathParam<SnippetId>,
    Query(wanted): Query<Wanted>,
) -> Result<String, HttpError> {
    let full = find(&web, id).await?;
    let language = wanted.language.parse().unwrap_or(web.cx.config().language);
    let reader = web.cx.reader(language);
    let text = reader.pick(&full.texts, |text| text.language);
    Ok(text.map_or_else(String::new, |text| text.body_markdown.clone()))
}

/// Keeps the field `markdown` as a new snippet; what is wrong is a sentence for the dialog.
pub async fn keep(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let name: Slug = match form.trimmed("name").parse() {
        Ok(name) => name,
        Err(error) => return Ok(unfit(viewer.explain(error))),
    };
    let usual = web.cx.config().language;
    let change = SnippetChange {
        texts: vec![SnippetText {
            language: form.language(&web.languages(), usual).unwrap_or(usual),
            body_markdown: form.text("markdown").to_owned(),
        }],
        is_new: true,
        ..SnippetChange::default()
    };
    match snippets::save(&web.cx, &viewer.actor(), &name, change).await {
        Ok(_) => Ok((StatusCode::CREATED, name.to_string()).into_response()),
        Err(ContentError::Exists(_)) => Ok(unfit(viewer.t("admin-snippet-exists"))),
        Err(ContentError::Snippet { fault, .. }) => Ok(unfit(viewer.explain(fault))),
        Err(error @ (ContentError::Text(_) | ContentError::Unconfirmed(_))) => {
            Ok(unfit(viewer.explain(error)))
        }
        Err(error) => Err(error.into()),
    }
}
