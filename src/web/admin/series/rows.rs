//! The steps of a series in its form: one row each, with the fields of its kind.

use crate::model::SegmentId;
use crate::model::series::{Step, StepKind};
use crate::model::tag::Tag;
use crate::text::locale::{Language, Languages};
use crate::web::admin::series::email_row::EmailRow;
use crate::web::http::form::Form;

/// A step as it stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    pub kind: StepKind,
    pub email: EmailRow,
    pub days: String,
    pub hours: String,
    pub weekday: String,
    pub hour: String,
    pub date: String,
    pub segment: String,
    pub skip: String,
    pub tag: String,
    pub attribute: String,
    pub value: String,
    pub to_list: String,
    pub user: String,
    pub message: String,
}

impl StepRow {
    /// A new step, with a field for each language.
    pub fn blank(kind: StepKind, languages: &[Language]) -> Self {
        Self {
            kind,
            email: match kind {
                StepKind::Send => EmailRow::blank(languages),
                _ => EmailRow::blank(&[]),
            },
            days: "1".to_owned(),
            hours: "0".to_owned(),
            weekday: "1".to_owned(),
            hour: "9".to_owned(),
            date: String::new(),
            segment: String::new(),
            skip: String::new(),
            tag: String::new(),
            attribute: String::new(),
            value: String::new(),
            to_list: String::new(),
            user: String::new(),
            message: String::new(),
        }
    }

    /// A step that was written before.
    pub fn of(step: &Step, languages: &[Language]) -> Self {
        let mut row = Self::blank(step.kind(), languages);
        match step {
            Step::Send {
                post: Some(slug), ..
            } => row.email.set_post(slug.as_str()),
            Step::Send { texts, format, .. } => row.email.set_texts(*format, texts),
            Step::Wait { days, hours } => {
                (row.days, row.hours) = (days.to_string(), hours.to_string());
            }
            Step::WaitUntil { weekday, hour } => {
                (row.weekday, row.hour) = (weekday.to_string(), hour.to_string());
            }
            Step::Condition { segment, skip } => {
                row.segment = segment.to_string();
                row.skip = skip.map_or_else(String::new, |skip| skip.to_string());
            }
            Step::WaitForDate { date, hour } => {
                (row.date, row.hour) = (date.to_string(), hour.to_string());
            }
            Step::Skip { steps } => row.skip = steps.to_string(),
            Step::SetTag { tag } | Step::RemoveTag { tag } => row.tag = tag.to_string(),
            Step::SetAttribute { attribute, value } => {
                (row.attribute, row.value) = (attribute.clone(), value.clone());
            }
            Step::AddToList { list } => row.to_list = list.to_string(),
            Step::PauseMail { days } => row.days = days.to_string(),
            Step::Notify { user, message } => {
                (row.user, row.message) = (user.to_string(), message.clone());
            }
            Step::Webhook { message } => row.message.clone_from(message),
            Step::LeaveList | Step::WeeklyDigest | Step::End => {}
        }
        row
    }

    /// The step with this number in a sent form; `None` where it has none.
    pub fn read(form: &Form, number: usize, offered: &Languages) -> Option<Self> {
        let field = |name: &str| form.trimmed(&format!("{name}_{number}")).to_owned();
        let kind: StepKind = field("kind").parse().ok()?;
        let mut row = Self::blank(kind, &[]);
        if kind == StepKind::Send {
            row.email = EmailRow::read(form, number, offered);
        }
        row.days = field("days");
        row.hours = field("hours");
        row.weekday = field("weekday");
        row.hour = field("hour");
        row.date = field("date");
        row.attribute = field("attribute");
        row.value = field("value");
        row.to_list = field("to_list");
        row.segment = field("segment");
        row.skip = field("skip");
        row.tag = field("tag");
        row.user = field("user");
        row.message = field("message");
        Some(row)
    }

