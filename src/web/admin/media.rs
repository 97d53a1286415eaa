//! The media library: upload, captions, delete.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use crate::content::media;
use crate::model::MediaId;
use crate::model::content::MediaKind;
use crate::store::media::{Caption, Medium};
use crate::text::locale::Language;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::problem::ProblemType;
use crate::web::http::upload;
use crate::web::public::pictures::{path, smaller_path};
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/media", get(index).post(receive))
        .layer(DefaultBodyLimit::max(upload::BODY_LIMIT))
        .route("/media/{id}", get(one).post(caption))
        .route("/media/{id}/delete", post(delete))
}

const HOME: &str = "/admin/media";
/// Characters that a caption or alternative text may have.
const LENGTH: usize = 500;

#[derive(Template)]
#[template(path = "admin/media.html")]
struct IndexPage {
    viewer: Viewer,
    media: Vec<Medium>,
    widths: HashMap<String, Vec<i64>>,
}

impl IndexPage {
    fn title(&self, medium: &Medium) -> String {
        match medium.caption(Language::EN).title {
            title if title.is_empty() => medium.file_name.clone(),
            title => title,
        }
    }
}

/// A size in bytes for people.
fn size(wording: &Wording, bytes: &i64) -> String {
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

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let widths = media::widths(&web.cx).await?;
    let media = media::all(&web.cx).await?;
    render_page(&IndexPage {
        viewer,
        media,
        widths,
    })
}

/// Uploads from the form, or from the editor, which asks for JSON.
async fn receive(
    State(web): State<Web>,
    Editor(viewer): Editor,
    headers: HeaderMap,
    parts: Multipart,
) -> Result<Response, HttpError> {
    let accept = headers.get(header::ACCEPT).map(|kind| kind.as_bytes());
    if accept.is_some_and(|kind| kind.starts_with(b"application/json")) {
        return Ok(match keep(&web, &viewer, parts).await {
            Ok(kept) => {
                let items: Vec<_> = kept.iter().map(|one| described(&web, one)).collect();
                let body = serde_json::json!({ "items": items });
                (StatusCode::CREATED, Json(body)).into_response()
            }
            Err(error) => {
                let body = serde_json::json!({ "detail": viewer.explain(&error) });
                (error.status(), Json(body)).into_response()
            }
        });
    }
    let kept = match keep(&web, &viewer, parts).await {
        Ok(kept) => kept,
        Err(
            error @ (HttpError::Other(413 | 415, _)
            | HttpError::Problem(
                ProblemType::TooLarge | ProblemType::UnsupportedMediaType,
                _,
            )),
        ) => {
            let flash = Flash::bad(viewer.t("admin-media-not-uploaded"));
            let flash = flash.with(viewer.explain(error));
            return Ok(redirect(&web, HOME, &flash));
        }
        Err(error) => return Err(error),
    };
    Ok(match kept.as_slice() {
        [] => {
            let flash = Flash::bad(viewer.t("admin-media-choose"));
            redirect(&web, HOME, &flash)
        }
        [one] => {
            let flash = Flash::good(viewer.t("admin-media-uploaded"))
                .with(viewer.t("admin-media-uploaded-next"));
            redirect(&web, &format!("{HOME}/{}", one.id), &flash)
        }
        many => {
            let title = viewer
                .say("admin-media-uploaded-counted")
                .number("count", many.len());
            redirect(&web, HOME, &Flash::good(title))
        }
    })
}

async fn keep(web: &Web, viewer: &Viewer, parts: Multipart) -> Result<Vec<Medium>, HttpError> {
    let (files, _) = upload::read(parts).await?;
    let mut kept = Vec::with_capacity(files.len());
    for file in files {
        kept.push(media::keep_beside(&web.cx, &viewer.actor(), file).await?);
    }
    Ok(kept)
}

/// A file with the Markdown to embed it.
fn described(web: &Web, medium: &Medium) -> serde_json::Value {
    let body = crate::web::api::media::body(web, medium);
    let mut body = serde_json::to_value(body).unwrap_or_default();
    body["markdown"] = markdown(medium).into();
    body
}

fn markdown(medium: &Medium) -> String {
    let Caption { title, alt } = medium.caption(Language::EN);
    let path = path(medium);
    match medium.kind {
        MediaKind::Picture => format!("![{alt}]({path})"),
        _ if title.is_empty() => format!("[{}]({path})", medium.file_name),
        _ => format!("[{title}]({path})"),
    }
}

#[derive(Template)]
#[template(path = "admin/medium.html")]
struct MediumPage {
    viewer: Viewer,
    medium: Medium,
    uses: String,
    markdown: String,
    captions: Vec<(Language, Caption)>,
    /// The widths of smaller versions.
    widths: Vec<i64>,
}

impl MediumPage {
    /// The widths of smaller versions, such as `480, 960`.
    fn smaller(&self) -> String {
        let widths: Vec<String> = self.widths.iter().map(ToString::to_string).collect();
        widths.join(", ")
    }
}

/// The path of a version for tables.
fn thumbnail(medium: &Medium, widths: &HashMap<String, Vec<i64>>) -> String {
    let smallest = widths
        .get(&medium.file_name)
        .and_then(|widths| widths.first());
    match smallest {
        Some(width) => smaller_path(medium, *width),
        None => path(medium),
    }
}

async fn one(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<MediaId>,
) -> Result<Html<String>, HttpError> {
    let (medium, uses) = find(&web, id).await?;
    let known = medium.captions.keys().filter_map(|tag| tag.parse().ok());
    let known: Vec<Language> = known.collect();
    let of = |language: Language| {
        let caption = medium.captions.get(language.tag()).cloned();
        (language, caption.unwrap_or_default())
    };
    let uses = viewer.say("admin-media-uses").number("count", uses).into();
    render_page(&MediumPage {
        viewer,
        uses,
        markdown: markdown(&medium),
        captions: web.languages().and(known).into_iter().map(of).collect(),
        widths: media::widths_of(&web.cx, &medium).await?,
        medium,
    })
}

async fn find(web: &Web, id: MediaId) -> Result<(Medium, i64), HttpError> {
    let found = media::by_id(&web.cx, id).await?;
    found.ok_or(HttpError::NotFound)
}

async fn caption(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<MediaId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let (medium, _) = find(&web, id).await?;
    let form = Form::parse(&body)?;
    let mut captions = BTreeMap::new();
    for language in form.languages(&web.languages(), "alt-") {
        let text = |kind: &str| -> String {
            let name = format!("{kind}-{language}");
            form.trimmed(&name).chars().take(LENGTH).collect()
        };
        let caption = Caption {
            title: text("title"),
            alt: text("alt"),
        };
        if caption != Caption::default() {
            captions.insert(language.tag().to_owned(), caption);
        }
    }
    media::caption(&web.cx, &viewer.actor(), &medium, &captions).await?;
    Ok(redirect(
        &web,
        &format!("{HOME}/{id}"),
        &Flash::good(viewer.t("admin-saved")),
    ))
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<MediaId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let (medium, uses) = find(&web, id).await?;
    let text = match uses {
        0 => viewer.t("admin-media-delete-unused"),
        count => {
            let text = viewer.say("admin-media-delete-used");
            text.number("count", count).into()
        }
    };
    let confirmation = Confirmation {
        title: viewer
            .say("admin-delete-question")
            .text("name", &medium.file_name)
            .into(),
        text,
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-media-keep"),
        back: format!("{HOME}/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    media::delete(&web.cx, &viewer.actor(), &medium).await?;
    Ok(redirect(
        &web,
        HOME,
        &Flash::good(viewer.t("admin-deleted")),
    ))
}
