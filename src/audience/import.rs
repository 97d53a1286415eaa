//! Importing subscribers from CSV, in slices so that other writers get their
//! turn. It can be repeated: existing subscribers stay as they are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Read;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::import_limits::{BoundedRows, TOO_LONG, is_too_long};
use super::rejected_rows::RejectedRows;
use super::subscribers::SubscriberFields;
use super::subscription;
use super::{AudienceError, ConsentSource, Result};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::import::ImportState;
use crate::model::list::ListSlug;
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{ConsentMethod, SubscriptionState};
use crate::model::tag::{MOST, Tag};
use crate::store::bulk_subscribe::Intake;
use crate::store::{Db, lists, webhooks};
use crate::text::characters;
use crate::text::line::PersonName;
use crate::text::locale::Language;

const SLICE: usize = 500;

/// The mapping of columns. Unmapped columns become
/// attributes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Columns {
    /// The column of the address.
    pub email: String,
    /// The column of the name.
    pub name: String,
    /// The column of the language.
    pub language: String,
    /// The column of the frequency, `each` or `weekly`, for new subscribers;
    /// empty for none. Existing subscribers keep theirs.
    pub frequency: String,
    /// The column of comma-separated tags; they are added to those that a
    /// subscriber has. Empty for none.
    pub tags: String,
    /// Columns to skip.
    pub ignored: Vec<String>,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            email: "email".into(),
            name: "name".into(),
            language: "language".into(),
            frequency: String::new(),
            tags: "tags".into(),
            ignored: Vec::new(),
        }
    }
}

/// The result of an import.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// New subscribers.
    pub added: u64,
    /// Existing subscribers.
    pub known: u64,
    /// Rejected rows.
    pub rejected: RejectedRows,
}

/// Why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The header lacks the column of addresses.
    #[error(
        "the file has no column {missing:?}; its columns are: {present}; name the right one with --column email=…"
    )]
    NoColumn {
        /// The expected column.
        missing: String,
        /// The existing columns.
        present: String,
    },
    /// The file is not CSV.
    #[error("the file cannot be read as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// The list or the database.
    #[error(transparent)]
    Audience(#[from] AudienceError),
}

/// Adds every row of a CSV file to a list as confirmed: the operator has
/// their consent. `progress` receives the number of rows done.
///
/// # Errors
/// [`ImportError`] where the file cannot be imported; invalid rows are
/// reported and skipped.
pub async fn import(
    cx: &Context,
    file: impl Read,
    list: &ListSlug,
    columns: &Columns,
    mut progress: impl FnMut(u64),
) -> std::result::Result<Imported, ImportError> {
    if lists::by_slug(
        &mut cx.store.read().await.map_err(AudienceError::from)?,
        list,
    )
    .await
    .map_err(AudienceError::from)?
    .is_none()
    {
        return Err(AudienceError::UnknownList(list.to_string()).into());
    }
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(BoundedRows::new(file, b','));
    let headers = reader.headers()?.clone();
    if !headers.iter().any(|header| header == columns.email) {
        return Err(ImportError::NoColumn {
            missing: columns.email.clone(),
            present: headers.iter().collect::<Vec<_>>().join(", "),
        });
    }
    let mut done = Imported::default();
    let mut slice = Vec::with_capacity(SLICE);
    let mut rows = reader.into_records();
    loop {
        slice.clear();
        let mut is_last = true;
        for (row, line) in rows.by_ref().zip(2_u64..) {
            match row {
                Ok(row) if is_too_long(&row) => {
                    done.rejected
                        .push(row_line(&row, line), TOO_LONG.to_owned());
                }
                Ok(row) => slice.push((row_line(&row, line), row)),
                Err(error) => done.rejected.push(error_line(&error), error.to_string()),
            }
            if slice.len() == SLICE {
                is_last = false;
                break;
            }
        }
        import_slice(cx, &slice, &headers, list, columns, &mut done).await?;
        progress(done.added + done.known + done.rejected.count());
        if is_last {
            announce_end(cx, list, &done).await?;
            return Ok(done);
        }
    }
}

/// The webhook event for a completed import.
pub(super) const FINISHED: &str = "import.finished";

