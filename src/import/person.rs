//! A person of a file as they were and as its rows make them. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::decision::{Decision, decide};
use super::plan::Plan;
use super::record::Record;
use crate::address::EmailAddress;
use crate::audience::gone::{Known, strongest};
use crate::clock::Timestamp;
use crate::model::import::{Existing, Kept, Outcome, Standing};
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{
    ConsentAction, SubscriptionEvent, SubscriptionState, SuppressionReason, transition,
};
use crate::model::tag::Tag;
use crate::model::{ListId, SubscriberId};
use crate::text::locale::Language;

/// What a file may change of a person.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Profile {
    pub name: String,
    pub language: Language,
    pub attributes: Map<String, Value>,
    pub tags: Vec<Tag>,
}

/// A person of a file.
#[derive(Debug)]
pub(super) struct Person {
    pub email: EmailAddress,
    /// `None` for one who is new.
    pub id: Option<SubscriberId>,
    /// As they were.
    pub before: Profile,
    /// As they become.
    pub profile: Profile,
    /// For those who are new.
    pub frequency: Frequency,
    /// For those who are new.
    pub paused_until: Option<Timestamp>,
    /// For those who are new.
    pub created_at: Timestamp,
    /// Whether a row of them was taken, so that they are to be stored.
    pub is_taken: bool,
    /// Whether they had their data erased.
    pub was_erased: bool,
    pub states: BTreeMap<ListId, SubscriptionState>,
    pub suppressed: Vec<SuppressionReason>,
    /// The subscriptions that move.
    pub moves: BTreeMap<ListId, Move>,
    pub consents: Vec<Consent>,
    /// Suppressions to be added, and since when.
    pub suppresses: Vec<(SuppressionReason, Timestamp)>,
    /// Suppressions to be lifted.
    pub lifts: Vec<SuppressionReason>,
    /// Their ids in the other system, also where nothing else of the row is taken: links in
    /// old emails find those too who have left.
    pub former_ids: BTreeSet<(String, ListId)>,
}

/// A subscription that moves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    pub before: Option<SubscriptionState>,
    pub to: SubscriptionState,
    pub at: Timestamp,
}

/// Evidence of a change of a subscription.
#[derive(Debug)]
pub(super) struct Consent {
    pub list: ListId,
    pub action: ConsentAction,
    pub at: Timestamp,
    pub network: String,
    pub reason: String,
}

/// What an import changed of a person.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Change {
    /// Before and after.
    pub name: (String, String),
    /// Before and after.
    pub language: (Language, Language),
    /// Before and after.
    pub attributes: (Map<String, Value>, Map<String, Value>),
    #[serde(default)]
    pub tags_added: Vec<Tag>,
    #[serde(default)]
    pub tags_removed: Vec<Tag>,
    #[serde(default)]
    pub lists: Vec<ListChange>,
    /// Suppressions that were added.
    #[serde(default)]
    pub suppressed: Vec<SuppressionReason>,
    /// Suppressions that were lifted.
    #[serde(default)]
    pub lifted: Vec<SuppressionReason>,
    /// What the evidence says of the import.
    pub origin: String,
}

/// The same as it is written, once for each person: without what is empty.
#[derive(Serialize)]
struct NewChange<'a> {
    name: (&'a str, &'a str),
    language: (Language, Language),
    attributes: (&'a Map<String, Value>, &'a Map<String, Value>),
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags_added: Vec<&'a Tag>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags_removed: Vec<&'a Tag>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lists: Vec<ListChange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<SuppressionReason>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    lifted: &'a [SuppressionReason],
    origin: &'a str,
}

/// What an import changed of a subscription.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct ListChange {
    pub list: ListId,
    pub before: Option<SubscriptionState>,
    pub after: SubscriptionState,
}

impl Person {
    /// Somebody of whom nothing is known; `language` is that of people who bring none.
    pub(super) fn new(email: EmailAddress, language: Language, now: Timestamp) -> Self {
        let profile = Profile {
            name: String::new(),
            language,
            attributes: Map::new(),
            tags: Vec::new(),
        };
        Self {
            email,
            id: None,
            before: profile.clone(),
            profile,
            frequency: Frequency::Each,
            paused_until: None,
            created_at: now,
            is_taken: false,
            was_erased: false,
            states: BTreeMap::new(),
            suppressed: Vec::new(),
            moves: BTreeMap::new(),
            consents: Vec::new(),
            suppresses: Vec::new(),
            lifts: Vec::new(),
            former_ids: BTreeSet::new(),
        }
    }

