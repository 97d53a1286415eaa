//! Text as people write and read it: languages, Markdown, safe HTML.
//!
//! Holds no state and knows neither the database nor the web.

pub mod locale;
