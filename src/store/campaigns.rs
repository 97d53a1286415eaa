//! Queries on campaigns, their content and the freezing of their audience.

use super::campaign_contents::{self, CampaignText, CampaignVariant, DigestItem};
use super::suppressions::not_suppressed;
use super::weekly::{self, Reach};
use super::{Db, Result, execute, run, segments};
use crate::clock::Timestamp;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::model::delivery::{DeliveryCounts, DeliveryState};
use crate::model::list::ListSlug;
use crate::model::{CampaignId, EventId, ListId, PostId, SegmentId};
use crate::text::locale::Language;

/// A campaign as it stands in the database.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Campaign {
    /// Its row.
    pub id: CampaignId,
    /// The subject line, before personal parts are filled in.
    pub subject: String,
    /// The name of its layout.
    pub layout: String,
    /// What its content is made of.
    pub kind: ContentKind,
    /// The post it is made from, where it is made from one.
    pub post_id: Option<PostId>,
    /// The sender, where it is not the configured one.
    pub from_mailbox: Option<String>,
    /// Whether visitors may read it in the archive.
    pub is_public: bool,
    /// Where it stands.
    pub state: CampaignState,
    /// Why the system paused it, or it could not start; empty where a person
    /// moved it.
    pub pause_reason: String,
    /// When it will start by itself.
    pub scheduled_at: Option<Timestamp>,
    /// When readers get it by their own clocks, such as `2026-03-01T09:00`;
    /// `None` for all at once.
    pub local_start: Option<String>,
    /// When it started.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Since when it is paused, while it is.
    pub paused_at: Option<Timestamp>,
    /// Whether its whole audience is in the ledger.
    pub is_frozen: bool,
    /// Its own limits.
    #[sqlx(flatten)]
    pub limits: CampaignLimits,
    /// Whether it goes at once to those who read weekly, too.
    pub is_urgent: bool,
    /// How many weekly readers get it in a digest instead.
    pub gathered_count: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// When and how fast a campaign may go out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct CampaignLimits {
    /// From this minute of the site's day on no mail leaves …
    pub quiet_from: Option<i64>,
    /// … until this one.
    pub quiet_until: Option<i64>,
    /// Messages in any hour at most.
    pub hourly_limit: Option<i64>,
}

/// What an admin sets of a campaign.
#[derive(Debug, Clone)]
pub struct CampaignFields {
    /// The subject line.
    pub subject: String,
    /// The name of its layout.
    pub layout: String,
    /// What its content is made of.
    pub kind: ContentKind,
    /// The post it is made from, where it is made from one.
    pub post_id: Option<PostId>,
    /// Its own words.
    pub texts: Vec<CampaignText>,
    /// What inboxes show of it, by language.
    pub variants: Vec<CampaignVariant>,
    /// What a digest gathers, in this order.
    pub items: Vec<DigestItem>,
    /// The part of its lists that it goes to; `None` for all.
    pub segment: Option<SegmentId>,
    /// The sender, where it is not the configured one.
    pub from_mailbox: Option<String>,
    /// Whether visitors may read it in the archive.
    pub is_public: bool,
    /// Whether it goes at once to those who read weekly, too.
    pub is_urgent: bool,
    /// Whom it goes to.
    pub lists: Vec<ListId>,
}

/// Adds a draft.
pub async fn insert(db: &mut Db, fields: &CampaignFields, now: Timestamp) -> Result<CampaignId> {
    let id: CampaignId = run!(db, c => sqlx::query_scalar(
        "INSERT INTO campaigns
             (subject, layout, kind, post_id, from_mailbox, is_public, segment_id,
              is_urgent, state, is_frozen, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', FALSE, $9, $9) RETURNING id",
    )
    .bind(&fields.subject)
    .bind(&fields.layout)
    .bind(fields.kind)
    .bind(fields.post_id)
    .bind(fields.from_mailbox.as_deref())
    .bind(fields.is_public)
    .bind(fields.segment)
    .bind(fields.is_urgent)
    .bind(now)
    .fetch_one(c))?;
    campaign_contents::set(db, id, &fields.texts, &fields.items).await?;
    campaign_contents::set_variants(db, id, &fields.variants).await?;
    set_lists(db, id, &fields.lists).await?;
    Ok(id)
}

/// Changes a draft.
pub async fn update(
    db: &mut Db,
    id: CampaignId,
    fields: &CampaignFields,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET subject = $2, layout = $3, kind = $4, post_id = $5,
                              from_mailbox = $6, is_public = $7, segment_id = $8,
                              is_urgent = $9, updated_at = $10
         WHERE id = $1 AND state IN ('draft', 'scheduled', 'failed_to_start')",
        )
        .bind(id)
        .bind(&fields.subject)
        .bind(&fields.layout)
        .bind(fields.kind)
        .bind(fields.post_id)
        .bind(fields.from_mailbox.as_deref())
        .bind(fields.is_public)
        .bind(fields.segment)
        .bind(fields.is_urgent)
        .bind(now)
    )?;
    campaign_contents::set(db, id, &fields.texts, &fields.items).await?;
    campaign_contents::set_variants(db, id, &fields.variants).await?;
    execute!(
        db,
        sqlx::query("DELETE FROM campaign_lists WHERE campaign_id = $1").bind(id)
    )?;
    set_lists(db, id, &fields.lists).await
}

