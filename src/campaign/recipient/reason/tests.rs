use std::time::Duration;

use super::*;
use crate::campaign::recipient::circumstances::{
    Choice, Chosen, Digest, InSegment, Progress, Suppressed,
};
use crate::model::domain_limit::DomainLimit;
use crate::model::mail_frequency::Frequency;
use crate::text::locale::Language;

const HOUR: Duration = Duration::from_secs(3600);
const START: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn hours(after: i32) -> Timestamp {
    match after {
        0.. => START.after(HOUR * after.unsigned_abs()),
        _ => START.before(HOUR * after.unsigned_abs()),
    }
}

fn list(name: &str, history: &[(SubscriptionState, i32)]) -> OnList {
    let history: Vec<_> = history
        .iter()
        .map(|(state, at)| (*state, hours(*at)))
        .collect();
    OnList {
        name: name.to_owned(),
        now: history.last().copied(),
        history,
    }
}

/// A campaign that started ten hours ago and whose audience was frozen within the hour, and a
/// subscriber who should have got it.
fn started() -> Circumstances {
    Circumstances {
        now: hours(10),
        campaign: Progress {
            state: CampaignState::Sending,
            reason: String::new(),
            scheduled_at: None,
            started_at: Some(START),
            finished_at: None,
            is_frozen: true,
            frozen_at: Some(hours(1)),
            is_folded: false,
            digest_policy: DigestPolicy::InDigest,
        },
        lists: vec![list("News", &[(SubscriptionState::Confirmed, -100)])],
        segment: None,
        suppressions: Vec::new(),
        lifted_at: None,
        choices: Vec::new(),
        frequency: Frequency::Each,
        paused_until: None,
        language: Language::EN,
        site_language: Language::EN,
        delivery: None,
        kept_in_digest: None,
        digest: None,
        languages: vec![Language::EN],
        local_time: None,
        delay: None,
        domain: "example.org".to_owned(),
        domain_limit: DomainLimit::default(),
        feedback: Vec::new(),
    }
}

fn draft() -> Circumstances {
    let mut of = started();
    of.campaign.state = CampaignState::Draft;
    of.campaign.started_at = None;
    of.campaign.frozen_at = None;
    of.campaign.is_frozen = false;
    of
}

fn with_delivery(state: DeliveryState) -> Circumstances {
    Circumstances {
        delivery: Some(RecipientDelivery {
            state,
            attempts: 1,
            first_attempt_at: Some(hours(2)),
            next_attempt_at: Timestamp::from_millis(0),
            reply: String::new(),
            changed_at: hours(3),
        }),
        ..started()
    }
}

fn skipped_for(reason: &str) -> Circumstances {
    let mut of = with_delivery(DeliveryState::Skipped);
    if let Some(delivery) = &mut of.delivery {
        delivery.reply = reason.to_owned();
    }
    of
}

fn suppressed_since(at: i32) -> Vec<Suppressed> {
    vec![Suppressed {
        key: "a@example.org".to_owned(),
        reason: SuppressionReason::HardBounce,
        note: String::new(),
        since: hours(at),
    }]
}

fn pause(from: i32, until: i32) -> Choice {
    Choice {
        at: hours(from),
        what: Chosen::PausedUntil(hours(until)),
    }
}

fn segment(picks: bool) -> Option<InSegment> {
    Some(InSegment {
        name: "Astana".to_owned(),
        picks,
    })
}

fn changed(of: Circumstances, change: impl FnOnce(&mut Circumstances)) -> Circumstances {
    let mut of = of;
    change(&mut of);
    of
}

fn check(cases: Vec<(&str, Circumstances, RecipientVerdict, Reason)>) {
    for (what, of, verdict, reason) in cases {
        assert_eq!(conclude(&of), Conclusion { verdict, reason }, "{what}");
    }
}

