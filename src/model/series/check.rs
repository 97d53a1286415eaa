//! What a series may consist of.

use super::step::{EmailFormat, EmailText, Step};

/// Steps of a series.
pub const MOST_STEPS: usize = 50;
/// Days of one wait.
const MOST_DAYS: u32 = 730;
/// The year of the last date that is waited for: far beyond it calendars end.
const LAST_YEAR: i16 = 2200;
/// Days of a pause of mail.
const LONGEST_PAUSE: u32 = 365;
/// Characters of a message to a user.
pub const LONGEST_MESSAGE: usize = 300;
/// Characters of an attribute's name, and of its value.
const LONGEST_NAME: usize = 100;
const LONGEST_VALUE: usize = 500;

/// Why something of a series is out of bounds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// A series without steps.
    #[error("a series needs at least one step")]
    NoStep,
    /// Too many of them.
    #[error("a series has at most {MOST_STEPS} steps")]
    TooManySteps,
    /// A date that is none.
    #[error("name the attribute with the date, up to 366 days before or after it, and an hour")]
    Date,
    /// An attribute that cannot be.
    #[error(
        "name the attribute; its name has 1 to {LONGEST_NAME} characters, its value at most {LONGEST_VALUE}"
    )]
    Attribute,
    /// A link that cannot be.
    #[error("enter 1 to {LONGEST_NAME} characters of the link's address")]
    Link,
    /// Days that are too far from an event.
    #[error("choose up to 366 days before or after the event")]
    Event,
    /// An email without a text.
    #[error("step {0}: write the email in at least one language, with subject and text")]
    NoText(usize),
    /// An email of a post that has texts or their format, too.
    #[error("step {0}: give either texts with their format, or a post")]
    TextsAndPost(usize),
    /// A language that is there twice.
    #[error("step {0}: write the email once in each language")]
    TwoTexts(usize),
    /// A wait for nothing, or too long.
    #[error("step {0}: wait for an hour at least and for {MOST_DAYS} days at most")]
    Wait(usize),
    /// A weekday or an hour that is none.
    #[error("step {0}: choose a day of the week and an hour")]
    Weekday(usize),
    /// A date that is too far away.
    #[error("step {0}: wait for a date up to the year {LAST_YEAR}")]
    FarDate(usize),
    /// More steps skipped than there are.
    #[error("step {0}: it can skip at least one step, and at most those that are left")]
    Skip(usize),
    /// An attribute that a step cannot set.
    #[error(
        "step {0}: an attribute's name has 1 to {LONGEST_NAME} characters, its value at most {LONGEST_VALUE}"
    )]
    StepAttribute(usize),
    /// A pause for nothing, or too long.
    #[error("step {0}: pause email for 1 to {LONGEST_PAUSE} days")]
    Pause(usize),
    /// An email that would not be sent any more.
    #[error("step {0}: wait before this step, or the email before it may not be sent any more")]
    TooSoon(usize),
    /// A message that says nothing, or too much.
    #[error("step {0}: the message has 1 to {LONGEST_MESSAGE} characters")]
    Message(usize),
}

/// Checks the steps of a version, as far as they need no database.
///
/// # Errors
/// [`StepError`] names the first that is out of bounds.
pub fn check(steps: &[Step]) -> Result<(), StepError> {
    if steps.is_empty() {
        return Err(StepError::NoStep);
    }
    if steps.len() > MOST_STEPS {
        return Err(StepError::TooManySteps);
    }
    for (before, step) in steps.iter().enumerate() {
        let number = before + 1;
        match step {
            Step::Send {
                texts,
                format,
                post: Some(_),
            } => {
                if !texts.is_empty() || *format != EmailFormat::default() {
                    return Err(StepError::TextsAndPost(number));
                }
            }
            Step::Send {
                texts, post: None, ..
            } => check_texts(texts, number)?,
            Step::Wait { days, hours } => {
                let is_some = *days > 0 || *hours > 0;
                if !is_some || *days > MOST_DAYS || *hours > 24 * MOST_DAYS {
                    return Err(StepError::Wait(number));
                }
            }
            Step::WaitUntil { weekday, hour } => {
                if !(1..=7).contains(weekday) || *hour > 23 {
                    return Err(StepError::Weekday(number));
                }
            }
            Step::WaitForDate { date, hour } => {
                if *hour > 23 {
                    return Err(StepError::Weekday(number));
                }
                if date.year() > LAST_YEAR {
                    return Err(StepError::FarDate(number));
                }
            }
            Step::Condition {
                skip: Some(skip), ..
            }
            | Step::Skip { steps: skip } => {
                let left = steps.len() - number;
                if *skip == 0 || *skip as usize > left {
                    return Err(StepError::Skip(number));
                }
            }
            Step::SetAttribute { attribute, value } => {
                if !is_name(attribute) || !is_value(value) {
                    return Err(StepError::StepAttribute(number));
                }
            }
            Step::PauseMail { days } => {
                if !(1..=LONGEST_PAUSE).contains(days) {
                    return Err(StepError::Pause(number));
                }
            }
            Step::Notify { message, .. } | Step::Webhook { message } => {
                if !(1..=LONGEST_MESSAGE).contains(&message.trim().chars().count()) {
                    return Err(StepError::Message(number));
                }
            }
            Step::Condition { skip: None, .. }
            | Step::SetTag { .. }
            | Step::RemoveTag { .. }
            | Step::AddToList { .. }
            | Step::LeaveList
            | Step::WeeklyDigest
            | Step::End => {}
        }
        let is_right_after_email = steps[..before]
            .iter()
            .rev()
            .take_while(|one| !one.is_wait())
            .any(|one| matches!(one, Step::Send { .. }));
        if step.stops_mail() && is_right_after_email {
            return Err(StepError::TooSoon(number));
        }
    }
    Ok(())
}

