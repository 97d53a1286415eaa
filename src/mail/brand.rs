//! What emails show of the site: colour, logo, postal address.

use serde::Serialize;

use crate::text::colour::MailColours;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brand {
    /// Links, and the ground of buttons.
    pub accent: String,
    /// Links in dark mode.
    pub accent_dark: String,
    /// Text on the accent.
    pub on_accent: String,
    /// Lines that adorn.
    pub rule: String,
    /// The same in dark mode.
    pub rule_dark: String,
    /// An absolute address; empty for none.
    pub logo_url: String,
    /// In points as it is shown.
    pub logo_width: i64,
    /// In points as it is shown.
    pub logo_height: i64,
    /// Where the sender can be reached by post, line by line; may be empty.
    pub postal_lines: Vec<String>,
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            accent: "#00607a".to_owned(),
            accent_dark: "#6fd0ea".to_owned(),
            on_accent: "#ffffff".to_owned(),
            rule: "#c99700".to_owned(),
            rule_dark: "#e0b64a".to_owned(),
            logo_url: String::new(),
            logo_width: 0,
            logo_height: 0,
            postal_lines: Vec::new(),
        }
    }
}

impl Brand {
    /// The same in a site's own colours.
    #[must_use]
    pub fn coloured(self, colours: &MailColours) -> Self {
        Self {
            accent: colours.accent.to_string(),
            accent_dark: colours.accent_dark.to_string(),
            on_accent: colours.on_accent.to_string(),
            rule: colours.accent.to_string(),
            rule_dark: colours.accent_dark.to_string(),
            ..self
        }
    }
}
