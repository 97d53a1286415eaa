//! Layouts: MJML templates, rendered to HTML for email clients.

use std::borrow::Cow;

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use super::brand::Brand;
use super::link_mark::{self, LINK_MARK};
use super::personalise::{Placeholders, mark};
use super::{dark, design, mjml, visible_link};
use crate::text::blocks::mail::{Look, in_tables};
use crate::text::bounds;
use crate::text::locale::Language;

/// The place of the body. It is inserted after MJML was rendered, since MJML must be
/// well-formed XML and HTML has void elements.
const BODY_MARK: &str = "jarshybodymark";
/// Steps of one rendering: an endless loop ends here.
const TEMPLATE_FUEL: u64 = 50_000;
/// Bytes of the source of a layout.
pub const SOURCE_LIMIT: usize = 128 * 1024;

/// A layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Its name, by which campaigns refer to it.
    pub name: Cow<'static, str>,
    /// Its source.
    pub mjml: Cow<'static, str>,
}

/// The shipped layouts: name and source.
const SHIPPED: [(&str, &str); 3] = [
    (
        "announcement",
        include_str!("../../templates/mail/announcement.mjml"),
    ),
    ("digest", include_str!("../../templates/mail/digest.mjml")),
    ("letter", include_str!("../../templates/mail/letter.mjml")),
];

#[derive(Debug, thiserror::Error)]
#[error("the layout {layout} cannot be rendered: {cause}")]
pub struct LayoutError {
    layout: String,
    cause: String,
}

/// The values for a layout.
///
/// Links that differ between recipients are stand-ins here (see [`super::personalise`]).
#[derive(Debug, Clone, Default, Serialize)]
pub struct LayoutContext {
    /// BCP 47 tag.
    pub language: String,
    /// In the masthead.
    pub site_name: String,
    /// Where the masthead leads.
    pub site_url: String,
    /// The line that inboxes show after the subject.
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
    /// How the site looks.
    #[serde(flatten)]
    pub brand: Brand,
}

fn is_rtl(tag: &str) -> bool {
    let language = tag.parse::<Language>();
    language.is_ok_and(|language| language.direction() == "rtl")
}

#[derive(Debug, Clone, Serialize)]
pub struct FooterLink {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub url: String,
}

impl Layout {
    /// The shipped layouts, by name.
    pub fn shipped() -> impl Iterator<Item = Layout> {
        SHIPPED.into_iter().map(|(name, mjml)| Layout {
            name: name.into(),
            mjml: mjml.into(),
        })
    }

    /// The shipped layout for transactional email.
    pub fn transactional() -> Layout {
        let [.., (name, mjml)] = SHIPPED;
        Layout {
            name: name.into(),
            mjml: mjml.into(),
        }
    }

    /// Renders the layout around `body_html`, which must be safe already, with
    /// its style sheet inlined.
    ///
    /// # Errors
    /// [`LayoutError`] where the MJML or its slots are wrong.
    pub fn render(&self, context: &LayoutContext, body_html: &str) -> Result<String, LayoutError> {
        self.render_personal(context, body_html, &Placeholders::default())
    }

