//! What a campaign says in one language, set in its layout, with the personal
//! parts left open.

use super::{CampaignError, Result};
use crate::content::site::Site;
use crate::context::Context;
use crate::mail::layout::{self, FooterLink, Layout, Slots};
use crate::mail::personalise::{Fields, Filled, Holes, MessageTemplate, Source};
use crate::model::CampaignId;
use crate::store::campaigns::Rendering;
use crate::text::locale::Language;
use crate::text::phrase::{Phrases, Value};
use crate::text::{markdown, plain};

/// What is the same in every language.
#[derive(Debug, Clone, Copy)]
pub struct Design<'a> {
    /// The subject line; where it is one of the `titles`, each language gets
    /// its own title instead.
    pub subject: &'a str,
    /// The titles of all languages.
    pub titles: &'a [String],
    /// The layout.
    pub layout: &'a Layout,
    /// The names of the lists it goes to, for the footer; none for a weekly
    /// digest, whose readers are on different ones.
    pub list_names: &'a [String],
    /// Whether visitors may read it in the archive.
    pub is_public: bool,
}

/// What a campaign says in one language, before it is laid out.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The language.
    pub language: Language,
    /// The headline.
    pub title: String,
    /// The line that inboxes show behind the subject.
    pub preheader: String,
    /// Above the headline; may be empty.
    pub eyebrow: String,
    /// The standfirst; may be empty.
    pub summary: String,
    /// The rest.
    pub body: Body,
    /// Under the body: what it says and where it leads.
    pub button: Option<(String, String)>,
}

/// How the text of a mail is written.
#[derive(Debug, Clone)]
pub enum Body {
    /// For the layout's body.
    Markdown(String),
    /// A whole mail; the layout is passed by.
    Mjml(String),
    /// For the layout's body, and for the text part apart.
    Parts {
        /// For the layout's body.
        markdown: String,
        /// The text part.
        text: String,
    },
}

/// Sets a piece in its layout and checks that its personal parts can be filled
/// in.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered or filled in.
pub fn render(cx: &Context, site: &Site, design: &Design<'_>, piece: &Piece) -> Result<Rendering> {
    let phrases = site.phrases(piece.language);
    let mut holes = Holes::default();
    let subject = match design.titles.iter().any(|title| title == design.subject) {
        true => &piece.title,
        false => design.subject,
    };
    let subject = holes.protect(subject)?;
    let footer = Footer::new(&mut holes, &phrases, site, design);
    let site_url = cx.config.public_url();
    let (html, text) = match &piece.body {
        Body::Markdown(source)
        | Body::Parts {
            markdown: source, ..
        } => {
            let body = holes.protect(source)?;
            let summary = holes.protect(&piece.summary)?;
            let title = holes.protect(&piece.title)?;
            let (button_text, button_url) = piece.button.clone().unwrap_or_default();
            let slots = Slots {
                language: piece.language.tag().to_owned(),
                site_name: site.name(piece.language).to_owned(),
                site_url: site_url.clone(),
                preheader: holes.protect(&piece.preheader)?,
                title: title.clone(),
                eyebrow: piece.eyebrow.clone(),
                summary: summary.clone(),
                button_text,
                button_url,
                small_print: String::new(),
                reason: footer.reason.clone(),
                footer_links: footer.links.clone(),
            };
            let body_html = holes.unwrap_blocks(&markdown::to_html(&body)?);
            let body_html = markdown::absolute(&body_html, &site_url);
            let html = design.layout.render(&slots, &body_html)?;
            let article = match &piece.body {
                Body::Parts { text, .. } => holes.protect(text)?,
                _ => plain::from_markdown(&body, &site_url, &phrases.say("mail-text-links"))?,
            };
            (
                html,
                plain_text(&title, &summary, &article, &piece.eyebrow, &footer),
            )
        }
        Body::Mjml(source) => {
            let html = layout::render_design(&holes.protect(source)?)?;
            let text = plain::from_html(&html)?;
            (html, format!("{text}\n{}", footer.text()))
        }
    };
    let rendering = Rendering {
        language: piece.language,
        subject: holes.restore(&subject),
        html: holes.restore(&html),
        text: holes.restore(&text),
    };
    template(&rendering)?;
    Ok(rendering)
}

