//! Text as people write and read it: languages, Markdown, safe HTML, plain text.
//!
//! Holds no state and knows neither the database nor the web.

pub mod bounds;
pub mod characters;
pub mod colour;
pub mod fold;
pub mod html;
pub mod links;
pub mod locale;
pub mod markdown;
pub mod markup;
pub mod moment;
pub mod phrase;
pub mod plain;
pub mod tables;
pub mod words;
