//! What the delivery ledger promises, tried with real processes that are
//! killed, frozen and starved, against a relay that fails at every step.
//!
//! `docs/reliability.md` says what is promised. The relay remembers what it
//! took; [`audit`] holds the ledger against that after every test.

mod audit;
mod cluster;
mod house;
#[path = "../support/relay/mod.rs"]
mod relay;
#[path = "../support/mod.rs"]
mod support;

mod clocks;
mod control;
mod database;
mod kills;
mod pooler;
mod refusals;
mod shaping;
mod stages;
