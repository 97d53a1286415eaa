//! The form of an event.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use crate::clock::Timestamp;
use crate::content::event::EventDraft;
use crate::model::MediaId;
use crate::model::content::Repetition;
use crate::model::list::Slug;
use crate::store::events::{Event, EventFields, EventVariant, Recurrence};
use crate::text::line::Title;
use crate::text::locale::{Language, Languages};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::translations::up_to_date;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The form of an event as entered. Times are in the site's zone.
#[derive(Default)]
pub struct FormInput {
    pub slug: String,
    pub starts_on: String,
    pub starts_at: String,
    pub ends_on: String,
    pub ends_at: String,
    pub all_day: bool,
    pub repeats: String,
    pub repeat_every: String,
    pub repeat_until: String,
    /// The file name of its picture.
    pub picture: String,
    /// The language whose texts are shown.
    pub language: Language,
    pub texts: Vec<EventTexts>,
    /// Languages whose text is up to date though it has not changed.
    pub up_to_date: Vec<Language>,
}

/// The texts in one language.
pub struct EventTexts {
    pub language: Language,
    pub title: String,
    pub place: String,
    pub description: String,
}

impl EventTexts {
    pub fn is_empty(&self) -> bool {
        self.title.is_empty() && self.place.is_empty() && self.description.is_empty()
    }
}

/// English if available, otherwise the first language.
fn first_spoken(variants: &[EventVariant]) -> Language {
    let english = variants.iter().find(|one| one.language == Language::EN);
    let first = english.or(variants.first());
    first.map_or_else(Language::default, |variant| variant.language)
}

impl FormInput {
    /// A stored event, with its texts in `language` shown.
    pub fn of(
        languages: &Languages,
        viewer: &Viewer,
        event: &Event,
        variants: &[EventVariant],
        language: Option<Language>,
    ) -> Self {
        let starts = viewer.calendar.local(event.starts_at);
        let ends = viewer.calendar.local(event.ends_at);
        // An all-day event ends at the start of the next day.
        let last = if event.all_day && ends.date() > starts.date() {
            ends.date().saturating_sub(1.day())
        } else {
            ends.date()
        };
        let time = |at: Time| at.strftime("%H:%M").to_string();
        let known = variants.iter().map(|one| one.language);
        let texts = |language: Language| {
            let found = variants.iter().find(|one| one.language == language);
            EventTexts {
                language,
                title: found.map(|one| one.title.clone()).unwrap_or_default(),
                place: found.map(|one| one.place.clone()).unwrap_or_default(),
                description: found.map(|one| one.description.clone()).unwrap_or_default(),
            }
        };
        Self {
            slug: event.slug.to_string(),
            starts_on: starts.date().to_string(),
            starts_at: time(starts.time()),
            ends_on: last.to_string(),
            ends_at: time(ends.time()),
            all_day: event.all_day,
            repeats: event.recurrence.repeats.clone(),
            repeat_every: event.recurrence.repeat_every.to_string(),
            repeat_until: event
                .recurrence
                .repeat_until
                .map_or_else(String::new, |until| {
                    viewer.calendar.local(until).date().to_string()
                }),
            picture: event.picture.clone().unwrap_or_default(),
            language: language.unwrap_or_else(|| first_spoken(variants)),
            texts: languages.and(known).into_iter().map(texts).collect(),
            up_to_date: Vec::new(),
        }
    }

    /// The form as sent.
    pub fn read(languages: &Languages, form: &Form) -> Self {
        let field = |name: &str| form.trimmed(name).to_owned();
        Self {
            slug: field("slug"),
            starts_on: field("starts_on"),
            starts_at: field("starts_at"),
            ends_on: field("ends_on"),
            ends_at: field("ends_at"),
            all_day: form.has("all_day"),
            repeats: field("repeats"),
            repeat_every: field("repeat_every"),
            repeat_until: field("repeat_until"),
            picture: field("picture"),
            language: form.text("language").parse().unwrap_or(Language::EN),
            up_to_date: up_to_date(form, form.languages(languages, "title-")),
            texts: form
                .languages(languages, "title-")
                .into_iter()
                .map(|language| EventTexts {
                    language,
                    title: field(&format!("title-{language}")),
                    place: field(&format!("place-{language}")),
                    description: field(&format!("description-{language}")),
                })
                .collect(),
        }
    }

