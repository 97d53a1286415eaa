//! What Jarshy promises, tried from the outside over real HTTP and real SMTP,
//! each on SQLite and on PostgreSQL.

mod harness;

mod admin;
mod admin_audience;
mod admin_client;
mod admin_media;
mod admin_site;
mod admin_users;
mod api;
mod api_changes;
mod api_input;
mod audit_log;
mod bad_input;
mod composing;
mod content_everywhere;
mod credentials;
mod deployments;
mod exposure;
mod idempotency;
mod importing;
mod inbound;
mod join_forms;
mod joining;
mod leaving;
mod mail_frequency;
mod merge_tags;
mod messages;
mod openapi;
mod public_site;
mod rendering;
mod reports;
mod roles;
mod schema;
mod search;
mod segments;
mod sending;
mod settings;
mod setup;
mod sign_in_mail;
mod signing_keys;
mod suppressions;
mod tags;
mod text_overrides;
mod tokens;
mod webhooks;
