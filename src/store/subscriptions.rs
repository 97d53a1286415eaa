//! Queries on subscriptions and the evidence of consent.

use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::by_keys;
use super::suppressions::strength;
use super::{
    Db, Result, execute, growth, run, series_attributes, series_exits, series_readers, webhooks,
};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::growth::SizeChange;
use crate::model::list::ListSlug;
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{
    ConsentAction, ConsentMethod, LeaveReason, SubscriptionState, SuppressionReason, Transition,
};
use crate::model::{CampaignId, ListId, SubscriberId};
use crate::text::locale::Language;

/// A subscription as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Subscription {
    /// Who.
    pub subscriber_id: SubscriberId,
    /// On which list.
    pub list_id: ListId,
    /// Its state.
    pub state: SubscriptionState,
    /// When its state last changed.
    pub changed_at: Timestamp,
}

/// The subscriptions of one subscriber.
pub async fn of_subscriber(db: &mut Db, subscriber: SubscriberId) -> Result<Vec<Subscription>> {
    run!(db, c => sqlx::query_as(
        "SELECT subscriber_id, list_id, state, changed_at
         FROM subscriptions WHERE subscriber_id = $1 ORDER BY list_id",
    )
    .bind(subscriber)
    .fetch_all(c))
}

/// The state of one subscription; `None` where there is none.
pub async fn state(
    db: &mut Db,
    subscriber: SubscriberId,
    list: ListId,
) -> Result<Option<SubscriptionState>> {
    let found: Option<Subscription> = run!(db, c => sqlx::query_as(
        "SELECT subscriber_id, list_id, state, changed_at
         FROM subscriptions WHERE subscriber_id = $1 AND list_id = $2",
    )
    .bind(subscriber)
    .bind(list)
    .fetch_optional(c))?;
    Ok(found.map(|found| found.state))
}

/// The subscriptions of several subscribers, with their lists' slugs.
pub async fn slugs_of(
    db: &mut Db,
    subscribers: &[SubscriberId],
) -> Result<Vec<(SubscriberId, ListSlug, SubscriptionState)>> {
    const TEXTS: [&str; 2] = [
        "SELECT s.subscriber_id, l.slug, s.state
         FROM subscriptions s JOIN lists l ON l.id = s.list_id
         WHERE s.subscriber_id IN (SELECT value FROM json_each($1))
         ORDER BY s.subscriber_id, l.id",
        "SELECT s.subscriber_id, l.slug, s.state
         FROM subscriptions s JOIN lists l ON l.id = s.list_id
         WHERE s.subscriber_id = ANY($1)
         ORDER BY s.subscriber_id, l.id",
    ];
    Ok(by_keys!(db, TEXTS, subscribers))
}

/// Writes a change of a subscription and the consent records that prove it.
pub async fn write(
    db: &mut Db,
    transition: &Transition,
    consent: &Consent,
    now: Timestamp,
) -> Result<()> {
    let (subscriber, list) = (consent.subscriber, consent.list);
    set(db, subscriber, list, transition.to(), now).await?;
    for action in transition.actions() {
        record_consent(db, *action, consent, now).await?;
    }
    if let Some(change) = SizeChange::of(transition.from(), Some(transition.to())) {
        growth::count(db, subscriber, list, change, consent.method, now).await?;
    }
    move_in_series(db, transition, consent, now).await
}

/// Lets a subscriber into the series of a list that they are on from now on, and out of those of
/// one that they have left.
async fn move_in_series(
    db: &mut Db,
    transition: &Transition,
    consent: &Consent,
    now: Timestamp,
) -> Result<()> {
    let confirmed = Some(SubscriptionState::Confirmed);
    match (
        transition.from() == confirmed,
        Some(transition.to()) == confirmed,
    ) {
        // People whom an import brings confirmed elsewhere, and perhaps long ago.
        (false, true) if consent.method != ConsentMethod::Import => {
            series_readers::enter_confirmed(db, consent.subscriber, consent.list, now).await?;
            series_attributes::confirmed(db, consent.subscriber, consent.list, now).await
        }
        (true, false) => series_exits::leave(db, consent.subscriber, consent.list, now).await,
        _ => Ok(()),
    }
}

async fn set(
    db: &mut Db,
    subscriber: SubscriberId,
    list: ListId,
    state: SubscriptionState,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $4)
         ON CONFLICT (subscriber_id, list_id)
         DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at",
        )
        .bind(subscriber)
        .bind(list)
        .bind(state)
        .bind(now)
    )?;
    Ok(())
}

