//! Actions on several subscribers at once.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;

use crate::audience::subscriber_admin::{self, BulkAction, BulkDone};
use crate::audience::{ConsentSource, subscribers};
use crate::model::SubscriberId;
use crate::model::audit::Actor;
use crate::model::list::ListSlug;
use crate::model::tag::Tag;
use crate::store::search::{Search, Start};
use crate::web::admin::confirmation::{Confirmation, is_confirmed};
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::subscriber_filter::SubscriberFilter;
use crate::web::admin::subscribers::origin::origin;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Whom an action is for.
enum Whom {
    Selected(Vec<SubscriberId>),
    /// All that a search finds, at most so many.
    Matching(Box<Search>, i64),
}

impl Whom {
    fn count(&self) -> i64 {
        match self {
            Self::Selected(ids) => i64::try_from(ids.len()).unwrap_or(i64::MAX),
            Self::Matching(_, count) => *count,
        }
    }
}

/// The field with the number that a confirmation was about.
const MOST: &str = "most";

pub async fn bulk(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let filter = SubscriberFilter::parse(form.text("filter"))?;
    let back = back(&form, &filter);
    let whom = match whom(&web, &viewer, &form, &filter).await? {
        Ok(whom) => whom,
        Err(flash) => return Ok(redirect(&web, &back, &flash)),
    };
    let what = match chosen(&form, &viewer) {
        Ok(what) => what,
        Err(why) => return Ok(redirect(&web, &back, &Flash::bad(why))),
    };
    let confirmation = confirmation(&web, &viewer, &what, &whom, back.clone()).await?;
    let asked = form.clone().with(MOST, whom.count());
    if let Some(page) = confirmation.unless_confirmed(&viewer, &asked)? {
        return Ok(page);
    }
    let origin = origin(&visitor, form.text("reason"));
    let done = apply(&web, viewer.actor(), &what, whom, origin).await?;
    let title = viewer.say(match &what {
        BulkAction::Add(_) => "admin-subscribers-added",
        BulkAction::Remove(_) => "admin-subscribers-removed",
        BulkAction::Tag(_) => "admin-subscribers-tagged-with",
        BulkAction::Untag(_) => "admin-subscribers-untagged",
        BulkAction::Suppress => "admin-subscribers-suppressed",
        BulkAction::Erase => "admin-subscribers-erased",
    });
    let flash = Flash::good(title.number("count", done.done).text("name", name(&what)));
    let flash = match done.kept {
        0 => flash,
        kept => flash.with(viewer.say("admin-subscribers-kept").number("count", kept)),
    };
    Ok(redirect(&web, &back, &flash))
}

/// The table that the form was sent from.
pub fn back(form: &Form, filter: &SubscriberFilter) -> String {
    let path = match form.text("list").parse::<ListSlug>() {
        Ok(slug) if form.has("on_list") => format!("/admin/lists/{slug}"),
        _ => "/admin/subscribers".to_owned(),
    };
    match filter.query(filter.sort()).as_str() {
        "" => path,
        query => format!("{path}?{query}"),
    }
}

/// Whom the form is for, or what is wrong with that.
async fn whom(
    web: &Web,
    viewer: &Viewer,
    form: &Form,
    filter: &SubscriberFilter,
) -> Result<Result<Whom, Flash>, HttpError> {
    if form.text("all") != "yes" {
        let ids = form.all("id").map(str::parse);
        let Ok(ids) = ids.collect::<Result<Vec<SubscriberId>, _>>() else {
            return Err(HttpError::field("id", &"is not a subscriber's id"));
        };
        let nobody = || {
            Flash::bad(viewer.t("admin-subscribers-nobody"))
                .with(viewer.t("admin-subscribers-nobody-next"))
        };
        return Ok(if ids.is_empty() {
            Err(nobody())
        } else {
            Ok(Whom::Selected(ids))
        });
    }
    let none = || Flash::bad(viewer.t("admin-subscribers-none-left"));
    let Some(search) = filter.search(web, &viewer.access).await? else {
        return Ok(Err(none()));
    };
    let most = subscriber_admin::BULK_LIMIT;
    let count = subscribers::count_found(&web.cx, &search, most + 1).await?;
    // Nobody but those whom the confirmation was about.
    let confirmed = is_confirmed(form)
        .then(|| form.text(MOST).parse().ok())
        .flatten();
    Ok(match count {
        0 => Err(none()),
        count if count > most => {
            let title = viewer
                .say("admin-subscribers-too-many")
                .number("count", most);
            Err(Flash::bad(title).with(viewer.t("admin-subscribers-too-many-next")))
        }
        count => {
            let count = confirmed.map_or(count, |confirmed: i64| count.min(confirmed));
            Ok(Whom::Matching(Box::new(search), count))
        }
    })
}

