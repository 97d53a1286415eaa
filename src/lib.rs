//! Jarshy, a newsletter mailing-list manager.

#![forbid(unsafe_code)]

pub mod address;
pub mod clock;
pub mod config;
pub mod model;
pub mod text;
pub mod token;
