//! The page with the form of a segment.

use askama::Template;

use crate::audience::{list_admin, segment};
use crate::model::SegmentId;
use crate::model::segment::{Match, Part, Rule};
use crate::store::lists::List;
use crate::store::segments::OpenCampaign;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::segments::row::{Row, TESTS};
use crate::web::admin::segments::words::rule_text;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The path of the list of segments.
pub const HOME: &str = "/admin/segments";
/// Conditions in a form.
pub const CONDITIONS: usize = 50;
/// Groups in a form.
pub const GROUPS: usize = 10;
/// Characters of a name or value in a condition.
const LENGTH: usize = 200;

/// The form of a segment, with the number of matching subscribers.
#[derive(Template)]
#[template(path = "admin/segment.html")]
pub struct FormPage {
    pub viewer: Viewer,
    pub id: Option<SegmentId>,
    pub called: String,
    /// The top-level rows first, then the groups.
    pub groups: Vec<Group>,
    /// The rule in words, if the form cannot show it.
    pub too_deep: String,
    pub lists: Vec<List>,
    pub errors: FormErrors,
    /// The number of matching subscribers; `None` while the rule is invalid.
    pub count: Option<i64>,
    /// Campaigns that can use it; none for an unsaved form.
    pub campaigns: Vec<OpenCampaign>,
}

/// A group of conditions.
#[derive(Debug, Clone)]
pub struct Group {
    pub how: Match,
    pub rows: Vec<Row>,
}

impl Group {
    pub fn new(how: Match) -> Self {
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

    fn error(&self, number: &usize) -> String {
        self.viewer
            .explain(self.errors.at(&format!("row-{number}")))
    }

    /// Parses the rows, adds their errors, and counts.
    pub async fn evaluate(&mut self, web: &Web) -> Result<Option<Rule>, HttpError> {
        let mut rule: Option<Rule> = None;
        for (number, group) in self.groups.iter().enumerate() {
            let mut read = Rule::of(group.how, []);
            for row in group.rows.iter().filter(|row| !row.is_blank()) {
                let condition = row.read(web, &self.viewer, &self.lists);
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
        self.count = Some(segment::count(&web.cx, &rule).await?);
        Ok(Some(rule))
    }

    /// Fills the form with a rule; a rule nested too deeply for the form is
    /// shown in words.
    pub fn fill(&mut self, rule: &Rule) {
        self.groups = vec![Group::new(rule.all_or_any)];
        for part in &rule.conditions {
            match part {
                Part::Condition(one) => self.groups[0].rows.push(Row::of(one, &self.viewer)),
                Part::Group(inner) => {
                    let mut group = Group::new(inner.all_or_any);
                    for part in &inner.conditions {
                        match part {
                            Part::Condition(one) => group.rows.push(Row::of(one, &self.viewer)),
                            Part::Group(_) => self.too_deep = rule_text(rule, &self.viewer),
                        }
                    }
                    self.groups.push(group);
                }
            }
        }
        self.number();
    }

    /// Numbers the rows in page order.
    pub fn number(&mut self) {
        let rows = self.groups.iter_mut().flat_map(|group| &mut group.rows);
        for (number, row) in rows.enumerate() {
            row.number = number;
        }
    }
}

/// An empty form, or the form as sent.
pub async fn blank(
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
        count: None,
        campaigns: Vec::new(),
    };
    page.number();
    Ok(page)
}
