//! The characters that delimit merge tags between parsing and rendering. They are from
//! Unicode's private use area, which no author's text may contain.

pub(super) const EXPRESSION: (char, char) = ('\u{E000}', '\u{E001}');
pub(super) const BLOCK: (char, char) = ('\u{E002}', '\u{E003}');
pub(super) const COMMENT: (char, char) = ('\u{E004}', '\u{E005}');

/// All of them.
pub(super) const RESERVED: [char; 6] = [
    '\u{E000}', '\u{E001}', '\u{E002}', '\u{E003}', '\u{E004}', '\u{E005}',
];
