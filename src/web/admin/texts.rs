//! Text overrides: what visitors and subscribers read instead of the default
//! texts, for all lists or for one.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::audience::list_admin;
use crate::campaign::inspection::{Envelope, Preview, Source};
use crate::content::text_overrides::{self, GROUPS, Group, Phrase};
use crate::model::transactional::EmailKind;
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::text::phrases::{ALL_LISTS, Phrases};
use crate::transactional::templates;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::email_preview::{Part, preview_response};
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/texts", get(edit).post(save))
        .route("/texts/preview", post(preview))
        .route("/texts/restore", post(restore))
}

const HOME: &str = "/admin/texts";

/// Which texts: of which page or email, for which list, in which language.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TextSelection {
    group: String,
    list: String,
    language: Option<Language>,
}

impl TextSelection {
    fn of_form(form: &Form) -> Self {
        Self {
            group: form.text("group").to_owned(),
            list: form.text("list").to_owned(),
            language: form.text("language").parse().ok(),
        }
    }
}

/// The selected group, list and language.
struct Place {
    group: Group,
    list: Option<List>,
    language: Language,
    lists: Vec<List>,
}

impl Place {
    async fn find(web: &Web, selection: &TextSelection) -> Result<Self, HttpError> {
        let group = match selection.group.as_str() {
            "" => GROUPS[0],
            name => Group::by_name(name).ok_or(HttpError::NotFound)?,
        };
        let lists = list_admin::all(&web.cx).await?;
        let list = match selection.list.as_str() {
            "" => None,
            slug => {
                let found = lists.iter().find(|list| list.slug.as_str() == slug);
                Some(found.cloned().ok_or(HttpError::NotFound)?)
            }
        };
        Ok(Self {
            list: list.filter(|_| group.is_of_lists),
            group,
            language: selection.language.unwrap_or(web.cx.config().language),
            lists,
        })
    }

    fn list_id(&self) -> i64 {
        self.list.as_ref().map_or(ALL_LISTS, |list| list.id.0)
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

    /// The transactional email that uses these texts.
    fn mail(&self) -> Option<EmailKind> {
        match self.group.name {
            "confirm-mail" => Some(EmailKind::Confirmation),
            "welcome-mail" => Some(EmailKind::Welcome),
            "already-mail" => Some(EmailKind::AlreadySubscribed),
            _ => None,
        }
    }

    /// The public page that shows these texts.
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
#[template(path = "admin/texts.html")]
struct WordsPage {
    viewer: Viewer,
    place: Place,
    phrases: Vec<Phrase>,
    errors: FormErrors,
}

impl WordsPage {
    fn rows(&self, phrase: &Phrase) -> usize {
        let lines = phrase.text.lines().count();
        let long = phrase.text.chars().count() / 60 + 1;
        lines.max(long).clamp(1, 10)
    }

    fn is_any_changed(&self) -> bool {
        self.phrases.iter().any(Phrase::is_changed)
    }
}

/// What restoring the default texts loses.
fn restore_question(wording: &Wording, place: &Place) -> String {
    wording
        .say("admin-texts-restore-text")
        .text("group", wording.word("admin-texts-group", place.group.name))
        .text("language", place.language.endonym())
        .into()
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    Query(selection): Query<TextSelection>,
) -> Result<Html<String>, HttpError> {
    let place = Place::find(&web, &selection).await?;
    let (list, language) = (place.list_id(), place.language);
    render_page(&WordsPage {
        phrases: text_overrides::phrases_of(&web.cx, &place.group, list, language).await?,
        errors: FormErrors::default(),
        place,
        viewer,
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
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let place = Place::find(&web, &TextSelection::of_form(&form)).await?;
    let (list, language) = (place.list_id(), place.language);
    let mut phrases = text_overrides::phrases_of(&web.cx, &place.group, list, language).await?;
    let input = typed(&form, &phrases);
    let mut errors = FormErrors::default();
    for (phrase, (key, text)) in phrases.iter_mut().zip(&input) {
        if let Some(error) =
            text_overrides::fault(text, &phrase.shipped).filter(|_| !text.is_empty())
        {
            errors.add(key, error);
        }
        phrase.text.clone_from(text);
    }
    if !errors.is_empty() {
        let html = render_page(&WordsPage {
            viewer,
            place,
            phrases,
            errors,
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    text_overrides::save(
        &web.cx,
        &viewer.actor(),
        &place.group,
        list,
        language,
        &input,
    )
    .await?;
    Ok(redirect(
        &web,
        &place.here(),
        &Flash::good(viewer.t("admin-saved")),
    ))
}

async fn restore(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let place = Place::find(&web, &TextSelection::of_form(&form)).await?;
    let confirmation = Confirmation {
        title: viewer.t("admin-texts-restore-title"),
        text: restore_question(&viewer, &place),
        yes: viewer.t("admin-texts-restore"),
        no: viewer.t("admin-cancel"),
        back: place.here(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    text_overrides::save(
        &web.cx,
        &viewer.actor(),
        &place.group,
        place.list_id(),
        place.language,
        &[],
    )
    .await?;
    Ok(redirect(
        &web,
        &place.here(),
        &Flash::good(viewer.t("admin-texts-restored")),
    ))
}

/// The email with the texts as entered.
async fn preview(
    State(web): State<Web>,
    viewer: Viewer,
    part: Part,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let place = Place::find(&web, &TextSelection::of_form(&form)).await?;
    let kind = place.mail().ok_or(HttpError::NotFound)?;
    let (list, language) = (place.list_id(), place.language);
    let phrases = text_overrides::phrases_of(&web.cx, &place.group, list, language).await?;
    let mut input = typed(&form, &phrases);
    input.retain(|(_, text)| !text.is_empty());
    let own = text_overrides::imagined(&web.cx, list, language, &input).await?;
    let phrases = Phrases::with(language, own).on_site_in(web.cx.config().language);
    let phrases = phrases.of_list(list);
    let filled = templates::sample(&web.cx, kind, &phrases, place.list.as_ref()).await;
    let preview = filled
        .map_err(|error| error.to_string())
        .map(|mail| Preview {
            mail,
            envelope: Envelope::of(&web.cx, language, None),
            source: Source::Unknown,
        });
    preview_response(&web, &viewer, preview, part).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::locale::Preference;

    #[test]
    fn every_text_has_a_label() {
        let labels = Phrases::shipped(Language::EN);
        let english = Preference {
            reader: Language::EN,
            site: Language::EN,
        };
        for (key, _) in GROUPS.iter().flat_map(|group| group.shipped(english)) {
            let label = format!("admin-texts-of-{key}");
            assert!(labels.try_translate(&label).is_some(), "{label}");
        }
    }
}
