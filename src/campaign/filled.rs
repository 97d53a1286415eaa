//! A rendering filled in: for a recipient, or with sample values.

use super::Result;
use crate::content::site::Site;
use crate::context::Context;
use crate::mail::personalise::{Fields, MessageTemplate, Rendered, Source};
use crate::mail::without_recipient;
use crate::model::CampaignId;
use crate::store::campaign_renderings::Rendering;
use crate::text::locale::Preference;

/// A rendering as a template to be filled for each recipient.
///
/// # Errors
/// [`CampaignError::Template`](super::CampaignError::Template) names the expression that cannot be filled in.
pub fn template(rendering: &Rendering) -> Result<MessageTemplate> {
    Ok(MessageTemplate::compile(&Source {
        subject: rendering.subject.clone(),
        html: rendering.html.clone(),
        text: rendering.text.clone(),
    })?)
}

/// The rendering that a reader gets.
pub fn pick(renderings: &[Rendering], reader: Preference) -> Option<&Rendering> {
    reader.pick(renderings, |rendering| rendering.language)
}

/// A rendering filled in with sample values, for previews and the archive.
///
/// # Errors
/// [`CampaignError::Template`](super::CampaignError::Template) where an expression fails.
pub fn sample(
    cx: &Context,
    site: &Site,
    rendering: &Rendering,
    id: CampaignId,
) -> Result<Rendered> {
    let site_url = cx.config().public_url();
    let token = cx.keys.sign(&crate::token::Token::Sample);
    let reader = site.phrases(rendering.language).translate("mail-reader");
    let named = |text: &str| without_recipient::named(text, &reader);
    let rendering = Rendering {
        subject: named(&rendering.subject),
        html: named(&rendering.html),
        text: named(&rendering.text),
        ..rendering.clone()
    };
    Ok(template(&rendering)?.fill(&Fields {
        name: "",
        email: "you@example.org",
        language: rendering.language,
        attributes: &serde_json::json!({}),
        site_name: site.name(rendering.language),
        unsubscribe_url: &format!("{site_url}/unsubscribe/{token}"),
        preferences_url: &format!("{site_url}/preferences/{token}"),
        archive_url: &format!("{site_url}/archive/{id}?language={}", rendering.language),
    })?)
}
