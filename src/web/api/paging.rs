//! Pages by cursor: stable while rows come and go.

use serde::{Deserialize, Serialize};

const DEFAULT_LIMIT: i64 = 100;
const LARGEST_LIMIT: i64 = 1000;

/// What a caller asks of a page.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
pub struct Paging {
    /// Items of a page: 1 to 1000.
    limit: Option<i64>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Paging {
    /// How many items to give.
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, LARGEST_LIMIT)
    }

    /// The number that the page before ended with.
    pub fn after(&self) -> Option<i64> {
        self.cursor
            .as_deref()
            .and_then(|cursor| cursor.parse().ok())
    }

    /// The text that the page before ended with.
    pub fn after_text(&self) -> &str {
        self.cursor.as_deref().unwrap_or_default()
    }
}

/// A page of items.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; `null` on the last.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A page of `items`, which ends the list where it is not full.
    pub fn new<C: ToString>(items: Vec<T>, paging: &Paging, cursor: impl Fn(&T) -> C) -> Self {
        let is_full = items.len() as i64 == paging.limit();
        let next_cursor = items
            .last()
            .filter(|_| is_full)
            .map(|last| cursor(last).to_string());
        Self { items, next_cursor }
    }

    /// The same page with its items in another shape.
    pub fn map<U>(self, shape: impl Fn(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(shape).collect(),
            next_cursor: self.next_cursor,
        }
    }
}
