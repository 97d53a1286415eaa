//! What a campaign's page says of its approval.

use crate::campaign::approval::{self, Approval};
use crate::store::campaigns::Campaign;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The approval in words, and who may do what about it.
pub struct ApprovalView {
    pub title: String,
    pub text: String,
    /// The class of the notice.
    pub look: &'static str,
    pub may_request: bool,
    pub may_approve: bool,
    pub permits_start: bool,
}

impl ApprovalView {
    /// `None` where no approval is needed, or the campaign has started.
    pub async fn of(
        web: &Web,
        viewer: &Viewer,
        campaign: &Campaign,
    ) -> Result<Option<Self>, HttpError> {
        let approval = approval::of(&web.cx, campaign).await?;
        if approval == Approval::NotNeeded || !campaign.state.is_editable() {
            return Ok(None);
        }
        let (key, text) = match &approval {
            Approval::NotNeeded | Approval::Missing => {
                ("missing", viewer.t("admin-approval-missing-text"))
            }
            Approval::Requested { by, at } => (
                "requested",
                viewer
                    .say("admin-approval-requested-text")
                    .text("who", by)
                    .text("when", viewer.when(at))
                    .to_string(),
            ),
            Approval::Approved { by, at } => (
                "approved",
                viewer
                    .say("admin-approval-approved-text")
                    .text("who", by)
                    .text("when", viewer.when(at))
                    .to_string(),
            ),
            Approval::Void {
                approved_by,
                changed_by,
                changed,
            } => (
                "void",
                viewer
                    .say("admin-approval-void-text")
                    .text("approved", approved_by)
                    .text("who", changed_by)
                    .text("part", viewer.word("admin-approval-part", changed))
                    .to_string(),
            ),
        };
        Ok(Some(Self {
            title: viewer.word("admin-approval", key),
            text,
            look: if approval.permits_start() {
                "good"
            } else {
                "warn"
            },
            may_request: viewer.can_edit()
                && matches!(approval, Approval::Missing | Approval::Void { .. }),
            may_approve: viewer.can_edit()
                && approval::may_approve(campaign, &approval, &viewer.actor()),
            permits_start: approval.permits_start(),
        }))
    }
}
