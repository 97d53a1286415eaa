//! Agreeing that it is seen whether one opens emails and which links one follows, and withdrawing
//! it. Only the owner of an address agrees: on the page of their preferences, or by confirming an
//! address for which it was ticked on a join form. Nothing else does, neither an import nor an
//! admin; these can only withdraw.

use std::time::Duration;

use super::{ConsentSource, Result};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::subscription::{ConsentAction, ConsentMethod};
use crate::store::engagement::{self, Activity, Agreement, FollowedLink, SeenCampaign};
use crate::store::subscriptions::Choice;
use crate::store::{Db, seen_series, series_exits, subscribers, subscriptions, webhooks};

/// Campaigns and links on a subscriber's page.
const SHOWN: i64 = 50;

/// A change of an agreement, with its evidence.
struct Change<'a> {
    by: &'a Actor,
    id: SubscriberId,
    method: ConsentMethod,
    /// The sentence that the page showed.
    wording: &'a str,
    source: &'a ConsentSource,
    now: Timestamp,
}

impl<'a> Change<'a> {
    /// One that the subscriber makes.
    fn own(
        id: SubscriberId,
        method: ConsentMethod,
        wording: &'a str,
        source: &'a ConsentSource,
        now: Timestamp,
    ) -> Self {
        Self {
            by: &Actor::Subscriber,
            id,
            method,
            wording,
            source,
            now,
        }
    }

    async fn record(&self, db: &mut Db, action: ConsentAction) -> Result<()> {
        let choice = Choice {
            method: self.method,
            wording: self.wording.to_owned(),
            ..self.source.choice(self.id, action, String::new())
        };
        subscriptions::record_choice(db, &choice, self.now).await?;
        let (entry, event) = match action {
            ConsentAction::EngagementAgreed => {
                (AuditAction::SubscriberEngagementAgree, "engagement.agreed")
            }
            ConsentAction::EngagementWithdrawn => (
                AuditAction::SubscriberEngagementWithdraw,
                "engagement.withdrawn",
            ),
            _ => return Ok(()),
        };
        audit::record(db, self.by, entry, self.id, self.now).await?;
        if let Some(subscriber) = subscribers::by_id(db, self.id).await? {
            let data = serde_json::json!({
                "email": subscriber.email.to_string(), "subscriber": self.id,
                "method": self.method,
            });
            webhooks::announce(db, event, &data, self.now).await?;
        }
        Ok(())
    }

    async fn agree(&self, db: &mut Db) -> Result<bool> {
        let is_new = engagement::agree(db, self.id, self.now).await?;
        if is_new {
            self.record(db, ConsentAction::EngagementAgreed).await?;
        }
        Ok(is_new)
    }

    async fn withdraw(&self, db: &mut Db) -> Result<bool> {
        engagement::forget_request(db, self.id).await?;
        let is_withdrawn = engagement::withdraw(db, self.id).await?;
        if is_withdrawn {
            seen_series::end(db, self.id, self.now).await?;
            self.record(db, ConsentAction::EngagementWithdrawn).await?;
        }
        Ok(is_withdrawn)
    }
}

/// Whether the site asks, and somebody has not agreed yet.
pub(super) async fn may_request(cx: &Context, db: &mut Db, id: SubscriberId) -> Result<bool> {
    Ok(cx.config().engagement && engagement::agreement(db, id).await?.is_none())
}

/// Keeps that it was ticked on a join form, perhaps by somebody else.
pub(super) async fn request(
    db: &mut Db,
    id: SubscriberId,
    method: ConsentMethod,
    wording: &str,
    source: &ConsentSource,
    now: Timestamp,
) -> Result<()> {
    engagement::request(db, id, now).await?;
    let change = Change::own(id, method, wording, source, now);
    change.record(db, ConsentAction::EngagementRequested).await
}

/// Whether the page that confirms an address is to ask its owner.
pub async fn is_requested(cx: &Context, id: SubscriberId) -> Result<bool> {
    if !cx.config().engagement {
        return Ok(false);
    }
    Ok(engagement::is_requested(&mut cx.store.read().await?, id).await?)
}

/// Ends a request, as the owner of the address confirms it; `wording` is the sentence that they
/// ticked then, too.
pub(super) async fn confirm(
    cx: &Context,
    db: &mut Db,
    id: SubscriberId,
    wording: Option<&str>,
    source: &ConsentSource,
) -> Result<()> {
    let was_requested = engagement::forget_request(db, id).await?;
    let Some(wording) = wording.filter(|_| was_requested && cx.config().engagement) else {
        return Ok(());
    };
    let method = ConsentMethod::ConfirmationLink;
    let change = Change::own(id, method, wording, source, cx.clock.now());
    change.agree(db).await?;
    Ok(())
}

/// Agrees, on the page of one's own preferences; `false` where that changes nothing, or where the
/// site does not ask.
pub async fn agree(
    cx: &Context,
    id: SubscriberId,
    wording: &str,
    source: &ConsentSource,
) -> Result<bool> {
    let mut db = cx.store.write().await?;
    if !cx.config().engagement || subscribers::by_id(&mut db, id).await?.is_none() {
        return Ok(false);
    }
    let method = ConsentMethod::Preferences;
    let now = cx.clock.now();
    let change = Change::own(id, method, wording, source, now);
    let is_new = change.agree(&mut db).await?;
    series_exits::answered(&mut db, id, now).await?;
    engagement::forget_request(&mut db, id).await?;
    db.commit().await?;
    Ok(is_new)
}

