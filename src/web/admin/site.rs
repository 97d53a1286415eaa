//! What the site is called, in each language.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, go, show};
use crate::content::site;
use crate::model::line::{LineError, Title};
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new().route("/site", get(edit).post(save))
}

/// What was typed for one language.
struct Words {
    language: Language,
    called: String,
    tagline: String,
}

#[derive(Template)]
#[template(path = "admin/site.html")]
struct SitePage {
    desk: Desk,
    words: Vec<Words>,
    errors: Errors,
}

async fn edit(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    let site = site::look(&web.cx).await?;
    let words = Language::ALL.map(|language| Words {
        language,
        called: site.name.get(language.tag()).cloned().unwrap_or_default(),
        tagline: site
            .tagline
            .get(language.tag())
            .cloned()
            .unwrap_or_default(),
    });
    show(&SitePage {
        desk,
        words: words.into(),
        errors: Errors::default(),
    })
}

async fn save(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    desk.may_edit()?;
    let form = Form::parse(&body)?;
    let words: Vec<Words> = Language::ALL
        .map(|language| Words {
            language,
            called: form.trimmed(&format!("name-{language}")).to_owned(),
            tagline: form.trimmed(&format!("tagline-{language}")).to_owned(),
        })
        .into();
    let mut errors = Errors::default();
    // Both end up in the headers and footers of mail: one line each.
    let line = |text: &str| match Title::parse(text) {
        Ok(line) => Ok(line.to_string()),
        Err(LineError::Missing) => Ok(String::new()),
        Err(error) => Err(error),
    };
    let mut site = site::look(&web.cx).await?;
    site.name.clear();
    site.tagline.clear();
    for one in &words {
        let tag = one.language.tag();
        let name = errors.take(&format!("name-{tag}"), line(&one.called));
        let tagline = errors.take(&format!("tagline-{tag}"), line(&one.tagline));
        let keep = |text: Option<String>| text.filter(|text| !text.is_empty());
        site.name
            .extend(keep(name).map(|name| (tag.to_owned(), name)));
        site.tagline
            .extend(keep(tagline).map(|line| (tag.to_owned(), line)));
    }
    if site.name.is_empty() && errors.is_empty() {
        errors.add("name-en", "the site needs a name in some language");
    }
    if !errors.is_empty() {
        let html = show(&SitePage {
            desk,
            words,
            errors,
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    site::save(&web.cx, &site).await?;
    desk.note(&web, "site.save", "name and tagline").await?;
    let flash = Flash::good("Saved").with("Pages and mail say so from now on.");
    Ok(go(&web, "/admin/site", &flash))
}
