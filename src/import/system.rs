//! The systems whose files are recognised by their columns and names.

use std::collections::HashSet;

use super::field::{Field, folded};
use crate::model::import::{Standing, System};

/// The columns by which a system's file is told from those of others: all of a line, in any
/// order and among others.
const MARKS: [(System, &[&str]); 17] = [
    (
        System::Jarshy,
        &[
            "email",
            "state",
            "since",
            "attributes",
            "frequency",
            "paused_until",
        ],
    ),
    (
        System::Listmonk,
        &[
            "uuid",
            "email",
            "name",
            "attributes",
            "status",
            "created_at",
        ],
    ),
    (
        System::Mailchimp,
        &["MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP", "LEID", "EUID"],
    ),
    (
        System::PhpList,
        &[
            "Is this subscriber confirmed",
            "Is this subscriber blacklisted",
        ],
    ),
    (
        System::Substack,
        &["email", "active_subscription", "email_disabled"],
    ),
    (
        System::Ghost,
        &["email", "subscribed_to_emails", "complimentary_plan"],
    ),
    (System::Ghost, &["email", "subscribed_to_emails", "labels"]),
    (
        System::Buttondown,
        &["email", "subscriber_type", "unsubscription_date"],
    ),
    (
        System::Beehiiv,
        &["email", "tier", "stripe_customer_id", "unsubscribed_at"],
    ),
    (
        System::Sendy,
        &["email", "unsubscribed", "bounced", "complaint", "confirmed"],
    ),
    (
        System::Keila,
        &[
            "Email",
            "First name",
            "Last name",
            "Data",
            "Status",
            "External ID",
        ],
    ),
    (
        System::Mailman,
        &["address", "bounce_score", "delivery_status", "list_id"],
    ),
    (System::Kit, &["email", "first_name", "state", "fields"]),
    (
        System::Brevo,
        &["EMAIL", "OPT_IN", "DOUBLE_OPT-IN", "ADDED_TIME"],
    ),
    (
        System::Brevo,
        &["CONTACT ID", "EMAIL", "ADDED_TIME", "MODIFIED_TIME"],
    ),
    (
        System::MailerLite,
        &["Subscriber", "Subscribed", "Opt-in date", "Location"],
    ),
    (System::Mailtrain, &["email", "cid", "status", "tz"]),
];

/// What a system's columns mean, where their names do not say it by themselves.
const COLUMNS: [(System, &str, Field); 62] = [
    (System::Jarshy, "since", Field::ChangedAt),
    (System::Listmonk, "uuid", Field::Ignored),
    (System::Listmonk, "updated_at", Field::Ignored),
    (System::Mailchimp, "MEMBER_RATING", Field::Ignored),
    (System::Mailchimp, "OPTIN_TIME", Field::CreatedAt),
    (System::Mailchimp, "OPTIN_IP", Field::Ignored),
    (System::Mailchimp, "CONFIRM_TIME", Field::ConsentedAt),
    (System::Mailchimp, "CONFIRM_IP", Field::ConsentedFrom),
    (System::Mailchimp, "LATITUDE", Field::Ignored),
    (System::Mailchimp, "LONGITUDE", Field::Ignored),
    (System::Mailchimp, "GMTOFF", Field::Ignored),
    (System::Mailchimp, "DSTOFF", Field::Ignored),
    (System::Mailchimp, "LEID", Field::Ignored),
    (System::Mailchimp, "EUID", Field::Ignored),
    (System::Mailchimp, "LAST_CHANGED", Field::ChangedAt),
    (System::Mailchimp, "UNSUB_TIME", Field::UnsubscribedAt),
    (System::Mailchimp, "UNSUB_CAMPAIGN_TITLE", Field::Ignored),
    (System::Mailchimp, "UNSUB_CAMPAIGN_ID", Field::Ignored),
    (System::Mailchimp, "UNSUB_REASON_OTHER", Field::Ignored),
    (System::Mailchimp, "CLEAN_TIME", Field::BouncedAt),
    (System::Mailchimp, "CLEAN_CAMPAIGN_TITLE", Field::Ignored),
    (System::Mailchimp, "CLEAN_CAMPAIGN_ID", Field::Ignored),
    (System::PhpList, "id", Field::Ignored),
    (
        System::PhpList,
        "Is this subscriber confirmed",
        Field::Unless(Standing::Pending),
    ),
    (
        System::PhpList,
        "Is this subscriber blacklisted",
        Field::If(Standing::Blocked),
    ),
    (
        System::PhpList,
        "Is this account disabled?",
        Field::If(Standing::Unsubscribed),
    ),
    (
        System::PhpList,
        "Did this subscriber manually confirm",
        Field::Ignored,
    ),
    (System::PhpList, "Number of bounces", Field::Ignored),
    (System::PhpList, "Entered", Field::CreatedAt),
    (System::PhpList, "Last Modified", Field::Ignored),
    (System::PhpList, "Unique ID", Field::Ignored),
    (
        System::PhpList,
        "Send this subscriber HTML emails",
        Field::Ignored,
    ),
    (System::PhpList, "RSS Frequency", Field::Ignored),
    (System::PhpList, "Additional data", Field::Ignored),
    (System::PhpList, "Foreign Key", Field::Ignored),
    (System::PhpList, "Change Summary", Field::Ignored),
    (System::PhpList, "Change Detail", Field::Ignored),
    (
        System::Substack,
        "email_disabled",
        Field::If(Standing::Unsubscribed),
    ),
    (System::Substack, "expiry", Field::Ignored),
    (System::Substack, "first_payment_at", Field::Ignored),
    (
        System::Ghost,
        "subscribed_to_emails",
        Field::Unless(Standing::Unsubscribed),
    ),
    (System::Ghost, "deleted_at", Field::UnsubscribedAt),
    (System::Ghost, "id", Field::Ignored),
    (System::Ghost, "stripe_customer_id", Field::Ignored),
    (System::Buttondown, "id", Field::Ignored),
    (System::Buttondown, "secondary_id", Field::Ignored),
    (System::Buttondown, "subscriber_type", Field::State),
    (System::Buttondown, "creation_date", Field::CreatedAt),
    (System::Buttondown, "subscription_date", Field::ConsentedAt),
    (System::Beehiiv, "stripe_customer_id", Field::Ignored),
    (
        System::Sendy,
        "unsubscribed",
        Field::If(Standing::Unsubscribed),
    ),
    (System::Sendy, "bounced", Field::If(Standing::Bounced)),
    (System::Sendy, "complaint", Field::If(Standing::Complained)),
    (System::Sendy, "confirmed", Field::Unless(Standing::Pending)),
    (System::Sendy, "list", Field::Ignored),
    (System::Keila, "Data", Field::Attributes),
    (System::Mailman, "address", Field::Email),
    (System::Mailman, "delivery_status", Field::State),
    (System::Kit, "fields", Field::Attributes),
    (System::Brevo, "ADDED_TIME", Field::CreatedAt),
    (System::MailerLite, "Subscriber", Field::Email),
    (System::Mailtrain, "cid", Field::Ignored),
];

