//! The growth of lists as a chart.

use crate::audience::list_admin::{self, SizedList};
use crate::clock::Timestamp;
use crate::web::admin::chart::{Chart, Series};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Days that the growth chart covers.
const DAYS: i64 = 90;
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
    let today = web.cx.clock.now().day();
    let days = list_admin::days(&web.cx, today - DAYS).await?;
    let mut largest: Vec<&SizedList> = lists.iter().collect();
    largest.sort_by_key(|sized| std::cmp::Reverse(sized.confirmed));
    let series = largest.into_iter().zip(LOOKS).map(|(sized, look)| {
        let mut size = sized.confirmed;
        let mut values = vec![size];
        for day in (today - DAYS + 1..=today).rev() {
            let of_day = days
                .iter()
                .find(|one| one.list_id == sized.list.id && one.day == day);
            size -= of_day.map_or(0, |one| one.confirmed - one.unsubscribed);
            values.push(size.max(0));
        }
        values.reverse();
        Series {
            name: sized.list.name.clone(),
            look,
            values,
        }
    });
    let date = |days: i64| {
        let at = Timestamp::from_millis((today - days) * 24 * 3600 * 1000);
        viewer.calendar.date(at)
    };
    let times = vec![(0.0, date(DAYS)), (0.5, date(DAYS / 2)), (1.0, date(0))];
    Ok(Some(Chart::new(series.collect(), times, |number| {
        viewer.number(number)
    })))
}
