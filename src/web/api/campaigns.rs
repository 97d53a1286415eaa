//! Campaigns: list, get, create.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::campaign::attachments::Attached;
use crate::campaign::content_spec::ContentSpec;
use crate::campaign::draft::{self, CampaignDraft, default_layout};
use crate::campaign::lifecycle;
use crate::campaign::overview;
use crate::model::calendar::CalendarChoice;
use crate::model::list::{ListSlug, Slug};
use crate::model::{CampaignId, SegmentId};
use crate::store::campaign_contents::{CampaignText, CampaignVariant};
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::campaign_body::{CampaignBody, body, body_of};
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::{Body, Params, offered};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A new campaign.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewCampaign {
    /// May have merge tags such as `{{ name }}`.
    subject: String,
    /// The slug of the post to send. Give exactly one of `post`, `digest`,
    /// `markdown`, `mjml` and `html`.
    post: Option<Slug>,
    digest: Option<NewDigest>,
    /// Markdown texts by language.
    markdown: Option<Vec<CampaignText>>,
    /// MJML by language; each must link `{{ unsubscribe_url }}`.
    mjml: Option<Vec<CampaignText>>,
    /// HTML documents by language; each must link `{{ unsubscribe_url }}`.
    /// Styles are inlined; scripts are rejected.
    html: Option<Vec<CampaignText>>,
    lists: Vec<ListSlug>,
    /// The id of a segment: only its subscribers on these lists get the
    /// campaign.
    segment: Option<SegmentId>,
    /// `Name <address>`. Default: the configured sender.
    from: Option<String>,
    /// `announcement`, `digest`, `letter`, or the name of a custom layout.
    layout: Option<String>,
    /// Subjects by language. `subject` is in the site's language; other
    /// languages default to the title of the content.
    #[serde(default)]
    subjects: BTreeMap<Language, String>,
    /// By language: the line that inboxes show after the subject.
    #[serde(default)]
    preheaders: BTreeMap<Language, String>,
    /// Sender names by language.
    #[serde(default)]
    from_names: BTreeMap<Language, String>,
    /// Whether it is in the public archive. Default: true.
    is_public: Option<bool>,
    /// Whether weekly readers get it at once, too.
    #[serde(default)]
    is_urgent: bool,
    /// Whether the site's own pictures are inside the email, rather than loaded from the site
    /// when it is read.
    #[serde(default)]
    embeds_pictures: bool,
    /// Whether the emails bring the events that they show to the readers' calendars: `publish`
    /// as a file, `request` as an invitation to one event. Default: `none`.
    #[serde(default)]
    calendar: CalendarChoice,
    /// Files that the email carries, at most 10.
    #[serde(default)]
    attachments: Vec<NewAttachment>,
}

/// A file that the email carries.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(as = NewCampaignAttachment)]
pub struct NewAttachment {
    /// The name of a file of the media library, such as `plan.pdf`.
    file: String,
    /// The name under which recipients get it, in any script. Default: that of the library.
    name: Option<String>,
    /// Only readers of this language get it. Default: those of every language.
    language: Option<Language>,
}

/// The files that a body names.
pub(super) fn attached(web: &Web, given: Vec<NewAttachment>) -> Result<Vec<Attached>, HttpError> {
    let given = given.into_iter().map(|one| {
        let language = one.language;
        let language = language
            .map(|tag| offered(web, "attachments", tag))
            .transpose()?;
        Ok(Attached {
            file: one.file,
            name: one.name.unwrap_or_default(),
            language,
        })
    });
    given.collect()
}

/// The content of a digest.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewDigest {
    /// Slugs, in this order.
    #[serde(default)]
    posts: Vec<Slug>,
    /// Slugs, in this order.
    #[serde(default)]
    events: Vec<Slug>,
    /// Introductions by language.
    #[serde(default)]
    texts: Vec<CampaignText>,
}