async fn set_lists(db: &mut Db, id: CampaignId, lists: &[ListId]) -> Result<()> {
    for list in lists {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO campaign_lists (campaign_id, list_id) VALUES ($1, $2)
             ON CONFLICT (campaign_id, list_id) DO NOTHING",
            )
            .bind(id)
            .bind(list)
        )?;
    }
    Ok(())
}

/// Reads campaigns: what stands behind the table's name.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, subject, layout, kind, post_id, from_mailbox, is_public, state,
                    pause_reason, scheduled_at, local_start, started_at, finished_at,
                    paused_at, is_frozen, quiet_from, quiet_until, hourly_limit, is_urgent,
                    gathered_count, created_at
             FROM campaigns ",
            $rest
        )
    };
}

/// The campaign in this row.
pub async fn by_id(db: &mut Db, id: CampaignId) -> Result<Option<Campaign>> {
    run!(db, c => sqlx::query_as(select!("WHERE id = $1"))
    .bind(id)
    .fetch_optional(c))
}

/// Up to `limit` campaigns before row `before`, newest first.
pub async fn page(db: &mut Db, before: i64, limit: i64) -> Result<Vec<Campaign>> {
    run!(db, c => sqlx::query_as(select!("WHERE id < $1 ORDER BY id DESC LIMIT $2"))
    .bind(before)
    .bind(limit)
    .fetch_all(c))
}

/// The campaigns in one state, oldest first.
pub async fn in_state(db: &mut Db, state: CampaignState) -> Result<Vec<Campaign>> {
    run!(db, c => sqlx::query_as(select!("WHERE state = $1 ORDER BY id"))
    .bind(state)
    .fetch_all(c))
}

/// The campaigns that were started since `since`.
pub async fn started_since(db: &mut Db, since: Timestamp) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT id FROM campaigns WHERE started_at >= $1 ORDER BY id",
    )
    .bind(since)
    .fetch_all(c))
}

/// Drops a campaign that is a draft; `false` where it is none.
pub async fn delete_draft(db: &mut Db, id: CampaignId) -> Result<bool> {
    let deleted = execute!(
        db,
        sqlx::query(
            "DELETE FROM campaigns WHERE id = $1 AND state IN ('draft', 'failed_to_start')"
        )
        .bind(id)
    )?;
    Ok(deleted > 0)
}

/// The lists a campaign goes to.
pub async fn list_slugs(db: &mut Db, id: CampaignId) -> Result<Vec<ListSlug>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT l.slug FROM campaign_lists x JOIN lists l ON l.id = x.list_id
         WHERE x.campaign_id = $1 ORDER BY l.id",
    )
    .bind(id)
    .fetch_all(c))
}

/// Moves a campaign from one state to another; `false` where somebody else
/// moved it first.
pub async fn set_state(
    db: &mut Db,
    id: CampaignId,
    from: CampaignState,
    to: CampaignState,
    reason: &str,
    now: Timestamp,
) -> Result<bool> {
    let moved = execute!(db, sqlx::query(
        "UPDATE campaigns
         SET state = $3, pause_reason = $4, updated_at = $5,
             paused_at = CASE WHEN $3 = 'paused' THEN CAST($5 AS BIGINT) END,
             started_at = CASE WHEN $3 = 'sending' AND started_at IS NULL THEN $5 ELSE started_at END,
             finished_at = CASE WHEN $3 IN ('finished', 'cancelled') THEN $5
                                WHEN $3 = 'sending' THEN NULL ELSE finished_at END
         WHERE id = $1 AND state = $2",
    )
    .bind(id)
    .bind(from)
    .bind(to)
    .bind(reason)
    .bind(now))?;
    Ok(moved == 1)
}

