//! Queries on what is seen of readers who agreed to it. None shows anything where the site has
//! turned that off: each asks [`Db::engagement_months`] itself.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::by_keys;
use super::{Db, Result, execute, run, series_links};
use crate::clock::Timestamp;
use crate::model::{CampaignId, SubscriberId};

/// A month, as [`Db::engagement_months`] counts them.
pub const RETENTION_MONTH: Duration = Duration::from_secs(30 * 24 * 3600);

/// An agreement that opens and followed links are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Agreement {
    /// Its number, which links carry.
    pub id: i64,
    /// Since when.
    pub agreed_at: Timestamp,
}

/// The agreement of a subscriber, also where the site has turned it off: it can be withdrawn then.
pub async fn agreement(db: &mut Db, subscriber: SubscriberId) -> Result<Option<Agreement>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, agreed_at FROM engagement_agreements WHERE subscriber_id = $1",
    )
    .bind(subscriber)
    .fetch_optional(c))
}

/// Keeps that a subscriber agrees; `false` where they did before.
pub async fn agree(db: &mut Db, subscriber: SubscriberId, now: Timestamp) -> Result<bool> {
    let added = execute!(
        db,
        sqlx::query(
            "INSERT INTO engagement_agreements (subscriber_id, agreed_at) VALUES ($1, $2)
             ON CONFLICT (subscriber_id) DO NOTHING",
        )
        .bind(subscriber)
        .bind(now)
    )?;
    Ok(added == 1)
}

/// Forgets an agreement and all that was seen; `false` where there was none.
pub async fn withdraw(db: &mut Db, subscriber: SubscriberId) -> Result<bool> {
    let deleted = execute!(
        db,
        sqlx::query("DELETE FROM engagement_agreements WHERE subscriber_id = $1").bind(subscriber)
    )?;
    Ok(deleted == 1)
}

/// How many people have agreed.
pub async fn count_agreed(db: &mut Db) -> Result<i64> {
    if db.engagement_months().is_none() {
        return Ok(0);
    }
    run!(db, c => sqlx::query_scalar("SELECT COUNT(*) FROM engagement_agreements").fetch_one(c))
}

/// Keeps that somebody ticked it on a join form, until the address is confirmed.
pub async fn request(db: &mut Db, subscriber: SubscriberId, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO engagement_requests (subscriber_id, requested_at) VALUES ($1, $2)
             ON CONFLICT (subscriber_id) DO UPDATE SET requested_at = excluded.requested_at",
        )
        .bind(subscriber)
        .bind(now)
    )?;
    Ok(())
}

/// Whether somebody ticked it for an address that is not confirmed yet.
pub async fn is_requested(db: &mut Db, subscriber: SubscriberId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM engagement_requests WHERE subscriber_id = $1)",
    )
    .bind(subscriber)
    .fetch_one(c))
}

/// Forgets such a request; `false` where there was none.
pub async fn forget_request(db: &mut Db, subscriber: SubscriberId) -> Result<bool> {
    let deleted = execute!(
        db,
        sqlx::query("DELETE FROM engagement_requests WHERE subscriber_id = $1").bind(subscriber)
    )?;
    Ok(deleted == 1)
}

/// Keeps that the emails of a campaign to those who agreed show that they are opened.
pub async fn mark_campaign(db: &mut Db, campaign: CampaignId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO engagement_campaigns (campaign_id) VALUES ($1)
             ON CONFLICT (campaign_id) DO NOTHING",
        )
        .bind(campaign)
    )?;
    Ok(())
}

/// Forgets that of campaigns that are being sent: some of their emails are written while it is
/// turned off, and of those nobody is known not to have opened them.
pub async fn unmark_open_campaigns(db: &mut Db) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM engagement_campaigns WHERE campaign_id IN
                 (SELECT id FROM campaigns WHERE state IN ('sending', 'paused'))",
        )
    )?;
    Ok(())
}

