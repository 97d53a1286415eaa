//! A campaign's brief: which post goes to which lists, as whom, in which layout.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::campaigns::back;
use super::flash::Flash;
use super::frame::{Desk, show as page};
use crate::audience::manage;
use crate::campaign::CampaignError;
use crate::campaign::lifecycle::{self, Brief, DEFAULT_LAYOUT};
use crate::content::post;
use crate::mail::layout::SHIPPED;
use crate::model::CampaignId;
use crate::model::list::{ListSlug, Slug};
use crate::store::posts::Selection;
use crate::web::form::Form;
use crate::web::{Failure, Web};

/// Posts that the brief offers; older ones are reached from their own page.
const OFFERED_POSTS: i64 = 100;

struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "admin/campaign_edit.html")]
struct BriefPage {
    desk: Desk,
    id: Option<CampaignId>,
    subject: String,
    from: String,
    from_hint: String,
    is_public: bool,
    posts: Vec<Choice>,
    lists: Vec<Choice>,
    layouts: Vec<Choice>,
    error: String,
}

/// The brief as a form holds it.
#[derive(Default)]
struct Fields {
    subject: String,
    post: String,
    lists: Vec<String>,
    from: String,
    layout: String,
    is_public: bool,
}

impl Fields {
    fn of_form(form: &Form) -> Self {
        let text = |name| form.text(name).to_owned();
        Self {
            subject: text("subject"),
            post: text("post"),
            lists: form.all("lists").map(str::to_owned).collect(),
            from: text("from"),
            layout: text("layout"),
            is_public: form.has("is_public"),
        }
    }

    fn brief(&self) -> Result<Brief, CampaignError> {
        let post = self.post.parse::<Slug>();
        Ok(Brief {
            subject: self.subject.clone(),
            post: post.map_err(|_| CampaignError::UnknownPost(self.post.clone()))?,
            lists: self.lists.iter().flat_map(|slug| slug.parse()).collect(),
            from: Some(self.from.trim().to_owned()).filter(|from| !from.is_empty()),
            layout: self.layout.clone(),
            is_public: self.is_public,
        })
    }
}

#[derive(Deserialize)]
pub struct Wanted {
    post: Option<String>,
}

pub async fn new(
    State(web): State<Web>,
    desk: Desk,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    let mut fields = Fields {
        post: wanted.post.unwrap_or_default(),
        layout: DEFAULT_LAYOUT.to_owned(),
        is_public: true,
        ..Fields::default()
    };
    if let Ok(slug) = fields.post.parse()
        && let Some(full) = post::by_slug(&web.cx, &slug).await?
        && let Some(variant) = full.variant(web.cx.config.language)
    {
        fields.subject = variant.title.clone();
    }
    brief_page(&web, desk, None, fields, "").await
}

pub async fn edit(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    let brief = lifecycle::brief_of(&web.cx, id).await?;
    let fields = Fields {
        subject: brief.subject,
        post: brief.post.to_string(),
        lists: brief.lists.iter().map(ListSlug::to_string).collect(),
        from: brief.from.unwrap_or_default(),
        layout: brief.layout,
        is_public: brief.is_public,
    };
    brief_page(&web, desk, Some(id), fields, "").await
}

async fn brief_page(
    web: &Web,
    desk: Desk,
    id: Option<CampaignId>,
    fields: Fields,
    error: &str,
) -> Result<Html<String>, Failure> {
    let selection = Selection {
        language: web.cx.config.language,
        category: None,
        public_at: None,
        offset: 0,
        limit: OFFERED_POSTS,
    };
    let mut posts: Vec<Choice> = post::page(&web.cx, selection)
        .await?
        .into_iter()
        .map(|row| Choice {
            is_chosen: row.post.slug.as_str() == fields.post,
            value: row.post.slug.to_string(),
            label: row.variant.title,
        })
        .collect();
    if !fields.post.is_empty() && !posts.iter().any(|choice| choice.is_chosen) {
        posts.push(Choice {
            value: fields.post.clone(),
            label: fields.post.clone(),
            is_chosen: true,
        });
    }
    let lists = manage::lists(&web.cx).await?;
    page(&BriefPage {
        id,
        posts,
        lists: lists
            .iter()
            .map(|list| Choice {
                value: list.slug.to_string(),
                label: list.name.clone(),
                is_chosen: fields.lists.iter().any(|slug| slug == list.slug.as_str()),
            })
            .collect(),
        layouts: SHIPPED
            .iter()
            .map(|layout| Choice {
                value: layout.name.to_owned(),
                label: layout.name.to_owned(),
                is_chosen: layout.name == fields.layout,
            })
            .collect(),
        subject: fields.subject,
        from: fields.from,
        from_hint: match &web.cx.config.from {
            Some(from) => format!("Empty: {from}"),
            None => "Name <address>".to_owned(),
        },
        is_public: fields.is_public,
        error: error.to_owned(),
        desk,
    })
}

pub async fn create(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    desk.may_edit()?;
    let fields = Fields::of_form(&Form::parse(&body)?);
    let made = match fields.brief() {
        Ok(brief) => lifecycle::create(&web.cx, &brief).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(campaign) => {
            desk.note(&web, "campaign.create", &campaign.id.to_string())
                .await?;
            back(&web, campaign.id, Flash::good("The draft is made"))
        }
        Err(error) => refused(&web, desk, None, fields, error).await,
    }
}

pub async fn change(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let fields = Fields::of_form(&Form::parse(&body)?);
    let changed = match fields.brief() {
        Ok(brief) => lifecycle::change(&web.cx, id, &brief).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => {
            desk.note(&web, "campaign.change", &id.to_string()).await?;
            back(&web, id, Flash::good("Saved"))
        }
        Err(error) => refused(&web, desk, Some(id), fields, error).await,
    }
}

/// The form again, with all that was typed and what is wrong with it.
async fn refused(
    web: &Web,
    desk: Desk,
    id: Option<CampaignId>,
    fields: Fields,
    error: CampaignError,
) -> Result<Response, Failure> {
    let words = error.to_string();
    match Failure::from(error) {
        Failure::Unprocessable(_) => {
            let html = brief_page(web, desk, id, fields, &words).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        failure => Err(failure),
    }
}