#[test]
fn a_delivery_says_what_became_of_it() {
    use RecipientVerdict::{NotReceived, Pending, Received, Unknown, WouldNotReceive};
    let at = hours(3);
    let due = |state, attempts, next: i32| {
        changed(with_delivery(state), |of| {
            if let Some(delivery) = &mut of.delivery {
                delivery.attempts = attempts;
                delivery.next_attempt_at = hours(next);
            }
        })
    };
    let in_state = |state, campaign| {
        changed(with_delivery(state), |of| {
            of.campaign.state = campaign;
            of.campaign.finished_at = Some(hours(5));
        })
    };
    check(vec![
        (
            "sent",
            with_delivery(DeliveryState::Sent),
            Received,
            Reason::Sent { at },
        ),
        (
            "complained",
            with_delivery(DeliveryState::Complained),
            Received,
            Reason::Complained { at },
        ),
        (
            "bounced",
            with_delivery(DeliveryState::Bounced),
            NotReceived,
            Reason::Bounced { at },
        ),
        (
            "failed",
            with_delivery(DeliveryState::Failed),
            NotReceived,
            Reason::Failed { at },
        ),
        (
            "uncertain",
            with_delivery(DeliveryState::Uncertain),
            Unknown,
            Reason::Uncertain { at },
        ),
        (
            "sending",
            with_delivery(DeliveryState::Sending),
            Pending,
            Reason::Sending,
        ),
        (
            "queued",
            due(DeliveryState::Queued, 0, -1),
            Pending,
            Reason::Waiting { until: None },
        ),
        (
            "put off without an attempt",
            due(DeliveryState::Deferred, 0, 12),
            Pending,
            Reason::Waiting {
                until: Some(hours(12)),
            },
        ),
        (
            "deferred by the relay",
            due(DeliveryState::Deferred, 2, 12),
            Pending,
            Reason::Deferred { until: hours(12) },
        ),
        (
            "due again",
            due(DeliveryState::Deferred, 2, 9),
            Pending,
            Reason::Waiting { until: None },
        ),
        (
            "queued in a paused campaign",
            in_state(DeliveryState::Queued, CampaignState::Paused),
            Pending,
            Reason::CampaignPaused,
        ),
        (
            "queued in a cancelled campaign",
            in_state(DeliveryState::Queued, CampaignState::Cancelled),
            NotReceived,
            Reason::CampaignCancelled { at: Some(hours(5)) },
        ),
        (
            "queued, and left since",
            changed(due(DeliveryState::Queued, 0, -1), |of| {
                of.lists = vec![list(
                    "News",
                    &[
                        (SubscriptionState::Confirmed, -100),
                        (SubscriptionState::Unsubscribed, 4),
                    ],
                )];
            }),
            WouldNotReceive,
            Reason::Unsubscribed {
                list: "News".into(),
                at: hours(4),
            },
        ),
        (
            "queued, and suppressed since",
            changed(due(DeliveryState::Queued, 0, -1), |of| {
                of.suppressions = suppressed_since(4);
            }),
            WouldNotReceive,
            Reason::Suppressed {
                reason: SuppressionReason::HardBounce,
                since: hours(4),
            },
        ),
        (
            "queued, and paused since",
            changed(due(DeliveryState::Queued, 0, -1), |of| {
                of.choices = vec![pause(4, 50)];
                of.paused_until = Some(hours(50));
            }),
            WouldNotReceive,
            Reason::Paused {
                until: Some(hours(50)),
            },
        ),
    ]);
}