/// Puts a subscription back to what it was before an import, and records it; `None` where
/// there was none.
pub async fn restore(
    db: &mut Db,
    subscriber: SubscriberId,
    list: ListId,
    before: Option<SubscriptionState>,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    let change = SizeChange::of(state(db, subscriber, list).await?, before);
    match before {
        Some(state) => set(db, subscriber, list, state, now).await?,
        None => {
            execute!(
                db,
                sqlx::query("DELETE FROM subscriptions WHERE subscriber_id = $1 AND list_id = $2")
                    .bind(subscriber)
                    .bind(list)
            )?;
        }
    }
    let action = match before {
        Some(SubscriptionState::Confirmed) => ConsentAction::Confirmed,
        Some(SubscriptionState::Pending) => ConsentAction::Requested,
        Some(SubscriptionState::Unsubscribed) | None => ConsentAction::Unsubscribed,
    };
    let consent = Consent {
        subscriber,
        list,
        method: ConsentMethod::Import,
        wording: String::new(),
        network: String::new(),
        user_agent: String::new(),
        reason: reason.to_owned(),
        campaign: None,
    };
    record_consent(db, action, &consent, now).await?;
    if let Some(change) = change {
        growth::count(db, subscriber, list, change, consent.method, now).await?;
    }
    Ok(())
}

/// Whether a subscriber has a consent record that is not of an import.
pub async fn has_decided(db: &mut Db, subscriber: SubscriberId) -> Result<bool> {
    let found: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT id FROM consent_records WHERE subscriber_id = $1 AND method <> 'import' LIMIT 1",
    )
    .bind(subscriber)
    .fetch_optional(c))?;
    Ok(found.is_some())
}

/// The lists that brought a subscriber a campaign's mail: those it went to; of
/// a weekly digest, those whose campaigns it tells them of.
pub async fn lists_of_mail(
    db: &mut Db,
    campaign: CampaignId,
    subscriber: SubscriberId,
) -> Result<Vec<ListId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT x.list_id FROM campaign_lists x
         WHERE x.campaign_id = $1
           AND NOT EXISTS (SELECT 1 FROM weekly_digests w WHERE w.campaign_id = $1)
         UNION
         SELECT x.list_id FROM weekly_digests w
         JOIN campaigns k ON k.digest_week = w.week
         JOIN weekly_digest_items i ON i.campaign_id = k.id AND i.subscriber_id = $2
         JOIN campaign_lists x ON x.campaign_id = k.id
         WHERE w.campaign_id = $1",
    )
    .bind(campaign)
    .bind(subscriber)
    .fetch_all(c))
}

/// Up to `limit` subscriptions that have been pending since before `before`. The time of people
/// of an import who are still to be asked has not begun.
pub async fn pending_since_before(
    db: &mut Db,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Subscription>> {
    run!(db, c => sqlx::query_as(
        "SELECT subscriber_id, list_id, state, changed_at FROM subscriptions s
         WHERE state = 'pending' AND changed_at < $1
           AND NOT EXISTS (SELECT 1 FROM import_confirmations c
                           WHERE c.subscriber_id = s.subscriber_id)
         ORDER BY changed_at LIMIT $2",
    )
    .bind(before)
    .bind(limit)
    .fetch_all(c))
}

/// Evidence of one change of a subscription.
#[derive(Debug, Clone)]
pub struct Consent {
    /// Who.
    pub subscriber: SubscriberId,
    /// On which list.
    pub list: ListId,
    /// By what way.
    pub method: ConsentMethod,
    /// The sentence that was agreed to, as shown.
    pub wording: String,
    /// The network it came from, cut to /24 or /48.
    pub network: String,
    /// The program it came from.
    pub user_agent: String,
    /// Why an admin did it, in their words.
    pub reason: String,
    /// The campaign whose mail led to it.
    pub campaign: Option<CampaignId>,
}

/// Adds one consent record, and queues the webhooks that subscribe to it.
async fn record_consent(
    db: &mut Db,
    action: ConsentAction,
    consent: &Consent,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO consent_records
             (subscriber_id, list_id, action, method, wording, network, user_agent, at, reason,
              campaign_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(consent.subscriber)
        .bind(consent.list)
        .bind(action)
        .bind(consent.method)
        .bind(&consent.wording)
        .bind(&consent.network)
        .bind(&consent.user_agent)
        .bind(now)
        .bind(&consent.reason)
        .bind(consent.campaign)
    )?;
    let (subscriber, list) = (consent.subscriber, consent.list);
    announce(db, action, subscriber, list, consent.method, now).await
}

/// Queues the webhooks that subscribe to a change.
pub(super) async fn announce(
    db: &mut Db,
    action: ConsentAction,
    subscriber: SubscriberId,
    list: ListId,
    method: ConsentMethod,
    now: Timestamp,
) -> Result<()> {
    let event = match action {
        ConsentAction::Requested => "subscription.joined",
        ConsentAction::Confirmed => "subscription.confirmed",
        ConsentAction::Unsubscribed => "subscription.unsubscribed",
        _ => return Ok(()),
    };
    if !webhooks::is_wanted(db, event).await? {
        return Ok(());
    }
    let names: Option<(String, String)> = run!(db, c => sqlx::query_as(
        "SELECT m.email, l.slug FROM subscribers m, lists l WHERE m.id = $1 AND l.id = $2",
    )
    .bind(subscriber)
    .bind(list)
    .fetch_optional(c))?;
    let Some((email, list)) = names else {
        return Ok(());
    };
    let data = serde_json::json!({
        "email": email, "list": list, "subscriber": subscriber, "method": method,
    });
    webhooks::announce(db, event, &data, now).await
}

/// Evidence of a choice that is about all mail, and no list.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Whose.
    pub subscriber: SubscriberId,
    /// What happened.
    pub action: ConsentAction,
    /// How.
    pub method: ConsentMethod,
    /// What was set, such as `language=kk`.
    pub detail: String,
    /// The sentence that told of it, as shown.
    pub wording: String,
    /// The network it came from, cut to /24 or /48.
    pub network: String,
    /// The program it came from.
    pub user_agent: String,
    /// Why an admin did it, in their words.
    pub reason: String,
}

