//! Access to and erasure of personal data need a new link to the subscriber's mailbox:
//! the links in forwarded emails must not suffice.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::{Result, engagement, tags};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::mail_frequency::Frequency;
use crate::model::transactional::EmailContent;
use crate::store::series_readers::{self, ReaderRow, TakenStep};
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{
    campaign_progress, feedback, former_ids, subscribers, subscriptions, suppressions,
};
use crate::text::locale::Language;

/// How long the mailed link works.
pub const PERSONAL_LINK_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// Mails a subscriber the link to see or erase their data, even if
/// they are suppressed, since they have requested it. Does nothing after
/// an erasure.
pub async fn mail_link(cx: &Context, id: SubscriberId) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if let Some(subscriber) = subscribers::by_id(&mut db, id).await? {
        let content = EmailContent::PersonalData { subscriber: id };
        let new_email = NewEmail::to(&subscriber, content);
        transactional_emails::insert(&mut db, &new_email, now).await?;
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

/// All data about a subscriber, for themselves (GDPR Art. 15 and 20).
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PersonalData {
    email: String,
    name: String,
    language: Language,
    attributes: Value,
    tags: Vec<String>,
    /// What users have written down about them.
    note: String,
    frequency: Frequency,
    paused_until: Option<String>,
    since: String,
    subscriptions: Vec<Value>,
    consents: Vec<Value>,
    suppressions: Vec<Value>,
    /// Ids that they had in systems that they were imported from.
    former_ids: Vec<Value>,
    /// Of a campaign with an A/B test, with the variant that they got, and whether they took part
    /// in the test or are of the rest, who got what won.
    deliveries: Vec<Value>,
    /// Bounces, complaints and answers.
    feedback: Vec<Value>,
    /// Series that they are or were in, with the steps that were taken for them.
    series: Vec<Value>,
    /// What is seen of them, if they agreed to it.
    engagement: Option<Value>,
}

/// Deliveries in an export, and other rows that a subscriber may have many of.
const EXPORTED_ROWS: i64 = 10_000;

/// Collects all data about a subscriber; `None` once they were erased.
pub async fn collect(cx: &Context, id: SubscriberId) -> Result<Option<PersonalData>> {
    let mut db = cx.store.read().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(None);
    };
    let paused_until = subscriber.paused_until(cx.clock.now());
    let held = subscriptions::slugs_of(&mut db, &[id]).await?;
    let consents = subscriptions::consents_of(&mut db, id).await?;
    let received = campaign_progress::received_by(&mut db, id, EXPORTED_ROWS).await?;
    let suppressed = suppressions::all_of(&mut db, &subscriber.email).await?;
    let former = former_ids::of_subscriber(&mut db, id).await?;
    let came_back = feedback::of_subscriber(&mut db, id, EXPORTED_ROWS).await?;
    let seen = engagement::kept(&mut db, id, EXPORTED_ROWS).await?;
    let within = series_readers::of_subscriber(&mut db, id, EXPORTED_ROWS).await?;
    let steps = series_readers::taken_by(&mut db, id, EXPORTED_ROWS).await?;
    Ok(Some(PersonalData {
        series: within.iter().map(|row| series_value(row, &steps)).collect(),
        engagement: seen.as_ref().map(engagement_value),
        email: subscriber.email.to_string(),
        name: subscriber.name,
        language: subscriber.language,
        attributes: subscriber.attributes,
        tags: tags::names(&mut db, id).await?,
        note: subscribers::note(&mut db, id).await?,
        frequency: subscriber.frequency,
        paused_until: paused_until.map(Timestamp::rfc3339),
        since: subscriber.created_at.rfc3339(),
        subscriptions: held
            .iter()
            .map(|(_, list, state)| serde_json::json!({ "list": list, "state": state }))
            .collect(),
        consents: consents
            .iter()
            .map(|consent| {
                serde_json::json!({
                    "list": consent.list,
                    "action": consent.action,
                    "method": consent.method,
                    "detail": consent.detail,
                    "reason": consent.reason,
                    "wording": consent.wording,
                    "network": consent.network,
                    "user_agent": consent.user_agent,
                    "at": consent.at.rfc3339(),
                })
            })
            .collect(),
        suppressions: suppressed
            .iter()
            .map(|one| {
                serde_json::json!({
                    "what": one.email_key,
                    "reason": one.reason,
                    "note": one.note,
                    "since": one.created_at.rfc3339(),
                })
            })
            .collect(),
        former_ids: former
            .iter()
            .map(|(system, id)| serde_json::json!({ "system": system, "id": id }))
            .collect(),
        deliveries: received
            .iter()
            .map(|row| {
                serde_json::json!({
                    "subject": row.subject,
                    "state": row.state,
                    "reply": row.reply,
                    "at": row.changed_at.rfc3339(),
                    "ab_test": row.variant.map(|variant| serde_json::json!({
                        "variant": variant,
                        "took_part": row.is_tested,
                    })),
                })
            })
            .collect(),
        feedback: came_back
            .iter()
            .map(|event| {
                serde_json::json!({
                    "verdict": event.verdict,
                    "reason": event.reason,
                    "reply": event.detail,
                    "at": event.at.rfc3339(),
                })
            })
            .collect(),
    }))
}

fn series_value(row: &ReaderRow, steps: &[TakenStep]) -> Value {
    let own = steps.iter().filter(|step| step.reader_id == row.id);
    let steps = own.map(|step| {
        serde_json::json!({
            "step": step.position,
            "outcome": step.outcome,
            "at": step.at.rfc3339(),
        })
    });
    serde_json::json!({
        "series": row.series,
        "state": row.state,
        "came_in_at": row.entered_at.rfc3339(),
        "steps": steps.collect::<Vec<_>>(),
    })
}

fn engagement_value(seen: &engagement::Kept) -> Value {
    let campaigns = seen.campaigns.iter().map(|row| {
        serde_json::json!({
            "subject": row.subject,
            "opened_at": row.opened_at.rfc3339(),
            "opens": row.opens,
            "link_followed_at": row.clicked_at.map(Timestamp::rfc3339),
            "links_followed": row.clicks,
            "last_at": row.last_at.rfc3339(),
        })
    });
    let links = seen
        .links
        .iter()
        .map(|row| serde_json::json!({ "url": row.url, "followed_at": row.first_at.rfc3339() }));
    serde_json::json!({
        "agreed_at": seen.agreed_at.rfc3339(),
        "campaigns": campaigns.collect::<Vec<_>>(),
        "links": links.collect::<Vec<_>>(),
    })
}