#[test]
fn a_skipped_delivery_gives_its_reason() {
    let left = |at| {
        vec![list(
            "News",
            &[
                (SubscriptionState::Confirmed, -100),
                (SubscriptionState::Unsubscribed, at),
            ],
        )]
    };
    let cases = vec![
        (
            "left",
            changed(skipped_for("unsubscribed"), |of| of.lists = left(2)),
            Reason::Unsubscribed {
                list: "News".into(),
                at: hours(2),
            },
        ),
        (
            "left, and joined again since",
            changed(skipped_for("unsubscribed"), |of| {
                of.lists = vec![list(
                    "News",
                    &[
                        (SubscriptionState::Confirmed, -100),
                        (SubscriptionState::Unsubscribed, 2),
                        (SubscriptionState::Confirmed, 6),
                    ],
                )];
            }),
            Reason::Unsubscribed {
                list: "News".into(),
                at: hours(2),
            },
        ),
        (
            "left a list that was deleted",
            changed(skipped_for("unsubscribed"), |of| of.lists.clear()),
            Reason::LeftLists,
        ),
        (
            "an empty digest",
            changed(skipped_for(SkipReason::EmptyDigest.as_str()), |of| {
                of.lists = left(2);
            }),
            Reason::Unsubscribed {
                list: "News".into(),
                at: hours(2),
            },
        ),
        (
            "suppressed",
            changed(skipped_for(SkipReason::Suppressed.as_str()), |of| {
                of.suppressions = suppressed_since(2);
            }),
            Reason::Suppressed {
                reason: SuppressionReason::HardBounce,
                since: hours(2),
            },
        ),
        (
            "suppressed, which was lifted",
            changed(skipped_for(SkipReason::Suppressed.as_str()), |of| {
                of.lifted_at = Some(hours(6));
            }),
            Reason::WasSuppressed { lifted_at: None },
        ),
        (
            "paused",
            changed(skipped_for(SkipReason::Paused.as_str()), |of| {
                of.choices = vec![pause(3, 50)];
            }),
            Reason::Paused {
                until: Some(hours(50)),
            },
        ),
        (
            "cancelled",
            changed(skipped_for(SkipReason::Cancelled.as_str()), |of| {
                of.campaign.state = CampaignState::Cancelled;
                of.campaign.finished_at = Some(hours(4));
            }),
            Reason::CampaignCancelled { at: Some(hours(4)) },
        ),
        (
            "deleted",
            skipped_for(SkipReason::Deleted.as_str()),
            Reason::Erased,
        ),
        (
            "for another reason",
            skipped_for("the moon was full"),
            Reason::Skipped {
                words: "the moon was full".into(),
            },
        ),
    ];
    let not = RecipientVerdict::NotReceived;
    check(
        cases
            .into_iter()
            .map(|(what, of, reason)| (what, of, not, reason))
            .collect(),
    );
}

