//! MJML, read by a tokenizer that knows comments, CDATA and quotes, so that
//! nothing hides from it how deep the elements lie.

use super::TooComplex;

/// Bytes of a source with its slots filled in.
const SIZE: usize = 1024 * 1024;
/// Elements within each other: far more than any design needs.
const DEPTH: usize = 100;
/// Elements.
const ELEMENTS: usize = 10_000;
/// Attributes of one element.
const ATTRIBUTES: usize = 200;
/// Pictures of carousels: their style rules grow with the square.
const CAROUSEL_IMAGES: usize = 60;

/// Bytes that the attributes of `mj-attributes` come to, set on each element.
const DEFAULTS: usize = 50_000_000;

/// HTML elements that are never closed.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// HTML elements whose end may be left out before another of them.
const UNCLOSED: [&str; 9] = ["p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody"];

/// Checks a design before MJML is read.
///
/// # Errors
/// [`TooComplex`] names the line.
pub fn check(source: &str) -> Result<(), TooComplex> {
    if source.len() > SIZE {
        return Err(TooComplex::new("the design is longer than 1 MiB"));
    }
    let mut open: Vec<&str> = Vec::new();
    let (mut elements, mut pictures) = (0, 0);
    let (mut defaults, mut defaults_at) = (0, 0);
    let tags = Tags {
        source,
        at: 0,
        is_open: [false; 4],
    };
    for tag in tags {
        let line = || super::line_of(source, tag.start);
        if tag.attributes > ATTRIBUTES {
            let reason = format!("an element may have {ATTRIBUTES} attributes; this has more");
            return Err(TooComplex::at(line(), reason));
        }
        if open.contains(&"mj-attributes") && !tag.is_end {
            defaults += tag.length;
            defaults_at = tag.start;
        }
        if tag.is_end {
            // One that was never opened closes nothing.
            let depth = open.iter().rposition(|name| *name == tag.name);
            open.truncate(depth.unwrap_or(open.len()));
            continue;
        }
        elements += 1;
        pictures += usize::from(tag.name == "mj-carousel-image");
        if elements > ELEMENTS {
            let reason = format!("a design may have {ELEMENTS} elements");
            return Err(TooComplex::at(line(), reason));
        }
        if pictures > CAROUSEL_IMAGES {
            let reason = format!("carousels may have {CAROUSEL_IMAGES} pictures in all");
            return Err(TooComplex::at(line(), reason));
        }
        if tag.is_closed || VOID.contains(&tag.name) {
            continue;
        }
        if UNCLOSED.contains(&tag.name) && open.last() == Some(&tag.name) {
            continue;
        }
        open.push(tag.name);
        if open.len() > DEPTH {
            let reason = "the elements lie too deep in each other; close them".to_owned();
            return Err(TooComplex::at(line(), reason));
        }
    }
    if defaults * elements > DEFAULTS {
        let reason = "mj-attributes sets too much on so many elements; set less, or fewer elements";
        return Err(TooComplex::at(super::line_of(source, defaults_at), reason));
    }
    Ok(())
}

/// A tag of the source.
struct Tag<'a> {
    start: usize,
    length: usize,
    name: &'a str,
    attributes: usize,
    is_end: bool,
    /// Ends itself: `<br/>`.
    is_closed: bool,
}

/// The tags of a source, in order.
struct Tags<'a> {
    source: &'a str,
    at: usize,
    /// Which of [`SKIPPED`] are known never to end: looked for once, not each time.
    is_open: [bool; 4],
}

/// What holds no tags: how it begins and ends.
const SKIPPED: [(&str, &str); 4] = [
    ("<!--", "-->"),
    ("<![CDATA[", "]]>"),
    ("<?", "?>"),
    ("<!", ">"),
];

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + self.source.get(self.at..)?.find('<')?;
            let rest = &self.source[start..];
            let skipped = SKIPPED.iter().position(|(mark, _)| rest.starts_with(mark));
            if let Some(which) = skipped {
                let (mark, end) = SKIPPED[which];
                let length = if self.is_open[which] {
                    None
                } else {
                    rest[mark.len()..].find(end)
                };
                // One that never ends hides nothing.
                self.is_open[which] = length.is_none();
                self.at = match length {
                    Some(length) => start + mark.len() + length + end.len(),
                    None => start + 1,
                };
                continue;
            }
            self.at = start + 1;
            let is_end = rest.as_bytes().get(1) == Some(&b'/');
            let name = &rest[if is_end { 2 } else { 1 }..];
            let length = name
                .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<' | '=' | '"'))
                .unwrap_or(name.len());
            if length == 0 || !name.starts_with(|c: char| c.is_alphabetic()) {
                continue;
            }
            let name = &name[..length];
            let (end, attributes, is_closed) = tag_end(rest);
            self.at = start + end;
            return Some(Tag {
                start,
                length: end,
                name,
                attributes,
                is_end,
                is_closed,
            });
        }
    }
}

