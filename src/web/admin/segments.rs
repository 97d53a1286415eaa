//! Segments: rules built by form, with the number of those they pick.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, counted, go, show};
use super::question::Question;
use crate::audience::{AudienceError, manage, segment};
use crate::clock::Timestamp;
use crate::model::line::Title;
use crate::model::segment::{Condition, Match, Rule};
use crate::model::{CampaignId, SegmentId};
use crate::store::lists::List;
use crate::store::segments::{OpenCampaign, Segment};
use crate::web::form::Form;
use crate::web::{Failure, Web};

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
/// Campaigns that a segment's page offers.
const CAMPAIGNS: i64 = 50;
/// Conditions that one rule may have.
const CONDITIONS: usize = 20;
/// Characters that a name or value in a condition may have.
const LENGTH: usize = 200;

/// What a condition may say: its word, its name, and what its value is.
const TESTS: [(&str, &str); 18] = [
    ("attribute_is", "attribute is"),
    ("attribute_is_not", "attribute is not"),
    ("attribute_contains", "attribute contains"),
    ("attribute_above", "attribute is above (number)"),
    ("attribute_below", "attribute is below (number)"),
    ("attribute_set", "attribute is set"),
    ("attribute_missing", "attribute is missing"),
    ("language", "language is (kk, ru, en)"),
    ("frequency", "wants mail (each, weekly)"),
    ("paused", "has paused mail (yes, no)"),
    ("on_list", "is on list (short name)"),
    ("not_on_list", "is not on list (short name)"),
    ("joined_before", "came before (2026-01-31)"),
    ("joined_since", "came on or after (2026-01-31)"),
    ("joined_within", "came in the last … days"),
    ("mailed_within", "was sent a campaign in the last … days"),
    ("not_mailed_within", "was sent none in the last … days"),
    ("failed_within", "mail failed or bounced in the last … days"),
];

#[derive(Template)]
#[template(path = "admin/segments.html")]
struct IndexPage {
    desk: Desk,
    segments: Vec<Segment>,
}

impl IndexPage {
    /// A rule in words.
    fn words(&self, rule: &Rule) -> String {
        let typed: Vec<String> = rule
            .conditions
            .iter()
            .map(|condition| {
                let row = Row::of(condition, &self.desk);
                let test = TESTS.iter().find(|(word, _)| *word == row.test);
                let test = test.map_or("", |(_, name)| name.split(" (").next().unwrap_or(name));
                let (key, value) = (row.key, row.value);
                match test.split_once('…') {
                    Some((before, after)) => format!("{before}{value}{after}"),
                    None => format!("{} {value}", test.replacen("attribute", &key, 1)),
                }
            })
            .map(|text| text.trim().to_owned())
            .collect();
        typed.join(match rule.all_or_any {
            Match::All => ", and ",
            Match::Any => ", or ",
        })
    }
}

async fn index(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    let segments = segment::all(&web.cx).await?;
    show(&IndexPage { desk, segments })
}

/// A condition as its row of the form has it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Row {
    test: String,
    key: String,
    value: String,
}

impl Row {
    fn of(condition: &Condition, desk: &Desk) -> Self {
        let day = |at: &Timestamp| desk.calendar.local(*at).date().to_string();
        let (test, key, value) = match condition {
            Condition::AttributeIs { key, value } => ("attribute_is", key.as_str(), value.clone()),
            Condition::AttributeIsNot { key, value } => {
                ("attribute_is_not", key.as_str(), value.clone())
            }
            Condition::AttributeContains { key, value } => {
                ("attribute_contains", key.as_str(), value.clone())
            }
            Condition::AttributeAbove { key, value } => {
                ("attribute_above", key.as_str(), value.to_string())
            }
            Condition::AttributeBelow { key, value } => {
                ("attribute_below", key.as_str(), value.to_string())
            }
            Condition::AttributeSet { key } => ("attribute_set", key.as_str(), String::new()),
            Condition::AttributeMissing { key } => {
                ("attribute_missing", key.as_str(), String::new())
            }
            Condition::Language { value } => ("language", "", value.to_string()),
            Condition::Frequency { value } => ("frequency", "", value.to_string()),
            Condition::Paused { value } => {
                let word = if *value { "yes" } else { "no" };
                ("paused", "", word.to_owned())
            }
            Condition::OnList { value } => ("on_list", "", value.to_string()),
            Condition::NotOnList { value } => ("not_on_list", "", value.to_string()),
            Condition::JoinedBefore { value } => ("joined_before", "", day(value)),
            Condition::JoinedSince { value } => ("joined_since", "", day(value)),
            Condition::JoinedWithin { value } => ("joined_within", "", value.to_string()),
            Condition::MailedWithin { value } => ("mailed_within", "", value.to_string()),
            Condition::NotMailedWithin { value } => ("not_mailed_within", "", value.to_string()),
            Condition::FailedWithin { value } => ("failed_within", "", value.to_string()),
        };
        Self {
            test: test.to_owned(),
            key: key.to_owned(),
            value,
        }
    }

    /// Whether nothing was typed into it.
    fn is_blank(&self) -> bool {
        self.key.is_empty() && self.value.is_empty()
    }

