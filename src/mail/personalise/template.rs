//! Compiles and fills merge tags.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Rest;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

use super::delimiters::{BLOCK, COMMENT, EXPRESSION};
use super::error::{TemplateError, cause};
use super::fields::{Fields, KNOWN_NAMES, Names, OWN_NAMES, Rendered, SEEN_PICTURE, Source};
use super::url_values::{address_only, bracketed, recipient, urlencode};
use crate::text::bounds::{self, TooComplex};
use crate::text::characters;
use crate::text::escape::push_escaped;
use crate::text::locale::Language;

/// Steps of one filling: an endless loop ends here.
const TEMPLATE_FUEL: u64 = 50_000;

/// The end of a link's address, as a rendering holds it: see [`Fields::link_suffix`].
pub const LINK_SUFFIX: &str = "\u{E000} link_suffix \u{E001}";
/// The picture of a rendering: see [`Fields::seen_picture`].
pub const SEEN_PICTURE_TAG: &str = "\u{E000} seen_picture | safe \u{E001}";

/// A message with compiled merge tags.
pub struct MessageTemplate {
    subject: Part,
    html: Part,
    text: Part,
    environment: Environment<'static>,
}

impl MessageTemplate {
    /// Compiles the three texts; what could fail for a recipient fails here.
    ///
    /// # Errors
    /// [`TemplateError`] names the expression.
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
        template.fill(&sample_fields(&serde_json::json!({})))?;
        Ok(template)
    }

    /// Fills the merge tags for one recipient. Values are escaped in HTML; in the subject,
    /// control characters are replaced.
    ///
    /// # Errors
    /// [`TemplateError::Invalid`] where an expression fails on these values.
    pub fn fill(&self, fields: &Fields<'_>) -> Result<Rendered, TemplateError> {
        Ok(Rendered {
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

    /// The subject for a recipient without any values.
    pub fn anonymous_subject(subject: &str) -> Result<String, TemplateError> {
        let source = Source {
            subject: subject.to_owned(),
            html: String::new(),
            text: String::new(),
        };
        Self::compile(&source)?.fill_subject(&sample_fields(&serde_json::json!({})))
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

    /// The segments of a body, if each of its placeholders is a plain name.
    pub fn segments(&self, body: Body) -> Option<&[Segment]> {
        let part = match body {
            Body::Text => &self.text,
            Body::Html => &self.html,
        };
        match part {
            Part::Segments(segments) => Some(segments),
            Part::Template(_) => None,
        }
    }
}

/// One text. In the common case, where each placeholder is a plain name, it is a list of
/// segments that are joined without running a template.
enum Part {
    Segments(Vec<Segment>),
    Template(&'static str),
}

/// A segment of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// The same for all recipients.
    Text(String),
    /// The value of a field.
    Name(&'static str),
}

/// One of the two bodies of a message.
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
        // The line numbers are those of the email, which its author does not see.
        check_bounds(text).map_err(|error| TooComplex {
            line: None,
            ..error
        })?;
        environment
            .add_template_owned(name, text.to_owned())
            .map_err(|error| invalid(&error))?;
        let template = environment
            .get_template(name)
            .map_err(|error| invalid(&error))?;
        // Authors get errors by line when their text is parsed; this is for texts that were
        // stored before names were checked.
        let unknown = template
            .undeclared_variables(false)
            .into_iter()
            .find(|variable| {
                let name = variable.as_str();
                !KNOWN_NAMES.contains(&name) && !OWN_NAMES.contains(&name)
            });
        if let Some(name) = unknown {
            return Err(TemplateError::UnknownName {
                line: 1,
                expression: name.clone(),
                name,
                known: Names::Recipient,
            });
        }
        Ok(segments(text).map_or(Part::Template(name), Part::Segments))
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
            Part::Segments(segments) => {
                let mut out = String::new();
                for segment in segments {
                    match segment {
                        Segment::Text(text) => out.push_str(text),
                        Segment::Name(name) if is_html && !is_markup(name) => {
                            push_escaped(&mut out, field(fields, name))
                        }
                        Segment::Name(name) => out.push_str(field(fields, name)),
                    }
                }
                Ok(out)
            }
        }
    }
}

/// `None` if a placeholder is more than a plain name.
fn segments(text: &str) -> Option<Vec<Segment>> {
    if text.contains(BLOCK.0) {
        return None;
    }
    let mut segments = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(EXPRESSION.0) {
        let (source, tail) = after.split_once(EXPRESSION.1)?;
        let source = match source.trim() {
            "seen_picture | safe" => SEEN_PICTURE,
            source => source,
        };
        let mut names = KNOWN_NAMES.into_iter().chain(OWN_NAMES);
        let name = names.find(|name| *name == source && *name != "attributes")?;
        segments.push(Segment::Text(before.to_owned()));
        segments.push(Segment::Name(name));
        rest = tail;
    }
    segments.push(Segment::Text(rest.to_owned()));
    Some(segments)
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
        "link_suffix" => fields.link_suffix,
        SEEN_PICTURE => fields.seen_picture,
        _ => "",
    }
}

