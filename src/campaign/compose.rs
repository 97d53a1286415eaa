//! Rendering one language of a campaign: its text in the layout, with placeholders
//! for merge tags.

use super::footer::Footer;
use super::pictures::{Pictures, with_own_icons};
use super::piece::{Body, Piece, Section};
use super::subjects::Subjects;
use super::{CampaignError, Result, filled};
use crate::content::site::Site;
use crate::context::Context;
use crate::mail::brand::Brand;
use crate::mail::design;
use crate::mail::layout::{Layout, LayoutContext};
use crate::mail::message::{CLIP_LIMIT, would_be_clipped};
use crate::mail::personalise::{
    MessageTemplate, Placeholders, Source, TemplateError, nested, none_between_rows,
};
use crate::mail::reading_order::in_reading_order;
use crate::model::ab_test::AbVariant;
use crate::model::calendar::StoredPart;
use crate::store::campaign_renderings::Rendering;
use crate::text::escape::without_merge_tags;
use crate::text::links::Base;
use crate::text::phrases::Phrases;
use crate::text::plain::Links;
use crate::text::{markdown, plain, tables};

/// What all languages share.
#[derive(Debug, Clone, Copy)]
pub struct Design<'a> {
    /// The subject line in each language.
    pub subjects: &'a Subjects,
    /// The layout.
    pub layout: &'a Layout,
    /// Colours, logo and postal address.
    pub brand: &'a Brand,
    /// The site's own pictures in it.
    pub pictures: &'a Pictures,
    /// The names of its lists, for the footer; none for a weekly
    /// digest, whose recipients are on different ones.
    pub list_names: &'a [String],
    /// Whether visitors may read it in the archive.
    pub is_public: bool,
}

/// Renders a piece in its layout and checks that its merge tags can be filled in.
/// in.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered or filled in.
pub fn render(cx: &Context, site: &Site, design: &Design<'_>, piece: &Piece) -> Result<Rendering> {
    let can_be_short = match &piece.body {
        Body::Sections(sections) => sections.iter().any(|section| section.short.is_some()),
        Body::Markdown(_) | Body::Mjml(_) | Body::Html(_) => false,
    };
    let piece = &piece.scrubbed();
    let mut room = ROOM;
    loop {
        let rendering = Setting::new(cx, site, design, piece).render(room)?;
        if !can_be_short || room < LEAST_ROOM || !would_be_clipped(&rendering.html) {
            return Ok(rendering);
        }
        // The estimate was too small.
        room -= room / 4;
    }
}

/// Bytes of sections after layout; the rest of what Gmail shows is for the layout
/// itself.
const ROOM: usize = CLIP_LIMIT - 20 * 1024;
/// Below this there is nothing left to shorten.
const LEAST_ROOM: usize = 16 * 1024;

/// Bytes of HTML once the layout's style is inlined.
fn estimated_size(html: &str) -> usize {
    let style = |tag: &str| match tag.split([' ', '>']).next().unwrap_or_default() {
        name if name.starts_with(['/', '!']) => 0,
        "td" | "th" | "table" | "blockquote" | "pre" | "h1" | "h2" | "h3" => 190,
        _ => 50,
    };
    html.len() + html.split('<').skip(1).map(style).sum::<usize>()
}

/// A body in both forms, with placeholders for merge tags.
struct Article {
    html: String,
    /// The HTML from which the text part is made.
    read: String,
    text: String,
}

/// A piece being rendered.
struct Setting<'a> {
    site: &'a Site,
    design: &'a Design<'a>,
    piece: &'a Piece,
    phrases: Phrases,
    base: Base,
    site_url: String,
    placeholders: Placeholders,
}

impl<'a> Setting<'a> {
    fn new(cx: &'a Context, site: &'a Site, design: &'a Design<'a>, piece: &'a Piece) -> Self {
        let site_url = cx.config().public_url();
        Self {
            phrases: site.phrases(piece.language),
            base: Base::new(&site_url),
            site_url,
            placeholders: Placeholders::default(),
            site,
            design,
            piece,
        }
    }

