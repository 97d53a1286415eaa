//! The steps of a series, and how long a wait lasts.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::SegmentId;
use crate::model::campaign::ContentKind;
use crate::model::list::{ListSlug, Slug};
use crate::model::string_enum::string_enum;
use crate::model::tag::Tag;
use crate::text::locale::Language;

/// An email in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailText {
    /// The language.
    pub language: Language,
    /// The subject line, which is the headline, too.
    pub subject: String,
    /// What inboxes show beside the subject; empty: the beginning of the text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub preheader: String,
    /// In the format of the email, with merge tags.
    pub body: String,
}

string_enum! {
    /// What the texts of an email are written in.
    #[derive(Default)]
    pub enum EmailFormat {
        /// Markdown, in the layout of the series.
        #[default]
        Markdown,
        /// Whole emails in MJML.
        Mjml,
        /// Whole emails in HTML.
        Html,
    }
}

impl EmailFormat {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl From<EmailFormat> for ContentKind {
    fn from(format: EmailFormat) -> Self {
        match format {
            EmailFormat::Markdown => Self::Markdown,
            EmailFormat::Mjml => Self::Mjml,
            EmailFormat::Html => Self::Html,
        }
    }
}

/// A step of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Send an email: texts of its own, or a post.
    Send {
        /// What it says, by language.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        texts: Vec<EmailText>,
        /// What the texts are written in.
        #[serde(default, skip_serializing_if = "EmailFormat::is_default")]
        format: EmailFormat,
        /// The slug of the post that it mails instead, in the languages that the post has.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        post: Option<Slug>,
    },
    /// Wait for days of the reader's calendar, and hours.
    Wait {
        /// Days.
        #[serde(default)]
        days: u32,
        /// Hours.
        #[serde(default)]
        hours: u32,
    },
    /// Wait until the next such day and hour, in the reader's zone.
    WaitUntil {
        /// From 1, Monday, to 7.
        weekday: u8,
        /// From 0 to 23.
        hour: u8,
    },
    /// Wait until a date, in the reader's zone; once it has passed, go on at once.
    WaitForDate {
        /// The date.
        #[schema(value_type = String, format = Date)]
        date: Date,
        /// From 0 to 23.
        hour: u8,
    },
    /// Go on where a segment picks the reader; else skip steps, or all that are left.
    Condition {
        /// The segment.
        segment: SegmentId,
        /// How many steps the others skip; without it, all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        skip: Option<u32>,
    },
    /// Skip steps: the end of the branch of those whom a condition picked, when the branch of the
    /// others follows.
    Skip {
        /// How many.
        steps: u32,
    },
    /// Give the reader a tag.
    SetTag {
        /// The tag.
        tag: Tag,
    },
    /// Take a tag from the reader.
    RemoveTag {
        /// The tag.
        tag: Tag,
    },
    /// Set an attribute of the reader.
    SetAttribute {
        /// The attribute.
        attribute: String,
        /// Its value, as text; empty: the attribute is removed.
        value: String,
    },
    /// Subscribe the reader to another list, too, by its own rule: where it asks for confirmation,
    /// they are asked. Who has left that list stays off it.
    AddToList {
        /// The list.
        list: ListSlug,
    },
    /// Unsubscribe the reader from the list of the series, which ends with it.
    LeaveList,
    /// Pause all campaigns to the reader.
    PauseMail {
        /// For so many days.
        days: u32,
    },
    /// Send the reader a weekly digest from now on instead of each campaign.
    WeeklyDigest,
    /// Tell a user of the admin.
    Notify {
        /// The user's address.
        #[schema(value_type = String)]
        user: EmailAddress,
        /// What they are told.
        message: String,
    },
    /// Tell other programs: the event `series.step` of webhooks.
    Webhook {
        /// What they are told.
        message: String,
    },
    /// Leave the series.
    End,
}

impl Step {
    /// Sends texts in Markdown.
    pub fn markdown(texts: Vec<EmailText>) -> Self {
        Self::Send {
            texts,
            format: EmailFormat::Markdown,
            post: None,
        }
    }

    /// What the email that it sends is made of; `None` where it sends none.
    pub fn content_kind(&self) -> Option<ContentKind> {
        match self {
            Self::Send { post: Some(_), .. } => Some(ContentKind::Post),
            Self::Send { format, .. } => Some((*format).into()),
            _ => None,
        }
    }

