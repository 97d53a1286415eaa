//! Every recurring task on one page: its name, its interval, the process it runs in.
//!
//! Each is supervised by [`Health`](crate::health::Health): one that dies or gives no
//! heartbeat in time is restarted with backoff, counted in `/metrics`, and named by
//! `/health/ready` while it is not running. A failing task stops no other.
//!
//! Work that several processes share is leased in the database, by row: a process that dies
//! loses its leases when they expire.

pub mod backups;
pub mod kept_counts;
pub mod maintenance;
pub mod notifications;
pub mod trash;
pub mod watch;
pub mod worker;

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::campaign::ab_test::deciding as ab_tests;
use crate::campaign::recurring::making as recurring;
use crate::campaign::tallying;
use crate::campaign::weekly_digest;
use crate::content::feeds::refresh as feeds;
use crate::content::html;
use crate::context::Context;
use crate::https::{self, Https};
use crate::import::worker as import_worker;
use crate::inbound::listener::Listener;
use crate::inbound::{mailbox, smtp_rejections};
use crate::polling;
use crate::post_import::job as post_imports;
use crate::series;
use crate::settings;
use crate::transactional::sender;
use crate::web::http::rate_limits::RateLimits;
use crate::{delivery, webhooks};

/// A recurring task.
pub struct Job {
    /// Its name in metrics and in `/health/ready`.
    pub name: &'static str,
    /// Where it runs.
    pub process: Process,
    /// How often it looks for work; `None` if it waits for connections or a signal.
    pub interval: Option<Duration>,
    /// It is restarted after so long without a heartbeat.
    pub heartbeat_timeout: Duration,
}

/// Where a job runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    /// `jarshy serve`.
    Serve,
    /// `jarshy worker`, and `jarshy serve` unless `--no-worker` is given.
    Worker,
    /// Both.
    Both,
}

const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes * 60)
}

