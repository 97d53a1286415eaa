//! How the page of a campaign shows its email.

use serde::Deserialize;

/// How the email is shown on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    #[default]
    Html,
    Phone,
    Dark,
    Text,
    Header,
}

impl View {
    pub const ALL: [Self; 5] = [
        Self::Html,
        Self::Phone,
        Self::Dark,
        Self::Text,
        Self::Header,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Phone => "phone",
            Self::Dark => "dark",
            Self::Text => "text",
            Self::Header => "header",
        }
    }
}
