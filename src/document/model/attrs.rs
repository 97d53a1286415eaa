//! What nodes have beside their content, and the words that it may be.

use serde::{Deserialize, Serialize};

/// A word of a fixed set.
pub(in crate::document) trait Word: Sized {
    /// Reads one; empty is the first.
    fn parse(word: &str) -> Option<Self>;
}

macro_rules! attrs {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[serde(default)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)+
        }
    };
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $first:ident = $first_word:literal $(, $word:ident = $text:literal)* }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[allow(missing_docs, reason = "each is named as its word")]
        pub enum $name {
            #[default]
            #[serde(rename = $first_word)]
            $first,
            $(#[serde(rename = $text)] $word,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[Self::$first, $(Self::$word,)*];

            /// As it is written.
            pub fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$word => $text,)*
                }
            }
        }

        impl Word for $name {
            fn parse(word: &str) -> Option<Self> {
                match word {
                    "" => Some(Self::default()),
                    word => Self::ALL.iter().copied().find(|one| one.as_str() == word),
                }
            }
        }
    };
}

attrs!(
    /// Of a heading.
    HeadingAttrs {
        /// From 1 to 6.
        level: u8,
    }
);
attrs!(
    /// Of code.
    CodeAttrs {
        /// May be empty.
        language: String,
    }
);
attrs!(
    /// Of a list.
    ListAttrs {
        /// The first number of an ordered list.
        start: u32,
        /// Whether its items are paragraphs with space between them.
        loose: bool,
    }
);
attrs!(
    /// Of a table's cell.
    AlignAttrs {
        /// One for each column.
        align: CellAlign,
    }
);
attrs!(
    /// Of a picture.
    PictureAttrs {
        /// Its address.
        src: String,
        /// What it shows.
        alt: String,
        /// How wide it is.
        width: Width,
        /// Where it leads; may be empty.
        href: String,
    }
);
words!(
    /// Where a button stands.
    Align { Start = "start", Center = "center", End = "end" }
);
words!(
    /// How much a button stands out.
    ButtonKind { Main = "main", Plain = "plain" }
);
words!(
    /// How high a gap is.
    Size { Medium = "medium", Small = "small", Large = "large" }
);
words!(
    /// How columns share the width.
    Split { Halves = "1-1", Narrow = "1-2", Wide = "2-1", Thirds = "1-1-1" }
);
words!(
    /// What a callout is about.
    CalloutKind { Note = "note", Good = "good", Warning = "warning" }
);
words!(
    /// How wide a picture is.
    Width { Own = "", Small = "small", Half = "half", Full = "full" }
);
words!(
    /// How a table's column is aligned.
    CellAlign { None = "", Left = "left", Center = "center", Right = "right" }
);
attrs!(
    /// Of a button.
    ButtonAttrs {
        /// Where it leads.
        href: String,
        /// Where it stands.
        align: Align,
        /// How much it stands out.
        kind: ButtonKind,
    }
);
attrs!(
    /// Of a gap.
    SpacerAttrs {
        /// How high it is.
        size: Size,
    }
);
attrs!(
    /// Of columns.
    ColumnsAttrs {
        /// How they share the width.
        split: Split,
    }
);
attrs!(
    /// Of a callout.
    CalloutAttrs {
        /// What it is about.
        kind: CalloutKind,
    }
);
attrs!(
    /// Of a file.
    FileAttrs {
        /// Its address.
        href: String,
        /// What it is called.
        name: String,
    }
);
attrs!(
    /// Of a recording.
    AudioAttrs {
        /// Its address.
        href: String,
        /// What it is called.
        title: String,
    }
);
attrs!(
    /// Of a film.
    VideoAttrs {
        /// Its address.
        href: String,
        /// The picture shown before it is played; may be empty.
        poster: String,
        /// What it is called.
        title: String,
    }
);
attrs!(
    /// Of a link shown as a card.
    EmbedAttrs {
        /// Where it leads.
        href: String,
        /// What is there.
        title: String,
        /// More about it.
        description: String,
        /// May be empty.
        picture: String,
    }
);
attrs!(
    /// Of a card of an event or a post.
    SlugAttrs {
        /// Its slug.
        slug: String,
    }
);
attrs!(
    /// Of a snippet.
    NameAttrs {
        /// Its name.
        name: String,
    }
);
attrs!(
    /// Of the items of a feed.
    FeedAttrs {
        /// The feed's name.
        name: String,
        /// How many.
        count: u32,
    }
);
attrs!(
    /// Of a list of events or posts.
    CountAttrs {
        /// How many.
        count: u32,
    }
);
attrs!(
    /// Of a text for some readers.
    IfAttrs {
        /// What stands between `{% if` and `%}`.
        condition: String,
    }
);
attrs!(
    /// Of HTML.
    HtmlAttrs {
        /// Word for word.
        html: String,
    }
);
attrs!(
    /// Of Markdown.
    MarkdownAttrs {
        /// Word for word.
        text: String,
    }
);
attrs!(
    /// Of a picture within a line.
    ImageAttrs {
        /// Its address.
        src: String,
        /// What it shows.
        alt: String,
        /// May be empty.
        title: String,
    }
);
attrs!(
    /// Of a merge tag.
    TagAttrs {
        /// What stands between `{{` and `}}`.
        tag: String,
    }
);
attrs!(
    /// Of a link.
    LinkAttrs {
        /// Where it leads.
        href: String,
        /// May be empty.
        title: String,
    }
);
