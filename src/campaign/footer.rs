//! The footer of a campaign's email.

use crate::content::site::Site;
use crate::mail::brand::Brand;
use crate::mail::layout::FooterLink;
use crate::mail::personalise::Placeholders;
use crate::text::escape::without_merge_tags;
use crate::text::phrases::{Phrases, Value};
use crate::text::plain;

/// Why the recipient gets the email, and how to unsubscribe.
pub(super) struct Footer {
    pub reason: String,
    pub links: Vec<FooterLink>,
    brand_text: String,
}

impl Footer {
    pub(super) fn new(
        placeholders: &mut Placeholders,
        phrases: &Phrases,
        site: &Site,
        list_names: &[String],
        is_public: bool,
        brand: &Brand,
    ) -> Self {
        let site_name = site.name(phrases.language);
        let lists = list_names.join(", ");
        let reason = if lists.is_empty() {
            phrases.translate_with("mail-weekly-reason", "site", site_name)
        } else {
            phrases.translate_args(
                "mail-campaign-reason",
                &[
                    ("count", Value::Number(list_names.len() as i64)),
                    ("site", Value::Text(site_name)),
                    ("lists", Value::Text(&lists)),
                ],
            )
        };
        let mut link = |key: &str, placeholder: &str| FooterLink {
            text: phrases.translate(key),
            url: placeholders.expression(placeholder),
        };
        let mut links = vec![
            link("mail-campaign-unsubscribe", "unsubscribe_url"),
            link("mail-campaign-preferences", "preferences_url"),
        ];
        if is_public {
            links.push(link("mail-campaign-view", "archive_url"));
        }
        Self {
            // Names of lists and of the site are no templates.
            reason: without_merge_tags(&reason),
            links,
            brand_text: brand.footer_text(),
        }
    }

    pub(super) fn text(&self) -> String {
        let rule = "-".repeat(plain::WIDTH.min(40));
        let mut text = format!("{rule}\n{}\n", plain::wrap(&self.reason, plain::WIDTH));
        for link in &self.links {
            text.push_str(&format!("\n{}:\n{}\n", link.text, link.url));
        }
        if !self.brand_text.is_empty() {
            text.push_str(&format!("\n{}\n", self.brand_text));
        }
        text
    }
}
