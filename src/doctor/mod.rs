//! The system check: whether everything that Jarshy needs is there and works, with a remedy for
//! each problem. The command, the admin page and the API call [`run`].
//!
//! A check that could not look says so, and never that all is well. Each has a task and a time
//! limit of its own, so that one that hangs or panics stops no other.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, join_all};
use serde::Serialize;

use crate::config::Config;
use crate::context::Context;
use crate::health::panic_message;

mod certificate;
mod configuration;
mod database;
pub mod machine;
mod mail;
mod sign_in;
mod work;

/// How long a check may take where somebody waits for a page.
pub const TIME_LIMIT: Duration = Duration::from_secs(15);

/// What a check says of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It was looked at, and nothing is wrong.
    Ok,
    /// Nobody has looked; the finding says why.
    NotChecked,
    /// It works now.
    Warning,
    /// It does not work.
    Error,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::NotChecked => "not checked",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Finding {
    /// The check, such as `disk`.
    pub check: &'static str,
    pub state: State,
    pub found: String,
    /// What to do; empty where nothing is.
    pub remedy: String,
}

/// What a check returns before it is known which it was.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    state: State,
    found: String,
    remedy: String,
}

impl Found {
    fn ok(found: impl Into<String>) -> Self {
        Self {
            state: State::Ok,
            found: found.into(),
            remedy: String::new(),
        }
    }

    fn not_checked(found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            state: State::NotChecked,
            found: found.into(),
            remedy: remedy.into(),
        }
    }

    fn warning(found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            state: State::Warning,
            found: found.into(),
            remedy: remedy.into(),
        }
    }

    fn error(found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            state: State::Error,
            found: found.into(),
            remedy: remedy.into(),
        }
    }
}

/// The findings of all checks, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Report {
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many findings have this state.
    pub fn count(&self, state: State) -> usize {
        let has_state = |finding: &&Finding| finding.state == state;
        self.findings.iter().filter(has_state).count()
    }
}

/// Which process looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The one that serves pages, whose tasks can be seen.
    Server,
    /// A command beside it.
    Command,
}

/// What is looked at.
pub struct Subject {
    pub config: Arc<Config>,
    /// Why the database cannot be used, where it cannot.
    pub cx: Result<Context, String>,
    pub place: Place,
    /// Reads the whole database file, however large.
    pub is_thorough: bool,
}

impl Subject {
    /// The running server.
    pub fn server(cx: &Context) -> Self {
        Self {
            config: cx.config(),
            cx: Ok(cx.clone()),
            place: Place::Server,
            is_thorough: false,
        }
    }

    /// The context, or what to say where there is none.
    fn context(&self) -> Result<&Context, Vec<Found>> {
        self.cx.as_ref().map_err(|_| {
            vec![Found::not_checked(
                "the database cannot be used",
                "see the check of the database",
            )]
        })
    }
}

/// A query that failed is a finding like any other.
fn or_failed<E: std::fmt::Display>(done: Result<Vec<Found>, E>) -> Vec<Found> {
    done.unwrap_or_else(|error| {
        vec![Found::error(
            error.to_string(),
            "see the log of the database",
        )]
    })
}

type Run = fn(Arc<Subject>) -> BoxFuture<'static, Vec<Found>>;

/// Every check, in the order shown.
const CHECKS: [(&str, Run); 18] = [
    ("configuration", |s| Box::pin(configuration::check(s))),
    ("database", |s| Box::pin(database::connection(s))),
    ("size", |s| Box::pin(database::size(s))),
    ("integrity", |s| Box::pin(database::integrity(s))),
    ("counts", |s| Box::pin(database::counts(s))),
    ("disk", |s| Box::pin(machine::disk(s))),
    ("permissions", |s| Box::pin(machine::permissions(s))),
    ("clock", |s| Box::pin(machine::clock(s))),
    ("relay", |s| Box::pin(mail::relays(s))),
    ("dns", |s| Box::pin(mail::dns(s))),
    ("mailbox", |s| Box::pin(mail::mailbox(s))),
    ("public_url", |s| Box::pin(mail::public_url(s))),
    ("certificate", |s| Box::pin(certificate::check(s))),
    ("sign_in", |s| Box::pin(sign_in::provider(s))),
    ("webhooks", |s| Box::pin(work::webhooks(s))),
    ("queue", |s| Box::pin(work::queue(s))),
    ("tasks", |s| Box::pin(work::tasks(s))),
    ("backups", |s| Box::pin(work::backups(s))),
];

