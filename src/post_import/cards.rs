//! The cards of Ghost's editors, which are the same in Lexical and in Mobiledoc: pictures,
//! bookmarks, callouts and the like, as HTML.

use serde_json::Value;

use crate::text::escape::{escape_html, push_escaped};
use crate::text::markdown;

/// What a card came to.
pub(super) enum Card {
    /// HTML, which may be empty.
    Html(String),
    /// The words of a card of a kind that is not known.
    Unknown(String),
}

/// A card by its name in either editor.
pub(super) fn card(name: &str, payload: &Value) -> Card {
    let get = |field: &str| {
        payload
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let html = match name {
        "image" | "card-image" => figure(&picture(payload), get("caption")),
        "gallery" => {
            let images = payload.get("images").and_then(Value::as_array);
            let images: Vec<String> = images.into_iter().flatten().map(picture).collect();
            figure(&images.join(""), get("caption"))
        }
        "html" | "card-html" => get("html").to_owned(),
        "markdown" | "card-markdown" => {
            let rendered = markdown::to_html(get("markdown"));
            rendered.unwrap_or_else(|_| paragraph(get("markdown")))
        }
        "code" | "codeblock" => code(get("code"), get("language")),
        "hr" | "horizontalrule" => "<hr>".to_owned(),
        "bookmark" => {
            let metadata = payload.get("metadata").unwrap_or(&Value::Null);
            let of = |field: &str| {
                let inner = metadata.get(field).and_then(Value::as_str);
                inner.unwrap_or_else(|| get(field))
            };
            let title = link(get("url"), of("title"));
            figure(
                &format!("<p>{title}<br>{}</p>", escape_html(of("description"))),
                get("caption"),
            )
        }
        "embed" => {
            let url = get("url");
            let inner = if url.is_empty() {
                get("html").to_owned()
            } else {
                let title = payload.get("metadata").and_then(|one| one.get("title"));
                link(url, title.and_then(Value::as_str).unwrap_or_default())
            };
            figure(&format!("<p>{inner}</p>"), get("caption"))
        }
        "video" => figure(&file(get("src"), get("fileName")), get("caption")),
        "audio" => file(get("src"), get("title")),
        "file" => {
            let title = [get("fileTitle"), get("fileName")];
            let title = title.into_iter().find(|title| !title.is_empty());
            figure(
                &file(get("src"), title.unwrap_or_default()),
                get("fileCaption"),
            )
        }
        "callout" => {
            let emoji = escape_html(get("calloutEmoji"));
            format!(
                "<blockquote><p>{emoji} {}</p></blockquote>",
                get("calloutText")
            )
        }
        "toggle" => format!(
            "<p><strong>{}</strong></p><div>{}</div>",
            get("heading"),
            get("content")
        ),
        "button" => file(get("buttonUrl"), get("buttonText")),
        "header" => {
            let title = [get("header"), get("heading")].concat();
            let below = [get("subheader"), get("subheading")].concat();
            let button = file(get("buttonUrl"), get("buttonText"));
            format!("<h2>{title}</h2><p>{below}</p>{button}")
        }
        "product" => {
            let image = Value::from(get("productImageSrc"));
            let image = picture(&serde_json::json!({ "src": image }));
            let button = file(get("productUrl"), get("productButton"));
            format!(
                "{image}<p><strong>{}</strong></p><div>{}</div>{button}",
                get("productTitle"),
                get("productDescription")
            )
        }
        "call-to-action" => {
            let button = file(get("buttonUrl"), get("buttonText"));
            format!("<div>{}</div>{button}", get("textValue"))
        }
        // They were only in emails, or asked to subscribe. What follows a paywall is noticed by
        // the visibility of the post.
        "email" | "email-cta" | "signup" | "paywall" | "subscribe" => String::new(),
        _ => return Card::Unknown(paragraphs(&words(payload))),
    };
    Card::Html(html)
}

fn picture(payload: &Value) -> String {
    let get = |field: &str| {
        payload
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    match get("src") {
        "" => String::new(),
        source => format!(
            "<p><img src=\"{}\" alt=\"{}\"></p>",
            escape_html(source),
            escape_html(get("alt"))
        ),
    }
}

/// The caption is HTML.
fn figure(inner: &str, caption: &str) -> String {
    match caption {
        "" => inner.to_owned(),
        caption => format!("<figure>{inner}<figcaption>{caption}</figcaption></figure>"),
    }
}

fn link(url: &str, title: &str) -> String {
    let title = if title.trim().is_empty() { url } else { title };
    format!(
        "<a href=\"{}\">{}</a>",
        escape_html(url),
        escape_html(title)
    )
}

fn file(url: &str, title: &str) -> String {
    match url {
        "" => String::new(),
        url => format!("<p>{}</p>", link(url, title)),
    }
}

pub(super) fn code(code: &str, language: &str) -> String {
    format!(
        "<pre><code class=\"language-{}\">{}</code></pre>",
        escape_html(language),
        escape_html(code)
    )
}

fn paragraph(text: &str) -> String {
    let mut html = "<p>".to_owned();
    push_escaped(&mut html, text);
    html.push_str("</p>");
    html
}

fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|text| paragraph(text)).collect()
}

/// What a person would read in a card of an unknown kind.
fn words(payload: &Value) -> Vec<&str> {
    const READ: [&str; 9] = [
        "text",
        "title",
        "heading",
        "header",
        "subheader",
        "content",
        "description",
        "caption",
        "html",
    ];
    let mut found = Vec::new();
    let mut open = vec![payload];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value {
                        Value::String(text)
                            if READ.contains(&name.as_str()) && !text.trim().is_empty() =>
                        {
                            found.push(text.as_str());
                        }
                        Value::Object(_) | Value::Array(_) => open.push(value),
                        _ => {}
                    }
                }
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}
