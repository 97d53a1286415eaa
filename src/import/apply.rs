//! Applying rows of a file to the audience, within the caller's transaction: a few
//! statements for all of them, since one per row would take an hour for a million.
//!
//! A check goes the same way and writes nothing.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::balance::Balance;
use super::decision::{Decision, Known, decide};
use super::mapping::Mapping;
use super::record::Record;
use super::{ImportError, Result};
use crate::address::EmailAddress;
use crate::audience::erased;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::import::{Existing, Kept, Outcome, Standing};
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{
    ConsentAction, SubscriptionEvent, SubscriptionState, SuppressionReason, transition,
};
use crate::model::tag::Tag;
use crate::model::{ImportId, ListId, SubscriberId};
use crate::store::import_people::{
    self, Details, Evidence, Membership, NewPerson, Suppressed, Tagged,
};
use crate::store::{Db, imports, reports};
use crate::text::locale::Language;

/// What holds for all rows of an import.
pub(super) struct Plan<'a> {
    pub mapping: &'a Mapping,
    /// The import, and the piece of its file.
    pub import: ImportId,
    pub piece: i64,
    /// The list of the import.
    pub list: ListId,
    /// Lists by slug and by name in lower case.
    pub lists: &'a HashMap<String, ListId>,
    /// What the evidence says of the import.
    pub origin: &'a str,
    /// Whether each new subscription is a webhook event.
    pub announces_each: bool,
}

/// What an import changed of a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Change {
    /// Before and after.
    pub name: (String, String),
    /// Before and after.
    pub language: (Language, Language),
    /// Before and after.
    pub attributes: (Map<String, Value>, Map<String, Value>),
    pub tags_added: Vec<Tag>,
    pub tags_removed: Vec<Tag>,
    pub lists: Vec<ListChange>,
    /// Suppressions that were added.
    pub suppressed: Vec<SuppressionReason>,
    /// Suppressions that were lifted.
    pub lifted: Vec<SuppressionReason>,
    /// What the evidence says of the import.
    pub origin: String,
}

/// What an import changed of a subscription.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct ListChange {
    pub list: ListId,
    pub before: Option<SubscriptionState>,
    pub after: SubscriptionState,
}

/// A row that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the file.
    pub line: u64,
    /// What happens with it.
    pub outcome: Outcome,
    /// Whom it is about, and why.
    pub reason: String,
}

/// What rows come to.
#[derive(Debug, Default)]
pub(super) struct Applied {
    pub balance: Balance,
    pub notes: Vec<Note>,
}

/// A person of these rows, as they were and as they become.
struct Person {
    email: EmailAddress,
    /// `None` for one who is new.
    id: Option<SubscriberId>,
    name: String,
    language: Language,
    attributes: Map<String, Value>,
    frequency: Frequency,
    paused_until: Option<Timestamp>,
    created_at: Timestamp,
    tags: Vec<Tag>,
    clears_tags: bool,
    is_changed: bool,
    is_stored: bool,
    is_new: bool,
    states: BTreeMap<ListId, SubscriptionState>,
    suppressed: Vec<SuppressionReason>,
    was_erased: bool,
    is_erased: bool,
    memberships: BTreeMap<ListId, (SubscriptionState, Timestamp)>,
    evidence: Vec<(ListId, ConsentAction, Timestamp, String, String)>,
    suppresses: Vec<(SuppressionReason, Timestamp)>,
    lifts: Vec<SuppressionReason>,
    /// How they were, so that the import can be undone.
    before: Before,
}

/// What an import may change of a person, as it was.
#[derive(Default)]
struct Before {
    name: String,
    language: Option<Language>,
    attributes: Map<String, Value>,
    tags: Vec<Tag>,
    states: BTreeMap<ListId, SubscriptionState>,
}

