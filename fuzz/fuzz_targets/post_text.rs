#![no_main]

use jarshy::content::post::BODY_LIMIT;
use jarshy::post_import::convert::convert;
use jarshy::post_import::found::{Body, FoundPost};

libfuzzer_sys::fuzz_target!(|text: &str| {
    // The first character chooses what wrote it.
    let mut characters = text.chars();
    let kind = characters.next();
    let text = characters.as_str().to_owned();
    let body = match kind {
        Some('h') => Body::Html(text),
        Some('t') => Body::HtmlTemplate(text),
        Some('m') => Body::MarkdownTemplate(text),
        Some('p') => Body::PlainTemplate(text),
        Some('l') => Body::Lexical(text),
        Some('o') => Body::Mobiledoc(text),
        _ => return,
    };
    let post = FoundPost {
        body,
        ..FoundPost::default()
    };
    if let Ok(converted) = convert(&post, None) {
        assert!(converted.markdown.len() <= BODY_LIMIT);
    }
});
