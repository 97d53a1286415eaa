//! Work under way: whether it goes on, and what waits for a person.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::{Found, Place, Subject, or_failed};
use crate::backup::schedule;
use crate::campaign::{CampaignError, delay, lifecycle, report};
use crate::context::Context;
use crate::model::campaign::CampaignState;
use crate::store::diagnostics::{self, Overdue};
use crate::store::{StoreError, webhooks as hooks, workers};

/// What is due this long and not done is stuck.
const OVERDUE_AFTER: Duration = Duration::from_secs(10 * 60);
/// A worker reports every half second.
const WORKER_SILENCE: Duration = Duration::from_secs(60);

pub(super) async fn webhooks(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let looked = async {
        let mut db = cx.store.read().await?;
        let all = hooks::all(&mut db).await?;
        let mut found = Vec::new();
        for hook in all.iter().filter(|hook| !hook.last_error.is_empty()) {
            let text = format!("{}: {}", hook.url, hook.last_error);
            let remedy = "correct it under Webhooks";
            found.push(if hook.is_active {
                Found::warning(text, remedy)
            } else {
                Found::error(format!("{text}; it is turned off"), remedy)
            });
        }
        let before = cx.clock.now().before(OVERDUE_AFTER);
        let overdue = diagnostics::overdue_webhooks(&mut db, before).await?;
        if let Some(text) = told(overdue, "webhook calls") {
            found.push(Found::error(text, "is a worker running? see its log"));
        }
        if found.is_empty() {
            found.push(match all.len() {
                0 => Found::ok("no outgoing webhook is set up"),
                count => Found::ok(format!(
                    "{count} outgoing webhooks, and no call has failed last"
                )),
            });
        }
        found.push(providers(cx));
        Ok::<_, StoreError>(found)
    };
    or_failed(looked.await)
}

/// Whether the webhooks of mail providers come cannot be tried from here.
fn providers(cx: &Context) -> Found {
    let config = cx.config();
    let known = [
        ("Amazon SES", config.ses_topic.is_some()),
        ("Postmark", config.postmark_secret.is_some()),
        ("SendGrid", config.sendgrid_key.is_some()),
        ("Mailgun", config.mailgun_key.is_some()),
        ("Brevo", config.brevo_secret.is_some()),
    ];
    let set: Vec<&str> = known
        .iter()
        .filter(|(_, is_set)| *is_set)
        .map(|(name, _)| *name)
        .collect();
    if set.is_empty() {
        Found::ok("no webhook of a mail provider is set up")
    } else {
        Found::not_checked(
            format!("whether webhooks of {} arrive", set.join(", ")),
            "send a test event from the provider's pages, and look at Deliverability",
        )
    }
}

fn told(overdue: Overdue, what: &str) -> Option<String> {
    let since = overdue.oldest?;
    (overdue.count > 0).then(|| {
        format!(
            "{} {what} are overdue, the oldest since {since}",
            overdue.count
        )
    })
}

pub(super) async fn queue(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    or_failed(look_at_queue(cx).await)
}

async fn look_at_queue(cx: &Context) -> Result<Vec<Found>, CampaignError> {
    let before = cx.clock.now().before(OVERDUE_AFTER);
    let mut found = Vec::new();
    let overdue = diagnostics::overdue_emails(&mut cx.store.read().await?, before).await?;
    if let Some(text) = told(overdue, "transactional emails") {
        found.push(Found::error(
            text,
            "is a worker running, and the relay ready?",
        ));
    }
    let sending = lifecycle::in_state(cx, CampaignState::Sending).await?;
    for campaign in &sending {
        if let Some(delay) = delay::of(cx, campaign).await? {
            found.push(Found::warning(
                format!(
                    "campaign {} is not moving since {}: {} {}",
                    campaign.id, delay.since, delay.reason, delay.detail
                ),
                "its page says what it waits for",
            ));
        }
    }
    for campaign in lifecycle::in_state(cx, CampaignState::Paused).await? {
        if !campaign.pause_reason.is_empty() {
            found.push(Found::warning(
                format!(
                    "campaign {} is paused: {}",
                    campaign.id, campaign.pause_reason
                ),
                "correct the cause and resume it on its page",
            ));
        }
    }
    for campaign in lifecycle::in_state(cx, CampaignState::FailedToStart).await? {
        found.push(Found::warning(
            format!(
                "campaign {} failed to start: {}",
                campaign.id, campaign.pause_reason
            ),
            "correct the cause and start it on its page",
        ));
    }
    let aside = diagnostics::set_aside(&mut cx.store.read().await?).await?;
    if aside > 0 {
        found.push(Found::warning(
            format!("{aside} incoming emails could not be processed"),
            "see Deliverability",
        ));
    }
    if found.is_empty() {
        let waiting = report::waiting_emails(cx).await?;
        found.push(Found::ok(format!(
            "nothing is overdue: {} campaigns are being sent, {waiting} transactional emails wait",
            sending.len()
        )));
    }
    Ok(found)
}

