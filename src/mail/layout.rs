//! Layouts: MJML designs with slots, rendered to HTML that mail programs show.

use std::collections::HashMap;

use css_inline::CSSInliner;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use mrml::prelude::render::RenderOptions;
use serde::Serialize;

/// Where the body goes. It is put in after MJML has been rendered, since MJML
/// wants well-formed XML and HTML has tags without ends.
const BODY_MARK: &str = "jarshybodymark";

/// A mail design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Its name in campaigns.
    pub name: &'static str,
    mjml: &'static str,
}

/// The designs that come with Jarshy.
pub const SHIPPED: [Layout; 2] = [
    Layout {
        name: "announcement",
        mjml: include_str!("../../templates/mail/announcement.mjml"),
    },
    Layout {
        name: "letter",
        mjml: include_str!("../../templates/mail/letter.mjml"),
    },
];

/// A layout cannot be rendered.
#[derive(Debug, thiserror::Error)]
#[error("the layout {layout} cannot be rendered: {cause}")]
pub struct LayoutError {
    layout: String,
    cause: String,
}

/// What a layout shows around the body.
///
/// Links that differ from recipient to recipient are stand-ins here (see
/// [`super::personalise`]).
#[derive(Debug, Clone, Default, Serialize)]
pub struct Slots {
    /// BCP 47 tag.
    pub language: String,
    /// In the masthead.
    pub site_name: String,
    /// Where the masthead leads.
    pub site_url: String,
    /// The line that inboxes show behind the subject.
    pub preheader: String,
    /// The headline.
    pub title: String,
    /// Above the headline; may be empty.
    pub eyebrow: String,
    /// The standfirst; may be empty.
    pub summary: String,
    /// Under the body; empty for none.
    pub button_text: String,
    /// Where the button leads.
    pub button_url: String,
    /// Small print under the button, such as the bare link; may be empty.
    pub small_print: String,
    /// Why the reader gets this; may be empty.
    pub reason: String,
    /// Links in the footer.
    pub footer_links: Vec<FooterLink>,
}

/// A link in the footer.
#[derive(Debug, Clone, Serialize)]
pub struct FooterLink {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub url: String,
}

impl Layout {
    /// The shipped layout of this name.
    pub fn shipped(name: &str) -> Option<Layout> {
        SHIPPED.into_iter().find(|layout| layout.name == name)
    }

    /// Renders the layout around `body_html`, which must be safe already, with
    /// its style sheet inlined.
    ///
    /// # Errors
    /// [`LayoutError`] where the MJML or its slots are wrong.
    pub fn render(&self, slots: &Slots, body_html: &str) -> Result<String, LayoutError> {
        let fail = |cause: String| LayoutError {
            layout: self.name.to_owned(),
            cause,
        };
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_global("body", minijinja::Value::from(BODY_MARK));
        let mjml = environment
            .render_str(self.mjml, minijinja::value::Serde(slots))
            .map_err(|error| fail(format!("{error:#}")))?;
        // No fonts from elsewhere: who fetches one tells its host that they read.
        let options = RenderOptions {
            fonts: HashMap::new(),
            ..RenderOptions::default()
        };
        let html = mrml::parse(&mjml)
            .map_err(|error| fail(error.to_string()))?
            .element
            .render(&options)
            .map_err(|error| fail(error.to_string()))?;
        let html = html.replace(BODY_MARK, body_html);
        CSSInliner::options()
            .load_remote_stylesheets(false)
            .keep_style_tags(true)
            .keep_at_rules(true)
            .build()
            .inline(&html)
            .map_err(|error| fail(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots() -> Slots {
        Slots {
            language: "kk".into(),
            site_name: "A & B".into(),
            site_url: "https://example.kz".into(),
            title: "Сайлау <1>".into(),
            button_text: "Оқу".into(),
            button_url: "https://example.kz/posts/a?b=1&c=2".into(),
            footer_links: vec![FooterLink {
                text: "Leave".into(),
                url: "jarshyhole0x".into(),
            }],
            ..Slots::default()
        }
    }

    #[test]
    fn every_shipped_layout_renders_with_its_slots_escaped() {
        for layout in SHIPPED {
            let html = layout.render(&slots(), "<p>one<br>two</p>").unwrap();
            for part in [
                "A &amp; B",
                "Сайлау &lt;1&gt;",
                "one<br>two",
                "href=\"jarshyhole0x\"",
                "lang=\"kk\"",
            ] {
                assert!(html.contains(part), "{}: {part}\n{html}", layout.name);
            }
            assert!(html.contains("prefers-color-scheme"), "{}", layout.name);
            assert!(!html.contains("fonts."), "{}", layout.name);
            assert!(!html.contains(BODY_MARK), "{}", layout.name);
        }
    }
}
