//! Lists of mailboxes, one in each line: `Name <address>`, as mailing-list managers print
//! their members. A comma in a name is no separator.

use super::header::is_address;

/// The column.
pub(super) const COLUMN: &str = "email";

/// Whether lines are mailboxes, at least one of them with a name.
pub(super) fn are_mailboxes(lines: &[Vec<u8>]) -> bool {
    let kind = |line: &Vec<u8>| std::str::from_utf8(line).ok().and_then(Kind::of);
    let kinds: Option<Vec<Kind>> = lines.iter().map(kind).collect();
    kinds.is_some_and(|kinds| kinds.contains(&Kind::Named))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bare,
    Named,
}

impl Kind {
    fn of(line: &str) -> Option<Self> {
        let line = line.trim();
        match line
            .strip_suffix('>')
            .and_then(|line| line.rsplit_once('<'))
        {
            Some((phrase, address)) if is_address(address) && !is_divided(phrase) => {
                Some(Self::Named)
            }
            None if is_address(line) && !line.contains([',', ';', '|']) => Some(Self::Bare),
            _ => None,
        }
    }
}

/// Whether there is a separator outside of quotation marks (RFC 5322 §3.2.4).
fn is_divided(phrase: &str) -> bool {
    let (mut is_quoted, mut is_escaped) = (false, false);
    phrase.chars().any(|c| {
        let was_escaped = std::mem::take(&mut is_escaped);
        match c {
            '\\' => is_escaped = !was_escaped,
            '"' if !was_escaped => is_quoted = !is_quoted,
            _ => {}
        }
        !is_quoted && matches!(c, ',' | ';' | '|' | '\t')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are(lines: &[&str]) -> bool {
        let lines: Vec<Vec<u8>> = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
        are_mailboxes(&lines)
    }

    #[test]
    fn members_of_a_mailing_list_are_told_from_tables() {
        assert!(are(&[
            "\"Nurlan, A\" <a@x.org>",
            "b@x.org",
            "C D <c@x.org>"
        ]));
        assert!(are(&["\"A \\\"B\\\", C\" <a@x.org>"]));
        for others in [
            &["a@x.org", "b@x.org"][..],
            &["email,name", "a@x.org,A <a@x.org>"],
            &["1;A <a@x.org>"],
            &["name", "A <a@x.org>"],
            &[],
        ] {
            assert!(!are(others), "{others:?}");
        }
    }
}
