//! The columns of the table of subscribers, the views that are kept by name, and what the table
//! shows as a file.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::audience::subscriber_views::{self, ViewFields};
use crate::audience::{AudienceError, subscriber_export};
use crate::model::SubscriberViewId;
use crate::model::audit::AuditAccess;
use crate::model::subscriber_column::Columns;
use crate::store::subscriber_views::SubscriberView;
use crate::text::line::Title;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::subscriber_filter::{SubscriberFilter, view_path};
use crate::web::admin::subscriber_table::{HOME, Table, ViewForm, columns};
use crate::web::admin::subscribers::bulk::back;
use crate::web::admin::subscribers::list::IndexPage;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::attachment::attachment;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// Sets the columns of the view that is open, where the user may change it; otherwise of their
/// own table.
pub async fn set_columns(
    State(web): State<Web>,
    viewer: Viewer,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let mut filter = SubscriberFilter::parse(form.text("filter"))?;
    let columns = Columns::of(form.all("column"));
    let view = match filter.view() {
        Some(id) => subscriber_views::by_id(&web.cx, viewer.user.id, id).await?,
        None => None,
    };
    match view.filter(|view| may_change(&viewer, view)) {
        Some(view) => {
            let fields = ViewFields {
                name: Title::parse(&view.name).map_err(|_| HttpError::Internal)?,
                is_shared: view.owner_id.is_none(),
                query: view.query,
                columns,
            };
            let who = (&viewer.actor(), viewer.user.id);
            subscriber_views::save(&web.cx, who, Some(view.id), &fields).await?;
        }
        None => {
            filter.view = String::new();
            subscriber_views::set_columns(&web.cx, viewer.user.id, &columns).await?;
        }
    }
    let flash = Flash::good(viewer.t("admin-saved"));
    Ok(redirect(&web, &back(&form, &filter), &flash))
}

/// Everybody whom the filter finds, with the columns of the table, as CSV.
pub async fn export(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Query(filter): Query<SubscriberFilter>,
) -> Result<Response, HttpError> {
    let search = filter
        .search(&web, &viewer.access)
        .await?
        .ok_or(HttpError::NotFound)?;
    let columns = columns(&web, &viewer, &filter).await?;
    // Not what was searched for: it may be somebody's address, and the log outlives an erasure.
    let by = SubscriberFilter {
        q: String::new(),
        ..filter
    };
    let by = by.query(by.sort());
    viewer
        .note(&web, AuditAccess::SubscribersExport, &by)
        .await?;
    let pieces = subscriber_export::stream(&web.cx, search, columns);
    Ok(attachment(
        "text/csv; charset=utf-8",
        "subscribers.csv",
        pieces,
    ))
}

/// Keeps what the table shows as a new view.
pub async fn create(
    State(web): State<Web>,
    viewer: Viewer,
    body: Bytes,
) -> Result<Response, HttpError> {
    save(&web, viewer, &Form::parse(&body)?, None).await
}

/// Changes a view: its name, whose it is, and what it shows.
pub async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<SubscriberViewId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let view = changeable(&web, &viewer, id).await?;
    save(&web, viewer, &Form::parse(&body)?, Some(view)).await
}

pub async fn delete(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<SubscriberViewId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let view = changeable(&web, &viewer, id).await?;
    let confirmation = Confirmation {
        title: viewer
            .say("admin-delete-question")
            .text("name", &view.name)
            .into(),
        text: viewer.t("admin-subscribers-view-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: view_path(&view),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    subscriber_views::delete(&web.cx, &viewer.actor(), &view).await?;
    let flash = Flash::good(viewer.say("admin-deleted-name").text("name", &view.name));
    Ok(redirect(&web, HOME, &flash))
}

/// Their own, and the team's where they may edit.
fn may_change(viewer: &Viewer, view: &SubscriberView) -> bool {
    view.owner_id.is_some() || viewer.can_edit()
}

/// A view that the user may change.
async fn changeable(
    web: &Web,
    viewer: &Viewer,
    id: SubscriberViewId,
) -> Result<SubscriberView, HttpError> {
    let view = subscriber_views::by_id(&web.cx, viewer.user.id, id).await?;
    let view = view.ok_or(HttpError::NotFound)?;
    if may_change(viewer, &view) {
        Ok(view)
    } else {
        Err(HttpError::Forbidden(NOT_SHARED))
    }
}

/// What a viewer is told.
const NOT_SHARED: &str = "your role can keep views of your own, but not change those of the team";

async fn save(
    web: &Web,
    viewer: Viewer,
    form: &Form,
    known: Option<SubscriberView>,
) -> Result<Response, HttpError> {
    let mut filter = SubscriberFilter::parse(form.text("filter"))?;
    if let Some(view) = &known {
        filter.view = view.id.to_string();
    }
    let is_shared = form.has("shared");
    if is_shared && !viewer.can_edit() {
        return Err(HttpError::Forbidden(NOT_SHARED));
    }
    let mut errors = FormErrors::default();
    let name = errors.take("name", Title::parse(form.text("name")));
    if let Some(name) = name {
        let fields = ViewFields {
            name,
            is_shared,
            query: filter.kept(),
            columns: columns(web, &viewer, &filter).await?,
        };
        let who = (&viewer.actor(), viewer.user.id);
        let id = known.as_ref().map(|view| view.id);
        match subscriber_views::save(&web.cx, who, id, &fields).await {
            Ok(id) => {
                let view = subscriber_views::by_id(&web.cx, viewer.user.id, id).await?;
                let path = view.map_or_else(|| HOME.to_owned(), |view| view_path(&view));
                let flash = Flash::good(viewer.t("admin-saved"));
                return Ok(redirect(web, &path, &flash));
            }
            Err(error @ (AudienceError::Exists(_) | AudienceError::TooManyViews)) => {
                errors.add("name", error);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let mut table = Table::find(web, &viewer, HOME, filter).await?;
    table.view_form = ViewForm {
        name: form.text("name").to_owned(),
        is_shared,
        error: viewer.explain(errors.at("name")),
        changes: known.is_some(),
    };
    let html = render_page(&IndexPage { viewer, table })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
