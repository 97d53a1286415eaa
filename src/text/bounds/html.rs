//! HTML, read as a browser reads it but kept only as a skeleton of numbers.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use super::TooComplex;

/// What HTML may have.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes.
    pub size: usize,
    /// Elements within each other.
    pub depth: usize,
    /// Elements and comments, with those that the rules of HTML add.
    pub nodes: usize,
}

/// Bounds of HTML within Markdown.
pub const ARTICLE: Limits = Limits {
    size: 2 * 1024 * 1024,
    depth: 100,
    nodes: 60_000,
};

/// A whole mail, whose columns are tables within tables.
pub const MAIL: Limits = Limits {
    size: 4 * 1024 * 1024,
    depth: 250,
    nodes: 60_000,
};

/// Attributes of one element: each is compared with all before it.
const ATTRIBUTES: usize = 200;
/// Bytes that are read between two looks at the numbers.
const CHUNK: usize = 1024;

/// The numbers of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Elements and comments.
    pub nodes: usize,
    /// The deepest element.
    pub depth: usize,
    /// The most children of one element.
    pub siblings: usize,
}

/// Measures HTML.
///
/// # Errors
/// [`TooComplex`] where it goes beyond a limit, with the line of this HTML.
pub fn measure(html: &str, limits: &Limits) -> Result<Shape, TooComplex> {
    if html.len() > limits.size {
        let reason = format!("the HTML is longer than {} KiB", limits.size / 1024);
        return Err(TooComplex::new(reason));
    }
    check_attributes(html)?;
    let mut parser = parse_document(Skeleton::default(), ParseOpts::default());
    let mut rest = html;
    while !rest.is_empty() {
        let mut end = CHUNK.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        parser.process(StrTendril::from_slice(&rest[..end]));
        rest = &rest[end..];
        parser.tokenizer.sink.sink.within(limits)?;
    }
    let skeleton = parser.finish();
    skeleton.within(limits)?;
    let shape = skeleton.shape();
    if shape.depth > limits.depth {
        Err(skeleton.too_deep(limits))
    } else {
        Ok(shape)
    }
}

/// Counts the attributes of each tag, roughly and never too few: the parser
/// compares each with all before it.
fn check_attributes(html: &str) -> Result<(), TooComplex> {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + open;
        at = start + 1;
        let mut name = bytes.iter().skip(at);
        if !matches!(name.next(), Some(b'/')) && !bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
        {
            continue;
        }
        let (mut count, mut quote) = (0, None);
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match (quote, byte) {
                (Some(open), byte) if open == byte => {
                    quote = None;
                    count += 1;
                }
                (Some(_), _) => {}
                (None, b'"' | b'\'') if bytes.get(at.saturating_sub(2)) == Some(&b'=') => {
                    quote = Some(byte);
                }
                (None, b'>') => break,
                (None, byte) if byte.is_ascii_whitespace() || byte == b'/' => {
                    let next = bytes.get(at);
                    if next.is_some_and(|next| !next.is_ascii_whitespace() && *next != b'>') {
                        count += 1;
                    }
                }
                _ => {}
            }
            // Each quoted one is counted twice.
            if count > 2 * ATTRIBUTES {
                let reason = format!("an element may have {ATTRIBUTES} attributes; this has more");
                return Err(TooComplex::at(super::line_of(html, start), reason));
            }
        }
    }
    Ok(())
}

struct Node {
    name: QualName,
    parent: usize,
    depth: usize,
    /// May name some that were moved since.
    children: Vec<usize>,
}

const NOWHERE: usize = usize::MAX;

/// The tree without its texts and attributes.
struct Skeleton {
    nodes: RefCell<Vec<Node>>,
    deepest: Cell<usize>,
    deepest_line: Cell<usize>,
    line: Cell<usize>,
}

impl Default for Skeleton {
    fn default() -> Self {
        let skeleton = Self {
            nodes: RefCell::default(),
            deepest: Cell::new(0),
            deepest_line: Cell::new(1),
            line: Cell::new(1),
        };
        skeleton.node(nameless());
        skeleton
    }
}

fn nameless() -> QualName {
    QualName::new(None, Namespace::default(), LocalName::default())
}

impl Skeleton {
    fn node(&self, name: QualName) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            name,
            parent: NOWHERE,
            depth: 0,
            children: Vec::new(),
        });
        nodes.len() - 1
    }

    fn attach(&self, parent: usize, child: usize) {
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes[parent].depth + 1;
        nodes[parent].children.push(child);
        nodes[child].parent = parent;
        nodes[child].depth = depth;
        if depth > self.deepest.get() {
            self.deepest.set(depth);
            self.deepest_line.set(self.line.get());
        }
    }

    /// Whether to go on: quickly, and near enough.
    fn within(&self, limits: &Limits) -> Result<(), TooComplex> {
        if self.nodes.borrow().len() > limits.nodes {
            let reason = format!("the HTML has more than {} elements", limits.nodes);
            return Err(TooComplex::at(self.line.get(), reason));
        }
        if self.deepest.get() > limits.depth {
            Err(self.too_deep(limits))
        } else {
            Ok(())
        }
    }

    fn too_deep(&self, limits: &Limits) -> TooComplex {
        let reason = format!(
            "more than {} elements lie in each other; close them",
            limits.depth
        );
        TooComplex::at(self.deepest_line.get(), reason)
    }

    /// The exact numbers: while elements are moved about, depths are not kept.
    fn shape(&self) -> Shape {
        let nodes = self.nodes.borrow();
        let mut shape = Shape {
            nodes: nodes.len(),
            depth: 0,
            siblings: 0,
        };
        let mut open = vec![(0, 0)];
        while let Some((id, depth)) = open.pop() {
            shape.depth = shape.depth.max(depth);
            let here = nodes[id].children.iter();
            let here = here.filter(|child| nodes[**child].parent == id);
            let before = open.len();
            open.extend(here.map(|child| (*child, depth + 1)));
            shape.siblings = shape.siblings.max(open.len() - before);
        }
        shape
    }
}

/// The name of a node, by value: the tree is behind a cell.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Skeleton {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name(&self, target: &usize) -> Name {
        Name(self.nodes.borrow()[*target].name.clone())
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> usize {
        self.node(name)
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.node(nameless())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.node(nameless())
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(child) = child {
            self.attach(*parent, child);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        previous: &usize,
        child: NodeOrText<usize>,
    ) {
        let has_parent = self.nodes.borrow()[*element].parent != NOWHERE;
        if has_parent {
            self.append_before_sibling(element, child)
        } else {
            self.append(previous, child)
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    // What a template holds counts as its children.
    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, new: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*sibling].parent;
        if let NodeOrText::AppendNode(child) = new
            && parent != NOWHERE
        {
            self.attach(parent, child);
        }
    }

    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &usize) {
        self.nodes.borrow_mut()[*target].parent = NOWHERE;
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        for child in children {
            let is_here = self.nodes.borrow()[child].parent == *node;
            if is_here {
                self.attach(*new_parent, child);
            }
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line
            .set(usize::try_from(line).unwrap_or(usize::MAX).max(1));
    }
}

#[cfg(test)]
mod tests;
