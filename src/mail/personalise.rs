//! Personal parts of a message: `{{ name }}` and its like.
//!
//! Authors write MiniJinja in subjects, Markdown and layouts. On its way to an
//! inbox such text goes through a Markdown parser, a sanitiser, MJML and a CSS
//! inliner, each of which would bend braces and quotes, while style sheets are
//! full of braces that mean nothing here. So expressions are [lifted
//! out](Holes::protect) at the start, a word of letters and digits standing in
//! for each, and [put back](Holes::restore) at the end between delimiters from
//! Unicode's private use area, which no author's text may hold.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;
use serde_json::Value;

use crate::text::bounds::{self, TooComplex};
use crate::text::links::STAND_IN;
use crate::text::locale::Language;

const EXPRESSION: (char, char) = ('\u{E000}', '\u{E001}');
const BLOCK: (char, char) = ('\u{E002}', '\u{E003}');
const COMMENT: (char, char) = ('\u{E004}', '\u{E005}');
/// Steps that one filling may take: an author's endless loop stops here.
const FUEL: u64 = 50_000;

/// The names an expression may use.
pub const KNOWN_NAMES: [&str; 8] = [
    "name",
    "email",
    "language",
    "attributes",
    "site_name",
    "unsubscribe_url",
    "preferences_url",
    "archive_url",
];

/// A personal part cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A name that no recipient has.
    #[error(
        "{{{{ {0} }}}} is unknown; known are name, email, language, attributes.…, site_name, unsubscribe_url, preferences_url and archive_url"
    )]
    UnknownName(String),
    /// An expression that cannot be read or run.
    #[error("the personal parts cannot be filled in: {0}")]
    Invalid(String),
    /// `{{` without `}}`, or `{%` without `%}`.
    #[error("{0:?} is never closed")]
    Unclosed(String),
    /// More of them, or deeper in each other, than is read.
    #[error("the personal parts cannot be filled in: {0}")]
    TooComplex(#[from] TooComplex),
    /// The text holds what stands in for expressions.
    #[error("the text holds a character or word that Jarshy keeps for itself")]
    Reserved,
}

/// Expressions lifted out of a text.
#[derive(Debug, Clone, Default)]
pub struct Holes {
    sources: Vec<String>,
}

impl Holes {
    /// A stand-in for the expression `source`, such as `unsubscribe_url`.
    pub fn expression(&mut self, source: &str) -> String {
        self.add(format!(
            "{} {} {}",
            EXPRESSION.0,
            source.trim(),
            EXPRESSION.1
        ))
    }

    fn add(&mut self, restored: String) -> String {
        self.sources.push(restored);
        format!("{STAND_IN}{}x", self.sources.len() - 1)
    }

    /// Lifts every `{{ … }}` and `{% … %}` out of an author's text.
    ///
    /// # Errors
    /// [`TemplateError`] where one is never closed, or the text holds what
    /// stands in for them.
    pub fn protect(&mut self, text: &str) -> Result<String, TemplateError> {
        let reserved = [
            '\u{E000}', '\u{E001}', '\u{E002}', '\u{E003}', '\u{E004}', '\u{E005}',
        ];
        if text.contains(reserved) || text.contains(STAND_IN) {
            return Err(TemplateError::Reserved);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
            out.push_str(&rest[..start]);
            let (end, around) = match &rest[start..start + 2] {
                "{{" => ("}}", EXPRESSION),
                _ => ("%}", BLOCK),
            };
            let inner = &rest[start + 2..];
            let length = inner
                .find(end)
                .ok_or_else(|| TemplateError::Unclosed(rest[start..].chars().take(30).collect()))?;
            let source = inner[..length].trim();
            out.push_str(&self.add(format!("{} {source} {}", around.0, around.1)));
            rest = &inner[length + 2..];
        }
        out.push_str(rest);
        bounds::template::check(text, &bounds::template::WRITTEN)?;
        Ok(out)
    }

    /// HTML in which a paragraph that holds nothing but the stand-in of a
    /// `{% … %}` is no paragraph: it would leave a gap in the mail.
    pub fn unwrap_blocks(&self, html: &str) -> String {
        let mut out = html.to_owned();
        for (number, source) in self.sources.iter().enumerate() {
            if source.starts_with(BLOCK.0) {
                let stand_in = format!("{STAND_IN}{number}x");
                out = out.replace(&format!("<p>{stand_in}</p>\n"), &stand_in);
            }
        }
        out
    }

