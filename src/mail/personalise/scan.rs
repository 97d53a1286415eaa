//! Finds merge tags in an author's text.

/// Where personal parts and remarks begin in a text, found in one pass over it.
pub struct Openings<'t> {
    text: &'t str,
    /// The next `{{`, `{%` and remark from the last place asked for; `None` where
    /// there is none.
    next: [Option<usize>; 3],
}

impl<'t> Openings<'t> {
    /// The first of each in a text.
    pub fn of(text: &'t str) -> Self {
        Self {
            text,
            next: Self::SEARCHES.map(|search| search(text)),
        }
    }

    const SEARCHES: [fn(&str) -> Option<usize>; 3] = [
        |text: &str| text.find("{{"),
        |text: &str| text.find("{%"),
        next_remark,
    ];

    /// The first at `at` or behind it; `at` never goes back.
    pub fn next(&mut self, at: usize) -> Option<usize> {
        for (next, search) in self.next.iter_mut().zip(Self::SEARCHES) {
            if next.is_some_and(|next| next < at) {
                *next = search(&self.text[at..]).map(|found| at + found);
            }
        }
        self.next.into_iter().flatten().min()
    }
}

/// Where `{# … #}` begins. One that is not closed before the next is none:
/// `{#name}` names anchors elsewhere.
fn next_remark(text: &str) -> Option<usize> {
    let mut from = 0;
    for (end, closing) in text.match_indices("#}") {
        if let Some(start) = text[from..end].rfind("{#") {
            return Some(from + start);
        }
        from = end + closing.len();
    }
    None
}

/// Where an expression ends, not counting what stands between quotes.
pub fn end_of_expression(text: &str, closing: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if c == '\\' => is_escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if text[at..].starts_with(closing) => return Some(at),
            None if c == '"' || c == '\'' => quote = Some(c),
            None => {}
        }
    }
    // A quote that is never closed is no reason to look no further.
    text.find(closing)
}

/// Editors of HTML write quotes and signs within expressions as references.
pub(super) fn decoded(source: &str) -> String {
    if !source.contains('&') {
        return source.to_owned();
    }
    [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(source.to_owned(), |text, (from, to)| text.replace(from, to))
}
