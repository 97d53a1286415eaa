//! The audit log: who did what, and when. Owners only.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Html;
use axum::routing::get;
use serde::Deserialize;

use crate::account::audit;
use crate::model::audit::{Actor, codes};
use crate::store::audit_records::AuditRow;
use crate::text::phrases::Phrases;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new().route("/audit", get(index))
}

const ROWS: usize = 100;
/// What the keys of the words for actions begin with.
const DID: &str = "admin-audit-did";

#[derive(Default, Deserialize)]
#[serde(default)]
struct AuditFilter {
    actor: String,
    action: String,
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct IndexPage {
    viewer: Viewer,
    filter: AuditFilter,
    rows: Vec<AuditRow>,
    actors: Vec<String>,
    next: Option<String>,
}

impl IndexPage {
    /// What was done, in words; a code that is not known any more stays as it is.
    fn did(&self, code: &str) -> String {
        did(self.viewer.phrases(), code).unwrap_or_else(|| code.to_owned())
    }

    /// Every code and its words, to choose a filter from.
    fn known(&self) -> Vec<(&'static str, String)> {
        codes().map(|code| (code, self.did(code))).collect()
    }

    /// A user's address, or the word for another actor.
    fn who(&self, actor: &str) -> String {
        let others = [Actor::Subscriber, Actor::CommandLine, Actor::System];
        if others.iter().any(|other| other.as_str() == actor) {
            self.viewer.word("admin-audit-actor", actor)
        } else {
            self.viewer.address(actor)
        }
    }
}

fn did(phrases: &Phrases, code: &str) -> Option<String> {
    let word = code.replace(['.', '_'], "-");
    phrases.try_translate(&format!("{DID}-{word}"))
}

async fn index(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Query(filter): Query<AuditFilter>,
) -> Result<Html<String>, HttpError> {
    let before = filter.before.unwrap_or(i64::MAX);
    let limit = i64::try_from(ROWS).unwrap_or(i64::MAX);
    let (actor, action) = (&filter.actor, filter.action.trim());
    let (rows, actors) = audit::entries(&web.cx, actor, action, before, limit).await?;
    let next = rows.last().filter(|_| rows.len() == ROWS).map(|last| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("actor", actor)
            .append_pair("action", action)
            .append_pair("before", &last.id.to_string())
            .finish();
        format!("/admin/audit?{query}")
    });
    render_page(&IndexPage {
        viewer,
        filter,
        rows,
        actors,
        next,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::phrases::admin_languages;

    #[test]
    fn every_action_has_its_words_in_every_language() {
        for language in admin_languages().iter() {
            let phrases = Phrases::shipped(language);
            for code in codes() {
                assert!(did(&phrases, code).is_some(), "{language} {code}");
            }
        }
    }
}
