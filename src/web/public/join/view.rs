//! Rendering of the join form: full page, box on other pages, embedded.

use askama::Template;
use axum::response::Html;

use crate::audience::join;
use crate::audience::join_fields::{self, FieldKind, JoinField};
use crate::audience::join_rules::{self, JoinRules};
use crate::store::lists::List;
use crate::text::locale::{Language, Languages};
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::proof_of_work;
use crate::web::public::join::form_input::{JoinErrors, Question};
use crate::web::public::join::placement::Placement;
use crate::web::public::page_context::PageContext;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// The short form on other pages.
pub struct JoinBox {
    /// The consent sentence.
    pub wording: String,
    /// The sentence that may be ticked, where the site asks.
    pub engagement: Option<String>,
    /// The signed time at which it was shown.
    pub shown: String,
    /// Whether proof of work is required.
    pub asks_for_work: bool,
}

impl JoinBox {
    pub async fn new(web: &Web, context: &PageContext) -> Result<Self, HttpError> {
        Ok(Self {
            wording: context.consent_wording(),
            engagement: engagement_wording(web, context),
            shown: shown_now(web),
            asks_for_work: proof_of_work::is_required(web, &join_rules::load(&web.cx).await?),
        })
    }
}

/// The sentence by which opens and followed links may be seen, where the site asks.
fn engagement_wording(web: &Web, context: &PageContext) -> Option<String> {
    let is_asked = web.cx.config().engagement;
    is_asked.then(|| context.engagement_wording())
}

/// The signed time for a form shown now.
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

/// The form with its current values.
struct Filled {
    action: String,
    email: String,
    person_name: String,
    languages: Languages,
    language: Language,
    choices: Vec<Choice>,
    questions: Vec<Question>,
    wording: String,
    /// The sentence that may be ticked, where the site asks, and whether it is.
    engagement: Option<(String, bool)>,
    shown: String,
    asks_for_work: bool,
    errors: JoinErrors,
    errors_title: String,
}

/// Name and description of the one list.
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
#[template(path = "public/join.html")]
struct JoinPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    list: Option<Heading>,
    filled: Filled,
}

#[derive(Template)]
#[template(path = "public/embed.html")]
struct EmbedPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    list: Heading,
    filled: Filled,
}

#[derive(Template)]
#[template(path = "public/check_inbox.html")]
struct CheckInboxPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    expiry: String,
}

#[derive(Template)]
#[template(path = "public/embed_sent.html")]
struct EmbedSentPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    expiry: String,
    form_path: String,
}

pub async fn form(
    web: &Web,
    context: PageContext,
    place: &Placement,
    rules: &JoinRules,
    form: &Form,
    errors: JoinErrors,
) -> Result<Html<String>, HttpError> {
    let language = context.visitor.language;
    let reader = context.phrases.reader();
    let fields = join_fields::all(&web.cx).await?;
    let question =
        |field: &JoinField| Question::new(field, reader, form.text(&field.name()).to_owned());
    let filled = Filled {
        action: context.visitor.link(&place.path()),
        email: form.text("email").to_owned(),
        person_name: form.text("name").to_owned(),
        language: form
            .language(&context.visitor.languages, language)
            .unwrap_or(language),
        languages: context.visitor.languages.clone(),
        choices: match place {
            Placement::Site => choices(web, form, language).await?,
            Placement::Hosted(_) | Placement::Embedded(_) => Vec::new(),
        },
        questions: fields.iter().map(question).collect(),
        wording: context.consent_wording(),
        engagement: engagement_wording(web, &context)
            .map(|wording| (wording, form.has("engagement"))),
        shown: shown_now(web),
        asks_for_work: proof_of_work::is_required(web, rules),
        errors_title: errors.title(&context.phrases),
        errors,
    };
    let PageContext {
        visitor,
        phrases,
        brand,
    } = context;
    match place {
        Placement::Embedded(list) => render_page(&EmbedPage {
            list: Heading::of(list, language),
            visitor,
            phrases,
            brand,
            filled,
        }),
        Placement::Site | Placement::Hosted(_) => render_page(&JoinPage {
            list: place.list().map(|list| Heading::of(list, language)),
            visitor,
            phrases,
            brand,
            filled,
        }),
    }
}

async fn choices(web: &Web, form: &Form, language: Language) -> Result<Vec<Choice>, HttpError> {
    let chosen: Vec<&str> = form.all("lists").collect();
    let lists = join::public_lists(&web.cx).await?;
    let choice = |(at, list): (usize, &List)| {
        let (name, description) = list.text(language);
        Choice {
            slug: list.slug.to_string(),
            name: name.to_owned(),
            description: description.to_owned(),
            is_ticked: (chosen.is_empty() && at == 0) || chosen.contains(&list.slug.as_str()),
        }
    };
    Ok(lists.iter().enumerate().map(choice).collect())
}

/// The page after the form, whether or not the address is known.
pub fn check_inbox(
    web: &Web,
    context: PageContext,
    place: &Placement,
) -> Result<Html<String>, HttpError> {
    let lifetime = web.cx.config().confirmation_lifetime;
    let expiry = context.phrases.duration("sent-expiry", lifetime);
    let PageContext {
        visitor,
        phrases,
        brand,
    } = context;
    match place {
        Placement::Embedded(_) => render_page(&EmbedSentPage {
            form_path: place.path(),
            visitor,
            phrases,
            brand,
            expiry,
        }),
        Placement::Site | Placement::Hosted(_) => render_page(&CheckInboxPage {
            visitor,
            phrases,
            brand,
            expiry,
        }),
    }
}
