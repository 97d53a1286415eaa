//! Adding a subscriber.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::address::EmailAddress;
use crate::audience::subscribers::{self, SubscriberFields};
use crate::audience::{AudienceError, list_admin};
use crate::model::list::ListSlug;
use crate::model::subscription::{ConsentMethod, SubscriptionState};
use crate::store::lists::List;
use crate::text::line::PersonName;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::subscriber_filter::SubscriberFilter;
use crate::web::admin::subscribers::origin::origin;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

#[derive(Default)]
struct FormInput {
    email: String,
    name: String,
    language: String,
    lists: Vec<String>,
    asks: bool,
    reason: String,
}

impl FormInput {
    fn has(&self, list: &List) -> bool {
        self.lists.iter().any(|slug| slug == list.slug.as_str())
    }
}

#[derive(Template)]
#[template(path = "admin/subscriber_new.html")]
struct NewPage {
    viewer: Viewer,
    lists: Vec<List>,
    input: FormInput,
    errors: FormErrors,
}

pub async fn new(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Query(filter): Query<SubscriberFilter>,
) -> Result<Html<String>, HttpError> {
    render_page(&NewPage {
        viewer,
        lists: list_admin::all(&web.cx).await?,
        input: FormInput {
            language: web.cx.config().language.to_string(),
            lists: vec![filter.list],
            ..FormInput::default()
        },
        errors: FormErrors::default(),
    })
}

pub async fn add(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let input = FormInput {
        email: form.trimmed("email").to_owned(),
        name: form.trimmed("name").to_owned(),
        language: form.text("language").to_owned(),
        lists: form.all("lists").map(str::to_owned).collect(),
        asks: form.text("status") == "pending",
        reason: form.trimmed("reason").to_owned(),
    };
    let mut errors = FormErrors::default();
    let email = errors.take("email", EmailAddress::parse(&input.email));
    let name = errors.take("name", PersonName::parse(&input.name));
    let language = errors.take("language", web.languages().find(&input.language));
    let slugs = input.lists.iter().map(|slug| slug.parse());
    let lists = errors.take("lists", slugs.collect::<Result<Vec<ListSlug>, _>>());
    let (Some(email), Some(name), Some(language), Some(lists)) = (email, name, language, lists)
    else {
        let lists = list_admin::all(&web.cx).await?;
        let html = render_page(&NewPage {
            viewer,
            lists,
            input,
            errors,
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let fields = SubscriberFields {
        email,
        name: (!input.name.is_empty()).then_some(name),
        language: Some(language),
        attributes: None,
        tags: None,
        frequency: None,
        lists,
        state: if input.asks {
            SubscriptionState::Pending
        } else {
            SubscriptionState::Confirmed
        },
        method: ConsentMethod::Admin,
        resubscribes: !input.reason.is_empty(),
    };
    let origin = origin(&visitor, &input.reason);
    let saved = match subscribers::save(&web.cx, &viewer.actor(), &fields, &origin).await {
        Ok(saved) => saved,
        Err(error @ AudienceError::Erased) => {
            errors.add("reason", error);
            let html = render_page(&NewPage {
                viewer,
                lists: list_admin::all(&web.cx).await?,
                input,
                errors,
            })?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let (is_new, kept) = (saved.is_new, saved.kept);
    let saved = saved.subscriber;
    let flash = if let Some((list, _)) = kept.first() {
        let title = viewer.say("admin-subscriber-stays-off");
        Flash::warn(title.text("email", saved.email.shown()).text("list", list))
            .with(viewer.t("admin-subscriber-stays-off-why"))
    } else if is_new {
        Flash::good(
            viewer
                .say("admin-subscriber-added")
                .text("email", saved.email.shown()),
        )
    } else {
        Flash::warn(
            viewer
                .say("admin-subscriber-existed")
                .text("email", saved.email.shown()),
        )
        .with(viewer.t("admin-subscriber-updated"))
    };
    Ok(redirect(
        &web,
        &format!("/admin/subscribers/{}", saved.id),
        &flash,
    ))
}
