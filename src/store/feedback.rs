//! Queries on feedback: bounces, complaints, replies.

use super::{Db, Result, execute, run};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::delivery::DeliveryState;
use crate::model::feedback::{Party, Source, Verdict, says};
use crate::model::{CampaignId, DeliveryId, SubscriberId};

/// A feedback event to be stored.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Of what was reported.
    pub digest: [u8; 32],
    /// How.
    pub source: Source,
    /// What it says.
    pub verdict: Verdict,
    /// Whether the message was given up.
    pub is_final: bool,
    /// Whether our signature or a provider stands behind it.
    pub is_authenticated: bool,
    /// Whom a rejection is about.
    pub party: Party,
    /// What rejections that are alike have in common; empty where there are no
    /// words.
    pub reply_key: String,
    /// The enhanced status code; may be empty.
    pub status: String,
    /// Why, in plain words.
    pub reason: String,
    /// The reply as reported.
    pub detail: String,
    /// Which delivery.
    pub delivery: Option<DeliveryId>,
    /// Of which campaign.
    pub campaign: Option<CampaignId>,
    /// To whom.
    pub subscriber: Option<SubscriberId>,
}

/// Notes an event; `false` where it was noted before.
pub async fn insert(db: &mut Db, event: &NewEvent, now: Timestamp) -> Result<bool> {
    let inserted = execute!(
        db,
        sqlx::query(
            "INSERT INTO feedback_events
             (digest, source, verdict, is_final, status, reason, detail,
              delivery_id, campaign_id, subscriber_id, at, is_authenticated, party, reply_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (digest) DO NOTHING",
        )
        .bind(event.digest.as_slice())
        .bind(event.source)
        .bind(event.verdict)
        .bind(event.is_final)
        .bind(&event.status)
        .bind(&event.reason)
        .bind(&event.detail)
        .bind(event.delivery)
        .bind(event.campaign)
        .bind(event.subscriber)
        .bind(now)
        .bind(event.is_authenticated)
        .bind(event.party)
        .bind(&event.reply_key)
    )?;
    Ok(inserted == 1)
}

/// A delivery that feedback may be about.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// Of which campaign.
    pub campaign_id: CampaignId,
    /// To whom; `None` once they were erased.
    pub subscriber_id: Option<SubscriberId>,
    /// Their address.
    pub email: Option<String>,
    /// Its state.
    pub state: DeliveryState,
}

/// A subscriber as far as feedback is concerned.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// Their id.
    pub id: SubscriberId,
    /// Their address.
    pub email: EmailAddress,
}

impl Delivery {
    /// To whom it went, while there is a subscriber.
    pub fn recipient(&self) -> Option<Recipient> {
        let email = EmailAddress::parse(self.email.as_deref()?).ok()?;
        let id = self.subscriber_id?;
        Some(Recipient { id, email })
    }
}

