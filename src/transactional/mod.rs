//! Transactional email: confirmations, sign-in links, test mails, and whatever
//! another program asks to be sent to one person.
//!
//! Each is a row of its own queue. [`ready`] and [`address_change`] queue,
//! [`letters`] writes those whose texts are ours, and [`sender`] hands them to the
//! relay over the same connections as campaigns. Never knows campaigns' ledger.

pub mod address_change;
pub mod letters;
pub mod ready;
pub mod sender;
