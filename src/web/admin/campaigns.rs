//! Campaigns on the desk: their list, the brief of a draft, and its moves.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post as posted};
use serde::Deserialize;

use super::campaign;
use super::flash::Flash;
use super::frame::{Desk, go, show as page};
use super::preview;
use super::question::Question;
use crate::address::EmailAddress;
use crate::audience::manage;
use crate::campaign::lifecycle::{self, Brief, DEFAULT_LAYOUT};
use crate::campaign::{CampaignError, report};
use crate::clock::Timestamp;
use crate::content::post;
use crate::mail::layout::SHIPPED;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::list::{ListSlug, Slug};
use crate::store::posts::Selection;
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};

const PAGE: i64 = 25;
/// Posts that the brief offers; older ones are reached from their own page.
const OFFERED_POSTS: i64 = 100;
/// Addresses that one test goes to.
const TEST_LIMIT: usize = 10;

pub(super) fn router() -> Router<Web> {
    Router::new()
        .route("/campaigns", get(index).post(create))
        .route("/campaigns/new", get(new))
        .route("/campaigns/{id}", get(campaign::show).post(change))
        .route("/campaigns/{id}/edit", get(edit))
        .route("/campaigns/{id}/progress", get(campaign::progress))
        .route("/campaigns/{id}/preview", get(show_preview))
        .route("/campaigns/{id}/text", get(show_text))
        .route("/campaigns/{id}/test", posted(test))
        .route("/campaigns/{id}/schedule", posted(schedule))
        .route("/campaigns/{id}/unschedule", posted(unschedule))
        .route("/campaigns/{id}/start", posted(start))
        .route("/campaigns/{id}/pause", posted(pause))
        .route("/campaigns/{id}/resume", posted(resume))
        .route("/campaigns/{id}/cancel", posted(cancel))
        .route("/campaigns/{id}/resend", posted(resend))
        .route("/campaigns/{id}/duplicate", posted(duplicate))
}

struct Row {
    id: CampaignId,
    subject: String,
    state: CampaignState,
    lists: String,
    sent: i64,
    total: i64,
    date: String,
}

#[derive(Template)]
#[template(path = "admin/campaigns.html")]
struct CampaignsPage {
    desk: Desk,
    campaigns: Vec<Row>,
    older: Option<CampaignId>,
}

#[derive(Deserialize)]
struct Paging {
    before: Option<CampaignId>,
}

async fn index(
    State(web): State<Web>,
    desk: Desk,
    Query(paging): Query<Paging>,
) -> Result<Html<String>, Failure> {
    let found = report::page(&web.cx, paging.before, PAGE).await?;
    let older = found
        .last()
        .filter(|_| found.len() as i64 == PAGE)
        .map(|last| last.id);
    let mut campaigns = Vec::with_capacity(found.len());
    for campaign in found {
        let counts = report::counts(&web.cx, campaign.id).await?;
        let at = campaign
            .started_at
            .or(campaign.scheduled_at)
            .unwrap_or(campaign.created_at.millis());
        campaigns.push(Row {
            id: campaign.id,
            lists: slugs(&report::lists(&web.cx, campaign.id).await?),
            sent: counts.sent,
            total: counts.total(),
            date: desk.calendar.date_time(Timestamp::from_millis(at)),
            subject: campaign.subject,
            state: campaign.state,
        });
    }
    page(&CampaignsPage {
        desk,
        campaigns,
        older,
    })
}

pub(super) fn slugs(lists: &[ListSlug]) -> String {
    lists
        .iter()
        .map(ListSlug::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "admin/campaign_edit.html")]
struct BriefPage {
    desk: Desk,
    id: Option<CampaignId>,
    subject: String,
    from: String,
    from_hint: String,
    is_public: bool,
    posts: Vec<Choice>,
    lists: Vec<Choice>,
    layouts: Vec<Choice>,
    error: String,
}

/// The brief as a form holds it.
#[derive(Default)]
struct Fields {
    subject: String,
    post: String,
    lists: Vec<String>,
    from: String,
    layout: String,
    is_public: bool,
}

impl Fields {
    fn of_form(form: &Form) -> Self {
        let text = |name| form.text(name).to_owned();
        Self {
            subject: text("subject"),
            post: text("post"),
            lists: form.all("lists").map(str::to_owned).collect(),
            from: text("from"),
            layout: text("layout"),
            is_public: form.has("is_public"),
        }
    }

    fn brief(&self) -> Result<Brief, CampaignError> {
        let post = self.post.parse::<Slug>();
        Ok(Brief {
            subject: self.subject.clone(),
            post: post.map_err(|_| CampaignError::UnknownPost(self.post.clone()))?,
            lists: self.lists.iter().flat_map(|slug| slug.parse()).collect(),
            from: Some(self.from.trim().to_owned()).filter(|from| !from.is_empty()),
            layout: self.layout.clone(),
            is_public: self.is_public,
        })
    }
}

