//! Writes a tree as MJML that mrml renders correctly.

use super::defaults::Defaults;
use super::read::{Element, Node};
use super::tags::{Holds, is_measure, is_wording};
use super::vault::Vault;
use super::{Design, Selector};

/// A design for mrml.
pub struct Written {
    /// For mrml.
    pub mjml: String,
    /// What comes before the doctype.
    pub before_doctype: String,
}

/// Writes a design.
pub fn write(root: &Element<'_>, vault: &mut Vault, design: &mut Design) -> Written {
    let mut writer = Writer {
        vault,
        defaults: Defaults::default(),
        out: String::new(),
    };
    let part = |name: &str| root.elements().find(|one| one.kind.name == name);
    let (head, body) = (part("mj-head"), part("mj-body"));
    for attributes in head.iter().flat_map(|head| head.elements()) {
        if attributes.kind.name == "mj-attributes" {
            writer.defaults.read(attributes);
        }
    }
    writer.open("mjml", &own(root));
    if let Some(head) = head {
        writer.head(head, design);
    }
    if let Some(body) = body {
        writer.element(body, "", None);
    }
    writer.out.push_str("</mjml>");
    let raws = root
        .elements()
        .filter(|one| one.kind.name == "mj-raw" && one.attribute("position") == Some("file-start"));
    Written {
        mjml: writer.out,
        before_doctype: raws.map(|raw| format!("{}\n", raw.content)).collect(),
    }
}

/// What children inherit from an element.
struct Parent<'p> {
    name: &'static str,
    attributes: &'p [String],
}

struct Writer<'a, 'v> {
    vault: &'v mut Vault,
    defaults: Defaults<'a>,
    out: String,
}

impl<'a> Writer<'a, '_> {
    fn open(&mut self, name: &str, attributes: &[(&str, String)]) {
        self.out.push_str(&format!("<{name}"));
        for (name, value) in attributes {
            let is_name = name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c));
            if !is_name {
                continue;
            }
            let value = if is_wording(name) {
                value.clone()
            } else {
                // CSS may contain line breaks and quotes; an attribute of HTML may not.
                value
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .replace('"', "'")
            };
            let value = match name {
                name if is_measure(name) => for_counting(name, &value),
                name if name.ends_with("color") => with_six_digits(&value),
                _ => value,
            };
            let value = self.vault.attribute(&value);
            self.out.push_str(&format!(" {name}=\"{value}\""));
        }
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str(&format!("</{name}>"));
    }

    fn head(&mut self, head: &Element<'a>, design: &mut Design) {
        self.out.push_str("<mj-head>");
        for element in head.elements() {
            match element.kind.name {
                "mj-attributes" => {}
                "mj-html-attributes" => {
                    for selector in element.elements() {
                        design.selectors.push(Selector::of(selector));
                    }
                }
                "mj-style" if element.attribute("inline") == Some("inline") => {
                    design.inline_css.push_str(element.content);
                    design.inline_css.push('\n');
                }
                name => {
                    self.open(name, &own(element));
                    self.content(element);
                    self.close(name);
                }
            }
        }
        self.out.push_str("</mj-head>");
    }

    fn content(&mut self, element: &Element<'_>) {
        if !element.content.is_empty() {
            let word = self.vault.keep(&without_cdata(element.content));
            self.out.push_str(&word);
        }
    }

    fn element(
        &mut self,
        element: &Element<'a>,
        parent_classes: &str,
        parent: Option<&Parent<'_>>,
    ) {
        let inherited = parent.map_or(&[][..], |parent| parent.attributes);
        let mut attributes = self.defaults.of(element, parent_classes, inherited);
        let is_picture = matches!(
            element.kind.name,
            "mj-image" | "mj-social-element" | "mj-carousel-image"
        );
        if is_picture && !attributes.iter().any(|(name, _)| *name == "alt") {
            attributes.push(("alt", String::new()));
        }
        let classes = element.attribute("mj-class").unwrap_or(parent_classes);
        let name = element.kind.name;
        if name == "mj-raw" {
            let html = without_cdata(element.content);
            return self.raw(&html, parent);
        }
        self.open(name, &attributes);
        match element.kind.holds {
            Holds::Content => self.content(element),
            Holds::Nothing => {}
            Holds::Elements(_) | Holds::Defaults => {
                // These pass their attributes down themselves.
                let hands_down = matches!(
                    name,
                    "mj-social" | "mj-accordion" | "mj-navbar" | "mj-carousel"
                );
                let names: Vec<String> = if hands_down {
                    attributes
                        .iter()
                        .map(|(name, _)| (*name).to_owned())
                        .collect()
                } else {
                    Vec::new()
                };
                let this = Parent {
                    name,
                    attributes: &names,
                };
                for child in &element.children {
                    match child {
                        Node::Element(child) => self.element(child, classes, Some(&this)),
                        Node::Raw {
                            html,
                            is_block: true,
                            ..
                        } => self.raw(html, Some(&this)),
                        Node::Raw { html, .. } => {
                            // Where only certain elements may stand, a comment
                            // would be counted as one.
                            if element.kind.takes_raw() && !hands_down {
                                self.raw(html, Some(&this));
                            }
                        }
                    }
                }
            }
        }
        self.close(name);
    }

    /// HTML between elements.
    fn raw(&mut self, html: &str, parent: Option<&Parent<'_>>) {
        let parent = parent.map_or("", |parent| parent.name);
        match parent {
            // mrml writes the content of a wrapper into a comment for Outlook.
            "mj-wrapper" => {
                let html = format!("<![endif]-->{html}<!--[if mso | IE]>");
                let word = self.vault.keep(&html);
                self.out.push_str(&format!("<mj-raw>{word}</mj-raw>"));
            }
            // These allow nothing but comments and their own elements.
            "mj-social" | "mj-navbar" | "mj-accordion" | "mj-accordion-element" | "mj-carousel" => {
                let word = self.vault.keep(html);
                self.out.push_str(&format!("<!--{word}-->"));
            }
            _ => {
                let word = self.vault.keep(html);
                self.out.push_str(&format!("<mj-raw>{word}</mj-raw>"));
            }
        }
    }
}

