//! Inserts a secret link into an email whose layout was written by others.
//!
//! With `<img src="https://elsewhere/?u={{ button_url }}">` a layout would make the email
//! client send the link to a stranger. So a layout never sees the link: it is rendered around a
//! mark, and the link replaces the mark only where it can be read or followed, as the whole
//! `href` of an `<a>` or in text.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::text::escape::escape_html;

/// The mark in place of the link.
pub const LINK_MARK: &str = "https://link.invalid/jarshy-secret-link";

/// Replaces every mark by `link`; `None` if a mark is anywhere but in the `href` of an `<a>` or
/// in text.
pub fn fill(html: &str, link: &str) -> Option<String> {
    let sink = Places::default();
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // A tokenizer that is asked for no script never stops in between.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let places = tokenizer.sink;
    places.end_text();
    let is_safe = places.allowed.get() == html.matches(LINK_MARK).count();
    is_safe.then(|| html.replace(LINK_MARK, &escape_html(link)))
}

/// Counts the marks in allowed places.
#[derive(Default)]
struct Places {
    allowed: Cell<usize>,
    /// Text comes in pieces; a mark may be cut by them.
    text: RefCell<String>,
    /// Within an element whose text is no text for readers.
    is_raw: Cell<bool>,
}

impl Places {
    fn allow(&self, count: usize) {
        self.allowed.set(self.allowed.get() + count);
    }

    fn end_text(&self) {
        let text = self.text.take();
        if !self.is_raw.get() {
            self.allow(text.matches(LINK_MARK).count());
        }
    }

    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        self.end_text();
        let is_start = tag.kind == TagKind::StartTag;
        if is_start && &*tag.name == "a" {
            let is_link = |name: &str, value: &str| name == "href" && value == LINK_MARK;
            let hrefs = tag.attrs.iter();
            let hrefs = hrefs.filter(|attr| is_link(&attr.name.local, &attr.value));
            self.allow(hrefs.count());
        }
        let raw = match &*tag.name {
            "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => RawKind::Rawtext,
            "script" => RawKind::ScriptData,
            "title" | "textarea" => RawKind::Rcdata,
            _ => return TokenSinkResult::Continue,
        };
        self.is_raw.set(is_start);
        if is_start {
            TokenSinkResult::RawData(raw)
        } else {
            TokenSinkResult::Continue
        }
    }
}

impl TokenSink for Places {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            Token::TagToken(tag) => return self.tag(&tag),
            Token::ParseError(_) => {}
            _ => self.end_text(),
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://site.kz/admin/sign-in/secret";

    #[test]
    fn a_link_is_put_where_it_can_only_be_read_or_pressed() {
        let html = format!(
            "<!doctype html><p>Open {LINK_MARK} now</p><a class=\"b\" href=\"{LINK_MARK}\">Go</a>\
             <style>p {{ color: red }}</style><A HREF='{LINK_MARK}'>or here</A>"
        );
        let filled = fill(&html, LINK).unwrap();
        assert_eq!(filled.matches(LINK).count(), 3);
        assert!(!filled.contains(LINK_MARK));
        assert_eq!(
            fill("<p>no link</p>", LINK).as_deref(),
            Some("<p>no link</p>")
        );
        assert!(
            fill(LINK_MARK, "https://a.kz/?a=1&b=\"")
                .unwrap()
                .ends_with("a=1&amp;b=&quot;")
        );
    }

    #[test]
    fn whatever_fetches_gets_no_link() {
        for place in [
            "<img src=\"https://elsewhere/?u=@\">",
            "<img src='@'>",
            "<table background=\"@\">",
            "<p style=\"background: url(@)\">",
            "<style>p { background: url(@) }</style>",
            "<style><a href=\"@\"></style>",
            "<script>fetch('@')</script>",
            "<!--[if mso]><v:fill src=\"@\" /><![endif]-->",
            "<!-- @ -->",
            "<link rel=\"prefetch\" href=\"@\">",
            "<base href=\"@\">",
            "<a href=\"https://elsewhere/?u=@\">Go</a>",
            "<a ping=\"@\" href=\"https://a.kz\">Go</a>",
            "<img alt='<a href=\"@\">'>",
            "<a title='x' href=\"https://a.kz\" href=\"@\">Go</a>",
            "<textarea>@</textarea>",
            "<v:roundrect href=\"@\">",
            "<svg><a xlink:href=\"@\"></a></svg>",
        ] {
            let html = format!("<p>{LINK_MARK}</p>{}", place.replace('@', LINK_MARK));
            assert_eq!(fill(&html, LINK), None, "{place}");
        }
    }
}
