//! Subscribers: the search, adding one, the profile of one, and what is done to
//! one or several.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Map, Value};
use strum::VariantArray as _;

use crate::address::EmailAddress;
use crate::audience::list_admin;
use crate::audience::subscriber_admin::{self, BulkAction, Entry, Profile};
use crate::audience::subscribers::{self, SubscriberFields};
use crate::audience::suppression::{self, Target};
use crate::audience::{AudienceError, ConsentSource, address_change, personal_data, preferences};
use crate::clock::Timestamp;
use crate::model::SubscriberId;
use crate::model::audit::AuditAction;
use crate::model::line::PersonName;
use crate::model::list::ListSlug;
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{
    ConsentMethod, SubscriptionState, SuppressionReason, SuppressionSource,
};
use crate::model::tag::Tag;
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::transactional::address_change::ask_for_address;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::subscriber_table::{SubscriberFilter, Table};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::{counted, sentence, spaced};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/subscribers", get(index).post(add))
        .route("/subscribers/new", get(new))
        .route("/subscribers/bulk", post(bulk))
        .route("/subscribers/{id}", get(one).post(change))
        .route("/subscribers/{id}/subscription", post(set_subscription))
        .route("/subscribers/{id}/address", post(change_address))
        .route("/subscribers/{id}/suppress", post(suppress))
        .route("/subscribers/{id}/export", get(export))
        .route("/subscribers/{id}/erase", post(erase))
}

/// How many characters a reason may have.
const REASON_LIMIT: usize = 300;

#[derive(Template)]
#[template(path = "admin/subscribers.html")]
struct IndexPage {
    viewer: Viewer,
    table: Table,
    /// The number of all subscribers; `None` while filters apply.
    total: Option<String>,
}

async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    headers: HeaderMap,
    Query(filter): Query<SubscriberFilter>,
) -> Result<Html<String>, HttpError> {
    // Counting takes longer than searching, and search as you type replaces
    // only the rows.
    let is_partial = headers.contains_key("hx-request");
    let total = match filter.is_all() && filter.list.is_empty() && !is_partial {
        true => {
            let count = subscribers::count(&web.cx).await?;
            Some(counted(count, "subscriber", "subscribers"))
        }
        false => None,
    };
    let table = Table::find(&web, "/admin/subscribers", filter).await?;
    render_page(&IndexPage {
        viewer,
        table,
        total,
    })
}

// Adding ---------------------------------------------------------------------

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

async fn new(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Query(filter): Query<SubscriberFilter>,
) -> Result<Html<String>, HttpError> {
    render_page(&NewPage {
        viewer,
        lists: list_admin::all(&web.cx).await?,
        input: FormInput {
            language: web.cx.config.language.to_string(),
            lists: vec![filter.list],
            ..FormInput::default()
        },
        errors: FormErrors::default(),
    })
}

async fn add(
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
    let language = errors.take("language", input.language.parse::<Language>());
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
        state: match input.asks {
            true => SubscriptionState::Pending,
            false => SubscriptionState::Confirmed,
        },
        method: ConsentMethod::Admin,
    };
    let origin = origin(&visitor, &input.reason);
    let (saved, is_new) = subscribers::save(&web.cx, &viewer.actor(), &fields, &origin).await?;
    let flash = match is_new {
        true => Flash::good(format!("Added {}", saved.email)),
        false => Flash::warn(format!("{} already existed", saved.email))
            .with("Name, language and lists were updated."),
    };
    Ok(redirect(
        &web,
        &format!("/admin/subscribers/{}", saved.id),
        &flash,
    ))
}

/// The source of an admin's change, with their reason.
pub(super) fn origin(visitor: &Visitor, reason: &str) -> ConsentSource {
    ConsentSource {
        reason: reason.trim().chars().take(REASON_LIMIT).collect(),
        ..visitor.consent_source()
    }
}

// The profile ----------------------------------------------------------------

