//! The brake of a campaign: refusals that are alike pause it at once.
//!
//! What is refused for what we are is refused for every recipient, and so is
//! everything where a relay is set up wrongly; a share of what was sent would
//! be known too late. So this looks at the first few answers of a campaign
//! since it was started or resumed. It is memory of one worker alone: what it
//! decides is written by [`crate::campaign::brake`].

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use parking_lot::{Mutex, MutexGuard};

use crate::address::EmailAddress;
use crate::campaign::brake::{ANY, Alarm, is_alarming};
use crate::mail::rejection::{Diagnosis, ServerReply, classify, fingerprint};
use crate::mail::smtp::{Reply, SendError};
use crate::model::CampaignId;
use crate::model::feedback::{Party, Verdict};

/// Kinds of words that are remembered of a campaign.
const KINDS: usize = 64;
/// Deliveries that are remembered of one kind: it pauses long before.
const DELIVERIES: usize = 500;
/// Domains that are told apart.
const DOMAINS: usize = 16;

/// What an answer means for its campaign.
#[derive(Debug)]
pub enum Noted {
    /// Nothing.
    Fine,
    /// It is one of those that paused the campaign: the delivery waits.
    Held,
    /// It must be paused.
    Alarm(Alarm),
    /// A refusal with these keys of a message that was under way before the
    /// campaign was paused and resumed: what was decided then decides.
    Late([String; 2]),
}

/// The watches of the campaigns that this worker sends.
#[derive(Default)]
pub struct Brake(Mutex<HashMap<CampaignId, Watch>>);

struct Watch {
    /// When the campaign was started or resumed, as far as this worker knows.
    since: Instant,
    outcomes: u64,
    /// Messages that wait for their answer.
    under_way: u64,
    kinds: HashMap<String, Seen>,
    /// Kinds that have paused it, or are about to.
    pulled: BTreeSet<String>,
    /// Kinds that a person has seen and let go on.
    known: BTreeSet<String>,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            since: Instant::now(),
            outcomes: 0,
            under_way: 0,
            kinds: HashMap::new(),
            pulled: BTreeSet::new(),
            known: BTreeSet::new(),
        }
    }
}

#[derive(Default)]
struct Seen {
    count: u64,
    domains: BTreeSet<String>,
    deliveries: Vec<i64>,
}

/// A message that waits for its answer. Refusals are quick and messages that are
/// taken are not: without these, the first answers of any campaign would be bad.
pub struct UnderWay<'a> {
    brake: &'a Brake,
    campaign: CampaignId,
    since: Instant,
}

impl UnderWay<'_> {
    /// When it was begun.
    pub fn since(&self) -> Instant {
        self.since
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if let Some(watch) = self.brake.watches().get_mut(&self.campaign) {
            // The watch may be a newer one than that it was counted by.
            watch.under_way = watch.under_way.saturating_sub(1);
        }
    }
}

/// A refusal as far as the brake is concerned.
struct Refusal {
    key: String,
    party: Party,
    reply: String,
}

impl Refusal {
    /// Its own key, and that which it shares with all that are not about the
    /// recipient.
    fn keys(&self) -> [String; 2] {
        let any = if self.party.is_recipient() {
            &self.key
        } else {
            ANY
        };
        [self.key.clone(), any.to_owned()]
    }
}

/// What counts: a refusal for good that is about us or the way, or that would
/// cost the address its mail.
fn refusal(sent: &Result<Reply, SendError>, email: &EmailAddress) -> Option<Refusal> {
    let Err(SendError::Refused { stage, reply }) = sent else {
        return None;
    };
    if reply.code < 500 {
        return None;
    }
    let text = reply.to_string();
    let Diagnosis { party, verdict, .. } = classify(&ServerReply {
        text: &text,
        status: None,
        stage: Some(*stage),
        recipient: Some(email),
    });
    let counts = !party.is_recipient() || verdict == Verdict::Hard;
    counts.then(|| Refusal {
        key: fingerprint::of(&text),
        party,
        reply: text,
    })
}

