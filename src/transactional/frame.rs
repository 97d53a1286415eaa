//! Lays an email out in the layout for transactional email.

use crate::campaign::{CampaignError, branding, layouts};
use crate::content::site;
use crate::context::Context;
use crate::delivery::WriteError;
use crate::mail::brand::Brand;
use crate::mail::layout::{FooterLink, Layout, LayoutContext, LayoutError};
use crate::mail::link_mark::{self, LINK_MARK};
use crate::mail::personalise::Rendered;
use crate::render::{self, Budget};
use crate::text::escape::{escape_html, without_merge_tags};
use crate::text::links::Base;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::text::plain;

/// The texts of an email before they are laid out.
pub(super) struct Texts {
    pub(super) subject: String,
    pub(super) preheader: String,
    pub(super) heading: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) items: Vec<String>,
    pub(super) button: (String, String),
    pub(super) small_print: Vec<String>,
    /// A further link in the footer: its text and URL.
    pub(super) footnote: Option<(String, String)>,
}

/// What stands between the heading of an email and its button, in both forms.
pub(super) struct Middle {
    pub(super) html: String,
    pub(super) text: String,
}

impl Texts {
    fn middle(&self) -> Middle {
        let paragraph = |text: &String| format!("<p>{}</p>", escape_html(text));
        let mut html: String = self.paragraphs.iter().map(paragraph).collect();
        let mut text = String::new();
        for paragraph in &self.paragraphs {
            text.push_str(&format!("\n{}\n", plain::wrap(paragraph, plain::WIDTH)));
        }
        if !self.items.is_empty() {
            let items = self.items.iter();
            let items: String = items
                .map(|item| format!("<li>{}</li>", escape_html(item)))
                .collect();
            html.push_str(&format!("<ul>{items}</ul>"));
            text.push('\n');
        }
        for item in &self.items {
            text.push_str(&format!("- {item}\n"));
        }
        Middle { html, text }
    }
}

pub(super) async fn render(
    cx: &Context,
    layout_and_brand: (Layout, Brand),
    phrases: &Phrases,
    site_name: &str,
    texts: &Texts,
) -> Result<Rendered, WriteError> {
    let middle = texts.middle();
    render_around(cx, layout_and_brand, phrases, site_name, texts, middle).await
}

/// The same around a middle that is safe HTML already.
pub(super) async fn render_around(
    cx: &Context,
    (layout, brand): (Layout, Brand),
    phrases: &Phrases,
    site_name: &str,
    texts: &Texts,
    middle: Middle,
) -> Result<Rendered, WriteError> {
    let site_url = cx.config().public_url();
    let (button_text, button_url) = texts.button.clone();
    // The layout never sees the link, which signs a person in or acts for them.
    let context = LayoutContext {
        language: phrases.language.tag().to_owned(),
        site_name: without_merge_tags(site_name),
        site_url: site_url.clone(),
        preheader: texts.preheader.clone(),
        title: texts.heading.clone(),
        button_text: button_text.clone(),
        button_url: LINK_MARK.to_owned(),
        small_print: format!("{} {LINK_MARK}", phrases.translate("mail-link-fallback")),
        reason: texts.small_print.join(" "),
        footer_links: footer_links(&without_merge_tags(site_name), site_url, texts),
        brand: brand.clone(),
        ..LayoutContext::default()
    };
    let html = in_own_or_shipped_layout(layout, context, middle.html, &button_url).await?;

    let mut text = format!("{}\n{}", texts.heading, middle.text);
    text.push_str(&format!("\n{button_text}:\n{button_url}\n"));
    for line in &texts.small_print {
        text.push_str(&format!("\n{}\n", plain::wrap(line, plain::WIDTH)));
    }
    if let Some((said, url)) = &texts.footnote {
        text.push_str(&format!("\n{said}:\n{url}\n"));
    }
    let signature = phrases.translate_with("mail-signature", "site", site_name);
    Ok(Rendered {
        subject: texts.subject.clone(),
        html,
        text: with_footer(format!("{text}\n{signature}\n"), &brand),
    })
}