/// An element's own attributes.
fn own<'a>(element: &Element<'a>) -> Vec<(&'a str, String)> {
    let attributes = element.attributes.iter();
    attributes
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}

/// A length that mrml can parse: it knows no numbers without a unit. In paddings, where it is
/// also written unchanged, [`as_written`] removes the unit again.
fn for_counting(name: &str, value: &str) -> String {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match name {
        "width" if is_number(value) => format!("{value}px"),
        "width" => value.to_owned(),
        _ => {
            let parts = value.split(' ').map(|part| {
                if is_number(part) {
                    format!("{part}{UNIT}")
                } else {
                    part.to_owned()
                }
            });
            parts.collect::<Vec<_>>().join(" ")
        }
    }
}

/// A redundant unit: `10.00px`.
const UNIT: &str = ".00px";

/// Restores the lengths as their author wrote them, and corrects what differs from MJML 4.
pub fn as_written(html: &str) -> String {
    let mut html = html.replace(UNIT, "");
    for place in ["top", "middle", "bottom"] {
        html = html.replace(&format!(" vertical-align=\"{place}\""), "");
    }
    // Images are whole pixels wide.
    for (before, after) in [
        ("<td style=\"width:", "px;\">"),
        (
            "<td class=\"mj-full-width-mobile\" style=\"width:",
            "px;\">",
        ),
        (" width=\"", "\""),
    ] {
        html = with_whole_numbers(&html, before, after);
    }
    html
}

fn with_whole_numbers(html: &str, before: &str, after: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((head, tail)) = rest.split_once(before) {
        out.push_str(head);
        out.push_str(before);
        let whole = tail.bytes().take_while(u8::is_ascii_digit).count();
        let fraction = tail[whole..].strip_prefix('.').map_or(0, |fraction| {
            1 + fraction.bytes().take_while(u8::is_ascii_digit).count()
        });
        out.push_str(&tail[..whole]);
        let is_measure = fraction > 1 && tail[whole + fraction..].starts_with(after);
        rest = &tail[whole + if is_measure { fraction } else { 0 }..];
    }
    out.push_str(rest);
    out
}

/// `#abc` as `#aabbcc`, for email clients that support nothing else.
fn with_six_digits(colour: &str) -> String {
    match colour.strip_prefix('#') {
        Some(digits) if digits.len() == 3 && digits.is_ascii() => {
            let doubled = digits.chars().flat_map(|digit| [digit, digit]);
            format!("#{}", doubled.collect::<String>())
        }
        _ => colour.to_owned(),
    }
}

/// The content of CDATA is not markup; HTML parses it as a comment, which readers would not
/// see.
fn without_cdata(html: &str) -> String {
    html.replace("<![CDATA[", "").replace("]]>", "")
}
