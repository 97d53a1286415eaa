//! What the page of a campaign shows.

use askama::Template;

use crate::campaign::CampaignError;
use crate::campaign::automatic_pause::AutomaticPause;
use crate::campaign::content::Content;
use crate::campaign::limits::Limits;
use crate::campaign::preflight::Finding;
use crate::campaign::rendering::Source;
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::model::delivery::DeliveryState;
use crate::store::campaign_audience::Audience;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::admin::campaigns::confirmations;
use crate::web::admin::campaigns::progress::{Progress, delivery_states, duration};
use crate::web::admin::email_preview::EmailPreview;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::counted;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The forms of a campaign's page as entered, and their error.
#[derive(Debug, Default)]
pub struct FormInput {
    pub test_to: String,
    pub schedule_at: String,
    /// The start and the end of quiet hours and the hourly limit.
    pub limits: [String; 3],
    /// The field's id (empty for the whole campaign) and the message.
    pub error: (&'static str, String),
}

/// The audience of one language.
pub(super) struct Readers {
    pub(super) language: String,
    pub(super) audience: Audience,
}

/// The content of a campaign in words, for the line under its subject, with an
/// optional link.
#[derive(Default)]
pub(super) struct ContentLine {
    pub(super) words: String,
    pub(super) link: Option<(String, String)>,
}

impl ContentLine {
    pub(super) async fn of(web: &Web, campaign: &Campaign) -> Result<Self, HttpError> {
        let content = match Source::of_campaign(&web.cx, campaign).await {
            Ok(content) => content,
            Err(CampaignError::NoPost | CampaignError::NoItem) => return Ok(Self::default()),
            Err(error) => return Err(error.into()),
        };
        let words = |words: &str| Self {
            words: words.to_owned(),
            link: None,
        };
        Ok(match content {
            Source::Chosen(Content::Post(full)) => Self {
                words: "from the post".to_owned(),
                link: Some((
                    format!("/admin/posts/{}", full.post.id),
                    full.post.slug.to_string(),
                )),
            },
            Source::Chosen(Content::Digest(digest)) => words(&format!(
                "a digest of {} and {}",
                counted(digest.posts.len() as i64, "post", "posts"),
                counted(digest.events.len() as i64, "event", "events"),
            )),
            Source::Chosen(Content::Markdown(_)) => words("its own text"),
            Source::Chosen(Content::Mjml(_)) => words("its own MJML"),
            Source::Chosen(Content::Html(_)) => words("its own HTML"),
            Source::Weekly(weekly) => words(&format!(
                "the weekly digest, of {}",
                counted(weekly.count() as i64, "campaign", "campaigns"),
            )),
        })
    }
}

#[derive(Template)]
#[template(path = "admin/campaigns/campaign.html")]
pub(super) struct CampaignPage {
    pub(super) viewer: Viewer,
    pub(super) campaign: Campaign,
    pub(super) source: ContentLine,
    /// The names of its lists.
    pub(super) lists: Vec<String>,
    pub(super) from: String,
    /// The language shown, and all available ones.
    pub(super) language: Language,
    pub(super) languages: Vec<Language>,
    pub(super) mail: EmailPreview,
    pub(super) readers: Vec<Readers>,
    /// Names of its lists with their confirmed subscribers.
    pub(super) by_list: Vec<(String, i64)>,
    /// The name of its segment.
    pub(super) segment: Option<String>,
    /// Recipients now, in the weekly digest, and paused.
    pub(super) recipients: Audience,
    /// The weekly digest that includes it, once there is one.
    pub(super) digest: Option<CampaignId>,
    pub(super) findings: Vec<Finding>,
    pub(super) progress: Progress,
    /// SMTP rejections that paused it, newest first.
    pub(super) rejections: Vec<AutomaticPause>,
    pub(super) input: FormInput,
    pub(super) is_late: bool,
    /// It is being sent and waits for the end of its quiet hours.
    pub(super) is_quiet: bool,
}

impl CampaignPage {
    /// Why the system paused it, and since when.
    fn pause_text(&self) -> String {
        let since = self.moment(&self.campaign.paused_at);
        format!("{} – since {since}", self.campaign.pause_reason)
    }

