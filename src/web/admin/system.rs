//! The system check.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

use crate::doctor::{self, Finding, Report, State as Outcome, Subject, TIME_LIMIT};
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::admin::wording::counted;
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

async fn index(State(web): State<Web>, Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    let report = doctor::run(Subject::server(&web.cx), TIME_LIMIT).await;
    render_page(&SystemPage {
        viewer,
        summary: summary(&report),
        checks: by_check(report),
    })
}

fn summary(report: &Report) -> String {
    let count = |state, one, many| counted(report.count(state) as i64, one, many);
    format!(
        "{}, {}, {} not checked, {} ok.",
        count(Outcome::Error, "error", "errors"),
        count(Outcome::Warning, "warning", "warnings"),
        report.count(Outcome::NotChecked),
        report.count(Outcome::Ok),
    )
}

/// The findings of each check under its title.
fn by_check(report: Report) -> Vec<(String, Vec<Finding>)> {
    let mut checks: Vec<(String, Vec<Finding>)> = Vec::new();
    for finding in report.findings {
        let title = title(finding.check);
        match checks.last_mut() {
            Some((last, findings)) if *last == title => findings.push(finding),
            _ => checks.push((title, vec![finding])),
        }
    }
    checks
}

fn title(check: &str) -> String {
    match check {
        "dns" => "DNS".to_owned(),
        "public_url" => "Public URL".to_owned(),
        other => {
            let (first, rest) = other.split_at(other.len().min(1));
            first.to_uppercase() + rest
        }
    }
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
