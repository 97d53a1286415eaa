//! Queries on notifications: what has happened, who is shown it, and who has read it.

use serde::Deserialize;
use serde_json::Value;
use sqlx::types::Json;

use super::{Db, Result, execute, run};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::notification::{Channels, Notice, NotificationKind};
use crate::model::user::Role;
use crate::model::{NotificationId, UserId};
use crate::text::locale::Language;

/// Adds what has happened; `false` where it is there already, unresolved.
pub async fn insert(db: &mut Db, notice: &Notice, now: Timestamp) -> Result<bool> {
    let added = execute!(
        db,
        sqlx::query(
            "INSERT INTO notifications (kind, subject, details, created_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (kind, subject) WHERE resolved_at IS NULL DO NOTHING",
        )
        .bind(notice.kind)
        .bind(&notice.subject)
        .bind(Json(notice))
        .bind(now)
    )?;
    Ok(added == 1)
}

/// What lasts and is not over: kinds and subjects.
pub async fn lasting(db: &mut Db) -> Result<Vec<(NotificationKind, String)>> {
    run!(db, c => sqlx::query_as(
        "SELECT kind, subject FROM notifications
         WHERE resolved_at IS NULL
           AND kind IN ('domain_record_missing', 'disk_nearly_full', 'task_failing',
                        'backup_failed')",
    )
    .fetch_all(c))
}

/// Opens the last one of this subject again, where it was resolved since `since`.
pub async fn reopen(
    db: &mut Db,
    kind: NotificationKind,
    subject: &str,
    since: Timestamp,
) -> Result<bool> {
    let reopened = execute!(
        db,
        sqlx::query(
            "UPDATE notifications SET resolved_at = NULL
             WHERE id = (SELECT MAX(id) FROM notifications WHERE kind = $1 AND subject = $2)
               AND resolved_at > $3",
        )
        .bind(kind)
        .bind(subject)
        .bind(since)
    )?;
    Ok(reopened == 1)
}

/// Notes that what lasted is over.
pub async fn resolve(
    db: &mut Db,
    kind: NotificationKind,
    subject: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE notifications SET resolved_at = $3
             WHERE kind = $1 AND subject = $2 AND resolved_at IS NULL",
        )
        .bind(kind)
        .bind(subject)
        .bind(now)
    )?;
    Ok(())
}

/// The oldest one that nobody was told of.
pub async fn next_to_distribute(db: &mut Db) -> Result<Option<NotificationId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT id FROM notifications WHERE distributed_at IS NULL ORDER BY id LIMIT 1",
    )
    .fetch_optional(c))
}

/// A notification as its row keeps it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Stored {
    pub id: NotificationId,
    #[sqlx(json)]
    details: Value,
}

impl Stored {
    /// What has happened. Parsed here and not by the query, so that one row that cannot be
    /// read stops no other.
    pub fn notice(&self) -> serde_json::Result<Notice> {
        Notice::deserialize(&self.details)
    }
}

/// Marks one as distributed; `None` where another process was faster.
pub async fn take(db: &mut Db, id: NotificationId, now: Timestamp) -> Result<Option<Stored>> {
    run!(db, c => sqlx::query_as(
        "UPDATE notifications SET distributed_at = $2
         WHERE id = $1 AND distributed_at IS NULL RETURNING id, details",
    )
    .bind(id)
    .bind(now)
    .fetch_optional(c))
}

/// A user who may be told, and how they have chosen to be.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Candidate {
    pub id: UserId,
    pub email: EmailAddress,
    pub role: Role,
    pub language: Option<Language>,
    in_admin: Option<bool>,
    by_mail: Option<bool>,
}

impl Candidate {
    /// `None` where they have not chosen.
    pub fn chosen(&self) -> Option<Channels> {
        let (in_admin, by_mail) = self.in_admin.zip(self.by_mail)?;
        Some(Channels { in_admin, by_mail })
    }
}

/// Every user who is not kept out and has signed in or was not invited, with their choice for one
/// kind. What happens is of the whole installation, so nobody is told who is limited to some lists.
pub async fn candidates(db: &mut Db, kind: NotificationKind) -> Result<Vec<Candidate>> {
    run!(db, c => sqlx::query_as(
        "SELECT u.id, u.email, u.role, u.language, n.in_admin, n.by_mail
         FROM users u
         LEFT JOIN notification_choices n ON n.user_id = u.id AND n.kind = $1
         WHERE NOT u.is_limited AND u.disabled_by IS NULL
           AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.user_id = u.id)
         ORDER BY u.id",
    )
    .bind(kind)
    .fetch_all(c))
}