impl Brake {
    fn watches(&self) -> MutexGuard<'_, HashMap<CampaignId, Watch>> {
        self.0.lock()
    }

    /// Forgets campaigns that are not sent any more, and what was learned of
    /// those that were paused and are sent again.
    pub fn keep(&self, is_sending: impl Fn(CampaignId) -> bool) {
        self.watches()
            .retain(|id, watch| is_sending(*id) && watch.pulled.is_empty());
    }

    /// Takes note that a message is about to be handed over; it counts until the
    /// answer is dropped, which must be before its own answer is noted.
    pub fn begin(&self, campaign: CampaignId) -> UnderWay<'_> {
        self.watches().entry(campaign).or_default().under_way += 1;
        UnderWay {
            brake: self,
            campaign,
            since: Instant::now(),
        }
    }

    /// Takes note of the answer to a message that was begun at `begun`.
    pub fn note(
        &self,
        campaign: CampaignId,
        delivery: i64,
        email: &EmailAddress,
        begun: Instant,
        sent: &Result<Reply, SendError>,
    ) -> Noted {
        // What never came to an answer tells nothing.
        if !matches!(sent, Ok(_) | Err(SendError::Refused { .. })) {
            return Noted::Fine;
        }
        let refusal = refusal(sent, email);
        let mut watches = self.watches();
        let watch = watches.entry(campaign).or_default();
        let is_late = begun < watch.since;
        if !is_late {
            watch.outcomes += 1;
        }
        match refusal {
            Some(refusal) if is_late => Noted::Late(refusal.keys()),
            Some(refusal) => watch.weigh(refusal, delivery, email.domain()),
            None => Noted::Fine,
        }
    }

    /// Remembers that a person has seen these words and let the campaign go on.
    pub fn settle(&self, campaign: CampaignId, key: &str) {
        let mut watches = self.watches();
        let watch = watches.entry(campaign).or_default();
        watch.pulled.remove(key);
        watch.known.insert(key.to_owned());
    }
}

