//! Pausing a campaign because many recipients are rejected for the same reason, and
//! lifting the suppressions that this caused.

use strum::VariantArray as _;

use super::{CampaignError, Result};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::campaign::CampaignState;
use crate::model::feedback::{Decision, Party, Verdict};
use crate::model::notification::{Notice, NotificationKind};
use crate::model::subscription::SuppressionReason;
use crate::notifications;
use crate::store::automatic_pauses::{self, NewAutomaticPause};
use crate::store::{Db, campaigns};
use crate::text::numbers::in_english;

pub use crate::store::automatic_pauses::{AutomaticPause, PausedBy};

/// The key of rejections that concern the sender or the path, whatever their text.
pub const ANY: &str = "*";

/// Recipients who are rejected with the same reply.
#[derive(Debug, Clone)]
pub struct SimilarRejections {
    /// The common part of their replies.
    pub key: String,
    /// One of the replies.
    pub reply: String,
    /// Who the reply is about.
    pub party: Party,
    /// Their number …
    pub recipients: u64,
    /// … and that of their domains.
    pub domains: u64,
    /// Their known deliveries.
    pub deliveries: Vec<i64>,
    /// Whether the relay accepted the messages and they bounced.
    pub has_returned: bool,
}

/// The effect of [`pause`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseOutcome {
    /// The campaign is paused now, or was already.
    Paused,
    /// A user has seen this reply and resumed the campaign.
    Known,
}

/// Whether that many similar rejections must pause a campaign. `outcomes`
/// counts all replies since it was started or resumed, and messages in flight.
///
/// A rejection of the sender concerns everybody: three recipients of two domains are
/// enough. A filter, blocklist or policy may reject the sender at several domains, so
/// that it takes ten, or most of the first. Unknown addresses are normal; only
/// if nearly all of the first are unknown at several domains something is wrong
/// with the list or the relay.
pub fn must_pause(key: &str, party: Party, count: u64, domains: u64, outcomes: u64) -> bool {
    let is_most = count * 2 > outcomes;
    let is_nearly_all = count * 5 > outcomes * 4;
    if key == ANY {
        return count >= 5 && is_most;
    }
    match party {
        Party::Mailbox | Party::Domain => {
            domains >= 3 && (count >= 5 && is_nearly_all || count >= 20 && is_most)
        }
        Party::SenderContent
        | Party::SenderSize
        | Party::SenderPolicy
        | Party::SenderReputation
        | Party::SenderRate
        | Party::Path
        | Party::Unclear => (count >= 10 && domains >= 3) || (count >= 3 && is_most),
        Party::SenderAddress | Party::SenderHelo | Party::SenderAuth | Party::Relay => {
            count >= 3 && (domains >= 2 || is_most)
        }
    }
}

/// Pauses a campaign with the reply, unless a user has seen it, and lifts
/// the suppressions that it caused.
pub async fn pause(
    cx: &Context,
    id: CampaignId,
    rejections: &SimilarRejections,
) -> Result<PauseOutcome> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    campaigns::hold(&mut db, id).await?;
    let campaign = campaigns::by_id(&mut db, id).await?;
    if let Some(campaign) = campaign.filter(|campaign| campaign.state == CampaignState::Sending) {
        let new = NewAutomaticPause {
            campaign: id,
            key: &rejections.key,
            reply: &rejections.reply,
            party: rejections.party,
            recipients: rejections.recipients as i64,
        };
        if !automatic_pauses::insert(&mut db, &new, now).await? {
            return Ok(PauseOutcome::Known);
        }
        let (from, to) = (CampaignState::Sending, CampaignState::Paused);
        let reason = reason(rejections);
        if campaigns::set_state(&mut db, id, from, to, &reason, now).await? {
            tracing::error!(campaign = %id, reason, "the campaign is paused");
            let kind = NotificationKind::CampaignPaused;
            let notice = Notice::campaign_paused(kind, id, &campaign.subject, &reason, now);
            notifications::record(&mut db, &notice, now).await?;
        }
    }
    automatic_pauses::remember(&mut db, id, &rejections.key, &rejections.deliveries).await?;
    let lifted = put_back(&mut db, id, &rejections.key, now).await?;
    db.commit().await?;
    if lifted > 0 {
        tracing::info!(campaign = %id, lifted, "suppressions are taken back");
    }
    Ok(PauseOutcome::Paused)
}

/// Why the campaign is paused, for its page.
fn reason(rejections: &SimilarRejections) -> String {
    let SimilarRejections {
        reply,
        recipients,
        domains,
        ..
    } = rejections;
    let what = format!(
        "{} recipients at {} domains were rejected alike: “{reply}”",
        in_english(recipients),
        in_english(domains)
    );
    let again = if rejections.has_returned {
        "their messages came back, and can be sent once more from this page"
    } else {
        "when you resume, they are tried again"
    };
    if rejections.party.is_recipient() {
        format!(
            "{what}. Most of the first addresses seem not to exist: check where the list comes from, and whether the relay knows these domains. They are not suppressed yet; {again}, and who is refused again is suppressed"
        )
    } else {
        format!(
            "{what}. This is about {}, not about the recipients: nobody is suppressed, and {again}",
            rejections.party.says()
        )
    }
}

/// The rejections that paused a campaign, newest first.
pub async fn of_campaign(cx: &Context, id: CampaignId) -> Result<Vec<AutomaticPause>> {
    Ok(automatic_pauses::of_campaign(&mut cx.store.read().await?, id).await?)
}