/// A text part with the end that the site gives it.
pub(super) fn with_footer(text: String, brand: &Brand) -> String {
    match brand.footer_text().as_str() {
        "" => text,
        footer => format!("{text}\n{footer}\n"),
    }
}

fn footer_links(site_name: &str, site_url: String, texts: &Texts) -> Vec<FooterLink> {
    let site = FooterLink {
        text: site_name.to_owned(),
        url: site_url,
    };
    let footnote = texts.footnote.iter().map(|(text, url)| FooterLink {
        text: text.clone(),
        url: url.clone(),
    });
    [site].into_iter().chain(footnote).collect()
}

/// HTML in the site's own layout, or in the shipped one where that cannot be rendered or
/// would pass the link to others: transactional email must arrive.
async fn in_own_or_shipped_layout(
    layout: Layout,
    context: LayoutContext,
    body: String,
    button_url: &str,
) -> Result<String, WriteError> {
    let name = layout.name.clone();
    let (own_slots, own_body) = (context.clone(), body.clone());
    let own = move || resolved(&layout, &own_slots, &own_body);
    let own = render::run(Budget::Background, own).await;
    let why = match own {
        Ok(Ok(html)) => match link_mark::fill(&html, button_url) {
            Some(html) => return Ok(html),
            None => "it would pass the link of the button to other servers".to_owned(),
        },
        Ok(Err(error)) => error.to_string(),
        Err(error) if error.is_temporary() => return Err(error.into()),
        Err(error) => error.to_string(),
    };
    tracing::error!(
        layout = %name, why,
        "the changed layout for transactional email cannot be used; the shipped one is used"
    );
    let shipped = move || resolved(&Layout::transactional(), &context, &body);
    let html = render::run(Budget::Background, shipped).await??;
    link_mark::fill(&html, button_url).ok_or(WriteError::Link)
}

fn resolved(layout: &Layout, context: &LayoutContext, body: &str) -> Result<String, LayoutError> {
    let html = layout.render(context, body)?;
    Ok(Base::new(&context.site_url).resolve_all(&html))
}

/// HTML in the layout for transactional email, without a button, and the brand that it has.
pub(super) async fn in_layout(
    cx: &Context,
    language: Language,
    title: &str,
    body: &str,
) -> Result<(String, Brand), WriteError> {
    in_layout_with(cx, language, title, one_line(title, 120), body).await
}

/// The same with a preheader of its own.
pub(super) async fn in_layout_with(
    cx: &Context,
    language: Language,
    title: &str,
    preheader: String,
    body: &str,
) -> Result<(String, Brand), WriteError> {
    let site_url = cx.config().public_url();
    let mut db = cx.store.read().await?;
    let site = site::read(&mut db, cx.config().language)
        .await
        .map_err(CampaignError::from)?;
    let layout = layouts::transactional(&mut db).await?;
    let brand = branding::load_in(cx, &mut db, &site, language).await?;
    drop(db);
    let site_name = without_merge_tags(site.name(language));
    let context = LayoutContext {
        language: language.tag().to_owned(),
        site_name: site_name.clone(),
        site_url: site_url.clone(),
        preheader,
        title: title.to_owned(),
        footer_links: vec![FooterLink {
            text: site_name,
            url: site_url.clone(),
        }],
        brand: brand.clone(),
        ..LayoutContext::default()
    };
    let body = body.to_owned();
    let work = move || {
        let html = layout.render(&context, &body)?;
        Ok::<_, LayoutError>(Base::new(&site_url).resolve_all(&html))
    };
    Ok((render::run(Budget::Background, work).await??, brand))
}

/// Text as one line, without characters that could end a header.
pub(super) fn one_line(text: &str, limit: usize) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(limit)
        .collect()
}
