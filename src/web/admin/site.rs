//! The site's name in each language, its brand, menu and digest schedule.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use strum::VariantArray;

use crate::campaign::weekly_digest::{self, Schedule};
use crate::content::ContentError;
use crate::content::media::{self, Upload};
use crate::content::site::{self, MenuLink, Site};
use crate::content::site_change::{self, LINKS, SiteChange, Texts};
use crate::model::brand_kit::{Font, SocialProfile};
use crate::text::colour::Colour;
use crate::text::locale::Language;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
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
    /// `None` where the form had no such field.
    mail_foot: Option<String>,
}

/// What a brand is made of, as entered.
struct BrandInput {
    accent: String,
    heading: String,
    font: String,
    heading_font: String,
    /// One in each line.
    profiles: String,
    /// May have several lines.
    postal_address: String,
}

impl BrandInput {
    fn of(site: &Site) -> Self {
        let colour =
            |colour: Option<Colour>| colour.map_or_else(String::new, |one| one.to_string());
        let font = |font: Option<Font>| font.map_or("", Font::as_str).to_owned();
        let profiles = site.profiles.iter();
        let profiles: Vec<String> = profiles
            .map(|profile| format!("{} {}", profile.name, profile.url))
            .collect();
        Self {
            accent: colour(site.accent),
            heading: colour(site.heading),
            font: font(site.font),
            heading_font: font(site.heading_font),
            profiles: profiles.join("\n"),
            postal_address: site.postal_address.clone(),
        }
    }

    /// The same with what a form has of it.
    fn typed(self, form: &Form) -> Self {
        let typed = |field: &str, known: String| form.get(field).map_or(known, str::to_owned);
        Self {
            accent: form.trimmed("accent").to_owned(),
            heading: typed("heading", self.heading),
            font: typed("font", self.font),
            heading_font: typed("heading_font", self.heading_font),
            profiles: typed("profiles", self.profiles),
            postal_address: typed("postal_address", self.postal_address),
        }
    }
}

/// A menu link as entered.
struct LinkInput {
    url: String,
    /// In the order of the site's languages.
    labels: Vec<(Language, String)>,
}

#[derive(Template)]
#[template(path = "admin/site.html")]
struct SitePage {
    viewer: Viewer,
    words: Vec<Words>,
    /// The file name of the logo; empty for the default one.
    logo: String,
    pictures: Vec<String>,
    brand: BrandInput,
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

    /// The contrast of a colour, or else what to enter.
    fn contrast(&self, colour: &str, or_else: &str) -> String {
        match colour.parse::<Colour>() {
            Ok(colour) => {
                let contrast = format!("{:.1}", colour.light_contrast());
                let hint = self.viewer.say("admin-site-contrast");
                hint.text("contrast", contrast).into()
            }
            Err(_) => self.viewer.t(or_else),
        }
    }

    /// Value and name of each font.
    fn fonts(&self) -> Vec<(&'static str, String)> {
        let name = |font: Font| match font.own_name() {
            Some(name) => name.to_owned(),
            None => self.viewer.t("admin-site-font-system"),
        };
        let fonts = Font::VARIANTS.iter();
        fonts.map(|&font| (font.as_str(), name(font))).collect()
    }
}

async fn edit(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let site = site::load(&web.cx).await?;
    let schedule = weekly_digest::schedule(&web.cx).await?;
    let of = |words: &BTreeMap<String, String>, language: Language| {
        words.get(language.tag()).cloned().unwrap_or_default()
    };
    let labels = site.menu.iter().map(|link| &link.label);
    let known = [&site.name, &site.tagline, &site.foot, &site.mail_foot]
        .into_iter()
        .chain(labels);
    let languages = web.languages().and_tags(known.flat_map(BTreeMap::keys));
    let words = languages.iter().map(|&language| Words {
        language,
        called: of(&site.name, language),
        tagline: of(&site.tagline, language),
        foot: of(&site.foot, language),
        mail_foot: Some(of(&site.mail_foot, language)),
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
        pictures: site_change::pictures(&web.cx).await?,
        brand: BrandInput::of(&site),
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

/// What the form changes.
fn changes(form: &Form, words: &[Words], links: &[LinkInput], logo: &str) -> SiteChange {
    let texts = |of: fn(&Words) -> &String| {
        let texts = words.iter().map(|one| (one.language, of(one).clone()));
        texts.collect::<Texts>()
    };
    // Missing fields stay unchanged.
    let given = |field: &str| form.get(field).map(str::to_owned);
    let link = |link: &LinkInput| {
        let labels = link.labels.iter();
        MenuLink {
            label: labels
                .map(|(language, label)| (language.tag().to_owned(), label.clone()))
                .collect(),
            url: link.url.clone(),
        }
    };
    SiteChange {
        name: texts(|one| &one.called),
        tagline: texts(|one| &one.tagline),
        foot: texts(|one| &one.foot),
        mail_foot: words
            .iter()
            .filter_map(|one| Some((one.language, one.mail_foot.clone()?)))
            .collect(),
        postal_address: given("postal_address"),
        logo: Some(logo.to_owned()),
        accent: Some(form.trimmed("accent").to_owned()),
        heading: given("heading"),
        font: given("font"),
        heading_font: given("heading_font"),
        profiles: form.get("profiles").map(SocialProfile::parse_lines),
        menu: Some(links.iter().map(link).collect()),
    }
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
    let words = languages.iter().map(|&language| {
        let field = |name: &str| form.trimmed(&format!("{name}-{language}")).to_owned();
        Words {
            language,
            called: field("name"),
            tagline: field("tagline"),
            foot: field("foot"),
            mail_foot: form
                .get(&format!("mail_foot-{language}"))
                .map(str::to_owned),
        }
    });
    let words: Vec<Words> = words.collect();
    let mut errors = FormErrors::default();
    let logo = logo(&web, &viewer, &form, files, &mut errors).await?;
    let links = link_inputs(&languages, &form);
    let known = weekly_digest::schedule(&web.cx).await?;
    let typed_or = |field: &str, known: String| form.get(field).map_or(known, str::to_owned);
    let weekly = (
        typed_or("weekly-day", known.weekday.to_string()),
        typed_or("weekly-time", known.time()),
    );
    let schedule = errors.take("weekly-time", Schedule::parse(&weekly.0, &weekly.1));
    let change = changes(&form, &words, &links, &logo);
    let faults = if errors.is_empty() {
        let changed = site_change::change(&web.cx, &viewer.actor(), change).await?;
        changed.err().unwrap_or_default()
    } else {
        site_change::faults(&web.cx, change).await?
    };
    for fault in faults {
        errors.add(&fault.field, &fault.error);
    }
    if !errors.is_empty() {
        let known = site::load(&web.cx).await?;
        let html = render_page(&SitePage {
            viewer,
            words,
            logo,
            pictures: site_change::pictures(&web.cx).await?,
            brand: BrandInput::of(&known).typed(&form),
            links,
            weekly,
            errors,
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    if let Some(schedule) = schedule {
        weekly_digest::set_schedule(&web.cx, &schedule).await?;
    }
    let flash = Flash::good(viewer.t("admin-saved")).with(viewer.t("admin-site-saved-next"));
    Ok(redirect(&web, "/admin/site", &flash))
}
