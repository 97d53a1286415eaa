//! What a campaign is made of: content, subject, lists, layout, sender.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::super::flash::Flash;
use super::super::frame::{Desk, Editor, go, sentence, show};
use super::super::mail_view::{MailOrWhy, Part, mail_or_why, name_tag, or_why};
use crate::audience::{manage, segment};
use crate::campaign::content::Content;
use crate::campaign::layouts::{self, KnownLayout};
use crate::campaign::{CampaignError, lifecycle, preview as previews, report};
use crate::content::post as posts;
use crate::model::CampaignId;
use crate::model::campaign::ContentKind;
use crate::store::campaign_contents::CampaignText;
use crate::store::campaigns::Campaign;
use crate::store::lists::List;
use crate::store::posts::{DeskRow, DeskSelection};
use crate::store::segments::Segment;
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};
use offers::{News, Offers};
use typed::{Fault, Typed, field};

mod offers;
mod typed;

/// How many posts the form offers: the newest.
const OFFERED: i64 = 100;

#[derive(Template)]
#[template(path = "admin/campaigns/brief.html")]
struct BriefPage {
    desk: Desk,
    /// The campaign to change; `None` for a new one.
    campaign: Option<Campaign>,
    typed: Typed,
    fault: Fault,
    posts: Vec<DeskRow>,
    offers: Offers,
    lists: Vec<List>,
    segments: Vec<Segment>,
    layouts: Vec<KnownLayout>,
    default_from: String,
    /// The language that the one subject is written in.
    usual: Language,
}

/// The kinds of content: word, name, and what it is.
const KINDS: [(ContentKind, &str); 5] = [
    (ContentKind::Post, "One post"),
    (ContentKind::Digest, "A digest"),
    (ContentKind::Markdown, "A text"),
    (ContentKind::Mjml, "A design"),
    (ContentKind::Html, "Finished HTML"),
];

impl BriefPage {
    fn error(&self, field: &str) -> &str {
        let (name, error) = &self.fault;
        if name == field { error } else { "" }
    }

    fn path(&self) -> String {
        match &self.campaign {
            Some(campaign) => format!("/admin/campaigns/{}/edit", campaign.id),
            None => "/admin/campaigns".to_owned(),
        }
    }

    fn is(&self, kind: &str) -> bool {
        self.typed.kind.as_str() == kind
    }

    /// Whether its text is the whole mail, so that no layout is set around it.
    fn is_whole(&self) -> bool {
        self.is("mjml") || self.is("html")
    }

    fn is_empty(&self) -> bool {
        match self.typed.kind {
            ContentKind::Post => self.posts.is_empty(),
            ContentKind::Digest => self.offers.are_empty(),
            ContentKind::Markdown | ContentKind::Mjml | ContentKind::Html | ContentKind::Weekly => {
                false
            }
        }
    }

    fn title_hint(&self) -> &'static str {
        match self.typed.kind {
            ContentKind::Digest => "Leave empty for: News from the site.",
            ContentKind::Mjml | ContentKind::Html => {
                "The title of the email here and in the archive."
            }
            ContentKind::Post | ContentKind::Markdown | ContentKind::Weekly => "",
        }
    }

    fn preheader_hint(&self) -> &'static str {
        match self.is_whole() {
            true => "The line that inboxes show after the subject. Empty: the design's own.",
            false => "The line that inboxes show after the subject.",
        }
    }

    fn subject_hint(&self) -> String {
        format!(
            "In {}. Each other language has its own below. {} is the reader's name.",
            self.usual.endonym(),
            name_tag(&self.usual)
        )
    }

    /// The text of its own in a language.
    fn text(&self, language: &Language) -> &CampaignText {
        let texts = &self.typed.texts;
        // There is one for each language.
        texts
            .iter()
            .find(|text| text.language == *language)
            .unwrap_or(&texts[0])
    }

    fn sender_hint(&self) -> String {
        match self.default_from.as_str() {
            "" => "Such as: Embassy news <news@embassy.example>.".to_owned(),
            from => format!("Empty: {from}."),
        }
    }
}

/// `news` where they were looked at before.
async fn page(
    web: &Web,
    desk: Desk,
    campaign: Option<Campaign>,
    typed: Typed,
    fault: Fault,
    news: Option<News>,
) -> Result<Html<String>, Failure> {
    let selection = DeskSelection {
        limit: OFFERED,
        ..DeskSelection::default()
    };
    let offers = match typed.kind {
        ContentKind::Digest => {
            let news = match news {
                Some(news) => news,
                None => News::look(web).await?,
            };
            news.offers(web, &desk, &typed).await?
        }
        _ => Offers::default(),
    };
    show(&BriefPage {
        campaign,
        fault,
        posts: posts::for_desk(&web.cx, selection).await?,
        offers,
        lists: manage::lists(&web.cx).await?,
        segments: segment::all(&web.cx).await?,
        layouts: layouts::all(&web.cx).await?,
        default_from: web.cx.config.from.clone().unwrap_or_default(),
        usual: web.cx.config.language,
        desk,
        typed,
    })
}

#[derive(Deserialize)]
pub struct From {
    post: Option<String>,
    kind: Option<ContentKind>,
}

