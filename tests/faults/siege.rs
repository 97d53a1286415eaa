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

/// How each process uses the relay.
pub const SETTINGS: &str = "tls=none&connections=4";

/// A relay that accepts everything, and each message only after some milliseconds.
pub async fn delayed_relay(doors: usize) -> TestRelay {
    let relay = TestRelay::with_doors(doors).await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(rand::random_range(1..25))),
        _ => Act::Answer,
    });
    relay
}

pub struct Siege<'a> {
    installation: &'a Installation,
    relay: &'a TestRelay,
    /// One at each door of the relay.
    processes: Vec<Process>,
    start: fn(&Installation, &str) -> Process,
    pub random: StdRng,
    /// Sessions that were open at the kills, in total: no more messages than these may be
    /// uncertain.
    pub in_flight: usize,
}

impl<'a> Siege<'a> {
    /// Of a worker at each door of the relay.
    pub fn of_workers(installation: &'a Installation, relay: &'a TestRelay) -> Self {
        let doors = 0..relay.doors.len();
        let workers = doors.map(|door| installation.work(&relay.url(door, SETTINGS)));
        Self::begin(installation, relay, workers.collect(), Installation::work)
    }

    /// Of the one process that serves and sends.
    pub fn of_site(installation: &'a Installation, relay: &'a TestRelay, serve: Process) -> Self {
        let start = Installation::serve_at_once;
        Self::begin(installation, relay, vec![serve], start)
    }

    fn begin(
        installation: &'a Installation,
        relay: &'a TestRelay,
        processes: Vec<Process>,
        start: fn(&Installation, &str) -> Process,
    ) -> Self {
        let seed = std::env::var("JARSHY_SOAK_SEED").ok();
        let seed = seed.map_or_else(rand::random, |seed| {
            seed.parse().expect("JARSHY_SOAK_SEED is a number")
        });
        println!("seed {seed} (JARSHY_SOAK_SEED)");
        Self {
            installation,
            relay,
            processes,
            start,
            random: StdRng::seed_from_u64(seed),
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
        self.in_flight += open + (self.relay.sessions(door).1 - opened);
        self.processes[door] = (self.start)(self.installation, &self.relay.url(door, SETTINGS));
    }
}
