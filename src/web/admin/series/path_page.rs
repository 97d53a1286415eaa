//! A series as a path that can be read: each step with what has come of it.

use askama::Template;

use crate::audience::segment;
use crate::content::event;
use crate::model::series::{SeriesAction, SeriesState, Start};
use crate::series::overview::{ReaderTotals, SeriesView, StepView, VersionView};
use crate::series::readers;
use crate::store::segments::Segment;
use crate::store::series::Series;
use crate::text::locale::Language;
use crate::web::admin::series::words::{Words, addresses};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

#[derive(Template)]
#[template(path = "admin/series_path.html")]
pub struct PathPage {
    viewer: Viewer,
    series: Series,
    totals: ReaderTotals,
    /// Of versions in which nobody is inside any more.
    others: i64,
    versions: Vec<VersionView>,
    segments: Vec<Segment>,
    users: Vec<String>,
    /// The address by which other programs let readers in.
    address: String,
    /// The title of the event around which it starts; empty without one.
    event: String,
}

impl PathPage {
    pub async fn new(web: &Web, viewer: Viewer, view: SeriesView) -> Result<Self, HttpError> {
        let language = viewer.language();
        Ok(Self {
            viewer,
            segments: segment::all(&web.cx).await?,
            users: addresses(web).await?,
            address: readers::entry_address(&web.cx, &view.series),
            event: event_title(web, &view.series.start(), language).await?,
            series: view.series,
            totals: view.totals,
            others: view.others.all(),
            versions: view.versions,
        })
    }

    fn is_draft(&self) -> bool {
        self.series.state == SeriesState::Draft
    }

    fn is_over(&self) -> bool {
        self.series.state == SeriesState::Ended
    }

    fn actions(&self) -> Vec<SeriesAction> {
        self.series.state.actions().collect()
    }

    fn is_current(&self, version: &VersionView) -> bool {
        version.version == self.series.version
    }

    fn goal(&self) -> Option<String> {
        self.series.goal_id.map(|id| self.words().segment(id))
    }

    fn is_by_call(&self) -> bool {
        self.series.start() == Start::Call
    }

    fn start(&self) -> String {
        self.words().start(&self.series.start(), &self.event)
    }

    fn sentence(&self, view: &StepView) -> String {
        self.words().step(view.position, &view.step)
    }

    fn words(&self) -> Words<'_> {
        Words {
            viewer: &self.viewer,
            segments: &self.segments,
            users: &self.users,
        }
    }

    /// The readers of a version, as counts with their words; empty where all are of this one.
    fn readers_of(&self, version: &VersionView) -> Vec<String> {
        let totals = &version.totals;
        if *totals == self.totals {
            return Vec::new();
        }
        let viewer = &self.viewer;
        let count = |key: &str, count: i64| format!("{}: {}", viewer.t(key), viewer.number(count));
        let mut counts = vec![
            count("admin-series-inside", totals.inside),
            count("admin-series-finished", totals.finished),
        ];
        for (key, readers) in [
            ("admin-series-at-goal", totals.goal),
            ("admin-series-left", totals.left),
            ("admin-series-ended", totals.ended),
        ] {
            if readers > 0 {
                counts.push(count(key, readers));
            }
        }
        counts
    }

    /// What has come of a step, as counts with their words.
    fn counts(&self, view: &StepView) -> Vec<String> {
        let mut counts = Vec::new();
        let mut add = |key: &str, count: i64| {
            if count > 0 {
                counts.push(self.viewer.say(key).number("count", count).into());
            }
        };
        add("admin-series-count-waiting", view.waiting);
        if let Some(deliveries) = &view.deliveries {
            add("admin-series-count-sent", deliveries.taken());
            add("admin-series-count-open", deliveries.open());
            add("admin-series-count-failed", deliveries.failed);
        }
        add("admin-series-count-goal", view.goal);
        add("admin-series-count-left", view.left);
        counts
    }
}

/// The title of the event around which a series starts; its slug once it is deleted.
async fn event_title(web: &Web, start: &Start, language: Language) -> Result<String, HttpError> {
    let Start::Event { event: slug, .. } = start else {
        return Ok(String::new());
    };
    let found = event::by_slug(&web.cx, slug, language).await?;
    Ok(found.map_or_else(|| slug.to_string(), |event| event.title))
}
