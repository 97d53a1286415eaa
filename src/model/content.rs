//! What the site publishes.

use super::string_enum::string_enum;

string_enum! {
    /// What kind of file a medium is, and so how a page shows it.
    pub enum MediaKind {
        /// Shown in the page.
        Picture,
        /// Played in the page.
        Audio,
        /// Offered for download.
        Document,
    }
}

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

string_enum! {
    /// How often an event comes again.
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
}

string_enum! {
    /// What can be in the trash.
    pub enum TrashKind {
        /// A post.
        Post,
        /// An event.
        Event,
        /// An uploaded file.
        Media,
        /// A layout, or an admin's changes to a shipped one.
        Layout,
        /// A snippet.
        Snippet,
    }
}
