//! Lists: overview, one list with its members, create, edit, delete, export.

use std::collections::BTreeMap;
use strum::VariantArray as _;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::audience::AudienceError;
use crate::audience::export::{self, Format};
use crate::audience::leave;
use crate::audience::list_admin::{self, ListFields, SizedList};
use crate::audience::mail_frequency;
use crate::model::audit::AuditAccess;
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::model::list_access::ListAccess;
use crate::store::list_frequencies::{Known, ListFrequencies};
use crate::store::lists::{ListOptions, ListText};
use crate::store::reports::ReasonCount;
use crate::text::line::Title;
use crate::text::locale::{Language, Languages};
use crate::web::admin::chart::Chart;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::list_growth;
use crate::web::admin::subscriber_filter::SubscriberFilter;
use crate::web::admin::subscriber_table::Table;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::attachment::attachment;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/lists", get(index).post(create))
        .route("/lists/new", get(new))
        .route("/lists/{slug}", get(one).post(change))
        .route("/lists/{slug}/edit", get(edit))
        .route("/lists/{slug}/delete", post(delete))
        .route("/lists/{slug}/export", get(download))
}

#[derive(Template)]
#[template(path = "admin/lists.html")]
struct IndexPage {
    viewer: Viewer,
    lists: Vec<SizedList>,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let lists = list_admin::with_sizes(&web.cx, &viewer.access).await?;
    render_page(&IndexPage { viewer, lists })
}

#[derive(Template)]
#[template(path = "admin/list.html")]
struct ListPage {
    aside: ListFrequencies,
    viewer: Viewer,
    sized: SizedList,
    chart: Option<Chart>,
    table: Table,
    join_url: String,
    reasons: Vec<ReasonCount>,
}

impl ListPage {
    /// A number in words.
    fn known(&self, number: &Known) -> String {
        match *number {
            Known::Exactly(count) => self.viewer.number(count),
            Known::AtLeast(count) => {
                let phrase = self.viewer.say("admin-at-least");
                phrase.number("count", count).into()
            }
        }
    }

    fn forms_path(&self) -> String {
        format!("/admin/lists/{}/forms", self.sized.list.slug)
    }
}

async fn one(
    State(web): State<Web>,
    viewer: Viewer,
    Path(slug): Path<String>,
    Query(filter): Query<SubscriberFilter>,
) -> Result<Html<String>, HttpError> {
    let sized = find(&web, &slug).await?;
    let filter = SubscriberFilter {
        list: slug,
        ..filter
    };
    let path = format!("/admin/lists/{}", sized.list.slug);
    let table = Table::find(&web, &viewer, &path, filter).await?;
    render_page(&ListPage {
        join_url: format!("{}/join", web.cx.config().public_url()),
        chart: list_growth::chart(&web, &viewer, std::slice::from_ref(&sized)).await?,
        aside: mail_frequency::of_list(&web.cx, sized.list.id).await?,
        reasons: leave::reasons_of_list(&web.cx, sized.list.id).await?,
        viewer,
        sized,
        table,
    })
}

async fn find(web: &Web, slug: &str) -> Result<SizedList, HttpError> {
    let all = list_admin::with_sizes(&web.cx, &ListAccess::All).await?;
    let found = all.into_iter().find(|one| one.list.slug.as_str() == slug);
    found.ok_or(HttpError::NotFound)
}

/// The form of a list as entered.
#[derive(Default)]
struct FormInput {
    slug: String,
    name: String,
    description: String,
    texts: Vec<(Language, String, String)>,
    visibility: String,
    opt_in: String,
    options: ListOptions,
}

impl FormInput {
    fn blank(languages: &Languages) -> Self {
        let text = |language| (language, String::new(), String::new());
        Self {
            visibility: Visibility::Public.to_string(),
            opt_in: OptIn::Double.to_string(),
            texts: languages.iter().map(text).collect(),
            ..Self::default()
        }
    }

