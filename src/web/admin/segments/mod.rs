//! Segments: a form for rules, with the number of matching subscribers.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

mod row;

use crate::audience::{AudienceError, list_admin, segment};
use crate::model::line::Title;
use crate::model::segment::{Match, Part, Rule, RuleError};
use crate::model::{CampaignId, SegmentId};
use crate::store::lists::List;
use crate::store::segments::{OpenCampaign, Segment};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::segments::row::{Row, TESTS};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::counted;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/segments", get(index).post(create))
        .route("/segments/new", get(new).post(draft))
        .route("/segments/{id}", get(edit).post(change))
        .route("/segments/{id}/draft", post(redraft))
        .route("/segments/{id}/delete", post(delete))
        .route("/segments/{id}/campaigns", post(choose))
}

const HOME: &str = "/admin/segments";
/// Campaigns on a segment's page.
const CAMPAIGNS: i64 = 50;
const CONDITIONS: usize = 50;
const GROUPS: usize = 10;
/// Characters of a name or value in a condition.
const LENGTH: usize = 200;

#[derive(Template)]
#[template(path = "admin/segments.html")]
struct IndexPage {
    viewer: Viewer,
    segments: Vec<Segment>,
}

impl IndexPage {
    fn words(&self, rule: &Rule) -> String {
        row::in_words(rule, &self.viewer)
    }
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let segments = segment::all(&web.cx).await?;
    render_page(&IndexPage { viewer, segments })
}

#[derive(Template)]
#[template(path = "admin/segment.html")]
struct FormPage {
    viewer: Viewer,
    id: Option<SegmentId>,
    called: String,
    /// The top-level rows first, then the groups.
    groups: Vec<Group>,
    /// The rule in words, if the form cannot show it.
    too_deep: String,
    lists: Vec<List>,
    errors: FormErrors,
    /// The number of matching subscribers; empty while the rule is invalid.
    count: String,
    /// Campaigns that can use it; none for an unsaved form.
    campaigns: Vec<OpenCampaign>,
}

/// A group of conditions.
#[derive(Debug, Clone)]
struct Group {
    how: Match,
    rows: Vec<Row>,
}

impl Group {
    fn new(how: Match) -> Self {
        Self {
            how,
            rows: Vec::new(),
        }
    }

    fn is(&self, how: &str) -> bool {
        self.how.as_str() == how
    }
}

impl FormPage {
    fn action(&self) -> String {
        match self.id {
            Some(id) => format!("{HOME}/{id}"),
            None => HOME.to_owned(),
        }
    }

    /// Where the form is sent to count without saving.
    fn draft(&self) -> String {
        match self.id {
            Some(id) => format!("{HOME}/{id}/draft"),
            None => format!("{HOME}/new"),
        }
    }

    /// Whether a campaign uses this segment.
    fn has(&self, campaign: &OpenCampaign) -> bool {
        campaign.segment_id == self.id
    }

    fn fault(&self, number: &usize) -> String {
        self.errors.at(&format!("row-{number}")).to_owned()
    }

    /// Parses the rows, adds their errors, and counts.
    async fn judge(&mut self, web: &Web) -> Result<Option<Rule>, HttpError> {
        let mut rule: Option<Rule> = None;
        for (number, group) in self.groups.iter().enumerate() {
            let mut read = Rule::of(group.how, []);
            for row in group.rows.iter().filter(|row| !row.is_blank()) {
                let condition = row.read(web, &self.lists);
                let condition = self.errors.take(&format!("row-{}", row.number), condition);
                read.conditions.extend(condition.map(Part::from));
            }
            match &mut rule {
                None => rule = Some(read),
                Some(rule) if number > 0 && !read.conditions.is_empty() => {
                    rule.conditions.push(Part::Group(read));
                }
                Some(_) => {}
            }
        }
        let Some(rule) = rule.filter(|rule| self.errors.is_empty() && rule.check().is_ok()) else {
            return Ok(None);
        };
        let count = segment::count(&web.cx, &rule).await?;
        self.count = counted(count, "subscriber", "subscribers");
        Ok(Some(rule))
    }

    /// Fills the form with a rule; a rule nested too deeply for the form is
    /// shown in words.
    fn fill(&mut self, rule: &Rule) {
        self.groups = vec![Group::new(rule.all_or_any)];
        for part in &rule.conditions {
            match part {
                Part::Condition(one) => self.groups[0].rows.push(Row::of(one, &self.viewer)),
                Part::Group(inner) => {
                    let mut group = Group::new(inner.all_or_any);
                    for part in &inner.conditions {
                        match part {
                            Part::Condition(one) => group.rows.push(Row::of(one, &self.viewer)),
                            Part::Group(_) => self.too_deep = row::in_words(rule, &self.viewer),
                        }
                    }
                    self.groups.push(group);
                }
            }
        }
        self.number();
    }

    /// Numbers the rows in page order.
    fn number(&mut self) {
        let rows = self.groups.iter_mut().flat_map(|group| &mut group.rows);
        for (number, row) in rows.enumerate() {
            row.number = number;
        }
    }
}