/// Sets or clears the time at which a campaign starts by itself, and that at
/// which readers get it by their own clocks.
pub async fn set_schedule(
    db: &mut Db,
    id: CampaignId,
    at: Option<Timestamp>,
    local_start: Option<&str>,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE campaigns SET scheduled_at = $2, local_start = $3 WHERE id = $1")
            .bind(id)
            .bind(at)
            .bind(local_start)
    )?;
    Ok(())
}

/// Sets or clears when and how fast a campaign may go out.
pub async fn set_limits(db: &mut Db, id: CampaignId, limits: &CampaignLimits) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET quiet_from = $2, quiet_until = $3, hourly_limit = $4
         WHERE id = $1",
        )
        .bind(id)
        .bind(limits.quiet_from)
        .bind(limits.quiet_until)
        .bind(limits.hourly_limit)
    )?;
    Ok(())
}

/// Keeps what the checks said when a campaign started, as JSON.
pub async fn set_start_findings(db: &mut Db, id: CampaignId, findings: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE campaigns SET start_findings = $2 WHERE id = $1")
            .bind(id)
            .bind(findings)
    )?;
    Ok(())
}

/// What the checks said when a campaign started, as JSON.
pub async fn start_findings(db: &mut Db, id: CampaignId) -> Result<String> {
    run!(db, c => sqlx::query_scalar("SELECT start_findings FROM campaigns WHERE id = $1")
        .bind(id)
        .fetch_one(c))
}

/// The subject of a scheduled campaign that mails this post, if there is one.
pub async fn scheduled_with_post(db: &mut Db, post: PostId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT subject FROM campaigns c WHERE state = 'scheduled' AND (post_id = $1 OR EXISTS (
             SELECT 1 FROM campaign_items i WHERE i.campaign_id = c.id AND i.post_id = $1))
         ORDER BY id LIMIT 1",
    )
    .bind(post)
    .fetch_optional(c))
}

/// The subject of a scheduled campaign that mails this event, if there is one.
pub async fn scheduled_with_event(db: &mut Db, event: EventId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT subject FROM campaigns c WHERE state = 'scheduled' AND EXISTS (
             SELECT 1 FROM campaign_items i WHERE i.campaign_id = c.id AND i.event_id = $1)
         ORDER BY id LIMIT 1",
    )
    .bind(event)
    .fetch_optional(c))
}

/// What a campaign says in one language: rendered, with personal parts open.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Rendering {
    /// The language.
    pub language: Language,
    /// The subject's template.
    pub subject: String,
    /// The sender's name; empty for that of the sender.
    pub from_name: String,
    /// The HTML part's template.
    pub html: String,
    /// The plain text part's template.
    pub text: String,
}

/// Keeps what the campaign says, once and for all.
pub async fn insert_rendering(db: &mut Db, id: CampaignId, rendering: &Rendering) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO campaign_renderings
                 (campaign_id, language, subject, from_name, html, text)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(rendering.language)
        .bind(&rendering.subject)
        .bind(&rendering.from_name)
        .bind(&rendering.html)
        .bind(&rendering.text)
    )?;
    Ok(())
}

/// What a started campaign says, in each of its languages.
pub async fn renderings(db: &mut Db, id: CampaignId) -> Result<Vec<Rendering>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, subject, from_name, html, text FROM campaign_renderings
         WHERE campaign_id = $1",
    )
    .bind(id)
    .fetch_all(c))
}

/// How a campaign's readers of one language would get it now.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Audience {
    /// The language's tag.
    pub language: String,
    /// Those who get it by itself.
    pub at_once: i64,
    /// Those for whom the weekly digest keeps it.
    pub weekly: i64,
    /// Those who have paused mail, and do not get it.
    pub paused: i64,
}

impl Audience {
    /// Those whom it reaches, by either way.
    pub fn reached(&self) -> i64 {
        self.at_once + self.weekly
    }
}

