//! A/B tests of campaigns.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::campaign::ab_test::plan::AbTest;
use crate::campaign::ab_test::setting::{AbTestDraft, VariantDraft};
use crate::campaign::ab_test::verdict::{self, Comparison};
use crate::campaign::ab_test::{deciding, rest, setting};
use crate::campaign::{CampaignError, lifecycle};
use crate::model::CampaignId;
use crate::model::ab_test::{AbOutcome, AbState, AbVariant, Differs, Fallback, Measure};
use crate::store::campaign_contents::CampaignVariant;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::request::{Body, offered};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// What is set of an A/B test, how far it is, and what its numbers say.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AbTestBody {
    differs: Differs,
    /// Percent of the audience that takes part; 100: there is no rest.
    share: i64,
    /// How long it waits for results, once each of its emails was tried.
    minutes: i64,
    measure: Measure,
    /// What happens where no difference is found.
    fallback: Fallback,
    state: AbState,
    /// When it is decided, RFC 3339; `null` until each of its emails was tried.
    decide_at: Option<String>,
    winner: Option<AbVariant>,
    outcome: AbOutcome,
    /// A user, or `system`; empty as long as nobody has.
    decided_by: String,
    decided_at: Option<String>,
    /// Readers whom the test has left out and who wait for the winner; `null` before its start,
    /// while it draws who takes part, and once the winner is on its way to them.
    rest: Option<i64>,
    /// With A, in order.
    variants: Vec<AbVariantBody>,
}

/// A variant and its numbers.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AbVariantBody {
    variant: AbVariant,
    /// What differs from A, by language. The same goes for the next two.
    subjects: BTreeMap<Language, String>,
    preheaders: BTreeMap<Language, String>,
    from_names: BTreeMap<Language, String>,
    /// The subject of the campaign that its text was taken from; `null` for that of A.
    content_of: Option<String>,
    /// How long after A it is sent.
    minutes_later: i64,
    /// Emails that were accepted and did not come back.
    sent: i64,
    /// `null` where clicks are not counted.
    clicks: Option<i64>,
    left: i64,
    complaints: i64,
    replies: i64,
    /// Beside A, by each measure; empty for A.
    compared: Vec<AbComparisonBody>,
    /// Its numbers by list. A reader of several lists counts with the first.
    lists: Vec<AbListBody>,
}

/// The numbers of a variant on one list.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AbListBody {
    name: String,
    sent: i64,
    left: i64,
    complaints: i64,
    replies: i64,
}

/// A variant beside A, by one measure. The difference is taken list by list.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AbComparisonBody {
    measure: Measure,
    /// `better`, `worse`, `no_difference`, `too_few` where a variant has fewer than 30 emails, or
    /// `unknown`.
    verdict: String,
    /// What it has more than A, for each email; `null` where that is not known.
    difference: Option<f64>,
    /// The interval in which the true difference is, at 95 % for all variants together.
    low: Option<f64>,
    high: Option<f64>,
    /// Emails of each variant that would show this difference in four of five tests.
    needed: Option<i64>,
}

impl AbComparisonBody {
    fn of(measure: Measure, found: &Comparison) -> Self {
        let difference = found.difference.as_ref();
        Self {
            measure,
            verdict: found.verdict.as_str().to_owned(),
            difference: difference.map(|one| one.difference),
            low: difference.map(|one| one.low),
            high: difference.map(|one| one.high),
            needed: difference.and_then(|one| one.needed),
        }
    }
}

/// The measures that have numbers.
const MEASURES: [Measure; 4] = [
    Measure::Clicks,
    Measure::Left,
    Measure::Complaints,
    Measure::Replies,
];

async fn body(web: &Web, campaign: &Campaign, test: AbTest) -> Result<AbTestBody, HttpError> {
    let counts = deciding::counts(&web.cx, campaign, &test).await?;
    let rest = rest::of_campaign(&web.cx, campaign).await?;
    let count = test.variant_count();
    let compared: Vec<(Measure, Vec<Comparison>)> = MEASURES
        .into_iter()
        .map(|measure| (measure, verdict::compare(&counts, measure, count)))
        .collect();
    let variants = AbVariant::first(count).map(|variant| {
        let own = test.variants.iter().find(|one| one.variant == variant);
        let texts = |field: fn(&CampaignVariant) -> &String| {
            let texts = own.iter().flat_map(|own| &own.texts);
            let texts = texts.filter(|text| !field(text).is_empty());
            texts
                .map(|text| (text.language, field(text).clone()))
                .collect()
        };
        let numbers = counts.total(variant.index());
        let compared = compared.iter().flat_map(|(measure, all)| {
            let own = all.iter().filter(move |one| one.variant == variant);
            own.map(move |one| AbComparisonBody::of(*measure, one))
        });
        let lists = counts.lists.iter().filter_map(|list| {
            let numbers = list.variants.get(variant.index())?;
            Some(AbListBody {
                name: list.name.clone(),
                sent: numbers.sent,
                left: numbers.left,
                complaints: numbers.complaints,
                replies: numbers.replies,
            })
        });
        AbVariantBody {
            variant,
            subjects: texts(|text| &text.subject),
            preheaders: texts(|text| &text.preheader),
            from_names: texts(|text| &text.from_name),
            content_of: own
                .filter(|own| own.content.is_some())
                .map(|own| own.content_name.clone()),
            minutes_later: own.map_or(0, |own| own.minutes_later),
            sent: numbers.sent,
            clicks: counts.total_clicks(variant.index()),
            left: numbers.left,
            complaints: numbers.complaints,
            replies: numbers.replies,
            compared: compared.collect(),
            lists: lists.collect(),
        }
    });
    let variants = variants.collect();
    let row = test.row;
    Ok(AbTestBody {
        differs: row.fields.differs,
        share: row.fields.share,
        minutes: row.fields.minutes,
        measure: row.fields.measure,
        fallback: row.fields.fallback,
        state: row.state,
        decide_at: row.decide_at.map(|at| at.rfc3339()),
        winner: row.winner,
        outcome: row.outcome,
        decided_by: row.decided_by,
        decided_at: row.decided_at.map(|at| at.rfc3339()),
        rest: rest.map(|rest| rest.count),
        variants,
    })
}

