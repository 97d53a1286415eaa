//! Looks for what lasts and users are notified of: disks that fill up, tasks that do not run,
//! backups that fail, DNS records that are gone.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::backup::schedule;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::deliverability::{Dns, sender_domains};
use crate::doctor::machine::machine_name;
use crate::doctor::{self, Report, State, Subject, TIME_LIMIT};
use crate::model::notification::{BACKUPS, Notice, NotificationKind};
use crate::notifications::conditions::{self, Condition};
use crate::store::{self, workers};

/// The name of the task.
pub const TASK: &str = "watch";
/// How often it looks.
pub const INTERVAL: Duration = Duration::from_secs(60);
/// How many looks in a row must find a task failing: one that died once is restarted at once.
const PATIENCE: u32 = 3;
/// A worker reports every half second.
const WORKER_SILENCE: Duration = Duration::from_secs(60);
/// The subject and name of workers: of all processes, one is enough.
const WORKER: &str = "worker";
/// How often the domains of senders are looked up …
const DOMAINS_INTERVAL: Duration = Duration::from_secs(6 * 3600);
/// … and after how long again, where the DNS did not answer.
const DOMAINS_RETRY: Duration = Duration::from_secs(30 * 60);

/// Looks until `stop`.
pub async fn run(cx: Context, stop: CancellationToken) {
    let mut watch = Watch::default();
    loop {
        let wait = tokio::time::timeout(INTERVAL, stop.cancelled());
        if cx.health.with_heartbeats(TASK, wait).await.is_ok() {
            return;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = cx.health.with_heartbeats(TASK, watch.look(&cx)) => {}
        }
    }
}

/// What earlier looks have seen.
#[derive(Debug, Default)]
pub struct Watch {
    strikes: Strikes,
    domains_tried: Option<Timestamp>,
}

impl Watch {
    /// Looks once. What cannot be looked at is logged and stops nothing else.
    pub async fn look(&mut self, cx: &Context) {
        let mut found = self.tasks(cx);
        found.extend(logged("the disk", disk(cx).await));
        found.extend(logged("workers", self.workers(cx).await));
        found.extend(logged("backups", backups(cx).await));
        if let Err(error) = conditions::settle(cx, &found).await {
            tracing::error!(%error, "what lasts cannot be recorded");
        }
        self.domains(cx).await;
    }

    /// The tasks of this process.
    fn tasks(&mut self, cx: &Context) -> Vec<Condition> {
        let machine = machine_name();
        let problems: BTreeMap<&str, String> = cx.health.problems().into_iter().collect();
        let each = cx.health.tasks_and_faults().into_iter();
        let conditions = each.filter_map(|(task, fault)| {
            let is_failing = self.strikes.is_failing(task, fault.is_some());
            // A problem is no accident: the task itself has found it.
            let bad = match (is_failing, problems.get(task)) {
                (Some(true), _) => fault,
                (_, Some(problem)) => Some(problem.clone()),
                (Some(false), None) => None,
                (None, None) => return None,
            };
            Some(task_condition(format!("{machine} {task}"), task, bad))
        });
        conditions.collect()
    }

    /// Whether anybody sends; where no relay is set up, nobody can.
    async fn workers(&mut self, cx: &Context) -> store::Result<Option<Condition>> {
        if !matches!(cx.config().relays(), Ok(Some(_))) {
            return Ok(None);
        }
        let since = cx.clock.now().before(WORKER_SILENCE);
        let (alive, _) = workers::alive(&mut cx.store.read().await?, since).await?;
        let is_failing = self.strikes.is_failing(WORKER, alive == 0);
        Ok(is_failing.map(|is_failing| {
            let fault = is_failing.then(|| "no worker runs, so nothing is sent".to_owned());
            task_condition(WORKER.to_owned(), WORKER, fault)
        }))
    }

