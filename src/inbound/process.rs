//! Processes a report: finds the delivery, records the event, moves states.
//!
//! All of it is one transaction, so a report is processed once or not at all. It concerns a
//! delivery only if it is authenticated: by our own signature in the envelope sender, in the
//! Message-ID or in the link of the returned message, or by a provider. A report without that
//! is recorded, and moves, counts and suppresses nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::Result;
use super::pause::{pause_for_similar_rejections, pause_over_threshold};
use super::report::Report;
use super::subject::{Subject, address_of, find, without_address};
use crate::address::EmailAddress;
use crate::audience::{ConsentSource, leave};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::rejection::fingerprint;
use crate::model::CampaignId;
use crate::model::feedback::{Party, SOFT_MEMORY, Source, Verdict, next, soft_score};
use crate::model::subscription::{ConsentMethod, SuppressionReason, SuppressionSource};
use crate::model::transactional::{EmailContent, EmailKind, ForwardedReply};
use crate::store::feedback::{self, Delivery, NewEvent};
use crate::store::suppressions::{self, NewSuppression};
use crate::store::transactional_emails::NewEmail;
use crate::store::{Db, subscriptions, transactional_emails, webhooks};

/// The result for one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Processed {
    /// It was processed before, perhaps by another way.
    Known,
    /// It was processed, with this verdict.
    Done(Verdict),
    /// It could not be processed and was set aside.
    SetAside,
}

/// What the reports of one transaction share.
struct Batch<'a> {
    cx: &'a Context,
    now: Timestamp,
    /// The events that webhooks subscribe to.
    subscribed_events: String,
}

/// Processes a report. Where the database fails, nothing was done.
pub async fn process(cx: &Context, report: &Report) -> Result<Processed> {
    let taken = process_batch(cx, std::slice::from_ref(report)).await?;
    Ok(taken.first().copied().unwrap_or(Processed::Known))
}

/// Reports per transaction: a provider sends a thousand at once, and other writers wait
/// meanwhile.
const BATCH_SIZE: usize = 250;

/// Processes many reports of a provider. One that cannot be processed is logged and stops none
/// of the others.
///
/// # Errors
/// Where the database cannot be reached; the rest was not processed, and what was is recognised
/// when the reports come again.
pub async fn process_all(cx: &Context, reports: &[Report]) -> Result<()> {
    for batch in reports.chunks(BATCH_SIZE) {
        let Err(error) = process_batch(cx, batch).await else {
            continue;
        };
        if error.is_temporary() {
            return Err(error);
        }
        for report in batch {
            match process(cx, report).await {
                Err(error) if error.is_temporary() => return Err(error),
                Err(error) => {
                    metrics::counter!("jarshy_feedback_failed_total").increment(1);
                    tracing::error!(%error, source = %report.source, "a report cannot be taken");
                }
                Ok(_) => {}
            }
        }
    }
    Ok(())
}

async fn process_batch(cx: &Context, reports: &[Report]) -> Result<Vec<Processed>> {
    process_in(cx, cx.store.write().await?, reports).await
}

/// Processes reports in a transaction that was begun, and ends it.
pub(super) async fn process_in(
    cx: &Context,
    mut db: Db,
    reports: &[Report],
) -> Result<Vec<Processed>> {
    let now = cx.clock.now();
    let batch = Batch {
        cx,
        now,
        subscribed_events: webhooks::awaited(&mut db).await?,
    };
    let mut all = Vec::with_capacity(reports.len());
    let mut complained_about = BTreeSet::new();
    // The last of similar rejections stands for all.
    let mut rejected = BTreeMap::new();
    for report in reports {
        let (taken, campaign, event) = act(&batch, &mut db, report).await?;
        all.push(taken);
        if let (Some(campaign), Some(event)) = (campaign, event) {
            rejected.insert((campaign, event.reply_key.clone()), event);
        }
        if matches!(taken, Processed::Done(Verdict::Hard | Verdict::Complaint)) {
            complained_about.extend(campaign);
        }
    }
    db.commit().await?;
    let done = all.iter().filter_map(|taken| match taken {
        Processed::Done(verdict) => Some(*verdict),
        _ => None,
    });
    for verdict in done {
        metrics::counter!("jarshy_feedback_total", "verdict" => verdict.as_str()).increment(1);
        if matches!(verdict, Verdict::Reply | Verdict::Unsubscribe) {
            cx.mail_queued.notify_waiters();
        }
    }
    for ((campaign, _), event) in rejected {
        pause_for_similar_rejections(cx, campaign, &event).await?;
    }
    for campaign in complained_about {
        pause_over_threshold(cx, campaign).await?;
    }
    Ok(all)
}

