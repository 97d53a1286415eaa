use super::*;
use crate::mail::smtp::Stage;

const OURS: &str = "5.7.1 <x@y.example>: Sender address rejected: not owned by user";
const UNKNOWN: &str = "5.1.1 user unknown";

struct Campaign {
    monitor: RejectionMonitor,
    deliveries: i64,
    /// When the messages were begun; now where unset.
    begun: Option<Instant>,
}

impl Campaign {
    fn new() -> Self {
        Self {
            monitor: RejectionMonitor::default(),
            deliveries: 0,
            begun: None,
        }
    }

    fn answer(&mut self, email: &str, sent: Result<Reply, SendError>) -> Noted {
        self.deliveries += 1;
        let email = EmailAddress::parse(email).unwrap();
        let begun = self.begun;
        let begun = begun.unwrap_or_else(|| self.monitor.begin(CampaignId(1), None).since());
        self.monitor
            .note(CampaignId(1), self.deliveries, &email, begun, &sent, || ())
    }

    fn refused(&mut self, email: &str, code: u16, text: &str) -> Noted {
        let reply = Reply {
            code,
            text: text.to_owned(),
        };
        let stage = Stage::Rcpt;
        self.answer(email, Err(SendError::Rejected { stage, reply }))
    }

    fn taken(&mut self, count: usize) {
        for n in 0..count {
            let reply = Reply {
                code: 250,
                text: "ok".to_owned(),
            };
            assert!(matches!(
                self.answer(&format!("r{n}@fine{n}.example"), Ok(reply)),
                Noted::Fine
            ));
        }
    }
}

#[test]
fn three_rejections_of_the_sender_pause_whatever_was_accepted() {
    let mut campaign = Campaign::new();
    campaign.taken(1000);
    assert!(matches!(
        campaign.refused("a@a.example", 553, OURS),
        Noted::Fine
    ));
    assert!(matches!(
        campaign.refused("b@b.example", 553, OURS),
        Noted::Fine
    ));
    let Noted::MustPause(found) = campaign.refused("c@c.example", 553, OURS) else {
        panic!("no pause");
    };
    assert_eq!((found.recipients, found.domains), (3, 3));
    assert_eq!(found.deliveries, [1001, 1002, 1003]);
    assert_eq!(found.party, Party::SenderAddress);
    assert!(matches!(
        campaign.refused("d@d.example", 553, OURS),
        Noted::Held
    ));
}

#[test]
fn one_domain_that_rejects_the_sender_pauses_nothing() {
    let mut campaign = Campaign::new();
    campaign.taken(100);
    for n in 0..50 {
        let noted = campaign.refused(&format!("r{n}@strict.example"), 553, OURS);
        assert!(matches!(noted, Noted::Fine), "{n}");
    }
}

#[test]
fn unknown_addresses_among_good_ones_pause_nothing() {
    let mut campaign = Campaign::new();
    campaign.taken(60);
    for n in 0..40 {
        let noted = campaign.refused(&format!("r{n}@d{n}.example"), 550, UNKNOWN);
        assert!(matches!(noted, Noted::Fine), "{n}");
    }
    let mut campaign = Campaign::new();
    for n in 0..40 {
        let noted = campaign.refused(&format!("r{n}@closed.example"), 550, UNKNOWN);
        assert!(matches!(noted, Noted::Fine), "{n}");
    }
}

#[test]
fn a_list_whose_first_addresses_are_all_unknown_is_paused() {
    let mut campaign = Campaign::new();
    for n in 0..4 {
        let noted = campaign.refused(&format!("r{n}@d{n}.example"), 550, UNKNOWN);
        assert!(matches!(noted, Noted::Fine), "{n}");
    }
    let noted = campaign.refused("last@last.example", 550, UNKNOWN);
    assert!(matches!(noted, Noted::MustPause(found) if found.party == Party::Mailbox));
}

#[test]
fn rejections_that_arrive_before_the_first_acceptance_pause_nothing() {
    let mut campaign = Campaign::new();
    let monitor = RejectionMonitor::default();
    let under_way: Vec<UnderWay<'_>> = (0..200)
        .map(|_| monitor.begin(CampaignId(1), None))
        .collect();
    for (n, waiting) in under_way.into_iter().take(6).enumerate() {
        drop(waiting);
        let email = EmailAddress::parse(&format!("r{n}@d{n}.example")).unwrap();
        let reply = Reply {
            code: 550,
            text: UNKNOWN.to_owned(),
        };
        let refused = Err(SendError::Rejected {
            stage: Stage::Rcpt,
            reply,
        });
        let noted = monitor.note(
            CampaignId(1),
            n as i64,
            &email,
            Instant::now(),
            &refused,
            || (),
        );
        assert!(matches!(noted, Noted::Fine), "{n}");
    }
    for n in 0..4 {
        campaign.refused(&format!("r{n}@d{n}.example"), 550, UNKNOWN);
    }
    let noted = campaign.refused("e@e.example", 550, UNKNOWN);
    assert!(
        matches!(noted, Noted::MustPause(_)),
        "nothing else is under way"
    );
}

