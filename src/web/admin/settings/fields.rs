//! Which settings stand on which page, and how they are called there.

use crate::config::Origin;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;

/// The setting that is checked before it is saved.
pub const PUBLIC_URL: &str = "public_url";

/// How a setting is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    /// Stored in seconds, and entered in a longer unit.
    Minutes,
    Days,
    /// Never shown.
    Secret,
    /// By fields of its own: see [`super::mailbox_form`].
    Mailbox,
    Language,
    YesNo,
    TimeZone,
    /// One entry a line.
    Lines,
}

impl Kind {
    /// Seconds of the unit that a time is entered in.
    pub fn unit(self) -> Option<f64> {
        match self {
            Self::Minutes => Some(60.0),
            Self::Days => Some(24.0 * 3600.0),
            _ => None,
        }
    }
}

/// A setting on a page.
pub struct Field {
    pub key: &'static str,
    /// The phrase of its name.
    pub label: &'static str,
    /// The phrase of what to know about it; may be empty.
    pub hint: &'static str,
    pub kind: Kind,
    /// The path of an address to enter at a provider; may be empty.
    pub webhook: &'static str,
}

/// A card with settings.
pub struct Card {
    /// Its phrase.
    pub title: &'static str,
    pub fields: &'static [Field],
}

/// A page of settings.
pub struct Group {
    /// Below `/admin`.
    pub path: &'static str,
    /// Its phrase.
    pub title: &'static str,
    pub cards: &'static [Card],
    /// Pages about the same that are elsewhere: path and phrase.
    pub related: &'static [(&'static str, &'static str)],
}

const fn field(key: &'static str, label: &'static str, kind: Kind, hint: &'static str) -> Field {
    Field {
        key,
        label,
        hint,
        kind,
        webhook: "",
    }
}

/// The secret of a provider, whose calls come to `path`.
const fn webhook(
    key: &'static str,
    label: &'static str,
    kind: Kind,
    path: &'static str,
    hint: &'static str,
) -> Field {
    Field {
        webhook: path,
        ..field(key, label, kind, hint)
    }
}