#[derive(Template)]
#[template(path = "admin/subscriber.html")]
pub(super) struct ProfilePage {
    viewer: Viewer,
    profile: Profile,
    typed_name: String,
    typed_address: String,
    language: String,
    /// Comma-separated.
    tags: String,
    attributes: Vec<(String, String)>,
    pub(super) frequency: Frequency,
    /// The day on which a pause ends; may be empty.
    pub(super) paused_until: String,
    pub(super) errors: FormErrors,
}

impl ProfilePage {
    pub(super) fn new(web: &Web, viewer: Viewer, profile: Profile) -> Self {
        let subscriber = &profile.subscriber;
        let until = subscriber.paused_until(web.cx.clock.now());
        Self {
            typed_name: subscriber.name.clone(),
            typed_address: String::new(),
            language: subscriber.language.to_string(),
            tags: profile.tags.join(", "),
            attributes: attribute_rows(&subscriber.attributes),
            frequency: subscriber.frequency,
            paused_until: until.map_or_else(String::new, |at| day(&viewer, at)),
            errors: FormErrors::default(),
            viewer,
            profile,
        }
    }

    fn pause_hint(&self) -> String {
        match self.paused_until.as_str() {
            "" => "Email starts again on this day. Leave empty for no pause.".to_owned(),
            _ => "Email starts again on this day. Clear it to end the pause.".to_owned(),
        }
    }
}

/// A day as a browser's `date` field holds it.
pub(super) fn day(viewer: &Viewer, at: Timestamp) -> String {
    viewer.calendar.local(at).date().to_string()
}

async fn one(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result<Html<String>, HttpError> {
    let profile = find(&web, id).await?;
    render_page(&ProfilePage::new(&web, viewer, profile))
}

pub(super) async fn find(web: &Web, id: i64) -> Result<Profile, HttpError> {
    let profile = subscriber_admin::profile(&web.cx, SubscriberId(id)).await?;
    profile.ok_or(HttpError::NotFound)
}

/// Attributes as form rows. Texts are shown as they are, unless they would be
/// read back as another JSON type.
fn attribute_rows(attributes: &Value) -> Vec<(String, String)> {
    let Some(attributes) = attributes.as_object() else {
        return Vec::new();
    };
    let shown = |value: &Value| match value {
        Value::String(text) if serde_json::from_str::<Value>(text).is_err() => text.clone(),
        other => other.to_string(),
    };
    attributes
        .iter()
        .map(|(key, value)| (key.clone(), shown(value)))
        .collect()
}

/// Form rows as attributes: JSON if it parses, otherwise text. Rows without a
/// name are skipped.
fn read_attributes(form: &Form) -> Map<String, Value> {
    form.all("key")
        .zip(form.all("value"))
        .map(|(key, value)| (key.trim(), value.trim()))
        .filter(|(key, _)| !key.is_empty())
        .map(|(key, value)| {
            let read = serde_json::from_str(value);
            let value = read.unwrap_or_else(|_| Value::String(value.to_owned()));
            (key.to_owned(), value)
        })
        .collect()
}

async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, id).await?;
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    let name = errors.take("name", PersonName::parse(form.text("name")));
    let language = errors.take("language", form.text("language").parse::<Language>());
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
    subscriber_admin::change_profile(
        &web.cx,
        &viewer.actor(),
        id,
        &name,
        language,
        &attributes,
        tags,
    )
    .await?;
    Ok(redirect(
        &web,
        &format!("/admin/subscribers/{id}"),
        &Flash::good("Saved"),
    ))
}

/// Everything stored about a subscriber, as they can download it themselves.
async fn export(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
) -> Result<Response, HttpError> {
    let data = personal_data::collect(&web.cx, SubscriberId(id)).await?;
    let data = data.ok_or(HttpError::NotFound)?;
    viewer
        .note(&web, AuditAction::SubscriberExport, &id.to_string())
        .await?;
    let name = format!("attachment; filename=\"subscriber-{id}.json\"");
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(data)).into_response())
}