    /// Puts the expressions back, between their private delimiters.
    pub fn restore(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(STAND_IN) {
            out.push_str(&rest[..start]);
            let after = &rest[start + STAND_IN.len()..];
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let source = after[..digits]
                .parse()
                .ok()
                .and_then(|n: usize| self.sources.get(n));
            match source {
                Some(source) if after[digits..].starts_with('x') => {
                    out.push_str(source);
                    rest = &after[digits + 1..];
                }
                _ => {
                    out.push_str(STAND_IN);
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }
}

/// Three texts with their expressions restored.
#[derive(Debug, Clone)]
pub struct Source {
    /// The subject line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain text part.
    pub text: String,
}

/// What one recipient's holes are filled with.
#[derive(Debug, Clone, Serialize)]
pub struct Fields<'a> {
    /// May be empty.
    pub name: &'a str,
    /// The recipient's address.
    pub email: &'a str,
    /// The recipient's language.
    pub language: Language,
    /// A JSON object.
    pub attributes: &'a Value,
    /// The site's name in that language.
    pub site_name: &'a str,
    /// Leaves the campaign's lists.
    pub unsubscribe_url: &'a str,
    /// Shows the recipient's preferences.
    pub preferences_url: &'a str,
    /// Shows the mail in a browser.
    pub archive_url: &'a str,
}

/// One recipient's texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// One line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain text part.
    pub text: String,
}

/// A message whose holes are ready to be filled.
pub struct MessageTemplate {
    subject: Part,
    html: Part,
    text: Part,
    environment: Environment<'static>,
}

impl MessageTemplate {
    /// Compiles the three texts; what could fail at a recipient fails here.
    ///
    /// # Errors
    /// [`TemplateError`] names the expression that cannot be filled.
    pub fn compile(source: &Source) -> Result<Self, TemplateError> {
        let mut environment = environment();
        let mut part = |name: &'static str, text: &str| Part::compile(&mut environment, name, text);
        let (subject, html, text) = (
            part("subject", &source.subject)?,
            part("message.html", &source.html)?,
            part("text", &source.text)?,
        );
        let template = Self {
            subject,
            html,
            text,
            environment,
        };
        template.fill(&Fields {
            name: "",
            email: "someone@example.org",
            language: Language::En,
            attributes: &serde_json::json!({}),
            site_name: "",
            unsubscribe_url: "",
            preferences_url: "",
            archive_url: "",
        })?;
        Ok(template)
    }

    /// Fills the holes for one recipient. In HTML, values are escaped; in the
    /// subject, what could end a header line is dropped.
    ///
    /// # Errors
    /// [`TemplateError::Invalid`] where an expression fails on these values.
    pub fn fill(&self, fields: &Fields<'_>) -> Result<Filled, TemplateError> {
        Ok(Filled {
            subject: self.fill_subject(fields)?,
            html: self.fill_body(Body::Html, fields)?,
            text: self.fill_body(Body::Text, fields)?,
        })
    }

    /// Fills the subject alone.
    ///
    /// # Errors
    /// [`TemplateError::Invalid`] where an expression fails on these values.
    pub fn fill_subject(&self, fields: &Fields<'_>) -> Result<String, TemplateError> {
        let subject = self.subject.fill(&self.environment, fields, false)?;
        Ok(subject
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect::<String>()
            .trim()
            .to_owned())
    }

    /// Fills one body alone.
    ///
    /// # Errors
    /// [`TemplateError::Invalid`] where an expression fails on these values.
    pub fn fill_body(&self, body: Body, fields: &Fields<'_>) -> Result<String, TemplateError> {
        match body {
            Body::Text => self.text.fill(&self.environment, fields, false),
            Body::Html => self.html.fill(&self.environment, fields, true),
        }
    }

