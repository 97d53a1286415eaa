//! Media: pictures, audio, documents.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::content::media;
use crate::model::content::MediaKind;
use crate::store::media::Medium;
use crate::text::locale::Preference;
use crate::text::phrases::Phrases;
use crate::web::brand::Brand;
use crate::web::http::byte_range::{ByteRange, requested_range};
use crate::web::http::error::HttpError;
use crate::web::http::etag::matches_etag;
use crate::web::http::page::render_page;
use crate::web::http::path::PathParam;
use crate::web::public::page_context::PageContext;
use crate::web::public::pictures::{Sources, path};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// An audio file.
pub struct Track {
    pub id: i64,
    pub title: String,
    pub path: String,
}

impl Track {
    pub fn new(medium: &Medium, reader: Preference) -> Self {
        Self {
            id: medium.id.0,
            title: title(medium, reader),
            path: path(medium),
        }
    }
}

struct Picture {
    title: String,
    alt: String,
    sources: Sources,
}

struct Document {
    title: String,
    path: String,
    kind: String,
    size: String,
}

#[derive(Template)]
#[template(path = "public/media.html")]
struct MediaPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    pictures: Vec<Picture>,
    tracks: Vec<Track>,
    documents: Vec<Document>,
}

/// A file's caption, or its name.
fn title(medium: &Medium, reader: Preference) -> String {
    match medium.caption(reader).title {
        title if title.is_empty() => medium.file_name.clone(),
        title => title,
    }
}

pub async fn index(
    State(web): State<Web>,
    context: PageContext,
) -> Result<Html<String>, HttpError> {
    let reader = context.phrases.reader();
    let all = media::shown(&web.cx).await?;
    let widths = media::widths(&web.cx).await?;
    let widths = |medium: &Medium| widths.get(&medium.file_name).map_or(&[][..], Vec::as_slice);
    let of = |kind| all.iter().rev().filter(move |medium| medium.kind == kind);
    render_page(&MediaPage {
        pictures: of(MediaKind::Picture)
            .map(|medium| Picture {
                title: medium.caption(reader).title,
                alt: medium.caption(reader).alt,
                sources: Sources::new(medium, widths(medium)),
            })
            .collect(),
        tracks: of(MediaKind::Audio)
            .map(|medium| Track::new(medium, reader))
            .collect(),
        documents: of(MediaKind::Document)
            .map(|medium| Document {
                title: title(medium, reader),
                path: path(medium),
                kind: medium
                    .file_name
                    .rsplit_once('.')
                    .map_or_else(String::new, |(_, ending)| ending.to_uppercase()),
                size: format!("{} KB", medium.size.max(1).div_euclid(1024).max(1)),
            })
            .collect(),
        visitor: context.visitor,
        phrases: context.phrases,
        brand: context.brand,
    })
}

/// A file, whole or a byte range: players seek by ranges.
pub async fn file(
    State(web): State<Web>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let medium = media::by_name(&web.cx, &name).await?;
    let medium = medium.ok_or(HttpError::NotFound)?;
    let length = medium.size;
    let tag = format!("\"{}\"", version(&medium));
    let mut response = match (
        matches_etag(&headers, &tag),
        requested_range(&headers, &tag, usize::try_from(length).unwrap_or_default()),
    ) {
        (true, _) => StatusCode::NOT_MODIFIED.into_response(),
        (false, ByteRange::Whole) => media::bytes(&web.cx, &medium, 0..length)
            .await?
            .into_response(),
        (false, ByteRange::Part(first, last)) => {
            let range = format!("bytes {first}-{last}/{length}");
            let part = media::bytes(&web.cx, &medium, first as i64..last as i64 + 1).await?;
            (
                StatusCode::PARTIAL_CONTENT,
                [(header::CONTENT_RANGE, range)],
                part,
            )
                .into_response()
        }
        (false, ByteRange::Outside) => {
            let range = format!("bytes */{length}");
            (
                StatusCode::RANGE_NOT_SATISFIABLE,
                [(header::CONTENT_RANGE, range)],
            )
                .into_response()
        }
    };
    set_file_headers(&mut response, &medium, &tag);
    Ok(response)
}

/// A smaller version of a picture.
pub async fn smaller(
    State(web): State<Web>,
    PathParam((width, name)): PathParam<(i64, String)>,
    headers: HeaderMap,
) -> Result<Response, HttpError> {
    let medium = media::by_name(&web.cx, &name).await?;
    let medium = medium.ok_or(HttpError::NotFound)?;
    let content = media::smaller(&web.cx, &medium, width).await?;
    let content = content.ok_or(HttpError::NotFound)?;
    let tag = format!("\"{}-{width}\"", version(&medium));
    let mut response = if matches_etag(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        content.into_response()
    };
    set_file_headers(&mut response, &medium, &tag);
    response.headers_mut().remove(header::ACCEPT_RANGES);
    Ok(response)
}

/// Identifies the content of a file.
fn version(medium: &Medium) -> &str {
    &medium.digest[..32.min(medium.digest.len())]
}

/// The headers of a file.
fn set_file_headers(response: &mut Response, medium: &Medium, tag: &str) {
    let set = response.headers_mut();
    for (name, value) in [
        (header::ETAG, tag),
        (header::CONTENT_TYPE, &medium.media_type),
        (header::ACCEPT_RANGES, "bytes"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        // A file opened by itself may not run anything.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
        ),
        // Emails and other sites may embed it.
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            set.insert(name, value);
        }
    }
}