/// Leases, scheduled starts, audience freezes, campaign ends, cleaning up.
pub const MAINTENANCE: Job = Job {
    name: "maintenance",
    process: Process::Worker,
    interval: Some(maintenance::TICK_INTERVAL),
    heartbeat_timeout: minutes(3),
};
/// Sends campaigns.
pub const CAMPAIGNS: Job = Job {
    name: delivery::TASK,
    process: Process::Worker,
    interval: Some(delivery::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};
/// Sends transactional email.
pub const TRANSACTIONAL: Job = Job {
    name: sender::TASK,
    process: Process::Worker,
    interval: Some(sender::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};
/// Makes each week's digest. Rendering one may take long.
pub const WEEKLY_DIGEST: Job = Job {
    name: weekly_digest::TASK,
    process: Process::Worker,
    interval: Some(Duration::from_secs(30)),
    heartbeat_timeout: minutes(10),
};
/// Makes recurring campaigns. Its heartbeats go on while it makes one.
pub const RECURRING: Job = Job {
    name: recurring::TASK,
    process: Process::Worker,
    interval: Some(recurring::POLL_INTERVAL),
    heartbeat_timeout: minutes(10),
};
/// Decides A/B tests whose time is over.
pub const AB_TESTS: Job = Job {
    name: ab_tests::TASK,
    process: Process::Worker,
    interval: Some(ab_tests::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};
/// Reads the feeds whose items campaigns show. One that answers slowly ends before the timeout.
pub const FEEDS: Job = Job {
    name: feeds::TASK,
    process: Process::Worker,
    interval: Some(feeds::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};
/// Lets readers into series and takes their steps. An email may have to be rendered first.
pub const SERIES: Job = Job {
    name: series::work::TASK,
    process: Process::Worker,
    interval: Some(series::work::POLL_INTERVAL),
    heartbeat_timeout: minutes(10),
};
/// Polls the mailbox of returned mail, as often as `JARSHY_MAILBOX_INTERVAL` says. A visit
/// ends before the timeout.
pub const MAILBOX: Job = Job {
    name: mailbox::TASK,
    process: Process::Worker,
    interval: None,
    heartbeat_timeout: minutes(15),
};
/// Processes what the relay rejected at once.
pub const SMTP_REJECTIONS: Job = Job {
    name: smtp_rejections::TASK,
    process: Process::Worker,
    interval: Some(smtp_rejections::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};
/// Calls webhooks.
pub const WEBHOOKS: Job = Job {
    name: webhooks::TASK,
    process: Process::Worker,
    interval: Some(webhooks::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};
/// Runs imports. A slice of rows may take long.
pub const IMPORTS: Job = Job {
    name: import_worker::TASK,
    process: Process::Both,
    interval: Some(polling::INTERVAL),
    heartbeat_timeout: minutes(10),
};
/// Imports posts. Its heartbeats go on while it reads a file.
pub const POST_IMPORTS: Job = Job {
    name: post_imports::TASK,
    process: Process::Both,
    interval: Some(polling::INTERVAL),
    heartbeat_timeout: minutes(10),
};
/// Accepts mail by LMTP or SMTP, with `--inbound`.
pub const INBOUND: Job = Job {
    name: "inbound",
    process: Process::Serve,
    interval: None,
    heartbeat_timeout: minutes(5),
};
/// Renders posts that have no HTML, once.
pub const POST_HTML: Job = Job {
    name: html::TASK,
    process: Process::Serve,
    interval: None,
    heartbeat_timeout: minutes(5),
};
/// Drops the rate limits of networks that have been quiet.
pub const JOIN_LIMITS: Job = Job {
    name: "join_limits",
    process: Process::Serve,
    interval: Some(minutes(60)),
    heartbeat_timeout: minutes(5),
};

/// Looks for settings that other processes have changed.
pub const SETTINGS: Job = Job {
    name: settings::TASK,
    process: Process::Both,
    interval: Some(settings::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};

/// Makes scheduled backups, where a folder for them is configured.
pub const BACKUPS: Job = Job {
    name: backups::TASK,
    process: Process::Worker,
    interval: Some(backups::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};

/// Deletes what has been in the trash for 30 days.
pub const TRASH: Job = Job {
    name: trash::TASK,
    process: Process::Worker,
    interval: Some(trash::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};

/// Sums up the counts that pages show, and verifies them once a day.
pub const KEPT_COUNTS: Job = Job {
    name: kept_counts::TASK,
    process: Process::Worker,
    interval: Some(kept_counts::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};

/// Looks at the files of the server's certificate, or renews it by ACME.
pub const CERTIFICATE: Job = Job {
    name: https::TASK,
    process: Process::Serve,
    interval: Some(https::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};

/// Tells users what has happened.
pub const NOTIFICATIONS: Job = Job {
    name: notifications::TASK,
    process: Process::Both,
    interval: Some(notifications::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};

/// Looks at disks, tasks, backups and the DNS records of senders.
pub const WATCH: Job = Job {
    name: watch::TASK,
    process: Process::Both,
    interval: Some(watch::INTERVAL),
    heartbeat_timeout: minutes(10),
};

/// Counts what reports of large campaigns show. Its heartbeats go on while it counts and rests.
pub const TALLIES: Job = Job {
    name: tallying::TASK,
    process: Process::Worker,
    interval: Some(tallying::POLL_INTERVAL),
    heartbeat_timeout: minutes(5),
};

/// All of them.
pub const JOBS: [Job; 24] = [
    MAINTENANCE,
    CAMPAIGNS,
    TRANSACTIONAL,
    WEEKLY_DIGEST,
    RECURRING,
    AB_TESTS,
    TALLIES,
    FEEDS,
    SERIES,
    MAILBOX,
    SMTP_REJECTIONS,
    WEBHOOKS,
    IMPORTS,
    POST_IMPORTS,
    INBOUND,
    POST_HTML,
    JOIN_LIMITS,
    SETTINGS,
    BACKUPS,
    TRASH,
    KEPT_COUNTS,
    CERTIFICATE,
    NOTIFICATIONS,
    WATCH,
];

impl Job {
    /// Runs the future that `make` returns until `stop`, and restarts it if it dies.
    async fn run<F>(&self, cx: &Context, stop: &CancellationToken, make: impl FnMut() -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        cx.health
            .supervise(self.name, self.heartbeat_timeout, stop, make)
            .await;
    }
}

/// Makes what the system sends by itself: digests, and the emails of series.
pub async fn weekly_digest(cx: Context, stop: CancellationToken) {
    let make = || weekly_digest::work(cx.clone(), stop.clone());
    let take_steps = || series::work::run(cx.clone(), stop.clone());
    tokio::join!(
        WEEKLY_DIGEST.run(&cx, &stop, make),
        SERIES.run(&cx, &stop, take_steps),
    );
}

/// Makes recurring campaigns, reads the feeds that they show, decides A/B tests, and counts what
/// reports show.
pub async fn recurring_campaigns(cx: Context, stop: CancellationToken) {
    let make = || recurring::work(cx.clone(), stop.clone());
    let decide = || ab_tests::work(cx.clone(), stop.clone());
    let count = || tallying::work(cx.clone(), stop.clone());
    let read_feeds = || feeds::work(cx.clone(), stop.clone());
    tokio::join!(
        RECURRING.run(&cx, &stop, make),
        FEEDS.run(&cx, &stop, read_feeds),
        AB_TESTS.run(&cx, &stop, decide),
        TALLIES.run(&cx, &stop, count),
    );
}

pub async fn settings(cx: Context, stop: CancellationToken) {
    let make = || settings::poll(cx.clone(), stop.clone());
    SETTINGS.run(&cx, &stop, make).await;
}

pub async fn imports(cx: Context, stop: CancellationToken) {
    let make = || import_worker::work(cx.clone(), stop.clone());
    let make_posts = || post_imports::work(cx.clone(), stop.clone());
    tokio::join!(
        IMPORTS.run(&cx, &stop, make),
        POST_IMPORTS.run(&cx, &stop, make_posts),
    );
}

pub async fn backups(cx: Context, stop: CancellationToken) {
    let make = || backups::run(cx.clone(), stop.clone());
    BACKUPS.run(&cx, &stop, make).await;
}

/// Looks for what users want to know, and tells them.
pub async fn notifications(cx: Context, stop: CancellationToken) {
    let distribute = || notifications::run(cx.clone(), stop.clone());
    let look = || watch::run(cx.clone(), stop.clone());
    tokio::join!(
        NOTIFICATIONS.run(&cx, &stop, distribute),
        WATCH.run(&cx, &stop, look),
    );
}

/// Empties the trash, and looks after the counts that pages show.
pub async fn trash_and_counts(cx: Context, stop: CancellationToken) {
    let expire = || trash::run(cx.clone(), stop.clone());
    let verify = || kept_counts::run(cx.clone(), stop.clone());
    tokio::join!(
        TRASH.run(&cx, &stop, expire),
        KEPT_COUNTS.run(&cx, &stop, verify),
    );
}

/// Processes what comes back, and calls webhooks.
pub async fn inbound_and_webhooks(cx: Context, stop: CancellationToken) {
    let poll_mailbox = || mailbox::poll(cx.clone(), stop.clone());
    let process_rejections = || smtp_rejections::run(cx.clone(), stop.clone());
    let call_webhooks = || webhooks::run(cx.clone(), stop.clone());
    tokio::join!(
        MAILBOX.run(&cx, &stop, poll_mailbox),
        SMTP_REJECTIONS.run(&cx, &stop, process_rejections),
        WEBHOOKS.run(&cx, &stop, call_webhooks),
    );
}

/// Accepts mail by LMTP or SMTP. The address stays bound if the task dies.
pub async fn inbound(cx: Context, listener: Listener, stop: CancellationToken) {
    let listener = Arc::new(listener);
    let make = || {
        let (health, listener, stop) = (cx.health.clone(), listener.clone(), stop.clone());
        async move {
            health
                .with_heartbeats(INBOUND.name, listener.run(stop))
                .await;
        }
    };
    INBOUND.run(&cx, &stop, make).await;
}

/// Renders the posts that have no HTML, then waits for the end of the process.
pub async fn post_html(cx: Context, stop: CancellationToken) {
    let make = || {
        let (cx, stop) = (cx.clone(), stop.clone());
        async move {
            match html::backfill(&cx).await {
                Ok(0) => {}
                Ok(rendered) => tracing::info!(rendered, "rendered the HTML of posts"),
                // Each page renders its own when it is requested.
                Err(error) => tracing::error!(%error, "the HTML of posts cannot be rendered"),
            }
            cx.health
                .with_heartbeats(POST_HTML.name, stop.cancelled())
                .await;
        }
    };
    POST_HTML.run(&cx, &stop, make).await;
}

/// Keeps the server's certificate up to date.
pub async fn certificate(cx: Context, https: Https, stop: CancellationToken) {
    let https = Arc::new(https);
    let make = || {
        let (cx, https, stop) = (cx.clone(), https.clone(), stop.clone());
        async move { https.run(&cx, &stop).await }
    };
    CERTIFICATE.run(&cx, &stop, make).await;
}

pub async fn join_limits(cx: Context, limits: RateLimits, stop: CancellationToken) {
    let interval = JOIN_LIMITS.interval.unwrap_or_default();
    let make = || {
        let (cx, limits, stop) = (cx.clone(), limits.clone(), stop.clone());
        async move {
            let wait = || tokio::time::timeout(interval, stop.cancelled());
            let name = JOIN_LIMITS.name;
            while cx.health.with_heartbeats(name, wait()).await.is_err() {
                limits.prune(cx.clock.now());
            }
        }
    };
    JOIN_LIMITS.run(&cx, &stop, make).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_job_has_a_name_of_its_own_and_gives_heartbeats_in_time() {
        for (number, job) in JOBS.iter().enumerate() {
            let is_unique = JOBS[..number].iter().all(|other| other.name != job.name);
            assert!(is_unique, "{}", job.name);
            // A job that waits longer gives heartbeats meanwhile.
            let is_short = job
                .interval
                .is_none_or(|every| every < job.heartbeat_timeout);
            assert!(is_short || job.name == JOIN_LIMITS.name, "{}", job.name);
        }
    }
}