/// The content in a body: at most one of these.
pub(super) fn content_spec(
    post: Option<Slug>,
    digest: Option<NewDigest>,
    markdown: Option<Vec<CampaignText>>,
    mjml: Option<Vec<CampaignText>>,
    html: Option<Vec<CampaignText>>,
) -> Result<Option<ContentSpec>, HttpError> {
    let digest = digest.map(|digest| ContentSpec::Digest {
        posts: digest.posts,
        events: digest.events,
        texts: digest.texts,
    });
    let given = [
        post.map(ContentSpec::Post),
        digest,
        markdown.map(ContentSpec::Markdown),
        mjml.map(ContentSpec::Mjml),
        html.map(ContentSpec::Html),
    ];
    let mut given = given.into_iter().flatten();
    match (given.next(), given.next()) {
        (content_spec, None) => Ok(content_spec),
        _ => Err(needs_one_kind()),
    }
}

fn needs_one_kind() -> HttpError {
    HttpError::Unprocessable("name one of post, digest, markdown, mjml and html".to_owned())
}

/// List campaigns, newest first
#[utoipa::path(get, path = "/campaigns", tag = "campaigns", security(("bearer" = [])),
    params(Paging), responses((status = 200, body = Page<CampaignBody>)))]
pub async fn index(
    caller: Caller,
    State(web): State<Web>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<CampaignBody>>, HttpError> {
    let before = paging.after::<CampaignId>()?;
    let found = overview::page(&web.cx, &caller.1, before, paging.limit()).await?;
    let page = Page::new(found, &paging, |one| one.campaign.id);
    let mut items = Vec::with_capacity(page.items.len());
    for overview in page.items {
        items.push(body_of(&web, overview).await?);
    }
    Ok(Json(Page {
        items,
        next_cursor: page.next_cursor,
    }))
}

/// Get a campaign
#[utoipa::path(get, path = "/campaigns/{id}", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = CampaignBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Json<CampaignBody>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    Ok(Json(body(&web, campaign).await?))
}

/// Create a draft
#[utoipa::path(post, path = "/campaigns", tag = "campaigns", security(("bearer" = [])),
    request_body = NewCampaign, responses((status = 201, body = CampaignBody), (status = 422)))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewCampaign>,
) -> Result<(StatusCode, Json<CampaignBody>), HttpError> {
    let content = content_spec(new.post, new.digest, new.markdown, new.mjml, new.html)?;
    let content = content.ok_or_else(needs_one_kind)?;
    let layout = default_layout(content.kind());
    let draft = CampaignDraft {
        subject: new.subject,
        content,
        lists: new.lists,
        selection: new.segment.into(),
        variants: variants(&web, &new.subjects, &new.preheaders, &new.from_names)?,
        from: new.from,
        layout: new.layout.unwrap_or_else(|| layout.to_owned()),
        is_public: new.is_public.unwrap_or(true),
        is_urgent: new.is_urgent,
        embeds_pictures: new.embeds_pictures,
        calendar: new.calendar,
        attachments: attached(&web, new.attachments)?,
    };
    let campaign = draft::create(&web.cx, &caller.actor(), &draft).await?;
    Ok((StatusCode::CREATED, Json(body(&web, campaign).await?)))
}

type ByLanguage = BTreeMap<Language, String>;

fn variants(
    web: &Web,
    subjects: &ByLanguage,
    preheaders: &ByLanguage,
    from_names: &ByLanguage,
) -> Result<Vec<CampaignVariant>, HttpError> {
    let of = |texts: &ByLanguage, language| texts.get(&language).cloned().unwrap_or_default();
    let variant = |language| CampaignVariant {
        language,
        subject: of(subjects, language),
        preheader: of(preheaders, language),
        from_name: of(from_names, language),
    };
    let named = [
        ("subjects", subjects),
        ("preheaders", preheaders),
        ("from_names", from_names),
    ];
    let mut languages = BTreeSet::new();
    for (name, texts) in named {
        for language in texts.keys() {
            languages.insert(offered(web, name, *language)?);
        }
    }
    let variants = languages.into_iter().map(variant);
    Ok(variants.filter(|variant| !variant.is_empty()).collect())
}
