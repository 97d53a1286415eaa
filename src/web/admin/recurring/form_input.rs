//! The form of a recurring campaign.

use jiff::civil::{Date, DateTime, Time};

use crate::campaign::recurring::{Recurring, RecurringDraft, Source};
use crate::clock::Timestamp;
use crate::model::content::Repetition;
use crate::model::list::ListSlug;
use crate::store::lists::List;
use crate::store::recurring_campaigns::RecurringTimes;
use crate::text::line::Title;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::Viewer;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The form as entered. Times are in the site's zone.
#[derive(Default)]
pub struct FormInput {
    pub name: String,
    /// `template:` with its key, or `campaign:` with its number.
    pub source: String,
    pub subject: String,
    pub layout: String,
    pub from: String,
    pub lists: Vec<String>,
    pub segment: String,
    pub starts_on: String,
    pub starts_at: String,
    pub repeats: String,
    pub repeat_every: String,
    pub repeat_until: String,
    pub needs_approval: bool,
    pub only_new: bool,
}

/// A source as the form names it.
pub fn value_of(source: &Source) -> String {
    match source {
        Source::Template(key) => format!("template:{key}"),
        Source::Campaign(id) => format!("campaign:{id}"),
    }
}

fn source_of(value: &str) -> Option<Source> {
    match value.split_once(':')? {
        ("template", key) => Some(Source::Template(key.to_owned())),
        ("campaign", id) => Some(Source::Campaign(id.parse().ok()?)),
        _ => None,
    }
}

impl FormInput {
    /// A stored one.
    pub fn of(viewer: &Viewer, recurring: &Recurring) -> Self {
        let fields = &recurring.row.fields;
        let local = |at: Timestamp| viewer.calendar.local(at);
        let times = &fields.times;
        Self {
            name: fields.name.clone(),
            source: recurring
                .source()
                .as_ref()
                .map_or_else(String::new, value_of),
            subject: fields.subject.clone(),
            layout: fields.layout.clone(),
            from: fields.from_mailbox.clone().unwrap_or_default(),
            lists: recurring.lists.iter().map(ToString::to_string).collect(),
            segment: fields
                .segment_id
                .map_or_else(String::new, |id| id.to_string()),
            starts_on: local(times.starts_at).date().to_string(),
            starts_at: local(times.starts_at).time().strftime("%H:%M").to_string(),
            repeats: times.repeats.to_string(),
            repeat_every: times.repeat_every.to_string(),
            repeat_until: times
                .repeat_until
                .map_or_else(String::new, |until| local(until).date().to_string()),
            needs_approval: fields.needs_approval,
            only_new: fields.only_new,
        }
    }

    /// An empty form, for tomorrow.
    pub fn blank(web: &Web, viewer: &Viewer) -> Self {
        let today = viewer.calendar.local(web.cx.clock.now()).date();
        Self {
            starts_on: today.tomorrow().unwrap_or(today).to_string(),
            starts_at: "09:00".to_owned(),
            repeats: Repetition::Weekly.to_string(),
            repeat_every: "1".to_owned(),
            ..Self::default()
        }
    }

    /// The form as sent.
    pub fn read(form: &Form) -> Self {
        let field = |name: &str| form.trimmed(name).to_owned();
        Self {
            name: field("name"),
            source: field("source"),
            subject: field("subject"),
            layout: field("layout"),
            from: field("from"),
            lists: form.all("lists").map(str::to_owned).collect(),
            segment: field("segment"),
            starts_on: field("starts_on"),
            starts_at: field("starts_at"),
            repeats: field("repeats"),
            repeat_every: field("repeat_every"),
            repeat_until: field("repeat_until"),
            needs_approval: form.has("needs_approval"),
            only_new: form.has("only_new"),
        }
    }

    pub fn has_list(&self, list: &List) -> bool {
        self.lists.iter().any(|slug| slug == list.slug.as_str())
    }

    /// What it says, or what is wrong with it.
    pub fn check(&self, web: &Web, viewer: &Viewer) -> Result<RecurringDraft, FormErrors> {
        let mut errors = FormErrors::default();
        let name = errors.take("name", Title::parse(&self.name));
        let times = self.times(web, viewer, &mut errors);
        let slugs = self.lists.iter().map(|slug| slug.parse::<ListSlug>());
        let lists = errors.take("lists", slugs.collect::<Result<Vec<_>, _>>());
        if self.lists.is_empty() {
            errors.add("lists", viewer.t("admin-recurring-no-list"));
        }
        let source = source_of(&self.source);
        if source.is_none() {
            errors.add("source", viewer.t("admin-recurring-no-source"));
        }
        let segment = match self.segment.as_str() {
            "" => Some(None),
            number => errors.take("segment", number.parse().map(Some)),
        };
        let (Some(name), Some(times), Some(lists), Some(segment), true) =
            (name, times, lists, segment, errors.is_empty())
        else {
            return Err(errors);
        };
        Ok(RecurringDraft {
            name,
            source,
            subject: self.subject.clone(),
            layout: self.layout.clone(),
            from: self.from.clone(),
            lists,
            segment,
            times,
            needs_approval: self.needs_approval,
            only_new: self.only_new,
        })
    }

    fn times(&self, web: &Web, viewer: &Viewer, errors: &mut FormErrors) -> Option<RecurringTimes> {
        let day = |text: &str| {
            text.parse::<Date>()
                .map_err(|_| viewer.t("admin-event-give-day"))
        };
        let time = self.starts_at.parse::<Time>();
        let time = time.map_err(|_| viewer.t("admin-event-give-time"));
        let every = self.repeat_every.parse::<i64>().ok();
        let every = every.filter(|every| (1..=99).contains(every));
        let every = every.ok_or_else(|| viewer.t("admin-event-give-interval"));
        let starts_on = errors.take("starts_on", day(&self.starts_on));
        let starts_at = errors.take("starts_at", time);
        let repeats = errors.take("repeats", self.repeats.parse::<Repetition>());
        let repeat_every = errors.take("repeat_every", every);
        let until = match self.repeat_until.as_str() {
            "" => None,
            text => errors.take("repeat_until", day(text)),
        };
        let starts_at = moment(web, starts_on?.to_datetime(starts_at?));
        let repeat_until = until.map(|last| moment(web, last.to_datetime(Time::MAX)));
        if repeat_until.is_some_and(|until| until < starts_at) {
            errors.add("repeat_until", viewer.t("admin-event-until-early"));
        }
        Some(RecurringTimes {
            starts_at,
            repeats: repeats?,
            repeat_every: repeat_every?,
            repeat_until,
        })
    }
}

/// A time in the site's zone; a time skipped by a clock change becomes the next one.
fn moment(web: &Web, at: DateTime) -> Timestamp {
    let zoned = at.to_zoned_datetime(web.zone());
    let at = zoned.map(|zoned| zoned.timestamp()).unwrap_or_default();
    Timestamp::from_millis(at.as_millisecond())
}
