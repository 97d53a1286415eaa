//! What Jarshy promises, tried from the outside over real HTTP and real SMTP,
//! each on SQLite and on PostgreSQL.

#[macro_use]
mod harness;

mod api;
mod api_changes;
mod api_input;
mod audit_log;
mod bad_input;
mod composing;
mod credentials;
mod deployments;
mod desk;
mod desk_audience;
mod desk_library;
mod desk_people;
mod desk_site;
mod doors;
mod feedback;
mod forms;
mod idempotency;
mod importing;
mod joining;
mod leaving;
mod messages;
mod openapi;
mod personal_parts;
mod reading;
mod rendering;
mod reports;
mod rhythm;
mod roles;
mod schema;
mod search;
mod segments;
mod sending;
mod sign_in_mail;
mod signed_in;
mod signing_keys;
mod site;
mod suppressions;
mod tags;
mod tokens;
mod webhooks;
mod words;
