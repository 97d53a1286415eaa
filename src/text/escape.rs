//! Text in HTML.
//!
//! askama's escape, for pages, writes numeric references; mail is read as source by people
//! and filters, and names the characters.

/// Adds `text` to HTML, as content or within a quoted attribute.
pub fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

/// Words in which nothing is a merge tag any more: an invisible character that joins words parts
/// their braces.
pub fn without_merge_tags(words: &str) -> String {
    let apart = "{\u{2060}";
    let words = words.replace("{{", &format!("{apart}{{"));
    words
        .replace("{%", &format!("{apart}%"))
        .replace("{#", &format!("{apart}#"))
}

/// `text` as HTML content, or as the value of a quoted attribute.
pub fn escape_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(&mut html, text);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_an_attribute_or_begins_a_tag() {
        let html = escape_html("<b title=\"'&'\">");
        assert_eq!(html, "&lt;b title=&quot;&#39;&amp;&#39;&quot;&gt;");
    }
}
