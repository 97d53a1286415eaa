//! All SQL. One text serves both databases wherever it can: `$1` parameters,
//! `RETURNING`, `ON CONFLICT`; where they differ, both stand side by side.
//!
//! A query function takes a [`Db`]: one connection, or one transaction, of
//! either database. Rows come back as the types of [`crate::model`] and of
//! the query's own file. What may happen is decided above, not here.

mod column_rows;
mod columns;
pub mod configuration;
mod connect;
pub mod erased_addresses;
mod error;
mod json_rows;
mod segment_clause;
pub mod variants;

pub mod ab_tests;
pub mod accounts;
pub mod acme;
pub mod archive;
mod attribute_clause;
pub mod audit_records;
pub mod automatic_pauses;
pub mod autosaves;
pub mod backup_info;
pub mod bench;
pub mod bench_pages;
pub mod bulk_lookup;
mod bulk_rows;
pub mod campaign_approvals;
pub mod campaign_attachments;
pub mod campaign_audience;
pub mod campaign_calendars;
pub mod campaign_changes;
pub mod campaign_completion;
pub mod campaign_contents;
pub mod campaign_pages;
pub mod campaign_progress;
pub mod campaign_renderings;
pub mod campaign_revisions;
pub mod campaign_tallies;
pub mod campaign_templates;
pub mod campaigns;
pub mod comments;
pub mod consent_ends;
pub mod credentials;
pub mod deliveries;
pub mod delivery_claims;
pub mod diagnostics;
pub mod dkim_keys;
pub mod email_templates;
pub mod encrypted_columns;
pub mod engagement;
mod engagement_clause;
pub mod events;
pub mod failed_inbound_mails;
pub mod feedback;
pub mod feeds;
pub mod folding;
pub mod former_ids;
pub mod former_paths;
pub mod growth;
pub mod idempotency;
pub mod identities;
pub mod import_confirmations;
pub mod import_people;
pub mod imports;
pub mod inbound_webhook_tokens;
pub mod invitations;
pub mod join_mails;
pub mod kept_counts;
pub mod layouts;
pub mod ledger;
pub mod list_access;
pub mod list_frequencies;
pub mod list_welcomes;
pub mod listmonk;
pub mod lists;
pub mod mail_frequencies;
pub mod media;
pub mod media_uses;
pub mod names;
pub mod notifications;
pub mod passkeys;
pub mod post_html;
pub mod post_imports;
pub mod post_origins;
pub mod post_variants;
mod postgres;
pub mod posts;
pub mod presence;
pub mod recipients;
pub mod recurring_campaigns;
pub mod recurring_occurrences;
pub mod reports;
pub mod restored;
pub mod revisions;
pub mod search;
mod search_rows;
mod search_sources;
pub mod seen_series;
pub mod segments;
pub mod series;
pub mod series_approvals;
pub mod series_attributes;
pub mod series_counts;
pub mod series_deletion;
pub mod series_emails;
pub mod series_entries;
pub mod series_exits;
mod series_links;
pub mod series_moves;
mod series_pauses;
pub mod series_readers;
mod series_starts;
mod series_webhooks;
pub mod settings;
pub mod similar_subscribers;
pub mod snippet_uses;
pub mod snippets;
mod sql_clause;
pub mod subscriber_pages;
pub mod subscriber_views;
pub mod subscribers;
pub mod subscriptions;
pub mod suppressions;
pub mod tags;
pub mod takeout;
pub mod test_email_counts;
pub mod text_overrides;
pub mod transactional_attachments;
pub mod transactional_emails;
pub mod transfer;
pub mod transports;
pub mod trash;
pub mod users;
pub mod webhooks;
pub mod weekly_digests;
pub mod workers;

pub use connect::{Db, Engine, Store};
pub use error::{Cause, Result, StoreError};

/// A text as a part of a `LIKE` pattern that matches just it.
fn escape_like(text: &str) -> String {
    text.replace('\\', r"\\")
        .replace('%', r"\%")
        .replace('_', r"\_")
}

/// Runs one query on whichever database `db` is of.
///
/// `execute!(db, sqlx::query("…"))`
macro_rules! run {
    ($db:expr, $connection:ident => $query:expr) => {
        match $db.connection() {
            $crate::store::connect::Connection::Sqlite($connection) => $query.await,
            $crate::store::connect::Connection::Postgres($connection) => $query.await,
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// Runs one statement and returns how many rows it changed.
///
/// `execute!(db, sqlx::query("…").bind(…))`
macro_rules! execute {
    ($db:expr, $query:expr) => {
        match $db.connection() {
            $crate::store::connect::Connection::Sqlite(c) => {
                $query.execute(c).await.map(|done| done.rows_affected())
            }
            $crate::store::connect::Connection::Postgres(c) => {
                $query.execute(c).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// A statement that takes rows which others may be writing, with its subquery's end
/// marked by the comma. PostgreSQL skips rows that others have locked at
/// this moment: to wait for them could mean to wait for each other. SQLite has
/// one writer.
///
/// `claiming!(db, "UPDATE … WHERE id IN (SELECT …", ") RETURNING id")`, with
/// `of "d"` before the rest where of a join only the rows of `d` are taken.
macro_rules! claiming {
    ($db:expr, $until_lock:literal, of $table:literal, $rest:literal) => {
        match $db.engine() {
            $crate::store::Engine::Sqlite => concat!($until_lock, $rest),
            $crate::store::Engine::Postgres => {
                concat!(
                    $until_lock,
                    " FOR UPDATE OF ",
                    $table,
                    " SKIP LOCKED",
                    $rest
                )
            }
        }
    };
    ($db:expr, $until_lock:literal, $rest:literal) => {
        match $db.engine() {
            $crate::store::Engine::Sqlite => concat!($until_lock, $rest),
            $crate::store::Engine::Postgres => {
                concat!($until_lock, " FOR UPDATE SKIP LOCKED", $rest)
            }
        }
    };
}

pub(crate) use {claiming, execute, run};
