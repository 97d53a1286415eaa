//! What is in the form of a series, and what its buttons do to it.

use crate::model::series::{MOST_STEPS, Start, StartKind, Step, StepKind};
use crate::model::tag::Tag;
use crate::series::edit::LAYOUT;
use crate::series::overview::SeriesView;
use crate::text::locale::Language;
use crate::web::admin::series::rows::{NUMBER, StepRow};
use crate::web::http::form::Form;
use crate::web::state::Web;

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

    /// What starts it; else the field that is wrong, and why.
    pub fn start(&self) -> Result<Start, (&'static str, String)> {
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