/// The delivery in this row.
pub async fn delivery(db: &mut Db, id: DeliveryId) -> Result<Option<Delivery>> {
    run!(db, c => sqlx::query_as(
        "SELECT d.id, d.campaign_id, d.subscriber_id, m.email, d.state
         FROM deliveries d LEFT JOIN subscribers m ON m.id = d.subscriber_id WHERE d.id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// The delivery of a campaign to a subscriber.
pub async fn delivery_of(
    db: &mut Db,
    campaign: CampaignId,
    subscriber: SubscriberId,
) -> Result<Option<Delivery>> {
    run!(db, c => sqlx::query_as(
        "SELECT d.id, d.campaign_id, d.subscriber_id, m.email, d.state
         FROM deliveries d LEFT JOIN subscribers m ON m.id = d.subscriber_id
         WHERE d.campaign_id = $1 AND d.subscriber_id = $2",
    )
    .bind(campaign)
    .bind(subscriber)
    .fetch_optional(c))
}

/// The last delivery to an address that a relay may have taken.
pub async fn last_delivery_to(db: &mut Db, email: &EmailAddress) -> Result<Option<Delivery>> {
    run!(db, c => sqlx::query_as(
        "SELECT d.id, d.campaign_id, d.subscriber_id, m.email, d.state
         FROM deliveries d JOIN subscribers m ON m.id = d.subscriber_id
         WHERE m.email_key = $1 AND d.state NOT IN ('queued', 'skipped', 'failed')
         ORDER BY d.id DESC LIMIT 1",
    )
    .bind(email.lookup_key())
    .fetch_optional(c))
}

/// Moves a delivery, with the reason as reported; `false` where
/// it has moved since. A lease on it ends.
pub async fn move_delivery(
    db: &mut Db,
    id: DeliveryId,
    from: DeliveryState,
    to: DeliveryState,
    reply: &str,
    now: Timestamp,
) -> Result<bool> {
    let moved = execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = $3, reply = $4, changed_at = $5,
                               lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND state = $2",
        )
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(reply)
        .bind(now)
    )?;
    Ok(moved == 1)
}

/// A delivery that its relay rejected permanently.
#[derive(Debug, Clone)]
pub struct SmtpRejection {
    /// Its id.
    pub delivery_id: i64,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// When it was rejected.
    pub changed_at: Timestamp,
    /// When it was first tried, or put back and tried again.
    pub first_attempt_at: Option<Timestamp>,
    /// The relay's SMTP reply.
    pub reply: String,
    /// To whom it was; `None` once they were erased.
    pub recipient: Option<EmailAddress>,
}

/// Up to `limit` rejections of which no event is noted yet, of campaigns that are
/// under way or ended after `since`. What failed without an answer is none.
pub async fn rejections(db: &mut Db, since: Timestamp, limit: i64) -> Result<Vec<SmtpRejection>> {
    type Row = (
        i64,
        CampaignId,
        Timestamp,
        Option<Timestamp>,
        String,
        Option<String>,
    );
    let rows: Vec<Row> = run!(db, c => sqlx::query_as(
        "SELECT d.id, d.campaign_id, d.changed_at, d.first_attempt_at, d.reply, m.email
         FROM campaigns k JOIN deliveries d ON d.campaign_id = k.id
         LEFT JOIN subscribers m ON m.id = d.subscriber_id
         WHERE (k.state IN ('sending', 'paused') OR k.finished_at > $1)
           AND d.state NOT IN ('queued', 'sending', 'sent') AND d.state = 'failed'
           AND SUBSTR(d.reply, 1, 1) IN ('4', '5')
           AND NOT EXISTS (SELECT 1 FROM feedback_events e
                           WHERE e.delivery_id = d.id AND e.source = 'relay'
                             AND e.at >= d.changed_at)
         ORDER BY d.id LIMIT $2",
    )
    .bind(since)
    .bind(limit)
    .fetch_all(c))?;
    Ok(rows
        .into_iter()
        .map(
            |(delivery_id, campaign, changed_at, first_attempt_at, reply, email)| SmtpRejection {
                delivery_id,
                campaign,
                changed_at,
                first_attempt_at,
                reply,
                recipient: email.and_then(|email| EmailAddress::parse(&email).ok()),
            },
        )
        .collect())
}

/// Whether a delivery is as it was when its rejection was read. It is put back where its
/// campaign was paused since.
pub async fn stands(db: &mut Db, rejection: &SmtpRejection) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM deliveries
                        WHERE id = $1 AND state = 'failed' AND changed_at = $2)",
    )
    .bind(rejection.delivery_id)
    .bind(rejection.changed_at)
    .fetch_one(c))
}

/// How many answers and requests to leave came to one message since `since`.
pub async fn answers_since(db: &mut Db, delivery: DeliveryId, since: Timestamp) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM feedback_events
         WHERE delivery_id = $1 AND verdict IN ('reply', 'unsubscribe') AND at >= $2",
    )
    .bind(delivery.0)
    .bind(since.millis())
    .fetch_one(c))
}

/// When mail to a subscriber bounced softly since `since`: once a delivery. What
/// was rejected because of us, or lost on the way, says nothing against them.
pub async fn soft_bounces(
    db: &mut Db,
    subscriber: SubscriberId,
    since: Timestamp,
) -> Result<Vec<Timestamp>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT MAX(at) FROM feedback_events
         WHERE subscriber_id = $1 AND verdict IN ('soft', 'hard') AND is_final AND at >= $2
           AND party IN ('mailbox', 'domain', 'unclear')
         GROUP BY COALESCE(delivery_id, -id)",
    )
    .bind(subscriber)
    .bind(since)
    .fetch_all(c))
}

/// The addresses of a campaign that were rejected alike since it last moved, at
/// most `limit`, once a delivery.
pub async fn rejected_alike(
    db: &mut Db,
    campaign: CampaignId,
    reply_key: &str,
    limit: i64,
) -> Result<Vec<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT m.email_key FROM feedback_events e
         JOIN campaigns k ON k.id = e.campaign_id
         JOIN subscribers m ON m.id = e.subscriber_id
         WHERE e.campaign_id = $1 AND e.reply_key = $2 AND e.at >= k.updated_at
           AND e.verdict IN ('hard', 'soft')
         GROUP BY m.email_key ORDER BY m.email_key LIMIT $3",
    )
    .bind(campaign)
    .bind(reply_key)
    .bind(limit)
    .fetch_all(c))
}