#[test]
fn who_is_no_recipient_was_kept_from_it_when_the_audience_was_frozen() {
    use SubscriptionState::{Confirmed, Pending, Unsubscribed};
    let on = |history: &[(SubscriptionState, i32)]| {
        changed(started(), |of| of.lists = vec![list("News", history)])
    };
    let cases = vec![
        ("on no list", on(&[]), Reason::NotOnLists),
        (
            "not confirmed",
            on(&[(Pending, -5)]),
            Reason::NotConfirmed {
                list: "News".into(),
            },
        ),
        (
            "confirmed after the start",
            on(&[(Pending, -5), (Confirmed, 5)]),
            Reason::NotConfirmed {
                list: "News".into(),
            },
        ),
        (
            "left before",
            on(&[(Confirmed, -9), (Unsubscribed, -5)]),
            Reason::Unsubscribed {
                list: "News".into(),
                at: hours(-5),
            },
        ),
        (
            "left before, and back since",
            on(&[(Confirmed, -9), (Unsubscribed, -5), (Confirmed, 5)]),
            Reason::Unsubscribed {
                list: "News".into(),
                at: hours(-5),
            },
        ),
        (
            "joined later",
            on(&[(Pending, 4), (Confirmed, 5)]),
            Reason::JoinedLater {
                list: "News".into(),
                at: hours(5),
            },
        ),
        (
            "left while the audience was being frozen",
            changed(on(&[(Confirmed, -9)]), |of| {
                of.lists = vec![list("News", &[(Confirmed, -9), (Unsubscribed, 1)])];
            }),
            Reason::Unsubscribed {
                list: "News".into(),
                at: hours(1),
            },
        ),
        (
            "suppressed",
            changed(started(), |of| of.suppressions = suppressed_since(-3)),
            Reason::Suppressed {
                reason: SuppressionReason::HardBounce,
                since: hours(-3),
            },
        ),
        (
            "suppressed while the audience was being frozen",
            changed(started(), |of| of.suppressions = suppressed_since(1)),
            Reason::Suppressed {
                reason: SuppressionReason::HardBounce,
                since: hours(1),
            },
        ),
        (
            "paused",
            changed(started(), |of| of.choices = vec![pause(-3, 7)]),
            Reason::Paused {
                until: Some(hours(7)),
            },
        ),
        (
            "paused, and resumed later",
            changed(started(), |of| {
                of.choices = vec![
                    pause(-3, 70),
                    Choice {
                        at: hours(5),
                        what: Chosen::Resumed,
                    },
                ];
            }),
            Reason::Paused {
                until: Some(hours(70)),
            },
        ),
        (
            "paused for a time that had passed, or after the freeze",
            changed(started(), |of| {
                of.choices = vec![pause(-9, -2), pause(5, 70)];
                of.paused_until = Some(hours(70));
            }),
            Reason::Unexplained,
        ),
        (
            "resumed before",
            changed(started(), |of| {
                of.choices = vec![
                    pause(-9, 70),
                    Choice {
                        at: hours(-5),
                        what: Chosen::Resumed,
                    },
                ];
            }),
            Reason::Unexplained,
        ),
        (
            "not in the segment",
            changed(started(), |of| of.segment = segment(false)),
            Reason::NotInSegment {
                segment: "Astana".into(),
                is_now: false,
            },
        ),
        (
            "in the segment now",
            changed(started(), |of| of.segment = segment(true)),
            Reason::NotInSegment {
                segment: "Astana".into(),
                is_now: true,
            },
        ),
        (
            "in the segment now, but a suppression was lifted",
            changed(started(), |of| {
                of.segment = segment(true);
                of.lifted_at = Some(hours(6));
            }),
            Reason::WasSuppressed {
                lifted_at: Some(hours(6)),
            },
        ),
        (
            "a suppression was lifted",
            changed(started(), |of| of.lifted_at = Some(hours(6))),
            Reason::WasSuppressed {
                lifted_at: Some(hours(6)),
            },
        ),
        (
            "suppressed long after",
            changed(started(), |of| of.suppressions = suppressed_since(8)),
            Reason::Unexplained,
        ),
        (
            "its lists were deleted",
            changed(started(), |of| of.lists.clear()),
            Reason::Unexplained,
        ),
        (
            "a digest with nothing for them",
            changed(started(), |of| {
                of.campaign.digest_policy = DigestPolicy::IsDigest;
                of.kept_in_digest = Some(0);
            }),
            Reason::NothingKept,
        ),
        (
            "one of several lists had them",
            changed(started(), |of| {
                of.lists.push(list("Press", &[(Unsubscribed, -2)]));
            }),
            Reason::Unexplained,
        ),
    ];
    let not = RecipientVerdict::NotReceived;
    check(
        cases
            .into_iter()
            .map(|(what, of, reason)| (what, of, not, reason))
            .collect(),
    );
}