pub(super) async fn tasks(subject: Arc<Subject>) -> Vec<Found> {
    let mut found = match subject.place {
        Place::Server => match &subject.cx {
            Ok(cx) => tasks_here(cx),
            Err(_) => Vec::new(),
        },
        Place::Command => vec![Found::not_checked(
            "the tasks of a running server cannot be seen from here",
            "run jarshy health, or open the system check in the admin pages",
        )],
    };
    found.extend(match subject.context() {
        Ok(cx) => or_failed(look_at_workers(cx).await),
        Err(unknown) => unknown,
    });
    found
}

fn tasks_here(cx: &Context) -> Vec<Found> {
    let failing = cx.health.failing();
    if failing.is_empty() {
        return vec![Found::ok("every task of this process runs")];
    }
    let error = |task: String| Found::error(task, "see the log, and restart the process");
    failing.into_iter().map(error).collect()
}

async fn look_at_workers(cx: &Context) -> Result<Vec<Found>, StoreError> {
    let now = cx.clock.now();
    let mut db = cx.store.read().await?;
    let (alive, last) = workers::alive(&mut db, now.before(WORKER_SILENCE)).await?;
    let remedy = "start jarshy serve without --no-worker, or jarshy worker";
    let mut found = vec![match (alive, last) {
        (0, Some(last)) => Found::error(
            format!("no worker runs; the last was seen at {last}"),
            remedy,
        ),
        (0, None) => Found::error("no worker runs, so nothing is sent", remedy),
        (1, _) => Found::ok("one worker sends"),
        (alive, _) => Found::ok(format!("{alive} workers send")),
    }];
    let stuck = diagnostics::expired_leases(&mut db, now.before(OVERDUE_AFTER)).await?;
    if let Some(text) = told(stuck, "leases") {
        found.push(Found::error(
            text,
            "a worker takes them back within a second; see its log",
        ));
    }
    Ok(found)
}

pub(super) async fn backups(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let looked = async {
        if cx.config().backup_dir.is_none() {
            return Ok(vec![Found::warning(
                "no backups are scheduled",
                "set JARSHY_BACKUP_DIR, unless something else makes them",
            )]);
        }
        if let Some(problem) = schedule::problem(cx).await? {
            return Ok(vec![Found::error(
                problem,
                "correct the cause; it is tried again every 15 minutes",
            )]);
        }
        Ok::<_, StoreError>(vec![last_backup(&schedule::status(cx).await?)])
    };
    or_failed(looked.await)
}

fn last_backup(status: &schedule::Status) -> Found {
    let Some(made_at) = status.made_at else {
        return Found::not_checked(
            "the first backup is not made yet",
            "wait a minute; is a worker running?",
        );
    };
    let file = Path::new(&status.file);
    if !file.exists() {
        return Found::not_checked(
            format!(
                "{} of {made_at} is not on this machine, or was moved",
                status.file
            ),
            "look at the machine of the worker that made it",
        );
    }
    let is_whole = file
        .metadata()
        .is_ok_and(|known| known.len() == status.size);
    if is_whole {
        Found::ok(format!(
            "the last was made at {made_at}: {}; try to restore it now and then",
            status.file
        ))
    } else {
        Found::error(
            format!("{} has not the size that it was written with", status.file),
            "make a new one, and look for what changed it",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;

    #[test]
    fn nothing_overdue_is_not_told() {
        let none = Overdue {
            count: 0,
            oldest: None,
        };
        assert_eq!(told(none, "calls"), None);
        let some = Overdue {
            count: 2,
            oldest: Some(Timestamp::from_millis(0)),
        };
        assert!(
            told(some, "calls")
                .unwrap()
                .starts_with("2 calls are overdue")
        );
    }
}
