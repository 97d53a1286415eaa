//! What an admin chooses to mail: a post, a digest, Markdown, or a whole email in
//! MJML or HTML.

use serde::{Deserialize, Serialize};

use super::{CampaignError, Result};
use crate::content::post::BODY_LIMIT;
use crate::model::campaign::ContentKind;
use crate::model::list::Slug;
use crate::store::campaign_contents::CampaignText;
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::text::markup;

const PREHEADER_LIMIT: usize = 300;

/// What an admin chooses to mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContentSpec {
    /// The post of this slug.
    Post(Slug),
    /// Posts and events in this order, under a text of its own.
    Digest {
        /// The posts.
        posts: Vec<Slug>,
        /// The events.
        events: Vec<Slug>,
        /// The text above them; may be empty.
        texts: Vec<CampaignText>,
    },
    /// Markdown, for a layout.
    Markdown(Vec<CampaignText>),
    /// Whole mails in MJML.
    Mjml(Vec<CampaignText>),
    /// Whole mails in HTML.
    Html(Vec<CampaignText>),
}

impl ContentSpec {
    /// What it is made of.
    pub fn kind(&self) -> ContentKind {
        match self {
            ContentSpec::Post(_) => ContentKind::Post,
            ContentSpec::Digest { .. } => ContentKind::Digest,
            ContentSpec::Markdown(_) => ContentKind::Markdown,
            ContentSpec::Mjml(_) => ContentKind::Mjml,
            ContentSpec::Html(_) => ContentKind::Html,
        }
    }

    /// The languages of its own texts.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.texts().iter().map(|text| text.language)
    }

    /// Its own texts.
    pub fn texts(&self) -> &[CampaignText] {
        match self {
            ContentSpec::Post(_) => &[],
            ContentSpec::Digest { texts, .. }
            | ContentSpec::Markdown(texts)
            | ContentSpec::Mjml(texts)
            | ContentSpec::Html(texts) => texts,
        }
    }

    /// Sets its own text in a language; a post has none.
    pub fn set_text(&mut self, text: CampaignText) {
        if let ContentSpec::Digest { texts, .. }
        | ContentSpec::Markdown(texts)
        | ContentSpec::Mjml(texts)
        | ContentSpec::Html(texts) = self
        {
            texts.retain(|one| one.language != text.language);
            texts.push(text);
            texts.sort_by_key(|one| one.language);
        }
    }

    /// The same with its texts checked and cleaned up.
    ///
    /// # Errors
    /// [`CampaignError`] names what is missing or invalid.
    pub fn tidied(&self) -> Result<Self> {
        Ok(match self {
            ContentSpec::Post(slug) => ContentSpec::Post(slug.clone()),
            ContentSpec::Digest {
                posts,
                events,
                texts,
            } => {
                if posts.is_empty() && events.is_empty() {
                    return Err(CampaignError::NoItem);
                }
                let given = texts.iter().filter(|text| !is_blank(text));
                ContentSpec::Digest {
                    posts: posts.clone(),
                    events: events.clone(),
                    texts: given.map(|text| tidy(text, false)).collect::<Result<_>>()?,
                }
            }
            ContentSpec::Markdown(texts) => ContentSpec::Markdown(whole(texts)?),
            ContentSpec::Mjml(texts) => ContentSpec::Mjml(with_unsubscribe_link(texts)?),
            ContentSpec::Html(texts) => ContentSpec::Html(with_unsubscribe_link(texts)?),
        })
    }
}

fn is_blank(text: &CampaignText) -> bool {
    [&text.title, &text.preheader, &text.body]
        .iter()
        .all(|part| part.trim().is_empty())
}

/// Texts that must not be empty, since there is nothing else to mail.
fn whole(texts: &[CampaignText]) -> Result<Vec<CampaignText>> {
    let given: Vec<_> = texts.iter().filter(|text| !is_blank(text)).collect();
    if given.is_empty() {
        return Err(CampaignError::NoText);
    }
    given.into_iter().map(|text| tidy(text, true)).collect()
}

/// Whole mails, which must say how to leave. Whether the link is seen shows when
/// they are rendered ([`compose`](super::compose)); what the source already shows is reported at once.
fn with_unsubscribe_link(texts: &[CampaignText]) -> Result<Vec<CampaignText>> {
    let texts = whole(texts)?;
    let names_it = |text: &CampaignText| {
        let mut tokens = markup::tokens(&text.body);
        tokens.any(|token| {
            matches!(token.kind, markup::Kind::Open(_)) && token.raw.contains("unsubscribe_url")
        })
    };
    match texts.iter().find(|text| !names_it(text)) {
        Some(text) => Err(CampaignError::MissingUnsubscribeLink(text.language)),
        None => Ok(texts),
    }
}

fn tidy(text: &CampaignText, must_be_whole: bool) -> Result<CampaignText> {
    let wrong = |cause: String| CampaignError::Text {
        language: text.language,
        cause,
    };
    let title = match text.title.trim() {
        "" if !must_be_whole => String::new(),
        title => Title::parse(title)
            .map_err(|error| wrong(format!("the title {error}")))?
            .to_string(),
    };
    let preheader = text
        .preheader
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if preheader.chars().count() > PREHEADER_LIMIT {
        return Err(wrong(
            "the preheader has more than 300 characters".to_owned(),
        ));
    }
    if text.body.len() > BODY_LIMIT {
        return Err(wrong("the text is longer than 256 KiB".to_owned()));
    }
    if must_be_whole && text.body.trim().is_empty() {
        return Err(wrong("the text must not be empty".to_owned()));
    }
    Ok(CampaignText {
        language: text.language,
        title,
        preheader,
        body: text.body.replace("\r\n", "\n"),
    })
}
