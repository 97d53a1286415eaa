//! The join form of a list elsewhere: its own page, and what other sites put
//! into theirs.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, Editor, go, show};
use crate::audience::join::public_list;
use crate::audience::join_rules;
use crate::content::site;
use crate::model::web_origin::WebOrigin;
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new().route("/lists/{slug}/forms", get(index).post(change))
}

/// Sites that may show one form.
const SITES: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// The language of the form to copy.
    language: String,
}

#[derive(Template)]
#[template(path = "admin/forms.html")]
struct FormsPage {
    desk: Desk,
    list: List,
    language: Language,
    /// The page of the form.
    address: String,
    frame: String,
    markup: String,
    /// The sites that may show the form, one a line, as typed.
    origins: String,
    errors: Errors,
}

async fn find(web: &Web, slug: &str) -> Result<List, Failure> {
    public_list(&web.cx, slug).await?.ok_or(Failure::NotFound)
}

async fn index(
    State(web): State<Web>,
    desk: Desk,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    let list = find(&web, &slug).await?;
    let rules = join_rules::look(&web.cx).await?;
    let origins: Vec<&str> = rules
        .origins(&list.slug)
        .iter()
        .map(WebOrigin::as_str)
        .collect();
    let origins = origins.join("\n");
    page(&web, desk, list, &wanted, origins, Errors::default()).await
}

async fn page(
    web: &Web,
    desk: Desk,
    list: List,
    wanted: &Wanted,
    origins: String,
    errors: Errors,
) -> Result<Html<String>, Failure> {
    let language = wanted.language.parse().unwrap_or(web.cx.config.language);
    let site = site::look(&web.cx).await?;
    let phrases = site.phrases(language);
    let address = format!(
        "{}/{language}/join/{}",
        web.cx.config.public_url(),
        list.slug
    );
    let (name, _) = list.text(language);
    let frame = FrameMarkup {
        address: &address,
        name,
    };
    let markup = FormMarkup {
        address: &address,
        email: &phrases.say("join-email-label"),
        trap: &phrases.say("join-trap-label"),
        wording: &phrases.say1("consent-wording", "site", site.name(language)),
        button: &phrases.say("join-button"),
    };
    show(&FormsPage {
        frame: frame.render()?,
        markup: markup.render()?,
        desk,
        list,
        language,
        address,
        origins,
        errors,
    })
}

/// What another site puts into its page: a frame.
#[derive(Template)]
#[template(
    source = r#"<iframe src="{{ address }}/embed" title="{{ name }}" width="100%" height="720" style="border: 0" loading="lazy"></iframe>"#,
    ext = "html"
)]
struct FrameMarkup<'a> {
    address: &'a str,
    name: &'a str,
}

/// Or a form of its own look.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="{{ address }}">
  <p><label>{{ email }} <input name="email" type="email" autocomplete="email" required></label></p>
  <p hidden><label>{{ trap }} <input name="website" tabindex="-1" autocomplete="off"></label></p>
  <p><small>{{ wording }}</small></p>
  <p><button>{{ button }}</button></p>
</form>"#,
    ext = "html"
)]
struct FormMarkup<'a> {
    address: &'a str,
    email: &'a str,
    trap: &'a str,
    wording: &'a str,
    button: &'a str,
}

async fn change(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let list = find(&web, &slug).await?;
    let form = Form::parse(&body)?;
    let typed = form.trimmed("origins");
    let lines = typed.split_whitespace();
    let mut errors = Errors::default();
    let read: Result<Vec<WebOrigin>, _> = lines.map(str::parse).collect();
    let origins = errors.take("origins", read);
    match origins {
        Some(origins) if origins.len() > SITES => {
            errors.add("origins", format!("a form has at most {SITES} sites"));
        }
        Some(origins) => {
            let names: Vec<&str> = origins.iter().map(WebOrigin::as_str).collect();
            let subject = format!("{slug}: {}", names.join(" "));
            join_rules::allow(&web.cx, &list.slug, origins.clone()).await?;
            desk.note(&web, "list.form_sites", &subject).await?;
            let path = format!("/admin/lists/{slug}/forms");
            return Ok(go(&web, &path, &Flash::good("Saved")));
        }
        None => {}
    }
    let typed = typed.to_owned();
    let html = page(&web, desk, list, &Wanted::default(), typed, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
