//! The growth of lists as a chart.

use jiff::ToSpan;

use crate::audience::growth::{self, Span};
use crate::audience::list_admin::SizedList;
use crate::model::ListId;
use crate::model::growth::Period;
use crate::web::admin::chart::{Chart, Series};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Days that the growth chart covers.
const DAYS: usize = 90;
/// Lists in the growth chart: the largest ones.
const LINES: usize = 4;

/// The growth of the largest lists, counted backwards from today's sizes.
pub async fn chart(
    web: &Web,
    viewer: &Viewer,
    lists: &[SizedList],
) -> Result<Option<Chart>, HttpError> {
    const LOOKS: [&str; LINES] = ["sky", "good", "warn", "bad"];
    if lists.is_empty() {
        return Ok(None);
    }
    let today = growth::today(&web.cx);
    let before = |days: usize| today.saturating_sub((days as i64).days());
    let span = Span {
        from: before(DAYS - 1),
        until: today,
        by: Period::Day,
    };
    let mut largest: Vec<&SizedList> = lists.iter().collect();
    largest.sort_by_key(|sized| std::cmp::Reverse(sized.confirmed));
    largest.truncate(LINES);
    let ids: Vec<ListId> = largest.iter().map(|sized| sized.list.id).collect();
    let changes = growth::net_by_day(&web.cx, &ids, span).await?;
    let shown = largest.into_iter().zip(changes).zip(LOOKS);
    let series = shown.map(|((sized, changes), look)| {
        let mut size = sized.confirmed;
        let mut values = vec![size];
        for change in changes.iter().rev() {
            size -= change;
            values.push(size.max(0));
        }
        values.reverse();
        Series {
            name: viewer.list_name(&sized.list).to_owned(),
            look,
            values,
        }
    });
    let date = |days| viewer.calendar.civil_date(before(days));
    let times = vec![(0.0, date(DAYS)), (0.5, date(DAYS / 2)), (1.0, date(0))];
    Ok(Some(Chart::new(series.collect(), times, |number| {
        viewer.number(number)
    })))
}
