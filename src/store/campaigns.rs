//! Queries on campaigns.

use super::campaign_attachments::{self, NewAttachment};
use super::campaign_contents::{self, CampaignText, CampaignVariant, DigestItem};
use super::list_access::campaign_is_within;
use super::{Db, Engine, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::{CampaignState, ChangedPart, ContentKind};
use crate::model::list::ListSlug;
use crate::model::list_access::ListAccess;
use crate::model::{CampaignId, EventId, ListId, PostId, SegmentId};

/// A campaign as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Campaign {
    /// Its id.
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
    /// Its state.
    pub state: CampaignState,
    /// Why the system paused it, or it could not start; empty where a person
    /// moved it.
    pub pause_reason: String,
    /// When it will start by itself.
    pub scheduled_at: Option<Timestamp>,
    /// When readers get it by their own clocks, such as `2026-03-01T09:00`;
    /// `None` for all at once.
    pub local_start: Option<String>,
    /// Whether a person has started it, who can undo that until `scheduled_at`.
    pub is_start_delayed: bool,
    /// How often what it mails, or to whom, was changed.
    pub change_count: i64,
    /// Who did that last.
    pub changed_by: String,
    /// What they changed.
    pub changed_part: ChangedPart,
    /// When it started.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// When its deliveries were folded into the numbers of its report.
    pub folded_at: Option<Timestamp>,
    /// Since when it is paused, while it is.
    pub paused_at: Option<Timestamp>,
    /// Whether its whole audience is in the ledger.
    pub is_frozen: bool,
    /// Whether its A/B test is decided and the rest of its audience gets the winner.
    pub sends_rest: bool,
    /// Its own limits.
    #[sqlx(flatten)]
    pub limits: CampaignLimits,
    /// Whether it goes at once to those who read weekly, too.
    pub is_urgent: bool,
    /// Whether its own pictures are inside the email rather than loaded from the site.
    pub embeds_pictures: bool,
    /// Whether it brings its events to the readers' calendars.
    pub calendar: CalendarChoice,
    /// How many weekly readers get it in a digest instead.
    pub weekly_reader_count: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Campaign {
    /// Whether its time to start has come.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.state == CampaignState::Scheduled && self.scheduled_at.is_some_and(|at| at <= now)
    }
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
    /// What a digest contains, in this order.
    pub items: Vec<DigestItem>,
    /// The part of its lists that it goes to; `None` for all.
    pub segment: Option<SegmentId>,
    /// The sender, where it is not the configured one.
    pub from_mailbox: Option<String>,
    /// Whether visitors may read it in the archive.
    pub is_public: bool,
    /// Whether it goes at once to those who read weekly, too.
    pub is_urgent: bool,
    /// Whether its own pictures are inside the email.
    pub embeds_pictures: bool,
    /// Whether it brings its events to the readers' calendars.
    pub calendar: CalendarChoice,
    /// The files that it carries, in this order.
    pub attachments: Vec<NewAttachment>,
    /// Whom it goes to.
    pub lists: Vec<ListId>,
}

/// Adds a draft.
pub async fn insert(db: &mut Db, fields: &CampaignFields, now: Timestamp) -> Result<CampaignId> {
    let id: CampaignId = run!(db, c => sqlx::query_scalar(
        "INSERT INTO campaigns
             (subject, layout, kind, post_id, from_mailbox, is_public, segment_id,
              is_urgent, state, is_frozen, created_at, updated_at, embeds_pictures,
              calendar)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', FALSE, $9, $9, $10, $11)
         RETURNING id",
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
    .bind(fields.embeds_pictures)
    .bind(fields.calendar)
    .fetch_one(c))?;
    campaign_attachments::set(db, id, &fields.attachments).await?;
    campaign_contents::set(db, id, &fields.texts, &fields.items, now).await?;
    campaign_contents::set_variants(db, id, &fields.variants).await?;
    set_lists(db, id, &fields.lists).await?;
    Ok(id)
}

/// How often a campaign's own form was saved; `None` for one that is not there.
pub async fn edit_count(db: &mut Db, id: CampaignId) -> Result<Option<i64>> {
    run!(db, c => sqlx::query_scalar("SELECT edit_count FROM campaigns WHERE id = $1")
        .bind(id)
        .fetch_optional(c))
}

/// Changes a draft; `false` where it has started, or was saved since its form was opened after
/// `seen` saves.
pub async fn update(
    db: &mut Db,
    id: CampaignId,
    fields: &CampaignFields,
    seen: Option<i64>,
    now: Timestamp,
) -> Result<bool> {
    let updated = execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET subject = $2, layout = $3, kind = $4, post_id = $5,
                              from_mailbox = $6, is_public = $7, segment_id = $8,
                              is_urgent = $9, updated_at = $10, embeds_pictures = $12,
                              calendar = $13,
                              edit_count = edit_count + 1
         WHERE id = $1 AND state IN ('draft', 'scheduled', 'failed_to_start')
           AND edit_count = COALESCE($11, edit_count)",
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
        .bind(seen)
        .bind(fields.embeds_pictures)
        .bind(fields.calendar)
    )?;
    if updated == 0 {
        return Ok(false);
    }
    campaign_attachments::set(db, id, &fields.attachments).await?;
    campaign_contents::set(db, id, &fields.texts, &fields.items, now).await?;
    campaign_contents::set_variants(db, id, &fields.variants).await?;
    execute!(
        db,
        sqlx::query("DELETE FROM campaign_lists WHERE campaign_id = $1").bind(id)
    )?;
    set_lists(db, id, &fields.lists).await?;
    Ok(true)
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
    ($($rest:tt)+) => {
        concat!(
            "SELECT id, subject, layout, kind, post_id, from_mailbox, is_public, state,
                    pause_reason, scheduled_at, local_start, is_start_delayed, change_count,
                    changed_by, changed_part, started_at, finished_at, folded_at, paused_at,
                    is_frozen, sends_rest, quiet_from, quiet_until, hourly_limit, is_urgent,
                    embeds_pictures, calendar,
                    weekly_reader_count, created_at
             FROM campaigns ",
            $($rest)+
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
pub async fn page(
    db: &mut Db,
    access: &ListAccess,
    before: i64,
    limit: i64,
) -> Result<Vec<Campaign>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE id < $1 AND kind <> 'series' AND ($3 = 0 OR ", campaign_is_within!("campaigns.id", "$3"), ")
         ORDER BY id DESC LIMIT $2"
    ))
    .bind(before)
    .bind(limit)
    .bind(access.limited_user())
    .fetch_all(c))
}

