//! The join form of one list: its hosted page, and what to embed on other
//! sites.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use crate::audience::join::public_list;
use crate::audience::join_rules;
use crate::content::site;
use crate::model::web_origin::WebOrigin;
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new().route("/lists/{slug}/forms", get(index).post(change))
}

/// Sites that may embed one form.
const SITES: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FormQuery {
    language: String,
}

#[derive(Template)]
#[template(path = "admin/list_forms.html")]
struct FormsPage {
    viewer: Viewer,
    list: List,
    language: Language,
    /// The URL of the hosted form.
    address: String,
    frame: String,
    markup: String,
    /// Sites that may embed the form, one a line, as entered.
    origins: String,
    errors: FormErrors,
}

async fn find(web: &Web, slug: &str) -> Result<List, HttpError> {
    public_list(&web.cx, slug).await?.ok_or(HttpError::NotFound)
}

async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Path(slug): Path<String>,
    Query(query): Query<FormQuery>,
) -> Result<Html<String>, HttpError> {
    let list = find(&web, &slug).await?;
    let rules = join_rules::load(&web.cx).await?;
    let origins: Vec<&str> = rules
        .origins(&list.slug)
        .iter()
        .map(WebOrigin::as_str)
        .collect();
    let origins = origins.join("\n");
    page(&web, viewer, list, &query, origins, FormErrors::default()).await
}

async fn page(
    web: &Web,
    viewer: Viewer,
    list: List,
    query: &FormQuery,
    origins: String,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let language = query.language.parse().unwrap_or(web.cx.config().language);
    let site = site::load(&web.cx).await?;
    let phrases = site.phrases(language);
    let address = format!(
        "{}/{language}/join/{}",
        web.cx.config().public_url(),
        list.slug
    );
    let (name, _) = list.text(language);
    let frame = FrameMarkup {
        address: &address,
        name,
    };
    let markup = FormMarkup {
        address: &address,
        email: &phrases.translate("join-email-label"),
        trap: &phrases.translate("join-trap-label"),
        wording: &phrases.translate_with("consent-wording", "site", site.name(language)),
        button: &phrases.translate("join-button"),
    };
    render_page(&FormsPage {
        frame: frame.render()?,
        markup: markup.render()?,
        viewer,
        list,
        language,
        address,
        origins,
        errors,
    })
}

/// HTML for another site: a frame.
#[derive(Template)]
#[template(
    source = r#"<iframe src="{{ address }}/embed" title="{{ name }}" width="100%" height="720" style="border: 0" loading="lazy"></iframe>"#,
    ext = "html"
)]
struct FrameMarkup<'a> {
    address: &'a str,
    name: &'a str,
}

/// HTML for another site: a form in its own style.
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
    Editor(viewer): Editor,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let list = find(&web, &slug).await?;
    let form = Form::parse(&body)?;
    let input = form.trimmed("origins");
    let lines = input.split_whitespace();
    let mut errors = FormErrors::default();
    let read: Result<Vec<WebOrigin>, _> = lines.map(str::parse).collect();
    let origins = errors.take("origins", read);
    match origins {
        Some(origins) if origins.len() > SITES => {
            let most = viewer.say("admin-list-forms-most").number("count", SITES);
            errors.add("origins", most);
        }
        Some(origins) => {
            join_rules::allow(&web.cx, &viewer.actor(), &list.slug, origins).await?;
            let path = format!("/admin/lists/{slug}/forms");
            let flash = Flash::good(viewer.t("admin-saved"));
            return Ok(redirect(&web, &path, &flash));
        }
        None => {}
    }
    let input = input.to_owned();
    let html = page(&web, viewer, list, &FormQuery::default(), input, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
