//! Jarshy, a newsletter mailing-list manager.

#![forbid(unsafe_code)]

pub mod address;
pub mod text;