async fn announce_end(cx: &Context, list: &ListSlug, done: &Imported) -> Result<()> {
    let data = serde_json::json!({
        "import": null, "list": list, "state": ImportState::Finished, "file_name": "",
        "by": "", "failure": "", "rows": done.added + done.known + done.rejected.count(),
        "added": done.added, "known": done.known, "rejected": done.rejected.count(),
    });
    let mut db = cx.store.write().await?;
    webhooks::announce(&mut db, FINISHED, &data, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

pub(super) fn row_line(row: &csv::StringRecord, otherwise: u64) -> u64 {
    row.position().map_or(otherwise, csv::Position::line)
}

pub(super) fn error_line(error: &csv::Error) -> u64 {
    error.position().map_or(0, csv::Position::line)
}

async fn import_slice(
    cx: &Context,
    slice: &[(u64, csv::StringRecord)],
    headers: &csv::StringRecord,
    list: &ListSlug,
    columns: &Columns,
    done: &mut Imported,
) -> Result<()> {
    let plan = Plan {
        headers: headers.clone(),
        columns: columns.clone(),
        source: ConsentSource::default(),
        announces_each: false,
    };
    let mut db = cx.store.write().await?;
    take(cx, &mut db, slice, list, &plan, done).await?;
    db.commit().await?;
    Ok(())
}

/// The mapping of columns, and the source for consent records.
pub(super) struct Plan {
    /// The names of the columns.
    pub headers: csv::StringRecord,
    /// Their mapping.
    pub columns: Columns,
    /// The source of the consent.
    pub source: ConsentSource,
    /// Whether each subscription is a webhook event.
    pub announces_each: bool,
}

/// Imports rows within the caller's transaction, with a few statements for all of
/// them: one per row would take an hour for a million rows.
pub(super) async fn take(
    cx: &Context,
    db: &mut Db,
    slice: &[(u64, csv::StringRecord)],
    list: &ListSlug,
    plan: &Plan,
    done: &mut Imported,
) -> Result<()> {
    // If an address occurs twice, the later row takes precedence.
    let mut people: BTreeMap<String, SubscriberFields> = BTreeMap::new();
    let mut taken = 0;
    for (line, row) in slice {
        let values: BTreeMap<&str, &str> = {
            let cells = row.iter().map(super::export::undefused);
            plan.headers.iter().zip(cells).collect()
        };
        let fields = match read_row(&values, list, &plan.columns) {
            Ok(fields) => fields,
            Err(reason) => {
                done.rejected.push(*line, reason);
                continue;
            }
        };
        taken += 1;
        match people.entry(fields.email.lookup_key()) {
            Entry::Vacant(place) => {
                place.insert(fields);
            }
            Entry::Occupied(mut place) => {
                let before = place.get_mut();
                before.name = fields.name.or(before.name.take());
                before.language = fields.language.or(before.language);
                before.frequency = fields.frequency.or(before.frequency);
                before.attributes = fields.attributes.or(before.attributes.take());
                let tags = before.tags.get_or_insert_default();
                tags.extend(fields.tags.unwrap_or_default());
            }
        }
    }
    // A new tag gets the spelling of its first row.
    let mut spellings: BTreeMap<String, &Tag> = BTreeMap::new();
    for tag in people
        .values()
        .flat_map(|fields| fields.tags.iter().flatten())
    {
        spellings.entry(tag.key()).or_insert(tag);
    }
    let tag = |tag: &Tag| {
        let key = tag.key();
        serde_json::json!({ "tag": spellings.get(&key), "key": key })
    };
    let row = |(key, fields): (&String, &SubscriberFields)| {
        serde_json::json!({
            "key": key,
            "email": fields.email,
            "name": fields.name,
            "language": fields.language,
            "attributes": fields.attributes,
            "frequency": fields.frequency,
            "tags": fields.tags.iter().flatten().map(tag).collect::<Vec<_>>(),
        })
    };
    let rows: Vec<Value> = people.iter().map(row).collect();
    let known = lists::by_slug(db, list).await?;
    let known = known.ok_or_else(|| AudienceError::UnknownList(list.to_string()))?;
    let intake = Intake {
        rows,
        list: known.id,
        language: cx.config().language,
        method: ConsentMethod::Import,
        network: &plan.source.network,
        user_agent: &plan.source.user_agent,
        reason: &plan.source.reason,
        announces_each: plan.announces_each,
    };
    let added = subscription::import(db, &intake, cx.clock.now()).await?;
    done.added += added;
    done.known += taken - added;
    Ok(())
}

/// A row as the fields of a subscriber, or why it is invalid.
pub fn read_row(
    values: &BTreeMap<&str, &str>,
    list: &ListSlug,
    columns: &Columns,
) -> std::result::Result<SubscriberFields, String> {
    let mut clean = BTreeMap::new();
    for (column, value) in values {
        let value = characters::clean(value).map_err(|error| format!("{column} {error}"))?;
        clean.insert(*column, value);
    }
    let value = |column: &str| {
        let value = clean.get(column).map(AsRef::as_ref);
        value.filter(|value: &&str| !value.is_empty())
    };
    let address = value(&columns.email).unwrap_or_default();
    let email = EmailAddress::parse(address).map_err(|error| format!("{address:?}: {error}"))?;
    let name = value(&columns.name)
        .map(PersonName::parse)
        .transpose()
        .map_err(|error| format!("name {error}"))?;
    let language = value(&columns.language)
        .map(str::parse::<Language>)
        .transpose()
        .map_err(|error| error.to_string())?;
    let frequency = value(&columns.frequency)
        .map(|word| word.to_ascii_lowercase().parse::<Frequency>())
        .transpose()
        .map_err(|error| format!("frequency {error}"))?;
    let tags = value(&columns.tags)
        .map(Tag::parse_all)
        .transpose()
        .map_err(|error| format!("tags: {error}"))?;
    if tags.as_ref().is_some_and(|tags| tags.len() > MOST) {
        return Err(AudienceError::TooManyTags.to_string());
    }
    let known = [
        &columns.email,
        &columns.name,
        &columns.language,
        &columns.frequency,
        &columns.tags,
    ];
    let attributes: Map<String, Value> = clean
        .iter()
        .filter(|(column, value)| !value.is_empty() && known.iter().all(|k| k != *column))
        .filter(|(column, _)| columns.ignored.iter().all(|ignored| ignored != *column))
        .map(|(column, value)| (column.to_string(), Value::from(value.as_ref())))
        .collect();
    Ok(SubscriberFields {
        email,
        name,
        language,
        frequency,
        tags,
        attributes: (!attributes.is_empty()).then_some(Value::Object(attributes)),
        lists: vec![list.clone()],
        state: SubscriptionState::Confirmed,
        method: ConsentMethod::Import,
    })
}