/// A rendering as a template to be filled for each recipient.
///
/// # Errors
/// [`CampaignError::Template`] names the expression that cannot be filled in.
pub fn template(rendering: &Rendering) -> Result<MessageTemplate> {
    Ok(MessageTemplate::compile(&Source {
        subject: rendering.subject.clone(),
        html: rendering.html.clone(),
        text: rendering.text.clone(),
    })?)
}

/// The rendering for readers of `language`: theirs, or English, or any.
pub fn pick(renderings: &[Rendering], language: Language) -> Option<&Rendering> {
    best(renderings, language, |rendering| rendering.language)
}

/// The piece for readers of `language`: theirs, or English, or any.
pub fn pick_piece(pieces: &[Piece], language: Language) -> Option<&Piece> {
    best(pieces, language, |piece| piece.language)
}

fn best<T>(all: &[T], wanted: Language, language: impl Fn(&T) -> Language) -> Option<&T> {
    let of = |wanted| all.iter().find(|one| language(one) == wanted);
    of(wanted).or_else(|| of(Language::En)).or(all.first())
}

/// A rendering filled in for nobody in particular: for previews and the archive.
///
/// # Errors
/// [`CampaignError::Template`] where an expression fails.
pub fn sample(cx: &Context, site: &Site, rendering: &Rendering, id: CampaignId) -> Result<Filled> {
    let site_url = cx.config.public_url();
    let token = cx.keys.sign(&crate::token::Token::Sample);
    Ok(template(rendering)?.fill(&Fields {
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

/// A category in the reader's language, where the site's words know it.
pub fn category(phrases: &Phrases, category: &str) -> String {
    crate::model::list::Slug::from_title(category)
        .and_then(|slug| phrases.try_say(&format!("category-{slug}")))
        .unwrap_or_else(|| category.to_owned())
}

/// Why the reader gets the mail, and how to leave.
struct Footer {
    reason: String,
    links: Vec<FooterLink>,
}

impl Footer {
    fn new(holes: &mut Holes, phrases: &Phrases, site: &Site, design: &Design<'_>) -> Self {
        let site_name = site.name(phrases.language);
        let lists = design.list_names.join(", ");
        let reason = match lists.is_empty() {
            true => phrases.say1("mail-weekly-reason", "site", site_name),
            false => phrases.say_with(
                "mail-campaign-reason",
                &[
                    ("count", Value::Number(design.list_names.len() as i64)),
                    ("site", Value::Text(site_name)),
                    ("lists", Value::Text(&lists)),
                ],
            ),
        };
        let mut link = |key: &str, hole: &str| FooterLink {
            text: phrases.say(key),
            url: holes.expression(hole),
        };
        let mut links = vec![
            link("mail-campaign-unsubscribe", "unsubscribe_url"),
            link("mail-campaign-preferences", "preferences_url"),
        ];
        if design.is_public {
            links.push(link("mail-campaign-view", "archive_url"));
        }
        Self { reason, links }
    }

    fn text(&self) -> String {
        let rule = "-".repeat(plain::WIDTH.min(40));
        let mut text = format!("{rule}\n{}\n", plain::wrap(&self.reason, plain::WIDTH));
        for link in &self.links {
            text.push_str(&format!("\n{}:\n{}\n", link.text, link.url));
        }
        text
    }
}

fn plain_text(title: &str, summary: &str, article: &str, eyebrow: &str, footer: &Footer) -> String {
    let heading = plain::wrap(title, plain::WIDTH);
    let longest = heading
        .lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = match eyebrow.is_empty() {
        true => String::new(),
        false => format!("{eyebrow}\n\n"),
    };
    text.push_str(&format!("{heading}\n{}\n\n", "=".repeat(longest)));
    if !summary.is_empty() {
        text.push_str(&format!("{}\n\n", plain::wrap(summary, plain::WIDTH)));
    }
    format!("{text}{article}\n{}", footer.text())
}

impl From<crate::mail::address_line::MailboxError> for CampaignError {
    fn from(error: crate::mail::address_line::MailboxError) -> Self {
        CampaignError::From(error)
    }
}