/// An empty form, or the form as sent.
async fn blank(
    web: &Web,
    viewer: Viewer,
    id: Option<SegmentId>,
    form: &Form,
) -> Result<FormPage, HttpError> {
    let cut = |text: &str| text.trim().chars().take(LENGTH).collect();
    let how = |word: &str| word.parse().unwrap_or(Match::All);
    let mut groups = vec![Group::new(how(form.text("match")))];
    groups.extend(
        form.all("group_match")
            .take(GROUPS)
            .map(how)
            .map(Group::new),
    );
    let mut of_rows = form.all("group");
    let rows = form
        .all("test")
        .zip(form.all("key").zip(form.all("value")))
        .take(CONDITIONS);
    for (test, (key, value)) in rows {
        let group = of_rows.next().and_then(|number| number.parse().ok());
        let group = group.filter(|number| *number < groups.len()).unwrap_or(0);
        groups[group].rows.push(Row {
            test: test.to_owned(),
            key: cut(key),
            value: cut(value),
            number: 0,
        });
    }
    let mut page = FormPage {
        viewer,
        id,
        called: form.trimmed("name").to_owned(),
        groups,
        too_deep: String::new(),
        lists: list_admin::all(&web.cx).await?,
        errors: FormErrors::default(),
        count: String::new(),
        campaigns: Vec::new(),
    };
    page.number();
    Ok(page)
}

async fn new(State(web): State<Web>, Editor(viewer): Editor) -> Result<Html<String>, HttpError> {
    let mut page = blank(&web, viewer, None, &Form::default()).await?;
    page.groups[0].rows.push(Row::default());
    render_page(&page)
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result<Html<String>, HttpError> {
    let segment = find(&web, id).await?;
    let mut page = blank(&web, viewer, Some(segment.id), &Form::default()).await?;
    page.called = segment.name;
    page.fill(&segment.rule);
    match page.too_deep.is_empty() {
        true => drop(page.judge(&web).await?),
        false => {
            let count = segment::count(&web.cx, &segment.rule).await?;
            page.count = counted(count, "subscriber", "subscribers");
        }
    }
    page.campaigns = segment::open_campaigns(&web.cx, CAMPAIGNS).await?;
    render_page(&page)
}

/// Restricts a campaign to the segment, or sends it to all of its lists again.
async fn choose(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let found = find(&web, id).await?;
    let form = Form::parse(&body)?;
    let campaign: CampaignId = form
        .text("campaign")
        .parse()
        .map_err(|_| HttpError::NotFound)?;
    let (chosen, flash) = match form.text("to") {
        "lists" => (
            None,
            Flash::good("The campaign goes to all of its lists again"),
        ),
        _ => (
            Some(found.id),
            Flash::good(format!("The campaign goes to {}", found.name))
                .with("Subscribers of its lists who match the segment get it."),
        ),
    };
    segment::choose(&web.cx, &viewer.actor(), campaign, chosen).await?;
    Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
}

async fn find(web: &Web, id: i64) -> Result<Segment, HttpError> {
    let found = segment::by_id(&web.cx, SegmentId(id)).await?;
    found.ok_or(HttpError::NotFound)
}

async fn draft(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Html<String>, HttpError> {
    drafted(&web, viewer, None, &body).await
}

async fn redraft(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Html<String>, HttpError> {
    drafted(&web, viewer, Some(SegmentId(id)), &body).await
}

/// The form again, counted, with one more row if requested.
async fn drafted(
    web: &Web,
    viewer: Viewer,
    id: Option<SegmentId>,
    body: &[u8],
) -> Result<Html<String>, HttpError> {
    let form = Form::parse(body)?;
    let mut page = blank(web, viewer, id, &form).await?;
    page.judge(web).await?;
    let rows: usize = page.groups.iter().map(|group| group.rows.len()).sum();
    if rows < CONDITIONS {
        if form.text("more") == "group" && page.groups.len() <= GROUPS {
            page.groups.push(Group::new(Match::Any));
        }
        let chosen = match form.text("more") {
            "group" => page.groups.last_mut(),
            number => number
                .parse::<usize>()
                .ok()
                .and_then(|number| page.groups.get_mut(number)),
        };
        if let Some(group) = chosen {
            group.rows.push(Row::default());
        }
        page.number();
    }
    render_page(&page)
}

async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    save(&web, viewer, None, &body).await
}

async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let segment = find(&web, id).await?;
    save(&web, viewer, Some(segment.id), &body).await
}

async fn save(
    web: &Web,
    viewer: Viewer,
    id: Option<SegmentId>,
    body: &[u8],
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let mut page = blank(web, viewer, id, &Form::parse(body)?).await?;
    let rule = page.judge(web).await?;
    let name = page.errors.take("name", Title::parse(&page.called));
    if rule.is_none() && page.errors.is_empty() {
        page.errors.add("row-0", RuleError::Empty);
    }
    if let (Some(rule), Some(name)) = (rule, name) {
        match segment::save(&web.cx, &by, id, &name, &rule).await {
            Ok(_) => {
                let flash = Flash::good("Saved").with(format!("It matches {} now.", page.count));
                return Ok(redirect(web, HOME, &flash));
            }
            Err(AudienceError::Exists(_)) => {
                page.errors
                    .add("name", "another segment already has this name");
            }
            Err(error) => return Err(error.into()),
        }
    }
    if page.groups[0].rows.is_empty() {
        page.groups[0].rows.push(Row::default());
        page.number();
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render_page(&page)?).into_response())
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let segment = find(&web, id).await?;
    let question = Confirmation {
        title: format!("Delete {}?", segment.name),
        text: "The segment is deleted. Subscribers do not change.".to_owned(),
        yes: "Delete",
        no: "Keep",
        back: format!("{HOME}/{id}"),
        choice: None,
    };
    if let Some(page) = question.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    segment::delete(&web.cx, &viewer.actor(), segment.id).await?;
    Ok(redirect(&web, HOME, &Flash::good("Deleted")))
}