/// Whether a field is markup of our own, which is not escaped in HTML.
pub fn is_markup(name: &str) -> bool {
    name == SEEN_PICTURE
}

/// The values with which a text is tried before it is sent.
pub(super) fn sample_fields(attributes: &serde_json::Value) -> Fields<'_> {
    Fields {
        name: "",
        email: "someone@example.org",
        language: Language::EN,
        attributes,
        site_name: "",
        unsubscribe_url: "",
        preferences_url: "",
        archive_url: "",
        link_suffix: "",
        seen_picture: "",
    }
}

/// The template engine, with private delimiters.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    let pair = |(start, end): (char, char)| (start.to_string(), end.to_string());
    let (block, expression, comment) = (pair(BLOCK), pair(EXPRESSION), pair(COMMENT));
    let syntax = SyntaxConfig::builder()
        .block_delimiters(block.0, block.1)
        .variable_delimiters(expression.0, expression.1)
        .comment_delimiters(comment.0, comment.1)
        .keep_trailing_newline(true)
        .build();
    // The delimiters differ from each other, which is all that is required.
    environment.set_syntax(syntax.unwrap_or_else(|_| unreachable!()));
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".html") {
            AutoEscape::Html
        } else {
            AutoEscape::None
        }
    });
    // Unknown names were rejected at compile time; an attribute that one recipient lacks is
    // empty, and never an error during a campaign.
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_fuel(Some(TEMPLATE_FUEL));
    // `none` and undefined print nothing.
    environment.set_formatter(|out, state, value| {
        if value.is_none() || value.is_undefined() {
            return Ok(());
        }
        let text = value.to_string();
        // An attribute may have been stored when any character was taken.
        let text = characters::scrub(&text);
        match state.auto_escape() {
            AutoEscape::Html if !value.is_safe() => {
                let mut escaped = String::with_capacity(text.len());
                // Slashes stay, so that addresses can be read in the source, too.
                push_escaped(&mut escaped, &text);
                Ok(out.write_str(&escaped)?)
            }
            _ => Ok(out.write_str(&text)?),
        }
    });
    // With it a loop could accumulate values without bound.
    environment.remove_global("namespace");
    environment.add_filter("default", default);
    environment.add_filter("d", default);
    environment.add_filter("urlencode", |value: &Value| urlencode(value));
    environment.add_filter("address_only", |value: &Value| address_only(value));
    environment.add_filter("recipient", |value: &Value| recipient(value));
    environment.add_filter("bracketed", |value: &Value| bracketed(value));
    environment
}

/// Checks that a text is not too expensive for the engine.
pub(super) fn check_bounds(text: &str) -> Result<(), TooComplex> {
    let text_of = |(start, end): (char, char)| (start.to_string(), end.to_string());
    let (expression, block, comment) = (text_of(EXPRESSION), text_of(BLOCK), text_of(COMMENT));
    let marks = bounds::template::Delimiters {
        expression: (&expression.0, &expression.1),
        block: (&block.0, &block.1),
        comment: (&comment.0, &comment.1),
    };
    bounds::template::check(text, &marks)
}

/// `value`, or `other` if it is empty: for `Dear {{ name | default("reader") }}` an empty name
/// counts as missing.
fn default(value: &Value, other: Rest<Value>) -> Value {
    let is_blank = value.as_str().is_some_and(characters::is_blank);
    if value.is_undefined() || value.is_none() || is_blank {
        other.first().cloned().unwrap_or_else(|| Value::from(""))
    } else {
        value.clone()
    }
}

pub(super) fn invalid(error: &minijinja::Error) -> TemplateError {
    TemplateError::Invalid(cause(error))
}
#[cfg(test)]
mod tests;
