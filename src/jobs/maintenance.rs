//! Keeps sending going: leases, scheduled starts, audience freezes, campaign ends, expiry.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::campaign::lifecycle::CANCEL_SPAN;
use crate::campaign::{CampaignError, failed_start, lifecycle, retention};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::delivery::ledger::LeasedSlices;
use crate::delivery::relay_pool::RelayPool;
use crate::delivery::status::{Reporter, Status};
use crate::health::panic_message;
use crate::import::confirmations;
use crate::model::CampaignId;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::model::lease::Lease;
use crate::model::notification::Notice;
use crate::store::campaign_completion::CancelProgress;
use crate::store::{
    StoreError, ab_tests, campaign_completion, campaign_progress, campaigns, delivery_claims,
    transactional_emails, webhooks,
};
use crate::{account, audience, notifications};

/// The name of the task.
pub const TASK: &str = "maintenance";
/// How often everything is checked.
pub const TICK_INTERVAL: Duration = Duration::from_millis(500);
const CLEANUP_INTERVAL: Duration = Duration::from_secs(60);
/// Subscriber rows per slice of a freeze: few enough that other writes wait only a moment.
const FREEZE_SLICE: i64 = 5_000;
/// How long after the end of a campaign a worker may tell that a delivery is to be tried again:
/// no relay keeps a connection for longer.
const LATE_OUTCOMES: Duration = Duration::from_secs(24 * 3600);
/// How long transactional emails that have ended are kept for the operator.
const EMAIL_RETENTION: Duration = Duration::from_secs(30 * 24 * 3600);

/// Runs until `keep` ends, when the worker's last message is recorded. From `stop` on it only
/// renews leases.
pub async fn run(
    cx: Context,
    owner: Uuid,
    held: LeasedSlices,
    relays: Arc<RelayPool>,
    status: Status,
    stop: CancellationToken,
    keep: CancellationToken,
) {
    let mut reporter = Reporter::new(&cx, owner, relays.clone(), status);
    let mut ticks: u32 = 0;
    let cleanup_ticks = (CLEANUP_INTERVAL.as_millis() / TICK_INTERVAL.as_millis()) as u32;
    let mut leases = Leases::new(&cx, owner, held);
    while !keep.is_cancelled() {
        cx.health.heartbeat(TASK);
        if let Err(error) = leases.keep().await {
            tracing::error!(%error, "leases cannot be renewed");
        }
        if !stop.is_cancelled() {
            tick(&cx).await;
            if ticks.is_multiple_of(cleanup_ticks)
                && let Err(error) = cleanup(&cx).await
            {
                tracing::error!(%error, "cleanup");
            }
        }
        if let Err(error) = reporter.report().await {
            tracing::warn!(%error, "the worker's state cannot be reported");
        }
        for relay in relays.iter() {
            if let Err(error) = relay.save_warm_up(cx.clock.now()).await {
                tracing::error!(%error, "a relay's warm-up cannot be stored");
            }
        }
        ticks = ticks.wrapping_add(1);
        tokio::select! {
            () = tokio::time::sleep(TICK_INTERVAL) => {}
            () = keep.cancelled() => {}
        }
    }
    for relay in relays.iter() {
        let _ = relay.save_warm_up(cx.clock.now()).await;
    }
    if let Err(error) = reporter.sign_off().await {
        tracing::debug!(%error, "the worker could not sign off");
    }
}

/// The leases of this worker.
struct Leases {
    cx: Context,
    owner: Uuid,
    held: LeasedSlices,
    renewed: Timestamp,
}

impl Leases {
    fn new(cx: &Context, owner: Uuid, held: LeasedSlices) -> Self {
        Self {
            cx: cx.clone(),
            owner,
            held,
            renewed: cx.clock.now(),
        }
    }

    /// Renews them after a quarter of their time, or when the clock was set.
    async fn keep(&mut self) -> Result<(), StoreError> {
        let now = self.cx.clock.now();
        let lasts = Duration::from_secs(self.cx.config().lease);
        if self.renewed <= now && now.since(self.renewed) < lasts / 4 {
            return Ok(());
        }
        let slices = self.held.ids();
        let mut db = self.cx.store.write().await?;
        delivery_claims::renew(&mut db, &Lease::new(self.owner, now, lasts), &slices).await?;
        db.commit().await?;
        self.renewed = now;
        Ok(())
    }
}

