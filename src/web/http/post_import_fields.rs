//! The choices of an import of posts, as fields of a form or of a body.

use crate::model::post_import::{PostSystem, PublishAs};
use crate::post_import::options::{self, Options, Publish};
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::web::http::error::HttpError;

/// The choices, and what is no choice of the import itself.
#[derive(Debug, Default)]
pub struct PostImportFields {
    /// Whose file it is; recognised if missing.
    pub system: Option<PostSystem>,
    /// The choices.
    pub options: Options,
    /// Whether nothing is to be written.
    pub is_dry_run: bool,
}

/// Reads fields. An empty one is as one that is missing.
///
/// # Errors
/// [`HttpError::Field`] for an unknown field or value.
pub fn parse<'a>(
    fields: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<PostImportFields, HttpError> {
    let mut parsed = PostImportFields::default();
    for (name, value) in fields {
        let value = value.trim();
        let wrong = |error: &dyn std::fmt::Display| {
            HttpError::field(name.escape_debug().to_string(), error)
        };
        let truth = || match value {
            "true" | "1" | "on" => Ok(true),
            "false" | "0" | "" => Ok(false),
            _ => Err(wrong(&"must be true or false")),
        };
        let title = || Title::parse(value).map_err(|error| wrong(&error));
        let options = &mut parsed.options;
        match name {
            "publish_restricted" => options.publish_restricted = truth()?,
            "update" => options.update = truth()?,
            "pages" => options.pages = truth()?,
            "pictures" => options.pictures = truth()?,
            "dry_run" => parsed.is_dry_run = truth()?,
            "system" | "publish" | "language" | "category" | "author" | "former_url"
                if value.is_empty() => {}
            "system" => {
                let system = value.parse::<PostSystem>();
                parsed.system = Some(system.map_err(|error| wrong(&error))?);
            }
            "publish" => {
                let publish = value.parse::<PublishAs>();
                options.publish = Publish(publish.map_err(|error| wrong(&error))?);
            }
            "language" => {
                let language = value.parse::<Language>();
                options.language = Some(language.map_err(|error| wrong(&error))?);
            }
            "category" => options.category = Some(title()?),
            "author" => options.author = Some(title()?),
            "former_url" => {
                let url = options::former_url(value);
                options.former_url = Some(url.map_err(|error| wrong(&error))?);
            }
            _ => return Err(wrong(&"is not known here")),
        }
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_fields_and_values_are_named() {
        let read = |name: &'static str, value: &'static str| parse([(name, value)].into_iter());
        assert!(read("update", "true").unwrap().options.update);
        assert!(!read("update", "false").unwrap().options.update);
        assert_eq!(read("language", "").unwrap().options.language, None);
        for (name, value) in [
            ("publish", "all"),
            ("system", "wordpress"),
            ("language", "xx"),
            ("former_url", "ftp://x"),
            ("dry_run", "perhaps"),
            ("colour", "red"),
        ] {
            let error = read(name, value).unwrap_err();
            let HttpError::Field { field, .. } = error else {
                panic!("{error}")
            };
            assert_eq!(field, name);
        }
    }
}
