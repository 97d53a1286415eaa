//! Rejected rows of a file: all are counted, the first ones are stored.
//! A hundred million invalid rows must not become a hundred million
//! messages.

/// Rows that are stored with their reason.
const NAMED: usize = 1_000;
/// The maximum length of a reason, which may quote the input.
const REASON: usize = 300;

/// The rejected rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RejectedRows {
    count: u64,
    named: Vec<(u64, String)>,
}

impl RejectedRows {
    /// Adds a row by its line.
    pub(super) fn push(&mut self, line: u64, reason: String) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push((line, clipped(reason)));
        }
    }

    /// Their number.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The first of them: line and reason.
    pub fn named(&self) -> &[(u64, String)] {
        &self.named
    }

    /// The first of them, by value.
    pub fn into_named(self) -> Vec<(u64, String)> {
        self.named
    }
}

/// A reason of bounded length.
pub fn clipped(reason: String) -> String {
    match reason.char_indices().nth(REASON) {
        Some((end, _)) => format!("{}…", &reason[..end]),
        None => reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_are_named() {
        let mut rejected = RejectedRows::default();
        for line in 0..5_000 {
            rejected.push(line, "ц".repeat(100_000));
        }
        assert_eq!(rejected.count(), 5_000);
        assert_eq!(rejected.named().len(), NAMED);
        assert_eq!(rejected.named()[7].0, 7);
        assert_eq!(rejected.named()[0].1.chars().count(), REASON + 1);
    }
}
