//! One transition of a campaign: confirmation, the move itself, message.

use std::future::Future;

use axum::http::StatusCode;
use axum::response::Response;

use crate::campaign::CampaignError;
use crate::model::CampaignId;
use crate::web::admin::campaigns::page;
use crate::web::admin::campaigns::page_view::FormInput;
use crate::web::admin::campaigns::progress::Pace;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{self, Flash};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The path of a campaign's page.
pub fn path(id: CampaignId) -> String {
    format!("/admin/campaigns/{id}")
}

/// A confirmation that leads back to the campaign.
pub fn confirmation(
    id: CampaignId,
    title: String,
    text: String,
    yes: String,
    no: String,
) -> Confirmation {
    Confirmation {
        title,
        text,
        yes,
        no,
        back: path(id),
        choice: None,
    }
}

/// What a transition reports.
pub struct Done {
    /// The page to show.
    path: String,
    flash: Flash,
}

impl Done {
    /// The campaign's own page, with a message.
    pub fn at(id: CampaignId, flash: Flash) -> Self {
        Self {
            path: path(id),
            flash,
        }
    }

    /// Another page.
    pub fn leading_to(self, path: &str) -> Self {
        Self {
            path: path.to_owned(),
            ..self
        }
    }
}

/// A transition.
pub struct Transition<'a> {
    web: &'a Web,
    viewer: Viewer,
    id: CampaignId,
}

impl<'a> Transition<'a> {
    pub fn new(web: &'a Web, viewer: Viewer, id: CampaignId) -> Self {
        Self { web, viewer, id }
    }

    /// Moves the campaign once the form confirms it.
    pub async fn confirmed<T>(
        self,
        form: &Form,
        confirmation: &Confirmation,
        work: impl Future<Output = Result<T, CampaignError>>,
        done: impl FnOnce(&Viewer, T) -> Done,
    ) -> Result<Response, HttpError> {
        match confirmation.unless_confirmed(&self.viewer, form)? {
            Some(page) => Ok(page),
            None => self.run(work, done).await,
        }
    }

    /// Moves the campaign and shows the message; if its state forbids the
    /// transition, the campaign's page says why.
    pub async fn run<T>(
        self,
        work: impl Future<Output = Result<T, CampaignError>>,
        done: impl FnOnce(&Viewer, T) -> Done,
    ) -> Result<Response, HttpError> {
        let error = match work.await {
            Ok(value) => {
                let done = done(&self.viewer, value);
                return Ok(flash::redirect(self.web, &done.path, &done.flash));
            }
            Err(error) => error,
        };
        let status = match &error {
            CampaignError::Forbidden(_)
            | CampaignError::Overtaken
            | CampaignError::NotApproved
            | CampaignError::NotRequested
            | CampaignError::NoApprovalNeeded
            | CampaignError::NotInCalendar
            | CampaignError::CalendarUpToDate => StatusCode::CONFLICT,
            CampaignError::OwnApproval => StatusCode::FORBIDDEN,
            CampaignError::NoPost | CampaignError::Preflight(_) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => return Err(error.into()),
        };
        let input = FormInput {
            error: ("", refusal(&self.viewer, &error)),
            ..FormInput::default()
        };
        page::rejected(
            self.web,
            self.viewer,
            &Pace::default(),
            self.id,
            input,
            status,
        )
        .await
    }
}

/// Why a campaign cannot be moved: one sentence, or one for each error of the checks.
fn refusal(viewer: &Viewer, error: &CampaignError) -> String {
    match error {
        CampaignError::Preflight(found) => {
            let sentences: Vec<String> = found.iter().map(|one| viewer.explain(one)).collect();
            sentences.join(" ")
        }
        error => viewer.explain(error),
    }
}
