//! Revisions of posts and campaigns: what each was when it was saved.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use crate::account::Author;
use crate::campaign::content_spec::ContentSpec;
use crate::campaign::revision::{self as campaign_revision, CampaignRevision};
use crate::campaign::{draft, lifecycle};
use crate::content::post::{self, FullPost, PostDraft};
use crate::content::revision::{self as post_revision, Revision};
use crate::model::CampaignId;
use crate::model::list::Slug;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::posts::Confirm;
use crate::web::api::request::Params;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// What a post or campaign was when it was saved.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Revision)]
pub struct RevisionBody {
    id: i64,
    at: String,
    /// Who saved it; empty where that is not known.
    by: String,
    /// The subject of a campaign; empty for a post.
    subject: String,
    /// Its own texts; none where a campaign shows a post.
    texts: Vec<RevisionText>,
}

/// A text of a revision.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RevisionText {
    language: Language,
    title: String,
    /// The summary of a post, the preheader of a campaign.
    summary: String,
    body: String,
}

impl RevisionBody {
    /// `None` where it is of a form that is no longer read.
    fn of_post(revision: Revision) -> Option<Self> {
        let texts = PostDraft::of_revision(&revision)?.variants.into_iter();
        Some(Self {
            id: revision.id,
            at: revision.at.rfc3339(),
            by: revision.actor,
            subject: String::new(),
            texts: texts
                .map(|text| RevisionText {
                    language: text.language,
                    title: text.title,
                    summary: text.summary,
                    body: text.body_markdown,
                })
                .collect(),
        })
    }

    fn of_campaign(revision: CampaignRevision) -> Option<Self> {
        let draft = campaign_revision::draft_in(&revision)?;
        let texts = match draft.content {
            ContentSpec::Post(_) => Vec::new(),
            ContentSpec::Digest { texts, .. }
            | ContentSpec::Markdown(texts)
            | ContentSpec::Mjml(texts)
            | ContentSpec::Html(texts) => texts,
        };
        Some(Self {
            id: revision.id,
            at: revision.at.rfc3339(),
            by: revision.actor,
            subject: draft.subject,
            texts: texts
                .into_iter()
                .map(|text| RevisionText {
                    language: text.language,
                    title: text.title,
                    summary: text.preheader,
                    body: text.body,
                })
                .collect(),
        })
    }
}

async fn post(web: &Web, slug: &Slug) -> Result<FullPost, HttpError> {
    let found = post::by_slug(&web.cx, slug).await?;
    found.ok_or(HttpError::NotFound)
}

/// List the revisions of a post
///
/// The newest first; the last 100 are kept.
#[utoipa::path(get, path = "/posts/{slug}/revisions", tag = "content", security(("bearer" = [])),
    params(("slug" = String, Path)),
    responses((status = 200, body = Page<RevisionBody>), (status = 404)))]
pub async fn of_post(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<Slug>,
) -> Result<Json<Page<RevisionBody>>, HttpError> {
    let post = post(&web, &slug).await?;
    let all = post_revision::history(&web.cx, post.post.id).await?;
    let all = all.into_iter().filter_map(RevisionBody::of_post).collect();
    Ok(Json(Page::whole(all)))
}

/// Restore a revision of a post
///
/// It becomes a new revision. Whether the post is published does not change.
#[utoipa::path(post, path = "/posts/{slug}/revisions/{revision}/restore", tag = "content",
    security(("bearer" = [])), params(("slug" = String, Path), ("revision" = i64, Path), Confirm),
    responses((status = 204), (status = 404),
              (status = 409, description = "Somebody else has changed it, its former slug is taken, or a campaign that is scheduled or approved would change")))]
pub async fn restore_post(
    caller: Caller,
    State(web): State<Web>,
    PathParam((slug, number)): PathParam<(Slug, i64)>,
    Params(Confirm { confirm }): Params<Confirm>,
) -> Result<StatusCode, HttpError> {
    let current = post(&web, &slug).await?;
    let revision = post_revision::by_id(&web.cx, current.post.id, number).await?;
    let former = revision.as_ref().and_then(PostDraft::of_revision);
    let former = former.ok_or(HttpError::NotFound)?;
    let by = Author::from(&caller.0);
    post::restore(&web.cx, by, &current, former, confirm).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the revisions of a campaign
///
/// The newest first; the last 100 are kept.
#[utoipa::path(get, path = "/campaigns/{id}/revisions", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 200, body = Page<RevisionBody>), (status = 404)))]
pub async fn of_campaign(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Json<Page<RevisionBody>>, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    let all = campaign_revision::history(&web.cx, id).await?;
    let all = all
        .into_iter()
        .filter_map(RevisionBody::of_campaign)
        .collect();
    Ok(Json(Page::whole(all)))
}

/// Restore a revision of a campaign
///
/// It becomes a new revision.
#[utoipa::path(post, path = "/campaigns/{id}/revisions/{revision}/restore", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path), ("revision" = i64, Path)),
    responses((status = 204), (status = 404),
              (status = 409, description = "It has started, or somebody else has changed it"),
              (status = 422, description = "What it names is gone: a list, a layout, its post")))]
pub async fn restore_campaign(
    caller: Caller,
    State(web): State<Web>,
    PathParam((id, number)): PathParam<(CampaignId, i64)>,
) -> Result<StatusCode, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    let revision = campaign_revision::by_id(&web.cx, id, number).await?;
    let former = revision.as_ref().and_then(campaign_revision::draft_in);
    let former = former.ok_or(HttpError::NotFound)?;
    let seen = draft::edit_count(&web.cx, id).await?;
    draft::change(&web.cx, &caller.actor(), id, &former, Some(seen)).await?;
    Ok(StatusCode::NO_CONTENT)
}
