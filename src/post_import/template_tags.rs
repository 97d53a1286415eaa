//! The tags of the template languages of other systems, such as `{{ subscriber.email }}`: they
//! mean nothing here, so that they are dropped and counted. Braces that an author meant as
//! such become literal ones.

use std::sync::LazyLock;

use regex::Regex;

/// Stands for a tag that was dropped, until it is known what to do with what is around it.
pub(super) const DROPPED: char = '\u{F8F3}';
/// Bytes of the longest tag.
const TAG_LIMIT: usize = 2_000;
/// The first words of a tag by which a part of the text is for some readers only.
const CONDITIONS: [&str; 9] = [
    "if", "with", "range", "else", "elif", "block", "for", "unless", "case",
];

/// A text without its tags.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dropped {
    /// The text, with [`DROPPED`] in their places.
    pub text: String,
    /// How many there were.
    pub count: u64,
    /// Whether parts of the text were for some readers only.
    pub is_conditional: bool,
}

/// Drops the tags of Go's templates, Django's, Jinja's and Liquid's. A tag that follows a
/// link leaves the link.
pub(super) fn drop_tags(text: &str) -> Dropped {
    let mut out = String::with_capacity(text.len());
    let (mut count, mut is_conditional) = (0, false);
    let mut closings = Closings::default();
    let mut at = 0;
    while let Some(offset) = next_tag(&text[at..]) {
        let start = at + offset;
        out.push_str(&text[at..start]);
        let (closing, end) = closings.after(text, start);
        let Some(end) = end.filter(|end| end - start <= TAG_LIMIT) else {
            out.push_str(&text[start..start + 2]);
            at = start + 2;
            continue;
        };
        let inner = text[start + 2..end].trim_matches(['-', '{', '}', ' ', '\t', '\n', '\r']);
        let word = inner.split_whitespace().next().unwrap_or_default();
        let word = word.trim_start_matches('#');
        is_conditional |= closing != "#}" && CONDITIONS.contains(&word);
        match followed_link(word, inner) {
            Some(link) => out.push_str(link),
            None => out.push(DROPPED),
        }
        count += 1;
        at = end + 2;
        // `{{{ tag }}}` has three of each.
        if text[start..].starts_with("{{{") && text[at..].starts_with('}') {
            at += 1;
        }
    }
    out.push_str(&text[at..]);
    if out.contains("@TrackLink") {
        count += out.matches("@TrackLink").count() as u64;
        out = out.replace("@TrackLink", "");
    }
    Dropped {
        text: out,
        count,
        is_conditional,
    }
}

/// Where the next end of a tag is, of each kind: each part of a text is searched once.
#[derive(Default)]
struct Closings([Option<Option<usize>>; 3]);

impl Closings {
    /// The end that the tag at `start` needs, and where the next of it is.
    fn after(&mut self, text: &str, start: usize) -> (&'static str, Option<usize>) {
        let (kind, closing) = match text.as_bytes().get(start + 1) {
            Some(b'{') => (0, "}}"),
            Some(b'%') => (1, "%}"),
            _ => (2, "#}"),
        };
        let from = start + 2;
        let is_known = match self.0[kind] {
            Some(Some(at)) => at >= from,
            Some(None) => true,
            None => false,
        };
        if !is_known {
            let rest = &text.as_bytes()[from..];
            let found = memchr::memmem::find(rest, closing.as_bytes());
            self.0[kind] = Some(found.map(|at| from + at));
        }
        (closing, self.0[kind].flatten())
    }
}

fn next_tag(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'{', &text.as_bytes()[from..]) {
        let at = from + at;
        if matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// The link of listmonk's `{{ TrackLink "https://…" . }}`.
fn followed_link<'a>(word: &str, inner: &'a str) -> Option<&'a str> {
    if word != "TrackLink" {
        return None;
    }
    let quoted = inner.split(['"', '`']).nth(1)?;
    quoted.starts_with("http").then_some(quoted)
}

/// Links of Markdown that lead to where a tag was.
static LINKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"!?\[[^\[\]\n]{{0,300}}\]\([^()\n]{{0,500}}{DROPPED}[^()\n]{{0,500}}\)"
    ))
    .ok()
});

/// Removes the marks of dropped tags from Markdown, with the links that led to them and the
/// space that would be left before a comma.
pub(super) fn without_marks(markdown: &str) -> String {
    if !markdown.contains(DROPPED) {
        return markdown.to_owned();
    }
    let markdown = match LINKS.as_ref() {
        Some(links) => links.replace_all(markdown, DROPPED.to_string()),
        None => markdown.into(),
    };
    let mut out = String::with_capacity(markdown.len());
    let mut characters = markdown.chars().peekable();
    while let Some(character) = characters.next() {
        if character != DROPPED {
            out.push(character);
            continue;
        }
        let is_end = characters
            .peek()
            .is_none_or(|next| matches!(next, ',' | '.' | '!' | '?' | ';' | ':' | '\n' | ' '));
        if is_end && out.ends_with(' ') && !out.ends_with("  ") {
            out.pop();
        }
    }
    out
}

/// Makes braces that look like a tag of ours literal ones.
pub(super) fn with_literal_braces(text: &str) -> String {
    if next_tag(text).is_none() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = next_tag(rest) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        out.push_str(&format!("{{% raw %}}{}{{% endraw %}}", &found[..2]));
        rest = &found[2..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> (String, u64, bool) {
        let dropped = drop_tags(text);
        (
            without_marks(&dropped.text),
            dropped.count,
            dropped.is_conditional,
        )
    }

    #[test]
    fn tags_go_with_the_space_and_the_links_around_them() {
        for (text, left, count, is_conditional) in [
            ("Dear {{ name }}, hello", "Dear, hello", 1, false),
            (
                "Hi {{{ .Subscriber.Name }}} and you",
                "Hi and you",
                1,
                false,
            ),
            (
                "A {% if subscriber.is_paid %}B{% endif %} C",
                "A B C",
                2,
                true,
            ),
            ("{{- range .Items }}x{{ end }}", "x", 2, true),
            ("[Leave]({{ unsubscribe_url }}) now", " now", 1, false),
            (
                "[Read]({{ TrackLink \"https://a.example/b\" . }})",
                "[Read](https://a.example/b)",
                1,
                false,
            ),
            (
                "see https://a.example/b@TrackLink there",
                "see https://a.example/b there",
                1,
                false,
            ),
            ("{# a remark #}x", "x", 1, false),
            ("open {{ for ever", "open {{ for ever", 0, false),
            ("{ plain } {", "{ plain } {", 0, false),
        ] {
            assert_eq!(
                without(text),
                (left.to_owned(), count, is_conditional),
                "{text}"
            );
        }
    }

    #[test]
    fn many_unclosed_tags_take_linear_time() {
        let text = "{{".repeat(500_000);
        assert_eq!(drop_tags(&text).text, text);
    }

    #[test]
    fn literal_braces_are_protected_one_by_one() {
        assert_eq!(
            with_literal_braces("a {{ b }} {%"),
            "a {% raw %}{{{% endraw %} b }} {% raw %}{%{% endraw %}"
        );
        assert_eq!(with_literal_braces("a { b }"), "a { b }");
    }
}