    /// The pieces of a body, where each of its holes is a plain name.
    pub fn pieces(&self, body: Body) -> Option<&[Piece]> {
        let part = match body {
            Body::Text => &self.text,
            Body::Html => &self.html,
        };
        match part {
            Part::Pieces(pieces) => Some(pieces),
            Part::Template(_) => None,
        }
    }
}

/// One text: in the common case, where each hole is a plain name, a list of
/// pieces that are joined without running a template.
enum Part {
    Pieces(Vec<Piece>),
    Template(&'static str),
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The same for everybody.
    Text(String),
    /// A hole, by the name of its field.
    Name(&'static str),
}

/// Which of a message's two bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// The plain text part.
    Text,
    /// The HTML part.
    Html,
}

impl Part {
    fn compile(
        environment: &mut Environment<'static>,
        name: &'static str,
        text: &str,
    ) -> Result<Self, TemplateError> {
        check_bounds(text)?;
        environment
            .add_template_owned(name, text.to_owned())
            .map_err(|error| invalid(&error))?;
        let template = environment
            .get_template(name)
            .map_err(|error| invalid(&error))?;
        let unknown = template
            .undeclared_variables(false)
            .into_iter()
            .find(|variable| !KNOWN_NAMES.contains(&variable.as_str()));
        if let Some(unknown) = unknown {
            return Err(TemplateError::UnknownName(unknown));
        }
        Ok(pieces(text).map_or(Part::Template(name), Part::Pieces))
    }

    fn fill(
        &self,
        environment: &Environment<'static>,
        fields: &Fields<'_>,
        is_html: bool,
    ) -> Result<String, TemplateError> {
        match self {
            Part::Template(name) => environment
                .get_template(name)
                .and_then(|template| template.render(minijinja::value::Serde(fields)))
                .map_err(|error| invalid(&error)),
            Part::Pieces(pieces) => {
                let mut out = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(text) => out.push_str(text),
                        Piece::Name(name) if is_html => escape_html(&mut out, field(fields, name)),
                        Piece::Name(name) => out.push_str(field(fields, name)),
                    }
                }
                Ok(out)
            }
        }
    }
}

/// `None` where a hole is more than a plain name.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    if text.contains(BLOCK.0) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(EXPRESSION.0) {
        let (source, tail) = after.split_once(EXPRESSION.1)?;
        let name = KNOWN_NAMES
            .into_iter()
            .find(|name| *name == source.trim() && *name != "attributes")?;
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Name(name));
        rest = tail;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Some(pieces)
}

/// The value of a field by its name.
pub fn field<'a>(fields: &Fields<'a>, name: &str) -> &'a str {
    match name {
        "name" => fields.name,
        "email" => fields.email,
        "language" => fields.language.tag(),
        "site_name" => fields.site_name,
        "unsubscribe_url" => fields.unsubscribe_url,
        "preferences_url" => fields.preferences_url,
        "archive_url" => fields.archive_url,
        _ => "",
    }
}

/// Adds a value to HTML.
pub fn escape_html(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            c => out.push(c),
        }
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    let pair = |(start, end): (char, char)| (start.to_string(), end.to_string());
    let (block, expression, comment) = (pair(BLOCK), pair(EXPRESSION), pair(COMMENT));
    let syntax = SyntaxConfig::builder()
        .block_delimiters(block.0, block.1)
        .variable_delimiters(expression.0, expression.1)
        .comment_delimiters(comment.0, comment.1)
        .keep_trailing_newline(true)
        .build();
    // The delimiters differ from one another, which is all that is asked of them.
    environment.set_syntax(syntax.unwrap_or_else(|_| unreachable!()));
    environment.set_auto_escape_callback(|name| match name.ends_with(".html") {
        true => AutoEscape::Html,
        false => AutoEscape::None,
    });
    // Unknown names were refused at compile time; an attribute that one
    // recipient lacks is empty for them, and never an error in mid-campaign.
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_fuel(Some(FUEL));
    environment
}

fn check_bounds(text: &str) -> Result<(), TooComplex> {
    let text_of = |(start, end): (char, char)| (start.to_string(), end.to_string());
    let (expression, block, comment) = (text_of(EXPRESSION), text_of(BLOCK), text_of(COMMENT));
    let marks = bounds::template::Delimiters {
        expression: (&expression.0, &expression.1),
        block: (&block.0, &block.1),
        comment: (&comment.0, &comment.1),
    };
    // The lines are those of the mail, which its author does not see.
    bounds::template::check(text, &marks).map_err(|error| TooComplex {
        line: None,
        ..error
    })
}