/// Shows a notification to a user.
pub async fn show_to(db: &mut Db, id: NotificationId, user: UserId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO notification_recipients (user_id, notification_id) VALUES ($1, $2)
             ON CONFLICT (user_id, notification_id) DO NOTHING",
        )
        .bind(user)
        .bind(id)
    )?;
    Ok(())
}

/// How many a user has not read.
pub async fn unread(db: &mut Db, user: UserId) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM notification_recipients WHERE user_id = $1 AND read_at IS NULL",
    )
    .bind(user)
    .fetch_one(c))
}

/// A notification as a user sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Shown {
    pub id: NotificationId,
    pub created_at: Timestamp,
    /// When what lasted was over.
    pub resolved_at: Option<Timestamp>,
    /// When they read it.
    pub read_at: Option<Timestamp>,
    #[sqlx(json)]
    details: Value,
}

impl Shown {
    /// What has happened, where its row can be read.
    pub fn notice(&self) -> Option<Notice> {
        Notice::deserialize(&self.details).ok()
    }
}

/// Up to `limit` of a user's notifications before the one numbered `before`, newest first.
pub async fn of_user(
    db: &mut Db,
    user: UserId,
    before: Option<NotificationId>,
    only_unread: bool,
    limit: i64,
) -> Result<Vec<Shown>> {
    run!(db, c => sqlx::query_as(
        "SELECT n.id, n.created_at, n.resolved_at, r.read_at, n.details
         FROM notification_recipients r JOIN notifications n ON n.id = r.notification_id
         WHERE r.user_id = $1 AND r.notification_id < $2 AND (NOT $3 OR r.read_at IS NULL)
         ORDER BY r.notification_id DESC LIMIT $4",
    )
    .bind(user)
    .bind(before.unwrap_or(NotificationId(i64::MAX)))
    .bind(only_unread)
    .bind(limit)
    .fetch_all(c))
}

/// One of a user's notifications.
pub async fn one(db: &mut Db, user: UserId, id: NotificationId) -> Result<Option<Shown>> {
    run!(db, c => sqlx::query_as(
        "SELECT n.id, n.created_at, n.resolved_at, r.read_at, n.details
         FROM notification_recipients r JOIN notifications n ON n.id = r.notification_id
         WHERE r.user_id = $1 AND r.notification_id = $2",
    )
    .bind(user)
    .bind(id)
    .fetch_optional(c))
}

/// Marks one of a user's notifications as read; the time of the first reading stays.
pub async fn mark_read(
    db: &mut Db,
    user: UserId,
    id: NotificationId,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE notification_recipients SET read_at = $3
             WHERE user_id = $1 AND notification_id = $2 AND read_at IS NULL",
        )
        .bind(user)
        .bind(id)
        .bind(now)
    )?;
    Ok(())
}

/// Marks a user's notifications up to `last` as read; returns how many.
pub async fn mark_all_read(
    db: &mut Db,
    user: UserId,
    last: NotificationId,
    now: Timestamp,
) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE notification_recipients SET read_at = $3
             WHERE user_id = $1 AND notification_id <= $2 AND read_at IS NULL",
        )
        .bind(user)
        .bind(last)
        .bind(now)
    )
}

/// What a user has chosen.
pub async fn choices(db: &mut Db, user: UserId) -> Result<Vec<(NotificationKind, Channels)>> {
    let rows: Vec<(NotificationKind, bool, bool)> = run!(db, c => sqlx::query_as(
        "SELECT kind, in_admin, by_mail FROM notification_choices WHERE user_id = $1",
    )
    .bind(user)
    .fetch_all(c))?;
    let channels = |(kind, in_admin, by_mail)| (kind, Channels { in_admin, by_mail });
    Ok(rows.into_iter().map(channels).collect())
}

/// Sets what a user chooses for one kind.
pub async fn choose(
    db: &mut Db,
    user: UserId,
    kind: NotificationKind,
    channels: Channels,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO notification_choices (user_id, kind, in_admin, by_mail)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (user_id, kind)
             DO UPDATE SET in_admin = excluded.in_admin, by_mail = excluded.by_mail",
        )
        .bind(user)
        .bind(kind)
        .bind(channels.in_admin)
        .bind(channels.by_mail)
    )?;
    Ok(())
}

/// Forgets what a user has chosen.
pub async fn forget_choices(db: &mut Db, user: UserId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM notification_choices WHERE user_id = $1").bind(user)
    )?;
    Ok(())
}

/// Whether there are notifications from before `before`.
pub async fn has_older(db: &mut Db, before: Timestamp) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM notifications WHERE created_at < $1)",
    )
    .bind(before)
    .fetch_one(c))
}

/// Deletes notifications from before `before`; returns how many.
pub async fn delete_older(db: &mut Db, before: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query("DELETE FROM notifications WHERE created_at < $1").bind(before)
    )
}