    fn of(languages: &Languages, sized: &SizedList) -> Self {
        let list = &sized.list;
        let text = |language: Language| {
            let text = list.translations.get(language.tag()).cloned();
            let ListText { name, description } = text.unwrap_or_default();
            (language, name, description)
        };
        Self {
            slug: list.slug.to_string(),
            name: list.name.clone(),
            description: list.description.clone(),
            texts: languages
                .and_tags(list.translations.keys())
                .into_iter()
                .map(text)
                .collect(),
            visibility: list.visibility.to_string(),
            opt_in: list.opt_in.to_string(),
            options: list.options,
        }
    }

    fn read(languages: &Languages, form: &Form) -> Self {
        let field = |name: &str| form.trimmed(name).to_owned();
        let languages = form.languages(languages, "name-");
        let text = |language: Language| {
            let name = field(&format!("name-{language}"));
            (language, name, field(&format!("description-{language}")))
        };
        Self {
            slug: field("slug"),
            name: field("name"),
            description: field("description"),
            texts: languages.into_iter().map(text).collect(),
            visibility: field("visibility"),
            opt_in: field("opt_in"),
            options: ListOptions {
                counts_clicks: form.has("counts_clicks"),
                sends_welcome: form.has("sends_welcome"),
            },
        }
    }

