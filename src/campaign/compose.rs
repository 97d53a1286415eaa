//! What a campaign says: its post rendered into the layout, once for each
//! language, with the personal parts left open.

use super::{CampaignError, Result};
use crate::content::post::FullPost;
use crate::content::site::Site;
use crate::context::Context;
use crate::mail::layout::{FooterLink, Layout, Slots};
use crate::mail::personalise::{Fields, Filled, Holes, MessageTemplate, Source};
use crate::model::CampaignId;
use crate::store::campaigns::Rendering;
use crate::store::posts::Variant;
use crate::text::locale::Language;
use crate::text::moment::{Calendar, zone};
use crate::text::phrase::{Phrases, Value};
use crate::text::{markdown, plain};

/// What goes into a rendering.
#[derive(Debug, Clone)]
pub struct Content<'a> {
    /// The subject line; where it is one of the post's titles, each language
    /// gets its own title instead.
    pub subject: &'a str,
    /// The design.
    pub layout: Layout,
    /// The post.
    pub post: &'a FullPost,
    /// The names of the lists it goes to, for the footer.
    pub list_names: &'a [String],
    /// Whether visitors may read it in the archive.
    pub is_public: bool,
}

/// Renders a campaign in every language its post has.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered or filled in.
pub fn render_all(cx: &Context, site: &Site, content: &Content<'_>) -> Result<Vec<Rendering>> {
    content
        .post
        .variants
        .iter()
        .map(|variant| render(cx, site, content, variant))
        .collect()
}

/// Renders a campaign in one language and checks that its personal parts can be
/// filled in.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered or filled in.
pub fn render(
    cx: &Context,
    site: &Site,
    content: &Content<'_>,
    variant: &Variant,
) -> Result<Rendering> {
    let language = variant.language;
    let phrases = Phrases(language);
    let site_url = cx.config.public_url();
    let mut holes = Holes::default();
    let body = holes.protect(&variant.body_markdown)?;
    let summary = holes.protect(&variant.summary)?;
    let title = holes.protect(&variant.title)?;
    let is_a_title = content
        .post
        .variants
        .iter()
        .any(|other| other.title == content.subject);
    let subject = match is_a_title {
        true => title.clone(),
        false => holes.protect(content.subject)?,
    };
    let post_url = format!(
        "{site_url}/posts/{}?language={language}",
        content.post.post.slug
    );
    let words = Words::new(cx, site, content, language);
    let links = footer_links(&mut holes, phrases, content.is_public);
    let slots = Slots {
        language: language.tag().to_owned(),
        site_name: site.name(language).to_owned(),
        site_url: site_url.clone(),
        preheader: summary.clone(),
        title: title.clone(),
        eyebrow: words.eyebrow.clone(),
        summary: summary.clone(),
        button_text: phrases.say("mail-campaign-read-more"),
        button_url: post_url.clone(),
        small_print: String::new(),
        reason: words.reason.clone(),
        footer_links: links.clone(),
    };
    let body_html = markdown::absolute(&markdown::to_html(&body), &site_url);
    let html = content.layout.render(&slots, &body_html)?;
    let text = plain_text(&title, &summary, &body, &words, &links, &site_url, phrases);
    let rendering = Rendering {
        language,
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
    let of = |wanted| {
        renderings
            .iter()
            .find(|rendering| rendering.language == wanted)
    };
    of(language)
        .or_else(|| of(Language::En))
        .or_else(|| renderings.first())
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

struct Words {
    eyebrow: String,
    reason: String,
}

impl Words {
    fn new(cx: &Context, site: &Site, content: &Content<'_>, language: Language) -> Self {
        let phrases = Phrases(language);
        let post = &content.post.post;
        let category = category(phrases, &post.category);
        let eyebrow = match post.published_at().zip(zone(&cx.config.time_zone).ok()) {
            Some((at, zone)) => format!("{category} · {}", Calendar::new(language, zone).date(at)),
            None => category,
        };
        let lists = content.list_names.join(", ");
        let reason = phrases.say_with(
            "mail-campaign-reason",
            &[
                ("count", Value::Number(content.list_names.len() as i64)),
                ("site", Value::Text(site.name(language))),
                ("lists", Value::Text(&lists)),
            ],
        );
        Self { eyebrow, reason }
    }
}

/// A category in the reader's language, where the site's words know it.
pub fn category(phrases: Phrases, category: &str) -> String {
    crate::model::list::Slug::from_title(category)
        .and_then(|slug| phrases.try_say(&format!("category-{slug}")))
        .unwrap_or_else(|| category.to_owned())
}

fn footer_links(holes: &mut Holes, phrases: Phrases, is_public: bool) -> Vec<FooterLink> {
    let mut link = |key: &str, hole: &str| FooterLink {
        text: phrases.say(key),
        url: holes.expression(hole),
    };
    let mut links = vec![
        link("mail-campaign-unsubscribe", "unsubscribe_url"),
        link("mail-campaign-preferences", "preferences_url"),
    ];
    if is_public {
        links.push(link("mail-campaign-view", "archive_url"));
    }
    links
}

fn plain_text(
    title: &str,
    summary: &str,
    body: &str,
    words: &Words,
    links: &[FooterLink],
    site_url: &str,
    phrases: Phrases,
) -> String {
    let rule = "-".repeat(plain::WIDTH.min(40));
    let article = plain::from_markdown(body, site_url, &phrases.say("mail-text-links"));
    let heading = plain::wrap(title, plain::WIDTH);
    let longest = heading
        .lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = format!(
        "{}\n\n{heading}\n{}\n\n",
        words.eyebrow,
        "=".repeat(longest)
    );
    if !summary.is_empty() {
        text.push_str(&format!("{}\n\n", plain::wrap(summary, plain::WIDTH)));
    }
    text.push_str(&format!(
        "{article}\n{rule}\n{}\n",
        plain::wrap(&words.reason, plain::WIDTH)
    ));
    for link in links {
        text.push_str(&format!("\n{}:\n{}\n", link.text, link.url));
    }
    text
}

impl From<crate::mail::address_line::MailboxError> for CampaignError {
    fn from(error: crate::mail::address_line::MailboxError) -> Self {
        CampaignError::From(error)
    }
}