/// The rejections that paused a campaign, to which one with these keys belongs
/// that arrives later: its message was begun before the pause.
pub async fn paused_by(cx: &Context, id: CampaignId, keys: [&str; 2]) -> Result<Option<PausedBy>> {
    let mut db = cx.store.read().await?;
    Ok(automatic_pauses::paused_by(&mut db, id, keys, None).await?)
}

/// Suppresses the recipient of one more rejection that belongs to those whose
/// recipients a user decided to keep suppressed.
pub async fn keep_late(
    cx: &Context,
    id: CampaignId,
    pause: &PausedBy,
    delivery: i64,
) -> Result<()> {
    let key = pause.reply_key.as_str();
    let mut db = cx.store.write().await?;
    campaigns::hold(&mut db, id).await?;
    automatic_pauses::remember(&mut db, id, key, &[delivery]).await?;
    keep(&mut db, id, (key, &pause.reply), cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Takes back what similar rejections have cost their recipients; gives the number of
/// suppressions that were lifted.
async fn put_back(db: &mut Db, id: CampaignId, key: &str, now: Timestamp) -> Result<u64> {
    let reason = SuppressionReason::HardBounce;
    let lifted = automatic_pauses::lift_suppressions(db, id, key, reason).await?;
    // Rejections of the sender are worded differently by each server.
    let mut parties = Vec::new();
    if key == ANY {
        parties.extend(
            Party::VARIANTS
                .iter()
                .copied()
                .filter(|party| !party.is_recipient()),
        );
    }
    automatic_pauses::retry_deliveries(db, id, key, &parties, now).await?;
    // They are no bounces of these addresses.
    automatic_pauses::set_final(db, id, key, None, false).await?;
    Ok(lifted)
}

/// Suppresses the recipients of similar rejections after all, and ends what waits to be
/// tried again for them; gives the number of suppressions that were added.
async fn keep(
    db: &mut Db,
    id: CampaignId,
    (key, reply): (&str, &str),
    now: Timestamp,
) -> Result<u64> {
    let (reason, note) = (SuppressionReason::HardBounce, kept_note(reply));
    let added = automatic_pauses::add_suppressions(db, id, key, reason, &note, now).await?;
    automatic_pauses::fail_deliveries(db, id, key, reply, now).await?;
    automatic_pauses::set_final(db, id, key, Some(Verdict::Hard), true).await?;
    Ok(added)
}

fn kept_note(reply: &str) -> String {
    let note = format!("kept suppressed after {reply}");
    note.chars().take(NOTE_LIMIT).collect()
}

/// Suppresses the recipients whose rejections paused a campaign, or lifts their
/// suppression. Without a key it concerns the last rejections that paused it. Gives
/// the number of suppressions added or lifted.
///
/// # Errors
/// [`CampaignError::NotFound`] without such a campaign or such rejections.
pub async fn decide(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    key: Option<&str>,
    decision: Decision,
) -> Result<u64> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    campaigns::hold(&mut db, id).await?;
    let pauses = automatic_pauses::of_campaign(&mut db, id).await?;
    let mut pauses = pauses.into_iter();
    let pause = match key {
        Some(key) => pauses.find(|pause| pause.reply_key == key),
        None => pauses.next(),
    };
    let pause = pause.ok_or(CampaignError::NotFound)?;
    let key = pause.reply_key.as_str();
    automatic_pauses::decide(&mut db, id, key, decision, now).await?;
    let changed = match decision {
        Decision::Kept => keep(&mut db, id, (key, &pause.reply), now).await?,
        Decision::PutBack => put_back(&mut db, id, key, now).await?,
    };
    audit::record(
        &mut db,
        by,
        AuditAction::CampaignRejections,
        format!("{id} {decision}"),
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    tracing::info!(campaign = %id, changed, %decision, "a person has decided on rejections");
    Ok(changed)
}

/// Characters of the note of a suppression.
const NOTE_LIMIT: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_addresses_of_an_ordinary_list_never_pause_it() {
        // However many of them are rejected in the same words at many domains,
        // and also where the rejections are known before the first message is taken.
        for (dead, outcomes) in [(30, 1_000), (300, 10_000), (6, 200), (5, 9), (49, 100)] {
            let pauses = must_pause("550 unknown", Party::Mailbox, dead, 16, outcomes);
            assert!(!pauses, "{dead} of {outcomes}");
        }
        for (dead, outcomes) in [(5, 5), (9, 11), (20, 30), (51, 100)] {
            let pauses = must_pause("550 unknown", Party::Mailbox, dead, 16, outcomes);
            assert!(pauses, "{dead} of {outcomes}");
        }
        assert!(!must_pause("550 unknown", Party::Mailbox, 50, 1, 50));
    }

    #[test]
    fn rejections_of_the_sender_pause_whatever_was_accepted() {
        for party in [Party::SenderAddress, Party::SenderHelo, Party::SenderAuth] {
            assert!(must_pause("553 no", party, 3, 2, 100_000), "{party}");
            assert!(!must_pause("553 no", party, 50, 1, 100_000), "{party}");
        }
        assert!(!must_pause("554 spam", Party::SenderContent, 9, 9, 100));
        assert!(must_pause("554 spam", Party::SenderContent, 10, 3, 100));
        assert!(must_pause("554 spam", Party::SenderContent, 3, 1, 5));
    }
}
