//! API tokens: those of whoever is signed in; owners see everybody's.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, go, show};
use super::question::Question;
use crate::account::people;
use crate::model::line::Title;
use crate::model::user::Scope;
use crate::model::{TokenId, UserId};
use crate::store::people::Token;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new()
        .route("/tokens", get(index).post(make))
        .route("/tokens/{id}/revoke", post(revoke))
}

const HOME: &str = "/admin/tokens";

#[derive(Template)]
#[template(path = "admin/tokens.html")]
struct IndexPage {
    desk: Desk,
    tokens: Vec<Token>,
    /// The secret of a token just made: it is shown here and never again.
    secret: String,
    called: String,
    errors: Errors,
}

/// Whose tokens somebody sees and may revoke.
fn reach(desk: &Desk) -> Option<UserId> {
    match desk.user.role.may_administer() {
        true => None,
        false => Some(desk.user.id),
    }
}

async fn index(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    let tokens = people::tokens(&web.cx, reach(&desk)).await?;
    show(&IndexPage {
        desk,
        tokens,
        secret: String::new(),
        called: String::new(),
        errors: Errors::default(),
    })
}

async fn make(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let mut errors = Errors::default();
    let name = errors.take("name", Title::parse(form.text("name")));
    let scope = errors.take("scope", form.text("scope").parse::<Scope>());
    let (status, secret) = match (&name, scope) {
        (Some(name), Some(scope)) => {
            let made = people::make_token(&web.cx, desk.user.id, name.as_str(), scope).await?;
            desk.note(&web, "token.add", &format!("{name} {scope}"))
                .await?;
            (StatusCode::CREATED, made.reveal().to_owned())
        }
        _ => (StatusCode::UNPROCESSABLE_ENTITY, String::new()),
    };
    let html = show(&IndexPage {
        tokens: people::tokens(&web.cx, reach(&desk)).await?,
        called: match secret.is_empty() {
            true => form.text("name").to_owned(),
            false => String::new(),
        },
        desk,
        secret,
        errors,
    })?;
    Ok((status, html).into_response())
}

async fn revoke(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<i64>,
    body: Bytes,
) -> Result<Response, Failure> {
    let reach = reach(&desk);
    let all = people::tokens(&web.cx, reach).await?;
    let token = all.into_iter().find(|token| token.id == TokenId(id));
    let token = token.ok_or(Failure::NotFound)?;
    let question = Question {
        title: format!("Revoke {}?", called(&token)),
        text: "Programs that use it are refused from now on.".to_owned(),
        yes: "Revoke",
        no: "Keep",
        back: HOME.to_owned(),
    };
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    people::revoke(&web.cx, token.id, reach).await?;
    let subject = format!("{} of {}", called(&token), token.email);
    desk.note(&web, "token.revoke", &subject).await?;
    Ok(go(&web, HOME, &Flash::good("Revoked")))
}

/// A token's name; those made on the command line have none.
fn called(token: &Token) -> String {
    match token.name.is_empty() {
        true => format!("token {}", token.id),
        false => token.name.clone(),
    }
}
