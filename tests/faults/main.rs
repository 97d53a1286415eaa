//! Tests the promises of the delivery ledger with real processes that are killed, frozen and
//! starved of resources, against a relay that fails at every stage.
//!
//! `docs/reliability.md` lists the promises. The relay remembers what it accepted; [`audit`]
//! compares the ledger with that after every test.

mod audit;
mod cluster;
mod installation;
#[path = "../support/relay/mod.rs"]
mod relay;
#[path = "../support/mod.rs"]
mod support;

mod ab_tests;
mod clocks;
mod control;
mod crowd;
mod database;
mod kills;
mod pooler;
mod rejections;
mod run_ahead;
mod series;
mod shaping;
mod siege;
mod stages;
mod upgrades;
