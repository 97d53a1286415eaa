//! Jarshy, a newsletter mailing-list manager: visitors join a list and confirm
//! by mail, admins write posts and send them as campaigns, a worker hands the
//! mails to a relay, and one click takes a reader off the list.
//!
//! The crate is one house. A module uses what stands below it and nothing
//! above; read from the bottom, each floor needs only the ones you know.
//!
//! | floor | module | owns |
//! | --- | --- | --- |
//! | 5 | [`cli`] | the commands, one file each |
//! | | [`jobs`] | what runs in the background |
//! | | [`app`] | from a configuration to a running house |
//! | 4 | [`web`] | HTTP: pages, desk, API, the rules of the browser |
//! | 3 | [`audience`] | who is on which list, how they came, how they leave |
//! | | [`content`] | posts, events, media, what the site is called |
//! | | [`campaign`] | one mailing from its draft to its report |
//! | | [`delivery`] | from a row in the ledger to a relay's answer |
//! | | [`feedback`] | what comes back, and whether mail is welcome |
//! | | [`account`] | the people at the desk, their sessions and tokens |
//! | 2 | [`mail`] | making and moving one message |
//! | | [`catcher`] | the SMTP listener and mailbox of a demo |
//! | 1 | [`store`] | all SQL, for SQLite and PostgreSQL alike |
//! | | [`render`] | rendering of what people write, within bounds and isolated |
//! | 0 | [`health`] | whether what runs in the background still does |
//! | | [`model`] | the words as types, and how states may move |
//! | | [`address`], [`token`], [`text`], [`clock`], [`config`], [`net`], [`service_url`], [`tls`] | what needs nothing else |
//!
//! [`context`] is the handful of parts that floors 3 and 4 share.
//!
//! A post's way to an inbox goes one way through the house: `content` →
//! `campaign` (freeze the audience, preflight) → `delivery` (queue) → `mail`
//! (compose, sign, send) → the relay. `docs/architecture.md` tells it at length.

#![forbid(unsafe_code)]
// Held here and not in Cargo.toml, since tests may do what the library may not.
#![warn(missing_docs, clippy::disallowed_methods, clippy::print_stdout)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod account;
pub mod address;
pub mod app;
pub mod audience;
pub mod campaign;
pub mod catcher;
pub mod cli;
pub mod clock;
pub mod config;
pub mod content;
pub mod context;
pub mod delivery;
pub mod feedback;
pub mod health;
pub mod jobs;
pub mod mail;
pub mod model;
pub mod net;
pub mod render;
pub mod service_url;
pub mod store;
pub mod text;
pub mod tls;
pub mod token;
pub mod web;
