//! Texts in the cells of spreadsheets: none of ours may run as a formula, and each comes back
//! as it was.

use std::borrow::Cow;

/// Characters that start a formula in spreadsheets; full-width ones are converted
/// to the others.
const FORMULA_STARTS: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// Prefixes a text that a spreadsheet would read as a formula with an apostrophe,
/// so that opening an export runs nothing. Every cell goes through here:
/// addresses may start with `=` too.
pub fn defused(cell: &str) -> Cow<'_, str> {
    if starts_formula(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Reverses [`defused`], so that an export can be imported.
pub fn undefused(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if starts_formula(rest) => rest,
        _ => cell,
    }
}

/// Apostrophes in front are looked through, so that a text with one of its own comes back
/// with it.
fn starts_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_each_is_read_back() {
        for cell in [
            "=1+1@example.org",
            "+7 701",
            "-1",
            "@home",
            "\tx",
            "\u{ff1d}1",
            "a",
            "",
            "'a",
            "'=1",
            "''+1",
            "1=1",
        ] {
            let written = defused(cell);
            assert!(!written.starts_with(FORMULA_STARTS), "{cell}");
            assert_eq!(undefused(&written), cell);
        }
        assert_eq!(defused("=1+1"), "'=1+1");
    }
}
