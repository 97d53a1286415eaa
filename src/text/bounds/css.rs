//! Style sheets, before they are inlined: each selector is tried on each
//! element, and each declaration merged into it.

use std::collections::HashSet;

use super::TooComplex;
use super::html::Shape;

/// Bytes of all style sheets of one mail.
const SIZE: usize = 256 * 1024;
/// Selectors tried on elements, with the steps that each takes through the tree.
const STEPS: u64 = 20_000_000;
/// Declarations merged into elements.
const MERGES: u64 = 300_000_000;
/// Declarations of one `style` attribute.
const INLINE: usize = 200;

/// Checks the style sheets of `html`, whose tree has been measured.
///
/// # Errors
/// [`TooComplex`] says what is too much.
pub fn check(html: &str, shape: Shape) -> Result<(), TooComplex> {
    // The same bytes at the same places.
    let lower = html.to_ascii_lowercase();
    check_attributes(&lower)?;
    let sheets = sheets(html, &lower);
    if sheets.iter().map(|sheet| sheet.len()).sum::<usize>() > SIZE {
        return Err(TooComplex::new("the style sheets are longer than 256 KiB"));
    }
    let mut work = Work::new(shape);
    for sheet in sheets {
        work.read(sheet);
    }
    if work.steps > STEPS {
        return Err(TooComplex::new(
            "the style sheets have too many selectors for so many elements, or too many with ~ in them; use fewer or simpler ones",
        ));
    }
    match work.merges() > MERGES {
        true => Err(TooComplex::new(
            "the style sheets have too many declarations for so many elements; use fewer",
        )),
        false => Ok(()),
    }
}

fn check_attributes(html: &str) -> Result<(), TooComplex> {
    let mut from = 0;
    while let Some(found) = html[from..].find("style=") {
        let at = from + found;
        let rest = &html[at + 6..];
        let value = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next().unwrap_or_default(),
            _ => rest.split(['>', ' ']).next().unwrap_or_default(),
        };
        from = at + 6 + value.len();
        if value.bytes().filter(|byte| *byte == b';').count() > INLINE {
            let reason = format!("a style attribute may have {INLINE} declarations");
            return Err(TooComplex::at(super::line_of(html, at), reason));
        }
    }
    Ok(())
}

/// The contents of the `<style>` elements.
fn sheets<'a>(html: &'a str, lower: &str) -> Vec<&'a str> {
    let mut sheets = Vec::new();
    let mut at = 0;
    while let Some(open) = lower[at..].find("<style") {
        let tag = at + open;
        let Some(end) = lower[tag..].find('>') else {
            break;
        };
        let start = tag + end + 1;
        let length = lower[start..].find("</style").unwrap_or(html.len() - start);
        sheets.push(&html[start..start + length]);
        at = start + length;
    }
    sheets
}

struct Work<'a> {
    elements: u64,
    siblings: u64,
    depth: u64,
    steps: u64,
    declarations: u64,
    properties: HashSet<&'a str>,
}

impl<'a> Work<'a> {
    fn new(shape: Shape) -> Self {
        Self {
            elements: shape.nodes as u64,
            siblings: shape.siblings as u64,
            depth: shape.depth as u64,
            steps: 0,
            declarations: 0,
            properties: HashSet::new(),
        }
    }

    fn merges(&self) -> u64 {
        self.declarations
            .saturating_mul(self.properties.len() as u64)
            .saturating_mul(self.elements)
    }

    /// Reads rules roughly: what stands before `{` is a selector, what stands
    /// in the innermost braces are declarations. Rules within `@media` and the
    /// like count too, although they are kept as they are.
    fn read(&mut self, sheet: &'a str) {
        let bytes = sheet.as_bytes();
        let (mut start, mut at) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'/' if bytes.get(at + 1) == Some(&b'*') => {
                    at = sheet[at + 2..]
                        .find("*/")
                        .map_or(bytes.len(), |end| at + 2 + end + 2);
                    continue;
                }
                b'"' | b'\'' => {
                    at = string_end(bytes, at);
                    continue;
                }
                b'{' => {
                    self.selector(&sheet[start..at]);
                    start = at + 1;
                }
                b'}' => {
                    self.declaration(&sheet[start..at]);
                    start = at + 1;
                }
                b';' => {
                    self.declaration(&sheet[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn declaration(&mut self, text: &'a str) {
        if let Some((property, _)) = text.split_once(':') {
            self.declarations += 1;
            self.properties.insert(property.trim());
        }
    }

    fn selector(&mut self, text: &str) {
        let text = text.trim();
        if text.starts_with('@') {
            return;
        }
        for one in text.split(',') {
            let one = one.trim();
            let tildes = one.matches('~').count() as u64;
            let plus = one.matches(['+', '>']).count() as u64;
            let spaces = one.split_whitespace().count().saturating_sub(1) as u64;
            let nth = one.matches(":nth").count() as u64;
            let mut weight = 1 + plus + nth * 4 + spaces.min(8) * self.depth / 8;
            if tildes > 0 || one.contains(":has") {
                weight += self.siblings * (tildes + plus + 1);
            }
            self.steps = self
                .steps
                .saturating_add(weight.saturating_mul(self.elements));
        }
    }
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            // CSS Syntax §4.3.5: a line's end closes what was never closed.
            b'\n' => return at,
            byte if byte == quote => return at,
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::super::html::{MAIL, measure};
    use super::*;

    fn checked(html: &str) -> Result<(), TooComplex> {
        check(html, measure(html, &MAIL)?)
    }

    #[test]
    fn style_sheets_of_real_mails_pass() {
        let rules: String = (0..400)
            .map(|n| format!(".c{n} td a:hover, #i{n} > p {{ color: red; margin: 0 auto }}\n"))
            .collect();
        let media = "@media (max-width: 600px) { .a { width: 100% !important } }".repeat(50);
        let body = "<table><tr><td><p style=\"a:b;c:d\">x</p></td></tr></table>".repeat(150);
        let html = format!("<style>{rules}{media}input:checked ~ .x {{ b: c }}</style>{body}");
        assert_eq!(checked(&html), Ok(()));
    }

    #[test]
    fn what_takes_too_long_to_inline_is_refused() {
        let many = "<p>x</p>".repeat(2_000);
        for (bomb, says) in [
            (
                format!("<style>{}</style>{many}", "i~p{c:d}".repeat(2_000)),
                "selectors",
            ),
            (
                format!("<style>{}q{{a:b}}</style>{many}", "p~".repeat(20_000)),
                "selectors",
            ),
            (
                format!("<style>{}p{{a:b}}</style>{many}", "p,".repeat(20_000)),
                "selectors",
            ),
            (
                format!("<style>{}</style>{many}", "p:not(b~p){c:d}".repeat(200)),
                "selectors",
            ),
            (
                format!(
                    "<style>p{{{}}}</style>{many}",
                    (0..5_000).map(|n| format!("a{n}:b;")).collect::<String>()
                ),
                "declarations",
            ),
            (format!("<style>{}</style>", " ".repeat(300_000)), "longer"),
            (format!("<p style='{}'>", "a:b;".repeat(5_000)), "attribute"),
        ] {
            let error = checked(&bomb).unwrap_err();
            assert!(error.reason.contains(says), "{}: {error}", &bomb[..30]);
        }
    }
}