/// Checks everything once. What fails is logged and tried again at the next tick; it stops
/// nothing else.
async fn tick(cx: &Context) {
    logged("recovering leases", recover(cx)).await;
    logged("starting campaigns", start_scheduled(cx)).await;
    let moving = async {
        let mut db = cx.store.read().await?;
        let sending = campaigns::in_state(&mut db, CampaignState::Sending).await?;
        let rests = ab_tests::rest::awaited(&mut db).await?;
        let cancelled = campaign_completion::cancelled_with_open_deliveries(&mut db).await?;
        drop(db);
        for campaign in sending {
            let id = campaign.id;
            if !campaign.is_frozen {
                isolated(id, freeze(cx, id)).await;
            } else if rests.contains(&id) {
                isolated(id, send_rest(cx, id)).await;
            } else {
                isolated(id, finish(cx, id)).await;
            }
        }
        for id in cancelled {
            isolated(id, skip_rest(cx, id)).await;
        }
        Ok(())
    };
    logged("moving campaigns on", moving).await;
    logged("reopening campaigns", reopen_unfinished(cx)).await;
}

/// Lets campaigns go on that have finished without a delivery which is to be tried again.
pub async fn reopen_unfinished(cx: &Context) -> Result<(), StoreError> {
    let since = cx.clock.now().before(LATE_OUTCOMES);
    let mut db = cx.store.read().await?;
    let unfinished = campaign_completion::finished_with_deferred(&mut db, since).await?;
    drop(db);
    for id in unfinished {
        isolated(id, reopen(cx, id)).await;
    }
    Ok(())
}

async fn reopen(cx: &Context, id: CampaignId) -> Result<(), StoreError> {
    let (from, to) = (CampaignState::Finished, CampaignState::Sending);
    let mut db = cx.store.write().await?;
    if campaigns::set_state(&mut db, id, from, to, "", cx.clock.now()).await? {
        tracing::warn!(campaign = %id, "it goes on: an outcome came late");
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

async fn recover(cx: &Context) -> Result<(), StoreError> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let uncertain = delivery_claims::recover(&mut db, now).await?;
    transactional_emails::recover(&mut db, now).await?;
    db.commit().await?;
    if uncertain > 0 {
        tracing::warn!(uncertain, "deliveries of a stopped worker are uncertain");
    }
    Ok(())
}

async fn logged(what: &str, work: impl Future<Output = Result<(), StoreError>>) {
    if let Err(error) = work.await {
        tracing::error!(%error, what, "maintenance");
    }
}

/// Runs the work of one campaign, so that neither an error nor a panic reaches the others.
/// `None` where it failed; the message of a panic is the error.
async fn isolated<T>(
    id: CampaignId,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Option<Result<T, String>> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(Ok(value)) => Some(Ok(value)),
        Ok(Err(error)) => {
            tracing::error!(campaign = %id, %error, "maintenance of a campaign");
            None
        }
        Err(panic) => {
            let words = panic_message(&*panic);
            tracing::error!(campaign = %id, words, "maintenance of a campaign panicked");
            metrics::counter!("jarshy_campaign_panics_total").increment(1);
            Some(Err(words))
        }
    }
}

/// Skips the open deliveries of a cancelled campaign, in slices.
async fn skip_rest(cx: &Context, id: CampaignId) -> Result<(), StoreError> {
    loop {
        cx.health.heartbeat(TASK);
        let mut db = cx.store.write().await?;
        let now = cx.clock.now();
        let progress =
            campaign_completion::skip_open_deliveries(&mut db, id, CANCEL_SPAN, now).await?;
        db.commit().await?;
        match progress {
            CancelProgress::Going => {}
            // The next tick looks at what is held.
            CancelProgress::Held | CancelProgress::Done => return Ok(()),
        }
        tokio::task::yield_now().await;
    }
}

async fn start_scheduled(cx: &Context) -> Result<(), StoreError> {
    let now = cx.clock.now();
    let mut db = cx.store.read().await?;
    let scheduled = campaigns::in_state(&mut db, CampaignState::Scheduled).await?;
    drop(db);
    for campaign in scheduled.iter().filter(|campaign| campaign.is_due(now)) {
        let id = campaign.id;
        let reason = match isolated(id, start(cx, id)).await {
            Some(Ok(reason)) => reason,
            Some(Err(words)) => Some(format!("it cannot be rendered: {words}")),
            None => None,
        };
        if let Some(reason) = reason
            && let Err(error) = failed_start::fail_to_start(cx, campaign, &reason).await
            // It was undone or changed meanwhile; if it is still due, the next tick finds it.
            && !is_overtaken(&error)
        {
            tracing::error!(campaign = %id, %error, "a campaign that cannot start cannot be marked");
        }
    }
    Ok(())
}

fn is_overtaken(error: &CampaignError) -> bool {
    matches!(
        error,
        CampaignError::Forbidden(_) | CampaignError::Overtaken
    )
}

