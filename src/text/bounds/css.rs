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
/// Bytes that long values may come to, copied into each element.
const COPIES: u64 = 32 * 1024 * 1024;
/// Brackets of all kinds within each other.
const DEPTH: usize = 50;
/// Bytes of a declaration from which on it is long.
const LONG: usize = 500;

/// Checks the style sheets of `html`, whose tree has been measured, and one that
/// comes from elsewhere.
///
/// # Errors
/// [`TooComplex`] says what is too much.
pub fn check(html: &str, more: &str, shape: Shape) -> Result<(), TooComplex> {
    // The same bytes at the same places.
    let lower = html.to_ascii_lowercase();
    check_attributes(&lower)?;
    let mut sheets = sheets(html, &lower);
    sheets.push(more);
    if sheets.iter().map(|sheet| sheet.len()).sum::<usize>() > SIZE {
        return Err(TooComplex::new("the style sheets are longer than 256 KiB"));
    }
    let mut work = Work::new(shape);
    for sheet in sheets {
        work.read(sheet);
    }
    work.check()
}

/// Checks selectors by themselves.
///
/// # Errors
/// [`TooComplex`] says what is too much.
pub fn check_selectors<'a>(
    selectors: impl Iterator<Item = &'a str>,
    shape: Shape,
) -> Result<(), TooComplex> {
    let mut work = Work::new(shape);
    for selector in selectors {
        work.measure_depth(selector);
        work.selector(selector);
    }
    work.check()
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

impl Work<'_> {
    fn check(&self) -> Result<(), TooComplex> {
        if self.deepest > DEPTH {
            return Err(TooComplex::new(
                "the style sheets have too many brackets in each other; close them",
            ));
        }
        if self.steps > STEPS {
            return Err(TooComplex::new(
                "the style sheets have too many selectors for so many elements, or too many with ~ in them; use fewer or simpler ones",
            ));
        }
        if self.long.saturating_mul(self.elements) > COPIES {
            return Err(TooComplex::new(
                "the style sheets have too long values for so many elements; shorten them",
            ));
        }
        if self.merges() > MERGES {
            Err(TooComplex::new(
                "the style sheets have too many declarations for so many elements; use fewer",
            ))
        } else {
            Ok(())
        }
    }
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
    /// Bytes of long declarations.
    long: u64,
    open: usize,
    deepest: usize,
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
            long: 0,
            open: 0,
            deepest: 0,
            declarations: 0,
            properties: HashSet::new(),
        }
    }

    fn merges(&self) -> u64 {
        self.declarations
            .saturating_mul(self.properties.len() as u64)
            .saturating_mul(self.elements)
    }

    /// Reads rules roughly: the text before `{` is a selector, the text
    /// in the innermost braces are declarations. Rules within `@media` and the
    /// like count too, although they are kept as they are.
    fn read(&mut self, sheet: &'a str) {
        self.open = 0;
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
                b'(' | b'[' => self.bracket(true),
                b')' | b']' => self.bracket(false),
                b'{' => {
                    self.bracket(true);
                    self.selector(&sheet[start..at]);
                    start = at + 1;
                }
                b'}' => {
                    self.bracket(false);
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

    fn bracket(&mut self, is_open: bool) {
        self.open = if is_open {
            self.open + 1
        } else {
            self.open.saturating_sub(1)
        };
        self.deepest = self.deepest.max(self.open);
    }

    fn measure_depth(&mut self, selector: &str) {
        self.open = 0;
        for byte in selector.bytes() {
            match byte {
                b'(' | b'[' => self.bracket(true),
                b')' | b']' => self.bracket(false),
                _ => {}
            }
        }
    }

    fn declaration(&mut self, text: &'a str) {
        if let Some((property, _)) = text.split_once(':') {
            self.declarations += 1;
            if text.len() > LONG {
                self.long += text.len() as u64;
            }
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
            // An element's number among its siblings is counted each time.
            let nth = nth * (4 + self.siblings / 8);
            let mut weight = 1 + plus + nth + spaces.min(8) * self.depth / 8;
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
        check(html, "", measure(html, &MAIL)?)
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
    fn external_sheets_and_bare_selectors_are_measured_too() {
        let many = "<p>x</p>".repeat(2_000);
        let shape = measure(&many, &MAIL).unwrap();
        let hidden = format!("</style>{}", "i~p{c:d}".repeat(2_000));
        assert!(check(&many, &hidden, shape).is_err());
        let few = ["table td", "p:nth-child(2)", "a[href='(((']"];
        assert_eq!(check_selectors(few.into_iter(), shape), Ok(()));
        let long = "p ~ ".repeat(3_000) + "x";
        let deep = ":is(".repeat(5_000);
        for bomb in [long.as_str(), deep.as_str()] {
            assert!(check_selectors([bomb].into_iter(), shape).is_err());
        }
        let often = std::iter::repeat_n("p ~ p", 500);
        assert!(check_selectors(often, shape).is_err());
    }

    #[test]
    fn styles_that_are_slow_to_inline_are_rejected() {
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
            (
                format!(
                    "<style>{}</style>{many}",
                    "p:nth-child(2n+1){c:d}".repeat(300)
                ),
                "selectors",
            ),
            (
                format!("<style>p{{a:{}}}</style>{many}", "x".repeat(50_000)),
                "values",
            ),
            (
                format!("<style>p{{a:{}}}</style>x", "(".repeat(50_000)),
                "brackets",
            ),
            (
                format!("<style>{}</style>x", ":not(".repeat(5_000)),
                "brackets",
            ),
            (format!("<style>{}</style>x", "[".repeat(5_000)), "brackets"),
            (
                format!("<style>{}</style>x", "@media x{".repeat(5_000)),
                "brackets",
            ),
            (format!("<style>{}</style>", " ".repeat(300_000)), "longer"),
            (format!("<p style='{}'>", "a:b;".repeat(5_000)), "attribute"),
        ] {
            let error = checked(&bomb).unwrap_err();
            assert!(error.reason.contains(says), "{}: {error}", &bomb[..30]);
        }
    }
}
