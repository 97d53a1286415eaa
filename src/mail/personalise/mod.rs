//! Merge tags: `{{ name }}` and the like.
//!
//! Authors write MiniJinja in subjects, Markdown and layouts. That text passes through a
//! Markdown parser, a sanitiser, MJML and a CSS inliner, each of which would change braces and
//! quotes, while style sheets are full of braces that mean nothing here. So merge tags are
//! [replaced](Placeholders::protect) by words of letters and digits at the start, and
//! [restored](Placeholders::restore_html) at the end between delimiters from Unicode's private
//! use area, which no author's text may contain. Blocks (`{% if … %}`) pass through HTML as
//! [comments](blocks::mark), which are allowed wherever an element is, and are
//! [verified](blocks::verify) at the end.

mod blocks;
mod check;
mod delimiters;
mod error;
mod fields;
mod markdown;
mod outline;
mod placeholder;
mod placeholders;
mod request;
mod restore;
mod scan;
mod structure;
mod template;
mod url_values;

pub use blocks::{mark, nested, none_between_rows, verify};
pub use error::TemplateError;
pub use fields::{Fields, KNOWN_NAMES, Names, Rendered, Source};
pub use placeholders::{FoundPlaceholder, Placeholders};
pub use request::{RequestFields, RequestTemplate};
pub use scan::{Openings, end_of_expression};
pub use template::{
    Body, LINK_SUFFIX, MessageTemplate, SEEN_PICTURE_TAG, Segment, field, is_markup,
};
