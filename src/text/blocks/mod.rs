//! Blocks that Markdown has no words for: buttons, columns, callouts.
//!
//! They are written as container directives between fences of colons. Their infos
//! are lifted out before Markdown is parsed ([`Fences`]), since an address has
//! colons and quotes of its own; what they hold becomes HTML with classes of a
//! fixed list ([`html`]), and that HTML the tables of an email ([`mail`]).
//! `crate::document` reads the same directives into a model.

mod attributes;
mod fences;
pub mod html;
pub mod mail;

pub use attributes::{Directive, escaped};
pub use fences::Fences;

/// The start of a line that may open or close a block.
pub const FENCE: &str = ":::";