/// Emails a confirmation link to the new address.
async fn change_address(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
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
        match address_change::ask(&web.cx, subscriber.id, email).await {
            Ok(change) => asked = Some(change),
            Err(error @ (AudienceError::AddressTaken | AudienceError::AddressSuppressed(_))) => {
                errors.add("email", error.to_string())
            }
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
    ask_for_address(&web.cx, &asked, subscriber.language).await?;
    let subject = format!("{id} to {}", asked.email);
    viewer
        .note(&web, AuditAction::SubscriberAskAddress, &subject)
        .await?;
    let flash = Flash::good(format!("A mail is on its way to {}", asked.email))
        .with("The address changes once its reader confirms it.");
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}

async fn set_subscription(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, id).await?;
    let form = Form::parse(&body)?;
    let list: ListSlug = form.text("list").parse().map_err(|_| HttpError::NotFound)?;
    let state = form.text("state").parse::<SubscriptionState>();
    let state = state.map_err(|error| HttpError::Unprocessable(error.to_string()))?;
    let origin = origin(&visitor, form.text("reason"));
    let id = profile.subscriber.id;
    subscribers::set_subscription(&web.cx, &viewer.actor(), id, &list, state, &origin).await?;
    let flash = match state {
        SubscriptionState::Pending => Flash::good("Confirmation email sent"),
        SubscriptionState::Confirmed => Flash::good(format!("Subscribed to {list}")),
        SubscriptionState::Unsubscribed => Flash::good(format!("Unsubscribed from {list}")),
    };
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}

async fn suppress(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, id).await?;
    let email = &profile.subscriber.email;
    let form = Form::parse(&body)?;
    let question = Confirmation {
        title: format!("Suppress {email}?"),
        text: "This address gets no campaigns and no confirmations, on any list, until the suppression is lifted.".to_owned(),
        yes: "Suppress",
        no: "Cancel",
        back: format!("/admin/subscribers/{id}"),
        choice: None,
    };
    if let Some(page) = question.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let target = Target::Address(email.clone());
    let (reason, source) = (SuppressionReason::Manual, SuppressionSource::Admin);
    suppression::suppress(
        &web.cx,
        &viewer.actor(),
        &target,
        reason,
        form.trimmed("note"),
        source,
    )
    .await?;
    let flash = Flash::good(format!("{email} is suppressed"));
    Ok(redirect(&web, &format!("/admin/subscribers/{id}"), &flash))
}

async fn erase(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let profile = find(&web, id).await?;
    let email = &profile.subscriber.email;
    let question = Confirmation {
        title: format!("Erase {email}?"),
        text: erasure(&profile),
        yes: "Erase",
        no: "Keep",
        back: format!("/admin/subscribers/{id}"),
        choice: None,
    };
    if let Some(page) = question.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    preferences::erase(&web.cx, &viewer.actor(), profile.subscriber.id).await?;
    // The id, not the address: the audit log outlives the erased subscriber.
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

// Several at once ------------------------------------------------------------

async fn bulk(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let back = match form.text("list").parse::<ListSlug>() {
        Ok(slug) if form.has("on_list") => format!("/admin/lists/{slug}"),
        _ => "/admin/subscribers".to_owned(),
    };
    let ids: Vec<SubscriberId> = form.all("id").filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        let flash = Flash::bad("Select at least one subscriber")
            .with("Select rows, then choose what to do.");
        return Ok(redirect(&web, &back, &flash));
    }
    let list = || form.text("target").parse::<ListSlug>();
    let tag = || Tag::parse(form.text("tag"));
    let what = match form.text("action") {
        "add" => list().ok().map(BulkAction::Add),
        "remove" => list().ok().map(BulkAction::Remove),
        "tag" => tag().ok().map(BulkAction::Tag),
        "untag" => tag().ok().map(BulkAction::Untag),
        "suppress" => Some(BulkAction::Suppress),
        "erase" => Some(BulkAction::Erase),
        _ => None,
    };
    let what = match what {
        Some(what) => what,
        None => {
            let flash = Flash::bad("Choose what to do, and with which list or tag");
            return Ok(redirect(&web, &back, &flash));
        }
    };
    let question = question(&web, &what, &ids, back.clone()).await?;
    if let Some(page) = question.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let origin = origin(&visitor, form.text("reason"));
    let done = subscriber_admin::bulk_apply(&web.cx, &viewer.actor(), &ids, &what, &origin).await?;
    let who = counted(done as i64, "subscriber", "subscribers");
    let flash = match &what {
        BulkAction::Add(list) => Flash::good(format!("{who} added to {list}")),
        BulkAction::Remove(list) => Flash::good(format!("{who} removed from {list}")),
        BulkAction::Tag(tag) => Flash::good(format!("{who} tagged {tag}")),
        BulkAction::Untag(tag) => Flash::good(format!("Tag {tag} removed from {who}")),
        BulkAction::Suppress => Flash::good(format!("{who} suppressed")),
        BulkAction::Erase => Flash::good(format!("{who} erased")),
    };
    Ok(redirect(&web, &back, &flash))
}

