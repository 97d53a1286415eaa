//! Editing a draft: content, subject, lists, layout, sender.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::audience::{list_admin, segment};
use crate::campaign::content::Content;
use crate::campaign::layouts::{self, KnownLayout};
use crate::campaign::{CampaignError, draft, lifecycle, preview as previews, report};
use crate::content::post as posts;
use crate::model::CampaignId;
use crate::model::campaign::ContentKind;
use crate::store::campaign_contents::CampaignText;
use crate::store::campaigns::Campaign;
use crate::store::lists::List;
use crate::store::posts::{PostFilter, PostRow};
use crate::store::segments::Segment;
use crate::text::locale::Language;
use crate::web::admin::email_preview::{
    EmailPreview, Part, email_preview, name_tag, preview_response,
};
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use digest_options::{News, Offers};
use form_input::{FieldError, FormInput, field};

mod digest_options;
mod form_input;

/// Posts to choose from: the newest ones.
const OFFERED: i64 = 100;

#[derive(Template)]
#[template(path = "admin/campaigns/draft.html")]
struct DraftPage {
    viewer: Viewer,
    /// The campaign to change; `None` for a new one.
    campaign: Option<Campaign>,
    input: FormInput,
    error: FieldError,
    posts: Vec<PostRow>,
    offers: Offers,
    lists: Vec<List>,
    segments: Vec<Segment>,
    layouts: Vec<KnownLayout>,
    default_from: String,
    /// The others to choose from.
    senders: Vec<String>,
    /// The language of the main subject.
    usual: Language,
}

/// Kinds of content to choose from.
const KINDS: [ContentKind; 5] = [
    ContentKind::Post,
    ContentKind::Digest,
    ContentKind::Markdown,
    ContentKind::Mjml,
    ContentKind::Html,
];

impl DraftPage {
    fn error(&self, field: &str) -> &str {
        let (name, error) = &self.error;
        if name == field { error } else { "" }
    }

    fn path(&self) -> String {
        match &self.campaign {
            Some(campaign) => format!("/admin/campaigns/{}/edit", campaign.id),
            None => "/admin/campaigns".to_owned(),
        }
    }

    fn is(&self, kind: &str) -> bool {
        self.input.kind.as_str() == kind
    }

    /// Whether its text is the whole email, without a layout.
    fn is_whole(&self) -> bool {
        self.is("mjml") || self.is("html")
    }

    fn is_empty(&self) -> bool {
        match self.input.kind {
            ContentKind::Post => self.posts.is_empty(),
            ContentKind::Digest => self.offers.are_empty(),
            ContentKind::Markdown | ContentKind::Mjml | ContentKind::Html | ContentKind::Weekly => {
                false
            }
        }
    }

    fn title_hint(&self) -> String {
        match self.input.kind {
            ContentKind::Digest => self.viewer.t("admin-draft-digest-title-hint"),
            ContentKind::Mjml | ContentKind::Html => self.viewer.t("admin-draft-design-title-hint"),
            ContentKind::Post | ContentKind::Markdown | ContentKind::Weekly => String::new(),
        }
    }

    fn preheader_hint(&self) -> String {
        self.viewer.t(if self.is_whole() {
            "admin-draft-design-preheader-hint"
        } else {
            "admin-draft-preheader-hint"
        })
    }

    fn subject_hint(&self) -> String {
        let hint = self.viewer.say("admin-draft-subject-hint");
        let hint = hint.text("language", self.usual.endonym());
        hint.text("name", name_tag(&self.usual)).to_string()
    }

    /// Its own text in a language.
    fn text(&self, language: &Language) -> &CampaignText {
        let texts = &self.input.texts;
        // `texts` has one for each language.
        texts
            .iter()
            .find(|text| text.language == *language)
            .unwrap_or(&texts[0])
    }

    /// Its own sender, where that is none of those to choose from.
    fn own_sender(&self) -> Option<&str> {
        let own = self.input.from.trim();
        (!own.is_empty() && !self.senders.iter().any(|sender| sender == own)).then_some(own)
    }

