//! The page after leaving: what was left, the way back, and an optional reason. Its address
//! holds a token that works for an hour, so that nobody who gets a forwarded email uses it.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use strum::VariantArray as _;

use crate::audience::leave::{self, Departure};
use crate::audience::preferences;
use crate::model::subscription::LeaveReason;
use crate::model::{ListId, SubscriberId};
use crate::text::line::PersonName;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::public::confirm::{names, on_behalf_of};
use crate::web::public::page_context::PageContext;
use crate::web::public::saved::{Deed, Saved};
use crate::web::public::{links, results, saved};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "public/left.html")]
struct LeftPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    path: String,
    has_left_everything: bool,
    lists: Vec<String>,
    departure: Departure,
    /// Empty if the subscriber was erased.
    preferences_path: String,
}

/// What a subscriber has just left.
pub struct Leaving {
    pub subscriber: SubscriberId,
    pub lists: Vec<ListId>,
    /// Whether they want no email at all.
    pub is_everything: bool,
}

impl Leaving {
    /// Leads on to the page about it.
    pub fn see(self, web: &Web, visitor: &Visitor) -> Response {
        let token = web.cx.keys.sign(&Token::Left {
            subscriber: self.subscriber.0,
            is_everything: self.is_everything,
            until: results::until(web),
            lists: self.lists.iter().map(|list| list.0).collect(),
        });
        links::see_other(visitor, &format!("/left/{token}"))
    }

    /// `None` once the link is too old.
    fn open(web: &Web, token: &str) -> Result<Option<Self>, HttpError> {
        let Token::Left {
            subscriber,
            is_everything,
            until,
            lists,
        } = links::open(web, token)?
        else {
            return Err(HttpError::NotFound);
        };
        let is_fresh = web.cx.clock.now() < until;
        Ok(is_fresh.then(|| Self {
            subscriber: SubscriberId(subscriber),
            lists: lists.into_iter().map(ListId).collect(),
            is_everything,
        }))
    }
}

pub async fn show(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let Some(left) = Leaving::open(&web, &token)? else {
        return results::expired(context);
    };
    let departure = leave::departure(&web.cx, left.subscriber, &left.lists).await?;
    let preferences_path = links::preferences_path(&web, left.subscriber);
    let is_done = departure.is_off && (!left.is_everything || departure.is_suppressed);
    if !is_done && !departure.is_erased {
        // They came back since: the page must not say that they left.
        return Ok(links::see_other(&context.visitor, &preferences_path));
    }
    let html = render_page(&LeftPage {
        path: format!("/left/{token}"),
        has_left_everything: left.is_everything,
        lists: names(&departure.lists, context.visitor.language),
        phrases: on_behalf_of(&context, &departure.lists),
        preferences_path: if departure.is_erased {
            String::new()
        } else {
            preferences_path
        },
        departure,
        visitor: context.visitor,
        brand: context.brand,
    })?;
    Ok(html.into_response())
}

/// Keeps the reason, if one was chosen.
pub async fn say_why(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let Some(left) = Leaving::open(&web, &token)? else {
        return results::expired(context);
    };
    if let Ok(reason) = Form::parse(&body)?.text("reason").parse::<LeaveReason>() {
        let wording = context.phrases.translate(&phrase(&reason));
        let source = context.visitor.consent_source();
        let lists = &left.lists;
        leave::say_why(&web.cx, left.subscriber, lists, reason, &wording, &source).await?;
    }
    Ok(links::see_other(
        &context.visitor,
        &format!("/left/{token}"),
    ))
}

/// Subscribes again to the lists just left, after a mistaken click.
pub async fn rejoin(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let Some(left) = Leaving::open(&web, &token)? else {
        return results::expired(context);
    };
    let Some(current) = preferences::load(&web.cx, left.subscriber).await? else {
        return Ok(links::see_other(
            &context.visitor,
            &format!("/left/{token}"),
        ));
    };
    let departure = leave::departure(&web.cx, left.subscriber, &left.lists).await?;
    let kept = current.choices.iter().filter(|choice| choice.is_on());
    let update = preferences::PreferencesUpdate {
        name: PersonName::parse(&current.subscriber.name).unwrap_or_default(),
        language: current.subscriber.language,
        lists: kept
            .map(|choice| choice.list.slug.clone())
            .chain(departure.lists.iter().map(|list| list.slug.clone()))
            .collect(),
        frequency: current.subscriber.frequency,
        attributes: serde_json::Map::new(),
        wording: context.phrases.translate("unsubscribed-rejoin"),
    };
    let source = context.visitor.consent_source();
    let changes = preferences::change(&web.cx, left.subscriber, &update, &source).await?;
    let deeds = changes.iter().map(Deed::of).collect();
    let said = Saved::Choices(deeds);
    Ok(saved::see(&web, &context.visitor, left.subscriber, &said))
}

/// The key of a reason's text.
fn phrase(reason: &LeaveReason) -> String {
    format!("unsubscribed-reason-{reason}").replace('_', "-")
}
