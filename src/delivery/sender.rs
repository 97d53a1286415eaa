//! What the claim loop and the connections of the [pipeline](super::pipeline) share.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::campaign::lifecycle;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::notification::NotificationKind;

use super::automatic_pause::RejectionMonitor;
use super::failed_emails::FailedEmails;
use super::ledger::Ledger;
use super::queued_delivery::QueuedDelivery;
use super::ready_queue::ReadyQueue;
use super::relay_pool::RelayPool;
use super::sending_campaigns::SendingCampaigns;
use super::status::Status;
use super::taken::TakenDeliveries;
use super::writing::SigningCores;

pub(super) struct Sender {
    pub(super) cx: Context,
    pub(super) relays: Arc<RelayPool>,
    pub(super) ready_queue: ReadyQueue,
    pub(super) status: Status,
    pub(super) ledger: Ledger,
    pub(super) taken: TakenDeliveries,
    pub(super) campaigns: SendingCampaigns,
    pub(super) signing_cores: SigningCores,
    pub(super) rejections: RejectionMonitor,
    pub(super) failed_emails: FailedEmails,
    pub(super) owner: Uuid,
    pub(super) connections: usize,
    pub(super) stop: CancellationToken,
    /// Cancelled some seconds after `stop`: connections that still wait for a relay end.
    pub(super) give_up: CancellationToken,
}

impl Sender {
    /// Pauses a campaign that cannot be sent.
    pub(super) async fn pause(&self, id: CampaignId, reason: &str) {
        tracing::error!(campaign = %id, reason, "the campaign is paused");
        self.campaigns.paused(id);
        let kind = NotificationKind::CampaignPaused;
        if let Err(error) = lifecycle::pause_automatically(&self.cx, id, kind, reason).await {
            tracing::warn!(campaign = %id, %error, "the campaign could not be paused");
        }
    }

    /// Releases deliveries that have not begun. Those of an audience slice are released
    /// with the slice, when its last item is dropped.
    pub(super) fn release_all(&self, items: Vec<QueuedDelivery>) {
        for item in items {
            if item.claimed.slice.is_none() {
                self.ledger.release(item.claimed.id.0);
            }
        }
    }
}
