//! Supervises the background tasks of a process.

use std::any::Any;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use metrics::{counter, gauge};
use parking_lot::{Mutex, MutexGuard};
use tokio_util::sync::CancellationToken;

/// The wait before a task that died is restarted; it doubles up to [`MAX_BACKOFF`].
const INITIAL_BACKOFF: Duration = Duration::from_secs(1);
const MAX_BACKOFF: Duration = Duration::from_secs(60);
/// A task that ran this long before it died is restarted after the initial wait.
const STABLE_AFTER: Duration = Duration::from_secs(300);
/// How often a waiting task gives a heartbeat.
const HEARTBEAT_INTERVAL: Duration = if cfg!(test) {
    Duration::from_millis(100)
} else {
    Duration::from_secs(5)
};
/// How often heartbeats are checked.
const WATCH_INTERVAL: Duration = Duration::from_secs(5);

/// The tasks of a process; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Health {
    tasks: Arc<Mutex<BTreeMap<&'static str, Task>>>,
    problems: Arc<Mutex<BTreeMap<&'static str, String>>>,
}

#[derive(Debug, Clone, Copy)]
struct Task {
    is_running: bool,
    last_heartbeat: Instant,
    /// The longest time without a heartbeat.
    heartbeat_timeout: Duration,
    restarts: u32,
}

impl Task {
    fn is_stuck(&self) -> bool {
        self.last_heartbeat.elapsed() > self.heartbeat_timeout
    }
}

impl Health {
    fn tasks(&self) -> MutexGuard<'_, BTreeMap<&'static str, Task>> {
        // Nothing panics while it is held.
        self.tasks.lock()
    }

    /// Records a heartbeat of a task.
    pub fn heartbeat(&self, name: &'static str) {
        if let Some(task) = self.tasks().get_mut(name) {
            task.last_heartbeat = Instant::now();
        }
    }

    /// Waits for something that may take long, and gives heartbeats meanwhile.
    pub async fn with_heartbeats<T>(&self, name: &'static str, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        loop {
            self.heartbeat(name);
            if let Ok(done) = tokio::time::timeout(HEARTBEAT_INTERVAL, &mut work).await {
                return done;
            }
        }
    }

    /// Every task, and what is wrong with it.
    pub fn tasks_and_faults(&self) -> Vec<(&'static str, Option<String>)> {
        let tasks = self.tasks();
        let each = tasks.iter().map(|(name, task)| {
            let fault = match task {
                task if !task.is_running => {
                    Some(format!("{name} has stopped and is being restarted"))
                }
                task if task.is_stuck() => Some(format!("{name} is stuck")),
                _ => None,
            };
            (*name, fault)
        });
        each.collect()
    }

    /// The tasks that have died or are stuck, and how.
    pub fn failing(&self) -> Vec<String> {
        let all = self.tasks_and_faults().into_iter();
        all.filter_map(|(_, fault)| fault).collect()
    }

    /// Notes what a task found that somebody must do something about, though all work goes
    /// on; `None` once it is solved.
    pub fn set_problem(&self, task: &'static str, problem: Option<String>) {
        let mut problems = self.problems.lock();
        match problem {
            Some(problem) => problems.insert(task, problem),
            None => problems.remove(task),
        };
    }

    /// What somebody must do something about, by task.
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let problems = self.problems.lock();
        problems
            .iter()
            .map(|(task, problem)| (*task, problem.clone()))
            .collect()
    }

    /// Runs a task until `stop`. One that panics, ends early or gives no heartbeat for
    /// `silence` is restarted, with backoff.
    pub async fn supervise<F>(
        &self,
        name: &'static str,
        heartbeat_timeout: Duration,
        stop: &CancellationToken,
        mut make: impl FnMut() -> F,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut wait = INITIAL_BACKOFF;
        loop {
            self.set(name, heartbeat_timeout, true);
            let began = Instant::now();
            let outcome = self.watch(name, tokio::spawn(make())).await;
            if stop.is_cancelled() {
                self.tasks().remove(name);
                return;
            }
            if began.elapsed() > STABLE_AFTER {
                wait = INITIAL_BACKOFF;
            }
            self.set(name, heartbeat_timeout, false);
            counter!("jarshy_task_restarts_total", "task" => name).increment(1);
            tracing::error!(
                task = name,
                outcome,
                ?wait,
                "a background task died; it is restarted"
            );
            let _ = tokio::time::timeout(wait, stop.cancelled()).await;
            wait = (wait * 2).min(MAX_BACKOFF);
        }
    }

    fn set(&self, name: &'static str, heartbeat_timeout: Duration, is_running: bool) {
        gauge!("jarshy_task_running", "task" => name).set(if is_running { 1.0 } else { 0.0 });
        let mut tasks = self.tasks();
        let restarts = tasks.get(name).map_or(0, |task| task.restarts);
        let task = Task {
            is_running,
            last_heartbeat: Instant::now(),
            heartbeat_timeout,
            restarts: restarts + u32::from(!is_running),
        };
        tasks.insert(name, task);
    }

    /// Waits for the end of a task, and aborts it if it is stuck. Returns how it ended.
    async fn watch(&self, name: &'static str, mut task: tokio::task::JoinHandle<()>) -> String {
        loop {
            let ended = tokio::time::timeout(WATCH_INTERVAL, &mut task).await;
            match ended {
                Ok(Ok(())) => return "it ended".to_owned(),
                Ok(Err(error)) if error.is_panic() => return panic_message(&*error.into_panic()),
                Ok(Err(_)) => return "it was cancelled".to_owned(),
                Err(_) => {}
            }
            let is_stuck = self.tasks().get(name).is_some_and(Task::is_stuck);
            if is_stuck {
                task.abort();
                return "it gave no heartbeat".to_owned();
            }
        }
    }
}

