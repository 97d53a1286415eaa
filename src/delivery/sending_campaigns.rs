//! The campaigns that may be sent now, as far as this worker knows.

use std::collections::HashSet;

use parking_lot::Mutex;

use crate::model::CampaignId;

/// What the claim loop last saw, less what this worker has paused since. A delivery that has
/// begun is not sent once its campaign is paused, without a look at the database.
#[derive(Default)]
pub(super) struct SendingCampaigns(Mutex<HashSet<CampaignId>>);

impl SendingCampaigns {
    pub(super) fn set(&self, all: impl Iterator<Item = CampaignId>) {
        *self.0.lock() = all.collect();
    }

    pub(super) fn paused(&self, campaign: CampaignId) {
        self.0.lock().remove(&campaign);
    }

    pub(super) fn may_send(&self, campaign: CampaignId) -> bool {
        self.0.lock().contains(&campaign)
    }
}
