//! A lease: rows that one process works on, until when.
//!
//! Every queue in the database is shared by leases: deliveries and their slices,
//! emails to one person, webhook messages, imports and idempotency keys. A table of
//! them has the columns `lease_owner` and `lease_until`. A process that dies loses its
//! leases when they end.

use std::time::Duration;

use uuid::Uuid;

use crate::clock::Timestamp;

/// A lease that is taken or renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Who works on the rows.
    pub owner: Uuid,
    /// When it is taken: rows whose lease ended before that are free.
    pub taken_at: Timestamp,
    /// When it ends.
    pub until: Timestamp,
}

impl Lease {
    /// A lease from `now` on.
    pub fn new(owner: Uuid, now: Timestamp, lasts: Duration) -> Self {
        Self {
            owner,
            taken_at: now,
            until: now.after(lasts),
        }
    }
}