    /// The DNS records of senders.
    async fn domains(&mut self, cx: &Context) {
        let config = cx.config();
        let now = cx.clock.now();
        let is_tried = self
            .domains_tried
            .is_some_and(|at| now.since(at) < DOMAINS_RETRY);
        if is_tried || !sender_domains::leave_this_machine(&config) {
            return;
        }
        match sender_domains::is_due(cx, DOMAINS_INTERVAL).await {
            Ok(true) => self.domains_tried = Some(now),
            Ok(false) => return,
            Err(error) => return tracing::error!(%error, "the last checks cannot be read"),
        }
        let dns = match Dns::new(config.dns_server) {
            Ok(dns) => dns,
            Err(error) => return tracing::warn!(%error, "no sender's domain is checked"),
        };
        match sender_domains::check(cx, &dns).await {
            Ok(failed) if failed.is_empty() => {}
            Ok(failed) => tracing::warn!(?failed, "domains of senders cannot be checked"),
            Err(error) => tracing::error!(%error, "checks of domains cannot be kept"),
        }
    }
}

fn task_condition(subject: String, task: &str, fault: Option<String>) -> Condition {
    match fault {
        Some(fault) => Condition::Bad(Notice::task_failing(subject, task, &fault)),
        None => Condition::Fine(NotificationKind::TaskFailing, subject),
    }
}

fn logged(what: &str, found: store::Result<Option<Condition>>) -> Option<Condition> {
    found.unwrap_or_else(|error| {
        tracing::error!(%error, "{what} cannot be looked at");
        None
    })
}

async fn disk(cx: &Context) -> store::Result<Option<Condition>> {
    let report = doctor::run_check(Subject::server(cx), "disk", TIME_LIMIT).await;
    Ok(of_disk(machine_name(), &report))
}

/// `None` where no disk could be looked at: that is not fine.
fn of_disk(machine: String, report: &Report) -> Option<Condition> {
    let worst = report.findings.iter().max_by_key(|finding| finding.state)?;
    if worst.state >= State::Warning {
        return Some(Condition::Bad(Notice::disk_nearly_full(
            machine,
            &worst.found,
        )));
    }
    let is_fine = report.count(State::Ok) > 0;
    is_fine.then_some(Condition::Fine(NotificationKind::DiskNearlyFull, machine))
}

async fn backups(cx: &Context) -> store::Result<Option<Condition>> {
    if cx.config().backup_dir.is_none() {
        return Ok(None);
    }
    Ok(Some(match schedule::problem(cx).await? {
        Some(problem) => Condition::Bad(Notice::backup_failed(&problem)),
        None => Condition::Fine(NotificationKind::BackupFailed, BACKUPS.to_owned()),
    }))
}

/// How many looks in a row have found something failing.
#[derive(Debug, Default)]
struct Strikes(BTreeMap<&'static str, u32>);

impl Strikes {
    /// `None` while it is too early to say.
    fn is_failing(&mut self, what: &'static str, is_bad: bool) -> Option<bool> {
        let count = self.0.entry(what).or_default();
        *count = if is_bad { *count + 1 } else { 0 };
        match *count {
            0 => Some(false),
            strikes if strikes >= PATIENCE => Some(true),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Finding;

    #[test]
    fn one_accident_is_not_told_and_three_looks_in_a_row_are() {
        let mut strikes = Strikes::default();
        let mut look = |is_bad| strikes.is_failing("webhooks", is_bad);
        assert_eq!(look(false), Some(false));
        assert_eq!(look(true), None);
        assert_eq!(look(false), Some(false));
        assert_eq!(
            [look(true), look(true), look(true)],
            [None, None, Some(true)]
        );
        assert_eq!(look(true), Some(true));
        assert_eq!(look(false), Some(false));
    }

    #[test]
    fn a_disk_that_nobody_can_see_is_neither_full_nor_fine() {
        let report = |states: &[State]| Report {
            findings: states
                .iter()
                .map(|state| Finding {
                    check: "disk",
                    state: *state,
                    found: format!("{state:?}"),
                    remedy: String::new(),
                })
                .collect(),
        };
        let of = |states: &[State]| of_disk("here".to_owned(), &report(states));
        assert_eq!(of(&[State::NotChecked]), None);
        let fine = Condition::Fine(NotificationKind::DiskNearlyFull, "here".to_owned());
        assert_eq!(of(&[State::Ok, State::NotChecked]), Some(fine));
        for states in [
            [State::Ok, State::Warning],
            [State::Error, State::NotChecked],
        ] {
            assert!(matches!(of(&states), Some(Condition::Bad(_))), "{states:?}");
        }
    }
}
