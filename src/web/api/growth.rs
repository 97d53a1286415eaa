//! How lists grow.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::audience::growth::{self, Growth, Numbers, Span};
use crate::audience::list_admin;
use crate::model::growth::{ChangeSource, Period};
use crate::model::list::ListSlug;
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::request::Params;
use crate::web::growth_query::GrowthQuery;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// How many joined lists and left them. Who is on two lists counts twice. Who never confirmed
/// has neither joined nor left.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GrowthBody {
    /// The first day, in the site's time zone.
    #[schema(example = "2026-03-01")]
    from: String,
    /// The last day.
    until: String,
    by: Period,
    joined: i64,
    left: i64,
    /// Every period, also those in which nothing happened.
    periods: Vec<GrowthPeriod>,
    sources: Vec<GrowthOfSource>,
    lists: Vec<GrowthOfList>,
    languages: Vec<GrowthOfLanguage>,
}

/// A day, week or month. The first and the last may be cut.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GrowthPeriod {
    from: String,
    until: String,
    joined: i64,
    left: i64,
}

/// A way by which people came or went.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GrowthOfSource {
    source: ChangeSource,
    joined: i64,
    left: i64,
}

/// A list.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GrowthOfList {
    list: ListSlug,
    joined: i64,
    left: i64,
}

/// A language of subscribers.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GrowthOfLanguage {
    language: Language,
    joined: i64,
    left: i64,
}

impl GrowthBody {
    fn new(span: Span, growth: &Growth, lists: &[List]) -> Self {
        let Numbers { joined, left } = growth.total();
        let periods = growth.periods.iter().zip(growth.by_period());
        let period = |((from, until), of): (&(_, _), Numbers)| GrowthPeriod {
            from: jiff::civil::Date::to_string(from),
            until: jiff::civil::Date::to_string(until),
            joined: of.joined,
            left: of.left,
        };
        let source = |(source, of): (_, Numbers)| GrowthOfSource {
            source,
            joined: of.joined,
            left: of.left,
        };
        let slug = |id| lists.iter().find(|list| list.id == id);
        let list = |(id, of): (_, Numbers)| {
            Some(GrowthOfList {
                list: slug(id)?.slug.clone(),
                joined: of.joined,
                left: of.left,
            })
        };
        let language = |(language, of): (_, Numbers)| GrowthOfLanguage {
            language,
            joined: of.joined,
            left: of.left,
        };
        let by_source = growth.by(|row| row.source).into_iter();
        let by_list = growth.by(|row| row.list).into_iter();
        let by_language = growth.by(|row| row.language).into_iter();
        Self {
            from: span.from.to_string(),
            until: span.until.to_string(),
            by: span.by,
            joined,
            left,
            periods: periods.map(period).collect(),
            sources: by_source.map(source).collect(),
            lists: by_list.filter_map(list).collect(),
            languages: by_language.map(language).collect(),
        }
    }
}

/// Report joins and leaves by day, source, list and language
#[utoipa::path(get, path = "/growth", tag = "audience", security(("bearer" = [])),
    params(GrowthQuery), responses((status = 200, body = GrowthBody)))]
pub async fn report(
    caller: Caller,
    State(web): State<Web>,
    Params(query): Params<GrowthQuery>,
) -> Result<Json<GrowthBody>, HttpError> {
    let lists = list_admin::within(&web.cx, &caller.1).await?;
    let (span, selection) = query
        .check(growth::today(&web.cx), &lists)
        .map_err(|(name, error)| HttpError::field(name, &error))?;
    let growth = growth::of(&web.cx, &caller.1, span, selection).await?;
    Ok(Json(GrowthBody::new(span, &growth, &lists)))
}
