//! Blocks as HTML, before it is sanitised.

use comrak::Arena;
use comrak::nodes::{Ast, AstNode, NodeValue, Sourcepos};

use super::{Directive, Fences};
use crate::text::escape::escape_html;

/// The classes that sanitising lets through where a text has blocks.
pub const CLASSES: [&str; 26] = [
    "block-audio",
    "block-button",
    "block-callout",
    "block-center",
    "block-column",
    "block-columns",
    "block-1-1",
    "block-1-2",
    "block-2-1",
    "block-1-1-1",
    "block-embed",
    "block-embed-title",
    "block-end",
    "block-figure",
    "block-file",
    "block-full",
    "block-gallery",
    "block-good",
    "block-half",
    "block-large",
    "block-plain",
    "block-small",
    "block-social",
    "block-spacer",
    "block-video",
    "block-warning",
];

/// The elements that may have them.
pub const ELEMENTS: [&str; 4] = ["aside", "div", "figure", "p"];

/// Replaces the directives of a tree by HTML around what they hold. What has an
/// unknown name is shown as its content.
pub fn write_into<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>, fences: &Fences) {
    let directives: Vec<_> = root
        .descendants()
        .filter_map(|node| match &node.data.borrow().value {
            NodeValue::BlockDirective(directive) => {
                Some((node, Directive::parse(fences.info(&directive.info))))
            }
            _ => None,
        })
        .collect();
    // The inner ones first: what holds them is then made of HTML and Markdown.
    for (node, directive) in directives.into_iter().rev() {
        let (open, close) = around(arena, node, &directive);
        let put = |html: String| {
            if !html.is_empty() {
                node.insert_before(raw(arena, html));
            }
        };
        put(open);
        while let Some(child) = node.first_child() {
            child.detach();
            node.insert_before(child);
        }
        put(close);
        node.detach();
    }
}

fn new_node<'a>(arena: &'a Arena<'a>, value: NodeValue) -> &'a AstNode<'a> {
    let place = Sourcepos::from((0, 0, 0, 0));
    arena.alloc(AstNode::from(Ast::new_with_sourcepos(value, place)))
}

/// The HTML before and after what a directive holds. The content may be changed.
fn around<'a>(
    arena: &'a Arena<'a>,
    node: &'a AstNode<'a>,
    directive: &Directive,
) -> (String, String) {
    let get = |name: &str| directive.get(name);
    let choice = |name: &str, known: &[&str]| {
        let value = get(name);
        let class = known.iter().find(|known| **known == value);
        class
            .map(|class| format!(" block-{class}"))
            .unwrap_or_default()
    };
    match directive.name.as_str() {
        "button" => {
            let align = choice("align", &["center", "end"]);
            let kind = choice("kind", &["plain"]);
            flatten(arena, node, get("href"));
            (
                format!(
                    "<p class=\"block-button{align}{kind}\">{}",
                    link(get("href"))
                ),
                "</a></p>\n".to_owned(),
            )
        }
        "figure" => figure(arena, node, directive),
        "gallery" => wrapped("div", "block-gallery"),
        "spacer" => {
            let size = choice("size", &["small", "large"]);
            node.children().for_each(AstNode::detach);
            wrapped("div", &format!("block-spacer{size}"))
        }
        "columns" => {
            let split = choice("split", &["1-2", "2-1", "1-1-1"]);
            wrapped("div", &format!("block-columns{split}"))
        }
        "column" => wrapped("div", "block-column"),
        "callout" => {
            let kind = choice("kind", &["good", "warning"]);
            wrapped("aside", &format!("block-callout{kind}"))
        }
        "file" => {
            flatten(arena, node, get("href"));
            (
                format!("<p class=\"block-file\">{}", link(get("href"))),
                "</a></p>\n".to_owned(),
            )
        }
        "audio" => {
            flatten(arena, node, get("href"));
            let player = if is_own(get("href")) {
                format!(
                    "<audio controls=\"\" preload=\"none\" src=\"{}\"></audio>",
                    escape_html(get("href"))
                )
            } else {
                String::new()
            };
            (
                format!(
                    "<figure class=\"block-audio\">{player}<figcaption>{}",
                    link(get("href"))
                ),
                "</a></figcaption></figure>\n".to_owned(),
            )
        }
        "video" => video(arena, node, directive),
        "embed" => {
            let picture = match get("picture") {
                "" => String::new(),
                // The title is the link: one more would have no name.
                picture => format!("<p><img src=\"{}\" alt=\"\"></p>", escape_html(picture)),
            };
            let title = match get("title") {
                "" => get("href"),
                title => title,
            };
            (
                format!(
                    "<div class=\"block-embed\">{picture}<p class=\"block-embed-title\">{}{}</a></p>\n",
                    link(get("href")),
                    escape_html(title)
                ),
                "</div>\n".to_owned(),
            )
        }
        "social" => wrapped("div", "block-social"),
        _ => (String::new(), String::new()),
    }
}

