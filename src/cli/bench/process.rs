//! CPU time and memory of processes, from Linux's `/proc`.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::super::Result;
use crate::context::Context;

/// Linux counts CPU time in hundredths of a second on every machine.
const TICK: Duration = Duration::from_millis(10);

/// Figures of a process. Of one that is gone they are nought.
#[derive(Default)]
struct Stat {
    parent: u32,
    cpu: Duration,
    /// Of its children that have ended.
    children_cpu: Duration,
}

impl Stat {
    fn of(pid: &str) -> Self {
        let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The second field, the name, may hold spaces; it ends with the last `)`.
        let fields: Vec<&str> = text
            .rsplit_once(')')
            .map(|(_, rest)| rest.split_whitespace().collect())
            .unwrap_or_default();
        let number = |at: usize| fields.get(at).and_then(|f| f.parse::<u32>().ok());
        let time = |at: usize| TICK * number(at).unwrap_or(0);
        Self {
            parent: number(1).unwrap_or(0),
            cpu: time(11) + time(12),
            children_cpu: time(13) + time(14),
        }
    }
}

/// CPU time (user and system) of process `pid`, or of this one for `self`.
pub(super) fn cpu_time(pid: &str) -> Duration {
    Stat::of(pid).cpu
}

/// CPU time of the server that process `child` is one of: of its parent and of all processes that
/// this has started. `None` where no process of this name is on this machine.
pub(super) fn server_cpu_time(child: &str, name: &str) -> Option<Duration> {
    let found = std::fs::read_to_string(format!("/proc/{child}/comm")).ok()?;
    if found.trim_end() != name {
        return None;
    }
    let server = Stat::of(child).parent;
    let own = Stat::of(&server.to_string());
    let running: Duration = std::fs::read_dir("/proc")
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|pid| pid.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|pid| Stat::of(&pid))
        .filter(|stat| stat.parent == server)
        .map(|stat| stat.cpu)
        .sum();
    Some(own.cpu + own.children_cpu + running)
}

/// Peak memory of this process in KiB.
pub(super) fn peak_memory() -> u64 {
    peak("self")
}

fn peak(pid: &str) -> u64 {
    std::fs::read_to_string(format!("/proc/{pid}/status"))
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// Resets the peak, so that generating the audience does not count.
pub(super) fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The workers of a run.
pub(super) enum Workers {
    /// In this process.
    Here(JoinHandle<()>),
    /// `jarshy worker` processes.
    Children(Vec<Child>),
}

impl Workers {
    /// Starts `count` workers on the database and relay of `cx`.
    pub(super) fn spawn(cx: &Context, count: usize) -> Result<Self> {
        let program = std::env::current_exe()?;
        let config = &cx.config();
        let mut children = Vec::new();
        for _ in 0..count {
            let child = Command::new(&program)
                .arg("worker")
                .env("JARSHY_DATABASE_URL", &config.database_url)
                .env(
                    "JARSHY_SMTP_URL",
                    config.smtp_url.as_ref().map_or("", |relays| relays.text()),
                )
                .env(
                    "JARSHY_FROM",
                    config
                        .from
                        .as_ref()
                        .map(ToString::to_string)
                        .unwrap_or_default(),
                )
                .env(
                    "JARSHY_SECRET_KEY",
                    config.secret_key.as_deref().unwrap_or_default(),
                )
                .env("JARSHY_LOG", &config.log)
                .stdin(Stdio::null())
                .spawn()?;
            children.push(child);
        }
        Ok(Self::Children(children))
    }

    /// CPU time of child processes; zero for a worker in this process.
    pub(super) fn cpu_time(&self) -> Duration {
        match self {
            Workers::Here(_) => Duration::ZERO,
            Workers::Children(children) => children
                .iter()
                .map(|child| cpu_time(&child.id().to_string()))
                .sum(),
        }
    }

    pub(super) fn peak_memory(&self) -> u64 {
        match self {
            Workers::Here(_) => 0,
            Workers::Children(children) => children
                .iter()
                .map(|child| peak(&child.id().to_string()))
                .max()
                .unwrap_or(0),
        }
    }

    pub(super) async fn end(self) {
        match self {
            Workers::Here(running) => {
                let _ = running.await;
            }
            Workers::Children(children) => {
                for mut child in children {
                    let _ = child.kill();
                    let _ = child.wait();
                }
            }
        }
    }
}

/// Microseconds of CPU time for each of so many messages.
pub(super) fn per_message(cpu: Duration, messages: i64) -> f64 {
    cpu.as_secs_f64() * 1e6 / (messages.max(1) as f64)
}
