//! Applying rows of a file to the audience, within the caller's transaction: a few
//! statements for all of them, since one per row would take an hour for a million.
//!
//! A check goes the same way and writes nothing.

use std::collections::{BTreeMap, HashMap};

use super::ahead::{Place, ReadRow};
use super::balance::Balance;
use super::person::Person;
use super::plan::Plan;
use super::record::Record;
use super::{ImportError, Result};
use crate::audience::erased;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::growth::{ChangeSource, SizeChange};
use crate::model::import::Outcome;
use crate::model::tag::Tag;
use crate::store::former_ids::{self, FormerId};
use crate::store::import_people::{
    self, Details, Evidence, Membership, NewPerson, Of, Suppressed, Tagged,
};
use crate::store::imports::NewChange;
use crate::store::{Db, bulk_lookup, growth, import_confirmations, imports, tags};

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
    /// By the place of their rows.
    pub notes: Vec<(i64, Note)>,
}

/// Applies rows, or says what would come of them (`writes`).
pub(super) async fn apply(
    cx: &Context,
    db: &mut Db,
    plan: &Plan<'_>,
    rows: Vec<ReadRow>,
    writes: bool,
) -> Result<Applied> {
    let now = cx.clock.now();
    let languages = cx.config().site_languages();
    let mut applied = Applied::default();
    let mut records = Vec::with_capacity(rows.len());
    for ReadRow { at, record } in rows {
        match record {
            Ok(record) => records.push((at, record)),
            Err(reason) => applied.reject(at, reason),
        }
    }
    let mut people = load(cx, db, &records, now).await?;
    for (at, mut record) in records {
        let lists = match plan.lists_of(&record) {
            Ok(lists) => lists,
            Err(reason) => {
                applied.reject(at, reason);
                continue;
            }
        };
        let Some(person) = people.get_mut(&record.key) else {
            continue;
        };
        if let Some(language) = record.language {
            record.language = languages.check(language).ok();
            record.is_other_language |= record.language.is_none();
        }
        if record.is_other_language {
            applied.balance.other_languages += 1;
        }
        let standing = record.standing;
        let outcome = person.take(plan, &record, &lists, now);
        applied.balance.count(standing, outcome);
        if let Some(why) = why_kept(outcome) {
            let reason = format!("{} {why}", record.email);
            applied.note(at, outcome, reason);
        }
    }
    let asked = people.values().filter(|person| person.is_asked(plan));
    applied.balance.asked = i64::try_from(asked.count()).unwrap_or(i64::MAX);
    if writes {
        write(cx, db, plan, people, now).await?;
    }
    Ok(applied)
}

impl Applied {
    fn reject(&mut self, at: Place, reason: String) {
        self.balance.rejected += 1;
        self.note(at, Outcome::Rejected, reason);
    }

