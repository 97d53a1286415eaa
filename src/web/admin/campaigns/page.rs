//! One campaign: its checks while it is a draft, its progress while it is under
//! way, its report ever after.

use askama::Template;
use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::super::frame::{Desk, counted, show, thousands};
use super::super::mail_view::{MailOrWhy, Part, mail_or_why, or_why};
use super::progress::{Pace, Progress};
use crate::audience::segment;
use crate::campaign::brake::{self, Brake};
use crate::campaign::content::Content;
use crate::campaign::limits::{self, Limits};
use crate::campaign::preflight::{self, Finding};
use crate::campaign::{CampaignError, lifecycle, preview, report, weekly_digest};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::model::delivery::{DeliveryCounts, DeliveryState};
use crate::model::feedback::Decision;
use crate::store::campaigns::{Audience, Campaign};
use crate::text::locale::Language;
use crate::web::{Failure, Web};

/// What was typed into the small forms of a campaign's page, and what is wrong
/// with it.
#[derive(Debug, Default)]
pub struct Typed {
    pub test_to: String,
    pub schedule_at: String,
    /// The start and the end of quiet hours and the hourly limit.
    pub limits: [String; 3],
    /// The field's id, empty for the campaign as a whole, and the reason.
    pub error: (&'static str, String),
}

/// How many readers of a language a campaign has.
struct Readers {
    language: String,
    audience: Audience,
}

/// What a campaign's content is, for the line under its subject: words, and a
/// link with its name.
#[derive(Default)]
struct Source {
    words: String,
    link: Option<(String, String)>,
}

impl Source {
    async fn of(web: &Web, campaign: &Campaign) -> Result<Self, Failure> {
        let content = match Content::of_campaign(&web.cx, campaign).await {
            Ok(content) => content,
            Err(CampaignError::NoPost | CampaignError::NoItem) => return Ok(Self::default()),
            Err(error) => return Err(error.into()),
        };
        let words = |words: &str| Self {
            words: words.to_owned(),
            link: None,
        };
        Ok(match content {
            Content::Post(full) => Self {
                words: "from the post".to_owned(),
                link: Some((
                    format!("/admin/posts/{}", full.post.id),
                    full.post.slug.to_string(),
                )),
            },
            Content::Digest(digest) => words(&format!(
                "a digest of {} and {}",
                counted(digest.posts.len() as i64, "post", "posts"),
                counted(digest.events.len() as i64, "event", "events"),
            )),
            Content::Markdown(_) => words("its own text"),
            Content::Mjml(_) => words("its own MJML"),
            Content::Html(_) => words("its own HTML"),
            Content::Weekly(weekly) => words(&format!(
                "the weekly digest, of {}",
                counted(weekly.count() as i64, "campaign", "campaigns"),
            )),
        })
    }
}

#[derive(Template)]
#[template(path = "admin/campaigns/page.html")]
struct CampaignPage {
    desk: Desk,
    campaign: Campaign,
    source: Source,
    /// The names of its lists.
    lists: Vec<String>,
    from: String,
    /// The language shown, and those there are.
    language: Language,
    languages: Vec<Language>,
    mail: MailOrWhy,
    readers: Vec<Readers>,
    /// The names of its lists, and how many are confirmed on each.
    by_list: Vec<(String, i64)>,
    /// The name of the segment it goes to.
    segment: Option<String>,
    /// Who gets it now, who reads it in the weekly digest, who has paused.
    recipients: Audience,
    /// The digest that tells weekly readers of it, once there is one.
    digest: Option<CampaignId>,
    findings: Vec<Finding>,
    progress: Progress,
    /// The refusals that paused it, the last first.
    refusals: Vec<Brake>,
    typed: Typed,
    is_late: bool,
    /// It sends, and waits for its quiet hours to end.
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
        self.desk.can_edit() && actions.any(|possible| possible.as_str() == action)
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
        let (name, error) = &self.typed.error;
        if *name == field { error } else { "" }
    }

    fn moment(&self, millis: &Option<i64>) -> String {
        millis.map_or_else(
            || "–".to_owned(),
            |at| self.desk.when(&Timestamp::from_millis(at)),
        )
    }

    /// How long it took from start to end.
    fn took(&self) -> String {
        match (self.campaign.started_at, self.campaign.finished_at) {
            (Some(start), Some(end)) if end - start >= 1000 => {
                super::progress::duration((end - start) / 1000)
            }
            _ => String::new(),
        }
    }

