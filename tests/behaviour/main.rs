//! What Jarshy promises, tried from the outside over real HTTP and real SMTP,
//! each on SQLite and on PostgreSQL.

#[macro_use]
mod harness;

mod api;
mod bad_input;
mod feedback;
mod joining;
mod leaving;
mod messages;
mod sending;
mod webhooks;