fn invalid(error: &minijinja::Error) -> TemplateError {
    let detail = error
        .detail()
        .map(str::to_owned)
        .unwrap_or_else(|| error.kind().to_string());
    TemplateError::Invalid(detail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compile(html: &str) -> Result<MessageTemplate, TemplateError> {
        let mut holes = Holes::default();
        let html = holes.protect(html)?;
        MessageTemplate::compile(&Source {
            subject: holes.restore(&html),
            html: holes.restore(&html),
            text: holes.restore(&html),
        })
    }

    fn fields<'a>(name: &'a str, attributes: &'a Value) -> Fields<'a> {
        Fields {
            name,
            email: "aigul@example.kz",
            language: Language::Kk,
            attributes,
            site_name: "Embassy",
            unsubscribe_url: "https://example.kz/unsubscribe/t",
            preferences_url: "",
            archive_url: "",
        }
    }

    #[test]
    fn names_and_expressions_are_filled_for_each_recipient() {
        let none = serde_json::json!({});
        let some = serde_json::json!({ "city": "Алматы" });
        let plain = compile("Dear {{ name }} of {{site_name}}").unwrap();
        assert_eq!(
            plain.fill(&fields("Aigul", &none)).unwrap().text,
            "Dear Aigul of Embassy"
        );
        let rich = compile(
            "{% if name %}Dear {{ name }}{% else %}Hello{% endif %}, {{ attributes.city | default(\"there\") }}",
        )
        .unwrap();
        assert_eq!(rich.fill(&fields("", &none)).unwrap().text, "Hello, there");
        assert_eq!(
            rich.fill(&fields("Aigul", &some)).unwrap().text,
            "Dear Aigul, Алматы"
        );
    }

    #[test]
    fn unknown_names_are_found_before_anything_is_sent() {
        assert_eq!(
            compile("{{ nmae }}").err(),
            Some(TemplateError::UnknownName("nmae".into()))
        );
        assert!(matches!(
            compile("{{ name | shout }}"),
            Err(TemplateError::Invalid(_))
        ));
        assert!(matches!(
            compile("{{ name"),
            Err(TemplateError::Unclosed(_))
        ));
        let endless = "{% for a in range(9) %}".repeat(9) + &"{% endfor %}".repeat(9);
        assert!(compile(&endless).is_err());
    }

    #[test]
    fn braces_of_style_sheets_mean_nothing() {
        let source = Source {
            subject: "s".into(),
            html: "<style>@media x{#a{b:c}}</style>{# not a comment #}".into(),
            text: String::new(),
        };
        let template = MessageTemplate::compile(&source).unwrap();
        let none = serde_json::json!({});
        assert_eq!(template.fill(&fields("", &none)).unwrap().html, source.html);
    }

    #[test]
    fn a_name_cannot_bring_markup_or_headers() {
        let template = compile("{{ name }}").unwrap();
        let none = serde_json::json!({});
        let filled = template.fill(&fields("<b>\r\nBcc: x", &none)).unwrap();
        assert_eq!(filled.html, "&lt;b&gt;\r\nBcc: x");
        assert_eq!(filled.subject, "<b>  Bcc: x");
    }

    proptest! {
        #[test]
        fn protecting_and_restoring_loses_nothing(text in "[a-z{}% <>\"]{0,60}") {
            let mut holes = Holes::default();
            if let Ok(protected) = holes.protect(&text) {
                let is_clean = !protected.contains("{{") && !protected.contains("{%");
                prop_assert!(is_clean);
                let restored = holes.restore(&protected);
                let letters = |s: &str| s.chars().filter(char::is_ascii_lowercase).collect::<String>();
                prop_assert_eq!(letters(&restored), letters(&text));
            }
        }

        #[test]
        fn filling_never_panics_and_always_escapes(name in "\\PC{0,40}") {
            let template = compile("{{ name }}").unwrap();
            let none = serde_json::json!({});
            let html = template.fill(&fields(&name, &none)).unwrap().html;
            let has_markup = html.contains(['<', '>', '"']);
            prop_assert!(!has_markup);
        }
    }
}
