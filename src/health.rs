//! What runs in the background of this process, and whether it still does.

use std::any::Any;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use metrics::{counter, gauge};
use parking_lot::{Mutex, MutexGuard};
use tokio_util::sync::CancellationToken;

/// The first wait before a task that died is started again; each further one is
/// twice as long, up to [`MAX_BACKOFF`].
const INITIAL_BACKOFF: Duration = Duration::from_secs(1);
const MAX_BACKOFF: Duration = Duration::from_secs(60);
/// A task that ran for so long before it died is begun again at once.
const STABLE_AFTER: Duration = Duration::from_secs(300);
/// How often a task that waits gives a sign of life.
const HEARTBEAT_INTERVAL: Duration = match cfg!(test) {
    true => Duration::from_millis(100),
    false => Duration::from_secs(5),
};
/// How often a task's sign of life is looked at.
const WATCH_INTERVAL: Duration = Duration::from_secs(5);

/// The tasks of a process; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Health {
    tasks: Arc<Mutex<BTreeMap<&'static str, Task>>>,
}

#[derive(Debug, Clone, Copy)]
struct Task {
    is_running: bool,
    last_heartbeat: Instant,
    /// How long it may give no sign of life.
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

    /// A sign of life of a task.
    pub fn heartbeat(&self, name: &'static str) {
        if let Some(task) = self.tasks().get_mut(name) {
            task.last_heartbeat = Instant::now();
        }
    }

    /// Waits for what may rightly take long, and gives signs of life meanwhile.
    pub async fn with_heartbeats<T>(&self, name: &'static str, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        loop {
            self.heartbeat(name);
            if let Ok(done) = tokio::time::timeout(HEARTBEAT_INTERVAL, &mut work).await {
                return done;
            }
        }
    }

    /// The tasks that are dead or silent, and how.
    pub fn failing(&self) -> Vec<String> {
        let tasks = self.tasks();
        let failing = tasks.iter().filter_map(|(name, task)| match task {
            task if !task.is_running => Some(format!("{name} has stopped and is started again")),
            task if task.is_stuck() => Some(format!("{name} is stuck")),
            _ => None,
        });
        failing.collect()
    }

    /// Runs a task until `stop`. One that panics, ends before, or gives no sign of
    /// life for `heartbeat_timeout` is begun again, later each time.
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
                "a background task died; it is started again"
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

    /// Waits for a task's end, and ends it where it is silent. Tells how it went.
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
                return "it gave no sign of life".to_owned();
            }
        }
    }
}

/// What a panic said.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let words = match panic.downcast_ref::<String>() {
        Some(words) => words.as_str(),
        None => panic.downcast_ref::<&str>().copied().unwrap_or("no words"),
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

    /// A task that does `work` by how often it was begun before.
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
    async fn a_task_that_panics_is_told_and_begun_again() {
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
    async fn a_task_that_hangs_is_begun_again() {
        let heartbeat_timeout = Duration::from_millis(40);
        let (_, begun, stop) = supervised(heartbeat_timeout, |_| std::future::pending());
        until(|| begun.load(Ordering::Relaxed) == 2).await;
        stop.cancel();
    }

    #[tokio::test]
    async fn whoever_waits_long_is_not_taken_for_stuck() {
        let (health, stop) = (Health::default(), CancellationToken::new());
        let (own, stopping) = (health.clone(), stop.clone());
        tokio::spawn(async move {
            let make = || {
                let own = own.clone();
                async move { own.with_heartbeats("task", std::future::pending()).await }
            };
            own.supervise("task", Duration::from_millis(400), &stopping, make)
                .await;
        });
        let began = Instant::now();
        while began.elapsed() < 20 * HEARTBEAT_INTERVAL {
            assert!(health.failing().is_empty());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.cancel();
    }

    #[tokio::test]
    async fn a_task_without_a_sign_of_life_is_told_and_one_with_it_is_not() {
        let heartbeat_timeout = Duration::from_millis(40);
        let (health, begun, stop) = supervised(heartbeat_timeout, |_| std::future::pending());
        until(|| health.failing().iter().any(|one| one.contains("is stuck"))).await;
        health.heartbeat("task");
        assert!(health.failing().is_empty());
        assert_eq!(begun.load(Ordering::Relaxed), 1);
        stop.cancel();
    }
}
