//! Text processing: languages, Markdown, safe HTML, plain text.
//!
//! Holds no state and knows neither the database nor the web.

pub mod blocks;
pub mod bounds;
pub mod case_folding;
pub mod catalogue;
pub mod characters;
pub mod colour;
pub mod datetime;
pub mod encoded_words;
pub mod escape;
mod fluent;
pub mod fluent_file;
pub mod html;
mod language_table;
pub mod line;
pub mod links;
pub mod locale;
pub mod markdown;
pub mod markup;
pub mod messages;
pub mod month;
pub mod numbers;
pub mod overrides;
pub mod phrase;
pub mod phrases;
pub mod plain;
pub mod spreadsheet_cell;
pub mod tables;
pub mod translation_check;
pub mod transliteration;