    /// The event with this picture, or the errors by field beside those that there are.
    pub fn check(
        &self,
        web: &Web,
        wording: &Wording,
        picture: Option<MediaId>,
        is_published: bool,
        mut errors: FormErrors,
    ) -> Result<EventDraft, FormErrors> {
        let day = |text: &str| {
            text.parse::<Date>()
                .map_err(|_| wording.t("admin-event-give-day"))
        };
        let time = |text: &str| {
            text.parse::<Time>()
                .map_err(|_| wording.t("admin-event-give-time"))
        };
        let starts_on = errors.take("starts_on", day(&self.starts_on));
        let ends_on = if self.ends_on.is_empty() {
            starts_on
        } else {
            errors.take("ends_on", day(&self.ends_on))
        };
        let (mut starts_at, mut ends_at) = (Some(Time::midnight()), Some(Time::midnight()));
        if !self.all_day {
            starts_at = errors.take("starts_at", time(&self.starts_at));
            ends_at = if self.ends_at.is_empty() {
                starts_at
            } else {
                errors.take("ends_at", time(&self.ends_at))
            };
        }
        let recurrence = self.recurrence(web, wording, &mut errors);
        let slug = self.slug(&mut errors);
        let mut variants = Vec::new();
        for texts in &self.texts {
            if texts.is_empty() {
                continue;
            }
            let field = format!("title-{}", texts.language);
            if let Some(title) = errors.take(&field, Title::parse(&texts.title)) {
                variants.push(EventVariant {
                    language: texts.language,
                    title: title.into(),
                    place: texts.place.clone(),
                    description: texts.description.clone(),
                });
            }
        }
        if variants.is_empty() && errors.is_empty() {
            let field = format!("title-{}", self.language);
            errors.add(&field, wording.t("admin-event-no-title"));
        }
        let (Some(slug), Some(starts_on), Some(ends_on), Some(starts_at), Some(ends_at)) =
            (slug, starts_on, ends_on, starts_at, ends_at)
        else {
            return Err(errors);
        };
        let last = if self.all_day {
            ends_on.saturating_add(1.day())
        } else {
            ends_on
        };
        let fields = EventFields {
            slug,
            starts_at: moment(web, starts_on.to_datetime(starts_at)),
            ends_at: moment(web, last.to_datetime(ends_at)),
            all_day: self.all_day,
            recurrence,
            picture_id: picture,
            is_published,
        };
        if fields
            .recurrence
            .repeat_until
            .is_some_and(|until| until < fields.starts_at)
        {
            errors.add("repeat_until", wording.t("admin-event-until-early"));
        }
        if fields.ends_at < fields.starts_at {
            errors.add("ends_on", wording.t("admin-event-ends-early"));
        }
        if errors.is_empty() {
            Ok(EventDraft {
                fields,
                variants,
                up_to_date: self.up_to_date.clone(),
            })
        } else {
            Err(errors)
        }
    }

    /// How often it repeats, until the end of which day.
    fn recurrence(&self, web: &Web, wording: &Wording, errors: &mut FormErrors) -> Recurrence {
        if self.repeats.is_empty() {
            return Recurrence::once();
        }
        let frequency = errors.take("repeats", self.repeats.parse::<Repetition>());
        let every = match self.repeat_every.as_str() {
            "" => Ok(1),
            text => text
                .parse::<i64>()
                .ok()
                .filter(|n| (1..=99).contains(n))
                .ok_or_else(|| wording.t("admin-event-give-interval")),
        };
        let every = errors.take("repeat_every", every);
        let until = match self.repeat_until.as_str() {
            "" => None,
            text => {
                let day = text
                    .parse::<Date>()
                    .map_err(|_| wording.t("admin-event-give-day"));
                let last = errors.take("repeat_until", day);
                last.map(|last| moment(web, last.to_datetime(Time::MAX)))
            }
        };
        Recurrence {
            repeats: frequency.map_or_else(String::new, |frequency| frequency.to_string()),
            repeat_every: every.unwrap_or(1),
            repeat_until: until,
        }
    }

    /// The slug entered, or one made from title and date.
    fn slug(&self, errors: &mut FormErrors) -> Option<Slug> {
        if !self.slug.is_empty() {
            return errors.take("slug", self.slug.parse::<Slug>());
        }
        let english = self.texts.iter().filter(|one| one.language == Language::EN);
        let made = english
            .chain(&self.texts)
            .find_map(|one| Slug::from_title_in(&one.title, one.language));
        let made = made.map_or_else(|| "event".to_owned(), String::from);
        let made: String = made.chars().take(49).collect();
        let dated = format!("{made} {}", self.starts_on);
        Slug::from_title(&dated)
    }
}

/// A time in the site's zone; a time skipped by a clock change becomes the
/// next one.
fn moment(web: &Web, at: DateTime) -> Timestamp {
    let zoned = at.to_zoned_datetime(web.zone());
    let at = zoned.map(|zoned| zoned.timestamp()).unwrap_or_default();
    Timestamp::from_millis(at.as_millisecond())
}