    /// The same for slots and a body whose personal parts were lifted out.
    ///
    /// # Errors
    /// As [`Layout::render`], and where a personal block cannot stand where it
    /// stands.
    pub fn render_personal(
        &self,
        context: &LayoutContext,
        body_html: &str,
        placeholders: &Placeholders,
    ) -> Result<String, LayoutError> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(TEMPLATE_FUEL));
        environment.add_global("body", minijinja::Value::from(BODY_MARK));
        let is_rtl = is_rtl(&context.language);
        let (direction, start, end) = if is_rtl {
            ("rtl", "right", "left")
        } else {
            ("ltr", "left", "right")
        };
        environment.add_global("direction", direction);
        environment.add_global("start", start);
        environment.add_global("end", end);
        bounds::template::check(&self.mjml, &bounds::template::WRITTEN)
            .map_err(|error| self.fail(error.to_string()))?;
        let mjml = environment
            .render_str(&self.mjml, minijinja::value::Serde(context))
            .map_err(|error| self.fail(template_cause(&self.mjml, &error)))?;
        let rendered =
            mjml::render(&mjml, placeholders).map_err(|error| self.fail(error.to_string()))?;
        let look = Look {
            accent: &context.brand.accent,
            on_accent: &context.brand.on_accent,
            rule: &context.brand.rule,
            is_rtl,
        };
        let body = in_tables(body_html, &look);
        let html = rendered.html.replace(BODY_MARK, &mark(placeholders, &body));
        let html = design::finished(placeholders, &html, &rendered.inline_css)
            .map_err(|cause| self.fail(cause.to_string()))?;
        Ok(dark::with_outlook_rules(&html))
    }

    /// Renders a made-up mail, and sees that it shows what every mail must: its
    /// body, and the links by which its reader can leave.
    ///
    /// # Errors
    /// [`LayoutError`] names what is wrong or missing.
    pub fn check(&self) -> Result<(), LayoutError> {
        const BODY: &str = "<p>jarshysamplebody</p>";
        const LINK: &str = "https://example.org/jarshysamplelink";
        if self.mjml.len() > SOURCE_LIMIT {
            return Err(self.fail("it is longer than 128 KiB".to_owned()));
        }
        let context = LayoutContext {
            language: "en".to_owned(),
            site_url: "https://example.org".to_owned(),
            footer_links: vec![FooterLink {
                text: "Unsubscribe".to_owned(),
                url: LINK.to_owned(),
            }],
            ..LayoutContext::default()
        };
        let html = self.render(&context, BODY)?;
        let missing = match () {
            () if !html.contains("jarshysamplebody") => "it does not show {{ body }}",
            () if !visible_link::shows_link(&html, |address| address == LINK, |_| false) => {
                "it does not link the footer_links, so that nobody could leave"
            }
            () => return Ok(()),
        };
        Err(self.fail(missing.to_owned()))
    }

    /// Sees, beyond [`Layout::check`], that a design of transactional mail hands
    /// the link of its button to nobody but the reader.
    ///
    /// # Errors
    /// [`LayoutError`] where the link would stand anywhere but in the address of
    /// a link or in text.
    pub fn check_transactional(&self) -> Result<(), LayoutError> {
        self.check()?;
        let context = LayoutContext {
            language: "en".to_owned(),
            button_text: "Sign in".to_owned(),
            button_url: LINK_MARK.to_owned(),
            small_print: LINK_MARK.to_owned(),
            ..LayoutContext::default()
        };
        match link_mark::fill(&self.render(&context, "")?, "") {
            Some(_) => Ok(()),
            None => Err(self.fail(
                "button_url may stand only in the address of a link or in text: anywhere else \
                 mail programs would hand sign-in links to other servers"
                    .to_owned(),
            )),
        }
    }

    fn fail(&self, cause: String) -> LayoutError {
        LayoutError {
            layout: self.name.to_string(),
            cause,
        }
    }
}

/// An error in a layout's own template: its line, the text of that line, and the cause.
fn template_cause(source: &str, error: &minijinja::Error) -> String {
    let detail = match error.detail() {
        Some(detail) => detail.to_owned(),
        None => error.kind().to_string(),
    };
    let Some(line) = error.line() else {
        return detail;
    };
    let written = source
        .lines()
        .nth(line.saturating_sub(1))
        .unwrap_or_default();
    format!("line {line}: {}: {detail}", written.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> LayoutContext {
        LayoutContext {
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
            ..LayoutContext::default()
        }
    }

    #[test]
    fn every_shipped_layout_renders_with_its_slots_escaped() {
        for layout in Layout::shipped() {
            let html = layout.render(&context(), "<p>one<br>two</p>").unwrap();
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
            assert!(html.contains("[data-ogsc] .page *{"), "{}", layout.name);
            assert!(!html.contains("fonts."), "{}", layout.name);
            assert!(!html.contains(BODY_MARK), "{}", layout.name);
        }
    }

    #[test]
    fn mail_in_arabic_is_written_from_right_to_left() {
        let context = LayoutContext {
            language: "ar".into(),
            ..context()
        };
        for layout in Layout::shipped() {
            let html = layout.render(&context, "<ul><li>one</li></ul>").unwrap();
            assert!(html.contains("dir=\"rtl\""), "{}: {html}", layout.name);
            assert!(!html.contains("direction:ltr"), "{}: {html}", layout.name);
            assert!(html.contains("text-align:right"), "{}: {html}", layout.name);
        }
    }

    fn own(mjml: &str) -> Layout {
        Layout {
            name: "own".into(),
            mjml: mjml.to_owned().into(),
        }
    }

    #[test]
    fn a_layout_must_show_the_body_and_the_way_out() {
        for layout in Layout::shipped() {
            layout.check().unwrap();
        }
        let around = |inner: &str| {
            own(&format!(
                "<mjml><mj-body><mj-section><mj-column>{inner}</mj-column></mj-section></mj-body></mjml>"
            ))
        };
        let links = "<mj-text>{% for link in footer_links %}<a href=\"{{ link.url }}\">x</a>{% endfor %}</mj-text>";
        let said = |layout: Layout| layout.check().unwrap_err().to_string();
        around(&format!("<mj-text>{{{{ body }}}}</mj-text>{links}"))
            .check()
            .unwrap();
        assert!(said(around(links)).contains("does not show {{ body }}"));
        assert!(said(around("<mj-text>{{ body }}</mj-text>")).contains("footer_links"));
        assert!(said(own("<mjml><mj-body>")).contains("cannot be rendered"));
        assert!(said(around("{{ nothing }}")).contains("undefined"));
        assert!(said(own(&"<mj-section>".repeat(9_000))).contains("too deep"));
        assert!(said(around(&"{% for a in range(99) %}".repeat(5))).contains("cannot be rendered"));
    }
}
