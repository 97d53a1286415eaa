//! Statements on a database that was restored from an older copy: what the copy does not know
//! to be over may have happened since, and must not happen twice.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;

/// Marks every delivery of a campaign that has not ended as uncertain, and takes away what
/// workers would claim; returns how many deliveries.
pub async fn hold_deliveries(
    db: &mut Db,
    id: CampaignId,
    reply: &str,
    now: Timestamp,
) -> Result<u64> {
    let held = execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'uncertain', reply = $2, lease_owner = NULL,
                                   lease_until = NULL, changed_at = $3
             WHERE campaign_id = $1 AND state IN ('queued', 'deferred', 'sending')",
        )
        .bind(id)
        .bind(reply)
        .bind(now)
    )?;
    for statement in [
        "DELETE FROM delivery_slices WHERE campaign_id = $1",
        "DELETE FROM campaign_rate_windows WHERE campaign_id = $1",
        "UPDATE campaigns SET claimed_up_to = frozen_up_to, claimed_count = frozen_count
         WHERE id = $1",
    ] {
        execute!(db, sqlx::query(statement).bind(id))?;
    }
    Ok(held)
}

/// Whether a campaign has recipients who may yet get it.
pub async fn is_open(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM campaigns WHERE id = $1 AND NOT is_frozen)
             OR EXISTS (SELECT 1 FROM deliveries
                        WHERE campaign_id = $1 AND state IN ('queued', 'deferred', 'sending'))",
    )
    .bind(id)
    .fetch_one(c))
}

/// Takes campaigns that wait for a weekly digest out of it; returns how many.
pub async fn hold_digest_items(db: &mut Db) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET digest_week = 'restored'
             WHERE weekly_reader_count > 0 AND digest_week IS NULL AND state <> 'draft'",
        )
    )
}

/// Marks transactional emails that have not ended as uncertain; returns how many.
pub async fn hold_transactional(db: &mut Db, reply: &str, now: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE transactional_emails SET state = 'uncertain', reply = $1, lease_owner = NULL,
                                             lease_until = NULL, changed_at = $2
             WHERE state IN ('queued', 'deferred', 'sending')",
        )
        .bind(reply)
        .bind(now)
    )
}

/// Takes notifications that nobody was told of for told.
pub async fn hold_notifications(db: &mut Db, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE notifications SET distributed_at = $1 WHERE distributed_at IS NULL")
            .bind(now)
    )?;
    Ok(())
}

/// Ends queued webhook calls; returns how many.
pub async fn hold_webhooks(db: &mut Db, reply: &str) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE webhook_deliveries SET state = 'failed', reply = $1, lease_owner = NULL,
                                           lease_until = NULL
             WHERE state = 'queued'",
        )
        .bind(reply)
    )
}

/// Ends imports that were running; returns how many.
pub async fn hold_imports(db: &mut Db, failure: &str, now: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE imports SET state = 'failed', failure = $1, lease_owner = NULL,
                                lease_until = NULL, changed_at = $2
             WHERE state IN ('reading', 'checking', 'running', 'undoing')",
        )
        .bind(failure)
        .bind(now)
    )
}

/// Forgets whom imports were still to ask to confirm: they may have been asked since; returns
/// how many.
pub async fn hold_confirmations(db: &mut Db) -> Result<u64> {
    execute!(db, sqlx::query("DELETE FROM import_confirmations"))
}

/// Ends every session and sign-in link, since some may have been ended after the copy, and
/// forgets the processes that were running; returns how many sessions.
pub async fn end_sessions(db: &mut Db) -> Result<u64> {
    for statement in [
        "DELETE FROM sign_in_links",
        "DELETE FROM provider_sign_ins",
        "DELETE FROM workers",
        // They can be sent again.
        "UPDATE invitations SET expires_at = sent_at",
    ] {
        execute!(db, sqlx::query(statement))?;
    }
    execute!(db, sqlx::query("DELETE FROM sessions"))
}