/// A started campaign and those that started before it, newest first: up to `limit` in all.
pub async fn started_up_to(
    db: &mut Db,
    access: &ListAccess,
    id: CampaignId,
    limit: i64,
) -> Result<Vec<Campaign>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE (started_at < (SELECT o.started_at FROM campaigns o WHERE o.id = $1)
            OR started_at = (SELECT o.started_at FROM campaigns o WHERE o.id = $1) AND id <= $1)
           AND kind <> 'series' AND ($3 = 0 OR ", campaign_is_within!("campaigns.id", "$3"), ")
         ORDER BY started_at DESC, id DESC LIMIT $2"
    ))
    .bind(id)
    .bind(limit)
    .bind(access.limited_user())
    .fetch_all(c))
}

/// The campaign that a user made which started last, of those within reach.
pub async fn last_started(db: &mut Db, access: &ListAccess) -> Result<Option<CampaignId>> {
    run!(db, c => sqlx::query_scalar(concat!(
        "SELECT id FROM campaigns
         WHERE started_at IS NOT NULL AND kind NOT IN ('weekly', 'series') AND ($1 = 0 OR ",
        campaign_is_within!("campaigns.id", "$1"),
        ") ORDER BY started_at DESC, id DESC LIMIT 1"
    ))
    .bind(access.limited_user())
    .fetch_optional(c))
}

/// The campaigns in one state, oldest first.
pub async fn in_state(db: &mut Db, state: CampaignState) -> Result<Vec<Campaign>> {
    run!(db, c => sqlx::query_as(select!("WHERE state = $1 ORDER BY id"))
    .bind(state)
    .fetch_all(c))
}

/// Up to `limit` campaigns that started, or are or were to start, at `from` or later and before
/// `until`.
pub async fn with_start_between(
    db: &mut Db,
    access: &ListAccess,
    from: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Campaign>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE (started_at >= $1 AND started_at < $2
            OR started_at IS NULL AND state IN ('scheduled', 'failed_to_start')
               AND scheduled_at >= $1 AND scheduled_at < $2)
           AND kind <> 'series'
           AND ($4 = 0 OR ", campaign_is_within!("campaigns.id", "$4"), ")
         ORDER BY id LIMIT $3"
    ))
    .bind(from)
    .bind(until)
    .bind(limit)
    .bind(access.limited_user())
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

/// Keeps a campaign as it is until the transaction ends: who moves it waits.
pub async fn hold(db: &mut Db, id: CampaignId) -> Result<()> {
    // A transaction of SQLite that writes is alone.
    if db.engine() == Engine::Postgres {
        execute!(
            db,
            sqlx::query("SELECT 1 FROM campaigns WHERE id = $1 FOR NO KEY UPDATE").bind(id)
        )?;
    }
    Ok(())
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
        sqlx::query(
            "UPDATE campaigns
             SET scheduled_at = $2, local_start = $3, is_start_delayed = FALSE WHERE id = $1",
        )
        .bind(id)
        .bind(at)
        .bind(local_start)
    )?;
    Ok(())
}

/// Sets the time at which a campaign starts that a person has started, and can undo until then.
pub async fn delay_start(db: &mut Db, id: CampaignId, until: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns
             SET scheduled_at = $2, local_start = NULL, is_start_delayed = TRUE WHERE id = $1",
        )
        .bind(id)
        .bind(until)
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

/// A campaign that has a sender of its own and is not over.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnSender {
    pub subject: String,
    pub state: CampaignState,
    pub from_mailbox: String,
}

/// The campaigns that name their sender and are scheduled, sending or paused.
pub async fn with_own_sender(db: &mut Db) -> Result<Vec<OwnSender>> {
    run!(db, c => sqlx::query_as(
        "SELECT subject, state, from_mailbox FROM campaigns
         WHERE state IN ('scheduled', 'sending', 'paused') AND from_mailbox IS NOT NULL
         ORDER BY id",
    )
    .fetch_all(c))
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