/// How many addresses of a campaign turned out not to exist, and how many
/// recipients complained, since it last moved: who lets a held campaign go on
/// has seen what came before.
pub async fn bad_news(db: &mut Db, campaign: CampaignId) -> Result<(i64, i64)> {
    let counts: Vec<(Verdict, i64)> = run!(db, c => sqlx::query_as(
        "SELECT e.verdict, COUNT(DISTINCT e.delivery_id)
         FROM feedback_events e JOIN campaigns k ON k.id = e.campaign_id
         WHERE e.campaign_id = $1 AND e.verdict IN ('hard', 'complaint') AND e.at >= k.updated_at
         GROUP BY e.verdict",
    )
    .bind(campaign)
    .fetch_all(c))?;
    Ok(hard_and_complaints(&counts))
}

/// How many deliveries bounced hard, and how many were called spam, since `since`.
pub async fn bad_news_since(db: &mut Db, since: Timestamp) -> Result<(i64, i64)> {
    let counts: Vec<(Verdict, i64)> = run!(db, c => sqlx::query_as(
        "SELECT verdict, COUNT(DISTINCT COALESCE(delivery_id, -id)) FROM feedback_events
         WHERE at >= $1 AND verdict IN ('hard', 'complaint') AND is_authenticated GROUP BY verdict",
    )
    .bind(since)
    .fetch_all(c))?;
    Ok(hard_and_complaints(&counts))
}

fn hard_and_complaints(counts: &[(Verdict, i64)]) -> (i64, i64) {
    let of = |verdict: Verdict| {
        let found = counts.iter().find(|(one, _)| *one == verdict);
        found.map_or(0, |(_, count)| *count)
    };
    (of(Verdict::Hard), of(Verdict::Complaint))
}

/// An event as pages show it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Event {
    /// Its id.
    pub id: i64,
    /// How.
    pub source: Source,
    /// What it says.
    pub verdict: Verdict,
    /// Whether the message was given up.
    pub is_final: bool,
    /// Whether it counts: our signature or a provider stands behind it.
    pub is_authenticated: bool,
    /// The enhanced status code; may be empty.
    pub status: String,
    /// Why, in plain words.
    pub reason: String,
    /// The reply as reported.
    pub detail: String,
    /// Of which campaign.
    pub campaign_id: Option<CampaignId>,
    /// The address, while there is a subscriber.
    pub email: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Event {
    /// What happened, in a few words.
    pub fn says(&self) -> &'static str {
        says(self.verdict, self.source, self.is_final)
    }
}

/// Up to `limit` events on a subscriber, newest first.
pub async fn of_subscriber(db: &mut Db, id: SubscriberId, limit: i64) -> Result<Vec<Event>> {
    run!(db, c => sqlx::query_as(
        "SELECT e.id, e.source, e.verdict, e.is_final, e.is_authenticated, e.status, e.reason, e.detail,
                e.campaign_id, m.email, e.at
         FROM feedback_events e JOIN subscribers m ON m.id = e.subscriber_id
         WHERE e.subscriber_id = $1 ORDER BY e.id DESC LIMIT $2",
    )
    .bind(id)
    .bind(limit)
    .fetch_all(c))
}

/// Up to `limit` events on a campaign's mail to a subscriber, oldest first.
pub async fn of_recipient(
    db: &mut Db,
    campaign: CampaignId,
    id: SubscriberId,
    limit: i64,
) -> Result<Vec<Event>> {
    run!(db, c => sqlx::query_as(
        "SELECT e.id, e.source, e.verdict, e.is_final, e.is_authenticated, e.status, e.reason, e.detail,
                e.campaign_id, m.email, e.at
         FROM feedback_events e JOIN subscribers m ON m.id = e.subscriber_id
         WHERE e.subscriber_id = $1 AND e.campaign_id = $2 ORDER BY e.id LIMIT $3",
    )
    .bind(id)
    .bind(campaign)
    .bind(limit)
    .fetch_all(c))
}

/// Up to `limit` events before row `before`, newest first.
pub async fn page(db: &mut Db, before: i64, limit: i64) -> Result<Vec<Event>> {
    run!(db, c => sqlx::query_as(
        "SELECT e.id, e.source, e.verdict, e.is_final, e.is_authenticated, e.status, e.reason, e.detail,
                e.campaign_id, m.email, e.at
         FROM feedback_events e LEFT JOIN subscribers m ON m.id = e.subscriber_id
         WHERE e.id < $1 ORDER BY e.id DESC LIMIT $2",
    )
    .bind(before)
    .bind(limit)
    .fetch_all(c))
}

/// The address of the first owner, for what must reach a person.
pub async fn owner(db: &mut Db) -> Result<Option<EmailAddress>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT email FROM users WHERE role = 'owner' AND disabled_by IS NULL ORDER BY id LIMIT 1",
    )
    .fetch_optional(c))
}
