//! The editor of long texts in a real browser.

#[allow(dead_code, reason = "more of it is for tests/accessibility.rs")]
#[path = "../support/axe.rs"]
mod axe;
#[allow(dead_code, reason = "more of it is for tests/browser.rs")]
#[path = "../support/browser.rs"]
mod browser;
#[allow(dead_code, reason = "more of it is for tests/tasks.rs")]
#[path = "../tasks/outcome.rs"]
mod outcome;
mod pasting;
mod press_release;
#[path = "../support/mod.rs"]
mod support;
#[allow(dead_code, reason = "more of it is for tests/tasks.rs")]
#[path = "../tasks/walk.rs"]
mod walk;
