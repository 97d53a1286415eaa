//! What the ready queue holds.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ledger::SliceLease;
use super::mailer::Mailer;
use super::taken::Taken;
use crate::model::CampaignId;
use crate::model::delay::DelayReason;
use crate::store::deliveries::Claimed;

/// A claimed delivery, and what it takes to send it.
pub(super) struct QueuedDelivery {
    pub(super) campaign: CampaignId,
    pub(super) claimed: Claimed,
    pub(super) mailer: Arc<Mailer>,
    pub(super) _taken: Taken,
    /// Holds the lease of the audience slice that it came with.
    pub(super) _hold: Option<Arc<SliceLease>>,
}

/// A campaign all of whose deliveries here wait for their recipients' domains.
pub(super) struct Blocked {
    pub(super) campaign: CampaignId,
    pub(super) reason: DelayReason,
    pub(super) domains: BTreeSet<String>,
}

impl Blocked {
    /// The domains, as an admin reads them.
    pub(super) fn detail(&self) -> String {
        let named: Vec<&str> = self.domains.iter().take(3).map(String::as_str).collect();
        match self.domains.len() - named.len() {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }
}
