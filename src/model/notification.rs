//! Notifications: what users of the admin learn of, and on which channels.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::string_enum::string_enum;
use super::user::Role;
use super::{
    CampaignId, CommentId, FeedId, ImportId, PostImportId, RecurringId, SeriesId, SubscriberId,
    UserId,
};
use crate::clock::Timestamp;

/// Characters of a name or a reason that are kept.
const TEXT_LIMIT: usize = 500;

string_enum! {
    /// What a user can be notified of.
    pub enum NotificationKind {
        /// A campaign went to all of its recipients.
        CampaignFinished,
        /// A scheduled campaign could not start.
        CampaignFailedToStart,
        /// A campaign waits for the approval of a second person.
        ApprovalRequested,
        /// Somebody answered the user's comment, or mentioned them in one.
        CommentAdded,
        /// The application paused a campaign.
        CampaignPaused,
        /// The application paused a campaign, since too much of it bounced or was marked as spam.
        TooManyBounces,
        /// The application paused a series that cannot go on.
        SeriesPaused,
        /// A reader came to a step of a series that tells the user.
        SeriesStep,
        /// An email of a series could not be sent to a reader.
        SeriesEmailFailed,
        /// An import of subscribers or posts ended.
        ImportFinished,
        /// An import of subscribers or posts broke off.
        ImportFailed,
        /// A DNS record of a sender's domain that was published is gone.
        DomainRecordMissing,
        /// A disk is nearly full.
        DiskNearlyFull,
        /// A background task does not run, or found what somebody must do something about.
        TaskFailing,
        /// A scheduled backup could not be made.
        BackupFailed,
        /// Counts that pages show were wrong, and were corrected.
        CountsCorrected,
        /// A feed could not be read three times in a row.
        FeedFailing,
        /// An A/B test was decided by its measure.
        AbTestDecided,
        /// An A/B test found no winner, and a person must decide.
        AbTestWaits,
    }
}

/// How a user is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channels {
    pub in_admin: bool,
    pub by_mail: bool,
}

impl Channels {
    pub const BOTH: Self = Self {
        in_admin: true,
        by_mail: true,
    };
    pub const IN_ADMIN: Self = Self {
        in_admin: true,
        by_mail: false,
    };
    pub const NONE: Self = Self {
        in_admin: false,
        by_mail: false,
    };
}

impl NotificationKind {
    /// Whether users of a role may choose it: the page where something can be done must be
    /// open to them.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            Self::DiskNearlyFull
            | Self::TaskFailing
            | Self::BackupFailed
            | Self::CountsCorrected => role.may_administer(),
            Self::ApprovalRequested => role.may_edit(),
            _ => true,
        }
    }

    /// How a user of a role is told, who may have chosen. The role may have changed since they did.
    pub fn channels(self, role: Role, chosen: Option<Channels>) -> Channels {
        if !self.is_for(role) {
            return Channels::NONE;
        }
        chosen.unwrap_or(self.default_channels(role))
    }

    /// How users of a role are told who have not chosen.
    pub fn default_channels(self, role: Role) -> Channels {
        let is_about_work = matches!(
            self,
            Self::CampaignFinished
                | Self::CampaignFailedToStart
                | Self::CampaignPaused
                | Self::SeriesPaused
                | Self::SeriesEmailFailed
                | Self::TooManyBounces
                | Self::ImportFinished
                | Self::ImportFailed
                | Self::FeedFailing
                | Self::AbTestDecided
                | Self::AbTestWaits
        );
        // Of those whom a comment is addressed to.
        let is_to_people = matches!(
            self,
            Self::ApprovalRequested | Self::CommentAdded | Self::SeriesStep
        );
        match role {
            Role::Owner => Channels::BOTH,
            Role::Editor if is_about_work || is_to_people => Channels::BOTH,
            Role::Viewer if is_about_work || self == Self::CommentAdded => Channels::IN_ADMIN,
            Role::Editor | Role::Viewer => Channels::NONE,
        }
    }
}

