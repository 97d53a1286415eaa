//! The report of a campaign, its deliveries, and why one person got it or did not.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use crate::address::EmailAddress;
use crate::campaign::recipient::facts::Weight;
use crate::campaign::recipient::{self, Explanation, Person};
use crate::campaign::{engagement, lifecycle, report as reports};
use crate::model::delivery::DeliveryState;
use crate::model::recipient::{RecipientOutcome, RecipientVerdict};
use crate::model::{CampaignId, SubscriberId};
use crate::store::campaign_progress::DeliveryRow;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::web::api::ab_tests::{self, AbTestBody};
use crate::web::api::bearer::{Caller, Exporter};
use crate::web::api::campaign_body::{CampaignBody, body};
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::Params;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::recipient_words::RecipientWords;
use crate::web::state::Web;

/// A campaign with its number of recipients.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReportBody {
    #[serde(flatten)]
    campaign: CampaignBody,
    total: i64,
    /// What is seen of those who agreed to it; `null` where nothing is.
    engagement: Option<EngagementBody>,
    /// What its A/B test says; `null` without one.
    ab_test: Option<AbTestBody>,
}

/// What is seen of a campaign's recipients who agreed to it before they got it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EngagementBody {
    agreed: i64,
    /// Those of them who opened it, or whose mail program did by itself.
    opened: i64,
    /// Those of them who followed a link.
    clicked: i64,
}

/// Report
#[utoipa::path(get, path = "/campaigns/{id}/report", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = ReportBody), (status = 404)))]
pub async fn report(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Json<ReportBody>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let ab_test = ab_tests::of_campaign(&web, &campaign).await?;
    let campaign = body(&web, campaign).await?;
    let seen = engagement::of_campaign(&web.cx, id).await?;
    Ok(Json(ReportBody {
        engagement: seen.map(|seen| EngagementBody {
            agreed: seen.agreed,
            opened: seen.opened,
            clicked: seen.clicked,
        }),
        total: campaign.counts.total(),
        ab_test,
        campaign,
    }))
}

/// One recipient of a campaign.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DeliveryBody {
    id: i64,
    /// `null` once the subscriber was erased.
    email: Option<String>,
    state: DeliveryState,
    attempts: i64,
    /// The SMTP reply.
    reply: String,
    changed_at: String,
}

impl From<DeliveryRow> for DeliveryBody {
    fn from(row: DeliveryRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            state: row.state,
            attempts: row.attempts,
            reply: row.reply,
            changed_at: row.changed_at.rfc3339(),
        }
    }
}

/// Which deliveries.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    state: Option<DeliveryState>,
}

/// List deliveries
#[utoipa::path(get, path = "/campaigns/{id}/deliveries", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path), Paging, Filter),
    responses((status = 200, body = Page<DeliveryBody>), (status = 404)))]
pub async fn deliveries(
    exporter: Exporter,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Params(paging): Params<Paging>,
    Params(filter): Params<Filter>,
) -> Result<Json<Page<DeliveryBody>>, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    let what = format!("deliveries of campaign {id}");
    exporter.note(&web, &what).await?;
    let after = paging.after()?.unwrap_or(0);
    let rows = reports::deliveries(&web.cx, id, filter.state, after, paging.limit()).await?;
    Ok(Json(
        Page::new(rows, &paging, |row| row.place).map(DeliveryBody::from),
    ))
}

/// Why a person got a campaign, or did not.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RecipientBody {
    campaign_id: CampaignId,
    /// `null` for an address that is no subscriber's.
    subscriber_id: Option<SubscriberId>,
    email: String,
    verdict: RecipientVerdict,
    outcome: RecipientOutcome,
    /// The answer in one English sentence.
    sentence: String,
    /// What it rests on, in the order in which sending decides.
    facts: Vec<RecipientFact>,
}

/// One thing that is known of a person and a campaign.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RecipientFact {
    /// What it is about, such as `list`, `suppression` or `delivery`.
    kind: String,
    weight: Weight,
    /// RFC 3339; `null` where it has no time.
    at: Option<String>,
    /// In English.
    text: String,
}

impl RecipientBody {
    fn new(web: &Web, email: String, found: &Explanation) -> Self {
        let words = RecipientWords {
            phrases: &Phrases::shipped(Language::EN),
            calendar: &web.calendar(Language::EN),
        };
        let facts = found.facts.iter().map(|fact| RecipientFact {
            kind: fact.kind().to_owned(),
            weight: fact.weight(),
            at: fact.at().map(|at| at.rfc3339()),
            text: words.fact(fact),
        });
        Self {
            campaign_id: found.campaign.id,
            subscriber_id: found.subscriber.as_ref().map(|one| one.id),
            email,
            verdict: found.conclusion.verdict,
            outcome: found.conclusion.reason.outcome(),
            sentence: words.sentence(&found.conclusion),
            facts: facts.collect(),
        }
    }
}

/// Explain why a person got a campaign, or did not
///
/// Before the campaign has started: whether they would get it.
#[utoipa::path(get, path = "/campaigns/{id}/recipients/{subscriber}", tag = "campaigns",
    security(("bearer" = [])),
    params(("id" = i64, Path), ("subscriber" = String, Path,
        description = "A subscriber's id, or an email address, whether or not it is a subscriber's.")),
    responses((status = 200, body = RecipientBody), (status = 404)))]
pub async fn recipient(
    _caller: Caller,
    State(web): State<Web>,
    PathParam((id, person)): PathParam<(CampaignId, String)>,
) -> Result<Json<RecipientBody>, HttpError> {
    let person = match person.parse() {
        Ok(id) => Person::Subscriber(id),
        Err(_) => {
            let email = EmailAddress::parse(&person).map_err(|_| HttpError::NotFound)?;
            Person::Address(email)
        }
    };
    let found = recipient::explain(&web.cx, id, &person, Language::EN).await?;
    let found = found.ok_or(HttpError::NotFound)?;
    let email = match (&found.subscriber, &person) {
        (Some(subscriber), _) => subscriber.email.to_string(),
        (None, Person::Address(email)) => email.to_string(),
        (None, Person::Subscriber(_)) => return Err(HttpError::NotFound),
    };
    Ok(Json(RecipientBody::new(&web, email, &found)))
}
