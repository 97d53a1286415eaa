//! The form of a series: what starts it, and its steps as a list. Buttons add, move and remove
//! steps by sending the form, so that it works without scripts.

use askama::Template;
use strum::VariantArray as _;

use crate::account::users;
use crate::audience::{list_admin, segment};
use crate::campaign::layouts;
use crate::content::event;
use crate::model::SegmentId;
use crate::model::series::{MOST_STEPS, SeriesState, Start, StartKind, Step, StepKind};
use crate::model::tag::Tag;
use crate::series::SeriesError;
use crate::series::edit::{LAYOUT, SeriesDraft};
use crate::series::overview::{self, SeriesView};
use crate::store::lists::List;
use crate::store::segments::Segment;
use crate::store::series::Series;
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::series::rows::{NUMBER, StepRow};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The path of the list of series.
pub const HOME: &str = "/admin/series";
/// Events that are offered to start with.
const EVENTS: i64 = 200;

/// What is in the form.
#[derive(Debug, Clone)]
pub struct Written {
    pub name: String,
    pub list: String,
    pub layout: String,
    pub goal: String,
    pub ends_on_answer: bool,
    pub start: StartKind,
    pub tag: String,
    pub attribute: String,
    pub value: String,
    pub date_attribute: String,
    pub event: String,
    pub start_segment: String,
    pub link: String,
    pub from: String,
    pub days: String,
    pub hour: String,
    pub yearly: bool,
    pub steps: Vec<StepRow>,
    /// How often the series had been saved when the form was opened.
    pub edit_count: i64,
    languages: Vec<Language>,
}

impl Written {
    /// A new series, with a first email.
    pub fn blank(web: &Web) -> Self {
        let languages: Vec<Language> = web.languages().iter().collect();
        Self {
            name: String::new(),
            list: String::new(),
            layout: LAYOUT.to_owned(),
            goal: String::new(),
            ends_on_answer: false,
            start: StartKind::Confirmed,
            tag: String::new(),
            attribute: String::new(),
            value: String::new(),
            date_attribute: String::new(),
            event: String::new(),
            start_segment: String::new(),
            link: String::new(),
            from: String::new(),
            days: "0".to_owned(),
            hour: "9".to_owned(),
            yearly: false,
            steps: vec![StepRow::blank(StepKind::Send, &languages)],
            edit_count: 0,
            languages,
        }
    }

    /// A series as it was saved.
    pub fn of(web: &Web, seen: &SeriesView) -> Self {
        let series = &seen.series;
        let mut written = Self {
            name: series.name.clone(),
            list: series.list.to_string(),
            layout: series.layout.clone(),
            from: series.from_mailbox.clone().unwrap_or_default(),
            goal: series.goal_id.map_or_else(String::new, |id| id.to_string()),
            ends_on_answer: series.ends_on_answer,
            edit_count: series.edit_count,
            ..Self::blank(web)
        };
        let steps: Vec<Step> = match seen.versions.first() {
            Some(version) => version.steps.iter().map(|view| view.step.clone()).collect(),
            None => Vec::new(),
        };
        written.set(Some(&series.start()), &steps);
        written
    }

    /// Sets what starts it, and its steps.
    pub fn set(&mut self, start: Option<&Start>, steps: &[Step]) {
        if let Some(start) = start {
            self.set_start(start);
        }
        let rows = steps.iter().map(|step| StepRow::of(step, &self.languages));
        self.steps = rows.collect();
    }

    /// Waits for an event that is still to be chosen: a week before it.
    pub fn set_event_reminder(&mut self) {
        self.start = StartKind::Event;
        "-7".clone_into(&mut self.days);
    }

    fn set_start(&mut self, start: &Start) {
        self.start = start.kind();
        match start {
            Start::Tag { tag } => self.tag = tag.to_string(),
            Start::Date {
                attribute,
                days,
                hour,
                yearly,
            } => {
                self.date_attribute = attribute.clone();
                (self.days, self.hour) = (days.to_string(), hour.to_string());
                self.yearly = *yearly;
            }
            Start::Attribute { attribute, value } => {
                (self.attribute, self.value) = (attribute.clone(), value.clone());
            }
            Start::Event { event, days, hour } => {
                self.event = event.to_string();
                (self.days, self.hour) = (days.to_string(), hour.to_string());
            }
            Start::Segment { segment, hour } => {
                (self.start_segment, self.hour) = (segment.to_string(), hour.to_string());
            }
            Start::Link { contains } => self.link.clone_from(contains),
            Start::Confirmed | Start::Call => {}
        }
    }

