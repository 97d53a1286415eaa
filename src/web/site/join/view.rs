//! How the join form looks, on its own page, beside other pages and in a frame
//! on other sites.

use askama::Template;
use axum::response::Html;

use super::place::Place;
use super::reading::{Errors, Question};
use crate::audience::join;
use crate::audience::join_fields::{self, FieldKind, JoinField};
use crate::audience::join_rules::{self, JoinRules};
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::challenge;
use crate::web::failure::page;
use crate::web::form::Form;
use crate::web::site::frame::{Brand, Frame};
use crate::web::{Failure, Visitor, Web};

/// The short form that stands beside other pages.
pub struct JoinBox {
    /// The sentence that one agrees to.
    pub wording: String,
    /// When it was shown, signed.
    pub shown: String,
    /// Whether the browser has to work first.
    pub asks_for_work: bool,
}

impl JoinBox {
    /// The form as this reader sees it now.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn new(web: &Web, frame: &Frame) -> Result<Self, Failure> {
        Ok(Self {
            wording: frame.consent_wording(),
            shown: shown_now(web),
            asks_for_work: challenge::is_asked(web, &join_rules::look(&web.cx).await?),
        })
    }
}

/// The mark of when a form was shown.
pub fn shown_now(web: &Web) -> String {
    let at = web.cx.clock.now();
    web.cx.keys.sign(&Token::FormShown { at })
}

struct Choice {
    slug: String,
    name: String,
    description: String,
    is_ticked: bool,
}

/// The form with what was typed so far.
struct Filled {
    action: String,
    email: String,
    person_name: String,
    language: Language,
    choices: Vec<Choice>,
    questions: Vec<Question>,
    wording: String,
    shown: String,
    asks_for_work: bool,
    errors: Errors,
    errors_title: String,
}

/// What a list says of itself above a form that is for it alone.
struct Heading {
    name: String,
    description: String,
}

impl Heading {
    fn of(list: &List, language: Language) -> Self {
        let (name, description) = list.text(language);
        Self {
            name: name.to_owned(),
            description: description.to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "site/join.html")]
struct JoinPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    list: Option<Heading>,
    filled: Filled,
}

#[derive(Template)]
#[template(path = "site/embed.html")]
struct EmbedPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    list: Heading,
    filled: Filled,
}

#[derive(Template)]
#[template(path = "site/check_inbox.html")]
struct CheckInboxPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    expiry: String,
}

#[derive(Template)]
#[template(path = "site/embed_sent.html")]
struct EmbedSentPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    expiry: String,
}

/// The form.
///
/// # Errors
/// Where the database or a template fails.
pub async fn form(
    web: &Web,
    frame: Frame,
    place: &Place,
    rules: &JoinRules,
    form: &Form,
    errors: Errors,
) -> Result<Html<String>, Failure> {
    let language = frame.visitor.language;
    let fields = join_fields::all(&web.cx).await?;
    let question =
        |field: &JoinField| Question::new(field, language, form.text(&field.name()).to_owned());
    let filled = Filled {
        action: frame.visitor.link(&place.path()),
        email: form.text("email").to_owned(),
        person_name: form.text("name").to_owned(),
        language: form.language(language).unwrap_or(language),
        choices: match place {
            Place::Site => choices(web, form, language).await?,
            Place::Hosted(_) | Place::Embedded(_) => Vec::new(),
        },
        questions: fields.iter().map(question).collect(),
        wording: frame.consent_wording(),
        shown: shown_now(web),
        asks_for_work: challenge::is_asked(web, rules),
        errors_title: errors.title(&frame.phrases),
        errors,
    };
    let Frame {
        visitor,
        phrases,
        brand,
    } = frame;
    match place {
        Place::Embedded(list) => page(&EmbedPage {
            list: Heading::of(list, language),
            visitor,
            phrases,
            brand,
            filled,
        }),
        Place::Site | Place::Hosted(_) => page(&JoinPage {
            list: place.list().map(|list| Heading::of(list, language)),
            visitor,
            phrases,
            brand,
            filled,
        }),
    }
}

async fn choices(web: &Web, form: &Form, language: Language) -> Result<Vec<Choice>, Failure> {
    let wanted: Vec<&str> = form.all("lists").collect();
    let lists = join::public_lists(&web.cx).await?;
    let choice = |(at, list): (usize, &List)| {
        let (name, description) = list.text(language);
        Choice {
            slug: list.slug.to_string(),
            name: name.to_owned(),
            description: description.to_owned(),
            is_ticked: (wanted.is_empty() && at == 0) || wanted.contains(&list.slug.as_str()),
        }
    };
    Ok(lists.iter().enumerate().map(choice).collect())
}

/// The page that follows, whatever is known of the address.
///
/// # Errors
/// Where a template fails.
pub fn check_inbox(web: &Web, frame: Frame, place: &Place) -> Result<Html<String>, Failure> {
    let lifetime = web.cx.config.confirmation_lifetime;
    let expiry = frame.phrases.span("sent-expiry", lifetime);
    let Frame {
        visitor,
        phrases,
        brand,
    } = frame;
    match place {
        Place::Embedded(_) => page(&EmbedSentPage {
            visitor,
            phrases,
            brand,
            expiry,
        }),
        Place::Site | Place::Hosted(_) => page(&CheckInboxPage {
            visitor,
            phrases,
            brand,
            expiry,
        }),
    }
}
