//! Events of the calendar.

use super::translation::{self, Outdated};
use super::{ContentError, Result, copy, recurrence};
use crate::account::{audit, campaign_changes};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::content::{MediaKind, TrashKind};
use crate::model::list::Slug;
use crate::model::{EventId, MediaId};
use crate::store::campaign_changes::Changed;
use crate::store::events::{self, Event, EventFields, EventSelection, EventVariant, Recurrence};
use crate::store::{Db, StoreError, campaigns, media, trash};
use crate::text::datetime::Calendar;
use crate::text::line::Title;
use crate::text::locale::Language;

/// Events that are looked through for the next ones.
const LOOKED_THROUGH: i64 = 1000;

/// The fields of an event in one language.
#[derive(Debug, Clone)]
pub struct EventInLanguage {
    /// Its name in URLs and calendars.
    pub slug: Slug,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it ends, exclusive.
    pub ends_at: Timestamp,
    /// Whether it lasts all day.
    pub all_day: bool,
    /// How it recurs.
    pub recurrence: Recurrence,
    /// Its picture; `None` leaves it as it is.
    pub picture: Option<Option<MediaId>>,
    /// Whether visitors may see it; `None` leaves it as it is, and publishes a new one.
    pub is_published: Option<bool>,
    /// The language of the fields below.
    pub language: Language,
    /// Its title.
    pub title: Title,
    /// Its place.
    pub place: String,
    /// Its description.
    pub description: String,
}

/// Creates an event, or adds a language to the event with this slug.
///
/// # Errors
/// [`ContentError::Text`] where it ends before it starts, or its picture is none,
/// [`ContentError::InUse`] where it becomes a draft and a scheduled campaign mails it.
pub async fn save(cx: &Context, by: &Actor, event: &EventInLanguage) -> Result<EventId> {
    let mut db = cx.store.write().await?;
    let now = cx.clock.now();
    let known = events::by_slug(&mut db, &event.slug, cx.reader(event.language)).await?;
    let before = known
        .as_ref()
        .map(|known| (known.picture_id, known.is_published));
    let fields = EventFields {
        slug: event.slug.clone(),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        all_day: event.all_day,
        recurrence: event.recurrence.clone(),
        picture_id: event
            .picture
            .unwrap_or_else(|| before.and_then(|(picture, _)| picture)),
        is_published: event
            .is_published
            .unwrap_or_else(|| before.is_none_or(|(_, is_published)| is_published)),
    };
    check(&mut db, known.as_ref(), &fields).await?;
    let action = match known {
        Some(_) => AuditAction::EventChange,
        None => AuditAction::EventCreate,
    };
    let id = match known {
        Some(known) => {
            events::update(&mut db, known.id, &fields).await?;
            known.id
        }
        None => match events::insert(&mut db, &fields, now).await {
            Err(StoreError::Exists) => {
                return Err(ContentError::Exists("an event with this slug"));
            }
            other => other?,
        },
    };
    let variant = EventVariant {
        language: event.language,
        title: event.title.to_string(),
        place: event.place.clone(),
        description: event.description.clone(),
    };
    events::set_variant(&mut db, id, &variant, now).await?;
    campaign_changes::note(&mut db, by, Changed::Event(id), now).await?;
    audit::record(&mut db, by, action, &event.slug, now).await?;
    db.commit().await?;
    Ok(id)
}

/// Whether an event may become like this.
async fn check(db: &mut Db, before: Option<&Event>, fields: &EventFields) -> Result<()> {
    if fields.ends_at < fields.starts_at {
        return Err(ContentError::Text("an event cannot end before it starts"));
    }
    if let Some(picture) = fields.picture_id
        && before.and_then(|event| event.picture_id) != Some(picture)
    {
        let medium = media::by_id(db, picture).await?;
        if medium.is_none_or(|medium| medium.kind != MediaKind::Picture) {
            return Err(ContentError::NoPicture);
        }
    }
    match before {
        Some(event) if event.is_published && !fields.is_published => {
            refuse_where_scheduled(db, event.id).await
        }
        _ => Ok(()),
    }
}

