//! Campaigns in listmonk's form: read, create, change, delete, and move.

use axum::Json;
use axum::extract::State;
use axum::response::Html;
use serde::Deserialize;
use serde_json::Value;

use crate::audience::list_admin;
use crate::campaign::draft::{self, CampaignDraft, Selection};
use crate::campaign::overview::{self, Overview};
use crate::campaign::{CampaignError, lifecycle, preview as previews};
use crate::clock::Timestamp;
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::CampaignState;
use crate::model::list::ListSlug;
use crate::model::{CampaignId, ListId};
use crate::store::lists::List;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::listmonk::campaign_json::{self, content, word};
use crate::web::listmonk::client::Client;
use crate::web::listmonk::input::{Input, data};
use crate::web::listmonk::query::Query;
use crate::web::listmonk::templates::layout_of;
use crate::web::state::Web;

/// The newest campaigns that are searched and listed.
const LISTED: i64 = 1000;

fn sender(web: &Web) -> String {
    let sender = web.cx.sender();
    sender.map(|sender| sender.to_string()).unwrap_or_default()
}

/// `GET /api/campaigns`, without their texts.
pub async fn index(
    client: Client,
    State(web): State<Web>,
    query: Query,
) -> Result<Json<Value>, HttpError> {
    let page = query.page()?;
    let part = query.text("query").to_lowercase();
    let states: Vec<&str> = query
        .all("status")
        .filter(|text| !text.is_empty())
        .collect();
    let mut all = overview::page(&web.cx, &client.0.1, None, LISTED).await?;
    all.retain(|one| {
        let campaign = &one.campaign;
        campaign.subject.to_lowercase().contains(&part)
            && (states.is_empty() || states.contains(&word(campaign.state)))
            // Campaigns have no tags here.
            && query.all("tag").all(str::is_empty)
    });
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let (lists, sender) = (list_admin::all(&web.cx).await?, sender(&web));
    let shown = page.of(all);
    let shown = shown
        .iter()
        .map(|one| campaign_json::body(one, &lists, None, &sender));
    let answer = page.answer(shown.collect(), total, "", query.text("query"));
    Ok(data(answer))
}

async fn found(web: &Web, id: CampaignId) -> Result<Overview, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await.map_err(missing)?;
    Ok(overview::of(&web.cx, campaign).await?)
}

fn missing(error: CampaignError) -> HttpError {
    match error {
        CampaignError::NotFound => HttpError::BadRequest("Campaign not found".to_owned()),
        error => error.into(),
    }
}

async fn answer(web: &Web, id: CampaignId) -> Result<Json<Value>, HttpError> {
    let overview = found(web, id).await?;
    let lists = list_admin::all(&web.cx).await?;
    // Of a weekly digest, and of one whose post was deleted, there is no text.
    let draft = draft::draft_of(&web.cx, id).await.ok();
    let language = web.cx.config().language;
    let text = draft.as_ref().map(|draft| (&draft.content, language));
    let body = campaign_json::body(&overview, &lists, text, &sender(web));
    Ok(data(body))
}

