//! One file: its captions and tags, where it is used, delete.

use std::collections::BTreeMap;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::{HOME, markdown, size};
use crate::content::media::{self, MediaChange};
use crate::content::media_library;
use crate::content::media_uses::{self, MediaUse};
use crate::model::MediaId;
use crate::model::content::{MediaKind, TrashKind};
use crate::model::tag::Tag;
use crate::store::media::{Caption, Medium};
use crate::text::locale::Language;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::trash::moved_to_trash;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// Characters that a caption or alternative text may have.
const LENGTH: usize = 500;

#[derive(Template)]
#[template(path = "admin/medium.html")]
struct FilePage {
    viewer: Viewer,
    medium: Medium,
    uses: Vec<MediaUse>,
    markdown: String,
    captions: Vec<(Language, Caption)>,
    /// As they are typed, separated by commas.
    tags: String,
    is_shown: bool,
    /// The widths of smaller versions.
    widths: Vec<i64>,
    errors: FormErrors,
}

impl FilePage {
    /// The widths of smaller versions, such as `480, 960`.
    fn smaller(&self) -> String {
        let widths: Vec<String> = self.widths.iter().map(ToString::to_string).collect();
        widths.join(", ")
    }
}

/// What the form says.
struct FormInput {
    captions: BTreeMap<String, Caption>,
    tags: String,
    is_shown: bool,
}

impl FormInput {
    fn read(web: &Web, form: &Form) -> Self {
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
        Self {
            captions,
            tags: form.trimmed("tags").to_owned(),
            is_shown: form.has("shown"),
        }
    }
}

async fn page(
    web: &Web,
    viewer: Viewer,
    medium: Medium,
    input: FormInput,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let of = |language: Language| {
        let caption = input.captions.get(language.tag()).cloned();
        (language, caption.unwrap_or_default())
    };
    let languages = web.languages().and_tags(input.captions.keys());
    render_page(&FilePage {
        viewer,
        uses: media_uses::of(&web.cx, &medium).await?,
        markdown: markdown(&medium),
        captions: languages.into_iter().map(of).collect(),
        tags: input.tags,
        is_shown: input.is_shown,
        widths: media::widths_of(&web.cx, &medium).await?,
        medium,
        errors,
    })
}

async fn find(web: &Web, id: MediaId) -> Result<Medium, HttpError> {
    let found = media::by_id(&web.cx, id).await?;
    found.ok_or(HttpError::NotFound)
}

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<MediaId>,
) -> Result<Html<String>, HttpError> {
    let medium = find(&web, id).await?;
    let input = FormInput {
        captions: medium.captions.clone(),
        tags: media_library::tags_of(&web.cx, id).await?.join(", "),
        is_shown: medium.is_shown,
    };
    page(&web, viewer, medium, input, FormErrors::default()).await
}

pub async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<MediaId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let medium = find(&web, id).await?;
    let form = Form::parse(&body)?;
    let input = FormInput::read(&web, &form);
    let mut errors = FormErrors::default();
    let Some(tags) = errors.take("tags", Tag::parse_all(&input.tags)) else {
        let html = page(&web, viewer, medium, input, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let change = MediaChange {
        captions: Some(input.captions),
        tags: Some(tags),
        is_shown: Some(input.is_shown),
    };
    media::change(&web.cx, &viewer.actor(), &medium, change).await?;
    let flash = Flash::good(viewer.t("admin-saved"));
    Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
}

pub async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<MediaId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let medium = find(&web, id).await?;
    let uses = media_uses::of(&web.cx, &medium).await?;
    let confirmation = Confirmation {
        title: viewer
            .say("admin-delete-question")
            .text("name", &medium.file_name)
            .into(),
        text: question(&viewer, &uses),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: format!("{HOME}/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    media::delete(&web.cx, &viewer.actor(), &medium).await?;
    let flash = moved_to_trash(&viewer, TrashKind::Media, id.0, &medium.file_name);
    Ok(redirect(&web, HOME, &flash))
}

/// What deleting a file does to the places that show it.
fn question(viewer: &Viewer, uses: &[MediaUse]) -> String {
    if uses.is_empty() {
        return viewer.t("admin-media-delete-unused");
    }
    let places: Vec<String> = uses.iter().map(|one| place(viewer, one)).collect();
    let text = viewer.say("admin-media-delete-used");
    let text = text.number("count", uses.len());
    text.text("places", places.join(", ")).into()
}

/// A place that shows a file, in words.
fn place(viewer: &Viewer, place: &MediaUse) -> String {
    match place {
        MediaUse::Post(_, title) => viewer
            .say("admin-media-use-post")
            .text("title", title)
            .into(),
        MediaUse::Event(_, title) => viewer
            .say("admin-media-use-event")
            .text("title", title)
            .into(),
        MediaUse::Layout(name) => viewer
            .say("admin-media-use-layout")
            .text("name", name)
            .into(),
        MediaUse::Campaign(_, subject) => viewer
            .say("admin-media-use-campaign")
            .text("subject", subject)
            .into(),
        MediaUse::Snippet(_, name) => viewer
            .say("admin-media-use-snippet")
            .text("name", name)
            .to_string(),
        MediaUse::Logo => viewer.t("admin-media-use-logo"),
    }
}

/// The admin page of a place that shows a file.
fn place_path(place: &MediaUse) -> String {
    match place {
        MediaUse::Post(id, _) => format!("/admin/posts/{id}"),
        MediaUse::Event(slug, _) => format!("/admin/events/{slug}"),
        MediaUse::Layout(name) => format!("/admin/layouts/{name}"),
        MediaUse::Campaign(id, _) => format!("/admin/campaigns/{id}"),
        MediaUse::Snippet(id, _) => format!("/admin/snippets/{id}"),
        MediaUse::Logo => "/admin/site".to_owned(),
    }
}
