//! Rules of join forms: which other sites may embed the form of a list, and
//! whether browsers must show proof of work.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Result;
use crate::account::audit;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::{FormWork, ListSlug};
use crate::model::web_origin::WebOrigin;
use crate::store::settings;

pub const SETTING: &str = "join_rules";

/// The rules, as stored.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct JoinRules {
    /// When proof of work is required.
    work: Option<FormWork>,
    /// The former field: always, or unset.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    asks_for_work: bool,
    /// The sites that may embed the form of each list, by its slug.
    origins: BTreeMap<String, Vec<WebOrigin>>,
}

impl JoinRules {
    /// When proof of work is required.
    pub fn work(&self) -> FormWork {
        self.work.unwrap_or(if self.asks_for_work {
            FormWork::Always
        } else {
            FormWork::UnderLoad
        })
    }

    /// The sites that may embed the form of a list.
    pub fn origins(&self, list: &ListSlug) -> &[WebOrigin] {
        self.origins.get(list.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Whether a site may embed the form of any list.
    pub fn knows(&self, origin: &WebOrigin) -> bool {
        self.origins.values().flatten().any(|known| known == origin)
    }

    /// Whether a site may embed the form of all of these lists.
    pub fn allow<'a>(
        &self,
        origin: &WebOrigin,
        mut lists: impl Iterator<Item = &'a ListSlug>,
    ) -> bool {
        lists.all(|list| self.origins(list).contains(origin))
    }
}

/// The rules.
pub async fn load(cx: &Context) -> Result<JoinRules> {
    let rules = settings::get(&mut cx.store.read().await?, SETTING).await?;
    Ok(rules.unwrap_or_default())
}

/// Sets when proof of work is required.
pub async fn ask_for_work(cx: &Context, by: &Actor, work: FormWork) -> Result<()> {
    let entry = (AuditAction::JoinFormWork, work.as_str().to_owned());
    change(cx, by, entry, |rules| rules.work = Some(work)).await
}

/// Sets the sites that may embed the form of a list.
pub async fn allow(
    cx: &Context,
    by: &Actor,
    list: &ListSlug,
    mut origins: Vec<WebOrigin>,
) -> Result<()> {
    origins.sort();
    origins.dedup();
    let sites: Vec<&str> = origins.iter().map(WebOrigin::as_str).collect();
    let entry = (
        AuditAction::ListFormSites,
        format!("{list}: {}", sites.join(" ")),
    );
    change(cx, by, entry, |rules| {
        rules.origins.insert(list.to_string(), origins);
    })
    .await
}

async fn change(
    cx: &Context,
    by: &Actor,
    (action, subject): (AuditAction, String),
    change: impl FnOnce(&mut JoinRules),
) -> Result<()> {
    let mut db = cx.store.write().await?;
    let rules: Option<JoinRules> = settings::get(&mut db, SETTING).await?;
    let mut rules = rules.unwrap_or_default();
    change(&mut rules);
    settings::set(&mut db, SETTING, &rules).await?;
    audit::record(&mut db, by, action, subject, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_must_be_allowed_by_every_list_it_asks_for() {
        let slug = |text: &str| text.parse::<ListSlug>().unwrap();
        let origin = |text: &str| text.parse::<WebOrigin>().unwrap();
        let (news, events) = (slug("news"), slug("events"));
        let mut rules = JoinRules::default();
        assert!(!rules.allow(&origin("https://a.kz"), [&news].into_iter()));
        rules
            .origins
            .insert("news".into(), vec![origin("https://a.kz")]);
        assert!(rules.allow(&origin("https://a.kz"), [&news].into_iter()));
        assert!(rules.knows(&origin("https://a.kz")) && !rules.knows(&origin("https://b.kz")));
        assert!(!rules.allow(&origin("http://a.kz"), [&news].into_iter()));
        assert!(!rules.allow(&origin("https://a.kz"), [&news, &events].into_iter()));
    }
}
