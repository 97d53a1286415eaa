//! Tells users of emails of series that somebody does not get. Other campaigns end, and say then how
//! many of their messages failed; a series goes on for years.

use std::collections::HashSet;

use parking_lot::Mutex;

use crate::context::Context;
use crate::model::CampaignId;
use crate::model::notification::Notice;
use crate::notifications;
use crate::store::{Result, series_emails};

/// A hundred thousand messages that fail on one day need one look at the database.
#[derive(Default)]
pub(super) struct FailedEmails(Mutex<Looked>);

#[derive(Default)]
struct Looked {
    day: i64,
    campaigns: HashSet<CampaignId>,
}

impl FailedEmails {
    /// Tells once for each email and day that a message of it has failed, and why.
    pub(super) async fn note(&self, cx: &Context, campaign: CampaignId, reason: &str) {
        let day = cx.clock.now().day();
        if !self.is_first(campaign, day) {
            return;
        }
        if let Err(error) = tell(cx, campaign, reason).await {
            // The next one that fails tells it.
            self.0.lock().campaigns.remove(&campaign);
            tracing::warn!(%campaign, %error, "users are not told of a failed email");
        }
    }

    fn is_first(&self, campaign: CampaignId, day: i64) -> bool {
        let mut looked = self.0.lock();
        if looked.day != day {
            looked.day = day;
            looked.campaigns.clear();
        }
        looked.campaigns.insert(campaign)
    }
}

async fn tell(cx: &Context, campaign: CampaignId, reason: &str) -> Result<()> {
    let found = series_emails::of_campaign(&mut cx.store.read().await?, campaign).await?;
    let Some((series, name, position)) = found else {
        return Ok(());
    };
    let now = cx.clock.now();
    let reason = format!("step {position}: {reason}");
    let notice = Notice::series_email_failed(series, &name, campaign, &reason, now);
    let mut db = cx.store.write().await?;
    notifications::record(&mut db, &notice, now).await?;
    db.commit().await
}