    fn read(&self, web: &Web, lists: &[List]) -> Result<Condition, String> {
        let words = |error: &dyn std::fmt::Display| error.to_string();
        let key = || match self.key.as_str() {
            "" => Err("name the attribute".to_owned()),
            // SQLite would read these as a path, or end one early.
            key if key.starts_with('$') || key.contains('"') => {
                Err("an attribute's name here has no $ in front and no double quote".to_owned())
            }
            key => Ok(key.to_owned()),
        };
        let value = || match self.value.as_str() {
            "" => Err("give a value".to_owned()),
            value => Ok(value.to_owned()),
        };
        let number = || {
            let read = self.value.replace(',', ".").parse::<f64>();
            let finite = read.ok().filter(|number| number.is_finite());
            finite.ok_or_else(|| "give a number, such as 18".to_owned())
        };
        let days = || {
            let read = self.value.parse::<u32>();
            let read = read.ok().filter(|days| (1..=36_500).contains(days));
            read.ok_or_else(|| "give a number of days, such as 30".to_owned())
        };
        let moment = || {
            let day: jiff::civil::Date = self
                .value
                .parse()
                .map_err(|_| "give a day as 2026-01-31".to_owned())?;
            let start = day
                .to_zoned_datetime(web.zone.clone())
                .map_err(|e| words(&e))?;
            Ok::<_, String>(Timestamp::from_millis(start.timestamp().as_millisecond()))
        };
        let list = || {
            let known = lists.iter().find(|list| list.slug.as_str() == self.value);
            let known = known.map(|list| list.slug.clone());
            known.ok_or_else(|| "there is no list of this short name".to_owned())
        };
        Ok(match self.test.as_str() {
            "attribute_is" => Condition::AttributeIs {
                key: key()?,
                value: value()?,
            },
            "attribute_is_not" => Condition::AttributeIsNot {
                key: key()?,
                value: value()?,
            },
            "attribute_contains" => Condition::AttributeContains {
                key: key()?,
                value: value()?,
            },
            "attribute_above" => Condition::AttributeAbove {
                key: key()?,
                value: number()?,
            },
            "attribute_below" => Condition::AttributeBelow {
                key: key()?,
                value: number()?,
            },
            "attribute_set" => Condition::AttributeSet { key: key()? },
            "attribute_missing" => Condition::AttributeMissing { key: key()? },
            "language" => Condition::Language {
                value: self.value.parse().map_err(|e| words(&e))?,
            },
            "frequency" => Condition::Frequency {
                value: self.value.parse().map_err(|e| words(&e))?,
            },
            "paused" => Condition::Paused {
                value: match self.value.as_str() {
                    "yes" => true,
                    "no" => false,
                    _ => return Err("say yes or no".to_owned()),
                },
            },
            "on_list" => Condition::OnList { value: list()? },
            "not_on_list" => Condition::NotOnList { value: list()? },
            "joined_before" => Condition::JoinedBefore { value: moment()? },
            "joined_since" => Condition::JoinedSince { value: moment()? },
            "joined_within" => Condition::JoinedWithin { value: days()? },
            "mailed_within" => Condition::MailedWithin { value: days()? },
            "not_mailed_within" => Condition::NotMailedWithin { value: days()? },
            "failed_within" => Condition::FailedWithin { value: days()? },
            _ => return Err("choose what must hold".to_owned()),
        })
    }
}

#[derive(Template)]
#[template(path = "admin/segment.html")]
struct FormPage {
    desk: Desk,
    id: Option<SegmentId>,
    called: String,
    any: bool,
    rows: Vec<Row>,
    lists: Vec<List>,
    errors: Errors,
    /// How many the rule picks, in words; empty where it cannot be read.
    count: String,
    /// Campaigns that may be sent to it; none beside a form that was not saved.
    campaigns: Vec<OpenCampaign>,
}

impl FormPage {
    fn action(&self) -> String {
        match self.id {
            Some(id) => format!("{HOME}/{id}"),
            None => HOME.to_owned(),
        }
    }

    /// Where the form goes to be counted and not saved.
    fn draft(&self) -> String {
        match self.id {
            Some(id) => format!("{HOME}/{id}/draft"),
            None => format!("{HOME}/new"),
        }
    }

    /// Whether a campaign goes to this segment.
    fn has(&self, campaign: &OpenCampaign) -> bool {
        campaign.segment_id.map(SegmentId) == self.id
    }

    fn fault(&self, number: &usize) -> String {
        self.errors.at(&format!("row-{number}")).to_owned()
    }

    /// Reads the rows, noting what is wrong with each, and counts.
    async fn judge(&mut self, web: &Web) -> Result<Option<Rule>, Failure> {
        let mut conditions = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            if row.is_blank() {
                continue;
            }
            let read = row.read(web, &self.lists);
            conditions.extend(self.errors.take(&format!("row-{number}"), read));
        }
        if !self.errors.is_empty() || conditions.is_empty() {
            return Ok(None);
        }
        let rule = Rule {
            all_or_any: match self.any {
                true => Match::Any,
                false => Match::All,
            },
            conditions,
        };
        let count = segment::count(&web.cx, &rule).await?;
        self.count = counted(count, "subscriber", "subscribers");
        Ok(Some(rule))
    }
}