/// Processes a report inside a transaction; also returns its campaign and, for a bounce, the
/// event.
async fn act(
    batch: &Batch<'_>,
    db: &mut Db,
    report: &Report,
) -> Result<(Processed, Option<CampaignId>, Option<NewEvent>)> {
    let Batch { cx, now, .. } = *batch;
    let reading = &report.reading;
    let about = find(cx, db, report).await?;
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
        is_authenticated: about.is_authenticated,
        party: reading.party,
        reply_key: if reading.detail.is_empty() {
            String::new()
        } else {
            fingerprint::of(&reading.detail)
        },
        status: reading.status.clone(),
        reason: reading.reason.clone(),
        detail: without_address(&reading.detail, &about),
        delivery: about.delivery.as_ref().map(|d| d.id),
        campaign,
        subscriber: about.subscriber.as_ref().map(|s| s.id),
    };
    if !feedback::insert(db, &event, now).await? {
        return Ok((Processed::Known, campaign, None));
    }
    tracing::info!(
        verdict = %reading.verdict, source = %report.source, status = reading.status,
        delivery = event.delivery.map(|id| id.0), is_authenticated = about.is_authenticated, "feedback"
    );
    if about.is_authenticated {
        if let Some(delivery) = &about.delivery {
            move_delivery(db, delivery, report, &event, now).await?;
        }
        match reading.verdict {
            Verdict::Hard | Verdict::Soft => bounce(batch, db, report, &about).await?,
            Verdict::Complaint => complain(batch, db, report, &about).await?,
            Verdict::Unsubscribe => leave_by_mail(cx, db, report, &about).await?,
            Verdict::Reply => forward_reply(cx, db, report, &about, now).await?,
            Verdict::AutoReply | Verdict::Unknown => {}
        }
    }
    let is_bounce =
        about.is_authenticated && matches!(reading.verdict, Verdict::Hard | Verdict::Soft);
    let event = is_bounce.then_some(event);
    Ok((Processed::Done(reading.verdict), campaign, event))
}

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
    let words = if event.detail.is_empty() {
        reading.reason.clone()
    } else {
        format!("{} ({})", reading.reason, event.detail)
    };
    feedback::move_delivery(db, delivery.id, delivery.state, to, &words, now).await?;
    Ok(())
}

async fn bounce(batch: &Batch<'_>, db: &mut Db, report: &Report, about: &Subject) -> Result<()> {
    let Batch { cx, now, .. } = *batch;
    let reading = &report.reading;
    if !reading.is_final {
        return Ok(());
    }
    let address = address_of(report, about);
    let Some(address) = address else {
        return Ok(());
    };
    announce(batch, db, "delivery.bounced", report, about, address).await?;
    let suppression = |note: &str| NewSuppression {
        email_key: address.lookup_key(),
        reason: SuppressionReason::HardBounce,
        note: note.to_owned(),
        source: suppression_source(report.source),
        campaign: about.delivery.as_ref().map(|d| d.campaign_id),
    };
    if reading.verdict == Verdict::Hard {
        let note = format!("{} {}", reading.reason, reading.status);
        suppressions::add(db, &suppression(note.trim()), now).await?;
    } else if let Some(subscriber) = &about.subscriber
        && (reading.party.is_recipient() || reading.party == Party::Unclear)
    {
        let since = now.before(SOFT_MEMORY);
        let bounces = feedback::soft_bounces(db, subscriber.id, since).await?;
        // Rounded up: five bounces within a few weeks count as five.
        if soft_score(&bounces, now).ceil() >= f64::from(cx.config().soft_bounce_limit) {
            let note = format!(
                "{} messages came back within half a year: {}",
                bounces.len(),
                reading.reason
            );
            suppressions::add(db, &suppression(&note), now).await?;
        }
    }
    Ok(())
}

