//! What emails show of the site: colours, fonts, logo, footer, postal address, profiles.

use serde::Serialize;

use crate::model::brand_kit::{Font, SocialProfile};
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
    /// Headings.
    pub heading: String,
    /// The same in dark mode.
    pub heading_dark: String,
    /// The `font-family` of texts.
    pub font: &'static str,
    /// The `font-family` of headings and quotes.
    pub heading_font: &'static str,
    /// An absolute address; empty for none.
    pub logo_url: String,
    /// In points as it is shown.
    pub logo_width: i64,
    /// In points as it is shown.
    pub logo_height: i64,
    /// Where the sender can be reached by post, line by line; may be empty.
    pub postal_lines: Vec<String>,
    /// What the site says at the end of emails, line by line, in the email's language.
    pub footer_lines: Vec<String>,
    /// The organisation on social networks.
    pub social_links: Vec<SocialProfile>,
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
            heading: "#10242e".to_owned(),
            heading_dark: "#f2f6f8".to_owned(),
            font: Font::System.stack(),
            heading_font: Font::Georgia.stack(),
            postal_lines: Vec::new(),
            footer_lines: Vec::new(),
            social_links: Vec::new(),
        }
    }
}

impl Brand {
    /// The end of a text part: what the site says there, its profiles and postal address, with a
    /// line between them; empty where there is nothing.
    pub fn footer_text(&self) -> String {
        let profile = |profile: &SocialProfile| format!("{}: {}", profile.name, profile.url);
        let profiles: Vec<String> = self.social_links.iter().map(profile).collect();
        let parts = [&self.footer_lines, &profiles, &self.postal_lines];
        let parts = parts.into_iter().filter(|lines| !lines.is_empty());
        let parts: Vec<String> = parts.map(|lines| lines.join("\n")).collect();
        parts.join("\n\n")
    }

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
