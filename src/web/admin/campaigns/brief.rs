//! What a campaign is made of: subject, post, lists, layout, sender.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::super::flash::Flash;
use super::super::frame::{Desk, go, sentence, show};
use crate::audience::manage;
use crate::campaign::lifecycle::{self, Brief, DEFAULT_LAYOUT};
use crate::campaign::{CampaignError, report};
use crate::content::post as posts;
use crate::mail::layout::SHIPPED;
use crate::model::CampaignId;
use crate::store::campaigns::Campaign;
use crate::store::lists::List;
use crate::store::posts::{DeskRow, DeskSelection};
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};

/// How many posts the form offers: the newest.
const OFFERED: i64 = 100;

/// What the form holds.
#[derive(Debug, Default)]
struct Typed {
    subject: String,
    post: String,
    lists: Vec<String>,
    layout: String,
    from: String,
    is_public: bool,
}

impl Typed {
    fn of_form(form: &Form) -> Self {
        Self {
            subject: form.text("subject").to_owned(),
            post: form.text("post").to_owned(),
            lists: form.all("lists").map(str::to_owned).collect(),
            layout: form.text("layout").to_owned(),
            from: form.text("from").to_owned(),
            is_public: form.has("is_public"),
        }
    }

    fn brief(&self) -> Result<Brief, (&'static str, String)> {
        let post = self.post.parse();
        let lists: Result<Vec<_>, _> = self.lists.iter().map(|slug| slug.parse()).collect();
        Ok(Brief {
            subject: self.subject.clone(),
            post: post.map_err(|_| ("post", "Choose a post.".to_owned()))?,
            lists: lists.map_err(|_| ("lists", "Choose among these lists.".to_owned()))?,
            from: Some(self.from.clone()).filter(|from| !from.trim().is_empty()),
            layout: self.layout.clone(),
            is_public: self.is_public,
        })
    }

    fn has(&self, list: &List) -> bool {
        self.lists.iter().any(|slug| slug == list.slug.as_str())
    }
}

/// The field that an error is about; empty for none.
fn field(error: &CampaignError) -> Option<&'static str> {
    match error {
        CampaignError::Subject(_) => Some("subject"),
        CampaignError::UnknownPost(_) | CampaignError::NoPost => Some("post"),
        CampaignError::UnknownList(_) | CampaignError::NoList => Some("lists"),
        CampaignError::UnknownLayout(_) => Some("layout"),
        CampaignError::From(_) => Some("from"),
        _ => None,
    }
}

#[derive(Template)]
#[template(path = "admin/campaigns/brief.html")]
struct BriefPage {
    desk: Desk,
    /// The campaign to change; `None` for a new one.
    campaign: Option<Campaign>,
    typed: Typed,
    error: (&'static str, String),
    posts: Vec<DeskRow>,
    lists: Vec<List>,
    default_from: String,
}

impl BriefPage {
    fn error(&self, field: &str) -> &str {
        let (name, error) = &self.error;
        if *name == field { error } else { "" }
    }

    fn path(&self) -> String {
        match &self.campaign {
            Some(campaign) => format!("/admin/campaigns/{}/edit", campaign.id),
            None => "/admin/campaigns".to_owned(),
        }
    }

    fn sender_hint(&self) -> String {
        match self.default_from.as_str() {
            "" => "Such as: Embassy news <news@embassy.example>.".to_owned(),
            from => format!("Empty: {from}."),
        }
    }
}

async fn page(
    web: &Web,
    desk: Desk,
    campaign: Option<Campaign>,
    typed: Typed,
    error: (&'static str, String),
) -> Result<Html<String>, Failure> {
    let selection = DeskSelection {
        limit: OFFERED,
        ..DeskSelection::default()
    };
    show(&BriefPage {
        desk,
        campaign,
        typed,
        error,
        posts: posts::for_desk(&web.cx, selection).await?,
        lists: manage::lists(&web.cx).await?,
        default_from: web.cx.config.from.clone().unwrap_or_default(),
    })
}

#[derive(Deserialize)]
pub struct From {
    post: Option<String>,
}

pub async fn blank(
    State(web): State<Web>,
    desk: Desk,
    Query(from): Query<From>,
) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    let mut typed = Typed {
        layout: DEFAULT_LAYOUT.to_owned(),
        is_public: true,
        ..Typed::default()
    };
    if let Some(slug) = from.post.as_deref().and_then(|slug| slug.parse().ok())
        && let Some(post) = posts::by_slug(&web.cx, &slug).await?
    {
        let variant = post.variant(Language::En);
        typed.subject = variant.map_or_else(String::new, |variant| variant.title.clone());
        typed.post = slug.to_string();
    }
    page(&web, desk, None, typed, ("", String::new())).await
}

pub async fn edit(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    if !campaign.state.is_editable() {
        return Err(CampaignError::Started.into());
    }
    let brief = lifecycle::brief_of(&web.cx, id).await;
    let typed = Typed {
        subject: campaign.subject.clone(),
        post: brief.map_or_else(|_| String::new(), |brief| brief.post.to_string()),
        lists: report::lists(&web.cx, id)
            .await?
            .into_iter()
            .map(String::from)
            .collect(),
        layout: campaign.layout.clone(),
        from: campaign.from_mailbox.clone().unwrap_or_default(),
        is_public: campaign.is_public,
    };
    page(&web, desk, Some(campaign), typed, ("", String::new())).await
}

pub async fn create(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    desk.may_edit()?;
    let typed = Typed::of_form(&Form::parse(&body)?);
    let made = match typed.brief() {
        Ok(brief) => lifecycle::create(&web.cx, &brief).await.map_err(field_or),
        Err((field, error)) => Err(Ok((field, error))),
    };
    match made {
        Ok(campaign) => {
            let id = campaign.id;
            desk.note(&web, "campaign.create", &id.to_string()).await?;
            let flash =
                Flash::good("The draft is made").with("Nothing goes out before you start it.");
            Ok(go(&web, &format!("/admin/campaigns/{id}"), &flash))
        }
        Err(Ok(error)) => refused(&web, desk, None, typed, error).await,
        Err(Err(error)) => Err(error.into()),
    }
}

pub async fn save(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let typed = Typed::of_form(&Form::parse(&body)?);
    let saved = match typed.brief() {
        Ok(brief) => lifecycle::change(&web.cx, id, &brief)
            .await
            .map_err(field_or),
        Err((field, error)) => Err(Ok((field, error))),
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
        Err(Ok(error)) => refused(&web, desk, Some(campaign), typed, error).await,
        Err(Err(error)) => Err(error.into()),
    }
}

/// The field and what is wrong with it, or the error as it is.
fn field_or(error: CampaignError) -> Result<(&'static str, String), CampaignError> {
    match field(&error) {
        Some(field) => Ok((field, sentence(&error.to_string()))),
        None => Err(error),
    }
}

async fn refused(
    web: &Web,
    desk: Desk,
    campaign: Option<Campaign>,
    typed: Typed,
    error: (&'static str, String),
) -> Result<Response, Failure> {
    let html = page(web, desk, campaign, typed, error).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
