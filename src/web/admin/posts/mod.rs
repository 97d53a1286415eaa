//! Posts: list, editor, preview, revisions.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::state::Web;

mod comments;
mod editor;
mod form_input;
mod history;
mod list;
mod merging;
mod parts;
mod preview;
mod saving;
mod translate;

pub use list::publication_state;

/// Three languages of 256 KiB each; form encoding triples the bytes of
/// Cyrillic.
const FORM_LIMIT: usize = 4 * 1024 * 1024;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/posts", get(list::index).post(saving::create))
        .route("/posts/new", get(editor::blank))
        .route("/posts/preview", post(preview::preview))
        .route("/posts/{id}", get(editor::edit).post(saving::save))
        .route("/posts/{id}/history", get(history::index))
        .route("/posts/{id}/compare", get(history::compare))
        .route("/posts/{id}/restore", post(history::restore))
        .route(
            "/posts/{id}/translate/{language}",
            get(translate::show).post(translate::save),
        )
        .route(
            "/posts/{id}/comments",
            get(comments::show).post(comments::change),
        )
        .route("/posts/{id}/presence", post(comments::presence))
        .route("/posts/{id}/autosave", post(history::autosave))
        .route("/posts/{id}/discard", post(history::discard))
        .route("/posts/{id}/delete", post(list::delete))
        .route("/posts/{id}/duplicate", post(list::duplicate))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
}
