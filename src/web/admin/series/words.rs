//! What starts a series and what its steps do, as sentences.

use crate::account::users;
use crate::model::SegmentId;
use crate::model::series::{EmailFormat, Start, Step};
use crate::store::segments::Segment;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The addresses of all users.
pub async fn addresses(web: &Web) -> Result<Vec<String>, HttpError> {
    let users = users::all(&web.cx).await?.into_iter();
    Ok(users.map(|user| user.email.to_string()).collect())
}

/// What sentences need.
pub struct Words<'a> {
    pub viewer: &'a Viewer,
    pub segments: &'a [Segment],
    /// The addresses of those who can be told of a reader.
    pub users: &'a [String],
}

impl Words<'_> {
    pub fn segment(&self, id: SegmentId) -> String {
        let found = self.segments.iter().find(|segment| segment.id == id);
        let gone = || self.viewer.t("admin-series-segment-gone");
        found.map_or_else(gone, |segment| segment.name.clone())
    }

    /// What lets readers in; `event` is the title of its event.
    pub fn start(&self, start: &Start, event: &str) -> String {
        let viewer = self.viewer;
        match start {
            Start::Confirmed => viewer.t("admin-series-starts-confirmed"),
            Start::Call => viewer.t("admin-series-starts-call"),
            Start::Tag { tag } => viewer
                .say("admin-series-starts-tag")
                .text("tag", tag.as_str())
                .into(),
            Start::Attribute { attribute, value } if value.is_empty() => viewer
                .say("admin-series-starts-attribute")
                .text("attribute", attribute)
                .into(),
            Start::Attribute { attribute, value } => viewer
                .say("admin-series-starts-attribute-value")
                .text("attribute", attribute)
                .text("value", value)
                .into(),
            Start::Link { contains } => viewer
                .say("admin-series-starts-link")
                .text("link", contains)
                .into(),
            Start::Segment { segment, hour } => viewer
                .say("admin-series-starts-segment")
                .text("segment", self.segment(*segment))
                .text("time", clock(*hour))
                .into(),
            Start::Event { days, hour, .. } => self.around(
                (*days, false),
                &viewer
                    .say("admin-series-the-event")
                    .text("event", event)
                    .to_string(),
                *hour,
            ),
            Start::Date {
                attribute,
                days,
                hour,
                yearly,
            } => self.around((*days, *yearly), attribute, *hour),
        }
    }

    /// Before, on or after a day.
    fn around(&self, (days, yearly): (i32, bool), name: &str, hour: u8) -> String {
        let key = match (days, yearly) {
            (..0, true) => "admin-series-starts-before-yearly",
            (..0, false) => "admin-series-starts-before",
            (0, true) => "admin-series-starts-on-yearly",
            (0, false) => "admin-series-starts-on",
            (_, true) => "admin-series-starts-after-yearly",
            (_, false) => "admin-series-starts-after",
        };
        self.viewer
            .say(key)
            .text("attribute", name)
            .number("days", i64::from(days.unsigned_abs()))
            .text("time", clock(hour))
            .into()
    }

    /// What a step does; steps that it leads to are named by their numbers.
    pub fn step(&self, position: i64, step: &Step) -> String {
        let viewer = self.viewer;
        let after = |skip: u32| position + 1 + i64::from(skip);
        match step {
            Step::Send {
                post: Some(slug), ..
            } => viewer
                .say("admin-series-does-send-post")
                .text("post", slug.as_str())
                .into(),
            Step::Send { texts, format, .. } => {
                let own = texts.iter().find(|text| text.language == viewer.language());
                let subject = own.or(texts.first()).map(|text| text.subject.as_str());
                let sentence = match format {
                    EmailFormat::Markdown => viewer.say("admin-series-does-send"),
                    design => viewer
                        .say("admin-series-does-send-design")
                        .text("format", viewer.word("admin-draft-kind", design)),
                };
                sentence.text("subject", subject.unwrap_or_default()).into()
            }
            Step::Wait { days, hours: 0 } => viewer
                .say("admin-series-does-wait-days")
                .number("days", i64::from(*days))
                .into(),
            Step::Wait { days: 0, hours } => viewer
                .say("admin-series-does-wait-hours")
                .number("hours", i64::from(*hours))
                .into(),
            Step::Wait { days, hours } => viewer
                .say("admin-series-does-wait-both")
                .number("days", i64::from(*days))
                .number("hours", i64::from(*hours))
                .into(),
            Step::WaitUntil { weekday, hour } => viewer
                .say("admin-series-does-wait-until")
                .text("day", viewer.word("admin-series-weekday", weekday))
                .text("time", clock(*hour))
                .into(),
            Step::WaitForDate { date, hour } => viewer
                .say("admin-series-does-wait-until")
                .text("day", viewer.calendar.civil_date(*date))
                .text("time", clock(*hour))
                .into(),
            Step::Condition {
                segment,
                skip: None,
            } => viewer
                .say("admin-series-does-condition")
                .text("segment", self.segment(*segment))
                .into(),
            Step::Condition {
                segment,
                skip: Some(skip),
            } => viewer
                .say("admin-series-does-condition-skip")
                .text("segment", self.segment(*segment))
                .number("step", after(*skip))
                .into(),
            Step::Skip { steps } => viewer
                .say("admin-series-does-skip")
                .number("step", after(*steps))
                .into(),
            Step::SetTag { tag } => viewer
                .say("admin-series-does-set-tag")
                .text("tag", tag.as_str())
                .into(),
            Step::RemoveTag { tag } => viewer
                .say("admin-series-does-remove-tag")
                .text("tag", tag.as_str())
                .into(),
            Step::SetAttribute { attribute, value } => viewer
                .say("admin-series-does-set-attribute")
                .text("attribute", attribute)
                .text("value", value)
                .into(),
            Step::AddToList { list } => viewer
                .say("admin-series-does-add-to-list")
                .text("list", list.as_str())
                .into(),
            Step::LeaveList => viewer.t("admin-series-does-leave-list"),
            Step::PauseMail { days } => viewer
                .say("admin-series-does-pause-mail")
                .number("days", i64::from(*days))
                .into(),
            Step::WeeklyDigest => viewer.t("admin-series-does-weekly-digest"),
            Step::Notify { user, message } => viewer
                .say(if self.users.iter().any(|one| one == user.as_str()) {
                    "admin-series-does-notify"
                } else {
                    "admin-series-does-notify-all"
                })
                .text("user", user.as_str())
                .text("message", message)
                .into(),
            Step::Webhook { message } => viewer
                .say("admin-series-does-webhook")
                .text("message", message)
                .into(),
            Step::End => viewer.t("admin-series-does-end"),
        }
    }
}

pub fn clock(hour: u8) -> String {
    format!("{hour:02}:00")
}
