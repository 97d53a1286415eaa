//! Every text of a language beside its English source: found, translated, reset; exported and
//! imported as Fluent files. Owners see the texts of the admin pages, too.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::content::phrases::Reach;
use crate::content::phrases::files::SIZE_LIMIT;
use crate::web::admin::viewer::Viewer;
use crate::web::state::Web;

mod files;
mod list;

const HOME: &str = "/admin/texts/all";
/// Bytes around a file in a body.
const ENVELOPE: usize = 64 * 1024;
/// A file in a form takes up to three bytes for each of its own.
const FORM_LIMIT: usize = 3 * SIZE_LIMIT + ENVELOPE;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/texts/all", get(list::index).post(list::save))
        .route("/texts/export", get(files::export))
        .route(
            "/texts/import",
            post(files::check).layer(DefaultBodyLimit::max(SIZE_LIMIT + ENVELOPE)),
        )
        .route(
            "/texts/import/apply",
            post(files::apply).layer(DefaultBodyLimit::max(FORM_LIMIT)),
        )
}

/// Which texts a user may see and change.
fn reach(viewer: &Viewer) -> Reach {
    if viewer.user.role.may_administer() {
        Reach::Everything
    } else {
        Reach::Readers
    }
}
