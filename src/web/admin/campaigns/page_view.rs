//! What the page of a campaign shows.

use askama::Template;

use crate::campaign::CampaignError;
use crate::campaign::automatic_pause::AutomaticPause;
use crate::campaign::content::Content;
use crate::campaign::limits::Limits;
use crate::campaign::preflight::Finding;
use crate::campaign::rendering::Source;
use crate::clock::Timestamp;
use crate::model::ab_test::AbVariant;
use crate::model::campaign::{CampaignAction, CampaignState, ContentKind};
use crate::model::delivery::DeliveryState;
use crate::model::{CampaignId, RecurringId};
use crate::store::campaign_attachments::CampaignAttachment;
use crate::store::campaign_audience::Audience;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::text::phrase::Markup;
use crate::web::admin::campaigns::ab_test_card::AbCard;
use crate::web::admin::campaigns::approval_view::ApprovalView;
use crate::web::admin::campaigns::confirmations;
use crate::web::admin::campaigns::event_news::AnnouncedEvent;
use crate::web::admin::campaigns::progress::{Progress, delivery_states, duration};
use crate::web::admin::campaigns::start_summary::Line;
use crate::web::admin::campaigns::view::View;
use crate::web::admin::email_preview::{EmailPreview, EmailReport};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The fields of quiet hours and the hourly limit.
pub const LIMIT_FIELDS: [&str; 3] = ["quiet_from", "quiet_until", "hourly_limit"];

/// The forms of a campaign's page as entered, and their error.
#[derive(Debug, Default)]
pub struct FormInput {
    pub test_to: String,
    /// As whose email the test is sent.
    pub test_as: String,
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

impl Readers {
    pub(super) fn of(audience: Audience) -> Self {
        let language = audience.language.parse::<Language>();
        let name = language.map(|language| language.endonym().to_owned());
        Self {
            language: name.unwrap_or_else(|_| audience.language.clone()),
            audience,
        }
    }
}

/// The phrase for a way of showing an email.
fn view_words(view: &View) -> &'static str {
    match view {
        View::Html => "admin-preview-mail",
        View::Phone => "admin-preview-phone",
        View::Dark => "admin-preview-dark",
        View::Text => "admin-preview-text",
        View::Header => "admin-preview-header",
    }
}

