//! Snippets: the list, one snippet in each language, its preview, and what the editor of texts
//! asks for.

mod for_editor;
mod form_input;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::campaign::content::Content;
use crate::campaign::draft::default_layout;
use crate::campaign::layouts;
use crate::campaign::preview::{self as previews, Unsaved};
use crate::content::ContentError;
use crate::content::snippets::{self, FullSnippet, ListedSnippet, Snippet, SnippetChange, Uses};
use crate::model::SnippetId;
use crate::model::campaign::ContentKind;
use crate::model::content::TrashKind;
use crate::model::list::Slug;
use crate::store::campaign_changes::Changed;
use crate::store::campaign_contents::CampaignText;
use crate::web::admin::confirmation::{Confirmation, is_confirmed};
use crate::web::admin::email_preview::{
    Part, READER, email_preview, name_tag, preview_reader, preview_response,
};
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::snippets::form_input::FormInput;
use crate::web::admin::trash::moved_to_trash;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::waiting_campaigns;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/snippets", get(index).post(create))
        .route("/snippets/new", get(new))
        .route("/snippets/preview", post(preview))
        .route("/snippets/choices", get(for_editor::choices))
        .route("/snippets/keep", post(for_editor::keep))
        .route("/snippets/{id}", get(edit).post(change))
        .route("/snippets/{id}/text", get(for_editor::text))
        .route("/snippets/{id}/delete", post(delete))
}

const HOME: &str = "/admin/snippets";

fn path(id: SnippetId) -> String {
    format!("{HOME}/{id}")
}

/// Places that the list names of each snippet; the others are counted.
const SHOWN_USES: usize = 3;

#[derive(Template)]
#[template(path = "admin/snippets.html")]
struct IndexPage {
    viewer: Viewer,
    snippets: Vec<ListedSnippet>,
}

impl IndexPage {
    /// How a snippet begins, in the user's language if it has one.
    fn beginning(&self, one: &ListedSnippet) -> String {
        for_editor::beginning(&one.beginnings, self.viewer.language())
    }

    fn languages(&self, one: &ListedSnippet) -> String {
        let names = one.beginnings.iter().map(|text| text.language.endonym());
        names.collect::<Vec<_>>().join(", ")
    }

    /// Title and path of the first places that show it.
    fn places(&self, uses: &Uses) -> Vec<(String, String)> {
        places(&self.viewer, uses)
            .into_iter()
            .take(SHOWN_USES)
            .collect()
    }

    /// How many more there are.
    fn more(&self, uses: &Uses) -> usize {
        uses.count().saturating_sub(SHOWN_USES)
    }
}

fn places(viewer: &Viewer, uses: &Uses) -> Vec<(String, String)> {
    let posts = uses.posts.iter().map(|post| {
        let said = viewer
            .say("admin-media-use-post")
            .text("title", &post.title);
        (said.to_string(), format!("/admin/posts/{}", post.id))
    });
    let campaigns = uses.campaigns.iter().map(|campaign| {
        let said = viewer
            .say("admin-media-use-campaign")
            .text("subject", &campaign.subject);
        let path = format!("/admin/campaigns/{}", campaign.id);
        (said.to_string(), path)
    });
    let lists = uses.lists.iter().map(|list| {
        let said = viewer
            .say("admin-snippet-use-welcome")
            .text("list", &list.name);
        let path = format!("/admin/lists/{}/welcome", list.slug);
        (said.to_string(), path)
    });
    posts.chain(campaigns).chain(lists).collect()
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        snippets: snippets::all(&web.cx).await?,
        viewer,
    })
}

#[derive(Template)]
#[template(path = "admin/snippet.html")]
struct SnippetPage {
    viewer: Viewer,
    /// `None` for one that is not saved yet.
    stored: Option<Snippet>,
    input: FormInput,
    uses: Uses,
    errors: FormErrors,
}

impl SnippetPage {
    fn path(&self) -> String {
        let stored = self.stored.as_ref();
        stored.map_or_else(|| HOME.to_owned(), |stored| path(stored.id))
    }

    fn preview_path(&self) -> &'static str {
        "/admin/snippets/preview"
    }

    fn places(&self) -> Vec<(String, String)> {
        places(&self.viewer, &self.uses)
    }

    /// The block that shows it, as Markdown.
    fn block(&self) -> String {
        format!(":::snippet name=\"{}\"\n:::", self.input.name)
    }
}

async fn new(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&SnippetPage {
        input: FormInput::new(&web.languages(), web.cx.config().language),
        stored: None,
        uses: Uses::default(),
        errors: FormErrors::default(),
        viewer,
    })
}

async fn find(web: &Web, id: SnippetId) -> Result<FullSnippet, HttpError> {
    let found = snippets::by_id(&web.cx, id).await?;
    found.ok_or(HttpError::NotFound)
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    PathParam(id): PathParam<SnippetId>,
) -> Result<Html<String>, HttpError> {
    let full = find(&web, id).await?;
    render_page(&SnippetPage {
        input: FormInput::of(&web.languages(), &full, viewer.language()),
        uses: snippets::uses(&web.cx, &full.snippet).await?,
        stored: Some(full.snippet),
        errors: FormErrors::default(),
        viewer,
    })
}

