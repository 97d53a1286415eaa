//! Every text of a language: list, change, export and import as Fluent files.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::content::phrases::change::{self, Change, Refused, Step};
use crate::content::phrases::files::{self, FileError, SIZE_LIMIT};
use crate::content::phrases::{self, Entry, Filter, Reach, Show};
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::{Body, Params, field};
use crate::web::http::error::HttpError;
use crate::web::http::upload;
use crate::web::state::Web;

/// The parts of the body around the file.
const ENVELOPE: usize = 64 * 1024;

/// Which texts a caller may see and change.
fn reach(caller: &Caller) -> Reach {
    if caller.0.role.may_administer() {
        Reach::Everything
    } else {
        Reach::Readers
    }
}

/// A text in a language.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PhraseBody {
    key: String,
    /// Its file, such as `site` or `admin/posts`.
    file: String,
    english: String,
    /// What readers of the language see; `null` where the language does not have it.
    text: Option<String>,
    /// What is shipped in the language, if anything.
    shipped: Option<String>,
}

impl From<Entry> for PhraseBody {
    fn from(entry: Entry) -> Self {
        Self {
            key: entry.english.key.clone(),
            file: entry.english.file.clone(),
            english: entry.english.text.clone(),
            text: entry.text,
            shipped: entry.shipped,
        }
    }
}

/// Which texts.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Default: the site's language.
    language: Option<Language>,
    /// Only those of this file, such as `site`, `subscription`, `mail` or `error`, or of this
    /// folder, such as `admin`. Default: all.
    file: Option<String>,
    /// Only those that the language does not have (`missing`), or that were changed here
    /// (`changed`). Default: `all`.
    show: Option<Show>,
    /// Part of the key, the English text or the text.
    q: Option<String>,
}

/// List the texts of a language
///
/// Those of the admin pages are for owners.
#[utoipa::path(get, path = "/texts/phrases", tag = "content", security(("bearer" = [])), params(Which),
    responses((status = 200, body = Page<PhraseBody>)))]
pub async fn index(
    caller: Caller,
    State(web): State<Web>,
    Params(which): Params<Which>,
) -> Result<Json<Page<PhraseBody>>, HttpError> {
    let language = which.language.unwrap_or(web.cx.config().language);
    let filter = Filter {
        file: which.file.unwrap_or_default(),
        show: which.show.unwrap_or_default(),
        part: which.q.unwrap_or_default(),
    };
    let mut entries = phrases::entries(&web.cx, language, reach(&caller)).await?;
    entries.retain(|entry| filter.has(entry));
    Ok(Json(Page::whole(entries).map(PhraseBody::from)))
}

/// Texts to change.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangePhrases {
    /// Default: the site's language. It need not be one that the site has turned on.
    language: Option<Language>,
    /// By key, in Fluent's syntax; `null` restores the shipped text, or removes the text where
    /// none is shipped. Others stay unchanged.
    texts: BTreeMap<String, Option<String>>,
    /// Whether nothing is changed, and the answer says what would be. Default: `false`.
    #[serde(default)]
    dry_run: bool,
}

/// What changes came to.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PhraseBalance {
    changed: Vec<ChangedPhrase>,
    /// How many say what was there already.
    unchanged: usize,
    refused: Vec<RefusedPhrase>,
}

/// A text that is changed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ChangedPhrase {
    key: String,
    /// Empty where there was none.
    before: String,
    /// Empty where there is none any more.
    after: String,
}

/// A text that is not changed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RefusedPhrase {
    key: String,
    /// Its line in the file.
    line: Option<usize>,
    /// Why.
    detail: String,
}

impl From<change::Balance> for PhraseBalance {
    fn from(balance: change::Balance) -> Self {
        let changed = |step: Step| ChangedPhrase {
            key: step.key,
            before: step.before,
            after: step.after,
        };
        let refused = |refused: Refused| RefusedPhrase {
            key: refused.key,
            line: refused.line,
            detail: refused.error.to_string(),
        };
        Self {
            changed: balance.steps.into_iter().map(changed).collect(),
            unchanged: balance.unchanged,
            refused: balance.refused.into_iter().map(refused).collect(),
        }
    }
}

