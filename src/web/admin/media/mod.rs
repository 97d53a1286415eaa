//! The media library: upload, search, captions and tags, the picker of the editor, delete.

mod file;
mod library;
mod picker;

use std::collections::HashMap;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::model::content::MediaKind;
use crate::store::media::{Caption, Medium};
use crate::text::locale::{Language, Preference};
use crate::web::admin::wording::Wording;
use crate::web::http::upload;
use crate::web::public::pictures::{path, smaller_path};
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/media", get(library::index).post(library::receive))
        .layer(DefaultBodyLimit::max(upload::BODY_LIMIT))
        .route("/media/pick", get(picker::index))
        .route("/media/{id}", get(file::show).post(file::change))
        .route("/media/{id}/delete", post(file::delete))
}

const HOME: &str = "/admin/media";

/// A file's caption, or its name.
fn title(medium: &Medium) -> String {
    match medium.caption(Preference::only(Language::EN)).title {
        title if title.is_empty() => medium.file_name.clone(),
        title => title,
    }
}

/// A size in bytes for people.
pub(in crate::web::admin) fn size(wording: &Wording, bytes: &i64) -> String {
    let size = match bytes {
        0..1_024 => wording.say("admin-media-bytes").number("count", bytes),
        1_024..1_048_576 => wording
            .say("admin-media-kilobytes")
            .number("size", bytes / 1_024),
        _ => {
            let size = format!("{:.1}", *bytes as f64 / 1_048_576.0);
            wording.say("admin-media-megabytes").text("size", size)
        }
    };
    size.into()
}

/// The Markdown that shows a file, or links to it.
fn markdown(medium: &Medium) -> String {
    let Caption { title, alt } = medium.caption(Preference::only(Language::EN));
    let path = path(medium);
    match medium.kind {
        MediaKind::Picture => format!("![{alt}]({path})"),
        _ if title.is_empty() => format!("[{}]({path})", medium.file_name),
        _ => format!("[{title}]({path})"),
    }
}

/// The path of a version for lists.
fn thumbnail(medium: &Medium, widths: &HashMap<String, Vec<i64>>) -> String {
    let smallest = widths
        .get(&medium.file_name)
        .and_then(|widths| widths.first());
    match smallest {
        Some(width) => smaller_path(medium, *width),
        None => path(medium),
    }
}
