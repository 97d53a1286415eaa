//! What the site publishes.

use super::word::words;

words! {
    /// What kind of file a medium is, and so how a page shows it.
    MediaKind {
        /// Shown in the page.
        Picture = "picture",
        /// Played in the page.
        Audio = "audio",
        /// Offered for download.
        Document = "document",
    }
}

impl MediaKind {
    /// The kind of a file by its media type (RFC 6838), where it is one that
    /// the site takes. SVG is none: it can carry scripts.
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

words! {
    /// How often an event comes again.
    Repetition {
        /// Each day.
        Daily = "daily",
        /// Each week.
        Weekly = "weekly",
        /// Each month.
        Monthly = "monthly",
        /// Each year.
        Yearly = "yearly",
    }
}
