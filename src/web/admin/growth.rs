//! How lists grow: a report of joins and leaves, and the same as CSV.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::civil::Date;
use strum::VariantArray as _;

use crate::audience::growth::{self, Growth, Numbers, Span};
use crate::audience::list_admin;
use crate::model::ListId;
use crate::model::growth::{ChangeSource, Period};
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::web::admin::chart::{Chart, Series};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::Viewer;
use crate::web::growth_query::GrowthQuery;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/growth", get(show))
        .route("/growth.csv", get(download))
}

#[derive(Template)]
#[template(path = "admin/growth.html")]
struct GrowthPage {
    viewer: Viewer,
    query: GrowthQuery,
    errors: FormErrors,
    lists: Vec<List>,
    /// `None` where a field is wrong.
    report: Option<Report>,
    /// Where the same is as CSV.
    csv: String,
}

/// What the page shows.
struct Report {
    title: String,
    total: Numbers,
    chart: Chart,
    /// Tables: heading and rows.
    tables: Vec<(String, Vec<Line>)>,
    /// The newest first; those in which something happened.
    periods: Vec<Line>,
}

/// A row of a table.
struct Line {
    name: String,
    numbers: Numbers,
}

impl GrowthPage {
    fn sources(&self) -> &'static [ChangeSource] {
        ChangeSource::VARIANTS
    }

    fn is_by(&self, period: &Period) -> bool {
        self.query.by == period.as_str()
    }

    fn is_from(&self, source: &ChangeSource) -> bool {
        self.query.source == source.as_str()
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(mut query): Query<GrowthQuery>,
) -> Result<Response, HttpError> {
    let lists = list_admin::within(&web.cx, &viewer.access).await?;
    let mut errors = FormErrors::default();
    let report = match query.check(growth::today(&web.cx), &lists) {
        Ok((span, selection)) => {
            let growth = growth::of(&web.cx, &viewer.access, span, selection).await?;
            (query.from, query.until) = (span.from.to_string(), span.until.to_string());
            query.by = span.by.to_string();
            Some(Report::new(&viewer, span, &growth, &lists))
        }
        Err((field, error)) => {
            errors.add(field, error);
            None
        }
    };
    let status = match report {
        Some(_) => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = render_page(&GrowthPage {
        csv: query.link("/admin/growth.csv"),
        viewer,
        query,
        errors,
        lists,
        report,
    })?;
    Ok((status, page).into_response())
}

impl Report {
    fn new(viewer: &Viewer, span: Span, growth: &Growth, lists: &[List]) -> Self {
        let list = |id: &ListId| {
            let found = lists.iter().find(|list| list.id == *id);
            found.map_or("", |list| viewer.list_name(list)).to_owned()
        };
        let source = |source: &ChangeSource| viewer.word("admin-growth-source", source);
        let language = |language: &Language| language.endonym().to_owned();
        let by_period = growth.by_period();
        let periods = growth.periods.iter().zip(&by_period).rev();
        let periods = periods.filter(|(_, numbers)| **numbers != Numbers::default());
        Self {
            title: range(viewer, &(span.from, span.until)),
            total: growth.total(),
            chart: chart(viewer, growth, &by_period),
            tables: vec![
                table(
                    viewer,
                    "admin-growth-by-source",
                    growth.by(|row| row.source),
                    source,
                ),
                table(
                    viewer,
                    "admin-growth-by-list",
                    growth.by(|row| row.list),
                    list,
                ),
                table(
                    viewer,
                    "admin-growth-by-language",
                    growth.by(|row| row.language),
                    language,
                ),
            ],
            periods: periods
                .map(|(days, numbers)| Line {
                    name: range(viewer, days),
                    numbers: *numbers,
                })
                .collect(),
        }
    }
}

fn table<K>(
    viewer: &Viewer,
    heading: &str,
    parts: Vec<(K, Numbers)>,
    name: impl Fn(&K) -> String,
) -> (String, Vec<Line>) {
    let line = |(key, numbers)| Line {
        name: name(&key),
        numbers,
    };
    (viewer.t(heading), parts.into_iter().map(line).collect())
}

/// One day, or the first and the last of several.
fn range(viewer: &Viewer, (from, until): &(Date, Date)) -> String {
    let first = viewer.calendar.civil_date(*from);
    if from == until {
        return first;
    }
    let range = viewer.say("admin-growth-range").text("from", first);
    range
        .text("until", viewer.calendar.civil_date(*until))
        .to_string()
}

fn chart(viewer: &Viewer, growth: &Growth, numbers: &[Numbers]) -> Chart {
    let series = |name: &str, look, of: fn(&Numbers) -> i64| Series {
        name: viewer.t(name),
        look,
        values: numbers.iter().map(of).collect(),
    };
    let starts = growth.periods.first().zip(growth.periods.last());
    let times = starts.map_or_else(Vec::new, |(first, last)| {
        let date = |day: Date| viewer.calendar.civil_date(day);
        vec![(0.0, date(first.0)), (1.0, date(last.1))]
    });
    Chart::new(
        vec![
            series("admin-growth-joined", "good", |numbers| numbers.joined),
            series("admin-growth-left", "bad", |numbers| numbers.left),
        ],
        times,
        |number| viewer.number(number),
    )
}

async fn download(
    State(web): State<Web>,
    viewer: Viewer,
    Query(query): Query<GrowthQuery>,
) -> Result<Response, HttpError> {
    let lists = list_admin::within(&web.cx, &viewer.access).await?;
    let (span, selection) = query
        .check(growth::today(&web.cx), &lists)
        .map_err(|(name, error)| HttpError::field(name, &error))?;
    let growth = growth::of(&web.cx, &viewer.access, span, selection).await?;
    let name = format!("growth-{}-{}.csv", span.from, span.until);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, sheet(&growth, &lists)).into_response())
}

/// Every row of a report. No cell is a text that somebody typed.
fn sheet(growth: &Growth, lists: &[List]) -> Vec<u8> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = sheet.write_record([
        "from", "until", "list", "source", "language", "joined", "left",
    ]);
    for row in &growth.rows {
        let Some((from, until)) = growth.periods.get(row.period) else {
            continue;
        };
        let list = lists.iter().find(|list| list.id == row.list);
        let _ = sheet.write_record([
            from.to_string().as_str(),
            until.to_string().as_str(),
            list.map_or("", |list| list.slug.as_str()),
            row.source.as_str(),
            row.language.tag(),
            row.numbers.joined.to_string().as_str(),
            row.numbers.left.to_string().as_str(),
        ]);
    }
    sheet.into_inner().unwrap_or_default()
}
