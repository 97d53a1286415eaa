//! The comments on a post or campaign: its blocks with the threads on each.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::comments::{self, Block, CommentError, On, Thread, Threads};
use crate::document::shown;
use crate::model::CommentId;
use crate::model::shared_text::SharedText;
use crate::render::{self, Budget};
use crate::store::comments::Comment;
use crate::text::locale::Language;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// What the page is about.
pub struct About {
    pub text: SharedText,
    /// The title of the post or the subject of the campaign.
    pub title: String,
    /// The list that it is in: path and name.
    pub within: (&'static str, String),
    /// Its blocks in every language.
    pub blocks: Vec<Block>,
}

impl About {
    fn path(&self) -> String {
        self.text.path()
    }
}

/// A block with the threads on it.
struct Row {
    /// Names the form below it.
    target: String,
    block: Block,
    html: String,
    threads: Vec<Thread>,
}

struct Section {
    language: Language,
    rows: Vec<Row>,
}

/// A comment that could not be written: where, and what was typed.
#[derive(Default)]
struct Typed {
    target: String,
    text: String,
}

#[derive(Template)]
#[template(path = "admin/together/comments.html")]
struct CommentsPage {
    viewer: Viewer,
    about: About,
    sections: Vec<Section>,
    whole: Vec<Thread>,
    lost: Vec<Thread>,
    errors: FormErrors,
    typed: Typed,
}

impl CommentsPage {
    /// What was typed into a form that came back.
    fn text_of(&self, target: &str) -> &str {
        if self.typed.target == target {
            &self.typed.text
        } else {
            ""
        }
    }

    fn is_open(&self, target: &str) -> bool {
        self.typed.target == target
    }

    fn who(&self, author: Option<&String>) -> String {
        match author {
            Some(email) => email.clone(),
            None => self.viewer.t("admin-comment-former-user"),
        }
    }

    fn is_own(&self, comment: &Comment) -> bool {
        comment.author_id == Some(self.viewer.user.id) && !comment.text.is_empty()
    }
}

/// Shows the comments.
pub async fn show(web: &Web, viewer: Viewer, about: About) -> Result<Response, HttpError> {
    let page = page(web, viewer, about, FormErrors::default(), Typed::default()).await?;
    Ok(page.into_response())
}

async fn page(
    web: &Web,
    viewer: Viewer,
    mut about: About,
    errors: FormErrors,
    typed: Typed,
) -> Result<Html<String>, HttpError> {
    let blocks = std::mem::take(&mut about.blocks);
    let Threads {
        on_blocks,
        on_whole: whole,
        lost,
    } = comments::threads(&web.cx, about.text, &blocks).await?;
    let work = {
        let blocks = blocks.clone();
        move || {
            let all = blocks.iter();
            all.map(|block| shown::piece(block.notation, &block.text))
                .collect::<Vec<_>>()
        }
    };
    let html = render::run(Budget::Interactive, work).await;
    let html = html.map_err(|_| HttpError::Unavailable)?;
    let mut rows: Vec<Row> = blocks
        .into_iter()
        .zip(html)
        .map(|(block, html)| Row {
            target: target(&block),
            block,
            html,
            threads: Vec::new(),
        })
        .collect();
    for (place, thread) in on_blocks {
        if let Some(row) = rows.get_mut(place) {
            row.threads.push(thread);
        }
    }
    let mut sections: Vec<Section> = Vec::new();
    for row in rows {
        let language = row.block.language;
        match sections.last_mut().filter(|one| one.language == language) {
            Some(section) => section.rows.push(row),
            None => sections.push(Section {
                language,
                rows: vec![row],
            }),
        }
    }
    render_page(&CommentsPage {
        viewer,
        about,
        sections,
        whole,
        lost,
        errors,
        typed,
    })
}

fn target(block: &Block) -> String {
    format!("block-{}-{}-{}", block.language, block.at, block.digest)
}

/// Does what the pressed button says: a comment, an answer, resolving, opening again, deleting.
pub async fn change(
    web: &Web,
    viewer: Viewer,
    about: About,
    form: &Form,
) -> Result<Response, HttpError> {
    let user = (&viewer.user).into();
    let number = |field: &str| {
        let number = form.text(field).parse::<i64>();
        number.map(CommentId).map_err(|_| HttpError::NotFound)
    };
    let text = about.text;
    let to_comment = form.text("target");
    if form.text("action") == "delete" {
        let question = Confirmation {
            title: viewer.t("admin-comment-delete-title"),
            text: viewer.t("admin-comment-delete-text"),
            yes: viewer.t("admin-comment-delete"),
            no: viewer.t("admin-cancel"),
            back: format!("{}/comments", about.path()),
            choice: None,
        };
        if let Some(page) = question.unless_confirmed(&viewer, form)? {
            return Ok(page);
        }
    }
    let done = match form.text("action") {
        "resolve" => comments::resolve(&web.cx, user, text, number("thread")?, true)
            .await
            .map(|()| "admin-comment-resolved-done"),
        "reopen" => comments::resolve(&web.cx, user, text, number("thread")?, false)
            .await
            .map(|()| "admin-comment-reopened"),
        "delete" => comments::delete(&web.cx, user, text, number("comment")?)
            .await
            .map(|()| "admin-comment-deleted-done"),
        _ => {
            let mut blocks = about.blocks.iter();
            let on = if form.has("thread") {
                Ok(On::Thread(number("thread")?))
            } else if to_comment == "whole" {
                Ok(On::Whole)
            } else {
                let block = blocks.find(|block| target(block) == to_comment);
                block.map(On::Block).ok_or(CommentError::Changed)
            };
            match on {
                Ok(on) => {
                    let (about, typed) = ((text, about.title.as_str()), form.text("text"));
                    comments::add(&web.cx, user, about, on, typed)
                        .await
                        .map(|_| "admin-comment-added")
                }
                Err(error) => Err(error),
            }
        }
    };
    match done {
        Ok(said) => {
            let path = format!("{}/comments", about.path());
            Ok(redirect(web, &path, &Flash::good(viewer.t(said))))
        }
        Err(CommentError::NotFound) => Err(HttpError::NotFound),
        Err(CommentError::Store(error)) => Err(error.into()),
        Err(error) => {
            let errors = FormErrors::one(WHOLE, &viewer.explain(error));
            let typed = Typed {
                target: to_comment.to_owned(),
                text: form.text("text").to_owned(),
            };
            let html = page(web, viewer, about, errors, typed).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}