/// Starts a campaign that is due; returns the reason if it cannot start as it is.
async fn start(cx: &Context, id: CampaignId) -> Result<Option<String>, StoreError> {
    match lifecycle::start_due(cx, id).await {
        Ok(_) => Ok(None),
        // Another worker has started it, or somebody has undone or changed it.
        Err(error) if is_overtaken(&error) => Ok(None),
        Err(CampaignError::Store(error)) => Err(error),
        Err(error) if error.is_temporary() => {
            tracing::warn!(campaign = %id, %error, "a campaign that is due waits");
            Ok(None)
        }
        Err(error) => Ok(Some(error.to_string())),
    }
}

/// Writes the audience of a started campaign into the ledger, in slices.
pub async fn freeze(cx: &Context, id: CampaignId) -> Result<(), StoreError> {
    loop {
        cx.health.heartbeat(TASK);
        let mut db = cx.store.write().await?;
        let is_frozen = crate::campaign::audience::freeze_slice(
            &mut db,
            Some(&cx.keys),
            id,
            FREEZE_SLICE,
            cx.clock.now(),
        )
        .await?;
        db.commit().await?;
        cx.mail_queued.notify_waiters();
        if is_frozen {
            return Ok(());
        }
        tokio::task::yield_now().await;
    }
}

/// Freezes those whom a decided A/B test has left out, if it is time.
async fn send_rest(cx: &Context, id: CampaignId) -> Result<(), StoreError> {
    let mut db = cx.store.write().await?;
    let begun = ab_tests::rest::begin(&mut db, id).await?;
    db.commit().await?;
    if begun {
        tracing::info!(campaign = %id, "the rest gets what the A/B test has chosen");
        freeze(cx, id).await?;
    }
    Ok(())
}

async fn finish(cx: &Context, id: CampaignId) -> Result<(), StoreError> {
    if campaign_completion::has_open_deliveries(&mut cx.store.read().await?, id).await? {
        return Ok(());
    }
    let mut db = cx.store.write().await?;
    let (from, to) = (CampaignState::Sending, CampaignState::Finished);
    // A retry or one more recipient may have come in between: check again inside the transaction,
    // and let nobody come in until it ends.
    let now = cx.clock.now();
    campaign_completion::lock(&mut db, id).await?;
    if !campaign_completion::has_open_deliveries(&mut db, id).await?
        && campaigns::set_state(&mut db, id, from, to, "", now).await?
    {
        campaign_completion::skip_erased(&mut db, id, now).await?;
        tracing::info!(campaign = %id, "finished");
        let campaign = campaigns::by_id(&mut db, id).await?;
        // An email of a series finishes whenever nobody is queued in it.
        if let Some(campaign) = campaign.filter(|one| one.kind != ContentKind::Series) {
            let data = serde_json::json!({ "campaign": id });
            webhooks::announce(&mut db, "campaign.finished", &data, cx.clock.now()).await?;
            let counts = campaign_progress::counts(&mut db, id).await?;
            let (sent, failed) = (counts.taken(), counts.failed);
            let notice = Notice::campaign_finished(id, &campaign.subject, sent, failed);
            notifications::record(&mut db, &notice, now).await?;
        }
    }
    db.commit().await
}

async fn cleanup(cx: &Context) -> Result<(), StoreError> {
    match audience::expire::expire_pending(cx).await {
        Ok(0) => {}
        Ok(ended) => tracing::info!(ended, "unconfirmed subscriptions ended"),
        Err(error) => tracing::error!(%error, "unconfirmed subscriptions cannot be ended"),
    }
    if let Err(error) = audience::confirmation_request::sweep(cx).await {
        tracing::error!(%error, "old confirmation counts cannot be dropped");
    }
    match confirmations::ask_next(cx).await {
        Ok(0) => {}
        Ok(asked) => tracing::info!(asked, "people of an import are asked to confirm"),
        Err(error) => tracing::error!(%error, "people of an import cannot be asked to confirm"),
    }
    match retention::fold_due(cx).await {
        Ok(0) => {}
        Ok(campaigns) => tracing::info!(campaigns, "deliveries of old campaigns are folded"),
        Err(error) => tracing::error!(%error, "old deliveries cannot be folded"),
    }
    match audience::engagement::sweep(cx).await {
        Ok(0) => {}
        Ok(rows) => tracing::info!(rows, "what was seen of readers long ago is deleted"),
        Err(error) => tracing::error!(%error, "what was seen of readers cannot be deleted"),
    }
    account::sweep(cx).await?;
    let mut db = cx.store.write().await?;
    transactional_emails::sweep(&mut db, cx.clock.now().before(EMAIL_RETENTION)).await?;
    db.commit().await
}
