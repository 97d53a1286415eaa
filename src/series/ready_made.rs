//! Series to start from: a draft is filled with one, and then changed as any other.

use crate::model::series::{EmailText, Start, Step};
use crate::model::tag::Tag;
use crate::text::locale::{Language, Languages};

/// A series to start from.
#[derive(Debug, Clone, Copy)]
pub struct ReadyMade {
    /// Its name in addresses and the API; pages translate it.
    pub name: &'static str,
    make: fn(&[Language]) -> Option<Filled>,
}

/// A series as it is offered.
#[derive(Debug, Clone)]
pub struct Filled {
    /// What starts it; `None` where that is up to each site.
    pub start: Option<Start>,
    pub steps: Vec<Step>,
    /// Whether readers who do anything on the page of their preferences have reached the goal.
    pub ends_on_answer: bool,
}

impl Filled {
    fn new(start: Option<Start>, steps: Vec<Step>) -> Self {
        Self {
            start,
            steps,
            ends_on_answer: false,
        }
    }
}

/// Every series to start from, in the order in which they are offered.
pub static READY_MADE: [ReadyMade; 6] = [
    ReadyMade {
        name: "welcome",
        make: welcome,
    },
    ReadyMade {
        name: "welcome-digest",
        make: welcome_digest,
    },
    ReadyMade {
        name: "still-interested",
        make: still_interested,
    },
    ReadyMade {
        name: "birthday",
        make: birthday,
    },
    ReadyMade {
        name: "renewal",
        make: renewal,
    },
    ReadyMade {
        name: "event-reminder",
        make: event_reminder,
    },
];

/// An email's file in a language: the subject as a heading, and the text.
macro_rules! source {
    ($name:literal) => {
        [
            (
                Language::EN,
                include_str!(concat!("../../templates/series/", $name, ".en.md")),
            ),
            (
                Language::KK,
                include_str!(concat!("../../templates/series/", $name, ".kk.md")),
            ),
            (
                Language::RU,
                include_str!(concat!("../../templates/series/", $name, ".ru.md")),
            ),
        ]
    };
}

impl ReadyMade {
    /// The one of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        READY_MADE.iter().find(|one| one.name == name)
    }

    /// It in the languages of the site that it is written in.
    pub fn filled(&self, site: &Languages) -> Option<Filled> {
        let languages: Vec<Language> = site.iter().collect();
        self.written_in(&languages)
    }

    /// It in those of these languages that it is written in, or else in English.
    pub(super) fn written_in(&self, languages: &[Language]) -> Option<Filled> {
        (self.make)(languages)
    }
}

fn welcome_steps(languages: &[Language]) -> Vec<Step> {
    vec![
        send(languages, source!("welcome-1")),
        days(7),
        send(languages, source!("welcome-2")),
        days(7),
        send(languages, source!("welcome-3")),
    ]
}

fn welcome(languages: &[Language]) -> Option<Filled> {
    let steps = welcome_steps(languages);
    Some(Filled::new(Some(Start::Confirmed), steps))
}

fn welcome_digest(languages: &[Language]) -> Option<Filled> {
    let mut steps = welcome_steps(languages);
    steps.push(Step::WeeklyDigest);
    Some(Filled::new(Some(Start::Confirmed), steps))
}

/// Whom it asks is up to the site: a tag, or a segment of those who have not read for long.
fn still_interested(languages: &[Language]) -> Option<Filled> {
    let tag = Tag::parse("inactive").ok()?;
    let steps = vec![
        send(languages, source!("still-interested")),
        days(30),
        Step::LeaveList,
    ];
    Some(Filled {
        ends_on_answer: true,
        ..Filled::new(Some(Start::Tag { tag }), steps)
    })
}

fn birthday(languages: &[Language]) -> Option<Filled> {
    let start = Start::Date {
        attribute: "birthday".to_owned(),
        days: 0,
        hour: 9,
        yearly: true,
    };
    let steps = vec![send(languages, source!("birthday"))];
    Some(Filled::new(Some(start), steps))
}

fn renewal(languages: &[Language]) -> Option<Filled> {
    let start = Start::Date {
        attribute: "renewal".to_owned(),
        days: -30,
        hour: 9,
        yearly: true,
    };
    let steps = vec![
        send(languages, source!("renewal-1")),
        days(23),
        send(languages, source!("renewal-2")),
    ];
    Some(Filled::new(Some(start), steps))
}

/// A week before the event, and the day before it. Which event is up to the site.
fn event_reminder(languages: &[Language]) -> Option<Filled> {
    let steps = vec![
        send(languages, source!("event-reminder-1")),
        days(6),
        send(languages, source!("event-reminder-2")),
    ];
    Some(Filled::new(None, steps))
}

fn days(days: u32) -> Step {
    Step::Wait { days, hours: 0 }
}

fn send(languages: &[Language], sources: [(Language, &str); 3]) -> Step {
    let is_spoken = sources.iter().any(|(one, _)| languages.contains(one));
    let is_wanted = |language: &Language| {
        languages.contains(language) || !is_spoken && *language == Language::EN
    };
    let texts = sources.into_iter().filter(|(one, _)| is_wanted(one));
    let texts = texts.map(|(language, source)| {
        let (subject, body) = source.split_once('\n').unwrap_or((source, ""));
        EmailText {
            language,
            subject: subject.trim_start_matches("# ").to_owned(),
            preheader: String::new(),
            body: body.trim().to_owned(),
        }
    });
    Step::markdown(texts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::series::check;

    #[test]
    fn each_is_within_bounds() {
        for one in &READY_MADE {
            let filled = one.filled(&Languages::default()).unwrap();
            assert_eq!(check(&filled.steps), Ok(()), "{}", one.name);
            let start = filled.start;
            let is_sound = start.is_none_or(|start| start.check().is_ok());
            assert!(is_sound, "{}", one.name);
        }
        let welcome = ReadyMade::find("welcome").unwrap();
        let filled = welcome.filled(&Languages::default()).unwrap();
        assert_eq!(filled.steps.len(), 5);
        assert!(ReadyMade::find("farewell").is_none());
    }
}