#[derive(Deserialize)]
struct Wanted {
    post: Option<String>,
}

async fn new(
    State(web): State<Web>,
    desk: Desk,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    let mut fields = Fields {
        post: wanted.post.unwrap_or_default(),
        layout: DEFAULT_LAYOUT.to_owned(),
        is_public: true,
        ..Fields::default()
    };
    if let Ok(slug) = fields.post.parse()
        && let Some(full) = post::by_slug(&web.cx, &slug).await?
        && let Some(variant) = full.variant(web.cx.config.language)
    {
        fields.subject = variant.title.clone();
    }
    brief_page(&web, desk, None, fields, "").await
}

async fn edit(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    let brief = lifecycle::brief_of(&web.cx, id).await?;
    let fields = Fields {
        subject: brief.subject,
        post: brief.post.to_string(),
        lists: brief.lists.iter().map(ListSlug::to_string).collect(),
        from: brief.from.unwrap_or_default(),
        layout: brief.layout,
        is_public: brief.is_public,
    };
    brief_page(&web, desk, Some(id), fields, "").await
}

async fn brief_page(
    web: &Web,
    desk: Desk,
    id: Option<CampaignId>,
    fields: Fields,
    error: &str,
) -> Result<Html<String>, Failure> {
    let selection = Selection {
        language: web.cx.config.language,
        category: None,
        public_at: None,
        offset: 0,
        limit: OFFERED_POSTS,
    };
    let mut posts: Vec<Choice> = post::page(&web.cx, selection)
        .await?
        .into_iter()
        .map(|row| Choice {
            is_chosen: row.post.slug.as_str() == fields.post,
            value: row.post.slug.to_string(),
            label: row.variant.title,
        })
        .collect();
    if !fields.post.is_empty() && !posts.iter().any(|choice| choice.is_chosen) {
        posts.push(Choice {
            value: fields.post.clone(),
            label: fields.post.clone(),
            is_chosen: true,
        });
    }
    let lists = manage::lists(&web.cx).await?;
    page(&BriefPage {
        id,
        posts,
        lists: lists
            .iter()
            .map(|list| Choice {
                value: list.slug.to_string(),
                label: list.name.clone(),
                is_chosen: fields.lists.iter().any(|slug| slug == list.slug.as_str()),
            })
            .collect(),
        layouts: SHIPPED
            .iter()
            .map(|layout| Choice {
                value: layout.name.to_owned(),
                label: layout.name.to_owned(),
                is_chosen: layout.name == fields.layout,
            })
            .collect(),
        subject: fields.subject,
        from: fields.from,
        from_hint: match &web.cx.config.from {
            Some(from) => format!("Empty: {from}"),
            None => "Name <address>".to_owned(),
        },
        is_public: fields.is_public,
        error: error.to_owned(),
        desk,
    })
}

async fn create(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    desk.may_edit()?;
    let fields = Fields::of_form(&Form::parse(&body)?);
    let made = match fields.brief() {
        Ok(brief) => lifecycle::create(&web.cx, &brief).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(campaign) => {
            desk.note(&web, "campaign.create", &campaign.id.to_string())
                .await?;
            back(&web, campaign.id, "The draft is made")
        }
        Err(error) => refused(&web, desk, None, fields, error).await,
    }
}

async fn change(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let fields = Fields::of_form(&Form::parse(&body)?);
    let changed = match fields.brief() {
        Ok(brief) => lifecycle::change(&web.cx, id, &brief).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => {
            desk.note(&web, "campaign.change", &id.to_string()).await?;
            back(&web, id, "Saved")
        }
        Err(error) => refused(&web, desk, Some(id), fields, error).await,
    }
}