/// Applies rows, or says what would come of them (`writes`).
pub(super) async fn apply(
    cx: &Context,
    db: &mut Db,
    plan: &Plan<'_>,
    rows: Vec<(u64, std::result::Result<Record, String>)>,
    writes: bool,
) -> Result<Applied> {
    let now = cx.clock.now();
    let mut applied = Applied::default();
    let mut records = Vec::with_capacity(rows.len());
    for (line, row) in rows {
        match row {
            Ok(record) => records.push((line, record)),
            Err(reason) => applied.reject(line, reason),
        }
    }
    let mut people = load(cx, db, &records, now).await?;
    // A new tag gets the spelling of its first row.
    let mut spellings: HashMap<String, Tag> = HashMap::new();
    for (line, mut record) in records {
        for tag in &mut record.tags {
            let first = spellings.entry(tag.key()).or_insert_with(|| tag.clone());
            first.clone_into(tag);
        }
        let key = record.email.lookup_key();
        let lists = match lists_of(plan, &record) {
            Ok(lists) => lists,
            Err(reason) => {
                applied.reject(line, reason);
                continue;
            }
        };
        let Some(person) = people.get_mut(&key) else {
            continue;
        };
        if record.is_other_language {
            applied.balance.other_languages += 1;
        }
        let standing = record.standing;
        let outcome = person.take(plan, &record, &lists, now);
        applied.balance.count(standing, outcome);
        if let Some(why) = why_kept(outcome) {
            let reason = format!("{} {why}", record.email);
            applied.notes.push(Note {
                line,
                outcome,
                reason,
            });
        }
    }
    if writes {
        write(cx, db, plan, people, now).await?;
    }
    Ok(applied)
}

impl Applied {
    pub(super) fn reject(&mut self, line: u64, reason: String) {
        self.balance.rejected += 1;
        self.notes.push(Note {
            line,
            outcome: Outcome::Rejected,
            reason,
        });
    }
}

fn why_kept(outcome: Outcome) -> Option<&'static str> {
    Some(match outcome {
        Outcome::Left => "left and stays unsubscribed",
        Outcome::Blocked => "is blocked and stays so",
        Outcome::Bounced => "bounced and stays suppressed",
        Outcome::Complained => "complained and stays suppressed",
        Outcome::Erased => "had their data erased and is not stored again",
        Outcome::Resubscribed => "had left and is subscribed again",
        Outcome::Added | Outcome::Changed | Outcome::Untouched | Outcome::Rejected => return None,
    })
}

fn lists_of(plan: &Plan<'_>, record: &Record) -> std::result::Result<Vec<ListId>, String> {
    let mut lists = vec![plan.list];
    for name in &record.lists {
        // What phpList writes for a person on none.
        if name.eq_ignore_ascii_case("no lists") {
            continue;
        }
        let list = plan.lists.get(&name.to_lowercase());
        let list = list.ok_or_else(|| {
            format!(
                "{}: there is no list {name:?}; create it first",
                record.email
            )
        })?;
        if !lists.contains(list) {
            lists.push(*list);
        }
    }
    Ok(lists)
}

