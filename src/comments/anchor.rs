//! What a comment is on: a block, found again by what it says and where it stood.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::document::pieces::Notation;
use crate::text::locale::Language;

/// Bytes of a digest.
const DIGEST: usize = 12;
/// Characters of a quote.
const QUOTE: usize = 120;

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The language of its text.
    pub language: Language,
    /// Its place in the text.
    pub at: i64,
    /// A digest of what it says.
    pub digest: String,
    /// Its first words.
    pub quote: String,
    /// As it is written.
    pub text: String,
    /// How that is.
    pub notation: Notation,
}

/// The blocks of a text in one language. A design is one block: its lines mean little alone.
pub fn blocks(language: Language, notation: Notation, text: &str) -> Vec<Block> {
    let pieces = match notation {
        Notation::Markdown => notation.split(text),
        Notation::Design => Vec::new(),
    };
    let block = |(at, text): (i64, String)| Block {
        language,
        at,
        digest: HEXLOWER.encode(&Sha256::digest(&text)[..DIGEST]),
        quote: quote(&text),
        text,
        notation,
    };
    (0..).zip(pieces).map(block).collect()
}

/// The first words of a block, in one line.
fn quote(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The block that a comment is on: of those that say the same, that nearest to where it stood.
/// `None` where none says that any more.
pub fn find<'b>(blocks: &'b [Block], language: &str, digest: &str, at: i64) -> Option<&'b Block> {
    blocks
        .iter()
        .filter(|block| block.language.tag() == language && block.digest == digest)
        .min_by_key(|block| block.at.abs_diff(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Block> {
        blocks(Language::EN, Notation::Markdown, text)
    }

    #[test]
    fn a_block_is_found_again_after_edits_around_it() {
        let before = of("One.\n\nTwo.\n\nThree.\n");
        let two = &before[1];
        let after = of("New.\n\nOne, changed.\n\nTwo.\n\nThree.\n");
        let found = find(&after, "en", &two.digest, two.at).unwrap();
        assert_eq!((found.at, found.quote.as_str()), (2, "Two."));
        assert_eq!(find(&after, "ru", &two.digest, two.at), None);
        assert_eq!(
            find(&of("Two, changed.\n"), "en", &two.digest, two.at),
            None
        );
    }

    #[test]
    fn of_equal_blocks_it_is_the_nearest() {
        let twice = of("Same.\n\nOther.\n\nSame.\n");
        let last = &twice[2];
        assert_eq!(find(&twice, "en", &last.digest, 2).unwrap().at, 2);
        assert_eq!(find(&twice, "en", &last.digest, 0).unwrap().at, 0);
    }

    #[test]
    fn a_quote_is_one_short_line() {
        let long = "word ".repeat(100);
        assert!(of(&long)[0].quote.chars().count() <= QUOTE + 1);
        assert_eq!(of("- a\n- b\n")[0].quote, "- a - b");
    }
}