#[test]
fn of_folded_deliveries_only_what_is_certain_is_said() {
    use SubscriptionState::{Confirmed, Unsubscribed};
    let folded = |change: fn(&mut Circumstances)| {
        changed(started(), |of| {
            of.campaign.is_folded = true;
            change(of);
        })
    };
    let unknown = RecipientVerdict::Unknown;
    let not = RecipientVerdict::NotReceived;
    check(vec![
        (
            "nothing against it",
            folded(|_| {}),
            unknown,
            Reason::NotRecorded,
        ),
        (
            "not in the segment now",
            folded(|of| of.segment = segment(false)),
            unknown,
            Reason::NotRecorded,
        ),
        (
            "left before",
            folded(|of| {
                of.lists = vec![list("News", &[(Confirmed, -9), (Unsubscribed, -5)])];
            }),
            not,
            Reason::Unsubscribed {
                list: "News".into(),
                at: hours(-5),
            },
        ),
        (
            "joined while the audience was being frozen",
            folded(|of| of.lists = vec![list("News", &[(Confirmed, 1)])]),
            unknown,
            Reason::NotRecorded,
        ),
        (
            "joined later",
            folded(|of| of.lists = vec![list("News", &[(Confirmed, 2)])]),
            not,
            Reason::JoinedLater {
                list: "News".into(),
                at: hours(2),
            },
        ),
        (
            "its lists were deleted",
            folded(|of| of.lists.clear()),
            unknown,
            Reason::NotRecorded,
        ),
    ]);
}

#[test]
fn a_campaign_may_come_in_a_digest() {
    let digest = |itself: Option<Circumstances>, is_over| {
        changed(started(), |of| {
            of.digest = Some(Digest {
                campaign: itself.as_ref().map(|_| crate::model::CampaignId(7)),
                is_over,
                itself: itself.map(Box::new),
            });
        })
    };
    let in_state = |state| {
        changed(digest(None, false), |of| {
            of.campaign.state = state;
            of.campaign.finished_at = Some(hours(5));
        })
    };
    let digest_campaign = |of: Circumstances| {
        changed(of, |of| {
            of.campaign.digest_policy = DigestPolicy::IsDigest;
            of.kept_in_digest = Some(1);
        })
    };
    use RecipientVerdict::{NotReceived, Pending, Received};
    check(vec![
        (
            "sent in it",
            digest(
                Some(digest_campaign(with_delivery(DeliveryState::Sent))),
                true,
            ),
            Received,
            Reason::SentInDigest { at: hours(3) },
        ),
        (
            "bounced in it",
            digest(
                Some(digest_campaign(with_delivery(DeliveryState::Bounced))),
                true,
            ),
            NotReceived,
            Reason::Bounced { at: hours(3) },
        ),
        (
            "kept from it",
            digest(
                Some(digest_campaign(changed(started(), |of| {
                    of.suppressions = suppressed_since(-3);
                }))),
                true,
            ),
            NotReceived,
            Reason::Suppressed {
                reason: SuppressionReason::HardBounce,
                since: hours(-3),
            },
        ),
        (
            "about to start",
            digest(Some(digest_campaign(draft())), true),
            Pending,
            Reason::WaitingForDigest,
        ),
        (
            "still to be made",
            digest(None, false),
            Pending,
            Reason::WaitingForDigest,
        ),
        (
            "never made",
            digest(None, true),
            NotReceived,
            Reason::NoDigest,
        ),
        (
            "paused",
            in_state(CampaignState::Paused),
            Pending,
            Reason::CampaignPaused,
        ),
        (
            "cancelled",
            in_state(CampaignState::Cancelled),
            NotReceived,
            Reason::CampaignCancelled { at: Some(hours(5)) },
        ),
    ]);
}

