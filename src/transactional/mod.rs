//! Transactional email: confirmations, sign-in links, test emails, and what other programs
//! request for one person.
//!
//! Whatever queues one writes an
//! [`EmailContent`](crate::model::transactional::EmailContent) into the queue, in the
//! transaction of its cause; [`queue`] does so for other programs. The [`sender`] claims
//! them, has [`compose`] turn each into a message, and sends it over the same relays as
//! campaigns. Never knows the delivery ledger.

pub mod address_change;
mod article;
pub mod attachments;
pub mod calendar;
mod compose;
pub mod email_templates;
mod forward;
mod frame;
pub mod queue;
pub mod relay_test;
pub mod sender;
pub mod templates;
mod user_emails;
pub mod welcome;
