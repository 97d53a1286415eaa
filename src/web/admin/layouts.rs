//! Layouts: edit, copy, restore.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::campaign::content::Content;
use crate::campaign::filled::PreviewReader;
use crate::campaign::inspection::{Preview, Source};
use crate::campaign::layouts::{self, KnownLayout};
use crate::campaign::preview::{self as previews, Unsaved};
use crate::campaign::{CampaignError, test_email};
use crate::content::post as posts;
use crate::mail::layout::Layout;
use crate::model::audit::AuditAction;
use crate::model::content::TrashKind;
use crate::model::list::Slug;
use crate::store::campaign_changes::Changed;
use crate::store::campaign_contents::CampaignText;
use crate::store::posts::PostFilter;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::email_preview::{
    EmailPreview, Part, READER, email_preview, preview_reader, preview_response, test_order,
    test_refusal,
};
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::trash::moved_to_trash;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::waiting_campaigns;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/layouts", get(index).post(copy))
        .route("/layouts/{name}", get(edit).post(save))
        .route("/layouts/{name}/preview", post(preview))
        .route("/layouts/{name}/restore", post(restore))
}

const HOME: &str = "/admin/layouts";

fn path(name: &str) -> String {
    format!("{HOME}/{name}")
}

#[derive(Template)]
#[template(path = "admin/layouts.html")]
struct IndexPage {
    viewer: Viewer,
    layouts: Vec<KnownLayout>,
    called: String,
    from: String,
    errors: FormErrors,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        layouts: layouts::all(&web.cx).await?,
        called: String::new(),
        from: String::new(),
        errors: FormErrors::default(),
        viewer,
    })
}

