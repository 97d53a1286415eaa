//! The site's name in each language, its look, menu and digest schedule.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::campaign::weekly_digest::{self, Schedule};
use crate::content::ContentError;
use crate::content::media::{self, Upload};
use crate::content::site::{self, MenuLink};
use crate::model::content::MediaKind;
use crate::text::colour::Colour;
use crate::text::line::{LineError, Title};
use crate::text::locale::Language;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::upload;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/site", get(edit).post(save))
        .layer(DefaultBodyLimit::max(upload::BODY_LIMIT))
}

/// Texts of one language as entered.
struct Words {
    language: Language,
    called: String,
    tagline: String,
    foot: String,
}

/// A menu link as entered.
struct LinkInput {
    url: String,
    /// In the order of the site's languages.
    labels: Vec<(Language, String)>,
}

/// Characters that a postal address may have.
const POSTAL_LIMIT: usize = 400;

/// Menu links in the form.
const LINKS: usize = 5;

#[derive(Template)]
#[template(path = "admin/site.html")]
struct SitePage {
    viewer: Viewer,
    words: Vec<Words>,
    /// The file name of the logo; empty for the default one.
    logo: String,
    pictures: Vec<String>,
    accent: String,
    /// May have several lines.
    postal_address: String,
    links: Vec<LinkInput>,
    /// The day of the week, from 1 to 7, and the time of the weekly digest.
    weekly: (String, String),
    errors: FormErrors,
}

/// The phrases of the days of the week.
const WEEKDAYS: [&str; 7] = [
    "weekday-1",
    "weekday-2",
    "weekday-3",
    "weekday-4",
    "weekday-5",
    "weekday-6",
    "weekday-7",
];

impl SitePage {
    fn weekly_hint(&self) -> String {
        let hint = self.viewer.say("admin-site-weekly-hint");
        hint.text("zone", &self.viewer.zone).into()
    }

    /// The contrast of the colour.
    fn contrast(&self) -> String {
        match self.accent.parse::<Colour>() {
            Ok(colour) => {
                let contrast = format!("{:.1}", colour.light_contrast());
                let hint = self.viewer.say("admin-site-contrast");
                hint.text("contrast", contrast).into()
            }
            Err(_) => self.viewer.t("admin-site-colour-hint"),
        }
    }
}

async fn pictures(web: &Web) -> Result<Vec<String>, HttpError> {
    let media = media::all(&web.cx).await?;
    let pictures = media
        .into_iter()
        .filter(|medium| medium.kind == MediaKind::Picture);
    Ok(pictures.map(|medium| medium.file_name).collect())
}

async fn edit(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let site = site::load(&web.cx).await?;
    let schedule = weekly_digest::schedule(&web.cx).await?;
    let of = |words: &BTreeMap<String, String>, language: Language| {
        words.get(language.tag()).cloned().unwrap_or_default()
    };
    let labels = site.menu.iter().map(|link| &link.label);
    let known = [&site.name, &site.tagline, &site.foot]
        .into_iter()
        .chain(labels);
    let languages = web.languages().and_tags(known.flat_map(BTreeMap::keys));
    let words = languages.iter().map(|&language| Words {
        language,
        called: of(&site.name, language),
        tagline: of(&site.tagline, language),
        foot: of(&site.foot, language),
    });
    let link = |at: usize| {
        let known = site.menu.get(at);
        LinkInput {
            url: known.map(|link| link.url.clone()).unwrap_or_default(),
            labels: languages
                .iter()
                .map(|&language| {
                    let label = known.map(|link| of(&link.label, language));
                    (language, label.unwrap_or_default())
                })
                .collect(),
        }
    };
    render_page(&SitePage {
        viewer,
        words: words.collect(),
        logo: site.logo.clone().unwrap_or_default(),
        pictures: pictures(&web).await?,
        accent: site
            .accent
            .map_or_else(String::new, |accent| accent.to_string()),
        postal_address: site.postal_address.clone(),
        links: (0..LINKS).map(link).collect(),
        weekly: (schedule.weekday.to_string(), schedule.time()),
        errors: FormErrors::default(),
    })
}

fn link_inputs(languages: &[Language], form: &Form) -> Vec<LinkInput> {
    let link = |at: usize| LinkInput {
        url: form.trimmed(&format!("link-{at}")).to_owned(),
        labels: languages
            .iter()
            .map(|&language| {
                let label = form.trimmed(&format!("link-{at}-{language}"));
                (language, label.to_owned())
            })
            .collect(),
    };
    (0..LINKS).map(link).collect()
}

/// The menu entered; empty rows are skipped.
fn menu(wording: &Wording, links: &[LinkInput], errors: &mut FormErrors) -> Vec<MenuLink> {
    let mut menu = Vec::new();
    for (at, link) in links.iter().enumerate() {
        let labels = link.labels.iter().filter(|(_, label)| !label.is_empty());
        let label: BTreeMap<String, String> = labels
            .map(|(language, label)| (language.tag().to_owned(), label.clone()))
            .collect();
        let field = format!("link-{at}");
        match (link.url.is_empty(), label.is_empty()) {
            (true, true) => {}
            (true, false) => errors.add(&field, wording.t("admin-site-link-no-address")),
            (false, true) => errors.add(&field, wording.t("admin-site-link-no-text")),
            (false, false) if !site::is_address(&link.url) => {
                errors.add(&field, wording.t("admin-site-link-bad-address"));
            }
            (false, false) => menu.push(MenuLink {
                label,
                url: link.url.clone(),
            }),
        }
    }
    menu
}

