//! Loads what is known of a subscriber and a campaign.

use super::circumstances::{
    Choice, Circumstances, Digest, InSegment, OnList, Progress, Suppressed,
};
use crate::campaign::audience::DigestPolicy;
use crate::campaign::local_time::LocalStart;
use crate::campaign::{CampaignError, Result, delay, rendering};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::AuditAction;
use crate::model::campaign::ContentKind;
use crate::store::campaigns::{self, Campaign};
use crate::store::recipients::Freeze;
use crate::store::subscribers::Subscriber;
use crate::store::subscriptions::ConsentRow;
use crate::store::{
    Db, audit_records, campaign_renderings, feedback, lists, recipients, segments, subscriptions,
    suppressions, weekly_digests,
};
use crate::text::locale::Language;

/// Events on one email that are shown.
const EVENTS: i64 = 50;

/// Everything on a subscriber and a campaign, with the names of lists in a language.
pub async fn load(
    cx: &Context,
    campaign: &Campaign,
    subscriber: &Subscriber,
    language: Language,
) -> Result<Circumstances> {
    let mut found = of_one(cx, campaign, subscriber, language).await?;
    if let Some(digest) = &mut found.digest
        && let Some(id) = digest.campaign
        && let Some(itself) = by_id(cx, id).await?
    {
        // A digest is in no digest.
        digest.itself = Some(Box::new(of_one(cx, &itself, subscriber, language).await?));
    }
    Ok(found)
}

async fn by_id(cx: &Context, id: crate::model::CampaignId) -> Result<Option<Campaign>> {
    Ok(campaigns::by_id(&mut cx.store.read().await?, id).await?)
}

async fn of_one(
    cx: &Context,
    campaign: &Campaign,
    subscriber: &Subscriber,
    language: Language,
) -> Result<Circumstances> {
    // These read on connections of their own.
    let delay = delay::of(cx, campaign).await?;
    let languages = languages(cx, campaign).await?;
    let now = cx.clock.now();
    let config = cx.config();
    let domain = subscriber.email.domain().to_owned();
    let mut db = cx.store.read().await?;
    let (id, own) = (campaign.id, subscriber.id);
    let freeze = recipients::freeze(&mut db, id, own).await?;
    let freeze = freeze.ok_or(CampaignError::NotFound)?;
    let records = subscriptions::consents_of(&mut db, own).await?;
    let segment = match segments::of_campaign(&mut db, id).await? {
        Some(segment) => Some(InSegment {
            picks: segments::matches(&mut db, &segment.rule, own, now).await?,
            name: segment.name,
        }),
        None => None,
    };
    let suppressions = suppressions::all_of(&mut db, &subscriber.email).await?;
    let lifted_at = match campaign.started_at {
        Some(started) => lifted_at(&mut db, subscriber, started).await?,
        None => None,
    };
    let kept_in_digest = match weekly_digests::week_of(&mut db, id).await? {
        Some(week) => Some(weekly_digests::kept_count(&mut db, &week, own).await?),
        None if campaign.kind == ContentKind::Weekly => Some(0),
        None => None,
    };
    let local = campaign.local_start.as_deref();
    let local = local.and_then(|text| LocalStart::parse(text, config.time_zone.get()).ok());
    Ok(Circumstances {
        now,
        lists: on_lists(&mut db, campaign, subscriber, &records, language).await?,
        segment,
        suppressions: suppressions
            .into_iter()
            .map(|one| Suppressed {
                key: one.email_key,
                reason: one.reason,
                note: one.note,
                since: one.created_at,
            })
            .collect(),
        lifted_at,
        choices: Choice::all_of(&records),
        frequency: subscriber.frequency,
        paused_until: subscriber.paused_until(now),
        language: subscriber.language,
        site_language: config.language,
        delivery: recipients::delivery(&mut db, id, own).await?,
        kept_in_digest,
        digest: digest(&mut db, campaign, subscriber, &freeze).await?,
        languages,
        local_time: local.map(|start| start.of(&subscriber.attributes)),
        delay,
        domain_limit: config.domain_limits.of(&domain),
        domain,
        feedback: feedback::of_recipient(&mut db, id, own, EVENTS).await?,
        campaign: Progress {
            state: campaign.state,
            reason: campaign.pause_reason.clone(),
            scheduled_at: campaign.scheduled_at,
            started_at: campaign.started_at,
            finished_at: campaign.finished_at,
            is_frozen: freeze.is_past,
            frozen_at: freeze.frozen_at,
            is_folded: freeze.is_folded,
            digest_policy: DigestPolicy::of(campaign),
        },
    })
}

async fn on_lists(
    db: &mut Db,
    campaign: &Campaign,
    subscriber: &Subscriber,
    records: &[ConsentRow],
    language: Language,
) -> Result<Vec<OnList>> {
    let wanted = campaigns::list_slugs(db, campaign.id).await?;
    let held = subscriptions::of_subscriber(db, subscriber.id).await?;
    let mut all = lists::all(db).await?;
    all.retain(|list| wanted.contains(&list.slug));
    let on_list = |list: lists::List| OnList {
        now: held
            .iter()
            .find(|one| one.list_id == list.id)
            .map(|one| (one.state, one.changed_at)),
        history: OnList::history_of(records, list.slug.as_str()),
        name: list.text(language).0.to_owned(),
    };
    Ok(all.into_iter().map(on_list).collect())
}

/// When an admin or a program last lifted what stood against the address or its domain.
async fn lifted_at(
    db: &mut Db,
    subscriber: &Subscriber,
    since: Timestamp,
) -> Result<Option<Timestamp>> {
    let action = AuditAction::SuppressionLift.as_str();
    let keys = [
        subscriber.email.lookup_key(),
        format!("@{}", subscriber.email.domain()),
    ];
    let mut last = None;
    for key in keys {
        last = last.max(audit_records::last_at(db, action, &key, since).await?);
    }
    Ok(last)
}

async fn digest(
    db: &mut Db,
    campaign: &Campaign,
    subscriber: &Subscriber,
    freeze: &Freeze,
) -> Result<Option<Digest>> {
    if !weekly_digests::is_kept(db, campaign.id, subscriber.id).await? {
        return Ok(None);
    }
    Ok(Some(Digest {
        campaign: weekly_digests::digest_of(db, campaign.id).await?,
        is_over: freeze.digest_week.is_some(),
        itself: None,
    }))
}

async fn languages(cx: &Context, campaign: &Campaign) -> Result<Vec<Language>> {
    let written = campaign_renderings::languages(&mut cx.store.read().await?, campaign.id).await?;
    if written.is_empty() {
        rendering::languages(cx, campaign).await
    } else {
        Ok(written)
    }
}
