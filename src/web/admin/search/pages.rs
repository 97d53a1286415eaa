//! Pages of the admin by their names, in the user's language and in English.

use super::{Group, Item};
use crate::finder::likeness::Wanted;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::web::admin::viewer::Viewer;

/// A page that the navigation does not name.
struct Other {
    path: &'static str,
    /// The key of its name.
    name: &'static str,
    is_for_editors: bool,
}

const fn other(path: &'static str, name: &'static str, is_for_editors: bool) -> Other {
    Other {
        path,
        name,
        is_for_editors,
    }
}

const OTHERS: &[Other] = &[
    other("/admin/posts/new", "admin-dashboard-new-post", true),
    other("/admin/campaigns/new", "admin-dashboard-new-campaign", true),
    other(
        "/admin/campaign-templates",
        "admin-campaign-templates",
        false,
    ),
    other("/admin/growth", "admin-growth-title", false),
    other("/admin/account", "admin-my-account", false),
    other(
        "/admin/account/notifications",
        "admin-notification-choices",
        false,
    ),
    other("/admin/notifications", "admin-notification-title", false),
    other("/admin/sessions", "admin-session-title", false),
    other("/admin/shortcuts", "admin-shortcut-title", false),
];

/// Up to `limit` pages that the user may open.
pub fn find(viewer: &Viewer, wanted: &Wanted, limit: usize) -> Group {
    let english = Phrases::shipped(Language::EN);
    let distance = |key: &str| {
        let names = [viewer.t(key), english.translate(key)];
        names.iter().filter_map(|name| wanted.distance(name)).min()
    };
    let mut found: Vec<(u32, Item)> = Vec::new();
    let mut add = |path: &str, name: &str, section: String| {
        if let Some(distance) = distance(name) {
            let item = Item {
                title: viewer.t(name),
                detail: section,
                path: path.to_owned(),
                link: None,
            };
            found.push((distance, item));
        }
    };
    for section in viewer.nav() {
        let heading = match section.heading {
            "" => String::new(),
            key => viewer.t(key),
        };
        for page in viewer.pages_of(section) {
            add(page.path, page.name, heading.clone());
        }
    }
    for page in OTHERS {
        if !page.is_for_editors || viewer.can_edit() {
            add(page.path, page.name, String::new());
        }
    }
    Group::best(viewer.t("admin-search-pages"), found, limit)
}