    fn render(mut self, room: usize) -> Result<Rendering> {
        let piece = self.piece;
        let (design, language) = (self.design, piece.language);
        let subject = self
            .placeholders
            .protect(&design.subjects.subject(language, &piece.title))?;
        let footer = Footer::new(
            &mut self.placeholders,
            &self.phrases,
            self.site,
            design.list_names,
            design.is_public,
            design.brand,
        );
        let (html, text) = match &piece.body {
            Body::Mjml(source) | Body::Html(source) => {
                let protected = self.placeholders.protect(source)?;
                let html = match &piece.body {
                    Body::Html(_) => design::render_html(&protected, &self.placeholders)?,
                    _ => design::render_mjml(&protected, &self.placeholders)?,
                };
                if !design::has_unsubscribe_link(&html, &self.placeholders) {
                    return Err(CampaignError::MissingUnsubscribeLink(language));
                }
                let html = self.base.resolve_all(&html);
                let html = design.pictures.lighten(&html, &self.site_url);
                let html = self.with_preheader(html, source)?;
                let read = in_reading_order(&html, &self.placeholders);
                let text = self.text_of(&read, source)?;
                (html, format!("{text}\n{}", footer.text()))
            }
            Body::Markdown(source) => {
                let article = self.article(source, None)?;
                self.in_layout(&article, &footer)?
            }
            Body::Sections(sections) => {
                let article = self.sections(sections, room)?;
                self.in_layout(&article, &footer)?
            }
        };
        let html = with_own_icons(&html, &self.site_url);
        let rendering = Rendering {
            variant: AbVariant::A,
            language,
            subject: self.placeholders.restore(&subject),
            from_name: design.subjects.from_name(language).to_owned(),
            html: self.placeholders.restore_html(&html),
            text: self.placeholders.restore(&text),
            calendar: StoredPart::default(),
        };
        filled::template(&rendering)?;
        Ok(rendering)
    }

    /// A whole email with the separate preheader, unless it has one
    /// and none is set for its language.
    fn with_preheader(&mut self, html: String, source: &str) -> Result<String> {
        let own = self.design.subjects.preheader(self.piece.language);
        let preheader = if source.contains("<mj-preview>") {
            own.unwrap_or_default()
        } else {
            own.unwrap_or(&self.piece.preheader)
        };
        if preheader.is_empty() {
            return Ok(html);
        }
        let preheader = self.placeholders.protect(preheader)?;
        Ok(design::with_preheader(&html, &preheader))
    }

    /// The text part of HTML that was rendered from `source`.
    fn text_of(&self, html: &str, source: &str) -> Result<String> {
        let label = self.phrases.translate("mail-text-links");
        let links = if source.contains("{%") {
            Links::Inline
        } else {
            Links::Listed(&label)
        };
        Ok(plain::from_html(html, links)?)
    }

    /// `anchors` keeps the anchors of one text apart from those of another.
    fn article(&mut self, source: &str, anchors: Option<&str>) -> Result<Article> {
        let protected = self.placeholders.protect(source)?;
        let protected = self.placeholders.with_autolinks(&protected);
        none_between_rows(&self.placeholders, &protected)?;
        let html = self.html_of(&protected, anchors)?;
        let html = match nested(&self.placeholders, &html) {
            Ok(()) => html,
            Err(error) => self.html_with_blocks_apart(&protected, anchors, error)?,
        };
        let read = self.base.resolve_all(&html);
        let text = self.text_of(&read, source)?;
        let html = self
            .design
            .pictures
            .fit(&read, &self.site_url, self.design.layout);
        let html = tables::keep_words_whole(&html);
        Ok(Article { html, read, text })
    }

    fn html_of(&self, markdown: &str, anchors: Option<&str>) -> Result<String> {
        let html = match anchors {
            Some(anchors) => markdown::to_html_with_anchors(markdown, anchors)?,
            None => markdown::to_html(markdown)?,
        };
        Ok(self.placeholders.unwrap_blocks(&html))
    }

    /// The same where a block that has its line to itself ended up in the
    /// paragraph or the list item in front of it, as Markdown has it.
    fn html_with_blocks_apart(
        &self,
        markdown: &str,
        anchors: Option<&str>,
        error: TemplateError,
    ) -> Result<String> {
        let apart = self.html_of(&self.placeholders.with_blocks_apart(markdown), anchors)?;
        let joined = self.placeholders.with_lists_joined(&apart);
        let mut fitting = [joined, apart].into_iter();
        let fitting = fitting.find(|html| nested(&self.placeholders, html).is_ok());
        fitting.ok_or_else(|| error.into())
    }