/// How many subscribers would get the campaign now, by language.
pub async fn audience(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<Vec<Audience>> {
    let reach = weekly::reach(db, id).await?;
    if reach == Reach::IsDigest {
        return weekly::audience(db, id, now).await;
    }
    let mut audience = match segments::of_campaign(db, id).await? {
        Some(segment) => segments::audience(db, id, &segment.rule, now).await?,
        None => of_lists(db, id, now).await?,
    };
    if reach == Reach::AtOnce {
        for one in &mut audience {
            one.at_once += std::mem::take(&mut one.weekly);
        }
    }
    Ok(audience)
}

async fn of_lists(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<Vec<Audience>> {
    run!(db, c => sqlx::query_as(concat!(
        "SELECT m.language,
                COUNT(CASE WHEN COALESCE(m.paused_until, 0) <= $2 AND m.frequency = 'each'
                           THEN 1 END) AS at_once,
                COUNT(CASE WHEN COALESCE(m.paused_until, 0) <= $2 AND m.frequency = 'weekly'
                           THEN 1 END) AS weekly,
                COUNT(CASE WHEN m.paused_until > $2 THEN 1 END) AS paused
         FROM subscribers m
         WHERE EXISTS (
                 SELECT 1 FROM subscriptions s
                 JOIN campaign_lists x ON x.list_id = s.list_id AND x.campaign_id = $1
                 WHERE s.subscriber_id = m.id AND s.state = 'confirmed')
           AND ",
            not_suppressed!(),
            "
         GROUP BY m.language ORDER BY m.language"),
    )
    .bind(id)
    .bind(now)
    .fetch_all(c))
}

/// Puts the next `span` rows of subscribers into the ledger; `true` once the
/// whole audience is in it.
///
/// Slices by row number, not by count: each costs the same however many lists
/// there are, and the site goes on writing in between.
pub async fn freeze_slice(db: &mut Db, id: CampaignId, span: i64, now: Timestamp) -> Result<bool> {
    let from: Option<i64> = run!(db, c => sqlx::query_scalar(
        "UPDATE campaigns SET frozen_up_to = frozen_up_to + $2
         WHERE id = $1 AND state = 'sending' AND NOT is_frozen
         RETURNING frozen_up_to - $2",
    )
    .bind(id)
    .bind(span)
    .fetch_optional(c))?;
    let Some(from) = from else { return Ok(true) };
    segments::pick(db, id, from, from + span, now).await?;
    let made = match weekly::reach(db, id).await? {
        Reach::IsDigest => weekly::freeze_slice(db, id, from, from + span, now).await?,
        Reach::AtOnce => queue_slice(db, id, (from, from + span), false, now).await?,
        Reach::InDigest => {
            let kept = weekly::keep_slice(db, id, from, from + span, now).await?;
            queue_slice(db, id, (from, from + span), kept > 0, now).await?
        }
    };
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns
         SET frozen_count = frozen_count + $2,
             is_frozen = frozen_up_to >= (SELECT COALESCE(MAX(id), 0) FROM subscribers)
         WHERE id = $1",
        )
        .bind(id)
        .bind(made as i64)
    )?;
    let is_frozen: bool = run!(db, c => sqlx::query_scalar(
        "SELECT is_frozen FROM campaigns WHERE id = $1",
    )
    .bind(id)
    .fetch_one(c))?;
    Ok(is_frozen)
}

/// Queues a campaign for its audience in the rows after the one and up to the
/// other, but for whom the digest keeps it, where it `keeps` it for anybody;
/// tells for how many.
async fn queue_slice(
    db: &mut Db,
    id: CampaignId,
    (from, to): (i64, i64),
    keeps: bool,
    now: Timestamp,
) -> Result<u64> {
    // Due since ever, not since now: a clock that is set back must not hold them.
    execute!(
        db,
        sqlx::query(concat!(
        "INSERT INTO deliveries (campaign_id, subscriber_id, state, next_attempt_at, changed_at)
         SELECT DISTINCT CAST($1 AS BIGINT), s.subscriber_id, 'queued', 0, CAST($4 AS BIGINT)
         FROM subscriptions s
         JOIN campaign_lists x ON x.list_id = s.list_id AND x.campaign_id = $1
         JOIN subscribers m ON m.id = s.subscriber_id
         WHERE s.state = 'confirmed'
           AND s.subscriber_id > $2 AND s.subscriber_id <= $3
           AND (NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.id = $1 AND c.segment_id IS NOT NULL)
                OR EXISTS (SELECT 1 FROM segment_picks g
                           WHERE g.campaign_id = $1 AND g.subscriber_id = s.subscriber_id))
           AND ",
            not_suppressed!(),
            "
           AND (m.paused_until IS NULL OR m.paused_until <= $4)
           AND (NOT $5 OR s.subscriber_id NOT IN (
                    SELECT i.subscriber_id FROM weekly_items i
                    WHERE i.campaign_id = $1 AND i.subscriber_id > $2 AND i.subscriber_id <= $3))
         ORDER BY s.subscriber_id
         ON CONFLICT (campaign_id, subscriber_id) DO NOTHING"))
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(now)
        .bind(keeps)
    )
}

/// How many deliveries stand in each state.
///
/// Only those that took an unusual way, or are in a worker's hands, are
/// counted: the others follow from how many were frozen and claimed. So a look
/// at a million costs no more than a look at a thousand. (The `+` keeps the
/// planner off the index on subscribers, where it would find the many.)
pub async fn counts(db: &mut Db, id: CampaignId) -> Result<DeliveryCounts> {
    let rows: Vec<(String, i64)> = run!(db, c => sqlx::query_as(
        "SELECT state, COUNT(*) FROM deliveries
         WHERE campaign_id = $1 AND state NOT IN ('queued', 'sending', 'sent')
         GROUP BY state
         UNION ALL
         SELECT 'sending', COUNT(*) FROM deliveries
         WHERE lease_until IS NOT NULL AND campaign_id = $1 AND state = 'sending'
         UNION ALL
         SELECT 'queued', COUNT(*) FROM delivery_slices z
         JOIN deliveries d ON d.campaign_id = z.campaign_id AND d.state = 'queued'
              AND d.subscriber_id > z.after_subscriber
              AND d.subscriber_id <= z.up_to_subscriber
         WHERE z.campaign_id = $1
         UNION ALL
         SELECT 'queued', frozen_count - claimed_count FROM campaigns WHERE id = $1
         UNION ALL
         SELECT 'queued', -COUNT(*) FROM deliveries
         WHERE campaign_id = $1 AND state NOT IN ('queued', 'sending', 'sent')
           AND +subscriber_id > (SELECT claimed_up_to FROM campaigns WHERE id = $1)
           AND EXISTS (SELECT 1 FROM campaigns WHERE id = $1 AND claimed_count < frozen_count)
         GROUP BY state
         UNION ALL
         SELECT 'frozen', frozen_count FROM campaigns WHERE id = $1
         UNION ALL
         SELECT 'cancelled', 1 FROM campaigns WHERE id = $1 AND state = 'cancelled'",
    )
    .bind(id)
    .fetch_all(c))?;
    let mut counts = DeliveryCounts::default();
    let (mut frozen, mut is_cancelled) = (0, false);
    for (word, count) in rows {
        match (word.as_str(), word.parse::<DeliveryState>()) {
            ("frozen", _) => frozen = count,
            ("cancelled", _) => is_cancelled = true,
            (_, Ok(state)) => *counts.of(state) += count,
            (_, Err(_)) => {}
        }
    }
    counts.sent = (frozen - counts.total()).max(0);
    // The worker writes it into the rows in its own time.
    if is_cancelled {
        counts.skipped += counts.queued + counts.deferred;
        (counts.queued, counts.deferred) = (0, 0);
    }
    Ok(counts)
}

/// Whether any delivery is still to be decided by the worker.
pub async fn has_open_deliveries(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM delivery_slices WHERE campaign_id = $1)
             OR COALESCE((SELECT MAX(subscriber_id) FROM deliveries WHERE campaign_id = $1), 0)
                    > (SELECT claimed_up_to FROM campaigns WHERE id = $1)
             OR EXISTS (SELECT 1 FROM deliveries
                        WHERE campaign_id = $1 AND state = 'deferred'
                          AND state NOT IN ('queued', 'sending', 'sent'))
             OR EXISTS (SELECT 1 FROM deliveries
                        WHERE lease_until IS NOT NULL AND campaign_id = $1)",
    )
    .bind(id)
    .fetch_one(c))
}

