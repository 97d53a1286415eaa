//! Which settings stand on which page, and how they are called there.

use crate::web::admin::viewer::Viewer;

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
    pub label: &'static str,
    pub hint: &'static str,
    pub kind: Kind,
    /// The path of an address to enter at a provider; may be empty.
    pub webhook: &'static str,
}

/// A card with settings.
pub struct Card {
    pub title: &'static str,
    pub fields: &'static [Field],
}

/// A page of settings.
pub struct Group {
    /// Below `/admin`.
    pub path: &'static str,
    pub title: &'static str,
    pub cards: &'static [Card],
    /// Pages about the same that are elsewhere: path and title.
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
pub const GROUPS: [Group; 4] = [
    Group {
        path: "/settings",
        title: "General",
        cards: &[
            Card {
                title: "Site",
                fields: &[
                    field(
                        "public_url",
                        "Public address",
                        Kind::Text,
                        "The address that visitors use, such as https://news.example.org. Links in emails start with it. If you change it, sign in again at the new address.",
                    ),
                    field(
                        "language",
                        "Language",
                        Kind::Language,
                        "For visitors whose browser asks for none that the site has.",
                    ),
                    field(
                        "languages",
                        "Languages of the site",
                        Kind::Lines,
                        "Of pages, emails and subscribers: one tag a line, such as en, de or pt-BR, in the order in which pages offer them. What has no translation yet is shown in English.",
                    ),
                    field(
                        "time_zone",
                        "Time zone",
                        Kind::TimeZone,
                        "An IANA name such as Asia/Almaty.",
                    ),
                ],
            },
            Card {
                title: "Other programs",
                fields: &[field(
                    "listmonk_api",
                    "API for listmonk’s clients",
                    Kind::YesNo,
                    "Programs written for listmonk can use /api/lists, /api/subscribers and others, with an API token as password. The API of Jarshy itself is always on.",
                )],
            },
        ],
        related: &[
            ("/admin/site", "Name and look of the site"),
            ("/admin/texts", "Texts"),
        ],
    },
    Group {
        path: "/settings/sending",
        title: "Sending",
        cards: &[
            Card {
                title: "Sender",
                fields: &[
                    field(
                        "from",
                        "Sender",
                        Kind::Text,
                        "Name <address> or an address. Nothing can be sent without it. Other senders for campaigns are under Senders.",
                    ),
                    field(
                        "reply_to",
                        "Replies go to",
                        Kind::Text,
                        "Replies by people are passed on to this address. If empty: the first owner’s.",
                    ),
                    field(
                        "bounce_domain",
                        "Domain for bounces",
                        Kind::Text,
                        "The domain of envelope senders. If empty: the sender’s domain.",
                    ),
                ],
            },
            Card {
                title: "Limits and names",
                fields: &[
                    field(
                        "domain_limits",
                        "Limits by recipient domain",
                        Kind::Lines,
                        "One a line: example.org=4@10 for 4 messages at once and 10 a second, *=20 for all others.",
                    ),
                    field(
                        "ehlo",
                        "Name for EHLO",
                        Kind::Text,
                        "The name that relays are told. If empty: the host of the public address.",
                    ),
                    field(
                        "smtp_oauth",
                        "Source of access tokens",
                        Kind::Secret,
                        "Only for relays that sign in with XOAUTH2: https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=…",
                    ),
                ],
            },
        ],
        related: &[
            ("/admin/settings/senders", "Senders"),
            ("/admin/signing-keys", "Signing keys"),
            ("/admin/deliverability", "Deliverability"),
        ],
    },
    Group {
        path: "/settings/bounces",
        title: "Bounces",
        cards: &[
            Card {
                title: "Mailbox of returned mail",
                fields: &[
                    field(
                        "mailbox_url",
                        "Mailbox",
                        Kind::Mailbox,
                        "Emails that were processed are deleted from it.",
                    ),
                    field(
                        "mailbox_interval",
                        "Seconds between two polls",
                        Kind::Number,
                        "",
                    ),
                    field(
                        "mailbox_oauth",
                        "Source of access tokens",
                        Kind::Secret,
                        "Only for a mailbox that is signed in to by access token: https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=… If empty: that of the relays.",
                    ),
                ],
            },
            Card {
                title: "Webhooks of your email provider",
                fields: &[
                    webhook(
                        "ses_topic",
                        "Amazon SES: SNS topic",
                        Kind::Text,
                        "/inbound/ses",
                        "arn:aws:sns:REGION:ACCOUNT:NAME. Subscribe this address to the topic.",
                    ),
                    webhook(
                        "postmark_secret",
                        "Postmark: password or bearer token",
                        Kind::Secret,
                        "/inbound/postmark",
                        "You choose it. The provider sends it as a bearer token, or as a password: then write jarshy:PASSWORD@ after https:// in the address.",
                    ),
                    webhook(
                        "sendgrid_key",
                        "SendGrid: verification key",
                        Kind::Secret,
                        "/inbound/sendgrid",
                        "The public key of the signed event webhook.",
                    ),
                    webhook(
                        "mailgun_key",
                        "Mailgun: webhook signing key",
                        Kind::Secret,
                        "/inbound/mailgun",
                        "For the events Permanent Failure, Temporary Failure, Spam Complaints and Unsubscribes.",
                    ),
                    webhook(
                        "brevo_secret",
                        "Brevo: password or bearer token",
                        Kind::Secret,
                        "/inbound/brevo",
                        "You choose it. The provider sends it as a bearer token, or as a password: then write jarshy:PASSWORD@ after https:// in the address.",
                    ),
                ],
            },
            Card {
                title: "When to suppress and to pause",
                fields: &[
                    field(
                        "soft_bounce_limit",
                        "Soft bounces that suppress an address",
                        Kind::Number,
                        "Each counts half after thirty days.",
                    ),
                    field(
                        "hard_bounce_limit",
                        "Hard bounces that pause a campaign",
                        Kind::Number,
                        "Per thousand sent.",
                    ),
                    field(
                        "complaint_limit",
                        "Complaints that pause a campaign",
                        Kind::Number,
                        "Per thousand sent.",
                    ),
                ],
            },
        ],
        related: &[
            ("/admin/deliverability", "Deliverability"),
            ("/admin/suppressions", "Suppressions"),
        ],
    },
    Group {
        path: "/settings/joining",
        title: "Joining",
        cards: &[Card {
            title: "Joins and confirmations",
            fields: &[
                field(
                    "join_limit_per_network",
                    "Joins from one network in an hour",
                    Kind::Number,
                    "Whose confirmations are sent at once; others wait. If twice as many come in all, forms and API ask for proof of work.",
                ),
                field(
                    "confirmation_interval",
                    "Minutes before a second confirmation",
                    Kind::Minutes,
                    "To the same address. A third waits a day, and no more are sent within thirty days.",
                ),
                field(
                    "confirmation_lifetime",
                    "Days to confirm in",
                    Kind::Days,
                    "An unconfirmed subscription ends after them.",
                ),
            ],
        }],
        related: &[("/admin/join-form", "Join form"), ("/admin/lists", "Lists")],
    },
];

/// The tabs of all pages of settings: path and title.
pub const TABS: [(&str, &str); 7] = [
    ("/admin/settings", "General"),
    ("/admin/settings/relays", "Relays"),
    ("/admin/settings/sending", "Sending"),
    ("/admin/settings/senders", "Senders"),
    ("/admin/settings/bounces", "Bounces"),
    ("/admin/settings/joining", "Joining"),
    ("/admin/settings/process", "Process"),
];

/// How a setting is called on its page.
pub fn label(key: &str) -> &str {
    let cards = GROUPS.iter().flat_map(|group| group.cards);
    let mut fields = cards.flat_map(|card| card.fields);
    match fields.find(|field| field.key == key) {
        Some(field) => field.label,
        None if key == "smtp_url" => "Relays",
        None if key == "senders" => "Senders",
        None => key,
    }
}

/// Whether a tab's page is the one that is shown.
pub fn is_here(viewer: &Viewer, path: &str) -> bool {
    viewer.path == path
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
