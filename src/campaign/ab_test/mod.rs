//! A/B tests: a campaign goes to a part of its audience in two to four variants, and to the rest in
//! the one that did best, or that a person chose.
//!
//! Owns what is set of a test ([`setting`]), who gets which variant ([`placing`]), what is counted
//! ([`counts`]) and what that says ([`statistics`], [`verdict`]), the decision ([`deciding`]), and
//! those who wait for it ([`rest`]).
//! Nothing here follows a person: what is compared are totals of variants.
//!
//! The ledger is frozen twice. The first time it takes those who take part; once the test is
//! decided, [`crate::store::ab_tests::rest::begin`] opens it again for all others. A reader has one
//! row whatever happens, and so gets one email.

pub mod counts;
pub mod deciding;
pub mod placing;
pub mod plan;
pub mod rest;
pub mod setting;
pub mod starting;
pub mod statistics;
pub mod verdict;