    pub(super) fn is_new(&self) -> bool {
        self.id.is_none()
    }

    /// Whether they are to be asked by email to confirm: only somebody whom this import has
    /// made known, and against whom nothing stands.
    pub(super) fn is_asked(&self, plan: &Plan<'_>) -> bool {
        let mut moves = self.moves.values();
        plan.mapping.asks_to_confirm
            && self.is_new()
            && self.is_taken
            && !self.was_erased
            && self.suppressed.is_empty()
            && moves.any(|moved| moved.to == SubscriptionState::Pending)
    }

    /// Takes a row; gives what comes of it.
    pub(super) fn take(
        &mut self,
        plan: &Plan<'_>,
        record: &Record,
        lists: &[ListId],
        now: Timestamp,
    ) -> Outcome {
        for id in &record.former_ids {
            let of_lists = lists.iter().map(|list| (id.clone(), *list));
            self.former_ids.extend(of_lists);
        }
        let resubscribe = &plan.mapping.resubscribe;
        let suppressed = strongest(&self.suppressed, resubscribe);
        let decide_for = |list: &ListId| {
            let known = Known {
                state: self.states.get(list).copied(),
                suppressed,
                is_erased: self.was_erased && !self.is_taken,
            };
            decide(record.standing, &known, resubscribe)
        };
        let decisions: Vec<(ListId, Decision)> =
            lists.iter().map(|list| (*list, decide_for(list))).collect();
        let kept = decisions.iter().find_map(|(_, decision)| match decision {
            Decision::Reject(kept) | Decision::Keep(kept) => Some(*kept),
            Decision::Take { .. } => None,
        });
        let takes_any = decisions
            .iter()
            .any(|(_, decision)| matches!(decision, Decision::Take { .. }));
        if !takes_any && let Some(kept) = kept {
            return kept.into();
        }
        let is_first = self.is_new() && !self.is_taken;
        self.is_taken = true;
        let mut is_moved = false;
        let mut is_resubscribed = false;
        for (list, decision) in decisions {
            if let Decision::Take {
                event,
                is_resubscribed: again,
            } = decision
            {
                is_resubscribed |= again;
                if let Some(event) = event {
                    is_moved |= self.move_to(plan, record, list, event, again, now);
                }
            }
        }
        if is_resubscribed {
            let lifted = |reason: &SuppressionReason| resubscribe.contains(&Kept::from(*reason));
            self.lifts.extend(self.suppressed.drain(..).filter(lifted));
        }
        for reason in [record.standing.suppression(), record.suppressed]
            .into_iter()
            .flatten()
        {
            if !self.suppressed.contains(&reason) {
                let at = record.changed_at.unwrap_or(now).min(now);
                self.suppresses.push((reason, at));
                self.suppressed.push(reason);
                is_moved = true;
            }
        }
        // Of one who is new everything is.
        let earlier = (!is_first).then(|| self.profile.clone());
        if is_first {
            // How often mail comes is the person's own choice once they are here.
            self.frequency = record.frequency.unwrap_or(self.frequency);
            self.paused_until = record.paused_until;
            self.created_at = earliest(record).unwrap_or(now).min(now);
        }
        match plan.mapping.existing {
            _ if is_first => self.profile.update(record),
            Existing::Keep => {}
            Existing::Update => self.profile.update(record),
            Existing::Replace => self.profile.replace(record),
        }
        match (is_resubscribed, kept) {
            (true, _) => Outcome::Resubscribed,
            (false, Some(kept)) => kept.into(),
            _ if is_first => Outcome::Added,
            _ if is_moved || earlier.is_some_and(|earlier| earlier != self.profile) => {
                Outcome::Changed
            }
            _ => Outcome::Untouched,
        }
    }

