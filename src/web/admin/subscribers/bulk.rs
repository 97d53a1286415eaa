//! Actions on several subscribers at once.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;

use crate::audience::subscriber_admin::{self, BulkAction};
use crate::audience::subscribers;
use crate::model::SubscriberId;
use crate::model::list::ListSlug;
use crate::model::tag::Tag;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::subscribers::origin::origin;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

pub async fn bulk(
    State(web): State<Web>,
    Editor(viewer): Editor,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let back = match form.text("list").parse::<ListSlug>() {
        Ok(slug) if form.has("on_list") => format!("/admin/lists/{slug}"),
        _ => "/admin/subscribers".to_owned(),
    };
    let ids = form.all("id").map(str::parse);
    let Ok(ids) = ids.collect::<Result<Vec<SubscriberId>, _>>() else {
        return Err(HttpError::field("id", &"is not a subscriber's id"));
    };
    if ids.is_empty() {
        let flash = Flash::bad(viewer.t("admin-subscribers-nobody"))
            .with(viewer.t("admin-subscribers-nobody-next"));
        return Ok(redirect(&web, &back, &flash));
    }
    let what = match chosen(&form, &viewer) {
        Ok(what) => what,
        Err(why) => return Ok(redirect(&web, &back, &Flash::bad(why))),
    };
    let confirmation = confirmation(&web, &viewer, &what, &ids, back.clone()).await?;
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let origin = origin(&visitor, form.text("reason"));
    let done = subscriber_admin::bulk_apply(&web.cx, &viewer.actor(), &ids, &what, &origin).await?;
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
    ids: &[SubscriberId],
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
    let who = named(web, viewer, ids).await?;
    let title = viewer.say(question).number("count", ids.len());
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
async fn named(web: &Web, viewer: &Viewer, ids: &[SubscriberId]) -> Result<String, HttpError> {
    let mut names = Vec::new();
    for id in ids.iter().take(NAMED) {
        if let Some((subscriber, _)) = subscribers::find(&web.cx, *id).await? {
            names.push(subscriber.email.to_string());
        }
    }
    let others = ids.len().saturating_sub(NAMED);
    let named = match others {
        0 => viewer.say("admin-subscribers-named"),
        _ => viewer
            .say("admin-subscribers-named-others")
            .number("count", others),
    };
    Ok(named.text("names", names.join(", ")).to_string())
}
