//! The form of a series: what starts it, and its steps as a list. Buttons add, move and remove
//! steps by sending the form, so that it works without scripts.

use std::fmt::Display;

use askama::Template;
use strum::VariantArray as _;

use crate::audience::{list_admin, segment};
use crate::campaign::layouts;
use crate::model::SegmentId;
use crate::model::series::{SeriesState, StartKind, StepKind};
use crate::series::SeriesError;
use crate::series::edit::SeriesDraft;
use crate::series::overview;
use crate::store::lists::List;
use crate::store::segments::Segment;
use crate::store::series::Series;
use crate::text::line::Title;
use crate::web::admin::email_preview::name_tag;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::series::email_offers::EmailOffers;
use crate::web::admin::series::email_row::CONTENTS;
use crate::web::admin::series::event_offers::{self, EventOffer};
use crate::web::admin::series::words::addresses;
use crate::web::admin::series::written::Written;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The path of the list of series.
pub const HOME: &str = "/admin/series";

/// The page with the form.
#[derive(Template)]
#[template(path = "admin/series_form.html")]
pub struct FormPage {
    pub viewer: Viewer,
    series: Option<Series>,
    written: Written,
    errors: FormErrors,
    lists: Vec<List>,
    layouts: Vec<String>,
    segments: Vec<Segment>,
    users: Vec<String>,
    events: Vec<EventOffer>,
    offers: EmailOffers,
    /// Readers who are inside, whom a new version concerns.
    inside: i64,
    /// Whether it holds what was written and not saved.
    is_unsaved: bool,
}

impl FormPage {
    pub async fn new(
        web: &Web,
        viewer: Viewer,
        series: Option<Series>,
        written: Written,
    ) -> Result<Self, HttpError> {
        let inside = match &series {
            Some(series) => overview::inside(&web.cx, series.id).await?,
            None => 0,
        };
        let layouts = layouts::all(&web.cx).await?.into_iter();
        Ok(Self {
            lists: list_admin::within(&web.cx, &viewer.access).await?,
            layouts: layouts.map(|one| one.layout.name.to_string()).collect(),
            segments: segment::all(&web.cx).await?,
            users: addresses(web).await?,
            events: event_offers::offers(web, &viewer, &written.event).await?,
            offers: EmailOffers::of(web, &viewer).await?,
            viewer,
            series,
            written,
            errors: FormErrors::default(),
            inside,
            is_unsaved: false,
        })
    }

    /// Shows what was written, and fills an email from the template that was chosen beside the
    /// pressed button, if that was it.
    pub fn redraw_from(&mut self, form: &Form) {
        self.is_unsaved = true;
        let pressed = form.text("press").strip_prefix("template_");
        let Some(number) = pressed.and_then(|number| number.parse::<usize>().ok()) else {
            return;
        };
        let row = number.checked_sub(1);
        let row = row.and_then(|at| self.written.steps.get_mut(at));
        let field = format!("template_{number}");
        let template = self.offers.template(form.text(&field));
        let (Some(row), Some(template)) = (row, template) else {
            return;
        };
        if !row.email.fill(template.format, &template.texts) {
            let kept = self.viewer.t("admin-series-template-kept");
            self.errors.add(&field, kept);
        }
    }

    /// What was written, or `None` after adding what is wrong with it.
    pub fn finish(&mut self) -> Option<SeriesDraft> {
        let name = self.errors.take("name", Title::parse(&self.written.name));
        let list = self.errors.take("list", self.written.list.parse());
        let start = match self.written.start() {
            Ok(start) => Some(start),
            Err((field, why)) => {
                self.errors.add(field, why);
                None
            }
        };
        let mut steps = Vec::new();
        for (number, row) in (1..).zip(&self.written.steps) {
            match row.step() {
                Ok(step) => steps.push(step),
                Err((field, why)) => self.errors.add(&format!("{field}_{number}"), why),
            }
        }
        let goal = match self.written.goal.as_str() {
            "" => None,
            goal => self.errors.take("goal", goal.parse::<SegmentId>()),
        };
        if !self.errors.is_empty() {
            self.is_unsaved = true;
            return None;
        }
        Some(SeriesDraft {
            name: name?,
            list: list?,
            layout: Some(self.written.layout.clone()).filter(|name| !name.is_empty()),
            from: Some(self.written.from.clone()).filter(|from| !from.is_empty()),
            start: start?,
            goal,
            ends_on_answer: self.written.ends_on_answer,
            steps,
        })
    }

    /// Adds what is wrong with what was written; other errors are the caller's.
    pub fn refuse(&mut self, error: SeriesError) -> Result<(), HttpError> {
        self.is_unsaved = true;
        let field = match &error {
            SeriesError::Store(_) | SeriesError::NotFound | SeriesError::Over => {
                return Err(error.into());
            }
            SeriesError::Exists => "name",
            SeriesError::UnknownList(_) | SeriesError::KeepsList => "list",
            SeriesError::UnknownLayout(_) => "layout",
            SeriesError::From(_) => "from",
            SeriesError::EventGone(_) => "start_event",
            SeriesError::Email { position, .. } => &format!("format_{position}"),
            SeriesError::Gap {
                position, language, ..
            } => &format!("body_{position}_{language}"),
            SeriesError::PostGone(position, _) => &format!("post_{position}"),
            SeriesError::UnknownUser(number) => &format!("user_{number}"),
            _ => "",
        };
        self.errors.add(field, &error);
        Ok(())
    }

    fn action(&self) -> String {
        match &self.series {
            Some(series) => format!("{HOME}/{}", series.id),
            None => HOME.to_owned(),
        }
    }

    fn redraw(&self) -> String {
        match &self.series {
            Some(series) => format!("{HOME}/{}/edit", series.id),
            None => format!("{HOME}/new"),
        }
    }

    /// Where the form is shown again at a step, which need not exist yet.
    fn redraw_at(&self, step: impl Display) -> String {
        format!("{}#step-{step}", self.redraw())
    }

    /// Whether a new version is made, and readers may be inside.
    fn is_started(&self) -> bool {
        let series = self.series.as_ref();
        series.is_some_and(|series| series.state != SeriesState::Draft)
    }

    fn starts(&self) -> &'static [StartKind] {
        StartKind::VARIANTS
    }

    fn kinds(&self) -> &'static [StepKind] {
        StepKind::VARIANTS
    }

    fn is_start(&self, kind: &StartKind) -> bool {
        self.written.start == *kind
    }

    fn contents(&self) -> &'static [&'static str] {
        &CONTENTS
    }

    /// The merge tag of a name, as designs have it.
    fn name_tag(&self) -> String {
        name_tag(&self.viewer.language())
    }

    /// Whether a post that was chosen is offered no more.
    fn lost_post<'a>(&self, slug: &'a str) -> Option<&'a str> {
        let is_offered = slug.is_empty() || self.offers.has_post(slug);
        (!is_offered).then_some(slug)
    }

    /// Whether a user who was chosen has been removed since.
    fn lost_user<'a>(&self, user: &'a str) -> Option<&'a str> {
        let is_there = user.is_empty() || self.users.iter().any(|one| one == user);
        (!is_there).then_some(user)
    }

    fn weekday(&self, number: &i8) -> String {
        self.viewer.word("admin-series-weekday", number)
    }

    fn error(&self, name: &str, number: impl std::fmt::Display) -> String {
        let error = self.errors.at(&format!("{name}_{number}")).to_owned();
        self.viewer.explain(error)
    }
}