    fn has_sender(&self, sender: &str) -> bool {
        self.input.from.trim() == sender
    }

    fn sender_hint(&self) -> String {
        let key = match (
            self.default_from.is_empty(),
            self.viewer.user.role.may_administer(),
        ) {
            (true, _) => "admin-draft-no-default-sender",
            (_, true) => "admin-draft-add-senders",
            (_, false) => "admin-draft-owners-add-senders",
        };
        self.viewer.t(key)
    }
}

/// `news` if already loaded.
async fn page(
    web: &Web,
    viewer: Viewer,
    campaign: Option<Campaign>,
    input: FormInput,
    error: FieldError,
    news: Option<News>,
) -> Result<Html<String>, HttpError> {
    let selection = PostFilter {
        limit: OFFERED,
        ..PostFilter::default()
    };
    let offers = match input.kind {
        ContentKind::Digest => {
            let news = match news {
                Some(news) => news,
                None => News::look(web).await?,
            };
            news.offers(web, &viewer, &input).await?
        }
        _ => Offers::default(),
    };
    let config = web.cx.config();
    render_page(&DraftPage {
        campaign,
        error,
        posts: posts::for_admin(&web.cx, selection).await?,
        offers,
        lists: list_admin::all(&web.cx).await?,
        segments: segment::all(&web.cx).await?,
        layouts: layouts::all(&web.cx).await?,
        default_from: config
            .from
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        senders: config.senders.iter().map(ToString::to_string).collect(),
        usual: config.language,
        viewer,
        input,
    })
}

#[derive(Deserialize)]
pub struct From {
    post: Option<String>,
    kind: Option<ContentKind>,
}

pub async fn blank(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Query(from): Query<From>,
) -> Result<Html<String>, HttpError> {
    let mut input = FormInput::blank(&web.languages(), from.kind.unwrap_or(ContentKind::Post));
    if let Some(slug) = from.post.as_deref().and_then(|slug| slug.parse().ok())
        && let Some(post) = posts::by_slug(&web.cx, &slug).await?
    {
        let usual = web.cx.config().language;
        let variant = post.variant(usual);
        input.subject = variant.map_or_else(String::new, |variant| variant.title.clone());
        for variant in input
            .variants
            .iter_mut()
            .filter(|one| one.language != usual)
        {
            let own = post
                .variants
                .iter()
                .find(|one| one.language == variant.language);
            let own = own.filter(|one| one.title != input.subject);
            variant.subject = own.map_or_else(String::new, |one| one.title.clone());
        }
        input.post = slug.to_string();
    }
    let mut news = None;
    match input.kind {
        ContentKind::Digest => {
            let look = News::look(&web).await?;
            look.tick(&web, &mut input).await?;
            news = Some(look);
        }
        ContentKind::Mjml => input.texts.iter_mut().for_each(|text| {
            if text.language == Language::EN {
                text.body = FIRST_DESIGN.to_owned();
            }
        }),
        ContentKind::Post | ContentKind::Markdown | ContentKind::Html | ContentKind::Weekly => {}
    }
    page(&web, viewer, None, input, FieldError::default(), news).await
}

/// The initial MJML.
const FIRST_DESIGN: &str = include_str!("../../../../../templates/mail/first_design.mjml");

pub async fn edit(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    if !campaign.state.is_editable() {
        return Err(CampaignError::Started.into());
    }
    let input = match draft::draft_of(&web.cx, id).await {
        Ok(draft) => FormInput::of_draft(&web.languages(), &draft),
        // Its post, or all of its items, were deleted.
        Err(CampaignError::NoPost | CampaignError::NoItem) => FormInput {
            subject: campaign.subject.clone(),
            lists: report::lists(&web.cx, id)
                .await?
                .into_iter()
                .map(String::from)
                .collect(),
            layout: campaign.layout.clone(),
            from: campaign.from_mailbox.clone().unwrap_or_default(),
            is_public: campaign.is_public,
            ..FormInput::blank(&web.languages(), campaign.kind)
        },
        Err(error) => return Err(error.into()),
    };
    page(
        &web,
        viewer,
        Some(campaign),
        input,
        FieldError::default(),
        None,
    )
    .await
}

