//! The configuration: whether every setting can be used.

use std::sync::Arc;

use super::{Found, Subject};

pub(super) async fn check(subject: Arc<Subject>) -> Vec<Found> {
    let config = &subject.config;
    let mut found = Vec::new();
    for name in &config.unknown_variables {
        found.push(Found::warning(
            format!("the variable {name} means nothing"),
            "correct its name or remove it",
        ));
    }
    for unprotected in config.unprotected() {
        found.push(Found::warning(
            unprotected,
            "and set JARSHY_REQUIRE_TLS, so that nothing starts without it",
        ));
    }
    if let Err(error) = config.relays() {
        found.push(Found::error(
            error.to_string(),
            "correct JARSHY_SMTP_URL or the relay's settings",
        ));
    }
    if let Err(error) = config.mailbox() {
        found.push(Found::error(
            error.to_string(),
            "correct JARSHY_MAILBOX_URL or the mailbox's settings",
        ));
    }
    if config.from.is_none() {
        found.push(Found::error(
            "no sender is configured: nothing can be sent",
            "set it under Settings, or JARSHY_FROM",
        ));
    }
    match &subject.cx {
        Ok(cx) => {
            for (key, problem) in &cx.live.stored().problems {
                found.push(Found::error(
                    format!("the stored setting {key} is not in force: {problem}"),
                    "enter it again under Settings",
                ));
            }
        }
        Err(_) => found.push(Found::not_checked(
            "settings of the admin pages could not be read",
            "see the check of the database",
        )),
    }
    if found.is_empty() {
        found.push(Found::ok("every setting can be used"));
    }
    found
}