async fn refuse_where_scheduled(db: &mut Db, id: EventId) -> Result<()> {
    match campaigns::scheduled_with_event(db, id).await? {
        Some(subject) => Err(ContentError::InUse(subject)),
        None => Ok(()),
    }
}

/// An event with its texts in every language.
#[derive(Debug, Clone)]
pub struct EventDraft {
    /// Slug, time and recurrence.
    pub fields: EventFields,
    /// Its texts; other languages are deleted.
    pub variants: Vec<EventVariant>,
    /// Languages whose text is up to date though it has not changed.
    pub up_to_date: Vec<Language>,
}

/// Creates an event, or with `known` replaces it.
///
/// # Errors
/// [`ContentError::Text`] where it ends before it starts, has no text, or its picture is none,
/// [`ContentError::Exists`] where the slug is taken, [`ContentError::InUse`] where it becomes a
/// draft and a scheduled campaign mails it, [`ContentError::Overtaken`] where it was deleted.
pub async fn save_all(
    cx: &Context,
    by: &Actor,
    known: Option<EventId>,
    programme: &EventDraft,
) -> Result<EventId> {
    let EventDraft {
        fields,
        variants,
        up_to_date,
    } = programme;
    if variants.is_empty() {
        return Err(ContentError::Text(
            "an event needs a title in some language",
        ));
    }
    let taken = |error| match error {
        StoreError::Exists => ContentError::Exists("an event with this slug"),
        other => other.into(),
    };
    let action = match known {
        Some(_) => AuditAction::EventChange,
        None => AuditAction::EventCreate,
    };
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let id = match known {
        Some(id) => {
            let before = events::by_id(&mut db, id, cx.reader(cx.config().language)).await?;
            let before = before.ok_or(ContentError::Overtaken)?;
            check(&mut db, Some(&before), fields).await?;
            events::update(&mut db, id, fields).await.map_err(taken)?;
            id
        }
        None => {
            check(&mut db, None, fields).await?;
            let made = events::insert(&mut db, fields, now).await;
            made.map_err(taken)?
        }
    };
    for variant in variants {
        events::set_variant(&mut db, id, variant, now).await?;
    }
    for language in up_to_date {
        events::touch_variant(&mut db, id, *language, now).await?;
    }
    let kept: Vec<Language> = variants.iter().map(|one| one.language).collect();
    events::keep_variants(&mut db, id, &kept).await?;
    campaign_changes::note(&mut db, by, Changed::Event(id), now).await?;
    audit::record(&mut db, by, action, &fields.slug, now).await?;
    db.commit().await?;
    Ok(id)
}

/// Copies an event as a draft, under a slug with a number.
///
/// # Errors
/// [`ContentError::Overtaken`] where it was deleted.
pub async fn duplicate(cx: &Context, by: &Actor, id: EventId) -> Result<Slug> {
    let (now, reader) = (cx.clock.now(), cx.reader(cx.config().language));
    let mut db = cx.store.write().await?;
    let original = events::by_id(&mut db, id, reader).await?;
    let original = original.ok_or(ContentError::Overtaken)?;
    let mut slug = original.slug.numbered(2);
    for number in 3..1000 {
        if events::by_slug(&mut db, &slug, reader).await?.is_none() {
            break;
        }
        slug = original.slug.numbered(number);
    }
    let fields = EventFields {
        slug,
        starts_at: original.starts_at,
        ends_at: original.ends_at,
        all_day: original.all_day,
        recurrence: original.recurrence,
        picture_id: original.picture_id,
        is_published: false,
    };
    let made = events::insert(&mut db, &fields, now).await;
    let made = made.map_err(|error| match error {
        StoreError::Exists => ContentError::Exists("an event with this slug"),
        other => other.into(),
    })?;
    events::copy_variants(&mut db, id, made).await?;
    for variant in events::variants(&mut db, made).await? {
        let title = copy::title(variant.language, &variant.title);
        events::set_title(&mut db, made, variant.language, &title).await?;
    }
    audit::record(&mut db, by, AuditAction::EventDuplicate, &fields.slug, now).await?;
    db.commit().await?;
    Ok(fields.slug)
}

