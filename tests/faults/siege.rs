//! Processes under siege: one of them is killed at a random moment, again and again, and another
//! takes its place, over a relay with a delay: messages are in flight at every kill.
//!
//! Every random choice comes from a seed, which is printed; `JARSHY_SOAK_SEED` repeats it.

use std::ops::Range;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::installation::{Installation, Process};
use crate::relay::{Act, Moment, Stage, TestRelay};

/// How a process uses the relay.
pub const SETTINGS: &str = BY_DEFAULT.settings;

/// A way to use the relay.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    pub settings: &'static str,
    /// What each connection may have begun at any moment: the message on the wire, and those
    /// that it has begun ahead.
    pub begun: usize,
}

pub const CONNECTIONS: usize = 4;
pub const BY_DEFAULT: Usage = Usage {
    settings: "tls=none&connections=4",
    begun: 3,
};
pub const NEVER_AHEAD: Usage = Usage {
    settings: "tls=none&connections=4&ahead=0",
    begun: 1,
};

/// A relay that accepts everything, and each message only after some milliseconds.
pub async fn delayed_relay(doors: usize) -> TestRelay {
    let relay = TestRelay::with_doors(doors).await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(rand::random_range(1..25))),
        _ => Act::Answer,
    });
    relay
}

/// Random numbers that a run can repeat.
pub fn seeded() -> StdRng {
    let seed = std::env::var("JARSHY_SOAK_SEED").ok();
    let seed = seed.map_or_else(rand::random, |seed| {
        seed.parse().expect("JARSHY_SOAK_SEED is a number")
    });
    println!("seed {seed} (JARSHY_SOAK_SEED)");
    StdRng::seed_from_u64(seed)
}

pub struct Siege<'a> {
    installation: &'a Installation,
    relay: &'a TestRelay,
    /// One at each door of the relay.
    processes: Vec<Process>,
    start: fn(&Installation, &str) -> Process,
    pub random: StdRng,
    usage: Usage,
    /// What the sessions that were open at the kills may have begun, in total: no more
    /// messages than these may be uncertain.
    pub in_flight: usize,
}

impl<'a> Siege<'a> {
    /// Of a worker at each door of the relay.
    pub fn of_workers(installation: &'a Installation, relay: &'a TestRelay, usage: Usage) -> Self {
        let doors = 0..relay.doors.len();
        let workers = doors.map(|door| installation.work(&relay.url(door, usage.settings)));
        let workers = workers.collect();
        Self::begin(installation, relay, workers, Installation::work, usage)
    }

    /// Of the one process that serves and sends.
    pub fn of_site(
        installation: &'a Installation,
        relay: &'a TestRelay,
        serve: Process,
        usage: Usage,
    ) -> Self {
        let start = Installation::serve_at_once;
        Self::begin(installation, relay, vec![serve], start, usage)
    }

    fn begin(
        installation: &'a Installation,
        relay: &'a TestRelay,
        processes: Vec<Process>,
        start: fn(&Installation, &str) -> Process,
        usage: Usage,
    ) -> Self {
        Self {
            installation,
            relay,
            processes,
            start,
            random: seeded(),
            usage,
            in_flight: 0,
        }
    }

    /// Waits for so many milliseconds.
    pub async fn pause(&mut self, milliseconds: Range<u64>) {
        let milliseconds = self.random.random_range(milliseconds);
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }

    /// Kills one of the processes; another takes its place at once.
    pub fn kill_one(&mut self) {
        let door = self.random.random_range(0..self.processes.len());
        let (open, opened) = self.relay.sessions(door);
        self.processes[door].kill();
        // Those that opened between the look and the kill count too.
        let sessions = open + (self.relay.sessions(door).1 - opened);
        self.in_flight += sessions * self.usage.begun;
        let url = self.relay.url(door, self.usage.settings);
        self.processes[door] = (self.start)(self.installation, &url);
    }
}
