//! What the site publishes.

use super::string_enum::{UnknownValue, string_enum, unknown_value};

/// What kind of file a medium is, and so how a page shows it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<MediaKind>)]
pub enum MediaKind {
    /// Shown in the page.
    Picture,
    /// Played in the page.
    Audio,
    /// Offered for download.
    Document,
}
string_enum!(MediaKind);

impl MediaKind {
    /// The kind of a file by its media type (RFC 6838), where it is one that
    /// the site accepts. SVG is not: it can carry scripts.
    pub fn of(media_type: &str) -> Option<MediaKind> {
        match media_type {
            "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "image/avif" => {
                Some(MediaKind::Picture)
            }
            "audio/mpeg" | "audio/ogg" | "audio/mp4" | "audio/wav" => Some(MediaKind::Audio),
            "application/pdf" | "text/plain" => Some(MediaKind::Document),
            _ => None,
        }
    }
}

/// How often an event comes again.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<Repetition>)]
pub enum Repetition {
    /// Each day.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// Each year.
    Yearly,
}
string_enum!(Repetition);
