//! The calendar of past and coming sends.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use crate::campaign::calendar::{self, Month};
use crate::campaign::overview::Overview;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::web::admin::viewer::Viewer;
use crate::web::calendar_day;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

#[derive(Deserialize)]
pub struct Shown {
    /// `2026-03`; if left out, the present month.
    month: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/campaigns/calendar.html")]
struct CalendarPage {
    viewer: Viewer,
    title: String,
    /// The short and the full names of the days of a week.
    headings: Vec<(String, String)>,
    weeks: Vec<Vec<DayCell>>,
    is_empty: bool,
    is_cut: bool,
    previous: Link,
    next: Link,
    /// The present month, from another.
    now: Option<Link>,
}

struct Link {
    path: String,
    title: String,
}

struct DayCell {
    number: i8,
    /// The whole date, for lists and screen readers.
    name: String,
    class: &'static str,
    is_today: bool,
    entries: Vec<Entry>,
}

struct Entry {
    id: CampaignId,
    time: String,
    subject: String,
    state: CampaignState,
    /// How many it was sent to; empty before it starts.
    done: String,
}

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let today = viewer.calendar.local(web.cx.clock.now()).date();
    let present = today.first_of_month();
    let first = match &shown.month {
        None => present,
        Some(month) => read_month(month).ok_or(HttpError::NotFound)?,
    };
    let month = calendar::month(&web.cx, &viewer.access, &web.zone(), first).await?;
    let link = |date: Date| Link {
        path: format!(
            "/admin/campaigns/calendar?month={:04}-{:02}",
            date.year(),
            date.month()
        ),
        title: viewer.calendar.month(date.year(), date.month()),
    };
    render_page(&CalendarPage {
        title: link(first).title,
        headings: (1..=7)
            .map(|day| {
                let name = |kind: &str| viewer.t(&format!("{kind}-{day}"));
                (name("weekday-short"), name("weekday"))
            })
            .collect(),
        is_empty: month
            .weeks
            .iter()
            .flatten()
            .all(|day| day.campaigns.is_empty()),
        is_cut: month.is_cut,
        weeks: cells(&viewer, month, today),
        previous: link(first.saturating_sub(1.month())),
        next: link(first.saturating_add(1.month())),
        now: (first != present).then(|| link(present)),
        viewer,
    })
}

fn read_month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

fn cells(viewer: &Viewer, month: Month, today: Date) -> Vec<Vec<DayCell>> {
    let cell = |day: calendar::Day| DayCell {
        number: day.date.day(),
        name: viewer.calendar.civil_date_with_weekday(day.date),
        class: calendar_day::class(day.is_inside, !day.campaigns.is_empty(), day.date == today),
        is_today: day.date == today,
        entries: day
            .campaigns
            .into_iter()
            .map(|one| entry(viewer, one))
            .collect(),
    };
    let weeks = month.weeks.into_iter();
    weeks
        .map(|week| week.into_iter().map(cell).collect())
        .collect()
}

fn entry(viewer: &Viewer, one: Overview) -> Entry {
    let at = calendar::moment_of(&one.campaign);
    let done = match one.campaign.started_at {
        None => String::new(),
        Some(_) => viewer
            .say("admin-campaigns-done")
            .number("sent", one.counts.sent)
            .number("total", one.counts.total())
            .to_string(),
    };
    Entry {
        id: one.campaign.id,
        time: at.map_or_else(String::new, |at| viewer.calendar.time(at)),
        subject: one.campaign.subject,
        state: one.campaign.state,
        done,
    }
}