async fn load(
    cx: &Context,
    db: &mut Db,
    records: &[(u64, Record)],
    now: Timestamp,
) -> Result<BTreeMap<String, Person>> {
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for (_, record) in records {
        let key = record.email.lookup_key();
        people.entry(key).or_insert_with(|| Person {
            email: record.email.clone(),
            id: None,
            name: String::new(),
            language: cx.config().language,
            attributes: Map::new(),
            frequency: Frequency::Each,
            paused_until: None,
            created_at: now,
            tags: Vec::new(),
            clears_tags: false,
            is_changed: false,
            is_stored: false,
            is_new: false,
            states: BTreeMap::new(),
            suppressed: Vec::new(),
            was_erased: false,
            is_erased: false,
            memberships: BTreeMap::new(),
            evidence: Vec::new(),
            suppresses: Vec::new(),
            lifts: Vec::new(),
            before: Before::default(),
        });
    }
    let keys: Vec<String> = people.keys().cloned().collect();
    let known = import_people::known(db, &keys).await?;
    let ids: Vec<SubscriberId> = known.iter().map(|person| person.id).collect();
    for one in known {
        if let Some(person) = people.get_mut(&one.email_key) {
            person.id = Some(one.id);
            person.is_stored = true;
            person.name = one.name;
            person.language = one.language;
            person.attributes = one.attributes.as_object().cloned().unwrap_or_default();
        }
    }
    let owners: HashMap<SubscriberId, String> = people
        .iter()
        .filter_map(|(key, person)| Some((person.id?, key.clone())))
        .collect();
    let mut person_of = |id: &SubscriberId, change: &mut dyn FnMut(&mut Person)| {
        if let Some(person) = owners.get(id).and_then(|key| people.get_mut(key)) {
            change(person);
        }
    };
    for ((id, list), state) in import_people::states(db, &ids).await? {
        person_of(&id, &mut |person| {
            person.states.insert(list, state);
        });
    }
    for (id, tag) in crate::store::tags::of(db, &ids).await? {
        if let Ok(tag) = Tag::parse(&tag) {
            person_of(&id, &mut |person| person.tags.push(tag.clone()));
        }
    }
    for (key, reasons) in import_people::suppressions(db, &keys).await? {
        if let Some(person) = people.get_mut(&key) {
            person.suppressed = reasons;
        }
    }
    for person in people.values_mut() {
        person.before = Before {
            name: person.name.clone(),
            language: Some(person.language),
            attributes: person.attributes.clone(),
            tags: person.tags.clone(),
            states: person.states.clone(),
        };
    }
    for key in erased::among(cx, db, &keys).await? {
        if let Some(person) = people.get_mut(&key) {
            person.was_erased = true;
            person.is_erased = true;
        }
    }
    Ok(people)
}