/// Withdraws an agreement, deletes what was seen, and ends the series that this has let them into;
/// `false` where there was none. It holds at once, for emails that were sent before too.
pub async fn withdraw(
    cx: &Context,
    by: &Actor,
    id: SubscriberId,
    method: ConsentMethod,
    wording: &str,
    source: &ConsentSource,
) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let change = Change {
        by,
        id,
        method,
        wording,
        source,
        now: cx.clock.now(),
    };
    let is_withdrawn = change.withdraw(&mut db).await?;
    if *by == Actor::Subscriber {
        series_exits::answered(&mut db, id, change.now).await?;
    }
    db.commit().await?;
    Ok(is_withdrawn)
}

/// Withdraws it of somebody who wants no email at all.
pub(super) async fn withdraw_within(
    cx: &Context,
    db: &mut Db,
    id: SubscriberId,
    wording: &str,
    source: &ConsentSource,
) -> Result<()> {
    let method = ConsentMethod::Preferences;
    let change = Change::own(id, method, wording, source, cx.clock.now());
    change.withdraw(db).await?;
    Ok(())
}

/// Withdraws it of a subscriber who is about to have another address: the one who agreed need not be
/// the one who reads there.
pub(super) async fn withdraw_from_address(
    db: &mut Db,
    id: SubscriberId,
    wording: &str,
    source: &ConsentSource,
    now: Timestamp,
) -> Result<()> {
    let method = ConsentMethod::ConfirmationLink;
    let change = Change::own(id, method, wording, source, now);
    change.withdraw(db).await?;
    Ok(())
}

/// The agreement of a subscriber, also where the site has turned it off.
pub async fn agreement(cx: &Context, id: SubscriberId) -> Result<Option<Agreement>> {
    Ok(engagement::agreement(&mut cx.store.read().await?, id).await?)
}

/// How many people have agreed; `None` where the site does not ask.
pub async fn count_agreed(cx: &Context) -> Result<Option<i64>> {
    if !cx.config().engagement {
        return Ok(None);
    }
    let agreed = engagement::count_agreed(&mut cx.store.read().await?).await?;
    Ok(Some(agreed))
}

/// What is seen of one reader who agreed.
#[derive(Debug, Clone)]
pub struct Engagement {
    /// Since when, and when last.
    pub activity: Activity,
    /// What they agreed to.
    pub wording: String,
    /// What they opened, the latest first.
    pub campaigns: Vec<SeenCampaign>,
    /// What they followed, the latest first.
    pub links: Vec<FollowedLink>,
}

/// What is seen of a reader; `None` without an agreement, and where the site has turned it off.
pub(super) async fn of_subscriber(db: &mut Db, id: SubscriberId) -> Result<Option<Engagement>> {
    let Some(activity) = engagement::activity(db, &[id]).await?.pop() else {
        return Ok(None);
    };
    Ok(Some(Engagement {
        activity,
        wording: engagement::agreed_wording(db, id).await?,
        campaigns: engagement::seen_of(db, id, SHOWN).await?,
        links: engagement::links_of(db, id, SHOWN).await?,
    }))
}

/// All that is kept of a reader.
pub(super) struct Kept {
    /// Since when they agree.
    pub(super) agreed_at: Timestamp,
    /// What they opened, the latest first.
    pub(super) campaigns: Vec<SeenCampaign>,
    /// What they followed, the latest first.
    pub(super) links: Vec<FollowedLink>,
}

/// All that is kept of a reader, for themselves: also where the site shows none of it.
pub(super) async fn kept(db: &mut Db, id: SubscriberId, limit: i64) -> Result<Option<Kept>> {
    let Some(agreement) = engagement::agreement(db, id).await? else {
        return Ok(None);
    };
    Ok(Some(Kept {
        agreed_at: agreement.agreed_at,
        campaigns: engagement::seen_of(db, id, limit).await?,
        links: engagement::links_of(db, id, limit).await?,
    }))
}

/// The activity of those of several subscribers who agreed.
pub async fn activity(cx: &Context, ids: &[SubscriberId]) -> Result<Vec<Activity>> {
    Ok(engagement::activity(&mut cx.store.read().await?, ids).await?)
}

/// Deletes what is older than it is kept, and requests that were never confirmed.
pub async fn sweep(cx: &Context) -> Result<u64> {
    let config = cx.config();
    let now = cx.clock.now();
    let kept = engagement::RETENTION_MONTH * config.engagement_retention();
    let lifetime = Duration::from_secs(config.confirmation_lifetime);
    let mut db = cx.store.write().await?;
    let deleted = engagement::sweep(&mut db, now.before(kept)).await?;
    engagement::sweep_requests(&mut db, now.before(lifetime)).await?;
    if !config.engagement {
        engagement::unmark_open_campaigns(&mut db).await?;
    }
    db.commit().await?;
    Ok(deleted)
}