#[test]
fn before_the_start_the_answer_is_what_would_happen() {
    use RecipientVerdict::{NotReceived, Pending, WouldNotReceive, WouldReceive};
    use SubscriptionState::{Confirmed, Pending as Asked, Unsubscribed};
    let scheduled = |at| {
        changed(draft(), |of| {
            of.campaign.state = CampaignState::Scheduled;
            of.campaign.scheduled_at = Some(hours(at));
        })
    };
    let freezing = |state| {
        changed(started(), |of| {
            of.campaign.state = state;
            of.campaign.is_frozen = false;
            of.campaign.frozen_at = None;
        })
    };
    let on = |history: &[(SubscriptionState, i32)]| {
        changed(draft(), |of| of.lists = vec![list("News", history)])
    };
    let paused = |of| {
        changed(of, |of: &mut Circumstances| {
            of.choices = vec![pause(-3, 20)];
            of.paused_until = Some(hours(20));
        })
    };
    check(vec![
        (
            "a draft",
            draft(),
            WouldReceive,
            Reason::Eligible { at: None },
        ),
        (
            "scheduled",
            scheduled(15),
            WouldReceive,
            Reason::Eligible {
                at: Some(hours(15)),
            },
        ),
        (
            "for a weekly digest",
            changed(draft(), |of| of.frequency = Frequency::Weekly),
            WouldReceive,
            Reason::EligibleForDigest,
        ),
        (
            "urgent, so at once",
            changed(draft(), |of| {
                of.frequency = Frequency::Weekly;
                of.campaign.digest_policy = DigestPolicy::AtOnce;
            }),
            WouldReceive,
            Reason::Eligible { at: None },
        ),
        ("on no list", on(&[]), WouldNotReceive, Reason::NotOnLists),
        (
            "not confirmed",
            on(&[(Asked, 1)]),
            WouldNotReceive,
            Reason::NotConfirmed {
                list: "News".into(),
            },
        ),
        (
            "left",
            on(&[(Confirmed, 1), (Unsubscribed, 2)]),
            WouldNotReceive,
            Reason::Unsubscribed {
                list: "News".into(),
                at: hours(2),
            },
        ),
        (
            "not in the segment",
            changed(draft(), |of| of.segment = segment(false)),
            WouldNotReceive,
            Reason::NotInSegment {
                segment: "Astana".into(),
                is_now: false,
            },
        ),
        (
            "in the segment",
            changed(draft(), |of| of.segment = segment(true)),
            WouldReceive,
            Reason::Eligible { at: None },
        ),
        (
            "suppressed",
            changed(draft(), |of| of.suppressions = suppressed_since(4)),
            WouldNotReceive,
            Reason::Suppressed {
                reason: SuppressionReason::HardBounce,
                since: hours(4),
            },
        ),
        (
            "paused",
            paused(draft()),
            WouldNotReceive,
            Reason::Paused {
                until: Some(hours(20)),
            },
        ),
        (
            "paused until before its time",
            paused(scheduled(30)),
            WouldReceive,
            Reason::Eligible {
                at: Some(hours(30)),
            },
        ),
        (
            "a digest with nothing for them",
            changed(scheduled(11), |of| {
                of.campaign.digest_policy = DigestPolicy::IsDigest;
                of.kept_in_digest = Some(0);
            }),
            WouldNotReceive,
            Reason::NothingKept,
        ),
        (
            "the freeze has not come to them",
            freezing(CampaignState::Sending),
            Pending,
            Reason::Waiting { until: None },
        ),
        (
            "nor for a digest",
            changed(freezing(CampaignState::Sending), |of| {
                of.frequency = Frequency::Weekly;
            }),
            Pending,
            Reason::WaitingForDigest,
        ),
        (
            "and is paused",
            freezing(CampaignState::Paused),
            Pending,
            Reason::CampaignPaused,
        ),
        (
            "and was cancelled",
            changed(freezing(CampaignState::Cancelled), |of| {
                of.campaign.finished_at = Some(hours(2));
            }),
            NotReceived,
            Reason::CampaignCancelled { at: Some(hours(2)) },
        ),
        (
            "cancelled before the start",
            changed(draft(), |of| {
                of.campaign.state = CampaignState::Cancelled;
                of.campaign.finished_at = Some(hours(2));
            }),
            NotReceived,
            Reason::CampaignCancelled { at: None },
        ),
        (
            "could not start",
            changed(draft(), |of| {
                of.campaign.state = CampaignState::FailedToStart
            }),
            WouldReceive,
            Reason::Eligible { at: None },
        ),
    ]);
}
