//! Writing together: what the pages of posts and campaigns share where several people work on
//! one text.
//!
//! [`merging`] asks what stays where two changed the same, [`comparison`] shows two versions,
//! [`comments`] what people say about them, [`presence`] who has the form open, and [`translating`]
//! puts a text beside its translation.

pub mod comments;
pub mod comparison;
pub mod merging;
pub mod presence;
pub mod translating;
