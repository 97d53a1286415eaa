//! One campaign: checks while it is a draft, progress while it is sent, the
//! report afterwards.

use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::audience::segment;
use crate::campaign::preflight::{self, Checked};
use crate::campaign::{
    attachments, automatic_pause, lifecycle, limits, preview, recurring, rendering, report,
    summary, translation, weekly_digest,
};
use crate::model::CampaignId;
use crate::model::ab_test::AbVariant;
use crate::model::campaign::CampaignState;
use crate::store::campaign_attachments::CampaignAttachment;
use crate::store::campaign_audience::Audience;
use crate::store::campaigns::Campaign;
use crate::store::segments::Segment;
use crate::text::locale::Language;
use crate::web::admin::campaigns::ab_test_card::AbCard;
use crate::web::admin::campaigns::approval_view::ApprovalView;
use crate::web::admin::campaigns::event_news;
use crate::web::admin::campaigns::page_view::{CampaignPage, FormInput, Readers, source_line};
use crate::web::admin::campaigns::progress::{Pace, Progress};
use crate::web::admin::campaigns::start_summary;
use crate::web::admin::campaigns::view::View;
use crate::web::admin::email_preview::{
    EmailPreview, EmailReport, Part, email_preview, preview_reader, preview_response,
};
use crate::web::admin::media::size;
use crate::web::admin::segments::words::rule_text;
use crate::web::admin::translations::behind;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

#[derive(Default, Deserialize)]
pub struct Shown {
    language: Option<Language>,
    /// The variant of its A/B test.
    variant: Option<AbVariant>,
    /// How the email is shown.
    #[serde(default)]
    view: View,
    /// The subscriber whose email it is.
    #[serde(default)]
    preview_as: String,
    /// Whether to wait until a large audience is counted.
    count: Option<Count>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Count {
    Now,
}

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    page(&web, viewer, &pace, campaign, shown, FormInput::default()).await
}

/// The page again with what was entered into one of its forms.
pub async fn rejected(
    web: &Web,
    viewer: Viewer,
    pace: &Pace,
    id: CampaignId,
    input: FormInput,
    status: StatusCode,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let html = page(web, viewer, pace, campaign, Shown::default(), input).await?;
    Ok((status, html).into_response())
}

async fn page(
    web: &Web,
    viewer: Viewer,
    pace: &Pace,
    campaign: Campaign,
    shown: Shown,
    input: FormInput,
) -> Result<Html<String>, HttpError> {
    let languages = rendering::languages(&web.cx, &campaign).await?;
    let known = |wanted: Language| languages.iter().copied().find(|one| *one == wanted);
    let language = shown
        .language
        .or_else(|| known(viewer.language()))
        .or_else(|| known(Language::EN))
        .or(languages.first().copied())
        .unwrap_or_default();
    let is_draft = campaign.state.is_editable();
    let ab_test = AbCard::of(web, &viewer, &campaign).await?;
    let mut start_summary = Vec::new();
    let mut checked = None;
    let audience = match shown.count {
        _ if !is_draft => None,
        Some(Count::Now) => Some(report::audience(&web.cx, campaign.id).await?),
        None => report::audience_at_once(&web.cx, campaign.id).await?,
    };
    let findings = if is_draft {
        let (cx, counted) = (&web.cx, audience.as_deref());
        let mut found = preflight::check_for(cx, &campaign, counted).await?;
        if let Some(counted) = counted {
            let (mail, language) = (&found.renderings, viewer.language());
            let summary = summary::of(cx, &campaign, Some(counted), mail, language).await?;
            let test = ab_test.as_ref();
            start_summary = start_summary::lines(web, &viewer, &campaign, &summary, test);
        }
        let findings = std::mem::take(&mut found.findings);
        checked = Some(found);
        findings
    } else {
        preflight::at_start(&web.cx, &campaign).await?
    };
    let now = web.cx.clock.now();
    let mail = filled(web, &viewer, &campaign, checked, language, &shown).await?;
    let report = match &mail {
        Ok(preview) => match EmailReport::of(web, preview).await {
            // The page is more than the report.
            Err(HttpError::Unavailable) => None,
            report => Some(report?),
        },
        Err(_) => None,
    };
    render_page(&CampaignPage {
        lists: list_names(web, campaign.id, viewer.language()).await?,
        from: rendering::sender(&web.cx, &campaign)
            .map_or_else(|_| String::new(), |from| from.to_string()),
        mail,
        report,
        view: shown.view,
        variant: shown.variant,
        ab_test,
        preview_as: shown.preview_as,
        by_list: match audience {
            Some(_) => report::audience_by_list(&web.cx, campaign.id).await?,
            None => Vec::new(),
        },
        recipients: audience.as_deref().map(Audience::sum),
        digest: weekly_digest::digest_of(&web.cx, campaign.id).await?,
        rejections: if is_draft {
            Vec::new()
        } else {
            automatic_pause::of_campaign(&web.cx, campaign.id).await?
        },
        progress: Progress::of(web, &viewer, &campaign, pace).await?,
        is_quiet: campaign.state == CampaignState::Sending
            && limits::is_quiet(&web.cx, &campaign, now),
        is_late: campaign.scheduled_at.is_some_and(|at| at < now),
        segment: segment::of_campaign(&web.cx, campaign.id)
            .await?
            .map(|segment| named(&segment, &viewer)),
        source: source_line(web, &viewer, &campaign).await?,
        recurring: recurring::of_campaign(&web.cx, campaign.id).await?,
        summary: start_summary,
        approval: ApprovalView::of(web, &viewer, &campaign).await?,
        events: event_news::of_campaign(web, &viewer, &campaign).await?,
        files: files(web, &viewer, campaign.id, language).await?,
        missing: attachments::missing_of(&web.cx, campaign.id).await?,
        translations: if is_draft {
            translations(web, &campaign).await?
        } else {
            Vec::new()
        },
        viewer,
        campaign,
        language,
        languages,
        readers: audience
            .unwrap_or_default()
            .into_iter()
            .map(Readers::of)
            .collect(),
        findings,
        input,
    })
}

