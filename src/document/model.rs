//! The nodes of a document, named and shaped as ProseMirror's.

use serde::{Deserialize, Serialize};

mod attrs;

pub(super) use attrs::Word;
pub use attrs::*;

/// A whole text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Doc", into = "Doc")]
pub struct Document {
    /// At least one.
    pub content: Vec<Block>,
}

/// The version of the nodes below.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Doc {
    Doc {
        #[serde(default)]
        attrs: DocAttrs,
        #[serde(default)]
        content: Vec<Block>,
    },
}

#[derive(Serialize, Deserialize)]
struct DocAttrs {
    version: u32,
}

impl Default for DocAttrs {
    fn default() -> Self {
        Self { version: VERSION }
    }
}

impl From<Doc> for Document {
    fn from(Doc::Doc { content, .. }: Doc) -> Self {
        Self { content }
    }
}

impl From<Document> for Doc {
    fn from(document: Document) -> Self {
        Self::Doc {
            attrs: DocAttrs::default(),
            content: document.content,
        }
    }
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named as its block")]
pub enum Block {
    Paragraph {
        #[serde(default)]
        content: Vec<Inline>,
    },
    Heading {
        #[serde(default)]
        attrs: HeadingAttrs,
        #[serde(default)]
        content: Vec<Inline>,
    },
    Blockquote {
        #[serde(default)]
        content: Vec<Block>,
    },
    CodeBlock {
        #[serde(default)]
        attrs: CodeAttrs,
        #[serde(default)]
        content: Vec<Inline>,
    },
    Divider,
    BulletList {
        #[serde(default)]
        attrs: ListAttrs,
        #[serde(default)]
        content: Vec<Item>,
    },
    OrderedList {
        #[serde(default)]
        attrs: ListAttrs,
        #[serde(default)]
        content: Vec<Item>,
    },
    Table {
        #[serde(default)]
        content: Vec<Row>,
    },
    Picture {
        #[serde(default)]
        attrs: PictureAttrs,
        #[serde(default)]
        content: Vec<Inline>,
    },
    Gallery {
        #[serde(default)]
        content: Vec<Picture>,
    },
    Button {
        #[serde(default)]
        attrs: ButtonAttrs,
        #[serde(default)]
        content: Vec<Inline>,
    },
    Spacer {
        #[serde(default)]
        attrs: SpacerAttrs,
    },
    Columns {
        #[serde(default)]
        attrs: ColumnsAttrs,
        #[serde(default)]
        content: Vec<Column>,
    },
    Callout {
        #[serde(default)]
        attrs: CalloutAttrs,
        #[serde(default)]
        content: Vec<Block>,
    },
    File {
        #[serde(default)]
        attrs: FileAttrs,
    },
    Audio {
        #[serde(default)]
        attrs: AudioAttrs,
    },
    Video {
        #[serde(default)]
        attrs: VideoAttrs,
    },
    Embed {
        #[serde(default)]
        attrs: EmbedAttrs,
    },
    Event {
        #[serde(default)]
        attrs: SlugAttrs,
    },
    Post {
        #[serde(default)]
        attrs: SlugAttrs,
    },
    Snippet {
        #[serde(default)]
        attrs: NameAttrs,
    },
    Events {
        #[serde(default)]
        attrs: CountAttrs,
    },
    Posts {
        #[serde(default)]
        attrs: CountAttrs,
    },
    Feed {
        #[serde(default)]
        attrs: FeedAttrs,
    },
    Social {
        #[serde(default)]
        content: Vec<Block>,
    },
    If {
        #[serde(default)]
        attrs: IfAttrs,
        #[serde(default)]
        content: Vec<Branch>,
    },
    Html {
        #[serde(default)]
        attrs: HtmlAttrs,
    },
    Markdown {
        #[serde(default)]
        attrs: MarkdownAttrs,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named as its node")]
pub enum Item {
    ListItem {
        #[serde(default)]
        content: Vec<Block>,
    },
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named as its node")]
pub enum Row {
    TableRow {
        #[serde(default)]
        content: Vec<Cell>,
    },
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named as its node")]
pub enum Cell {
    TableHeader {
        #[serde(default)]
        attrs: AlignAttrs,
        #[serde(default)]
        content: Vec<Inline>,
    },
    TableCell {
        #[serde(default)]
        attrs: AlignAttrs,
        #[serde(default)]
        content: Vec<Inline>,
    },
}

/// A picture of a gallery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named as its node")]
pub enum Picture {
    Picture {
        #[serde(default)]
        attrs: PictureAttrs,
        #[serde(default)]
        content: Vec<Inline>,
    },
}

/// One of several columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named as its node")]
pub enum Column {
    Column {
        #[serde(default)]
        content: Vec<Block>,
    },
}

/// What is shown where a condition holds, or where it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named as its node")]
pub enum Branch {
    Then {
        #[serde(default)]
        content: Vec<Block>,
    },
    Else {
        #[serde(default)]
        content: Vec<Block>,
    },
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named as its node")]
pub enum Inline {
    Text {
        text: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
    HardBreak {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
    Image {
        #[serde(default)]
        attrs: ImageAttrs,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
    MergeTag {
        #[serde(default)]
        attrs: TagAttrs,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
    Raw {
        #[serde(default)]
        attrs: MarkdownAttrs,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
}

impl Inline {
    /// What holds for it.
    pub fn marks(&self) -> &[Mark] {
        match self {
            Self::Text { marks, .. }
            | Self::HardBreak { marks }
            | Self::Image { marks, .. }
            | Self::MergeTag { marks, .. }
            | Self::Raw { marks, .. } => marks,
        }
    }

    /// The same, to be changed.
    pub fn marks_mut(&mut self) -> &mut Vec<Mark> {
        match self {
            Self::Text { marks, .. }
            | Self::HardBreak { marks }
            | Self::Image { marks, .. }
            | Self::MergeTag { marks, .. }
            | Self::Raw { marks, .. } => marks,
        }
    }
}

/// What holds for a part of a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named as its mark")]
pub enum Mark {
    Link {
        #[serde(default)]
        attrs: LinkAttrs,
    },
    Strong,
    Em,
    Strike,
    Code,
}