/// Every page of settings but those of relays and of the process.
pub const GROUPS: [Group; 5] = [
    Group {
        path: "/settings",
        title: "admin-nav-general",
        cards: &[
            Card {
                title: "admin-settings-card-site",
                fields: &[
                    field(
                        "public_url",
                        "admin-settings-public-url",
                        Kind::Text,
                        "admin-settings-public-url-hint",
                    ),
                    field(
                        "language",
                        "admin-language",
                        Kind::Language,
                        "admin-settings-language-hint",
                    ),
                    field(
                        "languages",
                        "admin-settings-languages",
                        Kind::Lines,
                        "admin-settings-languages-hint",
                    ),
                    field(
                        "time_zone",
                        "admin-settings-time-zone",
                        Kind::TimeZone,
                        "admin-settings-time-zone-hint",
                    ),
                ],
            },
            Card {
                title: "admin-settings-card-engagement",
                fields: &[
                    field(
                        "engagement",
                        "admin-settings-engagement",
                        Kind::YesNo,
                        "admin-settings-engagement-hint",
                    ),
                    field(
                        "engagement_retention_months",
                        "admin-settings-engagement-months",
                        Kind::Number,
                        "admin-settings-engagement-months-hint",
                    ),
                ],
            },
            Card {
                title: "admin-settings-card-programs",
                fields: &[field(
                    "listmonk_api",
                    "admin-settings-listmonk",
                    Kind::YesNo,
                    "admin-settings-listmonk-hint",
                )],
            },
        ],
        related: &[
            ("/admin/site", "admin-settings-site-look"),
            ("/admin/texts", "admin-nav-texts"),
        ],
    },
    Group {
        path: "/settings/sending",
        title: "admin-settings-sending",
        cards: &[
            Card {
                title: "admin-settings-sender",
                fields: &[
                    field(
                        "from",
                        "admin-settings-sender",
                        Kind::Text,
                        "admin-settings-from-hint",
                    ),
                    field(
                        "reply_to",
                        "admin-settings-reply-to",
                        Kind::Text,
                        "admin-settings-reply-to-hint",
                    ),
                    field(
                        "bounce_domain",
                        "admin-settings-bounce-domain",
                        Kind::Text,
                        "admin-settings-bounce-domain-hint",
                    ),
                ],
            },
            Card {
                title: "admin-settings-card-campaigns",
                fields: &[
                    field(
                        "send_delay",
                        "admin-settings-send-delay",
                        Kind::Number,
                        "admin-settings-send-delay-hint",
                    ),
                    field(
                        "approval",
                        "admin-settings-approval",
                        Kind::YesNo,
                        "admin-settings-approval-hint",
                    ),
                    field(
                        "attachment_limit",
                        "admin-settings-attachment-limit",
                        Kind::Number,
                        "admin-settings-attachment-limit-hint",
                    ),
                ],
            },
            Card {
                title: "admin-settings-card-limits",
                fields: &[
                    field(
                        "domain_limits",
                        "admin-settings-domain-limits",
                        Kind::Lines,
                        "admin-settings-domain-limits-hint",
                    ),
                    field(
                        "ehlo",
                        "admin-settings-ehlo",
                        Kind::Text,
                        "admin-settings-ehlo-hint",
                    ),
                    field(
                        "smtp_oauth",
                        "admin-settings-tokens",
                        Kind::Secret,
                        "admin-settings-smtp-tokens-hint",
                    ),
                ],
            },
        ],
        related: &[
            ("/admin/settings/senders", "admin-settings-senders"),
            ("/admin/signing-keys", "admin-key-title"),
            ("/admin/deliverability", "admin-nav-deliverability"),
        ],
    },
    Group {
        path: "/settings/bounces",
        title: "admin-settings-bounces",
        cards: &[
            Card {
                title: "admin-settings-card-mailbox",
                fields: &[
                    field(
                        "mailbox_url",
                        "admin-settings-mailbox",
                        Kind::Mailbox,
                        "admin-settings-mailbox-hint",
                    ),
                    field(
                        "mailbox_interval",
                        "admin-settings-mailbox-interval",
                        Kind::Number,
                        "",
                    ),
                    field(
                        "mailbox_oauth",
                        "admin-settings-tokens",
                        Kind::Secret,
                        "admin-settings-mailbox-tokens-hint",
                    ),
                ],
            },
            Card {
                title: "admin-settings-card-webhooks",
                fields: &[
                    webhook(
                        "ses_topic",
                        "admin-settings-ses",
                        Kind::Text,
                        "/inbound/ses",
                        "admin-settings-ses-hint",
                    ),
                    webhook(
                        "postmark_secret",
                        "admin-settings-postmark",
                        Kind::Secret,
                        "/inbound/postmark",
                        "admin-settings-provider-secret-hint",
                    ),
                    webhook(
                        "sendgrid_key",
                        "admin-settings-sendgrid",
                        Kind::Secret,
                        "/inbound/sendgrid",
                        "admin-settings-sendgrid-hint",
                    ),
                    webhook(
                        "mailgun_key",
                        "admin-settings-mailgun",
                        Kind::Secret,
                        "/inbound/mailgun",
                        "admin-settings-mailgun-hint",
                    ),
                    webhook(
                        "brevo_secret",
                        "admin-settings-brevo",
                        Kind::Secret,
                        "/inbound/brevo",
                        "admin-settings-provider-secret-hint",
                    ),
                ],
            },
            Card {
                title: "admin-settings-card-thresholds",
                fields: &[
                    field(
                        "soft_bounce_limit",
                        "admin-settings-soft-bounces",
                        Kind::Number,
                        "admin-settings-soft-bounces-hint",
                    ),
                    field(
                        "hard_bounce_limit",
                        "admin-settings-hard-bounces",
                        Kind::Number,
                        "admin-settings-per-thousand",
                    ),
                    field(
                        "complaint_limit",
                        "admin-settings-complaints",
                        Kind::Number,
                        "admin-settings-per-thousand",
                    ),
                ],
            },
        ],
        related: &[
            ("/admin/deliverability", "admin-nav-deliverability"),
            ("/admin/suppressions", "admin-nav-suppressions"),
        ],
    },
    Group {
        path: "/settings/sign-in",
        title: "admin-settings-sign-in",
        cards: &[
            Card {
                title: "admin-settings-card-provider",
                fields: &[
                    webhook(
                        "oidc_issuer",
                        "admin-settings-issuer",
                        Kind::Text,
                        crate::account::provider::CALLBACK,
                        "admin-settings-issuer-hint",
                    ),
                    field("oidc_client_id", "admin-settings-client-id", Kind::Text, ""),
                    field(
                        "oidc_client_secret",
                        "admin-settings-client-secret",
                        Kind::Secret,
                        "",
                    ),
                    field(
                        "oidc_scopes",
                        "admin-settings-scopes",
                        Kind::Lines,
                        "admin-settings-scopes-hint",
                    ),
                    field(
                        "oidc_name",
                        "admin-settings-provider-name",
                        Kind::Text,
                        "admin-settings-provider-name-hint",
                    ),
                ],
            },
            Card {
                title: "admin-settings-card-access",
                fields: &[
                    field(
                        "oidc_domains",
                        "admin-settings-sign-in-domains",
                        Kind::Lines,
                        "admin-settings-sign-in-domains-hint",
                    ),
                    field(
                        "oidc_role_claim",
                        "admin-settings-role-claim",
                        Kind::Text,
                        "admin-settings-role-claim-hint",
                    ),
                    field(
                        "oidc_roles",
                        "admin-settings-role-map",
                        Kind::Lines,
                        "admin-settings-role-map-hint",
                    ),
                    field(
                        "oidc_create_users",
                        "admin-settings-create-users",
                        Kind::YesNo,
                        "admin-settings-create-users-hint",
                    ),
                    field(
                        "oidc_link_by_email",
                        "admin-settings-link-by-email",
                        Kind::YesNo,
                        "admin-settings-link-by-email-hint",
                    ),
                    field(
                        "oidc_has_second_factor",
                        "admin-settings-provider-second-factor",
                        Kind::YesNo,
                        "admin-settings-provider-second-factor-hint",
                    ),
                    field(
                        "local_sign_in",
                        "admin-settings-local-sign-in",
                        Kind::YesNo,
                        "admin-settings-local-sign-in-hint",
                    ),
                ],
            },
        ],
        related: &[
            ("/admin/users", "admin-nav-users"),
            ("/admin/audit", "admin-nav-audit"),
        ],
    },
    Group {
        path: "/settings/joining",
        title: "admin-settings-joining",
        cards: &[Card {
            title: "admin-settings-card-joins",
            fields: &[
                field(
                    "join_limit_per_network",
                    "admin-settings-join-limit",
                    Kind::Number,
                    "admin-settings-join-limit-hint",
                ),
                field(
                    "confirmation_interval",
                    "admin-settings-confirmation-interval",
                    Kind::Minutes,
                    "admin-settings-confirmation-interval-hint",
                ),
                field(
                    "confirmation_lifetime",
                    "admin-settings-confirmation-lifetime",
                    Kind::Days,
                    "admin-settings-confirmation-lifetime-hint",
                ),
            ],
        }],
        related: &[
            ("/admin/join-form", "admin-nav-join-form"),
            ("/admin/lists", "admin-nav-lists"),
        ],
    },
];