/// Change texts of a language
///
/// Each is checked by itself: those that are refused do not stop the others. Those of the admin
/// pages are for owners.
#[utoipa::path(patch, path = "/texts/phrases", tag = "content", security(("bearer" = [])),
    request_body = ChangePhrases, responses((status = 200, body = PhraseBalance)))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    Body(body): Body<ChangePhrases>,
) -> Result<Json<PhraseBalance>, HttpError> {
    let language = body.language.unwrap_or(web.cx.config().language);
    let one = |(key, text): (String, Option<String>)| Change {
        key,
        text: text.unwrap_or_default(),
        seen: None,
    };
    let changes: Vec<Change> = body.texts.into_iter().map(one).collect();
    let (by, reach) = (caller.actor(), reach(&caller));
    let balance = if body.dry_run {
        change::preview(&web.cx, language, &changes, reach).await?
    } else {
        change::apply(&web.cx, &by, language, &changes, reach).await?
    };
    Ok(Json(balance.into()))
}

/// What is exported.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Exported {
    /// Default: the site's language.
    language: Option<Language>,
}

/// Download the texts of a language
///
/// A ZIP archive of Fluent files with the changes made here. Texts that the language does not
/// have are comments with the English text.
#[utoipa::path(get, path = "/texts/export", tag = "content", security(("bearer" = [])), params(Exported),
    responses((status = 200, body = Vec<u8>, content_type = "application/zip")))]
pub async fn export(
    caller: Caller,
    State(web): State<Web>,
    Params(wanted): Params<Exported>,
) -> Result<Response, HttpError> {
    let language = wanted.language.unwrap_or(web.cx.config().language);
    let all = files::export(&web.cx, language, reach(&caller)).await?;
    let archive = files::zipped(&all).map_err(|error| {
        tracing::error!(%error, "an archive of texts could not be written");
        HttpError::Internal
    })?;
    Ok(([(header::CONTENT_TYPE, "application/zip")], archive).into_response())
}

/// The parts of the body.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
pub struct PhraseUpload {
    /// A Fluent file, or a ZIP archive of them.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// The language of the texts. Default: the site's.
    #[schema(required = false)]
    language: Language,
    /// Whether nothing is changed, and the answer says what would be. Default: `false`.
    #[schema(required = false)]
    dry_run: bool,
}

/// Import texts of a language
///
/// Texts that are refused do not stop the others; keys that the file does not have stay as they
/// are.
#[utoipa::path(post, path = "/texts/import", tag = "content", security(("bearer" = [])),
    request_body(content = PhraseUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = PhraseBalance),
              (status = 413, description = "The file is too large"),
              (status = 422, description = "The file cannot be read")))]
pub async fn import(
    caller: Caller,
    State(web): State<Web>,
    mut request: Request,
) -> Result<Json<PhraseBalance>, HttpError> {
    DefaultBodyLimit::max(SIZE_LIMIT + ENVELOPE).apply(&mut request);
    let parts = Multipart::from_request(request, &web).await;
    let parts = parts.map_err(|error| HttpError::BadRequest(error.body_text()))?;
    let (mut uploads, fields) = upload::read(parts).await?;
    let mut language = web.cx.config().language;
    let mut is_dry = false;
    for (name, value) in fields {
        match name.as_str() {
            "language" => {
                language = value
                    .parse::<Language>()
                    .map_err(|error| field("language")(&error))?
            }
            "dry_run" => {
                let parsed = value.trim().parse::<bool>();
                is_dry = parsed.map_err(|_| field("dry_run")(&"must be true or false"))?;
            }
            other => {
                return Err(field(&other.escape_debug().to_string())(
                    &"is not known here",
                ));
            }
        }
    }
    let file = uploads.pop().ok_or_else(|| field("file")(&"is missing"))?;
    let uploaded = files::read(&file.file_name, &file.content).map_err(unreadable)?;
    let (by, reach) = (caller.actor(), reach(&caller));
    let balance = if is_dry {
        files::check(&web.cx, language, &uploaded, reach).await?
    } else {
        files::import(&web.cx, &by, language, &uploaded, reach).await?
    };
    Ok(Json(balance.into()))
}

fn unreadable(error: FileError) -> HttpError {
    match error {
        FileError::TooLarge => HttpError::Other(413, error.to_string()),
        error => field("file")(&error),
    }
}
