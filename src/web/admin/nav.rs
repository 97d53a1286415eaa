//! The navigation of the admin pages.

/// A heading with its pages: path and name.
pub type Section = (&'static str, &'static [(&'static str, &'static str)]);

/// Every section, in the order shown.
pub const NAV: [Section; 5] = [
    ("", &[("/admin", "Dashboard")]),
    (
        "Mail",
        &[
            ("/admin/posts", "Posts"),
            ("/admin/campaigns", "Campaigns"),
            ("/admin/layouts", "Layouts"),
            ("/admin/deliverability", "Deliverability"),
        ],
    ),
    (
        "Audience",
        &[
            ("/admin/subscribers", "Subscribers"),
            ("/admin/lists", "Lists"),
            ("/admin/join-form", "Join form"),
            ("/admin/segments", "Segments"),
            ("/admin/tags", "Tags"),
            ("/admin/suppressions", "Suppressions"),
            ("/admin/imports", "Imports"),
        ],
    ),
    (
        "Site",
        &[
            ("/admin/events", "Events"),
            ("/admin/media", "Media"),
            ("/admin/site", "Site"),
            ("/admin/texts", "Texts"),
        ],
    ),
    (
        "Settings",
        &[
            ("/admin/settings", "General"),
            ("/admin/users", "Users"),
            ("/admin/tokens", "API tokens"),
            ("/admin/webhooks", "Webhooks"),
            ("/admin/audit", "Audit log"),
            ("/admin/takeout", "Takeout"),
            ("/admin/system", "System check"),
        ],
    ),
];