/// Skips deliveries whose subscriber was erased before their turn came.
pub async fn skip_erased(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'skipped', reply = 'the recipient has left since',
                               lease_owner = NULL, lease_until = NULL, changed_at = $2
         WHERE campaign_id = $1 AND subscriber_id IS NULL AND state IN ('queued', 'deferred')",
        )
        .bind(id)
        .bind(now)
    )?;
    execute!(
        db,
        sqlx::query("UPDATE campaigns SET claimed_count = frozen_count WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// Ends up to `limit` deliveries that have not begun, when a campaign was
/// cancelled; `true` once none is left.
pub async fn skip_open_deliveries(
    db: &mut Db,
    id: CampaignId,
    limit: i64,
    now: Timestamp,
) -> Result<bool> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'skipped', reply = 'the campaign was cancelled',
                               changed_at = $2
         WHERE id IN (SELECT d.id FROM delivery_slices z
                      JOIN deliveries d ON d.campaign_id = z.campaign_id
                           AND d.subscriber_id > z.after_subscriber
                           AND d.subscriber_id <= z.up_to_subscriber
                      WHERE z.campaign_id = $1 AND d.state = 'queued')
           AND state = 'queued'",
        )
        .bind(id)
        .bind(now)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM delivery_slices WHERE campaign_id = $1").bind(id)
    )?;
    let up_to: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT MAX(subscriber_id) FROM (
             SELECT d.subscriber_id FROM deliveries d
             WHERE d.campaign_id = $1
               AND d.subscriber_id > (SELECT claimed_up_to FROM campaigns WHERE id = $1)
             ORDER BY d.subscriber_id LIMIT $2) AS next",
    )
    .bind(id)
    .bind(limit)
    .fetch_one(c))?;
    if let Some(up_to) = up_to {
        let skipped = execute!(
            db,
            sqlx::query(
                "UPDATE deliveries SET state = 'skipped', reply = 'the campaign was cancelled',
                                   changed_at = $3
             WHERE campaign_id = $1 AND state = 'queued' AND subscriber_id <= $2
               AND subscriber_id > (SELECT claimed_up_to FROM campaigns WHERE id = $1)",
            )
            .bind(id)
            .bind(up_to)
            .bind(now)
        )?;
        execute!(
            db,
            sqlx::query(
                "UPDATE campaigns SET claimed_up_to = $2, claimed_count = claimed_count + $3
                 WHERE id = $1",
            )
            .bind(id)
            .bind(up_to)
            .bind(skipped as i64)
        )?;
    }
    let put_off = execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'skipped', reply = 'the campaign was cancelled',
                               lease_owner = NULL, lease_until = NULL, changed_at = $2
         WHERE id IN (SELECT id FROM deliveries
                      WHERE campaign_id = $1 AND state = 'deferred'
                        AND state NOT IN ('queued', 'sending', 'sent') LIMIT $3)",
        )
        .bind(id)
        .bind(now)
        .bind(limit)
    )?;
    let is_done = up_to.is_none() && put_off == 0;
    if is_done {
        skip_erased(db, id, now).await?;
    }
    Ok(is_done)
}