/// The system that wrote a table with these columns.
pub(super) fn recognised(columns: &[String]) -> System {
    let present: HashSet<String> = columns.iter().map(|column| folded(column)).collect();
    let has_all = |marks: &[&str]| marks.iter().all(|mark| present.contains(&folded(mark)));
    let found = MARKS.iter().find(|(_, marks)| has_all(marks));
    found.map_or(System::Other, |(system, _)| *system)
}

/// What a system's column means; `None` where its name says it, or nothing does.
pub(super) fn meaning(system: System, column: &str) -> Option<Field> {
    let column = folded(column);
    let mut known = COLUMNS.iter().filter(|(one, _, _)| *one == system);
    let found = known.find(|(_, name, _)| folded(name) == column);
    found.map(|(_, _, field)| field.clone())
}

/// What the name of a file says of everybody in it.
pub(super) fn standing_of_file(system: System, name: &str) -> Standing {
    let name = name.to_lowercase();
    match system {
        // Nowhere else does Mailchimp say it.
        System::Mailchimp if name.starts_with("unsubscribed") => Standing::Unsubscribed,
        System::Mailchimp if name.starts_with("nonsubscribed") => Standing::Unsubscribed,
        System::Mailchimp if name.starts_with("cleaned") => Standing::Bounced,
        _ => Standing::Confirmed,
    }
}

/// What a system's word or number for a state means; `None` where it is one that all have.
///
/// # Errors
/// Where the system has no such state.
pub(super) fn state(system: System, word: &str) -> Option<Result<Standing, String>> {
    let unknown = || Err(format!("{word:?} is no state of {}", system.label()));
    match system {
        System::Mailtrain => Some(match word {
            "1" => Ok(Standing::Confirmed),
            "2" => Ok(Standing::Unsubscribed),
            "3" => Ok(Standing::Bounced),
            "4" => Ok(Standing::Complained),
            _ => unknown(),
        }),
        System::Mailman => Some(match word {
            "enabled" | "0" => Ok(Standing::Confirmed),
            "by_user" | "by_moderator" | "2" | "3" => Ok(Standing::Unsubscribed),
            "by_bounces" | "4" => Ok(Standing::Bounced),
            "unknown" | "1" => Ok(Standing::Unsubscribed),
            _ => unknown(),
        }),
        // Of a person on all lists, not of a subscription.
        System::Listmonk if word == "disabled" => Some(Ok(Standing::Blocked)),
        _ => None,
    }
}

/// Addresses that are no person's.
pub(super) fn is_passed_over(system: System, address: &str) -> bool {
    system == System::Substack && address.ends_with("@deletion-request.substack.com")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn files_are_recognised_by_their_columns() {
        for (line, system) in [
            (
                "uuid,email,name,attributes,status,created_at,updated_at",
                System::Listmonk,
            ),
            (
                "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,LEID,EUID,NOTES,TAGS",
                System::Mailchimp,
            ),
            (
                "email,active_subscription,expiry,email_disabled,created_at",
                System::Substack,
            ),
            (
                "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers",
                System::Ghost,
            ),
            (
                "Email,First name,Last name,Data,Status,External ID",
                System::Keila,
            ),
            (
                "email,name,language,state,since,attributes,frequency,paused_until,tags",
                System::Jarshy,
            ),
            ("email,name", System::Other),
        ] {
            assert_eq!(recognised(&columns(line)), system, "{line}");
        }
    }

    #[test]
    fn what_a_system_says_only_by_a_file_name_is_honoured() {
        let name = "unsubscribed_members_export_1a2b.csv";
        assert_eq!(
            standing_of_file(System::Mailchimp, name),
            Standing::Unsubscribed
        );
        let name = "cleaned_members_export_1a2b.csv";
        assert_eq!(standing_of_file(System::Mailchimp, name), Standing::Bounced);
        assert_eq!(standing_of_file(System::Other, name), Standing::Confirmed);
    }
}
