//! Acting on a report: find the delivery, note the event, move what must move.
//!
//! All of it is one transaction, so that a report is acted on once or not at
//! all. What costs an address its mail needs a proof that no stranger can
//! make: our own signature in the envelope sender or in the returned
//! message's link, or a provider that vouches. A report that only names a
//! message and its recipient counts like a soft bounce.

use super::Result;
use super::report::{Letter, Proof, Report};
use crate::address::EmailAddress;
use crate::audience::{Origin, leave};
use crate::campaign::lifecycle;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::campaign::CampaignState;
use crate::model::feedback::{Limits, Reception, SOFT_MEMORY, Verdict, next, soft_score};
use crate::model::notice::NoticeKind;
use crate::model::subscription::{ConsentMethod, SuppressionReason};
use crate::model::{CampaignId, DeliveryId, SubscriberId};
use crate::store::feedback::{self, Delivery, NewEvent};
use crate::store::notices::NewNotice;
use crate::store::subscribers::Subscriber;
use crate::store::{Db, campaigns, notices, subscribers, subscriptions, webhooks};
use crate::token::Token;

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It was taken before, perhaps by another way.
    Known,
    /// It was acted on; the verdict tells how.
    Done(Verdict),
}

/// What a report is about, as far as it can be found.
#[derive(Default)]
struct About {
    delivery: Option<Delivery>,
    subscriber: Option<Subscriber>,
    /// Of an unsubscribe link, where there is no delivery any more.
    campaign: Option<CampaignId>,
    is_proven: bool,
}

/// Acts on a report.
///
/// # Errors
/// Where the database fails; then nothing was done.
pub async fn take(cx: &Context, report: &Report) -> Result<Taken> {
    let now = cx.clock.now();
    let reading = &report.reading;
    let mut db = cx.store.write().await?;
    let about = find(cx, &mut db, report).await?;
    let campaign = about
        .delivery
        .as_ref()
        .map(|d| d.campaign_id)
        .or(about.campaign);
    let event = NewEvent {
        digest: report.digest,
        source: report.source,
        verdict: reading.verdict,
        is_final: reading.is_final,
        status: reading.status.clone(),
        reason: reading.reason.clone(),
        detail: without_address(&reading.detail, &about),
        delivery: about.delivery.as_ref().map(|d| d.id),
        campaign,
        subscriber: about.subscriber.as_ref().map(|s| s.id),
    };
    if !feedback::insert(&mut db, &event, now).await? {
        return Ok(Taken::Known);
    }
    if let Some(delivery) = &about.delivery {
        move_delivery(&mut db, delivery, report, &event, now).await?;
    }
    match reading.verdict {
        Verdict::Hard | Verdict::Soft => bounce(cx, &mut db, report, &about, now).await?,
        Verdict::Complaint => complain(&mut db, report, &about, now).await?,
        Verdict::Unsubscribe => leave_by_mail(cx, &mut db, report, &about).await?,
        Verdict::Reply => pass_on(cx, &mut db, report.letter.as_ref(), now).await?,
        Verdict::AutoReply | Verdict::Unknown => {}
    }
    db.commit().await?;
    metrics::counter!("jarshy_feedback_total", "verdict" => reading.verdict.as_str()).increment(1);
    tracing::info!(
        verdict = %reading.verdict, source = %report.source, status = reading.status,
        delivery = event.delivery.map(|id| id.0), "feedback"
    );
    if matches!(reading.verdict, Verdict::Reply | Verdict::Unsubscribe) {
        cx.mail_queued.notify_waiters();
    }
    if let Some(campaign) =
        campaign.filter(|_| matches!(reading.verdict, Verdict::Hard | Verdict::Complaint))
    {
        hold_where_unwelcome(cx, campaign).await?;
    }
    Ok(Taken::Done(reading.verdict))
}

// Which message --------------------------------------------------------------