    fn may(&self, action: &str) -> bool {
        let mut actions = self.campaign.state.actions();
        self.viewer.can_edit() && actions.any(|possible| possible.as_str() == action)
    }

    fn is_draft(&self) -> bool {
        self.campaign.state.is_editable()
    }

    fn is_moving(&self) -> bool {
        matches!(
            self.campaign.state,
            CampaignState::Sending | CampaignState::Paused
        )
    }

    fn is_ready(&self) -> bool {
        self.findings.iter().all(|finding| !finding.is_error)
    }

    fn error(&self, field: &str) -> &str {
        let (name, error) = &self.input.error;
        if *name == field { error } else { "" }
    }

    fn moment(&self, at: &Option<Timestamp>) -> String {
        at.map_or_else(|| "–".to_owned(), |at| self.viewer.when(&at))
    }

    /// The duration from start to end.
    fn took(&self) -> String {
        match (self.campaign.started_at, self.campaign.finished_at) {
            (Some(start), Some(end)) if end.seconds() > start.seconds() => {
                duration(end.seconds() - start.seconds())
            }
            _ => String::new(),
        }
    }

    fn quiet_hint(&self) -> String {
        format!(
            "Quiet hours are in {}. Leave fields empty for no limit.",
            self.viewer.zone
        )
    }

    fn local_start(&self) -> String {
        let at = self.campaign.local_start.as_deref();
        at.unwrap_or_default().replace('T', ", ")
    }

    fn retry_question(&self) -> String {
        confirmations::retry_failed(&self.progress.counts)
    }

    fn schedule_hint(&self) -> String {
        format!("In {}. It starts automatically.", self.viewer.zone)
    }

    fn test_to(&self) -> &str {
        match self.input.test_to.as_str() {
            "" => self.viewer.user.email.as_str(),
            input => input,
        }
    }

    /// The time entered, or the time set.
    fn schedule_at(&self) -> String {
        match self.campaign.scheduled_at {
            Some(_) if self.campaign.local_start.is_some() && self.input.error.0.is_empty() => {
                self.campaign.local_start.clone().unwrap_or_default()
            }
            Some(at) if self.input.error.0.is_empty() => self.viewer.calendar.field(at),
            _ => self.input.schedule_at.clone(),
        }
    }

    /// The limits entered, or the limits set.
    fn limits(&self) -> [String; 3] {
        if self.input.error.0 == "limits" {
            return self.input.limits.clone();
        }
        let limits = Limits::from(&self.campaign.limits);
        [
            limits.quiet_from.unwrap_or_default(),
            limits.quiet_until.unwrap_or_default(),
            limits
                .hourly_limit
                .map_or_else(String::new, |limit| limit.to_string()),
        ]
    }

    /// Whether its limits still matter.
    fn has_way_to_go(&self) -> bool {
        !matches!(
            self.campaign.state,
            CampaignState::Finished | CampaignState::Cancelled
        )
    }

    fn consequences(&self, rejection: &AutomaticPause) -> String {
        confirmations::rejection_effects(rejection)
    }

    fn start_question(&self) -> String {
        confirmations::start(
            self.recipients.reached(),
            &self.lists,
            &self.campaign.subject,
        )
    }

    fn is_automatic(&self) -> bool {
        self.campaign.kind == ContentKind::Weekly
    }

    /// Subscribers who do not get it now.
    fn aside(&self) -> Vec<(&'static str, i64)> {
        let counts = [
            ("get it in the weekly digest", self.recipients.weekly),
            ("paused (do not get it)", self.recipients.paused),
        ];
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    fn cancel_question(&self) -> String {
        confirmations::cancel(&self.campaign, &self.progress.counts)
    }

    fn states(&self) -> Vec<(DeliveryState, i64)> {
        delivery_states(self.progress.counts)
    }
}
