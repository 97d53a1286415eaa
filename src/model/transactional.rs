//! Transactional emails: mail to one person that belongs to no campaign.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::calendar::CalendarPart;
use super::notification::Notice;
use super::string_enum::string_enum;
use super::user::CredentialChange;
use super::{CampaignId, ListId, SubscriberId};
use crate::text::locale::Language;

string_enum! {
    pub enum EmailKind {
        /// Please confirm that you want to join.
        Confirmation,
        /// You asked to join, and are on the list already.
        AlreadySubscribed,
        /// You are on the list now.
        Welcome,
        /// A one-time sign-in link.
        SignIn,
        /// You may work here.
        Invitation,
        /// Your password, codes or tokens were changed.
        AccountChanged,
        /// Something has happened that you want to know of.
        Notification,
        /// A link to see or erase what is kept of you.
        PersonalData,
        /// A link to one's preferences.
        Preferences,
        /// A test of a campaign.
        Test,
        /// A reply by a person, forwarded to the owner of the lists.
        Forward,
        /// Requested by another program.
        Transactional,
    }
}

/// What a transactional email says. Stored in its row as JSON until it is sent, since it
/// may hold a secret.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EmailContent {
    /// Asks to confirm subscriptions.
    Confirmation(Subscriptions),
    /// Says that there is nothing to confirm.
    AlreadySubscribed(Subscriptions),
    /// Follows a confirmation.
    Welcome(Subscriptions),
    /// A sign-in link.
    SignIn {
        /// The secret of the link.
        secret: String,
    },
    /// Invites a new user.
    Invitation {
        /// The secret of the link.
        secret: String,
        /// Who invites them.
        inviter: String,
    },
    /// Tells a user that their credentials were changed.
    AccountChanged {
        /// What was changed.
        change: CredentialChange,
    },
    /// Tells a user what has happened.
    Notification { notice: Notice },
    /// A link to one's personal data.
    PersonalData {
        /// Whose data.
        subscriber: SubscriberId,
    },
    /// A link to one's preferences, asked for by a link of another system.
    Preferences {
        /// Whose.
        subscriber: SubscriberId,
    },
    /// A test of a campaign.
    Test(PreparedEmail),
    /// A reply to be forwarded.
    Forward(ForwardedReply),
    /// Requested by another program.
    Transactional(PreparedEmail),
}

impl EmailContent {
    /// The kind, as its row names it.
    pub fn kind(&self) -> EmailKind {
        match self {
            Self::Confirmation(_) => EmailKind::Confirmation,
            Self::AlreadySubscribed(_) => EmailKind::AlreadySubscribed,
            Self::Welcome(_) => EmailKind::Welcome,
            Self::SignIn { .. } => EmailKind::SignIn,
            Self::Invitation { .. } => EmailKind::Invitation,
            Self::AccountChanged { .. } => EmailKind::AccountChanged,
            Self::Notification { .. } => EmailKind::Notification,
            Self::PersonalData { .. } => EmailKind::PersonalData,
            Self::Preferences { .. } => EmailKind::Preferences,
            Self::Test(_) => EmailKind::Test,
            Self::Forward(_) => EmailKind::Forward,
            Self::Transactional(_) => EmailKind::Transactional,
        }
    }
}

/// Without the content: it may hold a secret.
impl fmt::Debug for EmailContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailContent({})", self.kind())
    }
}

/// The subscriptions that an email to a subscriber is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Subscriptions {
    /// The recipient.
    pub subscriber: SubscriberId,
    /// The lists.
    pub lists: Vec<ListId>,
}

/// An email whose parts are ready to be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PreparedEmail {
    /// `None` for the configured sender.
    pub from: Option<String>,
    /// Where replies go, if not to the sender.
    pub reply_to: Option<String>,
    /// One line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain text part.
    pub text: String,
    /// The language of both parts, if not the recipient's.
    pub language: Option<Language>,
    /// Named in the header of a test of a campaign.
    pub list: Option<TestList>,
    /// The campaign that it is a test of, whose files it carries.
    #[serde(default)]
    pub campaign: Option<CampaignId>,
    /// What it brings to the recipient's calendar.
    #[serde(default)]
    pub calendar: Option<CalendarPart>,
}

/// The list that a test of a campaign names in its header.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TestList {
    /// Its name in the language of the email.
    pub name: String,
    /// Its slug.
    pub slug: String,
    /// A sample link, which unsubscribes from nothing.
    pub unsubscribe_url: String,
    /// The token of that link, for the subject of an email.
    pub unsubscribe_token: String,
    /// `None` where the campaign is not public.
    pub archive_url: Option<String>,
    /// The campaign.
    pub campaign: CampaignId,
}

/// A reply to be forwarded to the owner of the lists.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ForwardedReply {
    /// Its author, as a mailbox.
    pub from: String,
    /// One line.
    pub subject: String,
    /// Its text.
    pub text: String,
}
