//! The result of a run.

use std::fmt;

use serde::Serialize;

use super::join::Joins;
use super::postgres::Costs;
use crate::model::delivery::DeliveryCounts;

/// The figures of one run.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) recipients: i64,
    pub(super) counts: DeliveryCounts,
    /// Of one message on the wire.
    pub(super) bytes: usize,
    pub(super) seconds: f64,
    pub(super) messages_per_second: f64,
    /// CPU time (user and system) of all workers per message.
    pub(super) cpu_microseconds: f64,
    /// The part of the signature.
    pub(super) signature_microseconds: f64,
    pub(super) peak_memory_megabytes: f64,
    pub(super) freeze_seconds: Option<f64>,
    pub(super) first_10000_seconds: Option<f64>,
    pub(super) last_10000_seconds: Option<f64>,
    pub(super) postgres: Option<Costs>,
    pub(super) join: Option<Joins>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} of {} sent, {} bytes each",
            self.counts.sent, self.recipients, self.bytes
        )?;
        writeln!(f, "time           {:>10.2} s", self.seconds)?;
        writeln!(
            f,
            "speed          {:>10.0} messages/s",
            self.messages_per_second
        )?;
        writeln!(
            f,
            "CPU            {:>10.1} µs/message",
            self.cpu_microseconds
        )?;
        writeln!(f, "  signature    {:>10.1} µs", self.signature_microseconds)?;
        write!(f, "peak memory    {:>10.1} MB", self.peak_memory_megabytes)?;
        for (name, value) in [
            ("freeze", self.freeze_seconds),
            ("first 10,000", self.first_10000_seconds),
            ("last 10,000", self.last_10000_seconds),
        ] {
            if let Some(value) = value {
                write!(f, "\n{name:<15}{value:>10.2} s")?;
            }
        }
        if let Some(costs) = &self.postgres {
            write!(
                f,
                "\nPostgreSQL     {:>10.0} commits/s\n  WAL          {:>10.0} bytes/message",
                costs.commits_per_second, costs.wal_bytes_per_message
            )?;
            if let Some(cpu) = costs.cpu_microseconds {
                write!(f, "\n  CPU          {cpu:>10.1} µs/message")?;
            }
        }
        if let Some(join) = &self.join {
            write!(
                f,
                "\njoining        {:>10.1} ms median, {:.1} ms at the 99th of 100 ({} joins, {} failed)",
                join.median_ms, join.p99_ms, join.count, join.failed
            )?;
        }
        Ok(())
    }
}