/// What has happened. Stored as JSON, in the notification's row and in that of each email.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub kind: NotificationKind,
    /// What tells it from others of its kind: the same is told once.
    #[serde(skip)]
    pub subject: String,
    /// A campaign's subject, the name of a file, a domain or a task.
    pub name: String,
    /// Why, in English and without a full stop; may be empty.
    pub reason: String,
    /// Messages sent, people or posts added.
    pub done: i64,
    /// Messages that failed, rows that were rejected.
    pub failed: i64,
    /// The admin page about it.
    pub path: String,
    /// The users whom it is addressed to; `None` for everybody who wants to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<UserId>>,
}

/// A step of a series on one day, in UTC.
#[derive(Debug, Clone, Copy)]
pub struct StepOfDay {
    pub series: SeriesId,
    /// From 1.
    pub position: i64,
    pub day: Date,
}

impl StepOfDay {
    fn subject(&self, which: &str) -> String {
        format!("{} {} {} {which}", self.series, self.position, self.day)
    }
}

impl Notice {
    fn new(kind: NotificationKind, subject: String, name: &str, path: String) -> Self {
        Self {
            kind,
            subject,
            name: clipped(name),
            reason: String::new(),
            done: 0,
            failed: 0,
            path,
            only: None,
        }
    }

    fn because(self, reason: &str) -> Self {
        Self {
            reason: clipped(reason),
            ..self
        }
    }

    fn with_counts(self, done: i64, failed: i64) -> Self {
        Self {
            done,
            failed,
            ..self
        }
    }

    /// A campaign that was resumed after its end is not told of again.
    pub fn campaign_finished(id: CampaignId, name: &str, sent: i64, failed: i64) -> Self {
        let kind = NotificationKind::CampaignFinished;
        Self::new(kind, id.to_string(), name, campaign(id)).with_counts(sent, failed)
    }

    pub fn campaign_failed_to_start(
        id: CampaignId,
        name: &str,
        reason: &str,
        now: Timestamp,
    ) -> Self {
        let kind = NotificationKind::CampaignFailedToStart;
        Self::new(kind, each_time(id, now), name, campaign(id)).because(reason)
    }

    /// A time of a recurring campaign for which none could be made.
    pub fn recurring_failed(id: RecurringId, name: &str, reason: &str, due: Timestamp) -> Self {
        let kind = NotificationKind::CampaignFailedToStart;
        let subject = format!("recurring {id} {}", due.millis());
        let path = format!("/admin/recurring-campaigns/{id}");
        Self::new(kind, subject, name, path).because(reason)
    }

    /// `reason` says by what it was decided.
    pub fn ab_test_decided(id: CampaignId, name: &str, reason: &str) -> Self {
        let kind = NotificationKind::AbTestDecided;
        Self::new(kind, id.to_string(), name, campaign(id)).because(reason)
    }

    /// `reason` says why it was not decided.
    pub fn ab_test_waits(id: CampaignId, name: &str, reason: &str) -> Self {
        let kind = NotificationKind::AbTestWaits;
        Self::new(kind, id.to_string(), name, campaign(id)).because(reason)
    }

    pub fn approval_requested(id: CampaignId, name: &str, now: Timestamp) -> Self {
        let kind = NotificationKind::ApprovalRequested;
        Self::new(kind, each_time(id, now), name, campaign(id))
    }

    /// A comment, for the users whom it is addressed to. `name` is the title of what it is on.
    pub fn comment_added(id: CommentId, name: &str, path: String, to: Vec<UserId>) -> Self {
        let kind = NotificationKind::CommentAdded;
        Self {
            only: Some(to),
            ..Self::new(kind, id.to_string(), name, path)
        }
    }

    /// A pause of one of the two kinds, each time that it comes.
    pub fn campaign_paused(
        kind: NotificationKind,
        id: CampaignId,
        name: &str,
        reason: &str,
        now: Timestamp,
    ) -> Self {
        Self::new(kind, each_time(id, now), name, campaign(id)).because(reason)
    }