/// Cancelled campaigns with deliveries that [`skip_open_deliveries`] has yet to
/// end.
pub async fn cancelled_with_open_deliveries(db: &mut Db) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT id FROM campaigns k
         WHERE state = 'cancelled'
           AND (claimed_count < frozen_count
                OR EXISTS (SELECT 1 FROM delivery_slices z WHERE z.campaign_id = k.id))",
    )
    .fetch_all(c))
}

/// Lets what stands uncertain be sent again, at once; tells how many.
pub async fn requeue_uncertain(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'deferred', next_attempt_at = 0, changed_at = $2
         WHERE campaign_id = $1 AND state = 'uncertain'",
        )
        .bind(id)
        .bind(now)
    )
}

/// Lets what was refused or came back be tried once more, where its recipient
/// still wants it and is not known to be out of reach; tells how many.
pub async fn requeue_unreached(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query(concat!(
            "UPDATE deliveries SET state = 'deferred', attempts = 0, first_attempt_at = NULL,
                               next_attempt_at = 0, changed_at = $2
         WHERE campaign_id = $1 AND state IN ('failed', 'bounced')
           AND state NOT IN ('queued', 'sending', 'sent')
           AND EXISTS (SELECT 1 FROM campaign_lists x
                       JOIN subscriptions s ON s.list_id = x.list_id AND s.state = 'confirmed'
                       WHERE x.campaign_id = $1 AND s.subscriber_id = deliveries.subscriber_id)
           AND EXISTS (SELECT 1 FROM subscribers m WHERE m.id = deliveries.subscriber_id
                       AND ",
            not_suppressed!(),
            ")"
        ))
        .bind(id)
        .bind(now)
    )
}

