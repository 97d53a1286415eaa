//! Jarshy, a newsletter mailing-list manager: visitors join a list and confirm
//! by email, admins write posts and send them as campaigns, a worker hands the
//! messages to a relay, and subscribers leave with one click.
//!
//! A module uses what is below it in this table and nothing above. Read from the
//! bottom, each layer needs only the ones you know.
//!
//! | layer | module | owns |
//! | --- | --- | --- |
//! | 6 | [`cli`] | the commands, one file each |
//! | | [`app`] | from a configuration to a running application |
//! | | [`jobs`] | what runs in the background, on one page |
//! | 5 | [`web`] | HTTP: public pages, admin, API, the browser's rules |
//! | 4 | [`finder`] | finding anything by a name, whatever its spelling |
//! | | [`takeout`] | everything in an open archive, and back |
//! | | [`series`] | emails that each reader gets one after the other
//! | | [`inbound`] | bounces, complaints, unsubscribe requests and answers |
//! | | [`webhooks`] | telling other programs what happened |
//! | | [`https`] | the certificate of a server without a proxy |
//! | | [`deliverability`] | checks of a sending domain, DKIM keys, links |
//! | 3 | [`transactional`] | email to one person: confirmations, sign-in links, tests |
//! | | [`delivery`] | campaigns, from a row in the ledger to a relay's answer |
//! | | [`import`] | people from the files of other systems |
//! | | [`post_import`] | posts from the files of other systems, and their old addresses |
//! | 2 | [`campaign`] | one mailing from its draft to its report |
//! | | [`audience`] | lists, subscribers, consent, suppression |
//! | | [`content`] | posts, events, media, what the site is called |
//! | | [`notifications`] | telling users of the admin what has happened |
//! | | [`comments`] | what users say about posts and campaigns |
//! | | [`account`] | users, sessions, tokens |
//! | | [`settings`] | what admins set while the application runs |
//! | 1 | [`mail`] | making and moving one message |
//! | | [`document`] | a text as blocks, for the editor |
//! | | [`catcher`] | the SMTP listener and mailbox of a demo |
//! | | [`store`] | all SQL, for SQLite and PostgreSQL alike |
//! | | [`render`] | rendering of what people write, within bounds and isolated |
//! | 0 | [`health`] | whether what runs in the background still does |
//! | | [`model`] | words and states as types, and how states may change |
//! | | [`address`], [`token`], [`text`], [`clock`], [`config`], [`net`], [`oauth`], [`relay`], [`mailbox_url`], [`service_url`], [`tls`] | what needs nothing else |
//!
//! [`context`] is the handful of parts that layers 2 to 6 share; [`polling`] is the loop of tasks
//! that work on what waits in a table.
//!
//! A post goes one way to an inbox: `content` → `campaign` (freeze the audience,
//! preflight) → `delivery` (queue) → `mail` (compose, sign, send) → the relay →
//! `inbound`. `docs/architecture.md` has the details.

#![forbid(unsafe_code)]
// Held here and not in Cargo.toml, since tests may do what the library may not.
#![warn(clippy::disallowed_methods, clippy::print_stdout)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod account;
pub mod address;
pub mod app;
pub mod audience;
pub mod backup;
pub mod campaign;
pub mod catcher;
pub mod cli;
pub mod clock;
pub mod comments;
pub mod config;
pub mod content;
pub mod context;
pub mod deliverability;
pub mod delivery;
pub mod doctor;
pub mod document;
pub mod finder;
pub mod health;
pub mod https;
pub mod import;
pub mod inbound;
pub mod jobs;
pub mod mail;
pub mod mailbox_url;
pub mod model;
pub mod net;
pub mod notifications;
pub mod oauth;
pub mod polling;
pub mod post_import;
pub mod relay;
pub mod render;
pub mod series;
pub mod service_url;
pub mod settings;
pub mod store;
pub mod tabular;
pub mod takeout;
pub mod text;
pub mod tls;
pub mod token;
pub mod transactional;
pub mod web;
pub mod webhooks;