    /// A series that cannot go on, each time that it stops.
    pub fn series_paused(id: SeriesId, name: &str, reason: &str, now: Timestamp) -> Self {
        let (subject, path) = (
            format!("{id} {}", now.millis()),
            format!("/admin/series/{id}"),
        );
        Self::new(NotificationKind::SeriesPaused, subject, name, path).because(reason)
    }

    /// A step of a series that tells users of one of its readers: the `number`th of a day.
    pub fn series_step(
        step: &StepOfDay,
        number: usize,
        (name, message): (&str, &str),
        subscriber: SubscriberId,
        to: Option<Vec<UserId>>,
    ) -> Self {
        let path = format!("/admin/subscribers/{subscriber}");
        let subject = step.subject(&number.to_string());
        let notice = Self::new(NotificationKind::SeriesStep, subject, name, path);
        Self {
            only: to,
            ..notice.because(message)
        }
    }

    /// An email of a series that somebody does not get: users are told once a day, however many do not.
    pub fn series_email_failed(
        id: SeriesId,
        name: &str,
        campaign: CampaignId,
        reason: &str,
        now: Timestamp,
    ) -> Self {
        let (subject, path) = (
            format!("{campaign} {}", now.day()),
            format!("/admin/series/{id}"),
        );
        let kind = NotificationKind::SeriesEmailFailed;
        Self::new(kind, subject, name, path).because(reason)
    }

    /// The rest of that day: users are not told of it reader by reader.
    pub fn series_step_more(
        step: &StepOfDay,
        (name, message): (&str, &str),
        to: Option<Vec<UserId>>,
    ) -> Self {
        let path = format!("/admin/series/{}", step.series);
        let notice = Self::new(
            NotificationKind::SeriesStep,
            step.subject("more"),
            name,
            path,
        );
        let reason = format!("Many more readers have come to this step today: {message}");
        Self {
            only: to,
            ..notice.because(&reason)
        }
    }

    pub fn import_finished(id: ImportId, file_name: &str, added: i64, rejected: i64) -> Self {
        let kind = NotificationKind::ImportFinished;
        Self::new(kind, id.to_string(), file_name, import(id)).with_counts(added, rejected)
    }

    pub fn import_failed(id: ImportId, file_name: &str, reason: &str) -> Self {
        let kind = NotificationKind::ImportFailed;
        Self::new(kind, id.to_string(), file_name, import(id)).because(reason)
    }

    pub fn post_import_finished(id: PostImportId, file_name: &str, done: i64, failed: i64) -> Self {
        let (kind, path) = (NotificationKind::ImportFinished, post_import(id));
        Self::new(kind, format!("posts {id}"), file_name, path).with_counts(done, failed)
    }

    pub fn post_import_failed(id: PostImportId, file_name: &str, reason: &str) -> Self {
        let (kind, path) = (NotificationKind::ImportFailed, post_import(id));
        Self::new(kind, format!("posts {id}"), file_name, path).because(reason)
    }

    /// `record`: `SPF`, `DKIM` or `DMARC`.
    pub fn domain_record_missing(domain: &str, record: &str, found: &str) -> Self {
        let (kind, path) = (
            NotificationKind::DomainRecordMissing,
            "/admin/deliverability".to_owned(),
        );
        let subject = domain_record(domain, record);
        let name = format!("{domain} ({record})");
        Self::new(kind, subject, &name, path).because(found)
    }

    pub fn disk_nearly_full(subject: String, found: &str) -> Self {
        Self::new(NotificationKind::DiskNearlyFull, subject, "", system()).because(found)
    }

    pub fn task_failing(subject: String, task: &str, problem: &str) -> Self {
        Self::new(NotificationKind::TaskFailing, subject, task, system()).because(problem)
    }

