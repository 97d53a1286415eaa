//! Everything about one message.
//!
//! A [`layout`] turns content into HTML through [`mjml`]; a [`design`] is a whole email of its
//! own. [`personalise`] compiles it into a template whose placeholders are filled for each
//! recipient, [`message`] writes the MIME text of one message and [`bulk`] that of a campaign,
//! both with the files of [`attachment`], [`dkim`] signs it and [`smtp`] sends it to a relay. [`receive`] accepts mail, and
//! [`rejection`] classifies what a server says when it rejects. Knows nothing of the database,
//! of campaigns or of lists.

pub mod attachment;
pub mod brand;
pub mod bulk;
pub mod client_support;
mod css;
pub mod dark;
pub mod design;
pub mod dkim;
mod header_text;
pub mod icalendar;
pub mod layout;
pub mod link_mark;
pub mod message;
pub mod mjml;
pub mod personalise;
mod quoted;
pub mod reading_order;
pub mod receive;
pub mod rejection;
pub mod smtp;
mod structure;
mod visible_link;
pub mod without_recipient;

pub use crate::address::mailbox::Mailbox;