/// The form as browsers send it, with the files in it; or without, as programs may.
async fn submitted(request: Request) -> Result<(Form, Vec<Upload>), HttpError> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data")) {
        let parts = Multipart::from_request(request, &()).await;
        let parts =
            parts.map_err(|error| HttpError::Other(error.status().as_u16(), error.body_text()))?;
        let (files, fields) = upload::read(parts).await?;
        return Ok((fields.into_iter().collect(), files));
    }
    let body = Bytes::from_request(request, &()).await;
    let body =
        body.map_err(|error| HttpError::Other(error.status().as_u16(), error.body_text()))?;
    Ok((Form::parse(&body)?, Vec::new()))
}

/// The file name of the logo: the one uploaded, or the one chosen.
async fn logo(
    web: &Web,
    viewer: &Viewer,
    form: &Form,
    files: Vec<Upload>,
    errors: &mut FormErrors,
) -> Result<String, HttpError> {
    let chosen = form.trimmed("logo").to_owned();
    let Some(file) = files.into_iter().next() else {
        return Ok(chosen);
    };
    // Kept even where another field is wrong: a browser does not fill in the file once more.
    match media::keep_picture(&web.cx, &viewer.actor(), file).await {
        Ok(medium) => Ok(medium.file_name),
        Err(ContentError::Store(error)) => Err(error.into()),
        Err(ContentError::Kind) => {
            errors.add("logo_file", viewer.t("admin-site-logo-no-picture"));
            Ok(chosen)
        }
        Err(error) => {
            errors.add("logo_file", error.to_string());
            Ok(chosen)
        }
    }
}

async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    request: Request,
) -> Result<Response, HttpError> {
    let (form, files) = submitted(request).await?;
    let languages = form.languages(&web.languages(), "name-");
    let words = languages.iter().map(|&language| Words {
        language,
        called: form.trimmed(&format!("name-{language}")).to_owned(),
        tagline: form.trimmed(&format!("tagline-{language}")).to_owned(),
        foot: form.trimmed(&format!("foot-{language}")).to_owned(),
    });
    let words: Vec<Words> = words.collect();
    let mut errors = FormErrors::default();
    // They end up in headers and footers of emails: one line each.
    let line = |text: &str| match Title::parse(text) {
        Ok(line) => Ok(line.to_string()),
        Err(LineError::Missing) => Ok(String::new()),
        Err(error) => Err(error),
    };
    let mut site = site::load(&web.cx).await?;
    site.name.clear();
    site.tagline.clear();
    site.foot.clear();
    for one in &words {
        let tag = one.language.tag();
        let name = errors.take(&format!("name-{tag}"), line(&one.called));
        let tagline = errors.take(&format!("tagline-{tag}"), line(&one.tagline));
        let foot = errors.take(&format!("foot-{tag}"), line(&one.foot));
        let keep = |text: Option<String>| text.filter(|text| !text.is_empty());
        site.name
            .extend(keep(name).map(|name| (tag.to_owned(), name)));
        site.tagline
            .extend(keep(tagline).map(|line| (tag.to_owned(), line)));
        site.foot
            .extend(keep(foot).map(|line| (tag.to_owned(), line)));
    }
    if site.name.is_empty() && errors.is_empty() {
        errors.add("name-en", viewer.t("admin-site-no-name"));
    }
    let accent = form.trimmed("accent").to_owned();
    site.accent = match accent.as_str() {
        "" => None,
        text => {
            let read = text
                .parse::<Colour>()
                .and_then(|colour| colour.check().map(|()| colour));
            errors.take("accent", read)
        }
    };
    // Missing fields stay unchanged.
    let postal_address = match form.get("postal_address") {
        Some(text) => text.replace("\r\n", "\n").trim().to_owned(),
        None => site.postal_address.clone(),
    };
    let is_plain = |c: char| c == '\n' || !c.is_control();
    if !postal_address.chars().all(is_plain) || postal_address.chars().count() > POSTAL_LIMIT {
        errors.add("postal_address", viewer.t("admin-site-postal-too-long"));
    }
    site.postal_address.clone_from(&postal_address);
    let logo = logo(&web, &viewer, &form, files, &mut errors).await?;
    let pictures = pictures(&web).await?;
    site.logo = Some(logo.clone()).filter(|logo| !logo.is_empty());
    if !logo.is_empty() && !pictures.contains(&logo) {
        errors.add("logo", viewer.t("admin-site-choose-picture"));
    }
    let links = link_inputs(&languages, &form);
    site.menu = menu(&viewer, &links, &mut errors);
    // Missing fields stay unchanged.
    let known = weekly_digest::schedule(&web.cx).await?;
    let typed_or = |field: &str, known: String| form.get(field).map_or(known, str::to_owned);
    let weekly = (
        typed_or("weekly-day", known.weekday.to_string()),
        typed_or("weekly-time", known.time()),
    );
    let schedule = errors.take("weekly-time", Schedule::parse(&weekly.0, &weekly.1));
    if !errors.is_empty() {
        let html = render_page(&SitePage {
            viewer,
            words,
            logo,
            pictures,
            accent,
            postal_address,
            links,
            weekly,
            errors,
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    site::save(&web.cx, &viewer.actor(), &site).await?;
    if let Some(schedule) = schedule {
        weekly_digest::set_schedule(&web.cx, &schedule).await?;
    }
    let flash = Flash::good(viewer.t("admin-saved")).with(viewer.t("admin-site-saved-next"));
    Ok(redirect(&web, "/admin/site", &flash))
}
