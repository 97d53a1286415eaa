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
use crate::web::admin::wording::{counted, sentence};
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
    let profile = find(&web, id).await?;
    render_page(&ProfilePage::new(&web, viewer, profile))
}

pub async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, id).await?;
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
            ..ProfilePage::new(&web, viewer, profile)
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
        &Flash::good("Saved"),
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
    let profile = find(&web, id).await?;
    let form = Form::parse(&body)?;
    let subscriber = &profile.subscriber;
    let mut errors = FormErrors::default();
    let mut email = errors.take("email", EmailAddress::parse(form.trimmed("email")));
    if email.as_ref() == Some(&subscriber.email) {
        errors.add("email", "this is the address already");
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
            ..ProfilePage::new(&web, viewer, profile)
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let flash = Flash::good(format!("Confirmation email sent to {}", asked.email))
        .with("The address changes once it is confirmed.");
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}

pub async fn set_subscription(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, id).await?;
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
        Err(error @ AudienceError::StaysAway(_)) => Some(Flash::bad(sentence(&error.to_string()))),
        Err(error) => return Err(error.into()),
    };
    let flash = flash.unwrap_or_else(|| match state {
        SubscriptionState::Pending => Flash::good("Confirmation email sent"),
        SubscriptionState::Confirmed => Flash::good(format!("Subscribed to {list}")),
        SubscriptionState::Unsubscribed => Flash::good(format!("Unsubscribed from {list}")),
    });
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}

pub async fn suppress(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, id).await?;
    let email = &profile.subscriber.email;
    let form = Form::parse(&body)?;
    let confirmation = Confirmation {
        title: format!("Suppress {email}?"),
        text: "This address gets no campaigns and no confirmations, on any list, until the suppression is lifted.".to_owned(),
        yes: "Suppress",
        no: "Cancel",
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
    let flash = Flash::good(format!("{email} is suppressed"));
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}

pub async fn erase(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SubscriberId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, id).await?;
    let email = &profile.subscriber.email;
    let confirmation = Confirmation {
        title: format!("Erase {email}?"),
        text: erasure(&profile),
        yes: "Erase",
        no: "Keep",
        back: format!("/admin/subscribers/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    preferences::erase(&web.cx, &viewer.actor(), profile.subscriber.id).await?;
    Ok(redirect(&web, "/admin/subscribers", &Flash::good("Erased")))
}

/// What erasing deletes.
fn erasure(profile: &Profile) -> String {
    let held = profile
        .memberships
        .iter()
        .filter(|membership| membership.state.is_some());
    let consents = profile.timeline.iter();
    let consents = consents.filter(|entry| matches!(entry, Entry::Consent(_)));
    let mut text = format!(
        "The address, name, attributes, {} and {} are deleted permanently. The numbers in reports stay, without names.",
        counted(held.count() as i64, "subscription", "subscriptions"),
        counted(consents.count() as i64, "consent record", "consent records"),
    );
    if profile.suppression.is_some() {
        text.push_str(" The address stays suppressed, so that an import does not add it again.");
    }
    text
}
