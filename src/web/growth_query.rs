//! What is asked of a report of growth, in the query of a page or an API call.

use jiff::civil::Date;
use serde::Deserialize;

use crate::audience::growth::{Span, SpanError};
use crate::model::growth::{ChangeSource, Period};
use crate::model::list::ListSlug;
use crate::store::growth::Selection;
use crate::store::lists::List;
use crate::text::locale::Language;

/// The parameters. What is empty or left out admits all, or is as in [`Span::last_month`].
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GrowthQuery {
    /// The first day, such as `2026-03-01`. Default: 30 days ago.
    #[serde(default)]
    #[param(required = false)]
    pub from: String,
    /// The last day. Default: today.
    #[serde(default)]
    #[param(required = false)]
    pub until: String,
    /// `day`, `week` or `month`. Default: `day`.
    #[serde(default)]
    #[param(required = false)]
    pub by: String,
    /// The slug of a list.
    #[serde(default)]
    #[param(required = false)]
    pub list: String,
    /// By what way people came or went, such as `form`.
    #[serde(default)]
    #[param(required = false)]
    pub source: String,
    /// The language of the people.
    #[serde(default)]
    #[param(required = false)]
    pub language: String,
}

/// A parameter that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum GrowthQueryError {
    #[error("must be a day such as 2026-03-01")]
    Day,
    #[error("there is no such list")]
    List,
    #[error(transparent)]
    Span(#[from] SpanError),
    /// What is none of the words of a parameter.
    #[error("{0}")]
    Word(String),
}

impl GrowthQuery {
    /// The days and changes asked for, or which parameter is wrong and why.
    pub fn check(
        &self,
        today: Date,
        lists: &[List],
    ) -> Result<(Span, Selection), (&'static str, GrowthQueryError)> {
        let usual = Span::last_month(today);
        let until = day(&self.until, "until")?.unwrap_or(usual.until);
        // A last day long ago has no beginning 30 days ago.
        let before = Span::last_month(until).from;
        let from = day(&self.from, "from")?.unwrap_or(usual.from.min(before));
        let by = match self.by.trim() {
            "" => usual.by,
            word => word.parse::<Period>().map_err(wrong("by"))?,
        };
        let span = Span::new(from, until, by).map_err(|error| ("until", error.into()))?;
        let list = match self.list.trim() {
            "" => None,
            slug => {
                let slug: Option<ListSlug> = slug.parse().ok();
                let found = lists.iter().find(|list| Some(&list.slug) == slug.as_ref());
                Some(found.ok_or(("list", GrowthQueryError::List))?.id)
            }
        };
        let source = match self.source.trim() {
            "" => None,
            word => Some(word.parse::<ChangeSource>().map_err(wrong("source"))?),
        };
        let language = match self.language.trim() {
            "" => None,
            tag => Some(tag.parse::<Language>().map_err(wrong("language"))?),
        };
        let selection = Selection {
            list,
            source,
            language,
        };
        Ok((span, selection))
    }

    /// The same as a query, for a link.
    pub fn link(&self, path: &str) -> String {
        let parts = [
            ("from", &self.from),
            ("until", &self.until),
            ("by", &self.by),
            ("list", &self.list),
            ("source", &self.source),
            ("language", &self.language),
        ];
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parts.iter().filter(|(_, value)| !value.is_empty()))
            .finish();
        format!("{path}?{query}")
    }
}

fn day(text: &str, name: &'static str) -> Result<Option<Date>, (&'static str, GrowthQueryError)> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| (name, GrowthQueryError::Day)),
    }
}

fn wrong<E: std::fmt::Display>(
    name: &'static str,
) -> impl Fn(E) -> (&'static str, GrowthQueryError) {
    move |error| (name, GrowthQueryError::Word(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &GrowthQuery) -> Result<(Span, Selection), &'static str> {
        let today = "2026-03-15".parse().unwrap();
        query.check(today, &[]).map_err(|(name, _)| name)
    }

    #[test]
    fn what_is_left_out_is_the_last_30_days() {
        let (span, _) = check(&GrowthQuery::default()).unwrap();
        assert_eq!(span.from.to_string(), "2026-02-14");
        assert_eq!(span.until.to_string(), "2026-03-15");
        let long_ago = GrowthQuery {
            until: "2025-01-30".to_owned(),
            ..GrowthQuery::default()
        };
        assert_eq!(check(&long_ago).unwrap().0.from.to_string(), "2025-01-01");
    }

    #[test]
    fn the_parameter_that_is_wrong_is_named() {
        for (name, query) in [
            (
                "from",
                GrowthQuery {
                    from: "1 March".to_owned(),
                    ..GrowthQuery::default()
                },
            ),
            (
                "until",
                GrowthQuery {
                    from: "2026-04-01".to_owned(),
                    ..GrowthQuery::default()
                },
            ),
            (
                "until",
                GrowthQuery {
                    from: "2001-01-01".to_owned(),
                    ..GrowthQuery::default()
                },
            ),
            (
                "by",
                GrowthQuery {
                    by: "year".to_owned(),
                    ..GrowthQuery::default()
                },
            ),
            (
                "list",
                GrowthQuery {
                    list: "none".to_owned(),
                    ..GrowthQuery::default()
                },
            ),
            (
                "source",
                GrowthQuery {
                    source: "magic".to_owned(),
                    ..GrowthQuery::default()
                },
            ),
            (
                "language",
                GrowthQuery {
                    language: "tlh-x".to_owned(),
                    ..GrowthQuery::default()
                },
            ),
        ] {
            assert_eq!(check(&query).err(), Some(name));
        }
    }
}