/// Addresses that the confirmation names.
const NAMED: usize = 5;

async fn question(
    web: &Web,
    what: &BulkAction,
    ids: &[SubscriberId],
    back: String,
) -> Result<Confirmation, HttpError> {
    let mut names = Vec::new();
    for id in ids.iter().take(NAMED) {
        if let Some((subscriber, _)) = subscribers::find(&web.cx, *id).await? {
            names.push(subscriber.email.to_string());
        }
    }
    let mut who = names.join(", ");
    if ids.len() > NAMED {
        let more = counted((ids.len() - NAMED) as i64, "other", "others");
        who = format!("{who} and {more}");
    }
    let count = counted(ids.len() as i64, "subscriber", "subscribers");
    let (title, effect, yes) = match what {
        BulkAction::Add(list) => (
            format!("Add {count} to {list}?"),
            "You confirm that you have their consent. People who had unsubscribed are subscribed again.",
            "Add to list",
        ),
        BulkAction::Remove(list) => (
            format!("Remove {count} from {list}?"),
            "They get no more email from this list unless they join again.",
            "Remove from list",
        ),
        BulkAction::Tag(tag) => (
            format!("Tag {count} with {tag}?"),
            "Segments and filters find them by it.",
            "Add tag",
        ),
        BulkAction::Untag(tag) => (
            format!("Remove the tag {tag} from {count}?"),
            "Segments and filters find them by it no more.",
            "Remove tag",
        ),
        BulkAction::Suppress => (
            format!("Suppress {count}?"),
            "Their addresses get no email until the suppressions are lifted.",
            "Suppress",
        ),
        BulkAction::Erase => (
            format!("Erase {count}?"),
            "Addresses, names, attributes, subscriptions and consent records are deleted permanently. The numbers in reports stay, without names.",
            "Erase",
        ),
    };
    Ok(Confirmation {
        title,
        text: format!("{who}. {effect}"),
        yes,
        no: "Cancel",
        back,
        choice: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_survive_their_form() {
        let attributes = serde_json::json!({
            "city": "Astana", "age": 42, "vip": true, "code": "0042", "number as text": "42",
            "tags": ["a", "b"], "none": null, "empty": "",
        });
        let rows = attribute_rows(&attributes);
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        for (key, value) in &rows {
            body.append_pair("key", key).append_pair("value", value);
        }
        body.append_pair("key", "  ")
            .append_pair("value", "dropped");
        let form = Form::parse(body.finish().as_bytes()).unwrap();
        assert_eq!(Value::Object(read_attributes(&form)), attributes);
    }
}