/// How many confirmed subscriptions each list of a campaign has.
pub async fn audience_by_list(db: &mut Db, id: CampaignId) -> Result<Vec<(String, i64)>> {
    run!(db, c => sqlx::query_as(
        "SELECT l.name, (SELECT COUNT(*) FROM subscriptions s
                         WHERE s.list_id = l.id AND s.state = 'confirmed')
         FROM campaign_lists x JOIN lists l ON l.id = x.list_id
         WHERE x.campaign_id = $1 ORDER BY l.id",
    )
    .bind(id)
    .fetch_all(c))
}

/// One row of a campaign's report.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DeliveryRow {
    /// Its row.
    pub id: i64,
    /// The address; `None` once the subscriber was erased.
    pub email: Option<String>,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// The relay's own words.
    pub reply: String,
    /// Since when it stands there.
    pub changed_at: Timestamp,
}

/// Up to `limit` deliveries after row `after`, in one state or in all.
pub async fn deliveries(
    db: &mut Db,
    id: CampaignId,
    state: Option<DeliveryState>,
    after: i64,
    limit: i64,
) -> Result<Vec<DeliveryRow>> {
    use DeliveryState::{Queued, Sending, Sent};
    // The rarer states have an index of their own, which must be named by its
    // condition.
    if let Some(state) = state.filter(|state| !matches!(state, Queued | Sending | Sent)) {
        return run!(db, c => sqlx::query_as(
            "SELECT d.id, m.email, d.state, d.attempts, d.reply, d.changed_at
             FROM deliveries d LEFT JOIN subscribers m ON m.id = d.subscriber_id
             WHERE d.campaign_id = $1 AND d.state = $2 AND d.id > $3
               AND d.state NOT IN ('queued', 'sending', 'sent')
             ORDER BY d.id LIMIT $4",
        )
        .bind(id)
        .bind(state)
        .bind(after)
        .bind(limit)
        .fetch_all(c));
    }
    // A campaign's rows are made in the order of its subscribers, so none comes
    // before the first one's, or before the first of those since erased.
    let first: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT MIN(id) FROM (
             SELECT MIN(id) AS id FROM deliveries
             WHERE campaign_id = $1 AND subscriber_id IS NULL
             UNION ALL
             SELECT id FROM deliveries
             WHERE campaign_id = $1 AND subscriber_id =
                   (SELECT MIN(subscriber_id) FROM deliveries
                    WHERE campaign_id = $1 AND subscriber_id IS NOT NULL)) AS firsts",
    )
    .bind(id)
    .fetch_one(c))?;
    let after = after.max(first.unwrap_or(0) - 1);
    run!(db, c => sqlx::query_as(
        "SELECT d.id, m.email, d.state, d.attempts, d.reply, d.changed_at
         FROM deliveries d LEFT JOIN subscribers m ON m.id = d.subscriber_id
         WHERE d.campaign_id = $1 AND d.id > $2 AND ($3 = '' OR d.state = $3)
         ORDER BY d.id LIMIT $4",
    )
    .bind(id)
    .bind(after)
    .bind(state.map_or("", DeliveryState::as_str))
    .bind(limit)
    .fetch_all(c))
}

/// One campaign's mail to a subscriber, for their profile.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReceivedRow {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Its subject line.
    pub subject: String,
    /// Where the delivery stands.
    pub state: DeliveryState,
    /// The relay's own words.
    pub reply: String,
    /// Since when it stands there.
    pub changed_at: Timestamp,
}

/// The last `limit` deliveries to a subscriber, newest first.
pub async fn received_by(
    db: &mut Db,
    subscriber: crate::model::SubscriberId,
    limit: i64,
) -> Result<Vec<ReceivedRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT d.campaign_id, p.subject, d.state, d.reply, d.changed_at
         FROM deliveries d JOIN campaigns p ON p.id = d.campaign_id
         WHERE d.subscriber_id = $1 ORDER BY d.id DESC LIMIT $2",
    )
    .bind(subscriber)
    .bind(limit)
    .fetch_all(c))
}
