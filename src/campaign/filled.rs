//! A rendering filled in: for a recipient, or with sample values.

use super::Result;
use crate::content::site::Site;
use crate::context::Context;
use crate::mail::personalise::{Fields, MessageTemplate, Rendered, Source};
use crate::mail::without_recipient;
use crate::model::{CampaignId, SubscriberId};
use crate::store::campaign_renderings::Rendering;
use crate::text::locale::Preference;

/// The address of a preview that is nobody's.
pub const NOBODY: &str = "you@example.org";

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

/// A person whose email a preview or a test shows.
#[derive(Debug, Clone)]
pub struct PreviewReader {
    /// `None` for nobody in particular.
    pub id: Option<SubscriberId>,
    /// May be empty.
    pub name: String,
    pub email: String,
    /// A JSON object.
    pub attributes: serde_json::Value,
}

impl PreviewReader {
    /// What the audit log says of a test of `what` as this person's email.
    pub fn subject(reader: Option<&Self>, what: impl std::fmt::Display) -> String {
        match reader.and_then(|reader| reader.id) {
            Some(id) => format!("{what} as subscriber {id}"),
            None => what.to_string(),
        }
    }
}

/// A rendering filled in as a person gets it, or else with sample values.
///
/// # Errors
/// As [`sample`].
pub fn of(
    cx: &Context,
    site: &Site,
    rendering: &Rendering,
    id: CampaignId,
    reader: Option<&PreviewReader>,
) -> Result<Rendered> {
    match reader {
        Some(reader) => as_reader(cx, site, rendering, id, reader),
        None => sample(cx, site, rendering, id),
    }
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
    let reader = site.phrases(rendering.language).translate("mail-reader");
    let named = |text: &str| without_recipient::named(text, &reader);
    let rendering = Rendering {
        subject: named(&rendering.subject),
        html: named(&rendering.html),
        text: named(&rendering.text),
        ..rendering.clone()
    };
    let nobody = PreviewReader {
        id: None,
        name: String::new(),
        email: NOBODY.to_owned(),
        attributes: serde_json::json!({}),
    };
    as_reader(cx, site, &rendering, id, &nobody)
}

/// A rendering filled in as a person gets it, but for its links: those of a preview do nothing to
/// anybody.
fn as_reader(
    cx: &Context,
    site: &Site,
    rendering: &Rendering,
    id: CampaignId,
    reader: &PreviewReader,
) -> Result<Rendered> {
    let site_url = cx.config().public_url();
    let token = cx.keys.sign(&crate::token::Token::Sample);
    Ok(template(rendering)?.fill(&Fields {
        name: &reader.name,
        email: &reader.email,
        language: rendering.language,
        attributes: &reader.attributes,
        site_name: site.name(rendering.language),
        unsubscribe_url: &format!("{site_url}/unsubscribe/{token}"),
        preferences_url: &format!("{site_url}/preferences/{token}"),
        archive_url: &format!("{site_url}/archive/{id}?language={}", rendering.language),
        link_suffix: "",
        seen_picture: "",
    })?)
}