fn wrapped(element: &str, class: &str) -> (String, String) {
    (
        format!("<{element} class=\"{class}\">\n"),
        format!("</{element}>\n"),
    )
}

fn link(href: &str) -> String {
    format!("<a href=\"{}\">", escape_html(href))
}

/// Whether an address leads to the site itself; only from there do its pages
/// play anything.
fn is_own(href: &str) -> bool {
    href.starts_with('/') && !href.starts_with("//")
}

fn video<'a>(
    arena: &'a Arena<'a>,
    node: &'a AstNode<'a>,
    directive: &Directive,
) -> (String, String) {
    let (href, poster) = (directive.get("href"), directive.get("poster"));
    flatten(arena, node, href);
    let picture = if poster.is_empty() {
        String::new()
    } else {
        format!("<img src=\"{}\" alt=\"\">", escape_html(poster))
    };
    if is_own(href) {
        let poster = match poster {
            "" => String::new(),
            poster => format!(" poster=\"{}\"", escape_html(poster)),
        };
        return (
            format!(
                "<figure class=\"block-video\"><video controls=\"\" preload=\"none\" src=\"{}\"{poster}></video><figcaption>{}",
                escape_html(href),
                link(href),
            ),
            "</a></figcaption></figure>\n".to_owned(),
        );
    }
    (
        format!(
            "<figure class=\"block-video\"><figcaption>{}{picture} ",
            link(href)
        ),
        "</a></figcaption></figure>\n".to_owned(),
    )
}

fn figure<'a>(
    arena: &'a Arena<'a>,
    node: &'a AstNode<'a>,
    directive: &Directive,
) -> (String, String) {
    let width = match directive.get("width") {
        width @ ("small" | "half" | "full") => format!(" block-{width}"),
        _ => String::new(),
    };
    let (open, close) = wrapped("figure", &format!("block-figure{width}"));
    let Some(paragraph) = node.first_child().filter(|first| is_picture(first)) else {
        return (open, close);
    };
    if let Some(picture) = paragraph.first_child() {
        picture.detach();
        paragraph.insert_before(picture);
        if !directive.get("href").is_empty() {
            picture.insert_before(raw(arena, link(directive.get("href"))));
            picture.insert_after(raw(arena, "</a>".to_owned()));
        }
    }
    if paragraph.next_sibling().is_none() {
        paragraph.detach();
        return (open, close);
    }
    paragraph.insert_before(raw(arena, "\n<figcaption>\n".to_owned()));
    paragraph.detach();
    (open, format!("</figcaption>{close}"))
}

/// Whether a paragraph holds a picture and nothing else.
fn is_picture<'a>(paragraph: &'a AstNode<'a>) -> bool {
    let mut inside = paragraph.children();
    let is_image = inside
        .next()
        .is_some_and(|one| matches!(one.data.borrow().value, NodeValue::Image(_)));
    is_image && inside.next().is_none()
}

fn raw<'a>(arena: &'a Arena<'a>, html: String) -> &'a AstNode<'a> {
    new_node(arena, NodeValue::HtmlInline(html))
}

/// Makes the content of a block the text of one link: without paragraphs, links
/// and other blocks. Where there is none, the link says its address.
fn flatten<'a>(arena: &'a Arena<'a>, node: &'a AstNode<'a>, href: &str) {
    let blocks: Vec<_> = node.children().collect();
    for block in blocks {
        block.detach();
        let is_text = matches!(
            block.data.borrow().value,
            NodeValue::Paragraph | NodeValue::Heading(_)
        );
        if !is_text {
            continue;
        }
        if node.first_child().is_some() {
            node.append(new_node(arena, NodeValue::SoftBreak));
        }
        while let Some(inline) = block.first_child() {
            inline.detach();
            node.append(inline);
        }
    }
    let links: Vec<_> = node
        .descendants()
        .filter(|one| matches!(one.data.borrow().value, NodeValue::Link(_)))
        .collect();
    for link in links {
        while let Some(inline) = link.first_child() {
            inline.detach();
            link.insert_before(inline);
        }
        link.detach();
    }
    if node.first_child().is_none() {
        node.append(new_node(arena, NodeValue::Text(href.to_owned().into())));
    }
}
