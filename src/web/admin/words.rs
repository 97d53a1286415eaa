//! Words: what visitors and subscribers read, in place of the shipped phrases,
//! on every list or on one.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, Editor, go, show};
use super::mail_view::{Part, mail_or_why};
use super::question::Question;
use crate::audience::manage;
use crate::content::text_overrides::{self, GROUPS, Group, Phrase};
use crate::delivery::letters;
use crate::model::notice::NoticeKind;
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::text::phrases::{EVERYWHERE, Phrases};
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new()
        .route("/words", get(edit).post(save))
        .route("/words/preview", post(preview))
        .route("/words/restore", post(restore))
}

const HOME: &str = "/admin/words";

/// Which words: of which pages or mail, on which list, in which language.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    group: String,
    list: String,
    language: Option<Language>,
}

impl Wanted {
    fn of_form(form: &Form) -> Self {
        Self {
            group: form.text("group").to_owned(),
            list: form.text("list").to_owned(),
            language: form.text("language").parse().ok(),
        }
    }
}

/// What was wanted, found.
struct Place {
    group: Group,
    list: Option<List>,
    language: Language,
    lists: Vec<List>,
}

impl Place {
    async fn find(web: &Web, wanted: &Wanted) -> Result<Self, Failure> {
        let group = match wanted.group.as_str() {
            "" => GROUPS[0],
            name => Group::by_name(name).ok_or(Failure::NotFound)?,
        };
        let lists = manage::lists(&web.cx).await?;
        let list = match wanted.list.as_str() {
            "" => None,
            slug => {
                let found = lists.iter().find(|list| list.slug.as_str() == slug);
                Some(found.cloned().ok_or(Failure::NotFound)?)
            }
        };
        Ok(Self {
            list: list.filter(|_| group.is_of_lists),
            group,
            language: wanted.language.unwrap_or(web.cx.config.language),
            lists,
        })
    }

    fn list_id(&self) -> i64 {
        self.list.as_ref().map_or(EVERYWHERE, |list| list.id.0)
    }

    fn slug(&self) -> &str {
        self.list.as_ref().map_or("", |list| list.slug.as_str())
    }

    fn address(&self, group: &str, list: &str, language: &Language) -> String {
        format!("{HOME}?group={group}&list={list}&language={language}")
    }

    fn here(&self) -> String {
        self.address(self.group.name, self.slug(), &self.language)
    }

    /// The kind of mail that the words are of, where they are of one.
    fn mail(&self) -> Option<NoticeKind> {
        match self.group.name {
            "confirm-mail" => Some(NoticeKind::Confirmation),
            "welcome-mail" => Some(NoticeKind::Welcome),
            "already-mail" => Some(NoticeKind::AlreadySubscribed),
            _ => None,
        }
    }

    /// The page to see them on, where it is open to everybody.
    fn page(&self) -> Option<String> {
        let path = match self.group.name {
            "join" | "errors" => "join",
            "site" => "",
            _ => return None,
        };
        Some(format!("/{}/{path}", self.language))
    }
}

#[derive(Template)]
#[template(path = "admin/words.html")]
struct WordsPage {
    desk: Desk,
    place: Place,
    phrases: Vec<Phrase>,
    errors: Errors,
}

impl WordsPage {
    fn rows(&self, phrase: &Phrase) -> usize {
        let lines = phrase.text.lines().count();
        let long = phrase.text.chars().count() / 60 + 1;
        lines.max(long).clamp(1, 10)
    }

    /// A key as a reader understands it: without what all of its group begin with.
    fn called(&self, phrase: &Phrase) -> String {
        let mut name = phrase.key.as_str();
        for start in ["mail-confirm-", "mail-welcome-", "mail-already-", "mail-"] {
            name = name.strip_prefix(start).unwrap_or(name);
        }
        let words = name.replace('-', " ");
        let mut letters = words.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        format!("{}{}", first.unwrap_or_default(), letters.as_str())
    }

    fn is_any_changed(&self) -> bool {
        self.phrases.iter().any(Phrase::is_changed)
    }
}

async fn edit(
    State(web): State<Web>,
    desk: Desk,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    let place = Place::find(&web, &wanted).await?;
    let (list, language) = (place.list_id(), place.language);
    show(&WordsPage {
        phrases: text_overrides::phrases_of(&web.cx, &place.group, list, language).await?,
        errors: Errors::default(),
        place,
        desk,
    })
}

fn typed(form: &Form, phrases: &[Phrase]) -> Vec<(String, String)> {
    phrases
        .iter()
        .map(|phrase| {
            let text = form.trimmed(&phrase.key).replace("\r\n", "\n");
            (phrase.key.clone(), text)
        })
        .collect()
}

async fn save(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let place = Place::find(&web, &Wanted::of_form(&form)).await?;
    let (list, language) = (place.list_id(), place.language);
    let mut phrases = text_overrides::phrases_of(&web.cx, &place.group, list, language).await?;
    let typed = typed(&form, &phrases);
    let mut errors = Errors::default();
    for (phrase, (key, text)) in phrases.iter_mut().zip(&typed) {
        if let Some(fault) =
            text_overrides::fault(text, &phrase.shipped).filter(|_| !text.is_empty())
        {
            errors.add(key, fault);
        }
        phrase.text.clone_from(text);
    }
    if !errors.is_empty() {
        let html = show(&WordsPage {
            desk,
            place,
            phrases,
            errors,
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    text_overrides::save(&web.cx, &place.group, list, language, &typed).await?;
    let subject = format!("{} {} {language}", place.group.name, place.slug());
    desk.note(&web, "words.change", &subject).await?;
    Ok(go(&web, &place.here(), &Flash::good("Saved")))
}

async fn restore(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let place = Place::find(&web, &Wanted::of_form(&form)).await?;
    let question = Question {
        title: "Restore the default texts?".to_owned(),
        text: format!(
            "All changes to “{}” in {} are lost.",
            place.group.title,
            place.language.endonym()
        ),
        yes: "Restore",
        no: "Cancel",
        back: place.here(),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &form)? {
        return Ok(page);
    }
    text_overrides::save(&web.cx, &place.group, place.list_id(), place.language, &[]).await?;
    let subject = format!("{} {} {}", place.group.name, place.slug(), place.language);
    desk.note(&web, "words.restore", &subject).await?;
    Ok(go(
        &web,
        &place.here(),
        &Flash::good("Default texts restored"),
    ))
}

/// The mail with the words as they are typed.
async fn preview(
    State(web): State<Web>,
    _desk: Desk,
    part: Part,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let place = Place::find(&web, &Wanted::of_form(&form)).await?;
    let kind = place.mail().ok_or(Failure::NotFound)?;
    let (list, language) = (place.list_id(), place.language);
    let phrases = text_overrides::phrases_of(&web.cx, &place.group, list, language).await?;
    let mut typed = typed(&form, &phrases);
    typed.retain(|(_, text)| !text.is_empty());
    let own = text_overrides::imagined(&web.cx, list, language, &typed).await?;
    let phrases = Phrases::with(language, own).of_list(list);
    let filled = letters::sample(&web.cx, kind, &phrases, place.list.as_ref()).await;
    let filled = filled.map_err(|error| error.to_string());
    Ok(mail_or_why(filled, part))
}
