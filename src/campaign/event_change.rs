//! Telling those who have an event in their calendar from a campaign that it has changed, or
//! will not take place: a draft to exactly the people who got that campaign, for a person to
//! review and start.

use super::content_spec::ContentSpec;
use super::digest::literal;
use super::draft::{self, CampaignDraft, Selection, default_layout};
use super::event_calendar::Cancelled;
use super::{CampaignError, Result, lifecycle};
use crate::content::{calendar, event, site};
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::calendar::{CalendarChoice, CalendarEntry, CalendarMethod, CalendarPart};
use crate::model::campaign::ContentKind;
use crate::model::list::Slug;
use crate::model::list_access::ListAccess;
use crate::model::segment::{Condition, Match, Rule};
use crate::model::{CampaignId, EventId};
use crate::store::campaign_contents::{CampaignText, CampaignVariant};
use crate::store::campaign_renderings::{self, Rendering};
use crate::store::campaigns::{self, Campaign};
use crate::store::{campaign_calendars, events};
use crate::text::datetime::Calendar;
use crate::text::locale::Language;
use crate::text::phrases::Value;

/// Characters of a title in a subject.
const TITLE_SHOWN: usize = 150;

/// An event that the emails of a campaign brought to calendars.
#[derive(Debug, Clone)]
pub struct Announced {
    /// As the calendars have it.
    pub entry: CalendarEntry,
    /// What has become of it since.
    pub since: Since,
}

/// What has become of an event since it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// Nothing that a calendar shows.
    Same,
    /// Its time, place or title is another.
    Changed,
    /// Visitors do not see it any more.
    Gone,
}

/// What recipients are told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventNews {
    /// It has changed.
    Update,
    /// It will not take place.
    Cancel,
}

/// The events that a started campaign brought to calendars, as a reader of `language` got them.
pub async fn of_campaign(
    cx: &Context,
    campaign: &Campaign,
    language: Language,
) -> Result<Vec<Announced>> {
    if !matches!(
        campaign.calendar,
        CalendarChoice::Publish | CalendarChoice::Request
    ) || campaign.folded_at.is_some()
    {
        // Or nobody knows any more who got it.
        return Ok(Vec::new());
    }
    let mut db = cx.store.read().await?;
    let renderings = campaign_renderings::of_variants(&mut db, campaign.id).await?;
    drop(db);
    let mut first: Vec<&Rendering> = renderings.iter().collect();
    first.sort_by_key(|rendering| (rendering.language != language, rendering.language));
    let mut announced: Vec<Announced> = Vec::new();
    for rendering in first {
        for entry in entries(rendering) {
            if announced.iter().all(|known| known.entry.uid != entry.uid) {
                let now = now(cx, entry, rendering.language).await?;
                let since = match now {
                    None => Since::Gone,
                    Some(now) if now.differs_from(entry) => Since::Changed,
                    Some(_) => Since::Same,
                };
                announced.push(Announced {
                    entry: entry.clone(),
                    since,
                });
            }
        }
    }
    Ok(announced)
}

/// The campaigns within a user's reach that brought an event to calendars, with their subjects,
/// newest first.
pub async fn campaigns_with(
    cx: &Context,
    access: &ListAccess,
    event: EventId,
) -> Result<Vec<(CampaignId, String)>> {
    let mut db = cx.store.read().await?;
    Ok(campaign_calendars::with_event(&mut db, access, event).await?)
}

fn entries(rendering: &Rendering) -> &[CalendarEntry] {
    let part = rendering.calendar.0.as_ref();
    part.map_or(&[], |part| &part.entries)
}

/// An entry as its event is now; `None` where visitors do not see it any more.
async fn now(
    cx: &Context,
    entry: &CalendarEntry,
    language: Language,
) -> Result<Option<CalendarEntry>> {
    let Some(id) = entry.event else {
        return Ok(None);
    };
    let mut db = cx.store.read().await?;
    let event = events::by_id(&mut db, id, cx.reader(language)).await?;
    let event = event.filter(|event| event.is_published);
    Ok(event.and_then(|event| calendar::entry_now(cx, &event, entry)))
}

/// Makes a draft that tells those who got a started campaign what has become of an event in it.
/// `name` is the event's slug or UID; it may be left out where the campaign has one event.
///
/// # Errors
/// [`CampaignError::NotInCalendar`] where the campaign did not bring that event to calendars,
/// [`CampaignError::CalendarUpToDate`] for an update of what has not changed.
pub async fn announce(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    name: Option<&str>,
    news: EventNews,
) -> Result<Campaign> {
    let campaign = lifecycle::by_id(cx, id).await?;
    let announced = of_campaign(cx, &campaign, cx.config().language).await?;
    let slug = name.and_then(|name| name.parse::<Slug>().ok());
    let event = match slug {
        Some(slug) => event::by_slug(cx, &slug, cx.config().language).await?,
        None => None,
    };
    let event = event.map(|event| event.id);
    let mut named = announced.iter().filter(|one| {
        name.is_none_or(|name| one.entry.uid == name)
            || (event.is_some() && one.entry.event == event)
    });
    let (Some(found), None) = (named.next(), named.next()) else {
        return Err(CampaignError::NotInCalendar);
    };
    let uid = &found.entry.uid;
    let renderings = campaign_renderings::of_variants(&mut cx.store.read().await?, id).await?;
    // What each language was sent, in whichever variant.
    let mut sent: Vec<(Language, &CalendarEntry)> = Vec::new();
    for rendering in &renderings {
        let (language, mut own) = (rendering.language, entries(rendering).iter());
        let entry = own.find(|entry| entry.uid == *uid);
        if let Some(entry) = entry.filter(|_| sent.iter().all(|(known, _)| *known != language)) {
            sent.push((language, entry));
        }
    }
    match news {
        EventNews::Update => update(cx, by, &campaign, &sent).await,
        EventNews::Cancel => cancel(cx, by, &campaign, &sent).await,
    }
}

