//! Automatic pauses: similar rejections pause a campaign at once.
//!
//! A sender that is rejected is rejected for every recipient, and so is every message where
//! a relay is misconfigured; a rate over all messages would be known too late. So the
//! monitor looks at the first replies since the campaign was started or resumed. Its state belongs
//! to one worker: what it decides is written by [`crate::campaign::automatic_pause`].

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use parking_lot::{Mutex, MutexGuard};

use crate::address::EmailAddress;
use crate::campaign::automatic_pause::{ANY, SimilarRejections, must_pause};
use crate::mail::rejection::{Diagnosis, ServerReply, classify, fingerprint};
use crate::mail::smtp::{Reply, SendError};
use crate::model::CampaignId;
use crate::model::feedback::{Party, Verdict};

/// How many kinds of rejection are counted per campaign.
const KINDS: usize = 64;
/// Deliveries that are kept per kind; the campaign is paused long before.
const DELIVERIES: usize = 500;
/// Domains that are counted per kind.
const DOMAINS: usize = 16;

/// What a reply means for its campaign.
#[derive(Debug)]
pub enum Noted {
    Fine,
    /// It is one of those that paused the campaign: the delivery is deferred.
    Held,
    /// The campaign must be paused.
    MustPause(SimilarRejections),
    /// A rejection with these keys of a message that was begun before the campaign was
    /// paused and resumed: the decision made then applies.
    Late([String; 2]),
}

/// Counts the rejections of the campaigns that this worker sends.
#[derive(Default)]
pub struct RejectionMonitor(Mutex<HashMap<CampaignId, Watch>>);

struct Watch {
    /// When the campaign was started or resumed, as far as this worker knows.
    since: Instant,
    outcomes: u64,
    /// Messages that wait for a reply.
    under_way: u64,
    kinds: HashMap<String, Seen>,
    /// Kinds that have paused the campaign, or are about to.
    paused: BTreeSet<String>,
    /// Kinds that someone has seen before resuming.
    known: BTreeSet<String>,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            since: Instant::now(),
            outcomes: 0,
            under_way: 0,
            kinds: HashMap::new(),
            paused: BTreeSet::new(),
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

/// A message that waits for a reply. Rejections are fast and acceptances slow: without
/// counting these, the first replies of any campaign would look bad.
pub struct UnderWay<'a> {
    monitor: &'a RejectionMonitor,
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
        if let Some(watch) = self.monitor.watches().get_mut(&self.campaign) {
            // The state may be newer than the one that counted it.
            watch.under_way = watch.under_way.saturating_sub(1);
        }
    }
}

struct Rejection {
    key: String,
    party: Party,
    reply: String,
}

impl Rejection {
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

/// The rejections that count: permanent ones about the sender, the relay or the path, and
/// those that would suppress the address.
fn rejection(sent: &Result<Reply, SendError>, email: &EmailAddress) -> Option<Rejection> {
    let Err(SendError::Rejected { stage, reply }) = sent else {
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
    counts.then(|| Rejection {
        key: fingerprint::of(&text),
        party,
        reply: text,
    })
}

impl RejectionMonitor {
    fn watches(&self) -> MutexGuard<'_, HashMap<CampaignId, Watch>> {
        self.0.lock()
    }

    /// Drops campaigns that are no longer sending, and the counts of those that were paused
    /// and resumed.
    pub fn keep(&self, is_sending: impl Fn(CampaignId) -> bool) {
        self.watches()
            .retain(|id, watch| is_sending(*id) && watch.paused.is_empty());
    }

    /// When a message begins of which only the envelope is sent for now.
    pub fn now(&self, campaign: CampaignId) -> Instant {
        self.watches().entry(campaign).or_default();
        Instant::now()
    }

    /// Counts a message as in flight until the guard is dropped, which must be before its
    /// reply is noted. A message that began `earlier`, with its envelope, may have been rejected
    /// since, and its campaign paused and resumed.
    pub fn begin(&self, campaign: CampaignId, earlier: Option<Instant>) -> UnderWay<'_> {
        self.watches().entry(campaign).or_default().under_way += 1;
        UnderWay {
            monitor: self,
            campaign,
            since: earlier.unwrap_or_else(Instant::now),
        }
    }

    /// Notes the reply to a message that was begun at `begun`. Where it is fine, `record` is
    /// called before any other reply is noted: a pause that others bring about finds this
    /// delivery recorded, and can put it back.
    pub fn note(
        &self,
        campaign: CampaignId,
        delivery: i64,
        email: &EmailAddress,
        begun: Instant,
        sent: &Result<Reply, SendError>,
        record: impl FnOnce(),
    ) -> Noted {
        // Without a reply there is nothing to learn.
        if !matches!(sent, Ok(_) | Err(SendError::Rejected { .. })) {
            record();
            return Noted::Fine;
        }
        let rejection = rejection(sent, email);
        let mut watches = self.watches();
        let watch = watches.entry(campaign).or_default();
        let is_late = begun < watch.since;
        if !is_late {
            watch.outcomes += 1;
        }
        let noted = match rejection {
            Some(rejection) if is_late => Noted::Late(rejection.keys()),
            Some(rejection) => watch.weigh(rejection, delivery, email.domain()),
            None => Noted::Fine,
        };
        if matches!(noted, Noted::Fine) {
            record();
        }
        noted
    }

    /// Records that someone has seen this kind of rejection and resumed the campaign.
    pub fn settle(&self, campaign: CampaignId, key: &str) {
        let mut watches = self.watches();
        let watch = watches.entry(campaign).or_default();
        watch.paused.remove(key);
        watch.known.insert(key.to_owned());
    }
}

impl Watch {
    fn weigh(&mut self, rejection: Rejection, delivery: i64, domain: &str) -> Noted {
        if self.known.contains(&rejection.key) {
            return Noted::Fine;
        }
        let mut keys = vec![rejection.key];
        // Each server may word the same objection differently.
        if !rejection.party.is_recipient() {
            keys.push(ANY.to_owned());
        }
        if keys.iter().any(|key| self.paused.contains(key)) {
            return Noted::Held;
        }
        let outcomes = self.outcomes + self.under_way;
        let mut found = None;
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
            if found.is_none() && must_pause(&key, rejection.party, seen.count, domains, outcomes) {
                found = Some(SimilarRejections {
                    key,
                    reply: rejection.reply.clone(),
                    party: rejection.party,
                    recipients: seen.count,
                    domains,
                    deliveries: seen.deliveries.clone(),
                    has_returned: false,
                });
            }
        }
        match found {
            Some(found) => {
                self.paused.insert(found.key.clone());
                Noted::MustPause(found)
            }
            None => Noted::Fine,
        }
    }
}

#[cfg(test)]
mod tests;
