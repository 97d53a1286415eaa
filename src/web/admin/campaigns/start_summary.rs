//! What is shown before a campaign starts: to whom, how many, when, from whom, and which
//! subjects. The page and the dialog that ask show the same.

use askama::Template;

use crate::campaign::summary::{self, Envelope, Summary};
use crate::campaign::{limits, preflight};
use crate::store::campaign_audience::Audience;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::admin::campaigns::ab_test_card::AbCard;
use crate::web::admin::campaigns::confirmations;
use crate::web::admin::segments::words::rule_text;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// One fact with its values, each on a line.
pub struct Line {
    pub label: String,
    pub values: Vec<Value>,
}

/// A value; where it is in a language of the email, in which.
pub struct Value {
    pub language: Option<Language>,
    pub text: String,
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self {
            language: None,
            text,
        }
    }
}

/// The facts of a summary.
pub fn lines(
    web: &Web,
    viewer: &Viewer,
    campaign: &Campaign,
    summary: &Summary,
    ab_test: Option<&AbCard>,
) -> Vec<Line> {
    let wording: &Wording = viewer;
    let line = |key: &str, values: Vec<Value>| Line {
        label: wording.t(key),
        values,
    };
    let mut lines = vec![
        line("admin-campaign-summary-to", to(wording, summary)),
        line(
            "admin-campaign-summary-recipients",
            recipients(wording, summary),
        ),
        line("admin-campaign-summary-when", when(web, wording, campaign)),
        line("admin-campaign-from", from(wording, summary)),
        line("admin-campaign-subject", subjects(wording, summary)),
    ];
    if let (Some(test), Some(recipients)) = (ab_test, &summary.recipients) {
        let values = test.announced(viewer, recipients.at_once);
        lines.push(line(
            "admin-ab-title",
            values.into_iter().map(Value::from).collect(),
        ));
    }
    lines
}

fn to(wording: &Wording, summary: &Summary) -> Vec<Value> {
    let mut values = vec![Value::from(summary.lists.join(", "))];
    if let Some(segment) = &summary.segment {
        let only = if segment.is_of_one_campaign() {
            let only = wording.say("admin-campaign-summary-conditions");
            only.text("conditions", rule_text(&segment.rule, wording))
        } else {
            let only = wording.say("admin-campaign-summary-segment");
            only.text("segment", &segment.name)
        };
        values.push(only.to_string().into());
    }
    values
}

fn recipients(wording: &Wording, summary: &Summary) -> Vec<Value> {
    let Some(counts) = &summary.recipients else {
        return vec![wording.t("admin-campaign-not-counted").into()];
    };
    let reached = wording
        .say("admin-recipients-counted")
        .number("count", counts.reached());
    let mut values = vec![Value::from(reached.to_string())];
    for (key, count) in [
        ("admin-campaign-summary-weekly", counts.weekly),
        ("admin-campaign-summary-paused", counts.paused),
    ] {
        if count > 0 {
            values.push(wording.say(key).number("count", count).to_string().into());
        }
    }
    values
}

fn when(web: &Web, wording: &Wording, campaign: &Campaign) -> Vec<Value> {
    let at = match web.cx.config().send_delay.get() {
        None => wording.t("admin-campaign-summary-now"),
        Some(delay) => wording
            .say("admin-campaign-summary-delay")
            .number("count", delay.as_secs())
            .to_string(),
    };
    let mut values = vec![Value::from(at)];
    if limits::is_quiet(&web.cx, campaign, web.cx.clock.now()) {
        values.push(wording.t("admin-campaign-summary-quiet").into());
    }
    values
}

/// The sender; in each language, where they differ.
fn from(wording: &Wording, summary: &Summary) -> Vec<Value> {
    let name = |envelope: &Envelope| match &envelope.from {
        Some(from) => from.to_string(),
        None => wording.t("admin-none"),
    };
    let mut envelopes = summary.envelopes.iter();
    match envelopes.next() {
        None => vec![wording.t("admin-campaign-no-mail").into()],
        Some(first) if envelopes.all(|other| other.from == first.from) => vec![name(first).into()],
        Some(_) => by_language(summary, name),
    }
}

fn subjects(wording: &Wording, summary: &Summary) -> Vec<Value> {
    if summary.envelopes.is_empty() {
        return vec![wording.t("admin-campaign-no-mail").into()];
    }
    by_language(summary, |envelope| envelope.subject.clone())
}

fn by_language(summary: &Summary, text: impl Fn(&Envelope) -> String) -> Vec<Value> {
    let value = |envelope: &Envelope| Value {
        language: Some(envelope.language),
        text: text(envelope),
    };
    summary.envelopes.iter().map(value).collect()
}

/// The page that asks, for browsers without `assets/js/confirm.js` and where there are so many
/// readers that they are counted behind it: it asks once they are.
#[derive(Template)]
#[template(path = "admin/campaigns/start.html")]
pub struct StartPage {
    viewer: Viewer,
    /// What is asked; `None` until the readers are counted.
    question: Option<String>,
    summary: Vec<Line>,
    back: String,
}

impl StartPage {
    pub async fn new(
        web: &Web,
        viewer: Viewer,
        campaign: &Campaign,
        audience: Option<&[Audience]>,
    ) -> Result<Self, HttpError> {
        let checked = preflight::check_for(&web.cx, campaign, audience).await?;
        let language = viewer.language();
        let ab_test = AbCard::of(web, &viewer, campaign).await?;
        let summary =
            summary::of(&web.cx, campaign, audience, &checked.renderings, language).await?;
        let question = summary.recipients.as_ref().map(|recipients| {
            let (reached, lists) = (recipients.reached(), &summary.lists);
            confirmations::start(&viewer, reached, lists, &campaign.subject)
        });
        Ok(Self {
            question,
            summary: lines(web, &viewer, campaign, &summary, ab_test.as_ref()),
            back: format!("/admin/campaigns/{}", campaign.id),
            viewer,
        })
    }
}