    fn note(&mut self, at: Place, outcome: Outcome, reason: String) {
        let note = Note {
            line: at.line,
            outcome,
            reason,
        };
        self.notes.push((at.number, note));
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

async fn load(
    cx: &Context,
    db: &mut Db,
    records: &[(Place, Record)],
    now: Timestamp,
) -> Result<BTreeMap<String, Person>> {
    let language = cx.config().language;
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for (_, record) in records {
        let person = || Person::new(record.email.clone(), language, now);
        people.entry(record.key.clone()).or_insert_with(person);
    }
    let keys: Vec<String> = people.keys().cloned().collect();
    let mut owners: HashMap<SubscriberId, String> = HashMap::new();
    for one in import_people::known(db, &keys).await? {
        if let Some(person) = people.get_mut(&one.email_key) {
            person.id = Some(one.id);
            person.before.name = one.name;
            person.before.language = one.language;
            person.before.attributes = one.attributes.as_object().cloned().unwrap_or_default();
            owners.insert(one.id, one.email_key);
        }
    }
    let ids: Vec<SubscriberId> = owners.keys().copied().collect();
    for one in bulk_lookup::subscriptions(db, &ids).await? {
        let owner = owners.get(&one.subscriber_id);
        if let Some(person) = owner.and_then(|key| people.get_mut(key)) {
            person.states.insert(one.list_id, one.state);
        }
    }
    for (id, tag) in tags::of(db, &ids).await? {
        if let Some(person) = owners.get(&id).and_then(|key| people.get_mut(key))
            && let Ok(tag) = Tag::parse(&tag)
        {
            person.before.tags.push(tag);
        }
    }
    for one in bulk_lookup::suppressions(db, &keys).await? {
        if let Some(person) = people.get_mut(&one.email_key) {
            person.suppressed.push(one.reason);
        }
    }
    for key in erased::among(cx, db, &keys).await? {
        if let Some(person) = people.get_mut(&key) {
            person.was_erased = true;
        }
    }
    for person in people.values_mut() {
        person.profile = person.before.clone();
    }
    Ok(people)
}

async fn write(
    cx: &Context,
    db: &mut Db,
    plan: &Plan<'_>,
    mut people: BTreeMap<String, Person>,
    now: Timestamp,
) -> Result<()> {
    let untouched: Vec<Person> = people
        .extract_if(.., |_, person| !person.is_taken)
        .map(|(_, person)| person)
        .collect();
    let ids = write_people(db, &people).await?;
    let with_ids = || people.values().zip(&ids);
    let known = untouched
        .iter()
        .filter_map(|person| Some((person, person.id?)));
    let all = with_ids().map(|(person, id)| (person, *id)).chain(known);
    keep_former_ids(db, plan, all).await?;
    let (mut joining, mut memberships) = (Vec::new(), Vec::new());
    let (mut evidence, mut changes) = (Vec::new(), Vec::new());
    let (mut suppresses, mut lifts) = (Vec::new(), Vec::new());
    for (person, &subscriber) in with_ids() {
        let memberships = if person.is_new() {
            &mut joining
        } else {
            &mut memberships
        };
        memberships.extend(person.moves.iter().map(|(list, moved)| Membership {
            subscriber,
            list: *list,
            state: moved.to,
            at: moved.at,
        }));
        evidence.extend(person.consents.iter().map(|consent| Evidence {
            subscriber,
            list: consent.list,
            action: consent.action,
            network: &consent.network,
            reason: &consent.reason,
            at: consent.at,
        }));
        let row = |reason, at| Suppressed {
            key: person.email.lookup_key(),
            reason,
            note: plan.origin,
            at,
        };
        suppresses.extend(
            person
                .suppresses
                .iter()
                .map(|(reason, at)| row(*reason, *at)),
        );
        lifts.extend(person.lifts.iter().map(|reason| row(*reason, now)));
        if person.was_erased {
            erased::forget(cx, db, &person.email).await?;
        }
        if person.has_changed() {
            changes.push(NewChange {
                subscriber,
                is_new: person.is_new(),
                change: person.change(plan.origin),
            });
        }
    }
    import_people::lift(db, &lifts).await?;
    import_people::suppress(db, &suppresses).await?;
    import_people::record(db, &evidence).await?;
    import_people::set_memberships(db, Of::New, &joining).await?;
    import_people::set_memberships(db, Of::Anybody, &memberships).await?;
    let asked = with_ids().filter(|(person, _)| person.is_asked(plan));
    let asked: Vec<SubscriberId> = asked.map(|(_, id)| *id).collect();
    import_confirmations::insert(db, plan.import, &asked).await?;
    imports::insert_changes(db, plan.import, plan.piece, &changes).await?;
    if plan.announces_each {
        import_people::announce(db, &evidence, now).await?;
    }
    // The last, since another lane waits from here on until this one has committed.
    count_changes(db, &people, now).await?;
    Ok(())
}

/// Writes the people themselves, with their tags; gives their ids in the same order.
async fn write_people(db: &mut Db, people: &BTreeMap<String, Person>) -> Result<Vec<SubscriberId>> {
    let new = people.iter().filter(|(_, person)| person.is_new());
    let new = new.map(|(key, person)| NewPerson {
        email: &person.email,
        key,
        name: &person.profile.name,
        language: person.profile.language,
        attributes: &person.profile.attributes,
        frequency: person.frequency,
        paused_until: person.paused_until,
        created_at: person.created_at,
    });
    let added = import_people::insert(db, &new.collect::<Vec<_>>()).await?;
    let ids = people
        .iter()
        .map(|(key, person)| person.id.or_else(|| added.get(key).copied()));
    // Where another process added them since they were looked up, they may have left in the
    // same moment, so nothing is done in this transaction.
    let ids: Option<Vec<SubscriberId>> = ids.collect();
    let ids = ids.ok_or(ImportError::Again)?;
    let with_ids = || people.values().zip(&ids);
    let changed = with_ids().filter(|(person, _)| !person.is_new());
    let changed = changed.filter(|(person, _)| person.profile != person.before);
    let changed = changed.map(|(person, id)| Details {
        id: *id,
        name: &person.profile.name,
        language: person.profile.language,
        attributes: &person.profile.attributes,
    });
    import_people::update(db, &changed.collect::<Vec<_>>()).await?;
    let removed = with_ids().flat_map(|(person, id)| tagged(*id, person.removed_tags()));
    import_people::remove_tags(db, &removed.collect::<Vec<_>>()).await?;
    for of in [Of::New, Of::Anybody] {
        let them = with_ids().filter(|(person, _)| person.is_new() == (of == Of::New));
        let added = them.flat_map(|(person, id)| tagged(*id, person.added_tags()));
        import_people::add_tags(db, of, &added.collect::<Vec<_>>()).await?;
    }
    Ok(ids)
}

/// Keeps the ids that people had in the other system.
async fn keep_former_ids(
    db: &mut Db,
    plan: &Plan<'_>,
    people: impl Iterator<Item = (&Person, SubscriberId)>,
) -> Result<()> {
    let ids = people.flat_map(|(person, subscriber)| {
        let ids = person.former_ids.iter();
        ids.map(move |(former_id, list)| FormerId {
            former_id,
            subscriber,
            list: *list,
        })
    });
    let mut ids: Vec<FormerId<'_>> = ids.collect();
    // In one order, so that no two transactions wait for each other.
    ids.sort_by_key(|one| one.former_id);
    Ok(former_ids::insert(db, plan.mapping.system, plan.import, &ids).await?)
}

fn tagged<'a>(
    id: SubscriberId,
    tags: impl Iterator<Item = &'a Tag>,
) -> impl Iterator<Item = Tagged<'a>> {
    tags.map(move |tag| Tagged {
        id,
        tag: tag.as_str(),
        key: tag.key(),
    })
}

/// Counts who joins and leaves each list.
async fn count_changes(
    db: &mut Db,
    people: &BTreeMap<String, Person>,
    now: Timestamp,
) -> Result<()> {
    let mut counts: BTreeMap<growth::Kind, (i64, i64)> = BTreeMap::new();
    for person in people.values() {
        let language = person.profile.language;
        for (list, moved) in &person.moves {
            let kind = growth::Kind::new(*list, ChangeSource::Import, language);
            match SizeChange::of(moved.before, Some(moved.to)) {
                Some(SizeChange::Joined) => counts.entry(kind).or_default().0 += 1,
                Some(SizeChange::Left) => counts.entry(kind).or_default().1 += 1,
                None => {}
            }
        }
    }
    for (kind, numbers) in counts {
        growth::add(db, kind, now, numbers).await?;
    }
    Ok(())
}
