//! The text of a campaign in one language, before it is laid out.

use crate::model::list::Slug;
use crate::text::characters;
use crate::text::locale::{Language, Preference};
use crate::text::phrases::Phrases;

/// The text of a campaign in one language, before it is laid out.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The language.
    pub language: Language,
    /// The headline.
    pub title: String,
    /// The line that inboxes show after the subject.
    pub preheader: String,
    /// Above the headline; may be empty.
    pub eyebrow: String,
    /// The standfirst; may be empty.
    pub summary: String,
    /// The body.
    pub body: Body,
    /// The button under the body: label and URL.
    pub button: Option<(String, String)>,
}

impl Piece {
    /// Removes characters that [`characters`] forbids: the text may have been stored
    /// before the rule.
    pub(super) fn scrubbed(&self) -> Self {
        let scrub = |text: &String| characters::scrub(text).into_owned();
        let line = |text: &String| scrub(text).replace(['\n', '\t'], " ");
        Self {
            language: self.language,
            title: line(&self.title),
            preheader: line(&self.preheader),
            eyebrow: line(&self.eyebrow),
            summary: scrub(&self.summary),
            body: match &self.body {
                Body::Markdown(source) => Body::Markdown(scrub(source)),
                Body::Mjml(source) => Body::Mjml(scrub(source)),
                Body::Html(source) => Body::Html(scrub(source)),
                Body::Sections(sections) => {
                    let section = |section: &Section| Section {
                        condition: section.condition.clone(),
                        markdown: scrub(&section.markdown),
                        short: section.short.as_ref().map(scrub),
                    };
                    Body::Sections(sections.iter().map(section).collect())
                }
            },
            button: self.button.clone(),
        }
    }
}

/// The format of a body.
#[derive(Debug, Clone)]
pub enum Body {
    /// Markdown for the layout's body.
    Markdown(String),
    /// A whole email in MJML; the layout is not used.
    Mjml(String),
    /// A whole email in HTML; the layout is not used.
    Html(String),
    /// Independent texts for the layout's body.
    Sections(Vec<Section>),
}

/// A part of a body that is rendered by itself: an unclosed element of one author
/// ends with it, and its anchors and footnotes are its own.
#[derive(Debug, Clone)]
pub struct Section {
    /// The condition for showing it, as a merge tag expression; `None` for always.
    pub condition: Option<String>,
    /// Its Markdown.
    pub markdown: String,
    /// The replacement if it cannot be rendered or makes the email too long; `None`
    /// if that is an error.
    pub short: Option<String>,
}

impl Body {
    /// Its sources.
    pub fn sources(&self) -> Vec<&str> {
        match self {
            Body::Markdown(source) | Body::Mjml(source) | Body::Html(source) => vec![source],
            Body::Sections(sections) => {
                let sources = sections.iter().map(|section| section.markdown.as_str());
                sources.collect()
            }
        }
    }
}

/// The piece that a reader gets.
pub fn pick_piece(pieces: &[Piece], reader: Preference) -> Option<&Piece> {
    reader.pick(pieces, |piece| piece.language)
}

/// A category in the reader's language, if it is translated.
pub fn category(phrases: &Phrases, category: &str) -> String {
    Slug::from_title(category)
        .and_then(|slug| phrases.try_translate(&format!("category-{slug}")))
        .unwrap_or_else(|| category.to_owned())
}
