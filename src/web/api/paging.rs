//! Cursor paging: stable while rows are added and removed.

use std::num::NonZeroU64;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::web::http::error::HttpError;

const DEFAULT_LIMIT: i64 = 100;
const LARGEST_LIMIT: i64 = 1000;

/// Paging parameters.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Items per page, at most 1000.
    #[param(value_type = Option<i64>, minimum = 1)]
    #[serde(default, deserialize_with = "read_limit")]
    limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
}

/// A positive integer that fits into 64 bits.
fn read_limit<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let limit = Option::<NonZeroU64>::deserialize(from)?;
    let limit = limit.map(|limit| i64::try_from(limit.get())).transpose();
    limit.map_err(|_| D::Error::custom("must be a number up to 1000"))
}

impl Paging {
    /// Items per page.
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(DEFAULT_LIMIT).min(LARGEST_LIMIT)
    }

    /// Where the previous page ended.
    pub fn after<T: FromStr>(&self) -> Result<Option<T>, HttpError> {
        let parse = |cursor: &str| cursor.parse().map_err(|_| wrong_cursor());
        self.cursor.as_deref().map(parse).transpose()
    }
}

fn wrong_cursor() -> HttpError {
    HttpError::field("cursor", &"is not the next_cursor of a page of this list")
}

/// A page of items.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The cursor of the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A page of `items`; it is the last if it is not full.
    pub fn new<C: ToString>(items: Vec<T>, paging: &Paging, cursor: impl Fn(&T) -> C) -> Self {
        let is_full = items.len() as i64 == paging.limit();
        let next_cursor = items
            .last()
            .filter(|_| is_full)
            .map(|last| cursor(last).to_string());
        Self { items, next_cursor }
    }

    /// All items on one page.
    pub fn whole(items: Vec<T>) -> Self {
        Self {
            items,
            next_cursor: None,
        }
    }

    /// Converts the items.
    pub fn map<U>(self, shape: impl Fn(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(shape).collect(),
            next_cursor: self.next_cursor,
        }
    }
}