    /// The form as it was sent.
    pub fn read(web: &Web, form: &Form) -> Self {
        let blank = Self::blank(web);
        let text = |name: &str| form.trimmed(name).to_owned();
        let rows = 1..=MOST_STEPS + 1;
        Self {
            name: text("name"),
            list: text("list"),
            layout: text("layout"),
            goal: text("goal"),
            ends_on_answer: form.has("ends_on_answer"),
            start: form.text("start").parse().unwrap_or(StartKind::Confirmed),
            tag: text("start_tag"),
            attribute: text("start_attribute"),
            value: text("start_value"),
            date_attribute: text("start_date_attribute"),
            event: text("start_event"),
            start_segment: text("start_segment"),
            link: text("start_link"),
            from: text("from"),
            days: text("start_days"),
            hour: text("start_hour"),
            yearly: form.has("start_yearly"),
            steps: rows
                .map_while(|number| StepRow::read(form, number, &web.languages()))
                .collect(),
            edit_count: form.text("edit_count").parse().unwrap_or_default(),
            languages: blank.languages,
        }
    }

    /// Does what the pressed button says: adds, removes or moves a step.
    pub fn press(&mut self, form: &Form) {
        let pressed = form.text("press");
        let (what, number) = pressed.split_once('_').unwrap_or((pressed, ""));
        let at = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let at = at.filter(|at| *at < self.steps.len());
        match (what, at) {
            ("add", _) => {
                let kind = form.text("add").parse().unwrap_or(StepKind::Send);
                if self.steps.len() < MOST_STEPS {
                    self.steps.push(StepRow::blank(kind, &self.languages));
                }
            }
            ("remove", Some(at)) => {
                self.steps.remove(at);
            }
            ("up", Some(at)) if at > 0 => self.steps.swap(at, at - 1),
            ("down", Some(at)) if at + 1 < self.steps.len() => self.steps.swap(at, at + 1),
            _ => {}
        }
    }

    fn start(&self) -> Result<Start, (&'static str, String)> {
        let days = || {
            let days = self.days.parse();
            days.map_err(|_| ("start_days", NUMBER.to_owned()))
        };
        let hour = || {
            let hour = self.hour.parse();
            hour.map_err(|_| ("start_hour", NUMBER.to_owned()))
        };
        Ok(match self.start {
            StartKind::Confirmed => Start::Confirmed,
            StartKind::Call => Start::Call,
            StartKind::Tag => Start::Tag {
                tag: Tag::parse(&self.tag).map_err(|error| ("start_tag", error.to_string()))?,
            },
            StartKind::Link => Start::Link {
                contains: self.link.clone(),
            },
            StartKind::Attribute => Start::Attribute {
                attribute: self.attribute.clone(),
                value: self.value.clone(),
            },
            StartKind::Date => Start::Date {
                attribute: self.date_attribute.clone(),
                days: days()?,
                hour: hour()?,
                yearly: self.yearly,
            },
            StartKind::Event => Start::Event {
                event: self
                    .event
                    .parse()
                    .map_err(|_| ("start_event", "choose an event".to_owned()))?,
                days: days()?,
                hour: hour()?,
            },
            StartKind::Segment => Start::Segment {
                segment: self
                    .start_segment
                    .parse()
                    .map_err(|_| ("start_segment", "choose a segment".to_owned()))?,
                hour: hour()?,
            },
        })
    }
}

/// The page with the form.
#[derive(Template)]
#[template(path = "admin/series_form.html")]
pub struct FormPage {
    pub viewer: Viewer,
    series: Option<Series>,
    written: Written,
    errors: FormErrors,
    lists: Vec<List>,
    layouts: Vec<String>,
    segments: Vec<Segment>,
    users: Vec<String>,
    events: Vec<(String, Language)>,
    /// Readers who are inside, whom a new version concerns.
    inside: i64,
}

