//! The profile of a subscriber: show and change it, suppress, export, erase.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;

use crate::address::EmailAddress;
use crate::audience::subscriber_admin::{self, Entry, Profile};
use crate::audience::subscribers;
use crate::audience::suppression::{self, Target};
use crate::audience::{AudienceError, personal_data, preferences};
use crate::model::SubscriberId;
use crate::model::audit::AuditAccess;
use crate::model::list::ListSlug;
use crate::model::subscription::{SubscriptionState, SuppressionReason, SuppressionSource};
use crate::model::tag::Tag;
use crate::text::line::PersonName;
use crate::transactional::address_change::{AskError, ask_for_address};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::subscribers::origin::origin;
use crate::web::admin::subscribers::profile_page::{
    ProfilePage, attribute_rows, find, read_attributes,
};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<SubscriberId>,
) -> Result<Html<String>, HttpError> {
    let profile = find(&web, &viewer, id).await?;
    render_page(&ProfilePage::new(&web, viewer, profile).await?)
}

pub async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, &viewer, id).await?;
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    let name = errors.take("name", PersonName::parse(form.text("name")));
    let own = profile.subscriber.language;
    let language = errors.take("language", form.language(&web.languages(), own));
    let tags = errors.take("tags", Tag::parse_all(form.text("tags")));
    let attributes = Value::Object(read_attributes(&form));
    let (Some(name), Some(language), Some(tags)) = (name, language, tags) else {
        let html = render_page(&ProfilePage {
            typed_name: form.text("name").to_owned(),
            language: form.text("language").to_owned(),
            tags: form.text("tags").to_owned(),
            attributes: attribute_rows(&attributes),
            errors,
            ..ProfilePage::new(&web, viewer, profile).await?
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let id = profile.subscriber.id;
    // A missing field leaves tags unchanged.
    let tags = form.get("tags").is_some().then_some(tags.as_slice());
    let by = viewer.actor();
    subscriber_admin::change_profile(&web.cx, &by, id, &name, language, &attributes, tags).await?;
    Ok(redirect(
        &web,
        &format!("/admin/subscribers/{id}"),
        &Flash::good(viewer.t("admin-saved")),
    ))
}

/// Everything stored about a subscriber, as they can download it themselves.
pub async fn export(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SubscriberId>,
) -> Result<Response, HttpError> {
    let data = personal_data::collect(&web.cx, id).await?;
    let data = data.ok_or(HttpError::NotFound)?;
    viewer
        .note(&web, AuditAccess::SubscriberExport, &id.to_string())
        .await?;
    let name = format!("attachment; filename=\"subscriber-{id}.json\"");
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(data)).into_response())
}

/// Emails a confirmation link to the new address.
pub async fn change_address(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, &viewer, id).await?;
    let form = Form::parse(&body)?;
    let subscriber = &profile.subscriber;
    let mut errors = FormErrors::default();
    let mut email = errors.take("email", EmailAddress::parse(form.trimmed("email")));
    if email.as_ref() == Some(&subscriber.email) {
        errors.add("email", viewer.t("admin-subscriber-same-address"));
        email = None;
    }
    let mut asked = None;
    if let Some(email) = email {
        match ask_for_address(&web.cx, &viewer.actor(), subscriber, email).await {
            Ok(change) => asked = Some(change),
            Err(AskError::Audience(
                error @ (AudienceError::AddressTaken | AudienceError::AddressSuppressed(_)),
            )) => errors.add("email", error.to_string()),
            Err(error) => return Err(error.into()),
        }
    }
    let Some(asked) = asked else {
        let html = render_page(&ProfilePage {
            typed_address: form.trimmed("email").to_owned(),
            errors,
            ..ProfilePage::new(&web, viewer, profile).await?
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let title = viewer
        .say("admin-subscriber-asked-address")
        .text("email", asked.email.shown());
    let flash = Flash::good(title).with(viewer.t("admin-subscriber-address-later"));
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}

pub async fn set_subscription(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, &viewer, id).await?;
    let form = Form::parse(&body)?;
    let list: ListSlug = form.text("list").parse().map_err(|_| HttpError::NotFound)?;
    let state = form.text("state").parse::<SubscriptionState>();
    let state = state.map_err(|error| HttpError::Unprocessable(error.to_string()))?;
    let origin = origin(&visitor, form.text("reason"));
    let id = profile.subscriber.id;
    let actor = viewer.actor();
    let set = subscribers::set_subscription(&web.cx, &actor, id, &list, state, &origin).await;
    let flash = match set {
        Ok(()) => None,
        Err(error @ AudienceError::StaysAway(_)) => Some(Flash::bad(viewer.explain(error))),
        Err(error) => return Err(error.into()),
    };
    let flash = flash.unwrap_or_else(|| match state {
        SubscriptionState::Pending => Flash::good(viewer.t("admin-subscriber-asked")),
        SubscriptionState::Confirmed => Flash::good(
            viewer
                .say("admin-subscriber-subscribed-to")
                .text("list", &list),
        ),
        SubscriptionState::Unsubscribed => Flash::good(
            viewer
                .say("admin-subscriber-unsubscribed-from")
                .text("list", &list),
        ),
    });
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}

pub async fn suppress(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, &viewer, id).await?;
    let email = &profile.subscriber.email;
    let form = Form::parse(&body)?;
    let confirmation = Confirmation {
        title: viewer
            .say("admin-subscriber-suppress-question")
            .text("email", email.shown())
            .into(),
        text: viewer.t("admin-subscriber-suppress-text"),
        yes: viewer.t("admin-subscriber-suppress"),
        no: viewer.t("admin-cancel"),
        back: format!("/admin/subscribers/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let target = Target::Address(email.clone());
    let (reason, source) = (SuppressionReason::Manual, SuppressionSource::Admin);
    let (by, note) = (viewer.actor(), form.trimmed("note"));
    suppression::suppress(&web.cx, &by, &target, reason, note, source).await?;
    let flash = Flash::good(
        viewer
            .say("admin-subscriber-is-suppressed")
            .text("email", email.shown()),
    );
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}

pub async fn erase(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, &viewer, id).await?;
    let email = &profile.subscriber.email;
    let confirmation = Confirmation {
        title: viewer
            .say("admin-subscriber-erase-question")
            .text("email", email.shown())
            .into(),
        text: erasure(&profile, &viewer),
        yes: viewer.t("admin-subscriber-erase"),
        no: viewer.t("admin-cancel"),
        back: format!("/admin/subscribers/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    preferences::erase(&web.cx, &viewer.actor(), profile.subscriber.id).await?;
    let flash = Flash::good(viewer.t("admin-subscriber-erased"));
    Ok(redirect(&web, "/admin/subscribers", &flash))
}

/// What erasing deletes.
fn erasure(profile: &Profile, viewer: &Viewer) -> String {
    let held = profile
        .memberships
        .iter()
        .filter(|membership| membership.state.is_some());
    let consents = profile.timeline.iter();
    let consents = consents.filter(|entry| matches!(entry, Entry::Consent(_)));
    let deleted = viewer
        .say("admin-subscriber-erase-text")
        .number("subscriptions", held.count())
        .number("consents", consents.count());
    if profile.suppression.is_none() {
        return deleted.to_string();
    }
    let stays = viewer.t("admin-subscriber-erase-suppressed");
    format!("{deleted} {stays}")
}