/// Applies an action. One for many goes on even if the browser does not wait for it.
async fn apply(
    web: &Web,
    by: Actor,
    what: &BulkAction,
    whom: Whom,
    origin: ConsentSource,
) -> Result<BulkDone, HttpError> {
    let (search, count) = match whom {
        Whom::Selected(ids) => {
            return Ok(subscriber_admin::bulk_apply(&web.cx, &by, &ids, what, &origin).await?);
        }
        Whom::Matching(search, count) => (search, count),
    };
    let (cx, what) = (web.cx.clone(), what.clone());
    let work = tokio::spawn(async move {
        subscriber_admin::bulk_apply_to_all(&cx, &by, &what, &origin, &search, count).await
    });
    let done = work.await.map_err(|error| {
        tracing::error!(%error, "a bulk action failed");
        HttpError::Internal
    })?;
    Ok(done?)
}

/// The action chosen, or what is missing.
fn chosen(form: &Form, viewer: &Viewer) -> Result<BulkAction, String> {
    let list = || match form.text("target") {
        "" => Err(viewer.t("admin-subscribers-choose-list")),
        slug => slug
            .parse::<ListSlug>()
            .map_err(|error| viewer.explain(error)),
    };
    let tag = || match form.trimmed("tag") {
        "" => Err(viewer.t("admin-subscribers-enter-tag")),
        tag => Tag::parse(tag).map_err(|error| viewer.explain(error)),
    };
    match form.text("action") {
        "add" => list().map(BulkAction::Add),
        "remove" => list().map(BulkAction::Remove),
        "tag" => tag().map(BulkAction::Tag),
        "untag" => tag().map(BulkAction::Untag),
        "suppress" => Ok(BulkAction::Suppress),
        "erase" => Ok(BulkAction::Erase),
        _ => Err(viewer.t("admin-subscribers-choose-action")),
    }
}

/// The list or tag of an action; empty where it has none.
fn name(what: &BulkAction) -> String {
    match what {
        BulkAction::Add(list) | BulkAction::Remove(list) => list.to_string(),
        BulkAction::Tag(tag) | BulkAction::Untag(tag) => tag.to_string(),
        BulkAction::Suppress | BulkAction::Erase => String::new(),
    }
}

/// Addresses that the confirmation names.
const NAMED: usize = 5;

async fn confirmation(
    web: &Web,
    viewer: &Viewer,
    what: &BulkAction,
    whom: &Whom,
    back: String,
) -> Result<Confirmation, HttpError> {
    let (question, effect, yes) = match what {
        BulkAction::Add(_) => (
            "admin-subscribers-add-question",
            "admin-subscribers-add-effect",
            "admin-subscribers-add-yes",
        ),
        BulkAction::Remove(_) => (
            "admin-subscribers-remove-question",
            "admin-subscribers-remove-effect",
            "admin-subscribers-remove-yes",
        ),
        BulkAction::Tag(_) => (
            "admin-subscribers-tag-question",
            "admin-subscribers-tag-effect",
            "admin-subscribers-tag-yes",
        ),
        BulkAction::Untag(_) => (
            "admin-subscribers-untag-question",
            "admin-subscribers-untag-effect",
            "admin-subscribers-untag-yes",
        ),
        BulkAction::Suppress => (
            "admin-subscribers-suppress-question",
            "admin-subscribers-suppress-effect",
            "admin-subscriber-suppress",
        ),
        BulkAction::Erase => (
            "admin-subscribers-erase-question",
            "admin-subscribers-erase-effect",
            "admin-subscriber-erase",
        ),
    };
    let who = named(web, viewer, whom).await?;
    let title = viewer.say(question).number("count", whom.count());
    Ok(Confirmation {
        title: title.text("name", name(what)).into(),
        text: format!("{who} {}", viewer.t(effect)),
        yes: viewer.t(yes),
        no: viewer.t("admin-cancel"),
        back,
        choice: None,
    })
}

/// The addresses of the first subscribers, and how many others there are.
async fn named(web: &Web, viewer: &Viewer, whom: &Whom) -> Result<String, HttpError> {
    let mut names = Vec::new();
    match whom {
        Whom::Selected(ids) => {
            for id in ids.iter().take(NAMED) {
                if let Some((subscriber, _)) =
                    subscribers::find(&web.cx, &viewer.access, *id).await?
                {
                    names.push(subscriber.email.shown().into_owned());
                }
            }
        }
        Whom::Matching(search, _) => {
            let (start, limit) = (Start::Address(String::new()), NAMED as i64);
            let found = subscribers::search(&web.cx, search, start, limit).await?;
            names.extend(
                found
                    .subscribers
                    .iter()
                    .map(|one| one.email.shown().into_owned()),
            );
        }
    }
    let others = whom.count().saturating_sub(NAMED as i64);
    let named = match others {
        ..=0 => viewer.say("admin-subscribers-named"),
        _ => viewer
            .say("admin-subscribers-named-others")
            .number("count", others),
    };
    Ok(named.text("names", names.join(", ")).to_string())
}