pub async fn blank(
    State(web): State<Web>,
    Editor(desk): Editor,
    Query(from): Query<From>,
) -> Result<Html<String>, Failure> {
    let mut typed = Typed::blank(from.kind.unwrap_or(ContentKind::Post));
    if let Some(slug) = from.post.as_deref().and_then(|slug| slug.parse().ok())
        && let Some(post) = posts::by_slug(&web.cx, &slug).await?
    {
        let usual = web.cx.config.language;
        let variant = post.variant(usual);
        typed.subject = variant.map_or_else(String::new, |variant| variant.title.clone());
        for variant in typed
            .variants
            .iter_mut()
            .filter(|one| one.language != usual)
        {
            let own = post
                .variants
                .iter()
                .find(|one| one.language == variant.language);
            let own = own.filter(|one| one.title != typed.subject);
            variant.subject = own.map_or_else(String::new, |one| one.title.clone());
        }
        typed.post = slug.to_string();
    }
    let mut news = None;
    match typed.kind {
        ContentKind::Digest => {
            let look = News::look(&web).await?;
            look.tick(&web, &mut typed).await?;
            news = Some(look);
        }
        ContentKind::Mjml => typed.texts.iter_mut().for_each(|text| {
            if text.language == Language::En {
                text.body = FIRST_DESIGN.to_owned();
            }
        }),
        ContentKind::Post | ContentKind::Markdown | ContentKind::Html | ContentKind::Weekly => {}
    }
    page(&web, desk, None, typed, Fault::default(), news).await
}

/// What a new design begins with.
const FIRST_DESIGN: &str = include_str!("../../../../../templates/mail/first_design.mjml");

pub async fn edit(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    if !campaign.state.is_editable() {
        return Err(CampaignError::Started.into());
    }
    let typed = match lifecycle::brief_of(&web.cx, id).await {
        Ok(brief) => Typed::of_brief(&brief),
        // Its post, or all of its items, were deleted.
        Err(CampaignError::NoPost | CampaignError::NoItem) => Typed {
            subject: campaign.subject.clone(),
            lists: report::lists(&web.cx, id)
                .await?
                .into_iter()
                .map(String::from)
                .collect(),
            layout: campaign.layout.clone(),
            from: campaign.from_mailbox.clone().unwrap_or_default(),
            is_public: campaign.is_public,
            ..Typed::blank(campaign.kind)
        },
        Err(error) => return Err(error.into()),
    };
    page(&web, desk, Some(campaign), typed, Fault::default(), None).await
}

pub async fn create(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    let typed = Typed::of_form(&Form::parse(&body)?);
    let made = match typed.brief() {
        Ok(brief) => lifecycle::create(&web.cx, &brief).await.map_err(fault_or),
        Err(fault) => Err(Ok(fault)),
    };
    match made {
        Ok(campaign) => {
            let id = campaign.id;
            desk.note(&web, "campaign.create", &id.to_string()).await?;
            let flash = Flash::good("Draft created").with("Nothing is sent until you start it.");
            Ok(go(&web, &format!("/admin/campaigns/{id}"), &flash))
        }
        Err(Ok(fault)) => refused(&web, desk, None, typed, fault).await,
        Err(Err(error)) => Err(error.into()),
    }
}

pub async fn save(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let typed = Typed::of_form(&Form::parse(&body)?);
    let saved = match typed.brief() {
        Ok(brief) => lifecycle::change(&web.cx, id, &brief)
            .await
            .map_err(fault_or),
        Err(fault) => Err(Ok(fault)),
    };
    match saved {
        Ok(()) => {
            desk.note(&web, "campaign.change", &id.to_string()).await?;
            Ok(go(
                &web,
                &format!("/admin/campaigns/{id}"),
                &Flash::good("Saved"),
            ))
        }
        Err(Ok(fault)) => refused(&web, desk, Some(campaign), typed, fault).await,
        Err(Err(error)) => Err(error.into()),
    }
}

/// The field and what is wrong with it, or the error as it is.
fn fault_or(error: CampaignError) -> Result<Fault, CampaignError> {
    match field(&error) {
        Some(field) => Ok((field, sentence(&error.to_string()))),
        None => Err(error),
    }
}

async fn refused(
    web: &Web,
    desk: Desk,
    campaign: Option<Campaign>,
    mut typed: Typed,
    fault: Fault,
) -> Result<Response, Failure> {
    // The words that are at fault must be in sight.
    let tag = fault.0.rsplit_once('_');
    let tag = tag.and_then(|(_, tag)| tag.parse().ok());
    typed.language = tag.unwrap_or(typed.language);
    let html = page(web, desk, campaign, typed, fault, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// The mail as the form stands. Changes nothing, so that viewers may look too.
pub async fn preview(
    State(web): State<Web>,
    _desk: Desk,
    part: Part,
    body: Bytes,
) -> Result<Response, Failure> {
    let typed = Typed::of_form(&Form::parse(&body)?);
    Ok(mail_or_why(rendered(&web, &typed).await?, part))
}

async fn rendered(web: &Web, typed: &Typed) -> Result<MailOrWhy, Failure> {
    let mut typed = typed.clone();
    // A mail is looked at before it has a title.
    if matches!(
        typed.kind,
        ContentKind::Markdown | ContentKind::Mjml | ContentKind::Html
    ) {
        let unnamed = typed
            .texts
            .iter_mut()
            .filter(|text| !text.body.trim().is_empty());
        unnamed
            .filter(|text| text.title.trim().is_empty())
            .for_each(|text| text.title = "Untitled".to_owned());
    }
    let material = match typed.material() {
        Ok(material) => material,
        Err((_, why)) => return Ok(Err(why)),
    };
    let filled = async {
        let content = Content::of_material(&web.cx, &material.tidied()?).await?;
        let layout = layouts::find(&mut web.cx.store.read().await?, &typed.layout).await?;
        let variants = typed.variants.to_vec();
        let language = typed.language;
        previews::of_content(
            &web.cx,
            &typed.subject,
            variants,
            &layout,
            &content,
            language,
        )
        .await
    };
    or_why(filled.await)
}
