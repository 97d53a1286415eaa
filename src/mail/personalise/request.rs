//! Emails that other programs ask for: what a program gives is filled in, and what it left out is
//! an error, since nobody else will notice.

use std::collections::BTreeSet;
use std::io::{self, Write};

use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;
use serde_json::{Map, Value};

use super::error::TemplateError;
use super::fields::{Rendered, Source, without_nulls};
use super::template::{check_bounds, environment, invalid};
use super::url_values::{address_only, bracketed, recipient, urlencode};
use crate::text::bounds::TooComplex;
use crate::text::locale::Language;

/// Bytes of one part of an email.
const PART_LIMIT: usize = 1024 * 1024;
/// Names that an error lists.
const LISTED: usize = 20;
/// The parts: the ending of a name says how values are escaped in it.
const SUBJECT: &str = "subject";
const HTML: &str = "message.html";
const TEXT: &str = "text";

/// What the merge tags are filled with.
#[derive(Debug, Clone, Serialize)]
pub struct RequestFields {
    /// What the program gives, an object. What is `null` in it counts as not there.
    #[serde(serialize_with = "without_nulls")]
    pub data: Value,
    /// The recipient's address.
    pub email: String,
    /// The language of the email.
    pub language: Language,
    /// The site's name in that language.
    pub site_name: String,
}

/// An email with compiled merge tags.
pub struct RequestTemplate {
    environment: Environment<'static>,
}

impl RequestTemplate {
    /// Compiles the three texts.
    ///
    /// # Errors
    /// [`TemplateError`] where one cannot be read.
    pub fn compile(source: &Source) -> Result<Self, TemplateError> {
        let mut environment = environment();
        // A condition may ask for what is not there; nothing else may.
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        strict_addresses(&mut environment);
        let texts = [
            (SUBJECT, &source.subject),
            (HTML, &source.html),
            (TEXT, &source.text),
        ];
        for (name, text) in texts {
            check_bounds(text).map_err(|error| TooComplex {
                line: None,
                ..error
            })?;
            environment
                .add_template_owned(name, text.clone())
                .map_err(|error| invalid(&error))?;
        }
        Ok(Self { environment })
    }

    /// Fills the merge tags. Values are escaped in HTML; in the subject, control characters are
    /// replaced.
    ///
    /// # Errors
    /// [`TemplateError::Missing`] names what the data lacks; [`TemplateError::Invalid`] where an
    /// expression fails on what it has, [`TemplateError::TooLong`] where that is too much.
    pub fn fill(&self, fields: &RequestFields) -> Result<Rendered, TemplateError> {
        let filled = self.filled(fields);
        filled.map_err(|error| match error {
            Failure::TooLong => TemplateError::TooLong(PART_LIMIT),
            Failure::Template(error) if error.kind() == ErrorKind::UndefinedError => {
                let missing = self.missing(fields);
                if missing.is_empty() {
                    invalid(&error)
                } else {
                    TemplateError::Missing(missing.join(", "))
                }
            }
            Failure::Template(error) => invalid(&error),
        })
    }

    fn filled(&self, fields: &RequestFields) -> Result<Rendered, Failure> {
        let subject = self.part(SUBJECT, fields)?;
        let subject: String = subject
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        Ok(Rendered {
            subject: subject.trim().to_owned(),
            html: self.part(HTML, fields)?,
            text: self.part(TEXT, fields)?,
        })
    }

    fn part(&self, name: &str, fields: &RequestFields) -> Result<String, Failure> {
        let template = self.environment.get_template(name)?;
        let mut out = Bounded::default();
        let done = template.render_captured_to(Serde(fields), &mut out);
        if out.is_full {
            return Err(Failure::TooLong);
        }
        done?;
        Ok(String::from_utf8_lossy(&out.bytes).into_owned())
    }

    /// What the template cannot do without and the data does not have.
    fn missing(&self, fields: &RequestFields) -> Vec<String> {
        let parts = [SUBJECT, HTML, TEXT].into_iter();
        let parts = parts.filter_map(|name| self.environment.get_template(name).ok());
        let used = parts.flat_map(|template| template.undeclared_variables(true));
        let missing: BTreeSet<String> = used
            .filter_map(|name| Some(name.strip_prefix("data.")?.to_owned()))
            .filter(|path| !has(&fields.data, path))
            .take(LISTED)
            .collect();
        // Some are only asked for, as in `{% if data.note %}`.
        let is_needed = |path: &&String| {
            let mut others = fields.clone();
            for other in missing.iter().filter(|other| other != path) {
                add(&mut others.data, other);
            }
            self.filled(&others).is_err()
        };
        missing.iter().filter(is_needed).cloned().collect()
    }
}