async fn blank(
    web: &Web,
    desk: Desk,
    id: Option<SegmentId>,
    form: &Form,
) -> Result<FormPage, Failure> {
    let cut = |text: &str| text.trim().chars().take(LENGTH).collect();
    let rows = form
        .all("test")
        .zip(form.all("key").zip(form.all("value")))
        .take(CONDITIONS)
        .map(|(test, (key, value))| Row {
            test: test.to_owned(),
            key: cut(key),
            value: cut(value),
        });
    Ok(FormPage {
        desk,
        id,
        called: form.trimmed("name").to_owned(),
        any: form.text("match") == "any",
        rows: rows.collect(),
        lists: manage::lists(&web.cx).await?,
        errors: Errors::default(),
        count: String::new(),
        campaigns: Vec::new(),
    })
}

async fn new(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    let mut page = blank(&web, desk, None, &Form::default()).await?;
    page.rows.push(Row::default());
    show(&page)
}

async fn edit(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<i64>,
) -> Result<Html<String>, Failure> {
    let segment = find(&web, id).await?;
    let mut page = blank(&web, desk, Some(segment.id), &Form::default()).await?;
    page.called = segment.name;
    page.any = segment.rule.all_or_any == Match::Any;
    let conditions = segment.rule.conditions.iter();
    page.rows = conditions.map(|one| Row::of(one, &page.desk)).collect();
    page.judge(&web).await?;
    page.campaigns = segment::open_campaigns(&web.cx, CAMPAIGNS).await?;
    show(&page)
}

/// Sends a campaign to the segment, or to all of its lists again.
async fn choose(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let found = find(&web, id).await?;
    let form = Form::parse(&body)?;
    let campaign: CampaignId = form
        .text("campaign")
        .parse()
        .map_err(|_| Failure::NotFound)?;
    let (chosen, flash) = match form.text("to") {
        "lists" => (
            None,
            Flash::good("The campaign goes to all of its lists again"),
        ),
        _ => (
            Some(found.id),
            Flash::good(format!("The campaign goes to {}", found.name))
                .with("Of its lists, those get it whom the segment picks."),
        ),
    };
    segment::choose(&web.cx, campaign, chosen).await?;
    desk.note(
        &web,
        "campaign.segment",
        &format!("{campaign} {}", found.name),
    )
    .await?;
    Ok(go(&web, &format!("{HOME}/{id}"), &flash))
}

async fn find(web: &Web, id: i64) -> Result<Segment, Failure> {
    let found = segment::by_id(&web.cx, SegmentId(id)).await?;
    found.ok_or(Failure::NotFound)
}

async fn draft(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    drafted(&web, desk, None, &body).await
}

async fn redraft(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    drafted(&web, desk, Some(SegmentId(id)), &body).await
}

/// The form again, counted, with one more row where that was asked for.
async fn drafted(
    web: &Web,
    desk: Desk,
    id: Option<SegmentId>,
    body: &[u8],
) -> Result<Html<String>, Failure> {
    let form = Form::parse(body)?;
    let mut page = blank(web, desk, id, &form).await?;
    page.judge(web).await?;
    if form.has("more") && page.rows.len() < CONDITIONS {
        page.rows.push(Row::default());
    }
    show(&page)
}

async fn create(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    save(&web, desk, None, &body).await
}

async fn change(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, Failure> {
    let segment = find(&web, id).await?;
    save(&web, desk, Some(segment.id), &body).await
}

async fn save(
    web: &Web,
    desk: Desk,
    id: Option<SegmentId>,
    body: &[u8],
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let mut page = blank(web, desk, id, &Form::parse(body)?).await?;
    let rule = page.judge(web).await?;
    let name = page.errors.take("name", Title::parse(&page.called));
    if rule.is_none() && page.errors.is_empty() {
        page.errors.add("row-0", AudienceError::NoCondition);
    }
    if let (Some(rule), Some(name)) = (rule, name) {
        match segment::save(&web.cx, id, &name, &rule).await {
            Ok(_) => {
                page.desk.note(web, "segment.save", name.as_str()).await?;
                let flash = Flash::good("Saved").with(format!("It picks {} now.", page.count));
                return Ok(go(web, HOME, &flash));
            }
            Err(AudienceError::Exists(_)) => {
                page.errors.add("name", "another segment has this name");
            }
            Err(error) => return Err(error.into()),
        }
    }
    if page.rows.is_empty() {
        page.rows.push(Row::default());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&page)?).into_response())
}

async fn delete(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let segment = find(&web, id).await?;
    let question = Question {
        title: format!("Delete {}?", segment.name),
        text: "The rule goes; subscribers stay as they are.".to_owned(),
        yes: "Delete",
        no: "Keep",
        back: format!("{HOME}/{id}"),
    };
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    segment::delete(&web.cx, segment.id).await?;
    desk.note(&web, "segment.delete", &segment.name).await?;
    Ok(go(&web, HOME, &Flash::good("Deleted")))
}
