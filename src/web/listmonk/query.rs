//! Query parameters: names that may come several times, and numbered pages.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde_json::{Value, json};

use crate::text::characters;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

const USUAL_PAGE: i64 = 20;
const LARGEST_PAGE: i64 = 1000;

/// The query of a request.
pub struct Query(Form);

impl FromRequestParts<Web> for Query {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, HttpError> {
        let query = parts.uri.query().unwrap_or_default();
        Form::parse(query.as_bytes()).map(Self)
    }
}

impl Query {
    /// The first value of a name, trimmed.
    pub fn text(&self, name: &str) -> &str {
        self.0.trimmed(name)
    }

    /// The numbers that a name has.
    pub fn numbers(&self, name: &str) -> Result<Vec<i64>, HttpError> {
        let texts = self.0.all(name).flat_map(|text| text.split(','));
        let texts = texts.map(str::trim).filter(|text| !text.is_empty());
        let numbers = texts.map(|text| text.parse::<i64>());
        numbers
            .collect::<Result<_, _>>()
            .map_err(|_| HttpError::field(name, &"must be a number"))
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.all(name).map(str::trim)
    }

    /// Whether a name is `true`.
    pub fn is(&self, name: &str) -> bool {
        matches!(self.text(name), "true" | "1")
    }

    /// Which page is wanted. `all`, and more than a page may have, is the largest page.
    pub fn page(&self) -> Result<PageOf, HttpError> {
        let number = |name: &str, usual: i64| match self.text(name) {
            "" => Ok(usual),
            "all" => Ok(LARGEST_PAGE),
            text => match text.parse::<i64>() {
                Ok(number) if number >= 1 => Ok(number),
                _ => Err(HttpError::field(name, &"must be a number from 1 on")),
            },
        };
        Ok(PageOf {
            page: number("page", 1)?.min(i64::MAX / LARGEST_PAGE),
            per_page: number("per_page", USUAL_PAGE)?.min(LARGEST_PAGE),
        })
    }
}

/// A numbered page.
#[derive(Debug, Clone, Copy)]
pub struct PageOf {
    pub page: i64,
    pub per_page: i64,
}

impl PageOf {
    /// How many are before it.
    pub fn offset(self) -> i64 {
        (self.page - 1) * self.per_page
    }

    /// Its part of all.
    pub fn of<T>(self, all: Vec<T>) -> Vec<T> {
        let skipped = usize::try_from(self.offset()).unwrap_or(usize::MAX);
        let taken = usize::try_from(self.per_page).unwrap_or(0);
        all.into_iter().skip(skipped).take(taken).collect()
    }

    /// The answer around its results.
    pub fn answer(self, results: Vec<Value>, total: i64, search: &str, query: &str) -> Value {
        json!({
            "results": results,
            "search": characters::scrub(search),
            "query": characters::scrub(query),
            "total": total,
            "per_page": self.per_page,
            "page": self.page,
        })
    }
}
