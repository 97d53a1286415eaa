//! Paging by number.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Paging {
    page: Option<i64>,
}

impl Paging {
    /// From 1.
    pub fn number(&self) -> i64 {
        self.page.unwrap_or(1).clamp(1, 100_000)
    }
}

/// Links to the pages before and after; empty if there is none.
pub struct Pager {
    pub newer: String,
    pub older: String,
}

impl Pager {
    /// For page `number` of the list at `path`.
    pub fn new(path: &str, number: i64, has_older: bool) -> Self {
        let at = |number: i64| match number {
            0 => String::new(),
            1 => path.to_owned(),
            number => format!("{path}?page={number}"),
        };
        Self {
            newer: at(number - 1),
            older: if has_older {
                at(number + 1)
            } else {
                String::new()
            },
        }
    }
}