    /// The word for what it does.
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Send { .. } => StepKind::Send,
            Self::Wait { .. } => StepKind::Wait,
            Self::WaitUntil { .. } => StepKind::WaitUntil,
            Self::WaitForDate { .. } => StepKind::WaitForDate,
            Self::Condition { .. } => StepKind::Condition,
            Self::Skip { .. } => StepKind::Skip,
            Self::SetTag { .. } => StepKind::SetTag,
            Self::RemoveTag { .. } => StepKind::RemoveTag,
            Self::SetAttribute { .. } => StepKind::SetAttribute,
            Self::AddToList { .. } => StepKind::AddToList,
            Self::LeaveList => StepKind::LeaveList,
            Self::PauseMail { .. } => StepKind::PauseMail,
            Self::WeeklyDigest => StepKind::WeeklyDigest,
            Self::Notify { .. } => StepKind::Notify,
            Self::Webhook { .. } => StepKind::Webhook,
            Self::End => StepKind::End,
        }
    }

    /// The segment that it asks for.
    pub fn segment(&self) -> Option<SegmentId> {
        match self {
            Self::Condition { segment, .. } => Some(*segment),
            _ => None,
        }
    }

    /// Whether it is a wait.
    pub fn is_wait(&self) -> bool {
        matches!(
            self,
            Self::Wait { .. } | Self::WaitUntil { .. } | Self::WaitForDate { .. }
        )
    }

    /// Whether it changes the subscriber: tags, attributes, lists, or how often email comes.
    pub fn changes_subscriber(&self) -> bool {
        match self {
            Self::SetTag { .. }
            | Self::RemoveTag { .. }
            | Self::SetAttribute { .. }
            | Self::AddToList { .. }
            | Self::LeaveList
            | Self::PauseMail { .. }
            | Self::WeeklyDigest => true,
            Self::Send { .. }
            | Self::Wait { .. }
            | Self::WaitUntil { .. }
            | Self::WaitForDate { .. }
            | Self::Condition { .. }
            | Self::Skip { .. }
            | Self::Notify { .. }
            | Self::Webhook { .. }
            | Self::End => false,
        }
    }

    /// Whether emails that are queued for the reader are not sent any more after it.
    pub(super) fn stops_mail(&self) -> bool {
        matches!(self, Self::LeaveList | Self::PauseMail { .. })
    }

    /// Until when a wait that begins `now` lasts; `None` where it is no wait.
    pub fn waits_until(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let local = now.to_jiff().to_zoned_datetime(zone.clone());
        let until = match self {
            Self::Wait { days, hours } => {
                // Days of the calendar keep the hour when the clocks change.
                let days = local.checked_add(i64::from(*days).days()).ok()?;
                days.checked_add(i64::from(*hours).hours()).ok()?
            }
            Self::WaitUntil { weekday, hour } => {
                let weekday = Weekday::from_monday_one_offset(i8::try_from(*weekday).ok()?).ok()?;
                let ahead = i64::from(weekday.since(local.weekday()));
                let at = |days: i64| {
                    let day = local.date().checked_add(days.days()).ok()?;
                    at_hour(day, *hour)?.to_zoned_datetime(zone.clone()).ok()
                };
                at(ahead)
                    .filter(|at| *at > local)
                    .or_else(|| at(ahead + 7))?
            }
            Self::WaitForDate { date, hour } => at_hour(*date, *hour)?
                .to_zoned_datetime(zone.clone())
                .ok()?,
            _ => return None,
        };
        Some(Timestamp::from_millis(until.timestamp().as_millisecond()).max(now))
    }
}

fn at_hour(day: Date, hour: u8) -> Option<DateTime> {
    Some(day.at(i8::try_from(hour).ok().filter(|hour| *hour < 24)?, 0, 0, 0))
}

string_enum! {
    /// What a step does.
    pub enum StepKind {
        /// Sends an email.
        Send,
        /// Waits for some time.
        Wait,
        /// Waits until a day of the week.
        WaitUntil,
        /// Waits until a date.
        WaitForDate,
        /// Asks whether a segment picks the reader.
        Condition,
        /// Skips steps.
        Skip,
        /// Gives a tag.
        SetTag,
        /// Takes a tag.
        RemoveTag,
        /// Sets an attribute.
        SetAttribute,
        /// Subscribes to another list.
        AddToList,
        /// Unsubscribes from the list.
        LeaveList,
        /// Pauses campaigns.
        PauseMail,
        /// Sends a weekly digest instead of each campaign.
        WeeklyDigest,
        /// Tells a user.
        Notify,
        /// Tells other programs.
        Webhook,
        /// Ends it.
        End,
    }
}

