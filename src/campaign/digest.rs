//! Digests: several posts and events in one email.

use super::piece::{Body, Piece, Section, category};
use crate::content::event;
use crate::content::post::FullPost;
use crate::content::site::Site;
use crate::context::Context;
use crate::mail::personalise::Placeholders;
use crate::store::campaign_contents::CampaignText;
use crate::store::events::{Event, EventVariant};
use crate::text::datetime::Calendar;
use crate::text::locale::Language;

/// The content of a digest.
#[derive(Debug, Clone, Default)]
pub struct Digest {
    /// The introduction, by language.
    pub texts: Vec<CampaignText>,
    /// The posts.
    pub posts: Vec<FullPost>,
    /// The events, with their texts in each language.
    pub events: Vec<(Event, Vec<EventVariant>)>,
}

impl Digest {
    /// The languages that any part of it is written in.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        let posts = self.posts.iter().flat_map(|full| &full.variants);
        let events = self.events.iter().flat_map(|(_, variants)| variants);
        let texts = self.texts.iter().map(|text| text.language);
        posts
            .map(|variant| variant.language)
            .chain(events.map(|variant| variant.language))
            .chain(texts)
    }

    /// What it says in a language. An item that lacks it falls back to the next best.
    pub fn piece(&self, cx: &Context, site: &Site, language: Language) -> Piece {
        let phrases = site.phrases(language);
        let zone = cx.config().time_zone.get();
        let calendar = Calendar::of(phrases.clone(), zone.clone());
        let site_url = cx.config().public_url();
        let text = self.texts.iter().find(|text| text.language == language);
        let given = |part: fn(&CampaignText) -> &String| {
            text.map(part).filter(|part| !part.is_empty()).cloned()
        };
        let intro = given(|text| &text.body).unwrap_or_default();
        // An unclosed element in one must not affect the others.
        let mut sections = vec![Section {
            condition: None,
            markdown: intro,
            short: None,
        }];
        let mut titles = Vec::new();
        if !self.posts.is_empty() {
            if !self.events.is_empty() {
                sections.push(item(format!(
                    "## {}",
                    phrases.translate("mail-campaign-posts")
                )));
            }
            for full in &self.posts {
                let Some(variant) = full.variant(site.reader(language)) else {
                    continue;
                };
                titles.push(variant.title.clone());
                let mut line = category(&phrases, &full.post.category);
                if let Some(at) = full.post.published_at {
                    line = format!("{line} · {}", calendar.date(at));
                }
                let url = format!("{site_url}{}", full.post.path_in(language));
                sections.push(item(format!(
                    "### [{}]({url})\n\n*{}*\n\n{}\n\n[{}]({url})",
                    literal(&variant.title),
                    literal(&line),
                    literal(&variant.summary),
                    phrases.translate("mail-campaign-read-more"),
                )));
            }
        }
        if !self.events.is_empty() {
            sections.push(item(format!(
                "## {}",
                phrases.translate("mail-campaign-events")
            )));
            for (event, variants) in &self.events {
                let own = site
                    .reader(language)
                    .pick(variants, |variant| variant.language);
                let (title, place) = match own {
                    Some(variant) => (&variant.title, &variant.place),
                    None => (&event.title, &event.place),
                };
                titles.push(title.clone());
                let line = event::time_and_place(cx, event, place, &calendar);
                let url = format!("{site_url}{}", event.path_in(language));
                sections.push(item(format!(
                    "### [{}]({url})\n\n*{}*",
                    literal(title),
                    literal(&line),
                )));
            }
        }
        sections.retain(|section| !section.markdown.trim().is_empty());
        // A title with invalid merge tags is an article about them.
        titles.retain(|title| Placeholders::default().protect(title).is_ok());
        let name = site.name(language);
        Piece {
            language,
            title: given(|text| &text.title)
                .unwrap_or_else(|| phrases.translate_with("mail-digest-title", "site", name)),
            preheader: given(|text| &text.preheader).unwrap_or_else(|| titles.join(" · ")),
            eyebrow: calendar.date(cx.clock.now()),
            summary: String::new(),
            body: Body::Sections(sections),
            button: None,
        }
    }
}

/// A section that cannot be shortened. Invalid merge tags are shown as they were
/// typed.
fn item(markdown: String) -> Section {
    Section {
        condition: None,
        short: Some(markdown.clone()),
        markdown,
    }
}

/// A line of text escaped as Markdown. Merge tags stay as they are.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let end = if rest[start..].starts_with("{{") {
            "}}"
        } else {
            "%}"
        };
        let Some(length) = rest[start..].find(end) else {
            break;
        };
        escape(&rest[..start], &mut out);
        out.push_str(&rest[start..start + length + 2]);
        rest = &rest[start + length + 2..];
    }
    escape(rest, &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            // CommonMark §2.4: any of these may be escaped anywhere.
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown;

    #[test]
    fn titles_are_shown_as_they_are_written() {
        for title in [
            "3 * 4 = *12*",
            "<b>[x](y)</b>",
            "# no heading",
            "a_b_c 1. & ~~x~~",
        ] {
            let html = markdown::to_html(&literal(title)).unwrap();
            let shown = html
                .trim()
                .trim_start_matches("<p>")
                .trim_end_matches("</p>")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
            assert_eq!(shown, title);
        }
        assert_eq!(literal("Dear {{ site_name }}!"), "Dear {{ site_name }}\\!");
        assert_eq!(literal("{{ open"), "\\{\\{ open");
    }
}