/// What each text has to be is a matter of the campaign by which it is sent.
fn check_texts(texts: &[EmailText], number: usize) -> Result<(), StepError> {
    let is_blank = |text: &EmailText| text.subject.trim().is_empty() || text.body.trim().is_empty();
    if texts.is_empty() || texts.iter().any(is_blank) {
        return Err(StepError::NoText(number));
    }
    let twice = |(at, text): (usize, &EmailText)| {
        texts[..at]
            .iter()
            .any(|other| other.language == text.language)
    };
    if texts.iter().enumerate().any(twice) {
        return Err(StepError::TwoTexts(number));
    }
    Ok(())
}

/// Whether an attribute may be called so.
pub(super) fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.trim().chars().count()) && !name.contains(char::is_control)
}

/// Whether an attribute may have this text as its value.
pub(super) fn is_value(value: &str) -> bool {
    value.chars().count() <= LONGEST_VALUE && !value.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SegmentId;
    use crate::text::locale::Language;

    #[test]
    fn steps_out_of_bounds_are_named() {
        let text = |subject: &str| EmailText {
            language: Language::EN,
            subject: subject.to_owned(),
            preheader: String::new(),
            body: "Hello.".to_owned(),
        };
        let email = |subject: &str| Step::markdown(vec![text(subject)]);
        let of_post = |texts, format| Step::Send {
            texts,
            format,
            post: "spring".parse().ok(),
        };
        let condition = |skip| Step::Condition {
            segment: SegmentId(1),
            skip,
        };
        for (steps, expected) in [
            (vec![], Err(StepError::NoStep)),
            (vec![email("Welcome")], Ok(())),
            (vec![Step::End, email(" ")], Err(StepError::NoText(2))),
            (vec![Step::markdown(vec![])], Err(StepError::NoText(1))),
            (
                vec![Step::markdown(vec![text("Once"), text("Twice")])],
                Err(StepError::TwoTexts(1)),
            ),
            (vec![of_post(vec![], EmailFormat::Markdown)], Ok(())),
            (
                vec![of_post(vec![text("Too")], EmailFormat::Markdown)],
                Err(StepError::TextsAndPost(1)),
            ),
            (
                vec![of_post(vec![], EmailFormat::Html)],
                Err(StepError::TextsAndPost(1)),
            ),
            (
                vec![Step::Wait { days: 0, hours: 0 }],
                Err(StepError::Wait(1)),
            ),
            (
                vec![Step::WaitUntil {
                    weekday: 8,
                    hour: 9,
                }],
                Err(StepError::Weekday(1)),
            ),
            (
                vec![Step::WaitForDate {
                    date: jiff::civil::date(2201, 1, 1),
                    hour: 9,
                }],
                Err(StepError::FarDate(1)),
            ),
            (
                vec![Step::WaitForDate {
                    date: jiff::civil::date(2200, 12, 31),
                    hour: 9,
                }],
                Ok(()),
            ),
            (vec![condition(Some(1)), Step::End], Ok(())),
            (vec![condition(Some(2)), Step::End], Err(StepError::Skip(1))),
            (vec![condition(Some(0)), Step::End], Err(StepError::Skip(1))),
            (vec![condition(None)], Ok(())),
            (vec![Step::Skip { steps: 1 }], Err(StepError::Skip(1))),
            (
                vec![email("Bye"), Step::LeaveList],
                Err(StepError::TooSoon(2)),
            ),
            (
                vec![
                    email("Bye"),
                    Step::Wait { days: 1, hours: 0 },
                    Step::LeaveList,
                ],
                Ok(()),
            ),
            (vec![Step::PauseMail { days: 0 }], Err(StepError::Pause(1))),
            (vec![Step::End; 51], Err(StepError::TooManySteps)),
        ] {
            assert_eq!(check(&steps), expected, "{steps:?}");
        }
    }
}