string_enum! {
    /// What came of a step.
    pub enum StepOutcome {
        /// The email is in the delivery ledger.
        Queued,
        /// A wait has begun.
        Waiting,
        /// A condition held.
        WentOn,
        /// A condition did not hold, or steps were to be skipped, or there was nothing to do.
        Skipped,
        /// A tag was set.
        TagSet,
        /// A tag was removed.
        TagRemoved,
        /// The subscriber was changed: an attribute, a list, how often email comes.
        Changed,
        /// A user or other programs were told.
        Notified,
        /// The series ended for the reader.
        Ended,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::datetime::zone;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn a_wait_for_days_keeps_the_hour_when_the_clocks_change() {
        let berlin = zone("Europe/Berlin").unwrap();
        let day = Step::Wait { days: 1, hours: 0 };
        // The clocks go back in the night of 25 October 2026.
        assert_eq!(
            day.waits_until(at("2026-10-24T10:00:00Z"), &berlin),
            Some(at("2026-10-25T11:00:00Z"))
        );
        let hours = Step::Wait { days: 0, hours: 24 };
        assert_eq!(
            hours.waits_until(at("2026-10-24T10:00:00Z"), &berlin),
            Some(at("2026-10-25T10:00:00Z"))
        );
        assert_eq!(
            Step::End.waits_until(at("2026-10-24T10:00:00Z"), &berlin),
            None
        );
    }

    #[test]
    fn a_wait_until_a_weekday_is_for_the_next_one() {
        let almaty = zone("Asia/Almaty").unwrap();
        let monday_nine = Step::WaitUntil {
            weekday: 1,
            hour: 9,
        };
        for (now, expected) in [
            // Monday, 23 November 2026, 08:59 and 09:00 in Almaty.
            ("2026-11-23T03:59:00Z", "2026-11-23T04:00:00Z"),
            ("2026-11-23T04:00:00Z", "2026-11-30T04:00:00Z"),
            ("2026-11-28T12:00:00Z", "2026-11-30T04:00:00Z"),
        ] {
            assert_eq!(
                monday_nine.waits_until(at(now), &almaty),
                Some(at(expected)),
                "{now}"
            );
        }
    }

    #[test]
    fn a_wait_for_a_date_that_has_passed_is_over() {
        let almaty = zone("Asia/Almaty").unwrap();
        let wait = Step::WaitForDate {
            date: jiff::civil::date(2026, 12, 1),
            hour: 9,
        };
        let before = at("2026-11-23T04:00:00Z");
        assert_eq!(
            wait.waits_until(before, &almaty),
            Some(at("2026-12-01T04:00:00Z"))
        );
        let after = at("2026-12-01T04:00:01Z");
        assert_eq!(wait.waits_until(after, &almaty), Some(after));
    }

    #[test]
    fn a_step_that_moves_consent_says_so() {
        for (step, expected) in [
            (Step::LeaveList, true),
            (Step::WeeklyDigest, true),
            (Step::PauseMail { days: 1 }, true),
            (Step::End, false),
            (Step::markdown(Vec::new()), false),
        ] {
            assert_eq!(step.changes_subscriber(), expected, "{step:?}");
        }
    }

    #[test]
    fn a_step_is_stored_as_it_is_written_in_the_api() {
        let step: Step = serde_json::from_str(r#"{"kind": "wait", "days": 3}"#).unwrap();
        assert_eq!(step, Step::Wait { days: 3, hours: 0 });
        assert!(serde_json::from_str::<Step>(r#"{"kind": "wait", "weeks": 3}"#).is_err());
    }

    #[test]
    fn an_email_without_a_format_is_markdown_and_stays_so_written() {
        let written = r#"{"kind":"send","texts":[{"language":"en","subject":"A","body":"B"}]}"#;
        let step: Step = serde_json::from_str(written).unwrap();
        assert_eq!(step.content_kind(), Some(ContentKind::Markdown));
        assert_eq!(serde_json::to_string(&step).unwrap(), written);
        for (written, kind) in [
            (r#"{"kind":"send","post":"spring"}"#, ContentKind::Post),
            (
                r#"{"kind":"send","texts":[{"language":"en","subject":"A","body":"B"}],"format":"mjml"}"#,
                ContentKind::Mjml,
            ),
        ] {
            let step: Step = serde_json::from_str(written).unwrap();
            assert_eq!(step.content_kind(), Some(kind));
            assert_eq!(serde_json::to_string(&step).unwrap(), written);
        }
        assert!(serde_json::from_str::<Step>(r#"{"kind":"send","format":"rtf"}"#).is_err());
    }
}