async fn copy(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    let name = errors.take("name", form.trimmed("name").parse::<Slug>());
    if let Some(name) = name {
        match layouts::copy(&web.cx, &viewer.actor(), form.text("from"), &name).await {
            Ok(()) => {
                let flash = Flash::good(viewer.t("admin-layout-created"));
                return Ok(redirect(&web, &path(name.as_str()), &flash));
            }
            Err(error @ CampaignError::LayoutExists) => errors.add("name", error),
            Err(error @ CampaignError::UnknownLayout(_)) => errors.add("from", error),
            Err(error) => return Err(error.into()),
        }
    }
    let html = render_page(&IndexPage {
        layouts: layouts::all(&web.cx).await?,
        called: form.text("name").to_owned(),
        from: form.text("from").to_owned(),
        errors,
        viewer,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

#[derive(Template)]
#[template(path = "admin/layout.html")]
struct LayoutPage {
    viewer: Viewer,
    known: KnownLayout,
    mjml: String,
    errors: FormErrors,
}

impl LayoutPage {
    fn preview_path(&self) -> String {
        format!("{}/preview", path(&self.known.layout.name))
    }

    fn is_transactional(&self) -> bool {
        layouts::is_transactional(&self.known.layout.name)
    }

    fn can_change(&self) -> bool {
        self.viewer.can_edit()
            && layouts::may_change(self.viewer.user.role, &self.known.layout.name).is_ok()
    }

    fn restore_question(&self) -> String {
        if self.known.is_shipped {
            self.viewer.t("admin-layout-restore-text")
        } else {
            self.viewer.t("admin-layout-delete-text")
        }
    }
}

async fn find(web: &Web, name: &str) -> Result<KnownLayout, HttpError> {
    let known = layouts::by_name(&web.cx, name).await?;
    known.ok_or(HttpError::NotFound)
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    Path(name): Path<String>,
) -> Result<Html<String>, HttpError> {
    let known = find(&web, &name).await?;
    render_page(&LayoutPage {
        mjml: known.layout.mjml.to_string(),
        errors: FormErrors::default(),
        known,
        viewer,
    })
}

async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    layouts::may_change(viewer.user.role, &name)?;
    let known = find(&web, &name).await?;
    let form = Form::parse(&body)?;
    let (changed, back) = (Changed::Layout(&name), path(&name));
    if let Some(page) = waiting_campaigns::ask(&web, &viewer, &form, changed, back).await? {
        return Ok(page);
    }
    let name: Slug = name.parse().map_err(|_| HttpError::NotFound)?;
    match layouts::save(&web.cx, &viewer.actor(), &name, form.text("mjml")).await {
        Ok(()) => {
            let flash = match form.text("action") {
                "test" => test_flash(&web, &viewer, &name, &form).await?,
                _ => Flash::good(viewer.t("admin-saved")).with(viewer.t("admin-layout-saved-next")),
            };
            Ok(redirect(&web, &path(name.as_str()), &flash))
        }
        Err(CampaignError::Layout(error)) => {
            let mut errors = FormErrors::default();
            errors.add("mjml", error);
            let html = render_page(&LayoutPage {
                mjml: form.text("mjml").to_owned(),
                errors,
                known,
                viewer,
            })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Sends the newest post in the saved layout as a test, and what the page then says.
async fn test_flash(
    web: &Web,
    viewer: &Viewer,
    name: &Slug,
    form: &Form,
) -> Result<Flash, HttpError> {
    let not_sent = |why| Flash::bad(viewer.t("admin-post-not-tested")).with(why);
    let order = match test_order(web, viewer, form).await? {
        Ok(order) => order,
        Err(why) => return Ok(not_sent(why)),
    };
    let layout = Layout {
        name: name.to_string().into(),
        mjml: form.text("mjml").replace("\r\n", "\n").into(),
    };
    match rendered(web, viewer, &layout, order.reader.as_ref()).await? {
        Ok(preview) => {
            let subject = PreviewReader::subject(order.reader.as_ref(), name);
            let what = (AuditAction::EmailTest, subject);
            let by = viewer.actor();
            let sent = test_email::queue(&web.cx, &by, what, &order.to, vec![preview]).await;
            if let Err(error) = sent {
                return Ok(not_sent(test_refusal(viewer, error)?));
            }
            let tested = viewer.say("admin-post-tested");
            Ok(Flash::good(viewer.t("admin-saved")).with(tested.text("email", order.to.listed())))
        }
        Err(why) => Ok(not_sent(viewer.explain(why))),
    }
}

async fn restore(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    layouts::may_change(viewer.user.role, &name)?;
    let page = LayoutPage {
        known: find(&web, &name).await?,
        mjml: String::new(),
        errors: FormErrors::default(),
        viewer: viewer.clone(),
    };
    let is_shipped = page.known.is_shipped;
    let (title, yes) = if is_shipped {
        ("admin-layout-restore-title", "admin-layout-restore")
    } else {
        ("admin-layout-delete-title", "admin-delete")
    };
    let confirmation = Confirmation {
        title: viewer.t(title),
        text: page.restore_question(),
        yes: viewer.t(yes),
        no: viewer.t("admin-cancel"),
        back: path(&name),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let row = match layouts::drop_changes(&web.cx, &viewer.actor(), &name).await {
        Err(error @ CampaignError::LayoutInUse(_)) => {
            return Err(HttpError::Conflict(error.to_string()));
        }
        other => other?,
    };
    let moved = |id| moved_to_trash(&viewer, TrashKind::Layout, id, &name);
    let mut flash = row.map_or_else(|| Flash::good(viewer.t("admin-done")), moved);
    if !is_shipped {
        return Ok(redirect(&web, HOME, &flash));
    }
    flash.title = viewer.t("admin-layout-restored");
    Ok(redirect(&web, &path(&name), &flash))
}

/// The newest post in the layout as entered.
async fn preview(
    State(web): State<Web>,
    viewer: Viewer,
    Path(name): Path<String>,
    part: Part,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let layout = Layout {
        name: name.into(),
        mjml: form.text("mjml").replace("\r\n", "\n").into(),
    };
    let mail = match preview_reader(&web, &viewer, form.trimmed(READER)).await? {
        Ok(reader) => rendered(&web, &viewer, &layout, reader.as_ref()).await?,
        Err(why) => Err(why),
    };
    preview_response(&web, &viewer, mail, part).await
}

async fn rendered(
    web: &Web,
    wording: &Wording,
    layout: &Layout,
    reader: Option<&PreviewReader>,
) -> Result<EmailPreview, HttpError> {
    let newest = PostFilter {
        limit: 1,
        ..PostFilter::default()
    };
    let newest = posts::for_admin(&web.cx, newest).await?.into_iter().next();
    let post = match newest {
        Some(row) => posts::by_id(&web.cx, row.post.id).await?,
        None => None,
    };
    let content = post.map_or_else(|| Content::Markdown(vec![sample(wording)]), Content::Post);
    let unsaved = Unsaved {
        subject: &wording.t("admin-layout-sample-subject"),
        from: None,
        variants: Vec::new(),
        layout,
        content: &content,
        language: wording.language(),
    };
    let preview = previews::of_content(&web.cx, unsaved, reader).await;
    // What is being written is the layout.
    email_preview(preview.map(|preview| Preview {
        source: Source::Design(layout.mjml.to_string()),
        ..preview
    }))
}

/// The content of the preview while there is no post.
fn sample(wording: &Wording) -> CampaignText {
    CampaignText {
        language: wording.language(),
        title: wording.t("admin-layout-sample-title"),
        preheader: wording.t("admin-layout-sample-preheader"),
        body: wording.t("admin-layout-sample-body"),
    }
}
