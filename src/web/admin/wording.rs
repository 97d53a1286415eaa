//! How the admin pages speak: in the user's language, with times in the site's zone.

use std::convert::Infallible;
use std::fmt::Display;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::address::own_script;
use crate::clock::Timestamp;
use crate::content::text_overrides;
use crate::store::lists::List;
use crate::text::datetime::Calendar;
use crate::text::locale::Language;
use crate::text::messages;
use crate::text::numbers::{Whole, grouped};
use crate::text::phrase::Phrase;
use crate::text::phrases::{self, Phrases, TextOverrides};
use crate::web::recipient_words::RecipientWords;
use crate::web::state::Web;

/// The words, dates and numbers of one person's admin pages. As an extractor it is for pages
/// before the sign-in, in the language that the browser asks for.
#[derive(Debug, Clone)]
pub struct Wording {
    phrases: Phrases,
    /// Dates in the language, in the site's zone.
    pub calendar: Calendar,
    /// The name of that zone.
    pub zone: String,
}

impl Wording {
    /// For one language, with the installation's own texts.
    pub fn new(web: &Web, language: Language, own: Arc<TextOverrides>) -> Self {
        let phrases = Phrases::with(language, own).on_site_in(web.cx.config().language);
        Self {
            calendar: web.calendar_of(&phrases),
            phrases,
            zone: web.cx.config().time_zone.name().to_owned(),
        }
    }

    /// For a browser without a user's choice: the best of the admin's languages that it
    /// accepts, otherwise English.
    pub fn of_browser(web: &Web, parts: &Parts, own: Arc<TextOverrides>) -> Self {
        let accepted = parts
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| phrases::admin_languages().accepted(value));
        Self::new(web, accepted.unwrap_or(Language::EN), own)
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.phrases.language
    }

    /// Its phrases, for what words them below the pages.
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// A list's name in the language, or as it was first written.
    pub fn list_name<'a>(&self, list: &'a List) -> &'a str {
        list.text(self.language()).0
    }

    /// What a list sends, in the language.
    pub fn list_description<'a>(&self, list: &'a List) -> &'a str {
        list.text(self.language()).1
    }

    /// The phrase under `key`.
    pub fn t(&self, key: &str) -> String {
        self.phrases.translate(key)
    }

    /// The phrase under `key`, to be filled.
    pub fn say<'a>(&'a self, key: &'a str) -> Phrase<'a> {
        self.phrases.say(key)
    }

    /// The name of a state or another word of the schema: `word("admin-role", role)` is the
    /// phrase `admin-role-owner`.
    pub fn word(&self, kind: &str, word: impl Display) -> String {
        let word = word.to_string().replace(['_', ' '], "-");
        self.phrases.translate(&format!("{kind}-{word}"))
    }

    /// A message of a layer below, as a sentence in the language.
    pub fn explain(&self, message: impl Display) -> String {
        sentence(&self.clause(message))
    }

    /// A message of a layer below where it is part of a line: without the capital and the full
    /// stop of a sentence. What others wrote, such as a server's reply, stays as it is.
    /// Moments in it, which are UTC for logs and programs, are those of the site's zone.
    pub fn clause(&self, message: impl Display) -> String {
        let said = messages::translated(&self.phrases, &message.to_string());
        self.calendar.with_local_times(&said)
    }

    /// An address or a domain as people read it: in its own script, unless it could be taken for
    /// another one.
    pub fn address(&self, address: impl AsRef<str>) -> String {
        own_script(address.as_ref()).into_owned()
    }

    /// What becomes of one recipient's mail, in the language.
    pub fn recipients(&self) -> RecipientWords<'_> {
        RecipientWords {
            phrases: &self.phrases,
            calendar: &self.calendar,
        }
    }

    /// A moment in the site's zone.
    pub fn when(&self, at: &Timestamp) -> String {
        self.calendar.date_time(*at)
    }

    /// A number with its digits in groups.
    pub fn number(&self, number: impl Whole) -> String {
        grouped(number.whole(), self.phrases.language)
    }
}

impl FromRequestParts<Web> for Wording {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        // A page about a database that is down is in the shipped words.
        let own = text_overrides::read_with_admin(&web.cx).await;
        Ok(Self::of_browser(web, parts, own.unwrap_or_default()))
    }
}

/// A message as a sentence: a capital first, a full stop last. An address at the start stays as
/// it is.
pub fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let stop = if said.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    let is_address = said
        .split(' ')
        .next()
        .is_some_and(|word| word.contains("://"));
    if is_address {
        return format!("{said}{stop}");
    }
    format!("{}{}{stop}", first.to_uppercase(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_become_sentences() {
        assert_eq!(
            sentence("there is no such campaign"),
            "There is no such campaign."
        );
        assert_eq!(sentence("Done."), "Done.");
        assert_eq!(sentence("https://a answers 404"), "https://a answers 404.");
        assert_eq!(sentence(""), "");
    }
}
