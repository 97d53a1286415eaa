//! The navigation of the admin pages.

use crate::model::user::Role;

/// A group of pages under a heading.
pub struct Section {
    /// The key of its heading; empty for none.
    pub heading: &'static str,
    pub pages: &'static [Page],
}

/// A page in the navigation.
pub struct Page {
    pub path: &'static str,
    /// The key of its name.
    pub name: &'static str,
    /// A symbol of `assets/vendor/lucide/icons.svg`.
    pub icon: &'static str,
    is_for_owners: bool,
}

impl Page {
    /// Whether a role may see it: what one may not open is not offered.
    pub fn is_for(&self, role: Role) -> bool {
        !self.is_for_owners || role.may_administer()
    }
}

impl Section {
    /// Its pages for a role.
    pub fn pages_for(&self, role: Role) -> Vec<&'static Page> {
        self.pages.iter().filter(|page| page.is_for(role)).collect()
    }
}

const fn page(path: &'static str, name: &'static str, icon: &'static str) -> Page {
    Page {
        path,
        name,
        icon,
        is_for_owners: false,
    }
}

const fn owners(path: &'static str, name: &'static str, icon: &'static str) -> Page {
    Page {
        is_for_owners: true,
        ..page(path, name, icon)
    }
}

/// Every section, in the order shown.
pub const NAV: [Section; 5] = [
    Section {
        heading: "",
        pages: &[page("/admin", "admin-nav-dashboard", "layout-dashboard")],
    },
    Section {
        heading: "admin-nav-mail",
        pages: &[
            page("/admin/posts", "admin-nav-posts", "newspaper"),
            page("/admin/campaigns", "admin-nav-campaigns", "send"),
            page(
                "/admin/recurring-campaigns",
                "admin-nav-recurring",
                "repeat",
            ),
            page("/admin/feeds", "admin-nav-feeds", "rss"),
            page("/admin/series", "admin-nav-series", "mails"),
            page("/admin/snippets", "admin-nav-snippets", "puzzle"),
            page("/admin/layouts", "admin-nav-layouts", "palette"),
            page(
                "/admin/email-templates",
                "admin-nav-email-templates",
                "scroll-text",
            ),
            page(
                "/admin/deliverability",
                "admin-nav-deliverability",
                "mail-check",
            ),
        ],
    },
    Section {
        heading: "admin-nav-audience",
        pages: &[
            page("/admin/subscribers", "admin-nav-subscribers", "users"),
            page("/admin/lists", "admin-nav-lists", "list"),
            page("/admin/join-form", "admin-nav-join-form", "clipboard-list"),
            page("/admin/segments", "admin-nav-segments", "filter"),
            page("/admin/tags", "admin-nav-tags", "tag"),
            page("/admin/suppressions", "admin-nav-suppressions", "ban"),
            page("/admin/imports", "admin-nav-imports", "upload"),
        ],
    },
    Section {
        heading: "admin-nav-site",
        pages: &[
            page("/admin/events", "admin-nav-events", "calendar-days"),
            page("/admin/media", "admin-nav-media", "image"),
            page("/admin/site", "admin-nav-website", "globe"),
            page("/admin/texts", "admin-nav-texts", "type"),
            page("/admin/trash", "admin-nav-trash", "trash-2"),
        ],
    },
    Section {
        heading: "admin-nav-settings",
        pages: &[
            owners("/admin/settings", "admin-nav-general", "settings"),
            owners("/admin/users", "admin-nav-users", "user-cog"),
            page("/admin/tokens", "admin-nav-tokens", "key-round"),
            owners("/admin/webhooks", "admin-nav-webhooks", "webhook"),
            owners("/admin/audit", "admin-nav-audit", "scroll-text"),
            owners("/admin/takeout", "admin-nav-takeout", "package"),
            owners("/admin/system", "admin-nav-system", "activity"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_there_and_none_is_that_of_the_demos_inbox() {
        let sprite = include_str!("../../../assets/vendor/lucide/icons.svg");
        for page in NAV.iter().flat_map(|section| section.pages) {
            let symbol = format!("<symbol id=\"{}\"", page.icon);
            assert!(sprite.contains(&symbol), "{}", page.path);
            assert_ne!(page.icon, "inbox", "{}", page.path);
        }
    }
}