async fn update(
    cx: &Context,
    by: &Actor,
    campaign: &Campaign,
    sent: &[(Language, &CalendarEntry)],
) -> Result<Campaign> {
    let site = site::load(cx).await?;
    let (mut texts, mut is_newer) = (Vec::new(), false);
    for (language, entry) in sent {
        let Some(now) = now(cx, entry, *language).await? else {
            return Err(CampaignError::NotInCalendar);
        };
        is_newer |= now.sequence > entry.sequence;
        let phrases = site.phrases(*language);
        // The last part of its address is the slug that cards go by.
        let slug = now.url.rsplit('/').next().unwrap_or_default();
        texts.push(CampaignText {
            language: *language,
            title: phrases.translate_with("mail-event-changed", "event", &shown(&now)),
            preheader: String::new(),
            body: format!(
                "{}\n\n:::event slug=\"{slug}\"\n:::\n",
                phrases.translate("mail-event-changed-text")
            ),
        });
    }
    if !is_newer {
        return Err(CampaignError::CalendarUpToDate);
    }
    draft::create_for_part(
        cx,
        by,
        &draft_of(cx, campaign, texts, campaign.calendar).await?,
    )
    .await
}

async fn cancel(
    cx: &Context,
    by: &Actor,
    campaign: &Campaign,
    sent: &[(Language, &CalendarEntry)],
) -> Result<Campaign> {
    let site = site::load(cx).await?;
    let highest = sent.iter().map(|(_, entry)| entry.sequence).max();
    let mut sequence = highest.unwrap_or(0) + 1;
    if let Some(event) = sent.iter().find_map(|(_, entry)| entry.event) {
        let mut db = cx.store.write().await?;
        sequence = events::take_sequence(&mut db, event, sequence)
            .await?
            .unwrap_or(sequence);
        db.commit().await?;
    }
    let (mut texts, mut cancelled) = (Vec::new(), Cancelled::new());
    for (language, entry) in sent {
        let phrases = site.phrases(*language);
        let times = Calendar::of(phrases.clone(), cx.config().time_zone.get());
        let when = times.time_range(entry.starts_at, entry.ends_at, entry.all_day);
        texts.push(CampaignText {
            language: *language,
            title: phrases.translate_with("mail-event-cancelled", "event", &shown(entry)),
            preheader: String::new(),
            body: phrases.translate_args(
                "mail-event-cancelled-text",
                &[
                    ("event", Value::Text(&literal(&entry.summary))),
                    ("when", Value::Text(&literal(&when))),
                ],
            ),
        });
        let entry = CalendarEntry {
            sequence,
            ..(*entry).clone()
        };
        let part = CalendarPart {
            method: CalendarMethod::Cancel,
            organizer: None,
            entries: vec![entry],
        };
        cancelled.push((*language, part));
    }
    let draft = draft_of(cx, campaign, texts, CalendarChoice::Cancel).await?;
    let made = draft::create_for_part(cx, by, &draft).await?;
    // Words and numbers can always be written; without them the draft does not start.
    let cancelled = serde_json::to_string(&cancelled).unwrap_or_default();
    let mut db = cx.store.write().await?;
    campaign_calendars::set_cancelled_entries(&mut db, made.id, &cancelled).await?;
    db.commit().await?;
    Ok(made)
}

/// The title of an event where it is one of several words.
fn shown(entry: &CalendarEntry) -> String {
    entry.summary.chars().take(TITLE_SHOWN).collect()
}

/// A draft to those who got a campaign, and whom mail may still be sent.
async fn draft_of(
    cx: &Context,
    campaign: &Campaign,
    texts: Vec<CampaignText>,
    calendar: CalendarChoice,
) -> Result<CampaignDraft> {
    let lists = campaigns::list_slugs(&mut cx.store.read().await?, campaign.id).await?;
    let home = texts
        .iter()
        .find(|text| text.language == cx.config().language);
    let subject = home.or(texts.first()).map(|text| text.title.clone());
    let variant = |text: &CampaignText| CampaignVariant {
        language: text.language,
        subject: text.title.clone(),
        ..CampaignVariant::default()
    };
    let got_it = Condition::SentCampaign { value: campaign.id };
    Ok(CampaignDraft {
        subject: subject.unwrap_or_default(),
        lists,
        selection: Selection::Conditions {
            rule: Rule::of(Match::All, [got_it]),
            name: None,
        },
        variants: texts.iter().map(variant).collect(),
        content: ContentSpec::Markdown(texts),
        from: campaign.from_mailbox.clone(),
        layout: match campaign.kind {
            ContentKind::Markdown | ContentKind::Post => campaign.layout.clone(),
            _ => default_layout(ContentKind::Markdown).to_owned(),
        },
        is_public: false,
        // Who got the event at once is told at once.
        is_urgent: true,
        embeds_pictures: false,
        calendar,
        attachments: Vec::new(),
    })
}
