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
use crate::web::admin::viewer::Editor;
use crate::web::admin::wording::{counted, sentence};
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
        let flash = Flash::bad("Select at least one subscriber")
            .with("Select rows, then choose what to do.");
        return Ok(redirect(&web, &back, &flash));
    }
    let what = match chosen(&form) {
        Ok(what) => what,
        Err(why) => return Ok(redirect(&web, &back, &Flash::bad(why))),
    };
    let confirmation = confirmation(&web, &what, &ids, back.clone()).await?;
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let origin = origin(&visitor, form.text("reason"));
    let done = subscriber_admin::bulk_apply(&web.cx, &viewer.actor(), &ids, &what, &origin).await?;
    let who = counted(done.done as i64, "subscriber", "subscribers");
    let flash = match &what {
        BulkAction::Add(list) => Flash::good(format!("{who} added to {list}")),
        BulkAction::Remove(list) => Flash::good(format!("{who} removed from {list}")),
        BulkAction::Tag(tag) => Flash::good(format!("{who} tagged {tag}")),
        BulkAction::Untag(tag) => Flash::good(format!("Tag {tag} removed from {who}")),
        BulkAction::Suppress => Flash::good(format!("{who} suppressed")),
        BulkAction::Erase => Flash::good(format!("{who} erased")),
    };
    let flash = match done.kept {
        0 => flash,
        kept => flash.with(format!(
            "{} left or are suppressed, and stay unsubscribed.",
            counted(kept as i64, "subscriber", "subscribers"),
        )),
    };
    Ok(redirect(&web, &back, &flash))
}

/// The action chosen, or what is missing.
fn chosen(form: &Form) -> Result<BulkAction, String> {
    let list = || match form.text("target") {
        "" => Err("Choose a list".to_owned()),
        slug => slug
            .parse::<ListSlug>()
            .map_err(|error| sentence(&error.to_string())),
    };
    let tag = || match form.trimmed("tag") {
        "" => Err("Enter a tag".to_owned()),
        tag => Tag::parse(tag).map_err(|error| sentence(&error.to_string())),
    };
    match form.text("action") {
        "add" => list().map(BulkAction::Add),
        "remove" => list().map(BulkAction::Remove),
        "tag" => tag().map(BulkAction::Tag),
        "untag" => tag().map(BulkAction::Untag),
        "suppress" => Ok(BulkAction::Suppress),
        "erase" => Ok(BulkAction::Erase),
        _ => Err("Choose what to do".to_owned()),
    }
}

/// Addresses that the confirmation names.
const NAMED: usize = 5;

async fn confirmation(
    web: &Web,
    what: &BulkAction,
    ids: &[SubscriberId],
    back: String,
) -> Result<Confirmation, HttpError> {
    let mut names = Vec::new();
    for id in ids.iter().take(NAMED) {
        if let Some((subscriber, _)) = subscribers::find(&web.cx, *id).await? {
            names.push(subscriber.email.to_string());
        }
    }
    let mut who = names.join(", ");
    if ids.len() > NAMED {
        let more = counted((ids.len() - NAMED) as i64, "other", "others");
        who = format!("{who} and {more}");
    }
    let count = counted(ids.len() as i64, "subscriber", "subscribers");
    let (title, effect, yes) = match what {
        BulkAction::Add(list) => (
            format!("Add {count} to {list}?"),
            "You confirm that you have their consent. People who left the list are not added again.",
            "Add to list",
        ),
        BulkAction::Remove(list) => (
            format!("Remove {count} from {list}?"),
            "They get no more email from this list unless they join again.",
            "Remove from list",
        ),
        BulkAction::Tag(tag) => (
            format!("Tag {count} with {tag}?"),
            "Segments and filters find them by it.",
            "Add tag",
        ),
        BulkAction::Untag(tag) => (
            format!("Remove the tag {tag} from {count}?"),
            "Segments and filters find them by it no more.",
            "Remove tag",
        ),
        BulkAction::Suppress => (
            format!("Suppress {count}?"),
            "Their addresses get no email until the suppressions are lifted.",
            "Suppress",
        ),
        BulkAction::Erase => (
            format!("Erase {count}?"),
            "Addresses, names, attributes, subscriptions and consent records are deleted permanently. The numbers in reports stay, without names.",
            "Erase",
        ),
    };
    Ok(Confirmation {
        title,
        text: format!("{who}. {effect}"),
        yes,
        no: "Cancel",
        back,
        choice: None,
    })
}