impl Person {
    /// Takes a row; gives what comes of it.
    fn take(
        &mut self,
        plan: &Plan<'_>,
        record: &Record,
        lists: &[ListId],
        now: Timestamp,
    ) -> Outcome {
        let resubscribe = &plan.mapping.resubscribe;
        let known = |list: &ListId| Known {
            state: self.states.get(list).copied(),
            suppressed: self.strongest_suppression(resubscribe),
            is_erased: self.is_erased,
        };
        let decide_for = |list: &ListId| decide(record.standing, &known(list), resubscribe);
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
        let is_new = !self.is_stored;
        let was_changed = self.is_changed;
        self.is_changed = false;
        self.is_stored = true;
        if is_new {
            self.is_new = true;
            self.created_at = earliest(record).unwrap_or(now).min(now);
        }
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
            let lifted = self.suppressed.iter().copied();
            let lifted = lifted.filter(|reason| resubscribe.contains(&Kept::from(*reason)));
            self.lifts.extend(lifted.collect::<Vec<_>>());
            self.suppressed.clear();
            self.is_erased = false;
        }
        if let Some(reason) = record.standing.suppression()
            && !self.suppressed.contains(&reason)
        {
            let at = record.changed_at.unwrap_or(now).min(now);
            self.suppresses.push((reason, at));
            self.suppressed.push(reason);
            is_moved = true;
        }
        if is_new || plan.mapping.existing != Existing::Keep {
            self.set_details(record, is_new, plan.mapping.existing);
        }
        let is_changed = self.is_changed || is_moved;
        self.is_changed |= was_changed;
        match (is_resubscribed, kept) {
            (true, _) => Outcome::Resubscribed,
            (false, Some(kept)) => kept.into(),
            _ if is_new => Outcome::Added,
            _ if is_changed => Outcome::Changed,
            _ => Outcome::Untouched,
        }
    }

    /// The strongest reason against them that is not overruled, or else any.
    fn strongest_suppression(&self, overruled: &[Kept]) -> Option<Kept> {
        let strength = |reason: &&SuppressionReason| {
            let is_in_force = !overruled.contains(&Kept::from(**reason));
            (is_in_force, Standing::from(**reason).strength())
        };
        let strongest = self.suppressed.iter().max_by_key(strength);
        strongest.map(|reason| Kept::from(*reason))
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
        let Some(transition) = transition(self.states.get(&list).copied(), event) else {
            return false;
        };
        let at = match record.standing {
            Standing::Confirmed => record
                .consented_at
                .or(record.changed_at)
                .or(record.created_at),
            _ => record.changed_at,
        };
        // Whoever is subscribed again is so from now on, whatever the file says.
        let at = match is_resubscribed {
            true => now,
            false => at.unwrap_or(now).min(now),
        };
        let mut reason = plan.origin.to_owned();
        if !record.source.is_empty() {
            reason.push_str("; source: ");
            reason.push_str(&record.source);
        }
        if is_resubscribed {
            reason.push_str("; subscribed again: ");
            reason.push_str(plan.mapping.reason.trim());
        }
        self.states.insert(list, transition.to());
        self.memberships.insert(list, (transition.to(), at));
        for action in transition.actions() {
            let network = record.network.clone();
            self.evidence
                .push((list, *action, at, network, reason.clone()));
        }
        true
    }

    fn has_changed(&self) -> bool {
        self.is_new
            || self.is_changed
            || !self.memberships.is_empty()
            || !self.suppresses.is_empty()
            || !self.lifts.is_empty()
    }

    /// What the import changes, for [`undo`](super::undo).
    fn change(&self, origin: &str) -> Change {
        let before = &self.before;
        let lists = self
            .memberships
            .iter()
            .map(|(list, (state, _))| ListChange {
                list: *list,
                before: before.states.get(list).copied(),
                after: *state,
            });
        let added = self.tags.iter().filter(|tag| !before.tags.contains(tag));
        let removed = before.tags.iter().filter(|tag| !self.tags.contains(tag));
        Change {
            name: (before.name.clone(), self.name.clone()),
            language: (before.language.unwrap_or(self.language), self.language),
            attributes: (before.attributes.clone(), self.attributes.clone()),
            tags_added: added.cloned().collect(),
            tags_removed: removed.cloned().collect(),
            lists: lists.collect(),
            suppressed: self.suppresses.iter().map(|(reason, _)| *reason).collect(),
            lifted: self.lifts.clone(),
            origin: origin.to_owned(),
        }
    }

    fn set_details(&mut self, record: &Record, is_new: bool, existing: Existing) {
        if let Some(name) = &record.name
            && name.as_str() != self.name
        {
            name.as_str().clone_into(&mut self.name);
            self.is_changed = true;
        }
        if let Some(language) = record.language.filter(|one| *one != self.language) {
            self.language = language;
            self.is_changed = true;
        }
        // How often mail comes is the person's own choice once they are here.
        if is_new {
            self.frequency = record.frequency.unwrap_or(self.frequency);
            self.paused_until = record.paused_until;
        }
        let replaces = existing == Existing::Replace && !is_new;
        let mut attributes = match replaces {
            true => Map::new(),
            false => self.attributes.clone(),
        };
        attributes.extend(record.attributes.clone());
        if attributes != self.attributes {
            self.attributes = attributes;
            self.is_changed = true;
        }
        let lost = self.tags.iter().any(|tag| !record.tags.contains(tag));
        if replaces && lost {
            self.tags.clear();
            self.clears_tags = true;
            self.is_changed = true;
        }
        for tag in &record.tags {
            if !self.tags.contains(tag) {
                self.tags.push(tag.clone());
                self.is_changed = true;
            }
        }
    }
}

fn earliest(record: &Record) -> Option<Timestamp> {
    let times = [record.created_at, record.consented_at, record.changed_at];
    times.into_iter().flatten().min()
}