/// The test of a campaign with its numbers, if it has one.
pub(super) async fn of_campaign(
    web: &Web,
    campaign: &Campaign,
) -> Result<Option<AbTestBody>, HttpError> {
    match setting::of_campaign(&web.cx, campaign.id).await? {
        Some(test) => Ok(Some(body(web, campaign, test).await?)),
        None => Ok(None),
    }
}

/// Get the A/B test of a campaign, with its numbers
#[utoipa::path(get, path = "/campaigns/{id}/ab-test", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 200, body = AbTestBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Json<AbTestBody>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let found = of_campaign(&web, &campaign).await?;
    Ok(Json(found.ok_or(HttpError::NotFound)?))
}

/// An A/B test.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewAbTest {
    differs: Differs,
    /// Percent of the audience that takes part; 100: there is no rest. Default: 20.
    #[schema(minimum = 1, maximum = 100)]
    share: Option<i64>,
    /// How long it waits for results, once each of its emails was tried: up to 30 days. Default:
    /// four hours.
    #[schema(minimum = 1, maximum = 43200)]
    minutes: Option<i64>,
    /// `clicks` only where each list of the campaign counts them.
    measure: Measure,
    /// What happens where no difference is found. Default: `send_a`.
    fallback: Option<Fallback>,
    /// One to three beside A, which is the campaign as it stands: B, C and D.
    variants: Vec<NewAbVariant>,
}

/// A variant beside A. Only that in which the variants differ counts.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewAbVariant {
    /// By language. A language that is left out reads that of A.
    #[serde(default)]
    subjects: BTreeMap<Language, String>,
    #[serde(default)]
    preheaders: BTreeMap<Language, String>,
    #[serde(default)]
    from_names: BTreeMap<Language, String>,
    /// The campaign whose text it mails, as it is now. Left out: the text that it has already.
    campaign: Option<CampaignId>,
    /// How long after A it is sent: up to a week.
    #[serde(default)]
    minutes_later: i64,
}

/// Which of the texts that inboxes show.
type Field = fn(&mut CampaignVariant) -> &mut String;

fn draft(web: &Web, new: NewAbTest) -> Result<AbTestDraft, HttpError> {
    let mut variants = Vec::new();
    for one in new.variants {
        let mut texts: BTreeMap<Language, CampaignVariant> = BTreeMap::new();
        let fields: [(_, Field); 3] = [
            (one.subjects, |text| &mut text.subject),
            (one.preheaders, |text| &mut text.preheader),
            (one.from_names, |text| &mut text.from_name),
        ];
        for (given, field) in fields {
            for (language, words) in given {
                let language = offered(web, "variants", language)?;
                let text = texts.entry(language).or_insert_with(|| CampaignVariant {
                    language,
                    ..CampaignVariant::default()
                });
                *field(text) = words;
            }
        }
        variants.push(VariantDraft {
            texts: texts.into_values().collect(),
            campaign: one.campaign,
            minutes_later: one.minutes_later,
        });
    }
    Ok(AbTestDraft {
        differs: new.differs,
        share: new.share.unwrap_or(20),
        minutes: new.minutes.unwrap_or(240),
        measure: new.measure,
        fallback: new.fallback.unwrap_or(Fallback::SendA),
        variants,
    })
}

/// Set the A/B test of a campaign that has not started
#[utoipa::path(put, path = "/campaigns/{id}/ab-test", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = NewAbTest,
    responses((status = 200, body = AbTestBody), (status = 404),
              (status = 409, description = "It has started"), (status = 422)))]
pub async fn set(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Body(new): Body<NewAbTest>,
) -> Result<Json<AbTestBody>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let draft = draft(&web, new)?;
    let test = setting::set(&web.cx, &caller.actor(), id, &draft).await?;
    Ok(Json(body(&web, &campaign, test).await?))
}

/// Take the A/B test off a campaign that has not started
#[utoipa::path(delete, path = "/campaigns/{id}/ab-test", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 204), (status = 404), (status = 409, description = "It has started")))]
pub async fn remove(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<StatusCode, HttpError> {
    match setting::remove(&web.cx, &caller.actor(), id).await {
        Err(CampaignError::NoAbTest) => Err(HttpError::NotFound),
        removed => {
            removed?;
            Ok(StatusCode::NO_CONTENT)
        }
    }
}

/// A decision.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewAbDecision {
    /// What the rest gets.
    winner: AbVariant,
}

/// Decide a running A/B test
///
/// Also before its time is over: the rest gets the winner then.
#[utoipa::path(post, path = "/campaigns/{id}/ab-test/decide", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = NewAbDecision,
    responses((status = 200, body = AbTestBody), (status = 404),
              (status = 409, description = "It does not run"), (status = 422)))]
pub async fn decide(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Body(decision): Body<NewAbDecision>,
) -> Result<Json<AbTestBody>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let test = deciding::decide(&web.cx, &caller.actor(), id, decision.winner).await?;
    Ok(Json(body(&web, &campaign, test).await?))
}
