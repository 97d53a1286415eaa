//! The steps of the set-up, and what of them is left.

use crate::content::site;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Where the set-up goes on after the owner.
pub const FIRST: &str = "/admin/setup/site";

/// Every step: path and phrase.
pub const STEPS: [(&str, &str); 4] = [
    (FIRST, "admin-setup-step-site"),
    ("/admin/setup/sender", "admin-setup-step-sender"),
    ("/admin/setup/list", "admin-setup-step-list"),
    ("/admin/setup/domain", "admin-setup-step-domain"),
];

/// Whether a step's page is the one that is shown.
pub fn is_here(viewer: &Viewer, path: &str) -> bool {
    viewer.path == path
}

/// Which step is shown, in words.
pub fn position(viewer: &Viewer) -> String {
    let at = STEPS.iter().position(|(path, _)| is_here(viewer, path));
    at.map_or_else(String::new, |at| {
        viewer
            .say("admin-setup-position")
            .text("step", at + 1)
            .text("count", STEPS.len())
            .to_string()
    })
}

/// What an owner has set up.
pub struct Progress {
    pub has_name: bool,
    pub has_public_url: bool,
    pub has_sender: bool,
    pub has_relay: bool,
}

impl Progress {
    pub async fn load(web: &Web) -> Result<Self, HttpError> {
        let config = web.cx.config();
        Ok(Self {
            has_name: !site::load(&web.cx).await?.name.is_empty(),
            has_public_url: config.public_url.is_some(),
            has_sender: config.from.is_some(),
            has_relay: config.smtp_url.is_some(),
        })
    }
}
