//! The page with the form of a segment.

use askama::Template;

use crate::audience::segment;
use crate::model::SegmentId;
use crate::model::segment::Rule;
use crate::store::segments::OpenCampaign;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::segments::conditions::{Conditions, Step};
use crate::web::admin::segments::entry::{Entry, TESTS};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The path of the list of segments.
pub const HOME: &str = "/admin/segments";

/// The form of a segment, with whom it picks.
#[derive(Template)]
#[template(path = "admin/segment.html")]
pub struct FormPage {
    pub viewer: Viewer,
    pub id: Option<SegmentId>,
    pub called: String,
    pub conditions: Conditions,
    pub errors: FormErrors,
    /// Campaigns that can use it; none for an unsaved form.
    pub campaigns: Vec<OpenCampaign>,
}

impl FormPage {
    pub fn new(viewer: Viewer, id: Option<SegmentId>, mut conditions: Conditions) -> Self {
        conditions.draft = match id {
            Some(id) => format!("{HOME}/{id}/draft"),
            None => format!("{HOME}/new"),
        };
        Self {
            viewer,
            id,
            called: String::new(),
            conditions,
            errors: FormErrors::default(),
            campaigns: Vec::new(),
        }
    }

    fn action(&self) -> String {
        match self.id {
            Some(id) => format!("{HOME}/{id}"),
            None => HOME.to_owned(),
        }
    }

    /// Whether a campaign uses this segment.
    fn has(&self, campaign: &OpenCampaign) -> bool {
        campaign.segment_id == self.id
    }

    /// Looks up whom the conditions pick as far as they are entered.
    pub async fn look(&mut self, web: &Web) -> Result<(), HttpError> {
        if let Some(rule) = self.conditions.so_far(web, &self.viewer).await? {
            let matching = segment::matching(&web.cx, &rule);
            self.conditions.look(web, matching).await?;
        }
        Ok(())
    }

    /// The rule to save, and whom it picks; `None` where it has errors.
    pub async fn finish(&mut self, web: &Web) -> Result<Option<Rule>, HttpError> {
        let rule = self.conditions.finished(web, &self.viewer).await?;
        if let Some(rule) = &rule {
            let matching = segment::matching(&web.cx, rule);
            self.conditions.look(web, matching).await?;
        }
        for (field, error) in self.conditions.errors.faults() {
            self.errors.add(field, error);
        }
        Ok(rule)
    }
}
