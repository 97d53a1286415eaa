//! What the page of a subscriber's preferences says was just saved. The form leads on to the
//! page with a signed note of it in the address, so that it can be read again in another
//! language, and only where it was done.

use std::fmt::{self, Display};
use std::str::FromStr;

use axum::response::Response;

use crate::audience::list_admin;
use crate::audience::preferences::Change;
use crate::model::mail_frequency::Frequency;
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::http::error::HttpError;
use crate::web::public::page_context::PageContext;
use crate::web::public::{links, results};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// A message about what was just done.
pub struct Flash {
    /// `good` or `bad`.
    pub kind: &'static str,
    pub title: String,
    pub text: String,
}

impl Flash {
    pub fn good(title: String, text: String) -> Self {
        let kind = "good";
        Self { kind, title, text }
    }

    pub fn bad(title: String, text: String) -> Self {
        let kind = "bad";
        Self { kind, title, text }
    }

    /// A form that is shown again.
    pub fn refused(phrases: &Phrases, why: String) -> Self {
        Self::bad(phrases.translate("error-422-title"), why)
    }
}

/// One change of preferences. Names and answers stay out of the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Joined(ListId),
    Left(ListId),
    Name,
    Language(Language),
    Answers,
    Frequency(Frequency),
}

impl Deed {
    pub fn of(change: &Change) -> Self {
        match change {
            Change::Joined(list) => Deed::Joined(list.id),
            Change::Left(list) => Deed::Left(list.id),
            Change::Name => Deed::Name,
            Change::Language(language) => Deed::Language(*language),
            Change::Answers => Deed::Answers,
            Change::Frequency(frequency) => Deed::Frequency(*frequency),
        }
    }

    /// The sentence about it; `None` for a list that is gone.
    fn said(self, phrases: &Phrases, lists: &[List]) -> Option<String> {
        let of_list = |key, id| {
            let list = lists.iter().find(|list| list.id == id)?;
            let name = list.text(phrases.language).0;
            Some(phrases.translate_with(key, "list", name))
        };
        match self {
            Deed::Joined(id) => of_list("preferences-changed-joined", id),
            Deed::Left(id) => of_list("preferences-changed-left", id),
            Deed::Name => Some(phrases.translate("preferences-changed-name")),
            Deed::Language(language) => Some(phrases.translate_with(
                "preferences-changed-language",
                "language",
                language.endonym(),
            )),
            Deed::Answers => Some(phrases.translate("preferences-changed-answers")),
            Deed::Frequency(frequency) => {
                Some(phrases.translate(&format!("preferences-changed-{frequency}")))
            }
        }
    }
}

impl Display for Deed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Deed::Joined(list) => write!(out, "joined:{list}"),
            Deed::Left(list) => write!(out, "left:{list}"),
            Deed::Name => out.write_str("name"),
            Deed::Language(language) => write!(out, "language:{language}"),
            Deed::Answers => out.write_str("answers"),
            Deed::Frequency(frequency) => write!(out, "frequency:{frequency}"),
        }
    }
}

/// A note that we did not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOurs;

impl FromStr for Deed {
    type Err = NotOurs;

    fn from_str(text: &str) -> Result<Self, NotOurs> {
        let (kind, value) = text.split_once(':').unwrap_or((text, ""));
        let list = || value.parse().map(ListId).map_err(|_| NotOurs);
        match kind {
            "joined" => Ok(Deed::Joined(list()?)),
            "left" => Ok(Deed::Left(list()?)),
            "name" => Ok(Deed::Name),
            "language" => value.parse().map(Deed::Language).map_err(|_| NotOurs),
            "answers" => Ok(Deed::Answers),
            "frequency" => value.parse().map(Deed::Frequency).map_err(|_| NotOurs),
            _ => Err(NotOurs),
        }
    }
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// The form of choices; empty if it changed nothing.
    Choices(Vec<Deed>),
    /// A pause, which the page tells of.
    Pause,
    /// The end of a pause.
    Resumed,
    /// Email may come again.
    CameBack,
    /// A new address was confirmed.
    Address,
    /// Opens and followed links may be seen.
    EngagementAgreed,
    /// They may not any more.
    EngagementWithdrawn,
}