/// Adds evidence of a choice.
pub async fn record_choice(db: &mut Db, choice: &Choice, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO consent_records
             (subscriber_id, action, method, detail, wording, network, user_agent, reason, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(choice.subscriber)
        .bind(choice.action)
        .bind(choice.method)
        .bind(&choice.detail)
        .bind(&choice.wording)
        .bind(&choice.network)
        .bind(&choice.user_agent)
        .bind(&choice.reason)
        .bind(now)
    )?;
    Ok(())
}

/// The newest consent record about a list.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct LastConsent {
    /// What happened.
    pub action: ConsentAction,
    /// By what way.
    pub method: ConsentMethod,
    /// The campaign whose mail led to it.
    #[sqlx(rename = "campaign_id")]
    pub campaign: Option<CampaignId>,
}

/// The newest consent record of a subscriber about a list.
pub async fn last_consent(
    db: &mut Db,
    subscriber: SubscriberId,
    list: ListId,
) -> Result<Option<LastConsent>> {
    run!(db, c => sqlx::query_as(
        "SELECT action, method, campaign_id FROM consent_records
         WHERE subscriber_id = $1 AND list_id = $2 ORDER BY id DESC LIMIT 1",
    )
    .bind(subscriber)
    .bind(list)
    .fetch_optional(c))
}

/// Adds the reason that a subscriber gave for leaving a list.
pub async fn record_reason(
    db: &mut Db,
    reason: LeaveReason,
    consent: &Consent,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO consent_records
             (subscriber_id, list_id, action, method, detail, wording, network, user_agent,
              campaign_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(consent.subscriber)
        .bind(consent.list)
        .bind(ConsentAction::ReasonGiven)
        .bind(consent.method)
        .bind(reason)
        .bind(&consent.wording)
        .bind(&consent.network)
        .bind(&consent.user_agent)
        .bind(consent.campaign)
        .bind(now)
    )?;
    Ok(())
}

/// A consent record as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ConsentRow {
    /// The list's slug; empty where it is about all mail.
    pub list: String,
    /// What happened.
    pub action: ConsentAction,
    /// How.
    pub method: ConsentMethod,
    /// The sentence that was agreed to.
    pub wording: String,
    /// The network it came from.
    pub network: String,
    /// The program it came from.
    pub user_agent: String,
    /// Why an admin did it.
    pub reason: String,
    /// What was set, such as `language=kk`.
    pub detail: String,
    /// When.
    pub at: Timestamp,
}

/// The evidence on one subscriber, oldest first.
pub async fn consents_of(db: &mut Db, subscriber: SubscriberId) -> Result<Vec<ConsentRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT COALESCE(l.slug, '') AS list, r.action, r.method, r.wording, r.network,
                r.user_agent, r.reason, r.detail, r.at
         FROM consent_records r LEFT JOIN lists l ON l.id = r.list_id
         WHERE r.subscriber_id = $1 ORDER BY r.id",
    )
    .bind(subscriber)
    .fetch_all(c))
}

/// One row of a list's export.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Member {
    /// The subscriber's id.
    pub id: SubscriberId,
    /// The address.
    pub email: EmailAddress,
    /// May be empty.
    pub name: String,
    /// The language of mail to them.
    pub language: Language,
    /// The subscription's state.
    pub state: SubscriptionState,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// A JSON object.
    #[sqlx(json)]
    pub attributes: serde_json::Value,
    /// How often they want mail.
    pub frequency: Frequency,
    /// No campaign's mail goes to them before this moment, which may have come.
    pub paused_until: Option<Timestamp>,
    /// Why no mail goes to them at all: the strongest reason.
    pub suppressed: Option<SuppressionReason>,
}

/// Up to `limit` members of a list after row `after`, in every state.
pub async fn members(
    db: &mut Db,
    list: ListId,
    after: SubscriberId,
    limit: i64,
) -> Result<Vec<Member>> {
    run!(db, c => sqlx::query_as(concat!(
        "SELECT m.id, m.email, m.name, m.language, s.state, s.changed_at, m.attributes,
                m.frequency, m.paused_until,
                (SELECT p.reason FROM suppressions p
                 WHERE p.email_key IN
                     (m.email_key, substr(m.email_key, instr(m.email_key, '@')))
                 ORDER BY ", strength!("p.reason"), " DESC LIMIT 1) AS suppressed
         FROM subscriptions s JOIN subscribers m ON m.id = s.subscriber_id
         WHERE s.list_id = $1 AND s.subscriber_id > $2
         ORDER BY s.subscriber_id LIMIT $3",
    ))
    .bind(list)
    .bind(after)
    .bind(limit)
    .fetch_all(c))
}
