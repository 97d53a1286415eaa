//! One campaign: checks while it is a draft, progress while it is sent, the
//! report afterwards.

use askama::Template;
use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use strum::VariantArray as _;

use crate::audience::segment;
use crate::campaign::brake::{self, Brake};
use crate::campaign::content::Content;
use crate::campaign::limits::{self, Limits};
use crate::campaign::preflight::{self, Finding};
use crate::campaign::rendering::Source;
use crate::campaign::{CampaignError, lifecycle, preview, rendering, report, weekly_digest};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::model::delivery::{DeliveryCounts, DeliveryState};
use crate::model::feedback::Decision;
use crate::store::campaign_audience::Audience;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::admin::campaigns::progress::{Pace, Progress};
use crate::web::admin::email_preview::{MailOrWhy, Part, mail_or_why, or_why};
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::{counted, thousands};
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
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
struct Readers {
    language: String,
    audience: Audience,
}

/// The content of a campaign in words, for the line under its subject, with an
/// optional link.
#[derive(Default)]
struct ContentLine {
    words: String,
    link: Option<(String, String)>,
}

impl ContentLine {
    async fn of(web: &Web, campaign: &Campaign) -> Result<Self, HttpError> {
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
struct CampaignPage {
    viewer: Viewer,
    campaign: Campaign,
    source: ContentLine,
    /// The names of its lists.
    lists: Vec<String>,
    from: String,
    /// The language shown, and all available ones.
    language: Language,
    languages: Vec<Language>,
    mail: MailOrWhy,
    readers: Vec<Readers>,
    /// Names of its lists with their confirmed subscribers.
    by_list: Vec<(String, i64)>,
    /// The name of its segment.
    segment: Option<String>,
    /// Recipients now, in the weekly digest, and paused.
    recipients: Audience,
    /// The weekly digest that includes it, once there is one.
    digest: Option<CampaignId>,
    findings: Vec<Finding>,
    progress: Progress,
    /// SMTP rejections that paused it, newest first.
    refusals: Vec<Brake>,
    input: FormInput,
    is_late: bool,
    /// It is being sent and waits for the end of its quiet hours.
    is_quiet: bool,
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
                super::progress::duration(end.seconds() - start.seconds())
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

    fn unreached_question(&self) -> String {
        unreached_question(&self.progress.counts)
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

    fn consequences(&self, refusal: &Brake) -> String {
        consequences(refusal)
    }

    fn start_question(&self) -> String {
        start_question(
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
        cancel_question(&self.campaign, &self.progress.counts)
    }

    fn states(&self) -> Vec<(DeliveryState, i64)> {
        states(self.progress.counts)
    }
}

/// The effect on recipients of rejections that paused a campaign, and the
/// decision made.
fn consequences(refusal: &Brake) -> String {
    let suppressions = match refusal.suppressed {
        0 => "Nobody was suppressed for it before the campaign paused".to_owned(),
        count => format!(
            "{} put back when the campaign paused",
            counted(count, "suppression was", "suppressions were")
        ),
    };
    let decision = match refusal.decision {
        None => "",
        Some(Decision::Kept) => "; you decided to keep them suppressed",
        Some(Decision::PutBack) => "; you decided to put them back",
    };
    format!("{suppressions}{decision}.")
}

/// Deliveries by state.
pub fn states(mut counts: DeliveryCounts) -> Vec<(DeliveryState, i64)> {
    DeliveryState::VARIANTS
        .iter()
        .map(|state| (*state, *counts.of(*state)))
        .collect()
}

/// The text of the confirmation before the start.
pub fn start_question(recipients: i64, lists: &[String], subject: &str) -> String {
    format!(
        "“{subject}” goes to {} on {}, starting now. Email that has been sent cannot be recalled.",
        counted(recipients, "subscriber", "subscribers"),
        lists.join(", ")
    )
}

/// The text of the confirmation before failed deliveries are retried.
pub fn unreached_question(counts: &DeliveryCounts) -> String {
    format!(
        "{} will be retried: those whose recipients are still subscribed and not suppressed.",
        counted(counts.failed + counts.bounced, "message", "messages")
    )
}

/// The text of the confirmation before it is cancelled.
pub fn cancel_question(campaign: &Campaign, counts: &DeliveryCounts) -> String {
    let open = counts.queued + counts.deferred;
    match campaign.started_at {
        None => format!(
            "“{}” will never be sent. You can duplicate it later.",
            campaign.subject
        ),
        Some(_) => format!(
            "{} not been sent yet and will not be. Messages already sent stay sent, and the campaign cannot be resumed.",
            match open {
                1 => "1 message that has".to_owned(),
                open => format!("{} messages that have", thousands(&open)),
            }
        ),
    }
}

#[derive(Deserialize)]
pub struct Shown {
    language: Option<Language>,
}

pub async fn show_campaign(
    State(web): State<Web>,
    viewer: Viewer,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    page(
        &web,
        viewer,
        &pace,
        campaign,
        shown.language,
        FormInput::default(),
    )
    .await
}

/// The page again with what was entered into one of its forms.
pub async fn refused(
    web: &Web,
    viewer: Viewer,
    pace: &Pace,
    id: CampaignId,
    input: FormInput,
    status: StatusCode,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let html = page(web, viewer, pace, campaign, None, input).await?;
    Ok((status, html).into_response())
}

async fn page(
    web: &Web,
    viewer: Viewer,
    pace: &Pace,
    campaign: Campaign,
    language: Option<Language>,
    input: FormInput,
) -> Result<Html<String>, HttpError> {
    let languages = rendering::languages(&web.cx, &campaign).await?;
    let language = language
        .or_else(|| languages.iter().copied().find(|one| *one == Language::En))
        .or(languages.first().copied())
        .unwrap_or_default();
    let is_draft = campaign.state.is_editable();
    let (findings, readers) = match is_draft {
        true => (
            preflight::check(&web.cx, &campaign).await?,
            readers(web, campaign.id).await?,
        ),
        false => (preflight::at_start(&web.cx, &campaign).await?, Vec::new()),
    };
    let now = web.cx.clock.now();
    render_page(&CampaignPage {
        lists: list_names(web, campaign.id).await?,
        from: rendering::sender(&web.cx, &campaign)
            .map_or_else(|_| String::new(), |from| from.to_string()),
        mail: filled(web, &campaign, language).await?,
        recipients: Audience {
            language: String::new(),
            at_once: readers.iter().map(|one| one.audience.at_once).sum(),
            weekly: readers.iter().map(|one| one.audience.weekly).sum(),
            paused: readers.iter().map(|one| one.audience.paused).sum(),
        },
        digest: weekly_digest::digest_of(&web.cx, campaign.id).await?,
        refusals: match is_draft {
            true => Vec::new(),
            false => brake::of_campaign(&web.cx, campaign.id).await?,
        },
        progress: Progress::of(web, &campaign, pace).await?,
        is_quiet: campaign.state == CampaignState::Sending
            && limits::is_quiet(&web.cx, &campaign, now),
        is_late: campaign.scheduled_at.is_some_and(|at| at < now),
        by_list: match is_draft {
            true => report::audience_by_list(&web.cx, campaign.id).await?,
            false => Vec::new(),
        },
        segment: segment::of_campaign(&web.cx, campaign.id)
            .await?
            .map(|segment| segment.name),
        source: ContentLine::of(web, &campaign).await?,
        viewer,
        campaign,
        language,
        languages,
        readers,
        findings,
        input,
    })
}

async fn readers(web: &Web, id: CampaignId) -> Result<Vec<Readers>, HttpError> {
    let audience = report::audience(&web.cx, id).await?;
    let named = |audience: Audience| {
        let language = audience.language.parse::<Language>();
        let name = language.map(|language| language.endonym().to_owned());
        Readers {
            language: name.unwrap_or_else(|_| audience.language.clone()),
            audience,
        }
    };
    Ok(audience.into_iter().map(named).collect())
}

/// The names of a campaign's lists.
pub async fn list_names(web: &Web, id: CampaignId) -> Result<Vec<String>, HttpError> {
    Ok(report::list_names(&web.cx, id, Language::En).await?)
}

/// The email in one language, or why it cannot be rendered.
async fn filled(
    web: &Web,
    campaign: &Campaign,
    language: Language,
) -> Result<MailOrWhy, HttpError> {
    or_why(preview::of_campaign(&web.cx, campaign, language).await)
}

/// The email alone, for a frame.
pub async fn mail(
    State(web): State<Web>,
    _desk: Viewer,
    Path(id): Path<CampaignId>,
    Query(shown): Query<Shown>,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let language = shown.language.unwrap_or_default();
    Ok(mail_or_why(
        filled(&web, &campaign, language).await?,
        Part::Html,
    ))
}