/// The tabs of all pages of settings: path and phrase.
pub const TABS: [(&str, &str); 8] = [
    ("/admin/settings", "admin-nav-general"),
    ("/admin/settings/relays", "admin-settings-relays"),
    ("/admin/settings/sending", "admin-settings-sending"),
    ("/admin/settings/senders", "admin-settings-senders"),
    ("/admin/settings/bounces", "admin-settings-bounces"),
    ("/admin/settings/joining", "admin-settings-joining"),
    ("/admin/settings/sign-in", "admin-settings-sign-in"),
    ("/admin/settings/process", "admin-settings-process"),
];

/// How a setting is called on its page.
pub fn label(wording: &Wording, key: &str) -> String {
    let cards = GROUPS.iter().flat_map(|group| group.cards);
    let mut fields = cards.flat_map(|card| card.fields);
    match fields.find(|field| field.key == key) {
        Some(field) => wording.t(field.label),
        None if key == "smtp_url" => wording.t("admin-settings-relays"),
        None if key == "senders" => wording.t("admin-settings-senders"),
        None => key.to_owned(),
    }
}

/// The phrase of a hint; empty where there is none.
pub fn hint(wording: &Wording, key: &str) -> String {
    if key.is_empty() {
        String::new()
    } else {
        wording.t(key)
    }
}

/// Whether a tab's page is the one that is shown.
pub fn is_here(viewer: &Viewer, path: &str) -> bool {
    viewer.path == path
}

/// Where a value was given, such as `set in jarshy.toml`.
pub fn origin_text(wording: &Wording, origin: &Origin) -> String {
    let (key, name) = match origin {
        Origin::File(name) => ("admin-settings-origin-file", name),
        Origin::Variable(name) | Origin::Flag(name) => ("admin-settings-origin-other", name),
    };
    wording.say(key).text("name", name).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::stored::CHANGEABLE;

    #[test]
    fn every_changeable_setting_is_on_a_page() {
        let cards = GROUPS.iter().flat_map(|group| group.cards);
        let keys: Vec<&str> = cards
            .flat_map(|card| card.fields)
            .map(|field| field.key)
            .chain(["smtp_url", "senders"])
            .collect();
        for key in CHANGEABLE {
            let count = keys.iter().filter(|one| **one == key).count();
            assert_eq!(count, 1, "{key}");
        }
        assert_eq!(keys.len(), CHANGEABLE.len());
    }
}