pub async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let input = FormInput::of_form(&web.languages(), &Form::parse(&body)?);
    let made = match input.draft(&viewer) {
        Ok(draft) => draft::create(&web.cx, &viewer.actor(), &draft)
            .await
            .map_err(|error| field_error(&viewer, error)),
        Err(error) => Err(Ok(error)),
    };
    match made {
        Ok(campaign) => {
            let id = campaign.id;
            let flash = Flash::good(viewer.t("admin-draft-created"))
                .with(viewer.t("admin-draft-created-next"));
            Ok(redirect(&web, &format!("/admin/campaigns/{id}"), &flash))
        }
        Err(Ok(error)) => refused(&web, viewer, None, input, error).await,
        Err(Err(error)) => Err(error.into()),
    }
}

pub async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let input = FormInput::of_form(&web.languages(), &Form::parse(&body)?);
    let saved = match input.draft(&viewer) {
        Ok(draft) => draft::change(&web.cx, &viewer.actor(), id, &draft)
            .await
            .map_err(|error| field_error(&viewer, error)),
        Err(error) => Err(Ok(error)),
    };
    match saved {
        Ok(()) => Ok(redirect(
            &web,
            &format!("/admin/campaigns/{id}"),
            &Flash::good(viewer.t("admin-saved")),
        )),
        Err(Ok(error)) => refused(&web, viewer, Some(campaign), input, error).await,
        Err(Err(error)) => Err(error.into()),
    }
}

/// The field's error, or the error as it is.
fn field_error(viewer: &Viewer, error: CampaignError) -> Result<FieldError, CampaignError> {
    match field(&error) {
        Some(field) => Ok((field, viewer.explain(error))),
        None => Err(error),
    }
}

async fn refused(
    web: &Web,
    viewer: Viewer,
    campaign: Option<Campaign>,
    mut input: FormInput,
    error: FieldError,
) -> Result<Response, HttpError> {
    // Shows the language with the error.
    let tag = error.0.rsplit_once('_');
    let tag = tag.and_then(|(_, tag)| tag.parse().ok());
    input.language = tag.unwrap_or(input.language);
    let html = page(web, viewer, campaign, input, error, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// The email as the form stands. It changes nothing, so viewers may use it
/// too.
pub async fn preview(
    State(web): State<Web>,
    viewer: Viewer,
    part: Part,
    body: Bytes,
) -> Result<Response, HttpError> {
    let input = FormInput::of_form(&web.languages(), &Form::parse(&body)?);
    let mail = rendered(&web, &viewer, &input).await?;
    Ok(preview_response(&viewer, mail, part))
}

async fn rendered(
    web: &Web,
    viewer: &Viewer,
    input: &FormInput,
) -> Result<EmailPreview, HttpError> {
    let mut input = input.clone();
    // A preview does not need a title yet.
    if matches!(
        input.kind,
        ContentKind::Markdown | ContentKind::Mjml | ContentKind::Html
    ) {
        let unnamed = input
            .texts
            .iter_mut()
            .filter(|text| !text.body.trim().is_empty());
        unnamed
            .filter(|text| text.title.trim().is_empty())
            .for_each(|text| text.title = viewer.t("admin-draft-untitled"));
    }
    let content_spec = match input.content_spec(viewer) {
        Ok(content_spec) => content_spec,
        Err((_, why)) => return Ok(Err(why)),
    };
    let filled = async {
        let content = Content::of_spec(&web.cx, &content_spec.tidied()?).await?;
        let layout = layouts::find(&mut web.cx.store.read().await?, &input.layout).await?;
        let variants = input.variants.clone();
        let language = input.language;
        previews::of_content(
            &web.cx,
            &input.subject,
            variants,
            &layout,
            &content,
            language,
        )
        .await
    };
    email_preview(filled.await)
}
