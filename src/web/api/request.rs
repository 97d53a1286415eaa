//! Parsing requests, with errors that name the field.
//!
//! Unknown fields are errors: a client that writes `list` for `lists` must not
//! believe that it worked.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::clock::Timestamp;
use crate::text::characters;
use crate::text::locale::Language;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// A JSON object without unknown fields.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Web> for Body<T> {
    type Rejection = HttpError;

    async fn from_request(request: Request, web: &Web) -> Result<Self, HttpError> {
        read(json(request, web).await?).map(Self)
    }
}

/// [`Body`] with room for the files of an email in base64.
pub struct BodyWithFiles<T>(pub T);

/// Bytes of such a body besides its files.
const ENVELOPE: u64 = 2 * 1024 * 1024;

/// Lets a request have room for the files of an email.
pub fn make_room(request: &mut Request, web: &Web) {
    let limit = web.cx.config().attachment_limit.bytes() + ENVELOPE;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    DefaultBodyLimit::max(limit).apply(request);
}

impl<T: DeserializeOwned> FromRequest<Web> for BodyWithFiles<T> {
    type Rejection = HttpError;

    async fn from_request(mut request: Request, web: &Web) -> Result<Self, HttpError> {
        make_room(&mut request, web);
        read(json(request, web).await?).map(Self)
    }
}

/// The body as JSON of any shape.
pub async fn json(request: Request, web: &Web) -> Result<Value, HttpError> {
    match Json::<Value>::from_request(request, web).await {
        Ok(Json(value)) => Ok(value),
        Err(JsonRejection::JsonSyntaxError(error)) => Err(HttpError::BadRequest(error.body_text())),
        Err(error) => Err(HttpError::Other(error.status().as_u16(), error.body_text())),
    }
}

/// Deserializes an object. Forbidden characters, unknown fields and invalid
/// values are errors that name the field.
fn read<T: DeserializeOwned>(mut value: Value) -> Result<T, HttpError> {
    if !value.is_object() {
        let what = "the body must be a JSON object".to_owned();
        return Err(HttpError::Unprocessable(what));
    }
    clean(&mut value, "")?;
    let mut unknown = None;
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(value, &mut track);
    let read = serde_ignored::deserialize(tracked, |path| {
        unknown.get_or_insert_with(|| path.to_string());
    });
    let body = read.map_err(|error: serde_json::Error| {
        let path = track.path().to_string();
        match path.as_str() {
            "." | "" => HttpError::Unprocessable(error.to_string()),
            path => HttpError::field(name(path), &error),
        }
    })?;
    match unknown {
        None => Ok(body),
        Some(path) => Err(HttpError::field(name(&path), &"is not known here")),
    }
}

/// A field path in the usual notation: `lists[2].name`.
fn name(path: &str) -> String {
    let mut name = String::new();
    for part in path.split('.').filter(|part| *part != "?") {
        let is_place = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        match (is_place, name.is_empty()) {
            (true, _) => name.push_str(&format!("[{part}]")),
            (false, true) => name.push_str(part),
            (false, false) => name.push_str(&format!(".{part}")),
        }
    }
    name
}

/// Applies [`characters`] to every text in a value.
pub fn clean(value: &mut Value, path: &str) -> Result<(), HttpError> {
    match value {
        Value::String(text) => match characters::clean(text) {
            Ok(std::borrow::Cow::Borrowed(_)) => Ok(()),
            Ok(std::borrow::Cow::Owned(clean)) => {
                *text = clean;
                Ok(())
            }
            Err(error) => Err(HttpError::field(path, &error)),
        },
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                clean(item, &format!("{path}[{at}]"))?;
            }
            Ok(())
        }
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                let path = match path {
                    "" => key.escape_debug().to_string(),
                    path => format!("{path}.{}", key.escape_debug()),
                };
                if characters::clean(key).is_ok_and(|clean| clean == key.as_str()) {
                    clean(value, &path)?;
                } else {
                    return Err(HttpError::field(path, &"is a name with control characters"));
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Query parameters. Unknown ones are rejected by [`super::request_check`].
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Web> for Params<T> {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, HttpError> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(params)) => Ok(Self(params)),
            Err(error) => {
                let text = error.body_text();
                let text = text
                    .trim_start_matches("Failed to deserialize query string")
                    .trim_start_matches([':', ' ']);
                Err(match text.split_once(": ") {
                    Some((field, detail)) => HttpError::field(field, &detail),
                    None => HttpError::Unprocessable(text.to_owned()),
                })
            }
        }
    }
}

/// Turns an error into one that names the field.
pub fn field(name: &str) -> impl Fn(&dyn std::fmt::Display) -> HttpError {
    let name = name.to_owned();
    move |error| HttpError::field(name.clone(), error)
}

/// A language that is to be stored: one of the site's.
pub fn offered(web: &Web, name: &str, language: Language) -> Result<Language, HttpError> {
    let found = web.languages().check(language);
    found.map_err(|error| field(name)(&error))
}

/// The language of a body; that of the site where it names none.
pub fn offered_or_usual(web: &Web, language: Option<Language>) -> Result<Language, HttpError> {
    match language {
        Some(language) => offered(web, "language", language),
        None => Ok(web.cx.config().language),
    }
}

/// Parses RFC 3339 in a field.
pub fn moment(name: &str, text: &str) -> Result<Timestamp, HttpError> {
    Timestamp::parse_rfc3339(text).map_err(|error| field(name)(&error))
}

/// A field that is present, even if `null`: in a change that differs from a
/// field left out.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only read to see what is refused")]
    struct Outer {
        email: String,
        inner: Option<Vec<Inner>>,
        attributes: Option<Value>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only read to see what is refused")]
    struct Inner {
        text: String,
    }

    fn named(value: Value) -> String {
        match read::<Outer>(value).unwrap_err() {
            HttpError::Field { field, .. } => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(named(json!({ "email": "a", "list": ["news"] })), "list");
        assert_eq!(
            named(json!({ "email": "a", "inner": [{ "text": "b", "html": "c" }] })),
            "inner[0].html"
        );
        assert_eq!(named(json!({ "email": 5 })), "email");
        assert_eq!(
            named(json!({ "email": "a", "inner": [{ "text": 1 }] })),
            "inner[0].text"
        );
        assert_eq!(named(json!({ "email": "a\0" })), "email");
        let key = named(json!({ "email": "a", "attributes": { "a\0b": 1 } }));
        assert_eq!(key, "attributes.a\\0b");
        let value = named(json!({ "email": "a", "attributes": { "plan": ["x\u{1}"] } }));
        assert_eq!(value, "attributes.plan[0]");
    }

    #[test]
    fn what_is_free_stays_free_and_line_breaks_are_line_feeds() {
        let body = json!({ "email": "a\u{b}b", "attributes": { "any": { "thing": "c\r\nd" } } });
        let read = read::<Outer>(body).unwrap();
        assert_eq!(read.email, "a\nb");
        assert_eq!(
            read.attributes.unwrap(),
            json!({ "any": { "thing": "c\nd" } })
        );
    }
}