/// Keeps that a reader opened a campaign. Nothing for an agreement that was withdrawn.
pub async fn see_open(
    db: &mut Db,
    agreement: i64,
    campaign: CampaignId,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_engagement
                 (agreement_id, campaign_id, opened_at, opens, clicks, last_at)
             SELECT g.id, k.campaign_id, $3, 1, 0, $3
             FROM engagement_agreements g, engagement_campaigns k
             WHERE g.id = $1 AND k.campaign_id = $2
             ON CONFLICT (agreement_id, campaign_id) DO UPDATE SET
                 opens = CASE WHEN campaign_engagement.opens < 1000
                              THEN campaign_engagement.opens + 1 ELSE 1000 END,
                 last_at = excluded.last_at",
        )
        .bind(agreement)
        .bind(campaign)
        .bind(now)
    )?;
    Ok(())
}

/// Keeps that a reader followed a link of a campaign, which they have opened then. Nothing for an
/// agreement that was withdrawn.
pub async fn see_link(
    db: &mut Db,
    agreement: i64,
    campaign: CampaignId,
    number: i64,
    now: Timestamp,
) -> Result<()> {
    let seen = execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_engagement
                 (agreement_id, campaign_id, opened_at, clicked_at, opens, clicks, last_at)
             SELECT g.id, k.campaign_id, $3, $3, 0, 1, $3
             FROM engagement_agreements g, engagement_campaigns k
             WHERE g.id = $1 AND k.campaign_id = $2
             ON CONFLICT (agreement_id, campaign_id) DO UPDATE SET
                 clicked_at = COALESCE(campaign_engagement.clicked_at, excluded.clicked_at),
                 clicks = CASE WHEN campaign_engagement.clicks < 1000
                               THEN campaign_engagement.clicks + 1 ELSE 1000 END,
                 last_at = excluded.last_at",
        )
        .bind(agreement)
        .bind(campaign)
        .bind(now)
    )?;
    if seen == 0 {
        return Ok(());
    }
    let added = execute!(
        db,
        sqlx::query(
            "INSERT INTO followed_links (agreement_id, campaign_id, number, first_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (agreement_id, campaign_id, number) DO NOTHING",
        )
        .bind(agreement)
        .bind(campaign)
        .bind(number)
        .bind(now)
    )?;
    if added == 1 {
        series_links::followed(db, agreement, campaign, number, now).await?;
    }
    Ok(())
}

/// Deletes what was last seen before a moment.
pub async fn sweep(db: &mut Db, before: Timestamp) -> Result<u64> {
    let links = execute!(
        db,
        sqlx::query("DELETE FROM followed_links WHERE first_at < $1").bind(before)
    )?;
    let rows = execute!(
        db,
        sqlx::query("DELETE FROM campaign_engagement WHERE last_at < $1").bind(before)
    )?;
    Ok(links + rows)
}

/// Deletes requests from before a moment: their addresses were not confirmed in time.
pub async fn sweep_requests(db: &mut Db, before: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM engagement_requests WHERE requested_at < $1").bind(before)
    )?;
    Ok(())
}

/// The last rows about a campaign: who opened it, and who followed a link. While they are the same,
/// nobody else has.
pub async fn newest(db: &mut Db, id: CampaignId) -> Result<(Option<i64>, Option<i64>)> {
    run!(db, c => sqlx::query_as(
        "SELECT (SELECT MAX(e.id) FROM campaign_engagement e WHERE e.campaign_id = $1),
                (SELECT MAX(found.id) FROM (
                     SELECT (SELECT MAX(f.id) FROM followed_links f
                             WHERE f.campaign_id = l.campaign_id AND f.number = l.number) AS id
                     FROM campaign_links l WHERE l.campaign_id = $1) AS found)",
    )
    .bind(id)
    .fetch_one(c))
}

/// What is seen of a campaign, of those who agreed before they got it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct CampaignEngagement {
    /// Recipients who have agreed.
    pub agreed: i64,
    /// Those of them who opened it.
    pub opened: i64,
    /// Those of them who followed a link.
    pub clicked: i64,
}

/// What is seen of a campaign; `None` where nothing could be.
pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Option<CampaignEngagement>> {
    if db.engagement_months().is_none() {
        return Ok(None);
    }
    let found: Option<CampaignEngagement> = run!(db, c => sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM engagement_agreements g
                 WHERE EXISTS (SELECT 1 FROM deliveries d
                               WHERE d.subscriber_id = g.subscriber_id AND d.campaign_id = k.campaign_id
                                 AND d.state = 'sent' AND d.changed_at >= g.agreed_at)
                    OR EXISTS (SELECT 1 FROM campaign_engagement e
                               WHERE e.agreement_id = g.id AND e.campaign_id = k.campaign_id)) AS agreed,
                (SELECT COUNT(*) FROM campaign_engagement e
                 WHERE e.campaign_id = k.campaign_id) AS opened,
                (SELECT COUNT(*) FROM campaign_engagement e
                 WHERE e.campaign_id = k.campaign_id AND e.clicked_at IS NOT NULL) AS clicked
         FROM engagement_campaigns k WHERE k.campaign_id = $1",
    )
    .bind(id)
    .fetch_optional(c))?;
    Ok(found)
}

