//! A text in the pieces that people change one by one: the blocks of Markdown, the lines of a
//! design.

use super::{Document, read, write};

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Markdown: its pieces are blocks.
    Markdown,
    /// MJML or HTML: its pieces are lines.
    Design,
}

impl Notation {
    /// The pieces of a text, in their order; none is empty but lines of a design. Markdown that
    /// is beyond the bounds of a document is one piece.
    pub fn split(self, text: &str) -> Vec<String> {
        let text = text.replace("\r\n", "\n");
        if text.trim().is_empty() {
            return Vec::new();
        }
        match self {
            Self::Design => text
                .trim_end_matches('\n')
                .split('\n')
                .map(str::to_owned)
                .collect(),
            Self::Markdown => match read(&text) {
                Ok(document) => blocks(document),
                Err(_) => vec![text.trim_end_matches('\n').to_owned()],
            },
        }
    }

    /// The text of pieces.
    pub fn join(self, pieces: &[String]) -> String {
        if pieces.is_empty() {
            return String::new();
        }
        match self {
            Self::Design => pieces.join("\n") + "\n",
            // Read once more, since blocks that meet may be written in another way: two lists
            // differ in their marks.
            Self::Markdown => {
                let read: Result<Vec<Document>, _> = pieces.iter().map(|one| read(one)).collect();
                match read {
                    Ok(documents) => write(&Document {
                        content: documents.into_iter().flat_map(|one| one.content).collect(),
                    }),
                    Err(_) => pieces.join("\n\n") + "\n",
                }
            }
        }
    }
}

fn blocks(document: Document) -> Vec<String> {
    let one = |block| {
        let content = vec![block];
        write(&Document { content }).trim_matches('\n').to_owned()
    };
    let pieces = document.content.into_iter().map(one);
    pieces.filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_after_it_was_split_and_joined() {
        for text in [
            "",
            "One\n",
            "# A\n\nOne *two*\n\n- a\n- b\n\n* c\n",
            ":::button href=\"https://example.org\"\nGo\n:::\n\n{% if a %}\n\nB\n\n{% endif %}\n",
        ] {
            let pieces = Notation::Markdown.split(text);
            let joined = Notation::Markdown.join(&pieces);
            assert_eq!(joined, write(&read(text).unwrap()), "{text:?}");
        }
        let design = "<mjml>\n\n  <x/>\n</mjml>\n";
        assert_eq!(Notation::Design.split(design).len(), 4);
        assert_eq!(
            Notation::Design.join(&Notation::Design.split(design)),
            design
        );
    }

    #[test]
    fn each_block_of_the_first_level_is_a_piece() {
        let text = "# A\n\nOne\ntwo\n\n- a\n- b\n\n:::callout kind=\"note\"\nx\n\ny\n:::\n";
        let pieces = Notation::Markdown.split(text);
        assert_eq!(pieces.len(), 4, "{pieces:?}");
        assert_eq!(pieces[0], "# A");
    }
}