    pub fn feed_failing(id: FeedId, name: &str, reason: &str) -> Self {
        let path = format!("/admin/feeds/{id}");
        Self::new(NotificationKind::FeedFailing, id.to_string(), name, path).because(reason)
    }

    /// How many counts were wrong, each time that some were.
    pub fn counts_corrected(counts: usize, now: Timestamp) -> Self {
        let (kind, subject) = (NotificationKind::CountsCorrected, now.millis().to_string());
        let counts = i64::try_from(counts).unwrap_or(i64::MAX);
        Self::new(kind, subject, "", system()).with_counts(counts, 0)
    }

    pub fn backup_failed(reason: &str) -> Self {
        let subject = BACKUPS.to_owned();
        Self::new(NotificationKind::BackupFailed, subject, "", system()).because(reason)
    }
}

/// The subject of failing backups: all processes share their status.
pub const BACKUPS: &str = "backups";

/// The subject of a record of a domain.
pub fn domain_record(domain: &str, record: &str) -> String {
    format!("{record} {domain}")
}

fn each_time(id: CampaignId, now: Timestamp) -> String {
    format!("{id} {}", now.millis())
}

fn campaign(id: CampaignId) -> String {
    format!("/admin/campaigns/{id}")
}

fn import(id: ImportId) -> String {
    format!("/admin/imports/{id}")
}

fn post_import(id: PostImportId) -> String {
    format!("/admin/posts/import/{id}")
}

fn system() -> String {
    "/admin/system".to_owned()
}

/// One line of bounded length.
fn clipped(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(TEXT_LIMIT)
        .collect()
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::*;

    #[test]
    fn a_user_who_became_an_editor_is_not_told_of_the_machine() {
        let kind = NotificationKind::DiskNearlyFull;
        let chosen = Some(Channels::BOTH);
        assert_eq!(kind.channels(Role::Owner, chosen), Channels::BOTH);
        assert_eq!(kind.channels(Role::Editor, chosen), Channels::NONE);
        let kind = NotificationKind::CampaignPaused;
        assert_eq!(kind.channels(Role::Viewer, chosen), Channels::BOTH);
        assert_eq!(kind.channels(Role::Viewer, None), Channels::IN_ADMIN);
    }

    #[test]
    fn owners_are_told_everything_editors_their_work_and_viewers_nothing_by_mail() {
        for kind in NotificationKind::VARIANTS {
            assert_eq!(kind.default_channels(Role::Owner), Channels::BOTH, "{kind}");
            assert!(!kind.default_channels(Role::Viewer).by_mail, "{kind}");
            for role in [Role::Owner, Role::Editor, Role::Viewer] {
                let is_told = kind.default_channels(role) != Channels::NONE;
                assert!(!is_told || kind.is_for(role), "{kind} {role}");
            }
        }
        for (kind, channels) in [
            (NotificationKind::CampaignFinished, Channels::BOTH),
            (NotificationKind::ImportFailed, Channels::BOTH),
            (NotificationKind::DomainRecordMissing, Channels::NONE),
            (NotificationKind::DiskNearlyFull, Channels::NONE),
        ] {
            assert_eq!(kind.default_channels(Role::Editor), channels, "{kind}");
        }
    }

    #[test]
    fn a_pause_is_told_each_time_and_an_end_once() {
        let (id, kind) = (CampaignId(3), NotificationKind::CampaignPaused);
        let paused =
            |at| Notice::campaign_paused(kind, id, "News", "why", Timestamp::from_millis(at));
        assert_ne!(paused(1).subject, paused(2).subject);
        let finished = |sent| Notice::campaign_finished(id, "News", sent, 0);
        assert_eq!(finished(1).subject, finished(2).subject);
    }

    #[test]
    fn texts_are_single_lines() {
        let notice = Notice::import_failed(ImportId(1), "a\r\nSubject: b", &"x".repeat(9_000));
        assert_eq!(notice.name, "aSubject: b");
        assert_eq!(notice.reason.len(), TEXT_LIMIT);
    }
}