/// The form again, with all that was typed and what is wrong with it.
async fn refused(
    web: &Web,
    desk: Desk,
    id: Option<CampaignId>,
    fields: Fields,
    error: CampaignError,
) -> Result<Response, Failure> {
    let words = error.to_string();
    match Failure::from(error) {
        Failure::Unprocessable(_) => {
            let html = brief_page(web, desk, id, fields, &words).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        failure => Err(failure),
    }
}

/// Leads to a campaign's page and says there what was done.
fn back(web: &Web, id: CampaignId, done: &str) -> Result<Response, Failure> {
    Ok(go(
        web,
        &format!("/admin/campaigns/{id}"),
        &Flash::good(done),
    ))
}

#[derive(Deserialize)]
struct PreviewChoice {
    language: Option<Language>,
}

/// The plain text part of the mail.
async fn show_text(
    State(web): State<Web>,
    _desk: Desk,
    Path(id): Path<CampaignId>,
    Query(choice): Query<PreviewChoice>,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let language = choice.language.unwrap_or(web.cx.config.language);
    let filled = lifecycle::preview(&web.cx, &campaign, language).await?;
    Ok(preview::text(filled.text))
}

/// The mail as HTML.
async fn show_preview(
    State(web): State<Web>,
    _desk: Desk,
    headers: HeaderMap,
    Path(id): Path<CampaignId>,
    Query(choice): Query<PreviewChoice>,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let language = choice.language.unwrap_or(web.cx.config.language);
    let filled = lifecycle::preview(&web.cx, &campaign, language).await;
    preview::answer(&headers, filled)
}

async fn test(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let form = Form::parse(&body)?;
    let language = form
        .language(web.cx.config.language)
        .map_err(|error| Failure::Unprocessable(error.to_string()))?;
    let addresses = form
        .text("to")
        .split([',', ';', ' ', '\n'])
        .filter(|one| !one.trim().is_empty())
        .map(|one| {
            EmailAddress::parse(one)
                .map_err(|error| Failure::Unprocessable(format!("{}: {error}", one.trim())))
        })
        .collect::<Result<Vec<_>, _>>()?;
    if addresses.is_empty() || addresses.len() > TEST_LIMIT {
        let reason = format!("give 1 to {TEST_LIMIT} addresses for the test");
        return Err(Failure::Unprocessable(reason));
    }
    for address in &addresses {
        lifecycle::send_test(&web.cx, id, address, language).await?;
    }
    desk.note(&web, "campaign.test", &id.to_string()).await?;
    back(&web, id, "The test is on its way")
}

async fn schedule(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let form = Form::parse(&body)?;
    let at = desk
        .calendar
        .read_field(form.text("at"))
        .ok_or_else(|| Failure::Unprocessable("give a date and a time to start at".into()))?;
    lifecycle::schedule(&web.cx, id, at).await?;
    desk.note(&web, "campaign.schedule", &id.to_string())
        .await?;
    back(&web, id, "It will start by itself at that time")
}

async fn unschedule(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    lifecycle::unschedule(&web.cx, id).await?;
    desk.note(&web, "campaign.unschedule", &id.to_string())
        .await?;
    back(&web, id, "It is a draft again")
}

async fn start(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let audience = report::audience(&web.cx, id).await?;
    let count: i64 = audience.iter().map(|(_, count)| count).sum();
    let question = Question {
        title: format!("Send “{}” now?", campaign.subject),
        text: format!("{count} subscribers get it. Mail that has gone cannot be called back."),
        yes: "Send it",
        no: "Not yet",
        back: format!("/admin/campaigns/{id}"),
    };
    if let Some(asked) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(asked);
    }
    lifecycle::start(&web.cx, id).await?;
    desk.note(&web, "campaign.start", &id.to_string()).await?;
    back(&web, id, "It is on its way")
}

async fn pause(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    lifecycle::pause(&web.cx, id, "").await?;
    desk.note(&web, "campaign.pause", &id.to_string()).await?;
    back(&web, id, "Held; what was on the wire has been finished")
}

async fn resume(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    lifecycle::resume(&web.cx, id).await?;
    desk.note(&web, "campaign.resume", &id.to_string()).await?;
    back(&web, id, "It goes on")
}

async fn cancel(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let open = report::counts(&web.cx, id).await?.open();
    let question = Question {
        title: format!("Cancel “{}”?", campaign.subject),
        text: format!(
            "{open} messages that have not gone never will. This cannot be undone; a copy can be made."
        ),
        yes: "Cancel the campaign",
        no: "Keep it",
        back: format!("/admin/campaigns/{id}"),
    };
    if let Some(asked) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(asked);
    }
    lifecycle::cancel(&web.cx, id).await?;
    desk.note(&web, "campaign.cancel", &id.to_string()).await?;
    back(&web, id, "Cancelled")
}

async fn resend(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let uncertain = report::counts(&web.cx, id).await?.uncertain;
    let question = Question {
        title: format!("Send again to {uncertain} recipients?"),
        text: "Nobody knows whether the relay took their mail. Some may get it twice, with the same Message-ID.".into(),
        yes: "Send again",
        no: "Leave them",
        back: format!("/admin/campaigns/{id}"),
    };
    if let Some(asked) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(asked);
    }
    lifecycle::resend_uncertain(&web.cx, id).await?;
    desk.note(&web, "campaign.resend", &id.to_string()).await?;
    back(&web, id, "What stood uncertain is queued again")
}

async fn duplicate(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let copy = lifecycle::duplicate(&web.cx, id).await?;
    desk.note(&web, "campaign.create", &copy.id.to_string())
        .await?;
    back(&web, copy.id, "This draft is a copy")
}
