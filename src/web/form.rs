//! Forms as browsers send them: pairs of names and values, where a name may
//! come more than once.

use crate::text::locale::{Language, UnknownLanguage};
use crate::web::Failure;

/// The fields of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a body of `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// [`Failure::BadRequest`] where it is no UTF-8: to guess would put a wrong
    /// name into the database.
    pub fn parse(body: &[u8]) -> Result<Self, Failure> {
        let form = Self::parse_lossy(body);
        let is_text = |text: &String| !text.contains(['\u{FFFD}', '\0']);
        match form.0.iter().all(|(k, v)| is_text(k) && is_text(v)) {
            true => Ok(form),
            false => Err(Failure::BadRequest("the form is not UTF-8".to_owned())),
        }
    }

    /// Reads whatever can be read, for requests that must never be refused.
    pub fn parse_lossy(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    /// The first value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The first value of `name`, or nothing.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Every value of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of `name` without space around it.
    pub fn trimmed(&self, name: &str) -> &str {
        self.text(name).trim()
    }

    /// Whether a box or button called `name` was sent along.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Every field, to ask a person once more with all that they sent.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The language chosen, or `otherwise` where none was.
    ///
    /// # Errors
    /// [`UnknownLanguage`] where one was that we do not speak.
    pub fn language(&self, otherwise: Language) -> Result<Language, UnknownLanguage> {
        match self.text("language") {
            "" => Ok(otherwise),
            tag => tag.parse(),
        }
    }
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
        for body in [
            &b"email=%FF%FE"[..],
            b"name=\xff\xfe",
            b"%C3=1",
            b"email=a%00b",
        ] {
            assert!(
                matches!(Form::parse(body), Err(Failure::BadRequest(_))),
                "{body:?}"
            );
        }
        assert_eq!(Form::parse(b"").unwrap(), Form::default());
        assert_eq!(Form::parse_lossy(b"a=%FF&b=1").text("b"), "1");
    }

    #[test]
    fn a_missing_language_is_the_readers_and_a_strange_one_is_an_error() {
        let language = |body: &[u8]| Form::parse(body).unwrap().language(Language::Kk);
        assert_eq!(language(b""), Ok(Language::Kk));
        assert_eq!(language(b"language=ru"), Ok(Language::Ru));
        assert_eq!(language(b"language=de"), Err(UnknownLanguage));
    }
}