impl Display for Saved {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Saved::Choices(deeds) => {
                out.write_str("choices")?;
                deeds.iter().try_for_each(|deed| write!(out, " {deed}"))
            }
            Saved::Pause => out.write_str("pause"),
            Saved::Resumed => out.write_str("resumed"),
            Saved::CameBack => out.write_str("came-back"),
            Saved::Address => out.write_str("address"),
            Saved::EngagementAgreed => out.write_str("seen"),
            Saved::EngagementWithdrawn => out.write_str("unseen"),
        }
    }
}

impl FromStr for Saved {
    type Err = NotOurs;

    fn from_str(text: &str) -> Result<Self, NotOurs> {
        let mut words = text.split(' ');
        match words.next() {
            Some("choices") => words
                .map(str::parse)
                .collect::<Result<_, _>>()
                .map(Saved::Choices),
            Some("pause") => Ok(Saved::Pause),
            Some("resumed") => Ok(Saved::Resumed),
            Some("came-back") => Ok(Saved::CameBack),
            Some("address") => Ok(Saved::Address),
            Some("seen") => Ok(Saved::EngagementAgreed),
            Some("unseen") => Ok(Saved::EngagementWithdrawn),
            _ => Err(NotOurs),
        }
    }
}

/// Leads on to the page of preferences, which says what was saved.
pub fn see(web: &Web, visitor: &Visitor, subscriber: SubscriberId, saved: &Saved) -> Response {
    let note = web.cx.keys.sign(&Token::Saved {
        subscriber: subscriber.0,
        until: results::until(web),
        what: saved.to_string(),
    });
    let page = links::preferences_path(web, subscriber);
    links::see_other(visitor, &format!("{page}/saved/{note}"))
}

/// What a note says was saved; `None` for one of another subscriber, and an old one.
pub fn open(web: &Web, subscriber: SubscriberId, note: &str) -> Result<Option<Saved>, HttpError> {
    let Token::Saved {
        subscriber: whose,
        until,
        what,
    } = links::open(web, note)?
    else {
        return Err(HttpError::NotFound);
    };
    let is_ours = whose == subscriber.0 && web.cx.clock.now() < until;
    Ok(what.parse().ok().filter(|_| is_ours))
}

/// The message about it. `paused` is the sentence about the present pause.
pub async fn flash(
    web: &Web,
    context: &PageContext,
    saved: &Saved,
    paused: Option<&str>,
) -> Result<Option<Flash>, HttpError> {
    let phrases = &context.phrases;
    let good = |key| Flash::good(phrases.translate(key), String::new());
    Ok(match saved {
        Saved::Choices(deeds) if deeds.is_empty() => Some(good("preferences-unchanged")),
        Saved::Choices(deeds) => {
            let lists = list_admin::all(&web.cx).await?;
            let said: Vec<String> = deeds
                .iter()
                .filter_map(|deed| deed.said(phrases, &lists))
                .collect();
            let title = phrases.translate("preferences-saved");
            Some(Flash::good(title, said.join(" ")))
        }
        Saved::Pause => paused.map(|paused| Flash::good(paused.to_owned(), String::new())),
        Saved::Resumed if paused.is_some() => None,
        Saved::Resumed => Some(good("preferences-resumed")),
        Saved::CameBack => Some(good("preferences-came-back")),
        Saved::EngagementAgreed => Some(good("preferences-engagement-agreed")),
        Saved::EngagementWithdrawn => Some(good("preferences-engagement-withdrawn")),
        Saved::Address => Some(Flash::good(
            phrases.translate("address-done-title"),
            phrases.translate("address-done-body"),
        )),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_what_was_saved() {
        let deeds = vec![
            Deed::Joined(ListId(3)),
            Deed::Left(ListId(12)),
            Deed::Name,
            Deed::Language(Language::KK),
            Deed::Answers,
            Deed::Frequency(Frequency::Weekly),
        ];
        for saved in [
            Saved::Choices(Vec::new()),
            Saved::Choices(deeds),
            Saved::Pause,
            Saved::Resumed,
            Saved::CameBack,
            Saved::Address,
            Saved::EngagementAgreed,
            Saved::EngagementWithdrawn,
        ] {
            assert_eq!(saved.to_string().parse(), Ok(saved));
        }
    }

    #[test]
    fn a_note_of_another_kind_says_nothing() {
        for text in ["", "choices joined:x", "choices  name", "erased"] {
            assert_eq!(text.parse::<Saved>(), Err(NotOurs), "{text}");
        }
    }
}