    fn quiet_hint(&self) -> String {
        format!(
            "Quiet hours are in {}. Leave fields empty for no limit.",
            self.desk.zone
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
        format!("In {}. It starts automatically.", self.desk.zone)
    }

    fn test_to(&self) -> &str {
        match self.typed.test_to.as_str() {
            "" => self.desk.user.email.as_str(),
            typed => typed,
        }
    }

    /// What was typed, or the time that is set.
    fn schedule_at(&self) -> String {
        match self.campaign.scheduled_at {
            Some(_) if self.campaign.local_start.is_some() && self.typed.error.0.is_empty() => {
                self.campaign.local_start.clone().unwrap_or_default()
            }
            Some(at) if self.typed.error.0.is_empty() => {
                self.desk.calendar.field(Timestamp::from_millis(at))
            }
            _ => self.typed.schedule_at.clone(),
        }
    }

    /// What was typed, or the limits that are set.
    fn limits(&self) -> [String; 3] {
        if self.typed.error.0 == "limits" {
            return self.typed.limits.clone();
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

    /// Whether it can still be told when and how fast to go.
    fn has_way_to_go(&self) -> bool {
        !matches!(
            self.campaign.state,
            CampaignState::Finished | CampaignState::Cancelled
        )
    }

    /// What refusals that paused it have cost their recipients.
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

    /// Who of the audience gets it otherwise, or not.
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

/// What refusals that paused a campaign have cost their recipients, and what a
/// person has decided.
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

/// How many deliveries stand in each state.
pub fn states(mut counts: DeliveryCounts) -> Vec<(DeliveryState, i64)> {
    DeliveryState::ALL
        .iter()
        .map(|state| (*state, *counts.of(*state)))
        .collect()
}

/// What is asked before a campaign starts.
pub fn start_question(recipients: i64, lists: &[String], subject: &str) -> String {
    format!(
        "“{subject}” goes to {} on {}, starting now. Email that has been sent cannot be recalled.",
        counted(recipients, "subscriber", "subscribers"),
        lists.join(", ")
    )
}

/// What is asked before those not reached are tried again.
pub fn unreached_question(counts: &DeliveryCounts) -> String {
    format!(
        "{} will be retried: those whose recipients are still subscribed and not suppressed.",
        counted(counts.failed + counts.bounced, "message", "messages")
    )
}

/// What is asked before a campaign is cancelled.
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
    desk: Desk,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    page(
        &web,
        desk,
        &pace,
        campaign,
        shown.language,
        Typed::default(),
    )
    .await
}

/// The page again with what was typed into one of its forms.
pub async fn refused(
    web: &Web,
    desk: Desk,
    pace: &Pace,
    id: CampaignId,
    typed: Typed,
    status: StatusCode,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let html = page(web, desk, pace, campaign, None, typed).await?;
    Ok((status, html).into_response())
}

async fn page(
    web: &Web,
    desk: Desk,
    pace: &Pace,
    campaign: Campaign,
    language: Option<Language>,
    typed: Typed,
) -> Result<Html<String>, Failure> {
    let languages = lifecycle::languages(&web.cx, &campaign).await?;
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
    show(&CampaignPage {
        lists: list_names(web, campaign.id).await?,
        from: lifecycle::sender(&web.cx, &campaign)
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
        is_late: campaign.scheduled_at.is_some_and(|at| at < now.millis()),
        by_list: match is_draft {
            true => report::audience_by_list(&web.cx, campaign.id).await?,
            false => Vec::new(),
        },
        segment: segment::of_campaign(&web.cx, campaign.id)
            .await?
            .map(|segment| segment.name),
        source: Source::of(web, &campaign).await?,
        desk,
        campaign,
        language,
        languages,
        readers,
        findings,
        typed,
    })
}

async fn readers(web: &Web, id: CampaignId) -> Result<Vec<Readers>, Failure> {
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
pub async fn list_names(web: &Web, id: CampaignId) -> Result<Vec<String>, Failure> {
    Ok(report::list_names(&web.cx, id, Language::En).await?)
}

/// The mail in one language, or why there is none.
async fn filled(web: &Web, campaign: &Campaign, language: Language) -> Result<MailOrWhy, Failure> {
    or_why(preview::of_campaign(&web.cx, campaign, language).await)
}

/// The mail alone, for a frame.
pub async fn mail(
    State(web): State<Web>,
    _desk: Desk,
    Path(id): Path<CampaignId>,
    Query(shown): Query<Shown>,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let language = shown.language.unwrap_or_default();
    Ok(mail_or_why(
        filled(&web, &campaign, language).await?,
        Part::Html,
    ))
}
