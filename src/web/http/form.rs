//! Form fields as browsers send them. A name may occur more than once.

use crate::text::characters;
use crate::text::locale::{Language, Languages, NotOffered};
use crate::web::http::error::HttpError;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Parses `application/x-www-form-urlencoded`. Input that is not UTF-8 or
    /// has control characters ([`characters`]) is an error: to guess would put
    /// a wrong name into the database.
    pub fn parse(body: &[u8]) -> Result<Self, HttpError> {
        let mut form = Self(pairs_of(body));
        for (name, value) in &mut form.0 {
            if name.contains('\u{FFFD}') || value.contains('\u{FFFD}') {
                return Err(HttpError::BadRequest("the form is not UTF-8".to_owned()));
            }
            let is_clean = characters::clean(name).is_ok_and(|clean| clean == name.as_str());
            let clean = characters::clean(value).map(std::borrow::Cow::into_owned);
            match clean {
                Ok(clean) if is_clean => *value = clean,
                Ok(_) => {
                    let what = "a field's name has control characters".to_owned();
                    return Err(HttpError::BadRequest(what));
                }
                Err(error) => {
                    return Err(HttpError::field(name.escape_debug().to_string(), &error));
                }
            }
        }
        Ok(form)
    }

    /// Parses without errors, for requests that must never be refused.
    pub fn parse_lossy(body: &[u8]) -> Self {
        let scrub = |text: String| characters::scrub(&text).into_owned();
        let pairs = pairs_of(body).into_iter();
        Self(
            pairs
                .map(|(name, value)| (scrub(name), scrub(value)))
                .collect(),
        )
    }

    /// The first value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The first value of `name`, or an empty text.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of `name`, trimmed.
    pub fn trimmed(&self, name: &str) -> &str {
        self.text(name).trim()
    }

    /// Whether the checkbox or button `name` was sent.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The form with one more field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    /// The form with `value` in place of all values of `name`.
    #[must_use]
    pub fn replaced(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.0.retain(|(key, _)| key != name);
        self.with(name, value)
    }

    /// Every field, to send the form once more after a confirmation.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The language chosen; `otherwise` if the field is empty. That one may be chosen too,
    /// even if the site does not have it any more.
    pub fn language(
        &self,
        offered: &Languages,
        otherwise: Language,
    ) -> Result<Language, NotOffered> {
        match self.text("language") {
            tag if tag.is_empty() || tag == otherwise.tag() => Ok(otherwise),
            tag => offered.find(tag),
        }
    }

    /// The languages of a form with a field for each: those offered, and others that what is
    /// edited has texts in already. `field` is the name of such a field before the tag.
    pub fn languages(&self, offered: &Languages, field: &str) -> Vec<Language> {
        let tags = self
            .0
            .iter()
            .filter_map(|(name, _)| name.strip_prefix(field));
        offered
            .and(tags.filter_map(|tag| tag.parse().ok().filter(|one: &Language| one.tag() == tag)))
    }
}

/// Of fields that were parsed before.
impl FromIterator<(String, String)> for Form {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

fn pairs_of(body: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body).into_owned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_come_more_than_once() {
        let form = Form::parse(b"email=a%40b.kz&lists=news&name=%D3%99+b&lists=events").unwrap();
        assert_eq!(form.text("email"), "a@b.kz");
        assert_eq!(form.text("name"), "ә b");
        assert_eq!(form.all("lists").collect::<Vec<_>>(), ["news", "events"]);
        assert_eq!(form.get("website"), None);
    }

    #[test]
    fn foreign_bytes_are_refused_and_never_guessed_at() {
        for body in [&b"email=%FF%FE"[..], b"name=\xff\xfe", b"%C3=1"] {
            assert!(
                matches!(Form::parse(body), Err(HttpError::BadRequest(_))),
                "{body:?}"
            );
        }
        assert_eq!(Form::parse(b"").unwrap(), Form::default());
        assert_eq!(Form::parse_lossy(b"a=%FF&b=1").text("b"), "1");
    }

    #[test]
    fn control_characters_are_refused_by_the_name_of_their_field() {
        for (body, name) in [
            (&b"email=a%00b"[..], "email"),
            (b"title=ok&body_en=a%01b", "body_en"),
        ] {
            let Err(HttpError::Field { field, .. }) = Form::parse(body) else {
                panic!("{body:?}");
            };
            assert_eq!(field, name);
        }
        let form = Form::parse(b"body=one%0Btwo%0D%0Athree%09four").unwrap();
        assert_eq!(form.text("body"), "one\ntwo\nthree\tfour");
        assert_eq!(Form::parse_lossy(b"a=x%00%0By").text("a"), "x\ny");
    }

    #[test]
    fn a_missing_language_is_the_readers_and_a_strange_one_is_an_error() {
        let language = |body: &[u8]| {
            Form::parse(body)
                .unwrap()
                .language(&Languages::default(), Language::KK)
        };
        assert_eq!(language(b""), Ok(Language::KK));
        assert_eq!(language(b"language=ru"), Ok(Language::RU));
        assert!(language(b"language=de").is_err());
    }
}