impl Watch {
    fn weigh(&mut self, refusal: Refusal, delivery: i64, domain: &str) -> Noted {
        if self.known.contains(&refusal.key) {
            return Noted::Fine;
        }
        let mut keys = vec![refusal.key];
        // Every server may have words of its own for what it has against us.
        if !refusal.party.is_recipient() {
            keys.push(ANY.to_owned());
        }
        if keys.iter().any(|key| self.pulled.contains(key)) {
            return Noted::Held;
        }
        let outcomes = self.outcomes + self.under_way;
        let mut alarm = None;
        for key in keys {
            if self.known.contains(&key)
                || (self.kinds.len() >= KINDS && !self.kinds.contains_key(&key))
            {
                continue;
            }
            let seen = self.kinds.entry(key.clone()).or_default();
            seen.count += 1;
            if seen.deliveries.len() < DELIVERIES {
                seen.deliveries.push(delivery);
            }
            if seen.domains.len() < DOMAINS {
                seen.domains.insert(domain.to_owned());
            }
            let domains = seen.domains.len() as u64;
            if alarm.is_none() && is_alarming(&key, refusal.party, seen.count, domains, outcomes) {
                alarm = Some(Alarm {
                    key,
                    reply: refusal.reply.clone(),
                    party: refusal.party,
                    recipients: seen.count,
                    domains,
                    deliveries: seen.deliveries.clone(),
                    has_returned: false,
                });
            }
        }
        match alarm {
            Some(alarm) => {
                self.pulled.insert(alarm.key.clone());
                Noted::Alarm(alarm)
            }
            None => Noted::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::smtp::Stage;

    const OURS: &str = "5.7.1 <x@y.example>: Sender address rejected: not owned by user";
    const UNKNOWN: &str = "5.1.1 user unknown";

    struct Campaign {
        brake: Brake,
        deliveries: i64,
        /// When the messages were begun; now where unset.
        begun: Option<Instant>,
    }

    impl Campaign {
        fn new() -> Self {
            Self {
                brake: Brake::default(),
                deliveries: 0,
                begun: None,
            }
        }

        fn answer(&mut self, email: &str, sent: Result<Reply, SendError>) -> Noted {
            self.deliveries += 1;
            let email = EmailAddress::parse(email).unwrap();
            let begun = self.begun;
            let begun = begun.unwrap_or_else(|| self.brake.begin(CampaignId(1)).since());
            self.brake
                .note(CampaignId(1), self.deliveries, &email, begun, &sent)
        }

        fn refused(&mut self, email: &str, code: u16, text: &str) -> Noted {
            let reply = Reply {
                code,
                text: text.to_owned(),
            };
            let stage = Stage::Rcpt;
            self.answer(email, Err(SendError::Refused { stage, reply }))
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
    fn what_is_refused_for_what_we_are_pauses_after_three_whatever_was_taken() {
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
        let Noted::Alarm(alarm) = campaign.refused("c@c.example", 553, OURS) else {
            panic!("no alarm");
        };
        assert_eq!((alarm.recipients, alarm.domains), (3, 3));
        assert_eq!(alarm.deliveries, [1001, 1002, 1003]);
        assert_eq!(alarm.party, Party::SenderAddress);
        assert!(matches!(
            campaign.refused("d@d.example", 553, OURS),
            Noted::Held
        ));
    }

    #[test]
    fn one_domain_that_refuses_us_holds_nobody_else_up() {
        let mut campaign = Campaign::new();
        campaign.taken(100);
        for n in 0..50 {
            let noted = campaign.refused(&format!("r{n}@strict.example"), 553, OURS);
            assert!(matches!(noted, Noted::Fine), "{n}");
        }
    }

    #[test]
    fn dead_addresses_among_living_ones_pause_nothing() {
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
        assert!(matches!(noted, Noted::Alarm(alarm) if alarm.party == Party::Mailbox));
    }

    #[test]
    fn refusals_that_are_known_before_the_first_message_is_taken_pause_nothing() {
        let mut campaign = Campaign::new();
        let brake = Brake::default();
        let under_way: Vec<UnderWay<'_>> = (0..200).map(|_| brake.begin(CampaignId(1))).collect();
        for (n, waiting) in under_way.into_iter().take(6).enumerate() {
            drop(waiting);
            let email = EmailAddress::parse(&format!("r{n}@d{n}.example")).unwrap();
            let reply = Reply {
                code: 550,
                text: UNKNOWN.to_owned(),
            };
            let refused = Err(SendError::Refused {
                stage: Stage::Rcpt,
                reply,
            });
            let noted = brake.note(CampaignId(1), n as i64, &email, Instant::now(), &refused);
            assert!(matches!(noted, Noted::Fine), "{n}");
        }
        for n in 0..4 {
            campaign.refused(&format!("r{n}@d{n}.example"), 550, UNKNOWN);
        }
        let noted = campaign.refused("e@e.example", 550, UNKNOWN);
        assert!(
            matches!(noted, Noted::Alarm(_)),
            "nothing else is under way"
        );
    }

    #[test]
    fn servers_that_word_it_differently_are_counted_together() {
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
        assert!(matches!(&noted[4], Noted::Alarm(alarm) if alarm.key == ANY));
    }

    #[test]
    fn what_may_pass_and_full_mailboxes_pause_nothing() {
        let mut campaign = Campaign::new();
        for n in 0..50 {
            for (code, text) in [(450, "4.7.1 greylisted"), (552, "5.2.2 mailbox full")] {
                let noted = campaign.refused(&format!("r{n}@d{n}.example"), code, text);
                assert!(matches!(noted, Noted::Fine), "{text}");
            }
        }
    }

    #[test]
    fn what_was_under_way_before_a_pause_is_left_to_the_decision() {
        let mut campaign = Campaign::new();
        let begun = campaign.brake.begin(CampaignId(1)).since();
        for n in 0..3 {
            campaign.refused(&format!("r{n}@d{n}.example"), 553, OURS);
        }
        campaign.brake.keep(|_| true);
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
    fn words_that_a_person_has_seen_pause_nothing_again() {
        let mut campaign = Campaign::new();
        for n in 0..3 {
            campaign.refused(&format!("r{n}@d{n}.example"), 553, OURS);
        }
        campaign.brake.keep(|_| true);
        for n in 0..2 {
            campaign.refused(&format!("r{n}@d{n}.example"), 553, OURS);
        }
        let Noted::Alarm(alarm) = campaign.refused("c@c.example", 553, OURS) else {
            panic!("no alarm after it was resumed");
        };
        campaign.brake.settle(CampaignId(1), &alarm.key);
        for n in 0..4 {
            let noted = campaign.refused(&format!("r{n}@d{n}.example"), 553, OURS);
            assert!(matches!(noted, Noted::Fine), "{n}");
        }
    }
}