/// The translations of an event that are older than its text in its first language.
pub async fn outdated(cx: &Context, id: EventId) -> Result<Option<Outdated>> {
    let times = events::variant_times(&mut cx.store.read().await?, id).await?;
    Ok(translation::outdated(&times, &cx.config().site_languages()))
}

/// The event with this slug and its texts in every language.
pub async fn full(cx: &Context, slug: &Slug) -> Result<Option<(Event, Vec<EventVariant>)>> {
    let mut db = cx.store.read().await?;
    let Some(event) = events::by_slug(&mut db, slug, cx.reader(cx.config().language)).await? else {
        return Ok(None);
    };
    let variants = events::variants(&mut db, event.id).await?;
    Ok(Some((event, variants)))
}

/// Past events, latest first.
pub async fn past(cx: &Context, selection: EventSelection) -> Result<Vec<Event>> {
    let mut db = cx.store.read().await?;
    Ok(events::before(&mut db, cx.clock.now(), selection).await?)
}

/// Moves an event to the trash.
///
/// # Errors
/// [`ContentError::InUse`] where a scheduled campaign mails it.
pub async fn delete(cx: &Context, by: &Actor, id: EventId) -> Result<()> {
    let mut db = cx.store.write().await?;
    refuse_where_scheduled(&mut db, id).await?;
    let event = events::by_id(&mut db, id, cx.reader(cx.config().language)).await?;
    let slug = event.map_or_else(String::new, |event| event.slug.to_string());
    let now = cx.clock.now();
    trash::insert(&mut db, TrashKind::Event, id.0, now).await?;
    campaign_changes::note(&mut db, by, Changed::Event(id), now).await?;
    audit::record(&mut db, by, AuditAction::EventDelete, &slug, now).await?;
    db.commit().await?;
    Ok(())
}

/// The event with this slug, perhaps a draft, in `language` or the next best.
pub async fn by_slug(cx: &Context, slug: &Slug, language: Language) -> Result<Option<Event>> {
    let reader = cx.reader(language);
    Ok(events::by_slug(&mut cx.store.read().await?, slug, reader).await?)
}

/// The next events, each at its next time.
pub async fn upcoming(cx: &Context, selection: EventSelection) -> Result<Vec<Event>> {
    let mut db = cx.store.read().await?;
    let (now, ever) = (cx.clock.now(), Timestamp::from_millis(i64::MAX));
    let zone = cx.config().time_zone.get();
    let every = EventSelection {
        limit: LOOKED_THROUGH,
        ..selection
    };
    let all = events::between(&mut db, now, ever, every).await?;
    let next = all
        .iter()
        .filter_map(|event| recurrence::next(event, &zone, now));
    let mut next: Vec<Event> = next.collect();
    next.sort_by_key(|event| (event.starts_at, event.id));
    next.truncate(usize::try_from(selection.limit).unwrap_or(0));
    Ok(next)
}

/// When and where an event is, in a line: a recurring one is announced at its next time.
pub fn time_and_place(cx: &Context, event: &Event, place: &str, calendar: &Calendar) -> String {
    let next = recurrence::next(event, &cx.config().time_zone.get(), cx.clock.now());
    let at = next.as_ref().unwrap_or(event);
    let when = calendar.time_range(at.starts_at, at.ends_at, at.all_day);
    match place {
        "" => when,
        place => format!("{when} · {place}"),
    }
}

/// Up to `limit` recent and future public events, in each of their languages:
/// slug and language.
pub async fn addresses(cx: &Context, limit: i64) -> Result<Vec<(String, Language)>> {
    let from = cx
        .clock
        .now()
        .before(std::time::Duration::from_secs(365 * 24 * 3600));
    let rows = events::addresses(&mut cx.store.read().await?, from, limit).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(slug, language)| Some((slug, language.parse().ok()?)))
        .collect())
}

/// The languages that an event has a text in.
pub async fn languages(cx: &Context, id: EventId) -> Result<Vec<Language>> {
    let variants = events::variants(&mut cx.store.read().await?, id).await?;
    Ok(variants.iter().map(|variant| variant.language).collect())
}