async fn find(cx: &Context, db: &mut Db, report: &Report) -> Result<About> {
    let original = &report.reading.original;
    let envelopes = report
        .mail_to
        .iter()
        .map(String::as_str)
        .chain(original.mail_from.as_deref());
    let local_part = |address: &str| address.split('@').next().unwrap_or_default().to_owned();
    let signed: Vec<i64> = envelopes
        .filter_map(|address| cx.keys.open_envelope(&local_part(address)).ok())
        .collect();
    for id in signed {
        if let Some(delivery) = feedback::delivery(db, DeliveryId(id)).await? {
            return about_delivery(db, delivery, true).await;
        }
    }
    if let Some(Ok(Token::Unsubscribe {
        subscriber,
        campaign,
    })) = original.token.as_deref().map(|token| cx.keys.open(token))
    {
        let (subscriber, campaign) = (SubscriberId(subscriber), CampaignId(campaign));
        if let Some(delivery) = feedback::delivery_of(db, campaign, subscriber).await? {
            return about_delivery(db, delivery, true).await;
        }
        return Ok(About {
            subscriber: subscribers::by_id(db, subscriber).await?,
            campaign: Some(campaign),
            delivery: None,
            is_proven: true,
        });
    }
    let is_vouched = report.proof == Proof::Provider;
    let named = original
        .message_id
        .as_deref()
        .and_then(delivery_of_message_id);
    if let Some(id) = named
        && let Some(delivery) = feedback::delivery(db, id).await?
    {
        let about = about_delivery(db, delivery, is_vouched).await?;
        let is_same = about.subscriber.as_ref().map(|s| &s.email) == original.recipient.as_ref();
        if is_same && about.subscriber.is_some() {
            return Ok(about);
        }
    }
    match &original.recipient {
        Some(address) if is_vouched => {
            if let Some(delivery) = feedback::last_delivery_to(db, address).await? {
                return about_delivery(db, delivery, true).await;
            }
            let subscriber = subscribers::by_email(db, address).await?;
            Ok(About {
                subscriber,
                is_proven: true,
                ..About::default()
            })
        }
        _ => Ok(About::default()),
    }
}

async fn about_delivery(db: &mut Db, delivery: Delivery, is_proven: bool) -> Result<About> {
    let subscriber = match delivery.subscriber_id {
        Some(id) => subscribers::by_id(db, SubscriberId(id)).await?,
        None => None,
    };
    Ok(About {
        delivery: Some(delivery),
        subscriber,
        campaign: None,
        is_proven,
    })
}

/// The number at the head of a campaign message's Message-ID.
fn delivery_of_message_id(message_id: &str) -> Option<DeliveryId> {
    let (local, _) = message_id.trim_matches(['<', '>', ' ']).split_once('@')?;
    let mut parts = local.split('.');
    let id = parts.next()?.parse().ok()?;
    (parts.count() == 2).then_some(DeliveryId(id))
}

/// Another side's words without the address they speak of, which must not
/// outlive its subscriber.
fn without_address(detail: &str, about: &About) -> String {
    let Some(subscriber) = &about.subscriber else {
        // Nobody of ours: no address is kept at all.
        return detail
            .split(' ')
            .map(|word| if word.contains('@') { "…" } else { word })
            .collect::<Vec<_>>()
            .join(" ");
    };
    let address = subscriber.email.lookup_key();
    detail
        .split(' ')
        .map(|word| match word.to_lowercase().contains(&address) {
            true => "…",
            false => word,
        })
        .collect::<Vec<_>>()
        .join(" ")
}

// What follows ---------------------------------------------------------------

async fn move_delivery(
    db: &mut Db,
    delivery: &Delivery,
    report: &Report,
    event: &NewEvent,
    now: Timestamp,
) -> Result<()> {
    let reading = &report.reading;
    let Some(to) = next(delivery.state, reading.verdict, reading.is_final) else {
        return Ok(());
    };
    let words = match event.detail.is_empty() {
        true => reading.reason.clone(),
        false => format!("{} ({})", reading.reason, event.detail),
    };
    feedback::move_delivery(db, delivery.id, delivery.state, to, &words, now).await?;
    Ok(())
}

async fn bounce(
    cx: &Context,
    db: &mut Db,
    report: &Report,
    about: &About,
    now: Timestamp,
) -> Result<()> {
    let reading = &report.reading;
    if !reading.is_final {
        return Ok(());
    }
    let address = about
        .subscriber
        .as_ref()
        .map(|subscriber| &subscriber.email);
    // A provider may speak of an address that only transactional mail went to.
    let address = address.or(reading
        .original
        .recipient
        .as_ref()
        .filter(|_| about.is_proven));
    let Some(address) = address else {
        return Ok(());
    };
    announce(db, "delivery.bounced", report, about, address, now).await?;
    let reason = SuppressionReason::HardBounce;
    if reading.verdict == Verdict::Hard && about.is_proven {
        let note = format!("{} {}", reading.reason, reading.status);
        subscribers::suppress(db, address, reason, note.trim(), now).await?;
    } else if let Some(subscriber) = &about.subscriber {
        let since = now.before(SOFT_MEMORY);
        let bounces = feedback::soft_bounces(db, subscriber.id, since).await?;
        // Rounded up: five bounces within a few weeks are five.
        if soft_score(&bounces, now).ceil() >= f64::from(cx.config.soft_bounce_limit) {
            let note = format!(
                "{} messages came back within half a year: {}",
                bounces.len(),
                reading.reason
            );
            subscribers::suppress(db, address, reason, &note, now).await?;
        }
    }
    Ok(())
}