async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let input = FormInput::read(&web.languages(), &form);
    let mut errors = FormErrors::default();
    match errors.take("name", input.name.trim().parse::<Slug>()) {
        Some(name) => save(&web, viewer, &form, input, None, &name).await,
        None => refused(&web, viewer, input, None, errors).await,
    }
}

/// A snippet keeps its name: texts know it by that.
async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    PathParam(id): PathParam<SnippetId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let stored = find(&web, id).await?.snippet;
    let mut input = FormInput::read(&web.languages(), &form);
    input.name.clone_from(&stored.name);
    let name: Slug = stored.name.parse().map_err(|_| HttpError::NotFound)?;
    save(&web, viewer, &form, input, Some(stored), &name).await
}

async fn save(
    web: &Web,
    viewer: Viewer,
    form: &Form,
    mut input: FormInput,
    stored: Option<Snippet>,
    name: &Slug,
) -> Result<Response, HttpError> {
    let back = stored
        .as_ref()
        .map_or_else(|| HOME.to_owned(), |stored| path(stored.id));
    let changed = Changed::Snippet(name.as_str());
    if let Some(page) = waiting_campaigns::ask(web, &viewer, form, changed, back).await? {
        return Ok(page);
    }
    let change = SnippetChange {
        texts: input.texts.clone(),
        is_new: stored.is_none(),
        seen: input.seen,
        is_confirmed: is_confirmed(form),
    };
    let mut errors = FormErrors::default();
    match snippets::save(&web.cx, &viewer.actor(), name, change).await {
        Ok(id) => {
            let flash = Flash::good(viewer.t("admin-saved"));
            return Ok(redirect(web, &path(id), &flash));
        }
        Err(ContentError::Snippet { language, fault }) => {
            input.language = language;
            errors.add(&format!("body_{language}"), viewer.explain(fault));
        }
        Err(error @ ContentError::Text(_)) => {
            let field = format!("body_{}", input.language);
            errors.add(&field, viewer.explain(error));
        }
        Err(ContentError::Exists(_)) => {
            errors.add("name", viewer.t("admin-snippet-exists"));
        }
        Err(error @ ContentError::Overtaken) => errors.add(WHOLE, viewer.explain(error)),
        Err(error) => return Err(error.into()),
    }
    refused(web, viewer, input, stored, errors).await
}

async fn refused(
    web: &Web,
    viewer: Viewer,
    input: FormInput,
    stored: Option<Snippet>,
    errors: FormErrors,
) -> Result<Response, HttpError> {
    let uses = match &stored {
        Some(stored) => snippets::uses(&web.cx, stored).await?,
        None => Uses::default(),
    };
    let html = render_page(&SnippetPage {
        viewer,
        stored,
        input,
        uses,
        errors,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    PathParam(id): PathParam<SnippetId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let snippet = find(&web, id).await?.snippet;
    let title = viewer.say("admin-snippet-delete-title");
    let confirmation = Confirmation {
        title: title.text("name", &snippet.name).into(),
        text: viewer.t("admin-snippet-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: path(id),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    snippets::delete(&web.cx, &viewer.actor(), &snippet).await?;
    let flash = moved_to_trash(&viewer, TrashKind::Snippet, id.0, &snippet.name);
    Ok(redirect(&web, HOME, &flash))
}

/// An email with the snippet as entered, in the language shown.
async fn preview(
    State(web): State<Web>,
    viewer: Viewer,
    part: Part,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let input = FormInput::read(&web.languages(), &form);
    let shown = input.texts.iter();
    let mut shown = shown.filter(|text| text.language == input.language);
    let reader = preview_reader(&web, &viewer, form.trimmed(READER)).await?;
    let mail = match (shown.next(), reader) {
        (_, Err(why)) => Err(why),
        (Some(text), Ok(reader)) if !text.body_markdown.trim().is_empty() => {
            let title = match input.name.trim() {
                "" => viewer.t("admin-snippet"),
                name => name.to_owned(),
            };
            let content = Content::Markdown(vec![CampaignText {
                language: text.language,
                title: title.clone(),
                preheader: String::new(),
                body: text.body_markdown.replace("\r\n", "\n"),
            }]);
            let mut db = web.cx.store.read().await?;
            let layout = layouts::find(&mut db, default_layout(ContentKind::Markdown)).await?;
            drop(db);
            let unsaved = Unsaved {
                subject: &title,
                from: None,
                variants: Vec::new(),
                layout: &layout,
                content: &content,
                language: text.language,
            };
            let preview = previews::of_content(&web.cx, unsaved, reader.as_ref()).await;
            email_preview(preview)?
        }
        _ => Err(viewer.t("admin-snippet-no-text")),
    };
    preview_response(&web, &viewer, mail, part).await
}