/// When those of several subscribers who agreed did so, and when they were last seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Activity {
    /// Who.
    pub subscriber_id: SubscriberId,
    /// Since when they agree.
    pub agreed_at: Timestamp,
    /// When they last opened a campaign or followed a link.
    pub last_active: Option<Timestamp>,
}

/// The activity of those of several subscribers who agreed.
pub async fn activity(db: &mut Db, ids: &[SubscriberId]) -> Result<Vec<Activity>> {
    const TEXTS: [&str; 2] = [
        "SELECT g.subscriber_id, g.agreed_at,
                (SELECT MAX(e.last_at) FROM campaign_engagement e
                 WHERE e.agreement_id = g.id) AS last_active
         FROM engagement_agreements g
         WHERE g.subscriber_id IN (SELECT value FROM json_each($1))",
        "SELECT g.subscriber_id, g.agreed_at,
                (SELECT MAX(e.last_at) FROM campaign_engagement e
                 WHERE e.agreement_id = g.id) AS last_active
         FROM engagement_agreements g
         WHERE g.subscriber_id = ANY($1)",
    ];
    if db.engagement_months().is_none() {
        return Ok(Vec::new());
    }
    Ok(by_keys!(db, TEXTS, ids))
}

/// What one reader did with one campaign.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SeenCampaign {
    /// Which.
    pub campaign_id: CampaignId,
    /// Its subject.
    pub subject: String,
    /// When they first opened it.
    pub opened_at: Timestamp,
    /// When they first followed a link.
    pub clicked_at: Option<Timestamp>,
    /// How often they opened it, up to 1000.
    pub opens: i64,
    /// How often they followed links, up to 1000.
    pub clicks: i64,
    /// The last time of either.
    pub last_at: Timestamp,
}

/// What a subscriber who agreed opened, the latest first.
pub async fn seen_of(db: &mut Db, id: SubscriberId, limit: i64) -> Result<Vec<SeenCampaign>> {
    run!(db, c => sqlx::query_as(
        "SELECT e.campaign_id, k.subject, e.opened_at, e.clicked_at, e.opens, e.clicks, e.last_at
         FROM engagement_agreements g
         JOIN campaign_engagement e ON e.agreement_id = g.id
         JOIN campaigns k ON k.id = e.campaign_id
         WHERE g.subscriber_id = $1 ORDER BY e.last_at DESC, e.id DESC LIMIT $2",
    )
    .bind(id)
    .bind(limit)
    .fetch_all(c))
}

/// A link that a reader followed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FollowedLink {
    /// Where it leads.
    pub url: String,
    /// When they followed it for the first time.
    pub first_at: Timestamp,
}

/// The links that a subscriber who agreed followed, the latest first.
pub async fn links_of(db: &mut Db, id: SubscriberId, limit: i64) -> Result<Vec<FollowedLink>> {
    run!(db, c => sqlx::query_as(
        "SELECT k.url, f.first_at
         FROM engagement_agreements g
         JOIN followed_links f ON f.agreement_id = g.id
         JOIN campaign_links k ON k.campaign_id = f.campaign_id AND k.number = f.number
         WHERE g.subscriber_id = $1 ORDER BY f.id DESC LIMIT $2",
    )
    .bind(id)
    .bind(limit)
    .fetch_all(c))
}

/// The wording that a subscriber last agreed to.
pub async fn agreed_wording(db: &mut Db, id: SubscriberId) -> Result<String> {
    let wording: Option<String> = run!(db, c => sqlx::query_scalar(
        "SELECT wording FROM consent_records
         WHERE subscriber_id = $1 AND action = 'engagement_agreed' ORDER BY id DESC LIMIT 1",
    )
    .bind(id)
    .fetch_optional(c))?;
    Ok(wording.unwrap_or_default())
}
