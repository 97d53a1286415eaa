//! The systems whose files are recognised by their columns and names.

use std::collections::HashSet;

use super::field::{Field, folded};
use super::system_columns::{COLUMNS, MARKS};
use crate::model::import::{Standing, System};
use crate::model::mail_frequency::Frequency;

/// The system that wrote a table with these columns.
pub(super) fn recognised(columns: &[String]) -> System {
    let present: HashSet<String> = columns.iter().map(|column| folded(column)).collect();
    let has_all = |marks: &[&str]| marks.iter().all(|mark| present.contains(&folded(mark)));
    let found = MARKS.iter().find(|(_, marks)| has_all(marks));
    found.map_or(System::Other, |(system, _)| *system)
}

/// What a system's column means; `None` where its name says it, or nothing does.
pub(super) fn meaning(system: System, column: &str) -> Option<Field> {
    // Values with `%s%` between them, where others have JSON.
    if system == System::Sendy && column == "custom_fields" {
        return Some(Field::Attribute(column.to_owned()));
    }
    let column = folded(column);
    let mut known = COLUMNS.iter().filter(|(one, _, _)| *one == system);
    let found = known.find(|(_, name, _)| folded(name) == column);
    found.map(|(_, _, field)| field.clone())
}

/// The column with the addresses by its place, where its name says nothing: in each system's
/// own files it stands in the same one.
pub(super) fn address_column(system: System, columns: &[String]) -> Option<&String> {
    match system {
        // It has the label that the audience's owner gave it, in any language.
        System::Mailchimp => columns.first(),
        _ => None,
    }
}

/// The column with the names of lists by its place; its name is translated.
pub(super) fn lists_column(system: System, columns: &[String]) -> Option<&String> {
    match system {
        System::PhpList => columns.last(),
        _ => None,
    }
}

/// Whether a table of an archive is about posts, not about people, though it may have the
/// addresses of those whom a post went to.
pub(super) fn is_of_posts(columns: &[String]) -> bool {
    let has = |name: &str| columns.iter().any(|column| folded(column) == folded(name));
    // Substack: `posts.csv`, and what became of each post. Buttondown: `emails.csv`.
    has("post_id") || (has("subject") && has("publish_date"))
}

/// What the name of a file says of everybody in it.
pub(super) fn standing_of_file(system: System, name: &str) -> Standing {
    let name = name.to_lowercase();
    // Nowhere else does Mailchimp say it.
    if system != System::Mailchimp {
        return Standing::Confirmed;
    }
    let is =
        |word: &str| name.starts_with(word) || name.contains(&format!("{word}_members_export"));
    if is("unsubscribed") || is("nonsubscribed") {
        Standing::Unsubscribed
    } else if is("cleaned") {
        Standing::Bounced
    } else {
        Standing::Confirmed
    }
}

/// The text of a cell without what a system adds to it.
pub(super) fn plain(system: System, cell: &str) -> &str {
    match system {
        // Tables of a database.
        System::Sendy | System::Mailtrain if matches!(cell, "NULL" | "\\N") => "",
        // It keeps spreadsheets from running a formula.
        System::PhpList => match cell.strip_prefix("' ") {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => cell,
        },
        _ => cell,
    }
}

/// The names of lists in a cell.
pub(super) fn list_names(system: System, cell: &str) -> impl Iterator<Item = &str> {
    let separators: &[char] = match system {
        // A name may have a comma.
        System::PhpList => &[';'],
        _ => &[';', ','],
    };
    let names = cell.split(separators).map(str::trim);
    names.filter(|name| !name.is_empty())
}

/// What a system's word or number for a state means; `None` where it is one that all have.
///
/// # Errors
/// Where the system has no such state.
pub(super) fn state(system: System, word: &str) -> Option<Result<Standing, String>> {
    use Standing::{Blocked, Bounced, Complained, Confirmed, Pending, Unsubscribed};
    let known = |standing| Some(Ok(standing));
    match (system, word) {
        // The database has numbers, the export has words.
        (System::Mailtrain, "1") => known(Confirmed),
        (System::Mailtrain, "2") => known(Unsubscribed),
        (System::Mailtrain, "3") => known(Bounced),
        (System::Mailtrain, "4") => known(Complained),
        (System::Mailman, "enabled") => known(Confirmed),
        // A person who wants to be a member and get no mail is no recipient here.
        (System::Mailman, "by_user" | "by_moderator" | "unknown") => known(Unsubscribed),
        (System::Mailman, "by_bounces") => known(Bounced),
        (System::Mailman, "banned") => known(Blocked),
        (System::Mailman, _) => Some(Err(format!("{word:?} is no state of Mailman"))),
        // Of a person on all lists, not of a subscription.
        (System::Listmonk, "disabled") => known(Blocked),
        (System::Beehiiv, "inactive") => known(Unsubscribed),
        (System::Beehiiv, "needs_attention") => known(Pending),
        // Those who paid once, or are late with it, still get what is free.
        (
            System::Buttondown,
            "gifted" | "trialed" | "churned" | "churning" | "past_due" | "paused" | "unpaid",
        ) => known(Confirmed),
        (System::Buttondown, "spammy") => known(Blocked),
        (System::Buttondown, "malformed") => known(Bounced),
        _ => None,
    }
}

/// How often mail comes, in a system's own word; `None` where the word is one of ours.
pub(super) fn frequency(system: System, word: &str) -> Option<Frequency> {
    match (system, word) {
        (System::Mailman, "mime_digests" | "plaintext_digests" | "summary_digests") => {
            Some(Frequency::Weekly)
        }
        (System::Mailman, "regular") => Some(Frequency::Each),
        (System::Substack, "true") => Some(Frequency::Weekly),
        (System::Substack, "false") => Some(Frequency::Each),
        _ => None,
    }
}

/// Yes or no in a system's own word; `None` where the word is one that all have.
pub(super) fn yes(system: System, word: &str) -> Option<bool> {
    match (system, word) {
        // Owners, moderators and strangers get no mail of the list.
        (System::Mailman, "member") => Some(true),
        (System::Mailman, "owner" | "moderator" | "nonmember") => Some(false),
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
            ("cid,status,HASH_EMAIL,EMAIL,FIRST_NAME", System::Mailtrain),
            (
                "email,name,language,state,since,attributes,frequency,paused_until,tags,suppressed",
                System::Jarshy,
            ),
            ("email,name", System::Other),
        ] {
            assert_eq!(recognised(&columns(line)), system, "{line}");
        }
    }

    #[test]
    fn every_mark_tells_one_system_apart() {
        for (system, marks) in MARKS {
            let marks: Vec<String> = marks.iter().map(|mark| (*mark).to_owned()).collect();
            assert_eq!(recognised(&marks), system, "{marks:?}");
        }
    }

    #[test]
    fn tables_about_posts_are_told_from_people() {
        for line in [
            "post_id,post_date,is_published,email_sent_at,title",
            "post_id,timestamp,email,post_type",
            "id,secondary_id,subject,publish_date,source,email_type,slug",
        ] {
            assert!(is_of_posts(&columns(line)), "{line}");
        }
        assert!(!is_of_posts(&columns("email,subject")));
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
