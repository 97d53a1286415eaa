//! Taking the lists of a listmonk installation straight from its database. Each list becomes a
//! file that goes the way of every other import, with its check, its balance and its undo.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};

use serde_json::{Value, json};

use super::{ImportError, Result};
use crate::audience::list_admin::{self, ListFields};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::import::Standing;
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::store::listmonk::{Listmonk, ListmonkList, ListmonkMember};
use crate::store::lists::{self, List};
use crate::text::line::Title;

/// The list here that has the name of one of listmonk.
pub async fn known(cx: &Context, list: &ListmonkList) -> Result<Option<List>> {
    let all = lists::all(&mut cx.store.read().await?).await?;
    let name = list.name.trim().to_lowercase();
    let mut all = all.into_iter();
    Ok(all.find(|one| one.name.to_lowercase() == name || one.slug.as_str() == name))
}

/// Makes a list with the name, visibility and opt-in of one of listmonk.
///
/// # Errors
/// [`ImportError::Audience`] where its slug is taken by a list of another name.
pub async fn make(cx: &Context, by: &Actor, list: &ListmonkList) -> Result<List> {
    let fallback = format!("list-{}", list.id);
    let slug = ListSlug::from_title(&list.name).map_or_else(|| fallback.parse(), Ok);
    let name = Title::parse(&list.name).or_else(|_| Title::parse(&fallback));
    let (Ok(slug), Ok(name)) = (slug, name) else {
        return Err(ImportError::Moved);
    };
    let fields = ListFields {
        slug,
        name,
        description: list.description.chars().take(1000).collect(),
        translations: BTreeMap::new(),
        visibility: if list.is_public {
            Visibility::Public
        } else {
            Visibility::Private
        },
        opt_in: if list.is_double {
            OptIn::Double
        } else {
            OptIn::Single
        },
        options: Default::default(),
    };
    Ok(list_admin::create(cx, by, &fields).await?)
}

/// The members of a list as JSON Lines, and how many of each standing there are.
///
/// # Errors
/// [`ImportError::Store`] where listmonk's database cannot be read.
pub async fn members(
    source: &mut Listmonk,
    list: &ListmonkList,
) -> Result<(File, BTreeMap<&'static str, u64>)> {
    let mut out = BufWriter::new(tempfile::tempfile()?);
    let mut counts = BTreeMap::new();
    let mut after = 0;
    loop {
        let members = source.members(list.id, after).await?;
        let Some(last) = members.last() else { break };
        after = last.id;
        for member in &members {
            let standing = standing(list.is_double, member);
            *counts.entry(standing.as_str()).or_default() += 1;
            writeln!(out, "{}", row(list.is_double, member))?;
        }
    }
    let file = out.into_inner().map_err(|error| error.into_error())?;
    Ok((file, counts))
}

/// The people on no list to whom no mail may go, as JSON Lines of suppressions, and their
/// number.
///
/// # Errors
/// [`ImportError::Store`] where listmonk's database cannot be read.
pub async fn suppressions(source: &mut Listmonk) -> Result<(File, u64)> {
    let mut out = BufWriter::new(tempfile::tempfile()?);
    let (mut count, mut after) = (0, 0);
    loop {
        let members = source.kept_off(after).await?;
        let Some(last) = members.last() else { break };
        after = last.id;
        for member in &members {
            count += 1;
            let reason = standing(false, member);
            let at = changed_at(reason, member);
            let row = json!({
                "address": member.email,
                "reason": reason.suppression().map(|reason| reason.as_str()),
                "time": at.map(Timestamp::rfc3339),
                "note": format!("listmonk: {}", member.status),
            });
            writeln!(out, "{row}")?;
        }
    }
    let file = out.into_inner().map_err(|error| error.into_error())?;
    Ok((file, count))
}

/// What listmonk knows of a member, at its strongest.
fn standing(is_double: bool, member: &ListmonkMember) -> Standing {
    let of_person = match (member.bounce.as_deref(), member.status.as_str()) {
        (Some("complaint"), _) => Standing::Complained,
        (Some(_), _) => Standing::Bounced,
        (None, "enabled") => Standing::Confirmed,
        // `disabled`, `blocklisted`, and what later versions may add.
        (None, _) => Standing::Blocked,
    };
    let of_list = match member.subscription.as_str() {
        "confirmed" => Standing::Confirmed,
        // A list with single opt-in mails those who have not confirmed.
        "unconfirmed" if !is_double => Standing::Confirmed,
        "unconfirmed" => Standing::Pending,
        _ => Standing::Unsubscribed,
    };
    of_person.stronger(of_list)
}

/// When what is said of them became so.
fn changed_at(standing: Standing, member: &ListmonkMember) -> Option<Timestamp> {
    match standing {
        Standing::Confirmed | Standing::Pending => member.joined_at,
        Standing::Unsubscribed => member.moved_at,
        Standing::Bounced | Standing::Complained => member.bounced_at,
        Standing::Blocked | Standing::LeftAll => member.updated_at,
    }
}

/// A member as a row, by the names that columns have in [`super::field`].
fn row(is_double: bool, member: &ListmonkMember) -> Value {
    let standing = standing(is_double, member);
    let is_unconfirmed = member.subscription == "unconfirmed";
    let consented_at = match member.subscription.as_str() {
        "confirmed" if is_double => member.moved_at,
        _ => member.joined_at,
    };
    let source = match (is_unconfirmed, is_double) {
        (true, false) => "listmonk: subscribed with single opt-in, not confirmed",
        (true, true) => "listmonk: asked to confirm",
        (false, _) => "listmonk",
    };
    let time = |at: Option<Timestamp>| at.map(Timestamp::rfc3339);
    json!({
        "uuid": member.uuid.to_lowercase(),
        "email": member.email,
        "name": member.name,
        "attributes": serde_json::from_str::<Value>(&member.attributes).ok(),
        "state": standing.as_str(),
        "created_at": time(member.created_at),
        "consented_at": time(consented_at),
        "consented_from": member.opt_in_ip,
        "consent_source": source,
        "changed_at": time(changed_at(standing, member)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_of_what_listmonk_says_counts() {
        use Standing::*;
        for (is_double, status, subscription, bounce, expected) in [
            (true, "enabled", "confirmed", None, Confirmed),
            (true, "enabled", "unconfirmed", None, Pending),
            (false, "enabled", "unconfirmed", None, Confirmed),
            (false, "enabled", "unsubscribed", None, Unsubscribed),
            (false, "blocklisted", "confirmed", None, Blocked),
            (false, "disabled", "unsubscribed", None, Blocked),
            (false, "blocklisted", "confirmed", Some("hard"), Bounced),
            (
                true,
                "enabled",
                "unsubscribed",
                Some("complaint"),
                Complained,
            ),
        ] {
            let member = ListmonkMember {
                id: 1,
                uuid: String::new(),
                email: "a@x.org".to_owned(),
                name: String::new(),
                attributes: "{}".to_owned(),
                status: status.to_owned(),
                subscription: subscription.to_owned(),
                opt_in_ip: None,
                bounce: bounce.map(str::to_owned),
                bounced_at: None,
                created_at: None,
                updated_at: None,
                joined_at: None,
                moved_at: None,
            };
            let found = standing(is_double, &member);
            assert_eq!(found, expected, "{status} {subscription} {bounce:?}");
        }
    }
}
