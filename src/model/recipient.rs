//! Whether one person gets one campaign, and the reason, as the API names them.

use super::string_enum::string_enum;

string_enum! {
    /// Whether a campaign reached a person, or would.
    pub enum RecipientVerdict {
        /// They got it.
        Received,
        /// They did not get it, and will not.
        NotReceived,
        /// It is on its way, or will be.
        Pending,
        /// It is not known, or not kept.
        Unknown,
        /// It has not started; as things are now, they would get it.
        WouldReceive,
        /// It has not reached them; as things are now, they would not get it.
        WouldNotReceive,
    }
}

string_enum! {
    /// Why a person got a campaign, or did not.
    pub enum RecipientOutcome {
        /// The relay accepted it.
        Sent,
        /// It reached them in a weekly digest.
        SentInDigest,
        /// It reached them, and they marked it as spam.
        Complained,
        /// It was sent and came back.
        Bounced,
        /// It was rejected, or every attempt failed.
        Failed,
        /// Sending was interrupted; the relay may have accepted it.
        Uncertain,
        /// It is being handed to the relay now.
        Sending,
        /// It waits to be sent.
        Waiting,
        /// It was deferred by the relay and is tried again.
        Deferred,
        /// It is kept for the next weekly digest.
        WaitingForDigest,
        /// The campaign is paused.
        CampaignPaused,
        /// The campaign was cancelled before their turn.
        CampaignCancelled,
        /// Nothing prevents it.
        Eligible,
        /// Nothing prevents it; they would get it in a weekly digest.
        EligibleForDigest,
        /// They are on none of its lists.
        NotOnLists,
        /// They have not confirmed a subscription to its lists.
        NotConfirmed,
        /// They left its lists.
        Unsubscribed,
        /// They joined its lists after it had started.
        JoinedLater,
        /// Their address is suppressed.
        Suppressed,
        /// They have paused email.
        Paused,
        /// They are not in its segment.
        NotInSegment,
        /// A weekly digest for which nothing was kept for them.
        NothingKept,
        /// The weekly digest that was to contain it was never sent.
        NoDigest,
        /// It was skipped for a reason that the ledger gives in words.
        Skipped,
        /// The owner of the address had their data erased.
        Erased,
        /// No subscriber has this address.
        NotASubscriber,
        /// Only numbers are kept of its deliveries.
        NotRecorded,
        /// They are not among its recipients, and nothing that is kept says why.
        Unexplained,
    }
}
