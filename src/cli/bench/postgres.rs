//! What a run costs PostgreSQL.

use std::time::Duration;

use serde::Serialize;

use super::super::Result;
use super::process;
use crate::context::Context;
use crate::store::bench::{self, ServerTotals};

/// The costs of a run.
#[derive(Debug, Serialize)]
pub(super) struct Costs {
    /// Transactions that wrote, each with a durable commit.
    pub(super) commits_per_second: f64,
    pub(super) wal_bytes_per_message: f64,
    /// CPU time of all of the server's processes per message; `None` where they are not on this
    /// machine.
    pub(super) cpu_microseconds: Option<f64>,
}

/// What a server has done up to some moment.
pub(super) struct Sample {
    totals: ServerTotals,
    cpu: Option<Duration>,
}

impl Sample {
    /// `None` on SQLite.
    pub(super) async fn take(cx: &Context) -> Result<Option<Self>> {
        let mut db = cx.store.read().await?;
        // While the connection is open, so that the process behind it is there.
        let totals = bench::server_totals(&mut db).await?;
        Ok(totals.map(|totals| Self {
            cpu: process::server_cpu_time(&totals.process.to_string(), "postgres"),
            totals,
        }))
    }

    /// What so many messages have cost since then.
    pub(super) fn costs(&self, now: &Self, messages: i64, elapsed: Duration) -> Costs {
        let commits = now.totals.transactions - self.totals.transactions;
        let wal = now.totals.wal_bytes - self.totals.wal_bytes;
        let cpu = now.cpu.zip(self.cpu);
        Costs {
            commits_per_second: commits as f64 / elapsed.as_secs_f64(),
            wal_bytes_per_message: wal as f64 / messages.max(1) as f64,
            cpu_microseconds: cpu
                .map(|(now, before)| process::per_message(now.saturating_sub(before), messages)),
        }
    }
}