/// The message of a panic.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let words = match panic.downcast_ref::<String>() {
        Some(words) => words.as_str(),
        None => panic
            .downcast_ref::<&str>()
            .copied()
            .unwrap_or("no message"),
    };
    let line = words.lines().next().unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    async fn until(condition: impl Fn() -> bool) {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Supervises a task that is given how often it was started before.
    fn supervised<F>(
        heartbeat_timeout: Duration,
        work: impl Fn(usize) -> F + Send + Sync + 'static,
    ) -> (Health, Arc<AtomicUsize>, CancellationToken)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (health, stop) = (Health::default(), CancellationToken::new());
        let begun = Arc::new(AtomicUsize::new(0));
        let (own, counted, stopping) = (health.clone(), begun.clone(), stop.clone());
        tokio::spawn(async move {
            let make = || work(counted.fetch_add(1, Ordering::Relaxed));
            own.supervise("task", heartbeat_timeout, &stopping, make)
                .await;
        });
        (health, begun, stop)
    }

    #[tokio::test]
    async fn a_task_that_panics_is_reported_and_restarted() {
        let (health, begun, stop) = supervised(LONG, |number| async move {
            if number == 0 {
                panic!("at once");
            }
            std::future::pending::<()>().await;
        });
        until(|| !health.failing().is_empty()).await;
        assert!(health.failing()[0].starts_with("task has stopped"));
        until(|| begun.load(Ordering::Relaxed) == 2).await;
        until(|| health.failing().is_empty()).await;
        stop.cancel();
    }

    #[tokio::test]
    async fn a_task_that_hangs_is_restarted() {
        let heartbeat_timeout = Duration::from_millis(40);
        let (_, begun, stop) = supervised(heartbeat_timeout, |_| std::future::pending());
        until(|| begun.load(Ordering::Relaxed) == 2).await;
        stop.cancel();
    }

    #[tokio::test]
    async fn a_task_that_waits_with_heartbeats_is_not_stuck() {
        // Far longer than a busy machine lets a heartbeat wait.
        let heartbeat_timeout = 50 * HEARTBEAT_INTERVAL;
        let (health, stop) = (Health::default(), CancellationToken::new());
        let (own, stopping) = (health.clone(), stop.clone());
        tokio::spawn(async move {
            let make = || {
                let own = own.clone();
                async move { own.with_heartbeats("task", std::future::pending()).await }
            };
            own.supervise("task", heartbeat_timeout, &stopping, make)
                .await;
        });
        let began = Instant::now();
        while began.elapsed() < heartbeat_timeout + 10 * HEARTBEAT_INTERVAL {
            assert!(health.failing().is_empty());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.cancel();
    }

    #[tokio::test]
    async fn a_task_without_a_heartbeat_is_reported_as_stuck() {
        let heartbeat_timeout = Duration::from_millis(40);
        let (health, begun, stop) = supervised(heartbeat_timeout, |_| std::future::pending());
        until(|| health.failing().iter().any(|one| one.contains("is stuck"))).await;
        health.heartbeat("task");
        assert!(health.failing().is_empty());
        assert_eq!(begun.load(Ordering::Relaxed), 1);
        stop.cancel();
    }
}