/// In an address, too, what is missing is an error.
fn strict_addresses(environment: &mut Environment<'static>) {
    type Engine = minijinja::Value;
    fn given(value: &Engine) -> Result<&Engine, Error> {
        if value.is_undefined() {
            Err(Error::from(ErrorKind::UndefinedError))
        } else {
            Ok(value)
        }
    }
    environment.add_filter("urlencode", |value: &Engine| given(value).map(urlencode));
    environment.add_filter("address_only", |value: &Engine| {
        given(value).map(address_only)
    });
    environment.add_filter("recipient", |value: &Engine| given(value).map(recipient));
    environment.add_filter("bracketed", |value: &Engine| given(value).map(bracketed));
}

enum Failure {
    Template(Error),
    TooLong,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Template(error)
    }
}

fn has(data: &Value, path: &str) -> bool {
    let found = path
        .split('.')
        .try_fold(data, |value, name| value.get(name));
    found.is_some_and(|value| !value.is_null())
}

/// Adds an empty text, with the objects around it.
fn add(data: &mut Value, path: &str) {
    let mut inner = data;
    for name in path.split('.') {
        if !inner.is_object() {
            *inner = Value::Object(Map::new());
        }
        let Value::Object(fields) = inner else { return };
        let value = fields.entry(name).or_insert(Value::Null);
        if value.is_null() {
            *value = Value::String(String::new());
        }
        inner = value;
    }
}

/// An email as it is written, up to a bound: a short text can name a long value many times.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    is_full: bool,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > PART_LIMIT {
            self.is_full = true;
            return Err(io::Error::other("it is full"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fields::Names;
    use super::super::placeholders::Placeholders;
    use super::*;

    fn filled(html: &str, data: Value) -> Result<Rendered, TemplateError> {
        let mut placeholders = Placeholders::with_names(Names::Request);
        let protected = placeholders.protect(html)?;
        let template = RequestTemplate::compile(&Source {
            subject: placeholders.restore(&protected),
            html: placeholders.restore_html(&protected),
            text: String::new(),
        })?;
        template.fill(&RequestFields {
            data,
            email: "a@b.kz".to_owned(),
            language: Language::EN,
            site_name: "Site".to_owned(),
        })
    }

    #[test]
    fn data_is_filled_in_and_escaped() {
        let text = "{{ data.order.no }} for {{ email }}: {% for one in data.items %}{{ one }};{% endfor %}";
        let data = json!({ "order": { "no": 17 }, "items": ["a", "<b>"] });
        let mail = filled(text, data).unwrap();
        assert_eq!(mail.html, "17 for a@b.kz: a;&lt;b&gt;;");
        assert_eq!(mail.subject, "17 for a@b.kz: a;<b>;");
        let link = "<a href=\"https://a.kz/{{ data.path }}\">x</a>";
        let mail = filled(link, json!({ "path": "\" onclick=x" })).unwrap();
        assert!(mail.html.contains("%22%20onclick%3Dx"), "{}", mail.html);
        let error = filled(link, json!({})).unwrap_err();
        assert_eq!(error, TemplateError::Missing("path".to_owned()));
    }

    #[test]
    fn what_is_missing_is_named_unless_it_can_be() {
        let text = "{{ data.a.b }}{{ data.c | default(\"-\") }}{% if data.d %}{{ data.d }}{% endif %}{{ data.e }}";
        let error = filled(text, json!({ "e": null })).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the data lacks a.b, e, which the template needs"
        );
        let mail = filled(text, json!({ "a": { "b": "1" }, "e": "2" })).unwrap();
        assert_eq!(mail.html, "1-2");
    }

    #[test]
    fn other_names_are_unknown() {
        let error = filled("Dear {{ name }}", json!({}))
            .unwrap_err()
            .to_string();
        assert!(error.contains("known are data.…, email"), "{error}");
        let mut placeholders = Placeholders::default();
        let error = placeholders.protect("{{ data.x }}").unwrap_err();
        assert!(error.to_string().contains("known are name, email"));
    }

    #[test]
    fn a_short_text_with_long_data_is_refused() {
        let text = "{{ data.x }}".repeat(100);
        let error = filled(&text, json!({ "x": "x".repeat(50_000) })).unwrap_err();
        assert_eq!(error, TemplateError::TooLong(PART_LIMIT));
    }
}