    fn move_to(
        &mut self,
        plan: &Plan<'_>,
        record: &Record,
        list: ListId,
        event: SubscriptionEvent,
        is_resubscribed: bool,
        now: Timestamp,
    ) -> bool {
        let before = self.states.get(&list).copied();
        let Some(transition) = transition(before, event) else {
            return false;
        };
        let to = transition.to();
        let is_asked =
            plan.mapping.asks_to_confirm && self.is_new() && to == SubscriptionState::Pending;
        let at = match record.standing {
            // A new consent counts from now on, whatever the file says.
            _ if is_resubscribed => None,
            // Nor does the time to confirm begin before somebody is asked.
            _ if is_asked => None,
            Standing::Confirmed => record
                .consented_at
                .or(record.changed_at)
                .or(record.created_at),
            _ => record.changed_at,
        };
        let at = at.unwrap_or(now).min(now);
        let mut reason = plan.origin.to_owned();
        if !record.source.is_empty() {
            reason.push_str("; source: ");
            reason.push_str(&record.source);
        }
        if is_resubscribed {
            reason.push_str("; subscribed again: ");
            reason.push_str(plan.mapping.reason.trim());
        } else if is_asked {
            reason.push_str("; to be asked to confirm: ");
            reason.push_str(plan.mapping.reason.trim());
        }
        // The time to confirm begins here, however long ago the file says that they were asked:
        // otherwise they would be erased before anybody could ask them again.
        let since = match to {
            SubscriptionState::Pending => now,
            _ => at,
        };
        self.states.insert(list, to);
        let moved = Move {
            before,
            to,
            at: since,
        };
        let moved = self.moves.entry(list).or_insert(moved);
        (moved.to, moved.at) = (to, since);
        for action in transition.actions() {
            self.consents.push(Consent {
                list,
                action: *action,
                at,
                network: record.network.clone(),
                reason: reason.clone(),
            });
        }
        true
    }

    /// Whether there is anything that an undo would have to undo.
    pub(super) fn has_changed(&self) -> bool {
        self.is_new()
            || self.profile != self.before
            || !self.moves.is_empty()
            || !self.suppresses.is_empty()
            || !self.lifts.is_empty()
    }

    /// Tags that the file adds.
    pub(super) fn added_tags(&self) -> impl Iterator<Item = &Tag> {
        let tags = self.profile.tags.iter();
        tags.filter(|tag| !self.before.tags.contains(tag))
    }

    /// Tags that the file takes away.
    pub(super) fn removed_tags(&self) -> impl Iterator<Item = &Tag> {
        let tags = self.before.tags.iter();
        tags.filter(|tag| !self.profile.tags.contains(tag))
    }

    /// What the import changes, as JSON of a [`Change`] for [`undo`](super::undo).
    pub(super) fn change(&self, origin: &str) -> String {
        let (before, after) = (&self.before, &self.profile);
        let lists = self.moves.iter().map(|(list, moved)| ListChange {
            list: *list,
            before: moved.before,
            after: moved.to,
        });
        let change = NewChange {
            tags_added: self.added_tags().collect(),
            tags_removed: self.removed_tags().collect(),
            name: (&before.name, &after.name),
            language: (before.language, after.language),
            attributes: (&before.attributes, &after.attributes),
            lists: lists.collect(),
            suppressed: self.suppresses.iter().map(|(reason, _)| *reason).collect(),
            lifted: &self.lifts,
            origin,
        };
        // Nothing in it has a form that JSON has not.
        serde_json::to_string(&change).unwrap_or_default()
    }
}

impl Profile {
    /// Sets what a row names, and leaves the rest.
    fn update(&mut self, record: &Record) {
        if let Some(name) = &record.name {
            name.as_str().clone_into(&mut self.name);
        }
        self.language = record.language.unwrap_or(self.language);
        self.attributes.extend(record.attributes.clone());
        for tag in &record.tags {
            if !self.tags.contains(tag) {
                self.tags.push(tag.clone());
            }
        }
    }

    /// The same; attributes and tags that the row does not name go.
    fn replace(&mut self, record: &Record) {
        self.attributes.clear();
        self.tags.retain(|tag| record.tags.contains(tag));
        self.update(record);
    }
}

fn earliest(record: &Record) -> Option<Timestamp> {
    let times = [record.created_at, record.consented_at, record.changed_at];
    times.into_iter().flatten().min()
}