impl FormPage {
    pub async fn new(
        web: &Web,
        viewer: Viewer,
        series: Option<Series>,
        written: Written,
    ) -> Result<Self, HttpError> {
        let inside = match &series {
            Some(series) => overview::inside(&web.cx, series.id).await?,
            None => 0,
        };
        let layouts = layouts::all(&web.cx).await?.into_iter();
        let users = users::all(&web.cx).await?.into_iter();
        Ok(Self {
            lists: list_admin::within(&web.cx, &viewer.access).await?,
            layouts: layouts.map(|one| one.layout.name.to_string()).collect(),
            segments: segment::all(&web.cx).await?,
            users: users.map(|user| user.email.to_string()).collect(),
            events: event::addresses(&web.cx, EVENTS).await?,
            viewer,
            series,
            written,
            errors: FormErrors::default(),
            inside,
        })
    }

    /// What was written, or `None` after adding what is wrong with it.
    pub fn finish(&mut self) -> Option<SeriesDraft> {
        let name = self.errors.take("name", Title::parse(&self.written.name));
        let list = self.errors.take("list", self.written.list.parse());
        let start = match self.written.start() {
            Ok(start) => Some(start),
            Err((field, why)) => {
                self.errors.add(field, why);
                None
            }
        };
        let mut steps = Vec::new();
        for (number, row) in (1..).zip(&self.written.steps) {
            match row.step() {
                Ok(step) => steps.push(step),
                Err((field, why)) => self.errors.add(&format!("{field}_{number}"), why),
            }
        }
        let goal = match self.written.goal.as_str() {
            "" => None,
            goal => self.errors.take("goal", goal.parse::<SegmentId>()),
        };
        if !self.errors.is_empty() {
            return None;
        }
        Some(SeriesDraft {
            name: name?,
            list: list?,
            layout: Some(self.written.layout.clone()).filter(|name| !name.is_empty()),
            from: Some(self.written.from.clone()).filter(|from| !from.is_empty()),
            start: start?,
            goal,
            ends_on_answer: self.written.ends_on_answer,
            steps,
        })
    }

    /// Adds what is wrong with what was written; other errors are the caller's.
    pub fn refuse(&mut self, error: SeriesError) -> Result<(), HttpError> {
        let field = match &error {
            SeriesError::Store(_) | SeriesError::NotFound | SeriesError::Over => {
                return Err(error.into());
            }
            SeriesError::Exists => "name",
            SeriesError::UnknownList(_) | SeriesError::KeepsList => "list",
            SeriesError::UnknownLayout(_) => "layout",
            SeriesError::From(_) => "from",
            SeriesError::EventGone(_) => "start_event",
            _ => "",
        };
        self.errors.add(field, error);
        Ok(())
    }

    fn action(&self) -> String {
        match &self.series {
            Some(series) => format!("{HOME}/{}", series.id),
            None => HOME.to_owned(),
        }
    }

    fn redraw(&self) -> String {
        match &self.series {
            Some(series) => format!("{HOME}/{}/edit", series.id),
            None => format!("{HOME}/new"),
        }
    }

    /// Whether a new version is made, and readers may be inside.
    fn is_started(&self) -> bool {
        let series = self.series.as_ref();
        series.is_some_and(|series| series.state != SeriesState::Draft)
    }

    fn starts(&self) -> &'static [StartKind] {
        StartKind::VARIANTS
    }

    /// Events that can start a series, each once.
    fn events(&self) -> Vec<&str> {
        let mut slugs: Vec<&str> = self.events.iter().map(|(slug, _)| slug.as_str()).collect();
        if !self.written.event.is_empty() {
            slugs.push(&self.written.event);
        }
        slugs.sort_unstable();
        slugs.dedup();
        slugs
    }

    fn kinds(&self) -> &'static [StepKind] {
        StepKind::VARIANTS
    }

    fn is_start(&self, kind: &StartKind) -> bool {
        self.written.start == *kind
    }

    fn weekday(&self, number: &i8) -> String {
        self.viewer.word("admin-series-weekday", number)
    }

    fn error(&self, name: &str, number: impl std::fmt::Display) -> String {
        let error = self.errors.at(&format!("{name}_{number}")).to_owned();
        self.viewer.explain(error)
    }
}