#[test]
fn rejections_that_are_worded_differently_are_counted_together() {
    let mut campaign = Campaign::new();
    let words = [
        "spf fail",
        "dkim missing",
        "helo rejected",
        "sender denied",
        "policy",
    ];
    let noted: Vec<Noted> = words
        .iter()
        .enumerate()
        .map(|(n, words)| campaign.refused(&format!("r@d{n}.example"), 550, words))
        .collect();
    assert!(noted[..4].iter().all(|noted| matches!(noted, Noted::Fine)));
    assert!(matches!(&noted[4], Noted::MustPause(found) if found.key == ANY));
}

#[test]
fn temporary_rejections_and_full_mailboxes_pause_nothing() {
    let mut campaign = Campaign::new();
    for n in 0..50 {
        for (code, text) in [(450, "4.7.1 greylisted"), (552, "5.2.2 mailbox full")] {
            let noted = campaign.refused(&format!("r{n}@d{n}.example"), code, text);
            assert!(matches!(noted, Noted::Fine), "{text}");
        }
    }
}

#[test]
fn a_rejection_is_recorded_before_another_is_noted() {
    let mut campaign = Campaign::new();
    let email = EmailAddress::parse("a@a.example").unwrap();
    let reply = Reply {
        code: 553,
        text: OURS.to_owned(),
    };
    let stage = Stage::Rcpt;
    let sent = Err(SendError::Rejected { stage, reply });
    let monitor = &campaign.monitor;
    let begun = monitor.begin(CampaignId(1), None).since();
    let mut is_alone = false;
    let record = || is_alone = monitor.0.is_locked();
    monitor.note(CampaignId(1), 1, &email, begun, &sent, record);
    assert!(is_alone);
    // The rejection that pauses the campaign is recorded after the pause.
    campaign.refused("b@b.example", 553, OURS);
    let mut is_recorded = false;
    let noted = campaign
        .monitor
        .note(CampaignId(1), 3, &email, begun, &sent, || {
            is_recorded = true;
        });
    assert!(matches!(noted, Noted::MustPause(_)) && !is_recorded);
}

#[test]
fn a_message_in_flight_before_a_pause_follows_the_decision() {
    let mut campaign = Campaign::new();
    let begun = campaign.monitor.begin(CampaignId(1), None).since();
    for n in 0..3 {
        campaign.refused(&format!("r{n}@d{n}.example"), 553, OURS);
    }
    campaign.monitor.keep(|_| true);
    campaign.begun = Some(begun);
    for n in 0..10 {
        let noted = campaign.refused(&format!("late{n}@late{n}.example"), 553, OURS);
        assert!(matches!(noted, Noted::Late([_, any]) if any == ANY), "{n}");
    }
    campaign.begun = None;
    let noted = campaign.refused("new@new.example", 553, OURS);
    assert!(matches!(noted, Noted::Fine));
}

#[test]
fn an_envelope_that_was_sent_before_a_pause_follows_the_decision() {
    let mut campaign = Campaign::new();
    let begun = campaign.monitor.now(CampaignId(1));
    for n in 0..3 {
        campaign.refused(&format!("r{n}@d{n}.example"), 553, OURS);
    }
    campaign.monitor.keep(|_| false);
    let rest = campaign.monitor.begin(CampaignId(1), Some(begun));
    campaign.begun = Some(rest.since());
    drop(rest);
    let noted = campaign.refused("next@next.example", 553, OURS);
    assert!(matches!(noted, Noted::Late(_)));
}

#[test]
fn a_rejection_that_was_seen_does_not_pause_again() {
    let mut campaign = Campaign::new();
    for n in 0..3 {
        campaign.refused(&format!("r{n}@d{n}.example"), 553, OURS);
    }
    campaign.monitor.keep(|_| true);
    for n in 0..2 {
        campaign.refused(&format!("r{n}@d{n}.example"), 553, OURS);
    }
    let Noted::MustPause(found) = campaign.refused("c@c.example", 553, OURS) else {
        panic!("no pause after it was resumed");
    };
    campaign.monitor.settle(CampaignId(1), &found.key);
    for n in 0..4 {
        let noted = campaign.refused(&format!("r{n}@d{n}.example"), 553, OURS);
        assert!(matches!(noted, Noted::Fine), "{n}");
    }
}