/// `GET /api/campaigns/{id}`.
pub async fn show(
    _client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Json<Value>, HttpError> {
    answer(&web, id).await
}

/// `GET /api/campaigns/{id}/preview`, as HTML.
pub async fn preview(
    _client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await.map_err(missing)?;
    let language = web.cx.config().language;
    let filled = previews::mail_of_campaign(&web.cx, &campaign, language).await?;
    Ok(Html(filled.html))
}

/// What a client sets of a campaign. The name is not kept: campaigns go by their subject.
#[derive(Deserialize)]
pub struct CampaignInput {
    name: Option<String>,
    subject: Option<String>,
    lists: Option<Vec<ListId>>,
    from_email: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    content_type: Option<String>,
    body: Option<String>,
    altbody: Option<String>,
    send_at: Option<String>,
    template_id: Option<i64>,
    messenger: Option<String>,
    archive: Option<bool>,
    #[serde(default)]
    headers: Option<Vec<Value>>,
    #[serde(default)]
    media: Option<Vec<Value>>,
}

impl CampaignInput {
    /// Refuses what would be promised and not done.
    fn check(&self) -> Result<(), HttpError> {
        let is_given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
        let has = |items: &Option<Vec<Value>>| items.as_ref().is_some_and(|all| !all.is_empty());
        let refused = if is_given(&self.send_at) {
            Some(("send_at", "is set with the status scheduled, at /status"))
        } else if is_given(&self.altbody) {
            Some((
                "altbody",
                "cannot be set; the plain text is made from the body",
            ))
        } else if !matches!(self.kind.as_deref(), None | Some("" | "regular")) {
            Some(("type", "must be regular"))
        } else if !matches!(self.messenger.as_deref(), None | Some("" | "email")) {
            Some(("messenger", "must be email"))
        } else if has(&self.headers) {
            Some(("headers", "cannot be set"))
        } else if has(&self.media) {
            Some(("media", "cannot be attached; link to the files instead"))
        } else {
            None
        };
        match refused {
            Some((field, why)) => Err(HttpError::field(field, &why)),
            None => Ok(()),
        }
    }

    fn given(text: &Option<String>) -> Option<&str> {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    fn subject(&self) -> Option<&str> {
        Self::given(&self.subject).or(Self::given(&self.name))
    }
}

async fn slugs(web: &Web, ids: &[ListId]) -> Result<Vec<ListSlug>, HttpError> {
    let all: Vec<List> = list_admin::all(&web.cx).await?;
    let find = |id: &ListId| {
        let found = all.iter().find(|list| list.id == *id);
        let found = found.map(|list| list.slug.clone());
        found.ok_or_else(|| HttpError::BadRequest(format!("there is no list {id}")))
    };
    ids.iter().map(find).collect()
}

/// `POST /api/campaigns`: a draft.
pub async fn create(
    client: Client,
    State(web): State<Web>,
    Input(new): Input<CampaignInput>,
) -> Result<Json<Value>, HttpError> {
    new.check()?;
    let subject = new.subject().unwrap_or_default().to_owned();
    let kind = new.content_type.as_deref().unwrap_or_default();
    let body = new.body.as_deref().unwrap_or_default();
    let layout = match new.template_id {
        Some(number) if number != 0 => layout_of(&web, number).await?,
        _ => "letter".to_owned(),
    };
    let draft = CampaignDraft {
        content: content(kind, &subject, body, web.cx.config().language)?,
        subject,
        lists: slugs(&web, new.lists.as_deref().unwrap_or_default()).await?,
        selection: Selection::Everybody,
        variants: Vec::new(),
        from: CampaignInput::given(&new.from_email).map(str::to_owned),
        layout,
        is_public: new.archive.unwrap_or(false),
        is_urgent: false,
        embeds_pictures: false,
        calendar: CalendarChoice::None,
        attachments: Vec::new(),
    };
    let campaign = draft::create(&web.cx, &client.0.actor(), &draft).await?;
    answer(&web, campaign.id).await
}

/// `PUT /api/campaigns/{id}`: what is left out stays.
pub async fn change(
    client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Input(mut change): Input<CampaignInput>,
) -> Result<Json<Value>, HttpError> {
    let scheduled_at = found(&web, id).await?.campaign.scheduled_at;
    // Clients send back what they have read.
    let given = change.send_at.as_deref();
    let given = given.and_then(|text| Timestamp::parse_rfc3339(text).ok());
    if given.is_some() && given == scheduled_at {
        change.send_at = None;
    }
    change.check()?;
    let mut draft = draft::draft_of(&web.cx, id).await.map_err(missing)?;
    if let Some(subject) = change.subject() {
        subject.clone_into(&mut draft.subject);
    }
    if let Some(body) = CampaignInput::given(&change.body) {
        let kind = change.content_type.as_deref().unwrap_or_default();
        let language = web.cx.config().language;
        draft.content = content(kind, &draft.subject, body, language)?;
    }
    if let Some(ids) = &change.lists {
        draft.lists = slugs(&web, ids).await?;
    }
    if let Some(from) = CampaignInput::given(&change.from_email) {
        draft.from = Some(from.to_owned()).filter(|from| *from != sender(&web));
    }
    if let Some(number) = change.template_id.filter(|number| *number != 0) {
        draft.layout = layout_of(&web, number).await?;
    }
    draft.is_public = change.archive.unwrap_or(draft.is_public);
    draft::change(&web.cx, &client.0.actor(), id, &draft, None).await?;
    answer(&web, id).await
}

/// `DELETE /api/campaigns/{id}`: only of a draft.
pub async fn delete(
    client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Json<Value>, HttpError> {
    let deleted = draft::delete(&web.cx, &client.0.actor(), id).await;
    deleted.map_err(missing)?;
    Ok(data(true))
}

/// A state to bring a campaign into.
#[derive(Deserialize)]
pub struct Status {
    status: String,
    /// For `scheduled`: RFC 3339.
    send_at: Option<String>,
}

/// `PUT /api/campaigns/{id}/status`.
pub async fn set_status(
    client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Input(wanted): Input<Status>,
) -> Result<Json<Value>, HttpError> {
    let (cx, by) = (&web.cx, client.0.actor());
    let campaign = lifecycle::by_id(cx, id).await.map_err(missing)?;
    let moved = match wanted.status.as_str() {
        "running" if campaign.state == CampaignState::Paused => {
            lifecycle::resume(cx, &by, id).await
        }
        "running" => lifecycle::start(cx, &by, id).await,
        "paused" => lifecycle::pause(cx, &by, id, "").await,
        "cancelled" => lifecycle::cancel(cx, &by, id).await,
        "draft" => lifecycle::unschedule(cx, &by, id).await,
        "scheduled" => {
            let at = wanted.send_at.as_deref().unwrap_or_default();
            let at = Timestamp::parse_rfc3339(at);
            let at = at.map_err(|error| HttpError::field("send_at", &error))?;
            lifecycle::schedule(cx, &by, id, at).await
        }
        _ => {
            let what = "must be running, scheduled, paused, cancelled or draft";
            return Err(HttpError::field("status", &what));
        }
    };
    moved?;
    answer(&web, id).await
}
