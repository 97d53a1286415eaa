//! Reading what a caller sends, with words for what is wrong with it.
//!
//! Whatever a call does not know is an error that names it: a client that
//! writes `list` for `lists` must not believe that it was heard.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::clock::Timestamp;
use crate::text::characters;
use crate::web::{Failure, Web};

/// A JSON object of a known shape.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Web> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Failure> {
        match Json::<Value>::from_request(request, web).await {
            Ok(Json(value)) => read(value).map(Self),
            Err(JsonRejection::JsonSyntaxError(error)) => {
                Err(Failure::BadRequest(error.body_text()))
            }
            Err(error) => Err(Failure::Other(error.status().as_u16(), error.body_text())),
        }
    }
}

/// Reads an object, refusing forbidden characters, unknown fields and wrong
/// values by the name of the field.
fn read<T: DeserializeOwned>(mut value: Value) -> Result<T, Failure> {
    if !value.is_object() {
        let what = "the body must be a JSON object".to_owned();
        return Err(Failure::Unprocessable(what));
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
            "." | "" => Failure::Unprocessable(error.to_string()),
            path => Failure::field(name(path), &error),
        }
    })?;
    match unknown {
        None => Ok(body),
        Some(path) => Err(Failure::field(name(&path), &"is not known here")),
    }
}

/// A path without the marks of optional values, and with places in brackets.
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

/// Brings every text in a value under the rule of [`characters`].
fn clean(value: &mut Value, path: &str) -> Result<(), Failure> {
    match value {
        Value::String(text) => match characters::clean(text) {
            Ok(std::borrow::Cow::Borrowed(_)) => Ok(()),
            Ok(std::borrow::Cow::Owned(clean)) => {
                *text = clean;
                Ok(())
            }
            Err(error) => Err(Failure::field(path, &error)),
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
                    return Err(Failure::field(path, &"is a name with control characters"));
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The parameters of a query. That there are no others is checked by
/// [`super::contract`].
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Web> for Params<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Failure> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(params)) => Ok(Self(params)),
            Err(error) => {
                let text = error.body_text();
                let text = text
                    .trim_start_matches("Failed to deserialize query string")
                    .trim_start_matches([':', ' ']);
                Err(match text.split_once(": ") {
                    Some((field, detail)) => Failure::field(field, &detail),
                    None => Failure::Unprocessable(text.to_owned()),
                })
            }
        }
    }
}

/// A name or number in a path; what is none names nothing.
pub struct Id<T>(pub T);

impl<T> FromRequestParts<Web> for Id<T>
where
    T: DeserializeOwned + Send,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let path = Path::<T>::from_request_parts(parts, web).await;
        path.map(|Path(id)| Self(id)).map_err(|_| Failure::NotFound)
    }
}

/// A field's fault as a failure that names the field.
pub fn field(name: &str) -> impl Fn(&dyn std::fmt::Display) -> Failure {
    let name = name.to_owned();
    move |error| Failure::field(name.clone(), error)
}

/// Reads RFC 3339 in a field.
pub fn moment(name: &str, text: &str) -> Result<Timestamp, Failure> {
    Timestamp::parse_rfc3339(text).map_err(|error| field(name)(&error))
}

/// A field that is there, also where it is `null`: in a change that is another
/// thing than one left out.
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
            Failure::Field { field, .. } => field,
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
