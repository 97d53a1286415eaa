//! Keeps a restored database from repeating what may have been done after the copy was made.

use jiff::tz::TimeZone;

use super::Result;
use crate::account::audit;
use crate::campaign::{audience, weekly_digest};
use crate::clock::Timestamp;
use crate::config::Config;
use crate::model::CampaignId;
use crate::model::ab_test::AbOutcome;
use crate::model::audit::{Actor, AuditAction};
use crate::model::campaign::CampaignState;
use crate::store::{
    Db, Store, ab_tests, backup_info, campaigns, recurring_campaigns, restored, series, settings,
};

/// Subscriber rows per slice of a freeze.
const FREEZE_SLICE: i64 = 50_000;

/// A campaign that a person has to decide on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCampaign {
    pub id: CampaignId,
    pub subject: String,
    /// Recipients who may have got it after the copy was made.
    pub uncertain: u64,
}

/// What was kept from being done again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// When the copy was made, if it is known.
    pub made_at: Option<Timestamp>,
    /// Were being sent or paused, and are paused.
    pub paused: Vec<HeldCampaign>,
    /// Were scheduled, and do not start.
    pub unscheduled: Vec<HeldCampaign>,
    /// Recurring campaigns that are paused: what came of their last times is not known.
    pub recurring: u64,
    /// Campaigns taken out of the weekly digest.
    pub digest_items: u64,
    /// Emails to one person that are not sent.
    pub transactional: u64,
    pub webhooks: u64,
    /// Were going on, and are paused.
    pub series: u64,
    pub imports: u64,
    /// People whom imports do not ask to confirm any more.
    pub confirmations: u64,
    pub sessions: u64,
}

/// Holds everything in a database that was restored from a copy of `made_at`; `None` where that
/// is not known. Nothing may be running on the database meanwhile.
pub async fn hold(
    db: &mut Db,
    made_at: Option<Timestamp>,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Held> {
    let from = match made_at {
        Some(at) => format!("Restored from the backup of {}", at.rfc3339()),
        None => "Restored from a backup".to_owned(),
    };
    let reply = "the database was restored from a backup; it may have been sent since the backup";
    let mut held = Held {
        made_at,
        ..Held::default()
    };
    hold_campaigns(db, &from, reply, now, &mut held).await?;
    let is_digest_due = match made_at {
        Some(made_at) => weekly_digest::was_due_between(db, zone, made_at, now).await?,
        None => true,
    };
    if is_digest_due {
        held.digest_items = restored::hold_digest_items(db).await?;
    }
    held.transactional = restored::hold_transactional(db, reply, now).await?;
    restored::hold_notifications(db, now).await?;
    held.webhooks = restored::hold_webhooks(db, reply).await?;
    held.imports = restored::hold_imports(db, &from, now).await?;
    held.confirmations = restored::hold_confirmations(db).await?;
    held.sessions = restored::end_sessions(db).await?;
    settings::remove(db, super::schedule::SETTING).await?;
    let action = AuditAction::DatabaseRestore;
    audit::record(db, &Actor::CommandLine, action, &from, now).await?;
    Ok(held)
}

/// Stops campaigns that may have been sent elsewhere, and says where they come `from`.
pub async fn hold_campaigns(
    db: &mut Db,
    from: &str,
    reply: &str,
    now: Timestamp,
    held: &mut Held,
) -> Result<()> {
    let reason = format!(
        "{from}. What was sent after it is not known: recipients without a result are marked \
         uncertain and get nothing unless you send to them again."
    );
    held.series = series::hold(db, from, now).await?;
    let mut begun = campaigns::in_state(db, CampaignState::Sending).await?;
    begun.extend(campaigns::in_state(db, CampaignState::Paused).await?);
    for campaign in begun {
        let id = campaign.id;
        let is_open = restored::is_open(db, id).await? || ab_tests::rest::is_open(db, id).await?;
        if campaign.state == CampaignState::Paused && !is_open {
            continue;
        }
        // Only what is being sent is frozen.
        let (paused, sending) = (CampaignState::Paused, CampaignState::Sending);
        campaigns::set_state(db, id, paused, sending, "", now).await?;
        // Those who were not in the ledger yet may have got it, too: an A/B test may have been
        // decided meanwhile.
        ab_tests::rest::hold(db, id).await?;
        ab_tests::moves::end(db, id, AbOutcome::Restored, now).await?;
        while !audience::freeze_slice(db, None, id, FREEZE_SLICE, now).await? {}
        let uncertain = restored::hold_deliveries(db, id, reply, now).await?;
        campaigns::set_state(db, id, sending, paused, &reason, now).await?;
        held.paused.push(HeldCampaign {
            id,
            subject: campaign.subject,
            uncertain,
        });
    }
    held.recurring = recurring_campaigns::pause_all(db).await?;
    let reason = format!(
        "{from}. It was scheduled then and may have been sent since. If it was not, schedule it \
         again; else delete or cancel it."
    );
    for campaign in campaigns::in_state(db, CampaignState::Scheduled).await? {
        let (from, to) = (CampaignState::Scheduled, CampaignState::FailedToStart);
        campaigns::set_state(db, campaign.id, from, to, &reason, now).await?;
        held.unscheduled.push(HeldCampaign {
            id: campaign.id,
            subject: campaign.subject,
            uncertain: 0,
        });
    }
    Ok(())
}

/// Holds everything in a database that somebody uses without having restored it: a backup that
/// was copied into its place. `None` for any other database.
pub async fn adopt(store: &Store, config: &Config, now: Timestamp) -> Result<Option<Held>> {
    let info = backup_info::get(&mut store.read().await?).await?;
    let Some(info) = info else { return Ok(None) };
    let mut db = store.write().await?;
    let held = hold(&mut db, Some(info.made_at), &config.time_zone.get(), now).await?;
    backup_info::remove(&mut db).await?;
    db.commit().await?;
    Ok(Some(held))
}