async fn complain(db: &mut Db, report: &Report, about: &About, now: Timestamp) -> Result<()> {
    let recipient = report.reading.original.recipient.as_ref();
    let address = about
        .subscriber
        .as_ref()
        .map(|subscriber| &subscriber.email)
        .or(recipient);
    let Some(address) = address.filter(|_| about.is_proven) else {
        return Ok(());
    };
    announce(db, "delivery.complained", report, about, address, now).await?;
    let note = &report.reading.reason;
    subscribers::suppress(db, address, SuppressionReason::Complaint, note, now).await?;
    Ok(())
}

async fn announce(
    db: &mut Db,
    event: &str,
    report: &Report,
    about: &About,
    address: &EmailAddress,
    now: Timestamp,
) -> Result<()> {
    let data = serde_json::json!({
        "email": address,
        "campaign": about.delivery.as_ref().map(|d| d.campaign_id),
        "delivery": about.delivery.as_ref().map(|d| d.id),
        "verdict": report.reading.verdict,
        "status": report.reading.status,
        "reason": report.reading.reason,
    });
    webhooks::announce(db, event, &data, now).await?;
    Ok(())
}

async fn leave_by_mail(cx: &Context, db: &mut Db, report: &Report, about: &About) -> Result<()> {
    let campaign = about
        .delivery
        .as_ref()
        .map(|d| d.campaign_id)
        .or(about.campaign);
    let (Some(subscriber), Some(campaign)) = (&about.subscriber, campaign) else {
        // A person who asks without our token is asked to be helped by one.
        return pass_on(cx, db, report.letter.as_ref(), cx.clock.now()).await;
    };
    if !about.is_proven {
        return Ok(());
    }
    let lists = subscriptions::lists_of_mail(db, campaign, subscriber.id).await?;
    let method = ConsentMethod::Mail;
    let origin = Origin {
        campaign: Some(campaign),
        ..Origin::default()
    };
    leave::leave_lists(cx, db, subscriber.id, &lists, method, &origin).await?;
    Ok(())
}

/// Queues a person's answer for the owner of the lists.
async fn pass_on(cx: &Context, db: &mut Db, letter: Option<&Letter>, now: Timestamp) -> Result<()> {
    let configured = cx.config.reply_to.as_deref();
    let owner = match configured.and_then(|address| EmailAddress::parse(address).ok()) {
        Some(owner) => Some(owner),
        None => feedback::owner(db).await?,
    };
    let (Some(letter), Some(owner)) = (letter, owner) else {
        return Ok(());
    };
    let payload = serde_json::json!({
        "from": letter.from, "subject": letter.subject, "text": letter.text,
    });
    let notice = NewNotice {
        kind: NoticeKind::Forward,
        email: owner,
        language: cx.config.language,
        payload,
    };
    notices::insert(db, &notice, now).await?;
    Ok(())
}

/// Holds a campaign that is received badly.
async fn hold_where_unwelcome(cx: &Context, id: CampaignId) -> Result<()> {
    let mut db = cx.store.read().await?;
    let campaign = campaigns::by_id(&mut db, id).await?;
    if campaign.is_none_or(|campaign| campaign.state != CampaignState::Sending) {
        return Ok(());
    }
    let (hard, complaints) = feedback::bad_news(&mut db, id).await?;
    // Counting costs more than it may tell: not for every bounce.
    let is_due = |count: i64| (1..32).contains(&count) || count % 16 == 0;
    if !is_due(hard) && !is_due(complaints) {
        return Ok(());
    }
    let counts = campaigns::counts(&mut db, id).await?;
    drop(db);
    let sent = counts.taken();
    let limits = Limits {
        hard: cx.config.hard_bounce_limit,
        complaints: cx.config.complaint_limit,
    };
    if let Some(reason) = (Reception {
        sent,
        hard,
        complaints,
    })
    .trouble(limits)
    {
        tracing::error!(campaign = %id, reason, "the campaign is paused");
        if let Err(error) = lifecycle::pause(cx, id, &reason).await {
            tracing::warn!(campaign = %id, %error, "the campaign could not be paused");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_of_ours_names_its_delivery() {
        assert_eq!(
            delivery_of_message_id("<41.7.18a@embassy.example>"),
            Some(DeliveryId(41))
        );
        for foreign in [
            "n41.18a@embassy.example",
            "41@a.kz",
            "x.y.z@a.kz",
            "41.7.18a",
            "",
        ] {
            assert_eq!(delivery_of_message_id(foreign), None, "{foreign}");
        }
    }
}
