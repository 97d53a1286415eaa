//! Trying a series: a test of one email, all of its emails at once, and its rehearsal.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{Html, Response};

use crate::audience::segment;
use crate::campaign::CampaignError;
use crate::campaign::test_email::TestAddresses;
use crate::clock::Timestamp;
use crate::model::SeriesId;
use crate::model::series::{SeriesState, Start};
use crate::series::emails::{self, Tested};
use crate::series::rehearsal::{self, Rehearsal, Rehearsed};
use crate::series::walk::{self, Taken};
use crate::series::{SeriesError, lifecycle};
use crate::store::segments::Segment;
use crate::store::series::Series;
use crate::text::locale::Language;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::series::form_page::HOME;
use crate::web::admin::series::words::{Words, addresses};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// The language and the addresses of a test; the latter say what is wrong with them.
fn order(web: &Web, form: &Form) -> Result<(Language, Result<TestAddresses, String>), HttpError> {
    let language = form
        .language(&web.languages(), web.cx.config().language)
        .map_err(|error| HttpError::field("language", &error))?;
    let to = TestAddresses::parse(form.text("to"));
    Ok((language, to.map_err(|error| error.to_string())))
}

fn outcome(viewer: &Viewer, sent: Result<String, String>) -> Flash {
    match sent {
        Ok(to) => Flash::good(viewer.say("admin-series-test-sent").text("to", &to)),
        Err(why) => Flash::bad(viewer.t("admin-series-test-failed")).with(viewer.explain(why)),
    }
}

/// What keeps a test from being sent, unless it is the database.
fn reason(error: SeriesError) -> Result<String, HttpError> {
    match error {
        SeriesError::Store(error) | SeriesError::Campaign(CampaignError::Store(error)) => {
            Err(error.into())
        }
        other => Ok(other.to_string()),
    }
}

/// Sends an email of a series to a few addresses.
pub async fn test(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SeriesId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let series = lifecycle::by_id(&web.cx, &by, id).await?;
    let form = Form::parse(&body)?;
    let position = form.text("position").parse();
    let tested = Tested {
        position: position.map_err(|_| HttpError::NotFound)?,
        note: String::new(),
    };
    let (language, to) = order(&web, &form)?;
    let sent = match to {
        Err(why) => Err(why),
        Ok(to) => match emails::send_tests(&web.cx, &by, &series, &[tested], &to, language).await {
            Ok(()) => Ok(to.listed()),
            Err(error) => Err(reason(error)?),
        },
    };
    let flash = outcome(&viewer, sent);
    Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
}

/// Sends all emails that a reader would get to a few addresses.
pub async fn walk_through(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SeriesId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let series = lifecycle::by_id(&web.cx, &by, id).await?;
    let (language, to) = order(&web, &Form::parse(&body)?)?;
    let sent = match to {
        Err(why) => Err(why),
        Ok(to) => match walk::send(&web.cx, &by, &series, &to, language).await {
            Ok(_) => Ok(to.listed()),
            Err(error) => Err(reason(error)?),
        },
    };
    let flash = outcome(&viewer, sent);
    Ok(redirect(&web, &format!("{HOME}/{id}/rehearsal"), &flash))
}

#[derive(Template)]
#[template(path = "admin/series_rehearsal.html")]
struct RehearsalPage {
    viewer: Viewer,
    series: Series,
    rehearsal: Rehearsal,
    way: Vec<Taken>,
    segments: Vec<Segment>,
    users: Vec<String>,
}

impl RehearsalPage {
    fn day(&self, day: &jiff::civil::Date) -> String {
        self.viewer.calendar.civil_date(*day)
    }

    fn when(&self, at: &Timestamp) -> String {
        self.viewer.calendar.date_time(*at)
    }

    fn got(&self, reader: &Rehearsed) -> String {
        let emails = reader.emails.iter();
        let emails: Vec<String> = emails
            .map(|(position, at)| {
                let got = self.viewer.say("admin-series-rehearsal-got");
                let got = got.number("step", *position).text("when", self.when(at));
                got.into()
            })
            .collect();
        emails.join(" · ")
    }

    fn sentence(&self, taken: &Taken) -> String {
        let words = Words {
            viewer: &self.viewer,
            segments: &self.segments,
            users: &self.users,
        };
        words.step(taken.position, &taken.step)
    }

    /// Whether there is nothing to look at: what would have started it is not kept.
    fn is_by_call(&self) -> bool {
        matches!(self.series.start(), Start::Call | Start::Link { .. })
    }

    fn can_start(&self) -> bool {
        self.series.state == SeriesState::Draft
    }
}

pub async fn rehearse(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<SeriesId>,
) -> Result<Html<String>, HttpError> {
    let series = lifecycle::by_id(&web.cx, &viewer.actor(), id).await?;
    let mut rehearsal = rehearsal::rehearse(&web.cx, &series).await?;
    // As with other lists of many people's addresses.
    if !viewer.can_edit() {
        rehearsal.shown.clear();
    }
    render_page(&RehearsalPage {
        way: walk::from_now(&web.cx, &series).await?,
        segments: segment::all(&web.cx).await?,
        users: addresses(&web).await?,
        viewer,
        series,
        rehearsal,
    })
}
