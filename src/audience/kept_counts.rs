//! Verifies the counts that pages show, and corrects those that differ from what there is.
//! Only a defect, or a change of the tables by other programs, makes them differ.

use std::time::Duration;

use metrics::counter;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::notification::Notice;
use crate::notifications;
use crate::store::kept_counts::{self, Difference};
use crate::store::{Result, settings};

/// The setting in which processes agree on who verifies them next.
const SETTING: &str = "kept_counts";
/// How often they are verified.
const INTERVAL: Duration = Duration::from_secs(24 * 3600);

/// How they were verified last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    pub begun_at: Timestamp,
    /// How many counts were wrong; `None` while nobody knows.
    pub corrected: Option<usize>,
}

impl Verification {
    fn is_due(&self, now: Timestamp) -> bool {
        // A clock that was set back must not end it.
        self.begun_at > now || now.since(self.begun_at) >= INTERVAL
    }
}

/// The last verification, by whichever process; `None` before the first.
pub async fn last(cx: &Context) -> Result<Option<Verification>> {
    settings::get(&mut cx.store.read().await?, SETTING).await
}

/// Sums up what PostgreSQL has added to the counts.
pub async fn fold(cx: &Context) -> Result<()> {
    let mut db = cx.store.write().await?;
    match kept_counts::fold(&mut db).await? {
        // Pages that are kept until something is written stay as they are.
        0 => Ok(()),
        _ => db.commit().await,
    }
}

/// Verifies the counts once a day; one process of all does it.
pub async fn verify_due(cx: &Context) -> Result<()> {
    let now = cx.clock.now();
    let stored = last(cx).await?;
    if stored.as_ref().is_some_and(|last| !last.is_due(now)) {
        return Ok(());
    }
    let begun = Verification {
        begun_at: now,
        corrected: None,
    };
    let mut db = cx.store.write().await?;
    let is_ours = settings::replace(&mut db, SETTING, stored.as_ref(), &begun).await?;
    db.commit().await?;
    if is_ours {
        verify(cx).await?;
    }
    Ok(())
}

/// Counts everything again, corrects what differs and tells users of it.
pub async fn verify(cx: &Context) -> Result<Vec<Difference>> {
    let begun_at = cx.clock.now();
    let differences = kept_counts::differences(&mut cx.store.read().await?).await?;
    let mut db = cx.store.write().await?;
    for one in &differences {
        tracing::warn!(
            what = one.what,
            list = %one.list_id,
            key = one.key,
            kept = one.kept,
            counted = one.counted,
            "a kept count was wrong and is corrected"
        );
        kept_counts::correct(&mut db, one).await?;
    }
    let verification = Verification {
        begun_at,
        corrected: Some(differences.len()),
    };
    settings::set(&mut db, SETTING, &verification).await?;
    if !differences.is_empty() {
        let notice = Notice::counts_corrected(differences.len(), begun_at);
        notifications::record(&mut db, &notice, begun_at).await?;
    }
    db.commit().await?;
    counter!("jarshy_kept_counts_corrected_total").increment(differences.len() as u64);
    Ok(differences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_verified_once_a_day_and_after_the_clock_was_set_back() {
        let at = |hours: i64| Timestamp::from_millis(hours * 3600 * 1000);
        let last = Verification {
            begun_at: at(100),
            corrected: Some(0),
        };
        assert!(!last.is_due(at(100)) && !last.is_due(at(123)));
        assert!(last.is_due(at(124)) && last.is_due(at(99)));
    }
}