    fn check(&self) -> Result<ListFields, FormErrors> {
        let mut errors = FormErrors::default();
        let name = errors.take("name", Title::parse(&self.name));
        let slug = errors.take("slug", self.slug.parse::<ListSlug>());
        let visibility = errors.take("visibility", self.visibility.parse());
        let opt_in = errors.take("opt_in", self.opt_in.parse());
        let mut translations = BTreeMap::new();
        for (language, name, description) in &self.texts {
            if name.is_empty() && description.is_empty() {
                continue;
            }
            let field = format!("name-{language}");
            if let Some(name) = errors.take(&field, Title::parse(name)) {
                let text = ListText {
                    name: name.into(),
                    description: description.clone(),
                };
                translations.insert(language.tag().to_owned(), text);
            }
        }
        match (name, slug, visibility, opt_in) {
            (Some(name), Some(slug), Some(visibility), Some(opt_in)) if errors.is_empty() => {
                Ok(ListFields {
                    slug,
                    name,
                    description: self.description.clone(),
                    translations,
                    visibility,
                    opt_in,
                    options: self.options,
                })
            }
            _ => Err(errors),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/list_form.html")]
struct FormPage {
    viewer: Viewer,
    /// The name of an existing list.
    known: Option<String>,
    input: FormInput,
    errors: FormErrors,
}

async fn new(State(web): State<Web>, Editor(viewer): Editor) -> Result<Html<String>, HttpError> {
    render_page(&FormPage {
        viewer,
        known: None,
        input: FormInput::blank(&web.languages()),
        errors: FormErrors::default(),
    })
}

async fn edit(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(slug): Path<String>,
) -> Result<Html<String>, HttpError> {
    let sized = find(&web, &slug).await?;
    render_page(&FormPage {
        input: FormInput::of(&web.languages(), &sized),
        known: Some(viewer.list_name(&sized.list).to_owned()),
        viewer,
        errors: FormErrors::default(),
    })
}

fn again(
    viewer: Viewer,
    known: Option<String>,
    input: FormInput,
    errors: FormErrors,
) -> Result<Response, HttpError> {
    let html = render_page(&FormPage {
        viewer,
        known,
        input,
        errors,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let mut input = FormInput::read(&web.languages(), &Form::parse(&body)?);
    if input.slug.is_empty() {
        let made = ListSlug::from_title(&input.name);
        input.slug = made.map(String::from).unwrap_or_default();
    }
    let fields = match input.check() {
        Ok(fields) => fields,
        Err(errors) => return again(viewer, None, input, errors),
    };
    let list = match list_admin::create(&web.cx, &viewer.actor(), &fields).await {
        Ok(list) => list,
        Err(AudienceError::Exists(_)) => {
            let mut errors = FormErrors::default();
            errors.add("slug", viewer.t("admin-list-slug-taken"));
            return again(viewer, None, input, errors);
        }
        Err(error) => return Err(error.into()),
    };
    let title = viewer
        .say("admin-list-created")
        .text("name", viewer.list_name(&list));
    let flash = Flash::good(title).with(viewer.t("admin-list-created-next"));
    Ok(redirect(
        &web,
        &format!("/admin/lists/{}", list.slug),
        &flash,
    ))
}

async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let sized = find(&web, &slug).await?;
    let input = FormInput {
        slug: slug.clone(),
        ..FormInput::read(&web.languages(), &Form::parse(&body)?)
    };
    let fields = match input.check() {
        Ok(fields) => fields,
        Err(errors) => {
            let name = viewer.list_name(&sized.list).to_owned();
            return again(viewer, Some(name), input, errors);
        }
    };
    list_admin::change(&web.cx, &viewer.actor(), sized.list.id, &fields).await?;
    let flash = Flash::good(viewer.t("admin-saved"));
    Ok(redirect(&web, &format!("/admin/lists/{slug}"), &flash))
}

/// The checkbox that deletes the list with its subscriptions.
const WITH_SUBSCRIPTIONS: &str = "with_subscriptions";

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let sized = find(&web, &slug).await?;
    let form = Form::parse(&body)?;
    let on_it = sized.confirmed + sized.pending;
    let name = viewer.list_name(&sized.list);
    let take_off = viewer.say("admin-list-take-off").number("count", on_it);
    let confirmation = Confirmation {
        title: viewer
            .say("admin-delete-question")
            .text("name", name)
            .into(),
        text: viewer.t("admin-list-delete-text"),
        yes: viewer.t("admin-list-delete"),
        no: viewer.t("admin-cancel"),
        back: format!("/admin/lists/{slug}"),
        choice: (on_it > 0).then(|| (WITH_SUBSCRIPTIONS, take_off.to_string())),
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let deleted = list_admin::delete(
        &web.cx,
        &viewer.actor(),
        sized.list.id,
        form.has(WITH_SUBSCRIPTIONS),
    )
    .await;
    let why_not = match deleted {
        Ok(()) => {
            let flash = Flash::good(viewer.say("admin-deleted-name").text("name", name));
            return Ok(redirect(&web, "/admin/lists", &flash));
        }
        Err(AudienceError::ListNotEmpty(on_it)) => {
            let why = viewer.say("admin-list-not-empty").number("count", on_it);
            why.to_string()
        }
        Err(error @ (AudienceError::ListInUse(_) | AudienceError::ListInSeries(_))) => {
            viewer.explain(error)
        }
        Err(error) => return Err(error.into()),
    };
    let flash = Flash::bad(viewer.t("admin-list-not-deleted")).with(why_not);
    Ok(redirect(&web, &format!("/admin/lists/{slug}"), &flash))
}

#[derive(Deserialize)]
struct Shape {
    #[serde(default)]
    format: String,
}

/// Streams the members of a list, in every state.
async fn download(
    State(web): State<Web>,
    Editor(viewer): Editor,
    PathParam(slug): PathParam<ListSlug>,
    Query(shape): Query<Shape>,
) -> Result<Response, HttpError> {
    let (format, ending, kind) = match shape.format.as_str() {
        "jsonl" => (Format::Jsonl, "jsonl", "application/jsonl"),
        _ => (Format::Csv, "csv", "text/csv; charset=utf-8"),
    };
    find(&web, slug.as_str()).await?;
    let pieces = export::stream(&web.cx, &slug, format).await?;
    viewer
        .note(&web, AuditAccess::ListExport, slug.as_str())
        .await?;
    Ok(attachment(kind, &format!("{slug}.{ending}"), pieces))
}