async fn complain(batch: &Batch<'_>, db: &mut Db, report: &Report, about: &Subject) -> Result<()> {
    let Some(address) = address_of(report, about) else {
        return Ok(());
    };
    announce(batch, db, "delivery.complained", report, about, address).await?;
    let suppression = NewSuppression {
        email_key: address.lookup_key(),
        reason: SuppressionReason::Complaint,
        note: report.reading.reason.clone(),
        source: suppression_source(report.source),
        campaign: about.delivery.as_ref().map(|d| d.campaign_id),
    };
    suppressions::add(db, &suppression, batch.now).await?;
    Ok(())
}

fn suppression_source(source: Source) -> SuppressionSource {
    match source {
        Source::Relay => SuppressionSource::Relay,
        Source::Listener | Source::Pipe | Source::Mailbox => SuppressionSource::Mail,
        _ => SuppressionSource::Provider,
    }
}

async fn announce(
    batch: &Batch<'_>,
    db: &mut Db,
    event: &str,
    report: &Report,
    about: &Subject,
    address: &EmailAddress,
) -> Result<()> {
    // Not queried for each of a thousand reports.
    if !batch.subscribed_events.contains(event) {
        return Ok(());
    }
    let data = serde_json::json!({
        "email": address,
        "campaign": about.delivery.as_ref().map(|d| d.campaign_id),
        "delivery": about.delivery.as_ref().map(|d| d.id),
        "verdict": report.reading.verdict,
        "status": report.reading.status,
        "reason": report.reading.reason,
    });
    webhooks::announce(db, event, &data, batch.now).await?;
    Ok(())
}

async fn leave_by_mail(cx: &Context, db: &mut Db, report: &Report, about: &Subject) -> Result<()> {
    let campaign = about
        .delivery
        .as_ref()
        .map(|d| d.campaign_id)
        .or(about.campaign);
    let (Some(subscriber), Some(campaign)) = (&about.subscriber, campaign) else {
        // An unsubscribe request without a token is handled by a person.
        return forward_reply(cx, db, report, about, cx.clock.now()).await;
    };
    let lists = subscriptions::lists_of_mail(db, campaign, subscriber.id).await?;
    let method = ConsentMethod::Mail;
    let origin = ConsentSource {
        campaign: Some(campaign),
        ..ConsentSource::default()
    };
    leave::leave_lists(cx, db, subscriber.id, &lists, method, &origin).await?;
    Ok(())
}

/// Replies that are forwarded per day, and of them per message: anyone who has one message can
/// send any number of replies, which must not displace those of others.
const FORWARDED_PER_DAY: i64 = 100;
const FORWARDED_PER_DELIVERY: i64 = 5;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Queues the reply of a person for the owner of the lists.
async fn forward_reply(
    cx: &Context,
    db: &mut Db,
    report: &Report,
    about: &Subject,
    now: Timestamp,
) -> Result<()> {
    let message = report.personal_message.as_ref();
    let owner = match cx.config().reply_to.clone() {
        Some(owner) => Some(owner),
        None => feedback::owner(db).await?,
    };
    let (Some(message), Some(owner)) = (message, owner) else {
        return Ok(());
    };
    if transactional_emails::count_since(db, EmailKind::Forward, now.before(DAY)).await?
        >= FORWARDED_PER_DAY
    {
        tracing::warn!("an answer is not passed on: {FORWARDED_PER_DAY} were within a day");
        return Ok(());
    }
    if let Some(delivery) = &about.delivery {
        // This one is recorded already.
        let answers = feedback::answers_since(db, delivery.id, now.before(DAY)).await?;
        if answers > FORWARDED_PER_DELIVERY {
            tracing::warn!(
                delivery = delivery.id.0,
                "an answer is not passed on: {answers} came to one message within a day"
            );
            return Ok(());
        }
    }
    let content = EmailContent::Forward(ForwardedReply {
        from: message.from.clone(),
        subject: message.subject.clone(),
        text: message.text.clone(),
    });
    let new_email = NewEmail {
        email: owner,
        language: cx.config().language,
        content,
    };
    transactional_emails::insert(db, &new_email, now).await?;
    Ok(())
}