/// Where the tag at the start of `rest` ends, its attributes, and whether it
/// ends itself. A quote holds `>` only as the value of an attribute.
fn tag_end(rest: &str) -> (usize, usize, bool) {
    let bytes = rest.as_bytes();
    let (mut at, mut attributes, mut quote) = (1, 0, None);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'=') => {
                attributes += 1;
                let value = bytes[at..].iter().position(|b| !b.is_ascii_whitespace());
                let value = at + value.unwrap_or(0);
                if let Some(mark @ (b'"' | b'\'')) = bytes.get(value) {
                    quote = Some(*mark);
                    at = value + 1;
                }
            }
            (None, b'>') => return (at, attributes, bytes[at - 2] == b'/'),
            // A tag within a tag: this one never ended.
            (None, b'<') => return (at - 1, attributes, false),
            _ => {}
        }
    }
    // A quote that is never closed hides nothing either.
    match quote {
        Some(_) => (1, attributes, false),
        None => (bytes.len(), attributes, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn designs_of_people_pass() {
        for fine in [
            "<mjml><mj-body><mj-text>a<br>b<p>c<p>d<ul><li>e<li>f</ul> 1 < 2 > 1</mj-text></mj-body></mjml>".to_owned(),
            format!("<mj-text>{}</mj-text>", "<br>a<hr/><img src=\"a>b\">".repeat(500)),
            format!("<table>{}</table>", "<tr><td>a</td><td>b</td></tr>".repeat(500)),
            "<!-- <b> --><!doctype mjml><?xml version='1.0'?><![CDATA[ <b><b> ]]>".repeat(200),
            "цена < 5 и > 3".repeat(300),
        ] {
            assert_eq!(check(&fine), Ok(()), "{}", fine.chars().take(40).collect::<String>());
        }
    }

    #[test]
    fn hidden_depth_is_measured() {
        let deep = "<mj-section>".repeat(3_000);
        for bomb in [
            deep.clone(),
            format!("<!-- > -->{deep}"),
            format!("<!-- </mj-section> -->{deep}"),
            format!("{deep}<!--"),
            format!("<!-- {deep}"),
            format!("<![CDATA[ {deep}"),
            format!("<a b=\"{deep}"),
            format!("<?x {deep}"),
            "<mj-section><!-- </mj-section> -->".repeat(3_000),
            "<mj-section a=\"/>\">".repeat(3_000),
            "<mj-section a='</mj-section>'>".repeat(3_000),
            "<mj-section a = \"/\" >".repeat(3_000),
            "<mj-section></mj-column>".repeat(3_000),
            "<mj-section\n".repeat(3_000),
            "<p><li>".repeat(3_000),
            "<раздел>".repeat(3_000),
        ] {
            let error = check(&bomb).expect_err(&bomb);
            assert!(error.reason.contains("too deep"), "{error}");
            assert!(error.line.is_some());
        }
    }

    #[test]
    fn numbers_are_bounded() {
        for (bomb, says) in [
            ("<mj-text>x</mj-text>".repeat(20_000), "elements"),
            (
                format!("<mj-text {}>", "a=\"1\" ".repeat(900)),
                "attributes",
            ),
            ("<mj-carousel-image />".repeat(200), "pictures"),
            (
                format!(
                    "<mj-attributes><mj-all css-class='{}'/></mj-attributes>{}",
                    "x".repeat(100_000),
                    "<mj-text>x</mj-text>".repeat(3_000)
                ),
                "mj-attributes",
            ),
            (
                format!(
                    "<mj-attributes>{}</mj-attributes>{}",
                    "<mj-all a='b' />".repeat(4_000),
                    "<mj-text>x</mj-text>".repeat(3_000)
                ),
                "mj-attributes",
            ),
            ("x".repeat(2_000_000), "longer"),
        ] {
            assert!(check(&bomb).unwrap_err().reason.contains(says));
        }
    }
}
