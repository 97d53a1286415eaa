//! Imports of posts from other systems: whose they are, and what becomes of them.

use super::string_enum::string_enum;

string_enum! {
    /// A system whose posts can be imported.
    pub enum PostSystem {
        /// Ghost.
        Ghost,
        /// Substack.
        Substack,
        /// Buttondown.
        Buttondown,
        /// beehiiv.
        Beehiiv,
        /// listmonk, whose campaigns come straight from its database.
        Listmonk,
    }
}

impl PostSystem {
    /// Its name as it writes it itself.
    pub fn label(self) -> &'static str {
        match self {
            PostSystem::Ghost => "Ghost",
            PostSystem::Substack => "Substack",
            PostSystem::Buttondown => "Buttondown",
            PostSystem::Beehiiv => "beehiiv",
            PostSystem::Listmonk => "listmonk",
        }
    }
}

string_enum! {
    /// Which imported posts are on the site.
    pub enum PublishAs {
        /// Those that everybody could read before, with their dates.
        Original,
        /// None: all are drafts.
        Drafts,
    }
}

string_enum! {
    /// The state of an import of posts.
    pub enum PostImportState {
        /// The file is read and checked; nothing has changed.
        Checked,
        /// Its posts are imported.
        Running,
        /// Every post was imported or passed over.
        Finished,
        /// It cannot be imported.
        Failed,
    }
}

string_enum! {
    /// Why a post that was sent or published before becomes a draft.
    pub enum DraftReason {
        /// It was for members, subscribers or those who paid.
        Restricted,
        /// Parts of it were for some readers only.
        MixedAudience,
        /// It was only emailed, and not on the site or in the public archive.
        NotPublic,
        /// The file does not say who could read it.
        UnknownAudience,
        /// It was to be published later.
        Scheduled,
        /// The file has no date of it.
        NoDate,
    }
}

impl DraftReason {
    /// The reason in a sentence's words.
    pub fn label(self) -> &'static str {
        match self {
            DraftReason::Restricted => "was for members or those who paid",
            DraftReason::MixedAudience => "has parts that were for some readers only",
            DraftReason::NotPublic => "was emailed, but not public",
            DraftReason::UnknownAudience => {
                "may not have been for everybody: the file does not say"
            }
            DraftReason::Scheduled => "was scheduled for later",
            DraftReason::NoDate => "has no date",
        }
    }

    /// Whether it may be published if somebody says so.
    pub fn can_be_published(self) -> bool {
        match self {
            DraftReason::Restricted
            | DraftReason::MixedAudience
            | DraftReason::NotPublic
            | DraftReason::UnknownAudience => true,
            DraftReason::Scheduled | DraftReason::NoDate => false,
        }
    }
}