    fn sections(&mut self, sections: &[Section], room: usize) -> Result<Article> {
        let anchors = |at: usize| format!("s{}-", at + 1);
        let mut articles = Vec::with_capacity(sections.len());
        for (at, section) in sections.iter().enumerate() {
            articles.push((
                self.section(section, &anchors(at))?,
                section.short.as_deref(),
            ));
        }
        // The longest sections are shortened until the email fits.
        let size = |article: &Article| estimated_size(&article.html);
        while articles
            .iter()
            .map(|(article, _)| size(article))
            .sum::<usize>()
            > room
        {
            let can_be_short = articles
                .iter()
                .enumerate()
                .filter(|(_, (_, short))| short.is_some());
            let Some((at, _)) = can_be_short.max_by_key(|(_, (article, _))| size(article)) else {
                break;
            };
            let short = articles[at].1.take().unwrap_or_default();
            articles[at].0 = self.short(short, &anchors(at))?;
        }
        let articles: Vec<Article> = articles.into_iter().map(|(article, _)| article).collect();
        let (mut html, mut read, mut text) = (String::new(), String::new(), String::new());
        let mut rest = sections.iter().zip(&articles).peekable();
        while let Some((section, article)) = rest.next() {
            let Some(condition) = &section.condition else {
                // Unconditional sections share one text with one list of links.
                let mut together = article.read.clone();
                let mut sources = section.markdown.clone();
                html.push_str(&article.html);
                while let Some((next, article)) =
                    rest.next_if(|(section, _)| section.condition.is_none())
                {
                    html.push_str(&article.html);
                    together.push_str(&article.read);
                    sources.push_str(&next.markdown);
                }
                text.push_str(&format!("{}\n", self.text_of(&together, &sources)?));
                read.push_str(&together);
                continue;
            };
            let open = self.placeholders.block(&format!("if {condition}"));
            let close = self.placeholders.block("endif");
            html.push_str(&format!("{open}{}{close}", article.html));
            read.push_str(&format!("{open}{}{close}", article.read));
            text.push_str(&format!("{open}{}\n{close}", article.text));
        }
        Ok(Article { html, read, text })
    }

    /// A section, or its replacement, or that with its merge tags as
    /// typed: one author's mistake never affects the others.
    fn section(&mut self, section: &Section, anchors: &str) -> Result<Article> {
        let failed = match self.sound(&section.markdown, anchors) {
            Ok(article) => return Ok(article),
            Err(error) => error,
        };
        let Some(short) = &section.short else {
            return Err(failed);
        };
        tracing::warn!(error = %failed, "a text of a digest cannot be rendered; it is shortened");
        self.short(short, anchors)
    }

    fn short(&mut self, short: &str, anchors: &str) -> Result<Article> {
        if let Ok(article) = self.sound(short, anchors) {
            return Ok(article);
        }
        let html = self
            .base
            .resolve_all(&markdown::to_html_with_anchors(short, anchors)?);
        let text = self.text_of(&html, "")?;
        Ok(Article {
            read: html.clone(),
            html,
            text,
        })
    }

    /// A section whose merge tags can be filled in on their own.
    fn sound(&mut self, source: &str, anchors: &str) -> Result<Article> {
        let before = self.placeholders.clone();
        let article = self.article(source, Some(anchors)).and_then(|article| {
            MessageTemplate::compile(&Source {
                subject: String::new(),
                html: self.placeholders.restore_html(&article.html),
                text: self.placeholders.restore(&article.text),
            })?;
            Ok(article)
        });
        if article.is_err() {
            self.placeholders = before;
        }
        article
    }

    /// The HTML part and the text part around a body.
    fn in_layout(&mut self, article: &Article, footer: &Footer) -> Result<(String, String)> {
        let piece = self.piece;
        let language = piece.language;
        let preheader = self
            .design
            .subjects
            .preheader(language)
            .unwrap_or(&piece.preheader);
        let summary = self.placeholders.protect(&piece.summary)?;
        let title = self.placeholders.protect(&piece.title)?;
        let (button_text, button_url) = piece.button.clone().unwrap_or_default();
        let context = LayoutContext {
            language: language.tag().to_owned(),
            site_name: without_merge_tags(self.site.name(language)),
            site_url: self.site_url.clone(),
            preheader: self.placeholders.protect(preheader)?,
            title: title.clone(),
            eyebrow: without_merge_tags(&piece.eyebrow),
            summary: summary.clone(),
            button_text,
            button_url,
            small_print: String::new(),
            reason: footer.reason.clone(),
            footer_links: footer.links.clone(),
            brand: self.design.brand.clone(),
        };
        let html =
            self.design
                .layout
                .render_personal(&context, &article.html, &self.placeholders)?;
        let heading = plain::wrap(&title, plain::WIDTH);
        let mut text = if piece.eyebrow.is_empty() {
            String::new()
        } else {
            format!("{}\n\n", piece.eyebrow)
        };
        text.push_str(&format!(
            "{heading}\n{}\n\n",
            plain::underline(&heading, "=")
        ));
        if !summary.is_empty() {
            text.push_str(&format!("{}\n\n", plain::wrap(&summary, plain::WIDTH)));
        }
        text.push_str(&article.text);
        if let Some((words, url)) = &piece.button {
            text.push_str(&format!("\n{words}:\n{url}\n"));
        }
        Ok((
            self.base.resolve_all(&html),
            format!("{text}\n{}", footer.text()),
        ))
    }
}