    /// The step; else the id of the field that is wrong, before its number, and why.
    pub fn step(&self) -> Result<Step, (&'static str, String)> {
        let number = |name: &'static str, text: &str| {
            let text = if text.is_empty() { "0" } else { text };
            text.parse::<u32>().map_err(|_| (name, NUMBER.to_owned()))
        };
        let tag = || Tag::parse(&self.tag).map_err(|error| ("tag", error.to_string()));
        Ok(match self.kind {
            StepKind::Send => self.email.step()?,
            StepKind::Wait => Step::Wait {
                days: number("days", &self.days)?,
                hours: number("hours", &self.hours)?,
            },
            StepKind::WaitUntil => Step::WaitUntil {
                weekday: u8::try_from(number("weekday", &self.weekday)?).unwrap_or(u8::MAX),
                hour: u8::try_from(number("hour", &self.hour)?).unwrap_or(u8::MAX),
            },
            StepKind::Condition => Step::Condition {
                segment: SegmentId(
                    self.segment
                        .parse()
                        .map_err(|_| ("segment", "choose a segment".to_owned()))?,
                ),
                skip: match self.skip.as_str() {
                    "" => None,
                    skip => Some(number("skip", skip)?),
                },
            },
            StepKind::WaitForDate => Step::WaitForDate {
                date: self
                    .date
                    .parse()
                    .map_err(|_| ("date", "choose a date".to_owned()))?,
                hour: u8::try_from(number("hour", &self.hour)?).unwrap_or(u8::MAX),
            },
            StepKind::Skip => Step::Skip {
                steps: number("skip", &self.skip)?,
            },
            StepKind::SetTag => Step::SetTag { tag: tag()? },
            StepKind::RemoveTag => Step::RemoveTag { tag: tag()? },
            StepKind::Notify => Step::Notify {
                user: self
                    .user
                    .parse()
                    .map_err(|_| ("user", "choose a user".to_owned()))?,
                message: self.message.clone(),
            },
            StepKind::SetAttribute => Step::SetAttribute {
                attribute: self.attribute.clone(),
                value: self.value.clone(),
            },
            StepKind::AddToList => Step::AddToList {
                list: self
                    .to_list
                    .parse()
                    .map_err(|_| ("to_list", "choose a list".to_owned()))?,
            },
            StepKind::PauseMail => Step::PauseMail {
                days: number("days", &self.days)?,
            },
            StepKind::Webhook => Step::Webhook {
                message: self.message.clone(),
            },
            StepKind::LeaveList => Step::LeaveList,
            StepKind::WeeklyDigest => Step::WeeklyDigest,
            StepKind::End => Step::End,
        })
    }
}

pub(super) const NUMBER: &str = "enter a whole number";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::series::{EmailFormat, EmailText};

    #[test]
    fn a_step_comes_back_from_the_form_as_it_was() {
        let texts = vec![EmailText {
            language: Language::EN,
            subject: "Welcome".to_owned(),
            preheader: "Glad".to_owned(),
            body: "Dear {{ name }}".to_owned(),
        }];
        for step in [
            Step::markdown(texts.clone()),
            Step::Send {
                texts,
                format: EmailFormat::Mjml,
                post: None,
            },
            Step::Send {
                texts: Vec::new(),
                format: EmailFormat::Markdown,
                post: "spring".parse().ok(),
            },
            Step::Wait { days: 3, hours: 0 },
            Step::WaitUntil {
                weekday: 5,
                hour: 18,
            },
            Step::Condition {
                segment: SegmentId(7),
                skip: Some(2),
            },
            Step::Condition {
                segment: SegmentId(7),
                skip: None,
            },
            Step::Skip { steps: 2 },
            Step::SetAttribute {
                attribute: "plan".to_owned(),
                value: "gold".to_owned(),
            },
            Step::PauseMail { days: 30 },
            Step::LeaveList,
            Step::WeeklyDigest,
            Step::Webhook {
                message: "Here".to_owned(),
            },
            Step::End,
        ] {
            let row = StepRow::of(&step, &[Language::EN, Language::KK]);
            assert_eq!(row.step(), Ok(step));
        }
        let mut wait = StepRow::blank(StepKind::Wait, &[]);
        wait.days = "three".to_owned();
        assert_eq!(wait.step(), Err(("days", NUMBER.to_owned())));
    }
}