/// Runs one check by its name, for `limit` at most.
pub async fn run_check(subject: Subject, check: &str, limit: Duration) -> Report {
    let of_name: Vec<_> = CHECKS
        .into_iter()
        .filter(|(name, _)| *name == check)
        .collect();
    run_all(&of_name, &Arc::new(subject), limit).await
}

/// Runs every check, each for `limit` at most.
pub async fn run(subject: Subject, limit: Duration) -> Report {
    let subject = Arc::new(subject);
    run_all(&CHECKS, &subject, limit).await
}

async fn run_all(
    checks: &[(&'static str, Run)],
    subject: &Arc<Subject>,
    limit: Duration,
) -> Report {
    let each = checks.iter().map(|(check, run)| async move {
        let found = run_one(*run, subject.clone(), limit).await;
        let named = move |found: Found| Finding {
            check,
            state: found.state,
            found: found.found,
            remedy: found.remedy,
        };
        found.into_iter().map(named)
    });
    Report {
        findings: join_all(each).await.into_iter().flatten().collect(),
    }
}

async fn run_one(run: Run, subject: Arc<Subject>, limit: Duration) -> Vec<Found> {
    let mut task = tokio::spawn(run(subject));
    let found = match tokio::time::timeout(limit, &mut task).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => {
            let why = if error.is_panic() {
                panic_message(&*error.into_panic())
            } else {
                error.to_string()
            };
            vec![Found::not_checked(
                format!("the check itself failed: {why}"),
                "please report it",
            )]
        }
        Err(_) => {
            task.abort();
            vec![Found::not_checked(
                format!("there was no result within {} seconds", limit.as_secs()),
                "look for what is slow: the network, the disk, the machine",
            )]
        }
    };
    if found.is_empty() {
        vec![Found::not_checked("there was nothing to look at", "")]
    } else {
        found
    }
}

/// Bytes for people.
fn bytes(count: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "KB", "MB", "GB", "TB"];
    let (mut value, mut unit) = (count as f64, 0);
    while value >= 1000.0 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    match unit {
        0 => format!("{count} bytes"),
        _ => format!("{value:.1} {}", UNITS[unit]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nowhere() -> Arc<Subject> {
        Arc::new(Subject {
            config: Arc::default(),
            cx: Err("there is none".to_owned()),
            place: Place::Command,
            is_thorough: false,
        })
    }

    #[tokio::test]
    async fn a_check_that_hangs_panics_or_sees_nothing_stops_no_other_and_is_not_fine() {
        let checks: [(&str, Run); 4] = [
            ("hangs", |_| Box::pin(std::future::pending())),
            ("panics", |_| Box::pin(async { panic!("a defect") })),
            ("empty", |_| Box::pin(async { Vec::new() })),
            ("works", |_| Box::pin(async { vec![Found::ok("here")] })),
        ];
        let report = run_all(&checks, &nowhere(), Duration::from_millis(50)).await;
        let states: Vec<_> = report
            .findings
            .iter()
            .map(|one| (one.check, one.state))
            .collect();
        assert_eq!(
            states,
            [
                ("hangs", State::NotChecked),
                ("panics", State::NotChecked),
                ("empty", State::NotChecked),
                ("works", State::Ok),
            ]
        );
        assert!(report.findings[1].found.contains("a defect"));
    }

    #[tokio::test]
    async fn without_a_database_nothing_that_needs_it_is_fine() {
        let subject = Subject {
            config: Arc::default(),
            cx: Err("there is no database".to_owned()),
            place: Place::Command,
            is_thorough: false,
        };
        let report = run(subject, TIME_LIMIT).await;
        for name in [
            "size",
            "integrity",
            "counts",
            "clock",
            "sign_in",
            "webhooks",
            "queue",
            "tasks",
            "backups",
        ] {
            let of_it = report.findings.iter().filter(|one| one.check == name);
            for finding in of_it {
                assert_ne!(finding.state, State::Ok, "{finding:?}");
            }
        }
        let database = report.findings.iter().find(|one| one.check == "database");
        assert_eq!(database.unwrap().state, State::Error);
    }

    #[test]
    fn bytes_are_readable() {
        for (count, text) in [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1500, "1.5 KB"),
            (40_000_000_000, "40.0 GB"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }
}
