//! Whom the start of a series concerns, in words.

use crate::model::series::Start;
use crate::series::beginning::Beginning;
use crate::web::admin::series::words::clock;
use crate::web::admin::viewer::Viewer;

/// Who comes in today, who on other days, and who on the list does not.
pub fn text(viewer: &Viewer, start: &Start, beginning: &Beginning) -> String {
    let key = match start {
        Start::Confirmed => "admin-series-begins-confirmed",
        Start::Tag { .. } => "admin-series-begins-tag",
        Start::Attribute { .. } => "admin-series-begins-attribute",
        Start::Date { .. } => "admin-series-begins-date",
        Start::Event { .. } => "admin-series-begins-event",
        Start::Segment { .. } => "admin-series-begins-segment",
        Start::Link { .. } => "admin-series-begins-link",
        Start::Call => "admin-series-begins-call",
    };
    let time = clock(start.hour().unwrap_or_default());
    let text = match beginning {
        Beginning::FromNowOn { today } => viewer.say(key).number("count", *today).to_string(),
        Beginning::Today { readers } => viewer
            .say(key)
            .number("count", *readers)
            .text("time", time)
            .to_string(),
        Beginning::On { day, readers } => viewer
            .say("admin-series-begins-event-later")
            .text("day", viewer.calendar.civil_date(*day))
            .number("count", *readers)
            .text("time", time)
            .to_string(),
        Beginning::Never => viewer.t("admin-series-begins-event-never"),
    };
    if beginning.is_cut(start) {
        format!("{text} {}", viewer.t("admin-series-begins-cut"))
    } else {
        text
    }
}