/// The languages that a campaign's own text is translated into beside its first one, and what is
/// to be done.
async fn translations(
    web: &Web,
    campaign: &Campaign,
) -> Result<Vec<(Language, &'static str)>, HttpError> {
    if !translation::has_blocks(campaign.kind) {
        return Ok(Vec::new());
    }
    let id = campaign.id;
    let Some(source) = translation::source_language(&web.cx, id).await? else {
        return Ok(Vec::new());
    };
    let outdated = translation::outdated(&web.cx, id).await?;
    let held = translation::languages(&web.cx, id).await?;
    let mut languages = web.languages().and(held.iter().copied());
    languages.retain(|language| *language != source);
    let state = |language: Language| match behind(outdated.as_ref(), language) {
        Some(_) => "admin-translation-behind",
        None if held.contains(&language) => "",
        None => "admin-translation-missing",
    };
    Ok(languages.into_iter().map(|one| (one, state(one))).collect())
}

/// The files that readers of a language get, with their sizes.
async fn files(
    web: &Web,
    viewer: &Viewer,
    id: CampaignId,
    language: Language,
) -> Result<Vec<(CampaignAttachment, String)>, HttpError> {
    let files = attachments::of_campaign(&web.cx, id).await?.into_iter();
    let files = files.filter(|file| file.is_for(language));
    let with_size = |file: CampaignAttachment| {
        let size = size(viewer, &file.size);
        (file, size)
    };
    Ok(files.map(with_size).collect())
}

/// The name of a segment; the conditions of one campaign in words.
fn named(segment: &Segment, viewer: &Viewer) -> String {
    if segment.is_of_one_campaign() {
        rule_text(&segment.rule, viewer)
    } else {
        segment.name.clone()
    }
}

/// The names of a campaign's lists in `language`.
pub async fn list_names(
    web: &Web,
    id: CampaignId,
    language: Language,
) -> Result<Vec<String>, HttpError> {
    Ok(report::list_names(&web.cx, id, language).await?)
}

/// The email in one language, or why it cannot be rendered. A campaign that was `checked` is not
/// rendered once more.
async fn filled(
    web: &Web,
    viewer: &Viewer,
    campaign: &Campaign,
    checked: Option<Checked>,
    language: Language,
    shown: &Shown,
) -> Result<EmailPreview, HttpError> {
    let reader = match preview_reader(web, viewer, &shown.preview_as).await? {
        Ok(reader) => reader,
        Err(why) => return Ok(Err(why)),
    };
    let (cx, reader) = (&web.cx, reader.as_ref());
    let which = (language, shown.variant);
    email_preview(match checked {
        Some(checked) => preview::of_checked(cx, campaign, checked, which, reader).await,
        None => preview::of_campaign(cx, campaign, which, reader).await,
    })
}

/// The email alone, for a frame.
pub async fn mail(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CampaignId>,
    Query(shown): Query<Shown>,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let language = shown.language.unwrap_or_default();
    let mail = filled(&web, &viewer, &campaign, None, language, &shown).await?;
    let part = match shown.view {
        View::Dark => Part::Dark,
        _ => Part::Html,
    };
    preview_response(&web, &viewer, mail, part).await
}
