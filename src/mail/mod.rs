//! Making and moving one message.
//!
//! A [`layout`] turns content into HTML by way of [`mjml`], as a [`design`] is a whole mail; [`personalise`] compiles it into a
//! template whose holes are filled for each recipient, [`message`] writes the
//! MIME text of one message and [`bulk`] that of a whole campaign, [`dkim`] signs
//! it and [`smtp`] hands it to a relay; [`receive`] takes mail from one, and
//! [`rejection`] reads what a server says when it refuses. Knows nothing
//! of the database, of campaigns or of who is on which list.

pub mod brand;
pub mod bulk;
mod css;
mod dark;
pub mod design;
pub mod dkim;
mod header_text;
pub mod layout;
pub mod link_mark;
pub mod message;
pub mod mjml;
pub mod oauth;
pub mod personalise;
mod quoted;
pub mod reading_order;
pub mod receive;
pub mod rejection;
pub mod smtp;
mod visible_link;
pub mod without_recipient;

pub use crate::address::mailbox::Mailbox;