/// The content of a campaign in words, for the line under its subject; `None` where it was
/// deleted.
pub(super) async fn source_line(
    web: &Web,
    wording: &Wording,
    campaign: &Campaign,
) -> Result<Option<Markup>, HttpError> {
    let content = match Source::of_campaign(&web.cx, campaign).await {
        Ok(content) => content,
        Err(CampaignError::NoPost | CampaignError::NoItem) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let line = match content {
        Source::Chosen(Content::Post(full)) => wording
            .say("admin-campaign-from-post")
            .text("href", format!("/admin/posts/{}", full.post.id))
            .text("post", &full.post.slug),
        Source::Chosen(Content::Digest(digest)) => wording
            .say("admin-campaign-from-digest")
            .number("posts", digest.posts.len())
            .number("events", digest.events.len()),
        Source::Chosen(Content::Markdown(_)) => wording.say("admin-campaign-from-markdown"),
        Source::Chosen(Content::Mjml(_)) => wording.say("admin-campaign-from-mjml"),
        Source::Chosen(Content::Html(_)) => wording.say("admin-campaign-from-html"),
        Source::Weekly(weekly) => wording
            .say("admin-campaign-from-weekly")
            .number("count", weekly.count()),
    };
    Ok(Some(line.html()))
}

#[derive(Template)]
#[template(path = "admin/campaigns/campaign.html")]
pub(super) struct CampaignPage {
    pub(super) viewer: Viewer,
    pub(super) campaign: Campaign,
    /// Its A/B test.
    pub(super) ab_test: Option<AbCard>,
    /// The variant of it that is shown.
    pub(super) variant: Option<AbVariant>,
    /// What it is made of.
    pub(super) source: Option<Markup>,
    /// The recurring campaign that it comes from.
    pub(super) recurring: Option<(RecurringId, String)>,
    /// The names of its lists.
    pub(super) lists: Vec<String>,
    pub(super) from: String,
    /// The files that readers of the shown language get, with their sizes.
    pub(super) files: Vec<(CampaignAttachment, String)>,
    /// The events that its emails brought to calendars.
    pub(super) events: Vec<AnnouncedEvent>,
    /// The files that it names and that were deleted.
    pub(super) missing: Vec<CampaignAttachment>,
    /// The languages that its own text is translated into beside its first one, with the phrase
    /// that says what is to be done, if anything.
    pub(super) translations: Vec<(Language, &'static str)>,
    /// The language shown, and all available ones.
    pub(super) language: Language,
    pub(super) languages: Vec<Language>,
    pub(super) mail: EmailPreview,
    /// What is to be known of it beside how it looks.
    pub(super) report: Option<EmailReport>,
    pub(super) view: View,
    /// The subscriber whose email it is, as entered.
    pub(super) preview_as: String,
    pub(super) readers: Vec<Readers>,
    /// Names of its lists with their confirmed subscribers.
    pub(super) by_list: Vec<(String, i64)>,
    /// The name of its segment.
    pub(super) segment: Option<String>,
    /// Recipients now, in the weekly digest, and paused; `None` while they are not counted.
    pub(super) recipients: Option<Audience>,
    /// The weekly digest that includes it, once there is one.
    pub(super) digest: Option<CampaignId>,
    pub(super) findings: Vec<Finding>,
    /// What is confirmed before it starts; empty while its audience is not counted.
    pub(super) summary: Vec<Line>,
    /// Its approval by a second person, where one is needed.
    pub(super) approval: Option<ApprovalView>,
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
        let reason = self.viewer.clause(&self.campaign.pause_reason);
        self.viewer
            .say("admin-campaign-paused-since")
            .text("reason", reason)
            .text("when", self.moment(&self.campaign.paused_at))
            .into()
    }

    fn may(&self, action: &str) -> bool {
        let mut actions = self.campaign.state.actions();
        self.viewer.can_edit()
            && (!self.is_of_series() || action == CampaignAction::Resend.as_str())
            && actions.any(|possible| possible.as_str() == action)
    }

    /// Whether only its series moves it.
    fn is_of_series(&self) -> bool {
        self.campaign.kind == ContentKind::Series
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

    /// Whether it was started and can be undone.
    fn is_starting(&self) -> bool {
        self.progress.starts_in.is_some()
    }

    fn starts_in(&self) -> Markup {
        let seconds = self.progress.starts_in.unwrap_or_default();
        let line = self.viewer.say("admin-campaign-starts-in");
        line.text("seconds", seconds).html()
    }

    fn is_approved(&self) -> bool {
        let approval = self.approval.as_ref();
        approval.is_none_or(|approval| approval.permits_start)
    }

    fn is_ready(&self) -> bool {
        self.findings.iter().all(|finding| !finding.is_error)
    }

    /// What was wrong with the form that was sent, for the summary.
    fn errors(&self) -> FormErrors {
        let (field, error) = &self.input.error;
        FormErrors::one(field, error)
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
                duration(self.viewer.language(), end.seconds() - start.seconds())
            }
            _ => String::new(),
        }
    }

    fn quiet_hint(&self) -> String {
        let hint = self.viewer.say("admin-campaign-limits-hint");
        hint.text("zone", &self.viewer.zone).into()
    }

    /// Deliveries in a minute.
    fn rate(&self) -> String {
        let rate = self.progress.rate;
        rate.map_or_else(|| "–".to_owned(), |rate| self.viewer.number(rate))
    }

    fn time_left(&self) -> String {
        self.progress.time_left(self.viewer.language())
    }

    /// A finding as the list of checks shows it.
    fn found(&self, finding: &Finding) -> String {
        self.viewer.clause(&finding.text)
    }

    /// The page of another campaign.
    fn path_of(&self, id: &CampaignId) -> String {
        format!("/admin/campaigns/{id}")
    }

    fn local_start(&self) -> String {
        let at = self.campaign.local_start.as_deref();
        at.unwrap_or_default().replace('T', ", ")
    }

    fn retry_question(&self) -> String {
        confirmations::retry_failed(&self.viewer, &self.progress.counts)
    }

    fn resend_question(&self) -> String {
        confirmations::resend(&self.viewer, &self.progress.counts)
    }

    fn keep_question(&self, rejection: &AutomaticPause) -> String {
        confirmations::keep_suppressed(&self.viewer, rejection.known)
    }

    fn schedule_hint(&self) -> String {
        let hint = self.viewer.say("admin-campaign-schedule-hint");
        hint.text("zone", &self.viewer.zone).into()
    }

    /// The query for the email in a language, shown in a way.
    fn query(&self, language: &Language, view: View) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("language", language.tag());
        query.append_pair("view", view.as_str());
        if let Some(variant) = self.variant {
            query.append_pair("variant", variant.as_str());
        }
        if !self.preview_as.is_empty() {
            query.append_pair("preview_as", &self.preview_as);
        }
        query.finish()
    }

    /// The address of the email's frame.
    fn frame(&self) -> String {
        let query = self.query(&self.language, self.view);
        format!("/admin/campaigns/{}/mail?{query}", self.campaign.id)
    }

    /// The page with the email in another language.
    fn shown_in(&self, language: &Language) -> String {
        format!("?{}#mail", self.query(language, self.view))
    }

    /// The page with the email shown in another way.
    fn shown_as(&self, view: &View) -> String {
        format!("?{}#mail", self.query(&self.language, *view))
    }

    /// As whose email a test is sent: as entered, or as it is shown.
    fn test_as(&self) -> &str {
        match self.input.test_as.as_str() {
            "" => &self.preview_as,
            input => input,
        }
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
        if LIMIT_FIELDS.contains(&self.input.error.0) {
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
        !self.is_of_series()
            && !matches!(
                self.campaign.state,
                CampaignState::Finished | CampaignState::Cancelled
            )
    }

    fn consequences(&self, rejection: &AutomaticPause) -> String {
        confirmations::rejection_effects(&self.viewer, rejection)
    }

    /// What the dialog asks before a start; `None` where a page asks that has counted the audience.
    fn start_question(&self) -> Option<String> {
        let recipients = self.recipients.as_ref()?.reached();
        let (lists, subject) = (&self.lists, &self.campaign.subject);
        Some(confirmations::start(
            &self.viewer,
            recipients,
            lists,
            subject,
        ))
    }

    /// Those whom it reaches, as far as that is counted.
    fn reached(&self) -> String {
        let reached = self.recipients.as_ref().map(Audience::reached);
        reached.map_or_else(String::new, |count| self.viewer.number(count))
    }

    fn is_automatic(&self) -> bool {
        matches!(
            self.campaign.kind,
            ContentKind::Weekly | ContentKind::Series
        )
    }

    /// Subscribers who do not get it now.
    fn aside(&self) -> Vec<(String, i64)> {
        let counts = self.recipients.iter().flat_map(|recipients| {
            [
                ("admin-campaign-aside-weekly", recipients.weekly),
                ("admin-campaign-aside-paused", recipients.paused),
            ]
        });
        counts
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| (self.viewer.t(key), count))
            .collect()
    }

    fn cancel_question(&self) -> String {
        confirmations::cancel(&self.viewer, &self.campaign, &self.progress.counts)
    }

    fn states(&self) -> Vec<(DeliveryState, i64)> {
        delivery_states(self.progress.counts)
    }
}
