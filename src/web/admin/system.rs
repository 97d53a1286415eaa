//! The system check.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

use crate::doctor::{self, Finding, Report, State as Outcome, Subject, TIME_LIMIT};
use crate::web::admin::deliverability::check_name;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new().route("/system", get(index))
}

#[derive(Template)]
#[template(path = "admin/system.html")]
struct SystemPage {
    viewer: Viewer,
    /// In a sentence.
    summary: String,
    checks: Vec<(String, Vec<Finding>)>,
}

impl SystemPage {
    /// What was found. Of a domain it names the check too.
    fn found(&self, finding: &Finding) -> String {
        let viewer = &self.viewer;
        match of_domain(finding) {
            Some((domain, check, found)) => viewer
                .say("admin-system-domain-found")
                .text("domain", domain)
                .text("check", check_name(viewer, check))
                .text("found", viewer.clause(found))
                .to_string(),
            None => viewer.clause(&finding.found),
        }
    }

    fn remedy(&self, finding: &Finding) -> String {
        self.viewer.clause(&finding.remedy)
    }
}

async fn index(State(web): State<Web>, Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    let report = doctor::run(Subject::server(&web.cx), TIME_LIMIT).await;
    render_page(&SystemPage {
        summary: summary(&viewer, &report),
        checks: by_check(&viewer, report),
        viewer,
    })
}

fn summary(wording: &Wording, report: &Report) -> String {
    let counted = |key: &str, state| {
        let phrase = wording.say(key);
        phrase.number("count", report.count(state)).to_string()
    };
    wording
        .say("admin-system-summary")
        .text("errors", counted("admin-system-errors", Outcome::Error))
        .text(
            "warnings",
            counted("admin-system-warnings", Outcome::Warning),
        )
        .number("unchecked", report.count(Outcome::NotChecked))
        .number("ok", report.count(Outcome::Ok))
        .to_string()
}

/// The findings of each check under its title.
fn by_check(wording: &Wording, report: Report) -> Vec<(String, Vec<Finding>)> {
    let mut checks: Vec<(String, Vec<Finding>)> = Vec::new();
    for finding in report.findings {
        let title = wording.word("admin-system-check", finding.check);
        match checks.last_mut() {
            Some((last, findings)) if *last == title => findings.push(finding),
            _ => checks.push((title, vec![finding])),
        }
    }
    checks
}

/// What the check of one domain has found: the domain, the check and what it says.
fn of_domain(finding: &Finding) -> Option<(&str, &str, &str)> {
    if finding.check != "dns" {
        return None;
    }
    let (domain, rest) = finding.found.split_once(", ")?;
    let (check, found) = rest.split_once(": ")?;
    (!domain.contains(' ')).then_some((domain, check, found))
}

/// The badge class of a state.
fn badge(state: Outcome) -> &'static str {
    match state {
        Outcome::Ok => "sent",
        Outcome::NotChecked => "cancelled",
        Outcome::Warning => "deferred",
        Outcome::Error => "failed",
    }
}
