//! Merge tags without a recipient: on the public site, in feeds, in the archive.

use super::personalise::{Body, Fields, MessageTemplate, Placeholders, Source, TemplateError};
use crate::text::locale::Language;

#[derive(Debug, Clone, Copy)]
pub struct AnonymousReader<'a> {
    /// The language of the text.
    pub language: Language,
    /// What a reader without a name is called in it.
    pub reader: &'a str,
    /// The site's name in it.
    pub site_name: &'a str,
    /// Without a slash at its end.
    pub site_url: &'a str,
}

/// Fills the merge tags of an author's text: `{{ name }}` becomes the word for a reader, a
/// default itself, and what only a recipient has is left out.
///
/// A text with tags that mean nothing in email stays unchanged: it may be an article about
/// templates.
pub fn fill(text: &str, anonymous: AnonymousReader<'_>) -> String {
    if !["{{", "{%", "{#"].iter().any(|mark| text.contains(mark)) {
        return text.to_owned();
    }
    let text = if text.contains("raw %}") {
        text.to_owned()
    } else {
        without_recipient(text, anonymous.reader)
    };
    try_fill(&text, anonymous).unwrap_or(text)
}

fn try_fill(text: &str, anonymous: AnonymousReader<'_>) -> Result<String, TemplateError> {
    let mut placeholders = Placeholders::default();
    let protected = placeholders.protect(text)?;
    let template = MessageTemplate::compile(&Source {
        subject: String::new(),
        html: String::new(),
        text: placeholders.restore(&protected),
    })?;
    let fields = Fields {
        name: "",
        email: "",
        language: anonymous.language,
        attributes: &serde_json::json!({}),
        site_name: anonymous.site_name,
        unsubscribe_url: &format!("{}/join", anonymous.site_url),
        preferences_url: &format!("{}/join", anonymous.site_url),
        archive_url: &format!("{}/archive", anonymous.site_url),
        link_suffix: "",
        seen_picture: "",
    };
    template.fill_body(Body::Text, &fields)
}

/// Replaces plain tags; those with a default or a condition need no recipient.
fn without_recipient(text: &str, reader: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}") else {
            break;
        };
        let (tag, after) = rest[start..].split_at(length + 2);
        let name = tag[2..length].trim();
        let is_personal = name == "email"
            || name
                .strip_prefix("attributes.")
                .is_some_and(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'));
        out.push_str(&rest[..start]);
        match name {
            "name" => out.push_str(reader),
            _ if is_personal => {
                // The space that would be left before a full stop goes with it.
                let is_end = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
                if is_end && out.ends_with(' ') {
                    out.pop();
                }
            }
            _ => out.push_str(tag),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Replaces a plain `{{ name }}` in a compiled text.
pub fn named(compiled: &str, reader: &str) -> String {
    compiled.replace("\u{E000} name \u{E001}", reader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_filled_in_for_anyone() {
        let anonymous = AnonymousReader {
            language: Language::EN,
            reader: "reader",
            site_name: "Embassy",
            site_url: "https://a.kz",
        };
        for (text, shown) in [
            ("Hello {{ name }}!", "Hello reader!"),
            ("Dear {{name}}, welcome", "Dear reader, welcome"),
            (
                "{% if name %}Dear {{ name }},{% else %}Hello,{% endif %} news",
                "Hello, news",
            ),
            ("From {{ site_name }}.", "From Embassy."),
            ("You live in {{ attributes.city }}.", "You live in."),
            (
                "Using {{ handlebars }} in templates",
                "Using {{ handlebars }} in templates",
            ),
            ("No tags {here}", "No tags {here}"),
            ("Open {{ name", "Open {{ name"),
        ] {
            assert_eq!(fill(text, anonymous), shown);
        }
    }
}
