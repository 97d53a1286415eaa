//! Merge tags: `{{ name }}` and the like.
//!
//! Authors write MiniJinja in subjects, Markdown and layouts. On its way to an
//! inbox such text goes through a Markdown parser, a sanitiser, MJML and a CSS
//! inliner, each of which would bend braces and quotes, while style sheets are
//! full of braces that mean nothing here. So expressions are [lifted
//! out](Placeholders::protect) at the start, a word of letters and digits standing in
//! for each, and [put back](Placeholders::restore_html) at the end between delimiters
//! from Unicode's private use area, which no author's text may hold. Blocks
//! (`{% if … %}`) cross HTML as [comments](blocks::mark), which may stand
//! wherever an element may, and are looked for again [at the end](blocks::verify).

mod blocks;
mod check;
mod delimiters;
mod error;
mod fields;
mod markdown;
mod outline;
mod placeholder;
mod placeholders;
mod restore;
mod scan;
mod structure;
mod template;
mod url_values;

pub use blocks::{mark, nested, none_between_rows, verify};
pub use error::TemplateError;
pub use fields::{Fields, KNOWN_NAMES, Rendered, Source};
pub use placeholders::{FoundPlaceholder, Placeholders};
pub use template::{Body, MessageTemplate, Segment, escape_html, field};
