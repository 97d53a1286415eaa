//! Jarshy, a newsletter mailing-list manager.

#![forbid(unsafe_code)]

pub mod account;
pub mod address;
pub mod app;
pub mod audience;
pub mod campaign;
pub mod catcher;
pub mod cli;
pub mod clock;
pub mod config;
pub mod content;
pub mod context;
pub mod delivery;
pub mod mail;
pub mod model;
pub mod store;
pub mod text;
pub mod token;
pub mod web;
