//! The server's own certificate.

use std::sync::Arc;

use super::{Found, Place, Subject};
use crate::https;

const REMEDY: &str = "see HTTPS in the manual, and the log of jarshy serve";

pub(super) async fn check(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    // What the running server has met, such as an authority that cannot be reached.
    let met = cx.health.problems().into_iter();
    let met = met.filter(|(task, _)| *task == https::TASK);
    let met: Vec<Found> = met
        .map(|(_, problem)| Found::error(problem, REMEDY))
        .collect();
    if subject.place == Place::Server && !met.is_empty() {
        return met;
    }
    match https::inspect(cx).await {
        Err(error) => vec![Found::error(error.to_string(), REMEDY)],
        Ok(None) => vec![Found::not_checked(
            "Jarshy speaks plain HTTP: the certificate is that of a proxy",
            "see the check of public_url",
        )],
        Ok(Some(inspection)) => match (inspection.problem, inspection.until) {
            (Some(problem), _) => vec![Found::error(problem, REMEDY)],
            (None, Some(until)) => vec![Found::ok(format!("the certificate counts until {until}"))],
            (None, None) => vec![Found::error("there is no certificate", REMEDY)],
        },
    }
}
