//! Templates of transactional email: the list, one template, its preview and test.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::model::EmailTemplateId;
use crate::model::list::Slug;
use crate::text::locale::Language;
use crate::transactional::email_templates::{
    self, EmailTemplate, EmailTemplateError, TemplateText,
};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::email_preview::{
    Part, READER, TestOrder, preview_reader, preview_response, test_order, test_refusal,
};
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/email-templates", get(index).post(create))
        .route("/email-templates/new", get(new))
        .route("/email-templates/preview", post(preview))
        .route("/email-templates/{id}", get(edit).post(change))
        .route("/email-templates/{id}/delete", post(delete))
}

const HOME: &str = "/admin/email-templates";
const PREVIEW: &str = "/admin/email-templates/preview";

fn path(id: EmailTemplateId) -> String {
    format!("{HOME}/{id}")
}

/// Sends a test as the form asks for it, and names its addresses; the inner error says why it is not
/// sent.
async fn tested(
    web: &Web,
    viewer: &Viewer,
    form: &Form,
    what: (&str, &TemplateText),
) -> Result<Result<String, String>, HttpError> {
    let TestOrder { to, reader } = match test_order(web, viewer, form).await? {
        Ok(order) => order,
        Err(why) => return Ok(Err(why)),
    };
    let by = viewer.actor();
    match email_templates::send_test(&web.cx, &by, what, &to, reader.as_ref()).await {
        Ok(()) => Ok(Ok(to.listed())),
        Err(EmailTemplateError::Test(error)) => Ok(Err(test_refusal(viewer, error)?)),
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "admin/email_templates.html")]
struct IndexPage {
    viewer: Viewer,
    templates: Vec<EmailTemplate>,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        templates: email_templates::all(&web.cx).await?,
        viewer,
    })
}

#[derive(Template)]
#[template(path = "admin/email_template.html")]
struct TemplatePage {
    viewer: Viewer,
    /// `None` for one that is not saved yet.
    stored: Option<EmailTemplate>,
    name: String,
    text: TemplateText,
    languages: Vec<Language>,
    errors: FormErrors,
}

impl TemplatePage {
    fn path(&self) -> String {
        let stored = self.stored.as_ref();
        stored.map_or_else(|| HOME.to_owned(), |stored| path(stored.id))
    }

    fn preview_path(&self) -> &'static str {
        PREVIEW
    }
}

fn languages(web: &Web, own: Language) -> Vec<Language> {
    web.languages().and(std::iter::once(own))
}

async fn new(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let language = web.cx.config().language;
    render_page(&TemplatePage {
        stored: None,
        name: String::new(),
        text: TemplateText {
            language,
            subject: viewer.t("admin-email-template-example-subject"),
            preheader: String::new(),
            body: viewer.t("admin-email-template-example-body"),
            sample: "{\n  \"number\": \"A-17\"\n}".to_owned(),
        },
        languages: languages(&web, language),
        errors: FormErrors::default(),
        viewer,
    })
}

async fn find(web: &Web, id: EmailTemplateId) -> Result<EmailTemplate, HttpError> {
    let found = email_templates::by_id(&web.cx, id).await?;
    found.ok_or(HttpError::NotFound)
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    PathParam(id): PathParam<EmailTemplateId>,
) -> Result<Html<String>, HttpError> {
    let stored = find(&web, id).await?;
    render_page(&TemplatePage {
        name: stored.name.clone(),
        text: TemplateText {
            language: stored.language,
            subject: stored.subject.clone(),
            preheader: stored.preheader.clone(),
            body: stored.body.clone(),
            sample: stored.sample.clone(),
        },
        languages: languages(&web, stored.language),
        stored: Some(stored),
        errors: FormErrors::default(),
        viewer,
    })
}

fn entered(web: &Web, form: &Form) -> TemplateText {
    let language = form.text("language").parse();
    TemplateText {
        language: language.unwrap_or(web.cx.config().language),
        subject: form.trimmed("subject").to_owned(),
        preheader: form.trimmed("preheader").to_owned(),
        body: form.text("body").to_owned(),
        sample: form.text("sample").to_owned(),
    }
}

async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    let name = errors.take("name", form.trimmed("name").parse::<Slug>());
    if let Some(name) = &name
        && email_templates::by_name(&web.cx, name.as_str())
            .await?
            .is_some()
    {
        errors.add("name", viewer.t("admin-email-template-exists"));
    }
    save(&web, viewer, &form, None, name, errors).await
}

/// A template keeps its name: programs know it by that.
async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    PathParam(id): PathParam<EmailTemplateId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let stored = find(&web, id).await?;
    let name: Slug = stored.name.parse().map_err(|_| HttpError::NotFound)?;
    let errors = FormErrors::default();
    save(&web, viewer, &form, Some(stored), Some(name), errors).await
}

/// Saves a template; with the button for that, a test of it goes to the user.
async fn save(
    web: &Web,
    viewer: Viewer,
    form: &Form,
    stored: Option<EmailTemplate>,
    name: Option<Slug>,
    mut errors: FormErrors,
) -> Result<Response, HttpError> {
    let text = entered(web, form);
    if let Some(name) = name.filter(|_| errors.is_empty()) {
        match email_templates::save(&web.cx, &viewer.actor(), &name, text.clone()).await {
            Ok(id) => {
                let mut flash = Flash::good(viewer.t("admin-saved"));
                if form.text("action") == "test" {
                    let what = (name.as_str(), &text);
                    flash = match tested(web, &viewer, form, what).await? {
                        Ok(to) => {
                            let tested = viewer.say("admin-email-template-tested");
                            flash.with(tested.text("email", to))
                        }
                        Err(why) => Flash::bad(viewer.t("admin-post-not-tested")).with(why),
                    };
                }
                return Ok(redirect(web, &path(id), &flash));
            }
            Err(EmailTemplateError::Field { field, error }) => {
                errors.add(field, viewer.explain(error));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let known = stored.as_ref().map(|stored| stored.name.clone());
    let html = render_page(&TemplatePage {
        name: known.unwrap_or_else(|| form.trimmed("name").to_owned()),
        languages: languages(web, text.language),
        stored,
        text,
        errors,
        viewer,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    PathParam(id): PathParam<EmailTemplateId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let stored = find(&web, id).await?;
    let question = viewer.say("admin-email-template-delete-title");
    let confirmation = Confirmation {
        title: question.text("name", &stored.name).into(),
        text: viewer.t("admin-email-template-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: path(id),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    email_templates::delete(&web.cx, &viewer.actor(), &stored.name).await?;
    let flash = Flash::good(viewer.t("admin-email-template-deleted"));
    Ok(redirect(&web, HOME, &flash))
}

/// The email with the sample, as entered.
async fn preview(
    State(web): State<Web>,
    viewer: Viewer,
    part: Part,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let text = entered(&web, &form);
    let mail = match preview_reader(&web, &viewer, form.trimmed(READER)).await? {
        Ok(reader) => match email_templates::sample(&web.cx, &text, reader.as_ref()).await {
            Err(EmailTemplateError::Store(error)) => return Err(error.into()),
            mail => mail.map_err(|error| error.to_string()),
        },
        Err(why) => Err(why),
    };
    preview_response(&web, &viewer, mail, part).await
}