async fn write(
    cx: &Context,
    db: &mut Db,
    plan: &Plan<'_>,
    mut people: BTreeMap<String, Person>,
    now: Timestamp,
) -> Result<()> {
    let origin = plan.origin;
    people.retain(|_, person| person.is_stored);
    let new: Vec<NewPerson<'_>> = people
        .iter()
        .filter(|(_, person)| person.id.is_none())
        .map(|(key, person)| NewPerson {
            email: &person.email,
            key,
            name: &person.name,
            language: person.language,
            attributes: &person.attributes,
            frequency: person.frequency,
            paused_until: person.paused_until,
            created_at: person.created_at,
        })
        .collect();
    let mut added = import_people::insert(db, &new).await?;
    drop(new);
    let missing: Vec<String> = people
        .iter()
        .filter(|(key, person)| person.id.is_none() && !added.contains_key(*key))
        .map(|(key, _)| key.clone())
        .collect();
    if !missing.is_empty() {
        // Another process added them since they were looked up. They may have left in the
        // same moment, so nothing is done to them in this slice.
        return Err(ImportError::Again);
    }
    let changed: Vec<Details<'_>> = people
        .values()
        .filter(|person| person.is_changed)
        .filter_map(|person| {
            Some(Details {
                id: person.id?,
                name: &person.name,
                language: person.language,
                attributes: &person.attributes,
            })
        })
        .collect();
    import_people::update(db, &changed).await?;
    drop(changed);
    for (key, person) in &mut people {
        person.id = person.id.or_else(|| added.remove(key));
    }
    let stored = || {
        people
            .values()
            .filter_map(|person| Some((person.id?, person)))
    };
    let cleared = stored().filter(|(_, person)| person.clears_tags);
    let cleared: Vec<SubscriberId> = cleared.map(|(id, _)| id).collect();
    import_people::clear_tags(db, &cleared).await?;
    let tags = stored().filter(|(_, person)| person.is_changed || !person.tags.is_empty());
    let tags: Vec<Tagged<'_>> = tags
        .flat_map(|(id, person)| {
            person.tags.iter().map(move |tag| Tagged {
                id,
                tag: tag.as_str(),
                key: tag.key(),
            })
        })
        .collect();
    import_people::add_tags(db, &tags).await?;
    let mut memberships = Vec::new();
    let mut evidence = Vec::new();
    let (mut suppresses, mut lifts) = (Vec::new(), Vec::new());
    for (id, person) in stored() {
        for (list, (state, at)) in &person.memberships {
            memberships.push(Membership {
                subscriber: id,
                list: *list,
                state: *state,
                at: *at,
            });
        }
        for (list, action, at, network, reason) in &person.evidence {
            evidence.push(Evidence {
                subscriber: id,
                list: *list,
                action: *action,
                network: network.clone(),
                reason: reason.clone(),
                at: *at,
            });
        }
        let row = |reason, at| Suppressed {
            key: person.email.lookup_key(),
            reason,
            note: plan.origin.to_owned(),
            at,
        };
        suppresses.extend(
            person
                .suppresses
                .iter()
                .map(|(reason, at)| row(*reason, *at)),
        );
        lifts.extend(person.lifts.iter().map(|reason| row(*reason, now)));
        if person.was_erased && !person.is_erased {
            erased::forget(cx, db, &person.email).await?;
        }
    }
    import_people::lift(db, &lifts).await?;
    import_people::suppress(db, &suppresses).await?;
    import_people::record(db, &evidence).await?;
    count_days(db, &evidence, now).await?;
    import_people::set_memberships(db, &memberships).await?;
    let changes: Vec<Value> = stored()
        .filter(|(_, person)| person.has_changed())
        .map(|(id, person)| {
            serde_json::json!({
                "subscriber": id, "is_new": person.is_new, "change": person.change(origin),
            })
        })
        .collect();
    if !changes.is_empty() {
        imports::insert_changes(db, plan.import, plan.piece, &changes).await?;
    }
    if plan.announces_each {
        import_people::announce(db, &evidence, now).await?;
    }
    Ok(())
}

/// Counts who came and went on each list today.
async fn count_days(db: &mut Db, evidence: &[Evidence], now: Timestamp) -> Result<()> {
    let mut days: BTreeMap<ListId, (i64, i64)> = BTreeMap::new();
    for one in evidence {
        let day = days.entry(one.list).or_default();
        match one.action {
            ConsentAction::Confirmed => day.0 += 1,
            ConsentAction::Unsubscribed => day.1 += 1,
            _ => {}
        }
    }
    for (list, (came, went)) in days {
        reports::add_list_day(db, list, now, came, went).await?;
    }
    Ok(())
}
