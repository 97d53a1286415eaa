//! The schemas of both databases agree with each other, with the string enums of
//! the model, and with `docs/schema.md`.
//!
//! `UPDATE_DOCS=1` writes the page again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use jarshy::model::ab_test::{AbOutcome, AbState, AbVariant, Differs, Fallback, Measure};
use jarshy::model::autosave::AutosavedKind;
use jarshy::model::calendar::CalendarChoice;
use jarshy::model::campaign::{CampaignState, ChangedPart, ContentKind};
use jarshy::model::content::{MediaKind, Repetition};
use jarshy::model::delay::DelayReason;
use jarshy::model::delivery::DeliveryState;
use jarshy::model::feedback::{Decision, Party, Source, Verdict};
use jarshy::model::growth::ChangeSource;
use jarshy::model::import::ImportState;
use jarshy::model::list::{OptIn, Visibility};
use jarshy::model::mail_frequency::Frequency;
use jarshy::model::notification::NotificationKind;
use jarshy::model::post_import::PostImportState;
use jarshy::model::recurring::OccurrenceState;
use jarshy::model::series::{ReaderState, SeriesState, StartKind, StepOutcome};
use jarshy::model::signing_key::KeyState;
use jarshy::model::subscription::{
    ConsentAction, ConsentMethod, SubscriptionState, SuppressionReason, SuppressionSource,
};
use jarshy::model::transactional::EmailKind;
use jarshy::model::user::{DisabledBy, Role};
use sqlx::{Connection as _, PgConnection, Row as _, SqliteConnection};
use strum::VariantArray;

use crate::harness::database;

#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    columns: BTreeMap<String, Column>,
    primary_key: Vec<String>,
    unique: BTreeSet<Vec<String>>,
    references: BTreeSet<Reference>,
    indexes: BTreeMap<String, Index>,
    /// The values that a column may have.
    values: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug, PartialEq, Eq)]
struct Column {
    kind: &'static str,
    is_nullable: bool,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Reference {
    column: String,
    table: String,
    on_delete: String,
}

#[derive(Debug, PartialEq, Eq)]
struct Index {
    is_unique: bool,
    columns: Vec<String>,
    /// The names and values of its condition; how it is written differs.
    condition: BTreeSet<String>,
}

type Schema = BTreeMap<String, Table>;

/// What both databases must have of their own.
fn is_own(name: &str) -> bool {
    name.starts_with("sqlite_")
        || name.starts_with("_sqlx")
        || name.starts_with("subscriber_search")
}

/// Indexes of the search, which each database does in its own way.
const SEARCH_INDEXES: [&str; 2] = ["subscribers_by_text", "subscribers_by_start"];

fn names(list: &str) -> Vec<String> {
    let name = |one: &str| one.trim().trim_matches('"').to_owned();
    list.split(',').map(name).collect()
}

/// The text between the first `open` and the `)` that closes it.
fn inside<'a>(text: &'a str, open: &str) -> &'a str {
    let (_, rest) = text.split_once(open).unwrap_or_default();
    let mut depth = 1;
    let end = rest.find(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    &rest[..end.unwrap_or(rest.len())]
}

/// The texts in quotes.
fn quoted(text: &str) -> BTreeSet<String> {
    text.split('\'')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn index(definition: &str) -> Index {
    const SYNTAX: [&str; 9] = [
        "AND", "OR", "IN", "NOT", "ANY", "ALL", "ARRAY", "text", "IS",
    ];
    let (head, condition) = definition.split_once(" WHERE ").unwrap_or((definition, ""));
    let words = condition.split(|c: char| !c.is_alphanumeric() && c != '_');
    let condition = words.filter(|word| !word.is_empty() && !SYNTAX.contains(word));
    Index {
        is_unique: head.starts_with("CREATE UNIQUE"),
        columns: names(inside(head, "(")),
        condition: condition.map(str::to_owned).collect(),
    }
}

async fn of_sqlite(file: &Path) -> Schema {
    let url = format!("sqlite://{}", file.display());
    let mut c = SqliteConnection::connect(&url).await.unwrap();
    let mut schema = Schema::new();
    let tables: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            .fetch_all(&mut c)
            .await
            .unwrap();
    for (name, sql) in tables.into_iter().filter(|(name, _)| !is_own(name)) {
        let mut table = Table::default();
        let columns: Vec<(String, String, bool, i64)> =
            sqlx::query_as("SELECT name, type, \"notnull\", pk FROM pragma_table_info($1)")
                .bind(&name)
                .fetch_all(&mut c)
                .await
                .unwrap();
        let mut key: Vec<(i64, String)> = Vec::new();
        for (column, kind, is_required, place) in columns {
            if place > 0 {
                key.push((place, column.clone()));
            }
            let kind = match kind.as_str() {
                "INTEGER" | "BIGINT" => "number",
                "BOOLEAN" => "truth value",
                "TEXT" => "text",
                "BLOB" => "bytes",
                other => panic!("{name}.{column} is {other}"),
            };
            let is_nullable = !is_required && place == 0;
            table.columns.insert(column, Column { kind, is_nullable });
        }
        key.sort();
        table.primary_key = key.into_iter().map(|(_, column)| column).collect();
        let references =
            sqlx::query("SELECT \"from\", \"table\", on_delete FROM pragma_foreign_key_list($1)")
                .bind(&name)
                .fetch_all(&mut c)
                .await
                .unwrap();
        table.references = references
            .iter()
            .map(|row| Reference {
                column: row.get(0),
                table: row.get(1),
                on_delete: row.get(2),
            })
            .collect();
        let indexes = sqlx::query(
            "SELECT l.origin, l.name, m.sql,
                    (SELECT group_concat(i.name) FROM pragma_index_info(l.name) i)
             FROM pragma_index_list($1) l LEFT JOIN sqlite_master m ON m.name = l.name",
        )
        .bind(&name)
        .fetch_all(&mut c)
        .await
        .unwrap();
        for row in indexes {
            match row.get::<String, _>(0).as_str() {
                "c" => {
                    let definition: String = row.get(2);
                    table.indexes.insert(row.get(1), index(&definition));
                }
                "u" => {
                    table.unique.insert(names(&row.get::<String, _>(3)));
                }
                _ => {}
            }
        }
        for check in sql.split("CHECK (").skip(1) {
            if let Some((column, list)) = check.split_once(" IN (") {
                let values = quoted(list.split_once("))").unwrap().0);
                table.values.insert(column.to_owned(), values);
            }
        }
        schema.insert(name, table);
    }
    c.close().await.unwrap();
    schema
}

async fn of_postgres(url: &str) -> Schema {
    let mut c = PgConnection::connect(url).await.unwrap();
    let mut schema = Schema::new();
    let columns = sqlx::query(
        "SELECT table_name::TEXT, column_name::TEXT, data_type::TEXT, is_nullable = 'YES'
         FROM information_schema.columns c WHERE table_schema = 'public' AND NOT EXISTS (
             SELECT 1 FROM information_schema.views v
             WHERE v.table_schema = c.table_schema AND v.table_name = c.table_name)",
    )
    .fetch_all(&mut c)
    .await
    .unwrap();
    for row in columns {
        let (name, column): (String, String) = (row.get(0), row.get(1));
        if is_own(&name) {
            continue;
        }
        let kind = match row.get::<String, _>(2).as_str() {
            "bigint" => "number",
            "boolean" => "truth value",
            "text" | "jsonb" => "text",
            "bytea" | "uuid" => "bytes",
            other => panic!("{name}.{column} is {other}"),
        };
        let is_nullable = row.get(3);
        let table = schema.entry(name).or_default();
        table.columns.insert(column, Column { kind, is_nullable });
    }
    let constraints = sqlx::query(
        "SELECT r.relname::TEXT, k.contype::TEXT, pg_get_constraintdef(k.oid)
         FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
         WHERE k.connamespace = 'public'::regnamespace",
    )
    .fetch_all(&mut c)
    .await
    .unwrap();
    for row in constraints {
        let (name, definition): (String, String) = (row.get(0), row.get(2));
        let Some(table) = schema.get_mut(&name) else {
            continue;
        };
        match row.get::<String, _>(1).as_str() {
            "p" => table.primary_key = names(inside(&definition, "(")),
            "u" => {
                table.unique.insert(names(inside(&definition, "(")));
            }
            "f" => {
                let (_, to) = definition.split_once("REFERENCES ").unwrap();
                let on_delete = definition.split_once("ON DELETE ");
                table.references.insert(Reference {
                    column: inside(&definition, "(").to_owned(),
                    table: to.split('(').next().unwrap().to_owned(),
                    on_delete: on_delete
                        .map_or("NO ACTION", |(_, action)| action)
                        .to_owned(),
                });
            }
            _ => {
                if let Some((column, list)) = definition.split_once(" = ANY ") {
                    let column = column.trim_start_matches("CHECK ").trim_matches('(');
                    table.values.insert(column.to_owned(), quoted(list));
                }
            }
        }
    }
    let indexes = sqlx::query(
        "SELECT tablename::TEXT, indexname::TEXT, indexdef FROM pg_indexes i
         WHERE schemaname = 'public' AND NOT EXISTS (
             SELECT 1 FROM pg_constraint k WHERE k.conname = i.indexname)",
    )
    .fetch_all(&mut c)
    .await
    .unwrap();
    for row in indexes {
        let (table, name, definition): (String, String, String) =
            (row.get(0), row.get(1), row.get(2));
        if !is_own(&table) && !SEARCH_INDEXES.contains(&name.as_str()) {
            let table = schema.get_mut(&table).unwrap();
            table.indexes.insert(name, index(&definition));
        }
    }
    c.close().await.unwrap();
    schema
}

async fn schemas() -> (Schema, Schema) {
    let file = std::env::temp_dir().join(format!("jarshy-schema-{}.db", uuid::Uuid::now_v7()));
    database::sqlite(&file).await;
    let sqlite = of_sqlite(&file).await;
    std::fs::remove_file(file).unwrap();
    let database = database::postgres().await;
    (sqlite, of_postgres(&database.url).await)
}

#[tokio::test]
async fn both_databases_have_the_same_schema() {
    let (sqlite, postgres) = schemas().await;
    let tables = |schema: &Schema| schema.keys().cloned().collect::<Vec<_>>();
    assert_eq!(tables(&sqlite), tables(&postgres));
    assert!(sqlite.len() > 40, "{}", sqlite.len());
    for (name, table) in &sqlite {
        assert_eq!(table, &postgres[name], "{name}");
        assert!(!table.primary_key.is_empty(), "{name}");
    }
}

/// Tables that stay so small that reading one as a whole for a deleted row takes no time.
const SMALL: [&str; 11] = [
    "api_tokens",
    "campaign_items",
    "campaign_lists",
    "campaigns",
    "imports",
    "passkey_challenges",
    "provider_sign_ins",
    "recurring_events",
    "recurring_feed_items",
    "recurring_lists",
    "sign_in_links",
];

/// Whether what refers to one row is found without reading the table.
fn finds(table: &Table, column: &str) -> bool {
    let leads = |columns: &Vec<String>| columns.first().is_some_and(|first| first == column);
    let is_there = BTreeSet::from([column.to_owned(), "NULL".to_owned()]);
    let by_index = |index: &Index| {
        leads(&index.columns) && (index.condition.is_empty() || index.condition == is_there)
    };
    leads(&table.primary_key)
        || table.unique.iter().any(leads)
        || table.indexes.values().any(by_index)
}

#[tokio::test]
async fn what_refers_to_a_deleted_row_is_found_by_an_index() {
    let (schema, _) = schemas().await;
    let mut scanned = BTreeSet::new();
    for (name, table) in schema
        .iter()
        .filter(|(name, _)| !SMALL.contains(&name.as_str()))
    {
        for reference in &table.references {
            if !finds(table, &reference.column) {
                scanned.insert((name.as_str(), reference.table.as_str()));
            }
        }
    }
    // Lists are seldom deleted, and each row of an import would pay for the index.
    assert_eq!(scanned, BTreeSet::from([("consent_records", "lists")]));
}

fn values<T: VariantArray + ToString>() -> BTreeSet<String> {
    T::VARIANTS.iter().map(T::to_string).collect()
}

#[tokio::test]
async fn checks_list_the_variants_of_the_enums() {
    let (sqlite, _) = schemas().await;
    let mut checked = BTreeSet::new();
    let mut hold = |table: &str, column: &str, values: BTreeSet<String>| {
        assert_eq!(
            sqlite[table].values.get(column),
            Some(&values),
            "{table}.{column}"
        );
        checked.insert(format!("{table}.{column}"));
    };
    hold("users", "disabled_by", values::<DisabledBy>());
    hold("users", "role", values::<Role>());
    hold("autosaves", "kind", values::<AutosavedKind>());
    hold("presence", "kind", values::<AutosavedKind>());
    hold("lists", "visibility", values::<Visibility>());
    hold("lists", "opt_in", values::<OptIn>());
    hold("subscribers", "frequency", values::<Frequency>());
    hold("subscriptions", "state", values::<SubscriptionState>());
    hold("imports", "state", values::<ImportState>());
    hold("post_imports", "state", values::<PostImportState>());
    hold("media", "kind", values::<MediaKind>());
    hold("campaigns", "state", values::<CampaignState>());
    hold("campaigns", "kind", values::<ContentKind>());
    hold("campaigns", "calendar", values::<CalendarChoice>());
    hold("campaigns", "changed_part", values::<ChangedPart>());
    hold("deliveries", "state", values::<DeliveryState>());
    hold("folded_deliveries", "state", values::<DeliveryState>());
    hold("transactional_emails", "kind", values::<EmailKind>());
    hold("notifications", "kind", values::<NotificationKind>());
    hold("notification_choices", "kind", values::<NotificationKind>());
    hold("send_delays", "reason", values::<DelayReason>());
    hold("feedback_events", "source", values::<Source>());
    hold("feedback_events", "verdict", values::<Verdict>());
    hold("feedback_events", "party", values::<Party>());
    hold("failed_inbound_mails", "source", values::<Source>());
    hold("automatic_pauses", "party", values::<Party>());
    hold("automatic_pauses", "decision", values::<Decision>());
    hold("suppressions", "reason", values::<SuppressionReason>());
    hold("suppressions", "source", values::<SuppressionSource>());
    hold("consent_records", "action", values::<ConsentAction>());
    hold("consent_records", "method", values::<ConsentMethod>());
    hold("list_hourly_changes", "source", values::<ChangeSource>());
    hold("dkim_keys", "state", values::<KeyState>());
    hold("ab_tests", "differs", values::<Differs>());
    hold("ab_tests", "measure", values::<Measure>());
    hold("ab_tests", "fallback", values::<Fallback>());
    hold("ab_tests", "state", values::<AbState>());
    hold("ab_tests", "outcome", values::<AbOutcome>());
    for (table, column) in [
        ("ab_tests", "winner"),
        ("ab_clicks", "variant"),
        ("campaign_renderings", "variant"),
        ("deliveries", "variant"),
    ] {
        hold(table, column, values::<AbVariant>());
    }
    // A is the campaign itself.
    let mut others = values::<AbVariant>();
    others.remove("a");
    hold("ab_variants", "variant", others);
    hold("recurring_campaigns", "repeats", values::<Repetition>());
    hold(
        "recurring_occurrences",
        "state",
        values::<OccurrenceState>(),
    );
    hold("series", "state", values::<SeriesState>());
    hold("series", "start_kind", values::<StartKind>());
    hold("series_readers", "state", values::<ReaderState>());
    hold("series_steps_taken", "outcome", values::<StepOutcome>());
    // Once, too.
    let mut repeats = values::<Repetition>();
    repeats.insert(String::new());
    hold("events", "repeats", repeats);
    // What no campaign sends neither bounces nor is complained of.
    let mut states = values::<DeliveryState>();
    states.retain(|state| !["bounced", "complained"].contains(&state.as_str()));
    hold("transactional_emails", "state", states);
    // The digest of a week and the emails of a series are made by themselves.
    let mut kinds = values::<ContentKind>();
    kinds.retain(|kind| !["weekly", "series"].contains(&kind.as_str()));
    hold("campaign_templates", "kind", kinds);
    // Their values are no enums of the model.
    for column in [
        "dkim_keys.algorithm",
        "kept_counts.what",
        "webhook_deliveries.state",
    ] {
        checked.insert(column.to_owned());
    }
    let all = sqlite.iter().flat_map(|(name, table)| {
        let columns = table.values.keys();
        columns.map(move |column| format!("{name}.{column}"))
    });
    assert_eq!(all.collect::<BTreeSet<_>>(), checked);
}

/// A table as its migration describes it.
#[derive(Default)]
struct Described {
    name: String,
    purpose: String,
    /// Name, type and note of each column.
    columns: Vec<[String; 3]>,
    indexes: Vec<String>,
}

/// A column that a later migration adds, and to which table.
type Added = (String, [String; 3]);

/// The tables of a migration, the columns that it adds to others, and what it says above them.
fn described(sql: &str) -> (String, Vec<Described>, Vec<Added>) {
    let (mut tables, mut added): (Vec<Described>, Vec<Added>) = (Vec::new(), Vec::new());
    let (mut intro, mut comment, mut is_inside) = (String::new(), String::new(), false);
    let mut lines = sql.lines().peekable();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if let Some(words) = text.strip_prefix("--") {
            if !comment.is_empty() {
                comment.push(' ');
            }
            comment.push_str(words.trim());
        } else if text.is_empty() {
            if intro.is_empty() {
                intro = comment.clone();
            }
            comment.clear();
        } else if let Some(name) = text.strip_prefix("CREATE TABLE ") {
            is_inside = true;
            tables.push(Described {
                name: name.trim_end_matches(" (").to_owned(),
                purpose: std::mem::take(&mut comment),
                ..Described::default()
            });
        } else if let Some(added_to) = text.strip_prefix("ALTER TABLE ") {
            let (table, column) = added_to.split_once(" ADD COLUMN ").unwrap();
            let mut words = column.trim_end_matches(';').split_whitespace();
            let column = [words.next().unwrap(), words.next().unwrap()].map(str::to_owned);
            let [name, kind] = column;
            let note = std::mem::take(&mut comment);
            added.push((table.to_owned(), [name, kind, note]));
        } else if text.starts_with(")") {
            is_inside = false;
        } else if is_inside {
            let mut words = text.trim_end_matches(',').split_whitespace();
            let name = words.next().unwrap();
            if ["PRIMARY", "UNIQUE", "CHECK"].contains(&name) || line.starts_with("        ") {
                continue;
            }
            let table = tables.last_mut().unwrap();
            let note = std::mem::take(&mut comment);
            table
                .columns
                .push([name.to_owned(), words.next().unwrap().to_owned(), note]);
        } else if text.starts_with("CREATE INDEX") || text.starts_with("CREATE UNIQUE INDEX") {
            let mut definition = text.to_owned();
            while !definition.ends_with(';') {
                definition.push(' ');
                definition.push_str(lines.next().unwrap().trim());
            }
            comment.clear();
            if let Some(table) = tables.last_mut() {
                table
                    .indexes
                    .push(definition.trim_end_matches(';').to_owned());
            }
        }
    }
    (intro, tables, added)
}

fn page(schema: &Schema, root: &Path) -> String {
    let mut files: Vec<_> = std::fs::read_dir(root.join("migrations/postgres"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut page = String::new();
    let mut migrations = Vec::new();
    let mut all_added = Vec::new();
    for file in files {
        let title = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let (intro, tables, added) = described(&std::fs::read_to_string(&file).unwrap());
        migrations.push((title, intro, tables));
        all_added.extend(added);
    }
    for (title, intro, tables) in migrations {
        write!(page, "\n## {title}\n\n{intro}\n").unwrap();
        for mut table in tables {
            let own = all_added.iter().filter(|(to, _)| *to == table.name);
            table.columns.extend(own.map(|(_, column)| column.clone()));
            let known = &schema[&table.name];
            assert_eq!(known.columns.len(), table.columns.len(), "{}", table.name);
            assert!(!table.purpose.is_empty(), "{} has no purpose", table.name);
            write!(page, "\n### {}\n\n{}\n\n", table.name, table.purpose).unwrap();
            page.push_str("| column | type | meaning |\n| --- | --- | --- |\n");
            for [name, kind, note] in table.columns {
                let kind = kind.to_lowercase();
                let optional = if known.columns[&name].is_nullable {
                    ", may be null"
                } else {
                    ""
                };
                let mut meaning = Vec::new();
                for to in known.references.iter().filter(|to| to.column == name) {
                    meaning.push(format!(
                        "→ `{}`, on delete {}",
                        to.table,
                        to.on_delete.to_lowercase()
                    ));
                }
                if let Some(values) = known.values.get(&name) {
                    let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
                    meaning.push(values.join(", ").replace("``", "empty"));
                }
                if !note.is_empty() {
                    meaning.push(note.replace('|', "\\|"));
                }
                writeln!(
                    page,
                    "| `{name}` | {kind}{optional} | {} |",
                    meaning.join("<br>")
                )
                .unwrap();
            }
            write!(page, "\nPrimary key: `{}`.", known.primary_key.join(", ")).unwrap();
            for unique in &known.unique {
                write!(page, " Unique: `{}`.", unique.join(", ")).unwrap();
            }
            page.push('\n');
            if !table.indexes.is_empty() {
                page.push('\n');
            }
            for index in table.indexes {
                let (_, index) = index.split_once("INDEX ").unwrap();
                let (name, rest) = index.split_once(" ON ").unwrap();
                let (_, on) = rest.split_once(' ').unwrap();
                writeln!(page, "- `{name}`: `{on}`").unwrap();
            }
        }
    }
    page
}

#[tokio::test]
async fn the_page_on_the_schema_shows_every_table() {
    const MARK: &str = "<!-- generated -->\n";
    let (_, schema) = schemas().await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let generated = page(&schema, root);
    for table in schema.keys() {
        assert!(
            generated.contains(&format!("\n### {table}\n")),
            "{table} is missing"
        );
    }
    let path = root.join("docs/schema.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (by_hand, shown) = text.split_once(MARK).unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{by_hand}{MARK}{generated}")).unwrap();
    } else {
        assert!(
            shown == generated,
            "docs/schema.md is older than the migrations: UPDATE_DOCS=1 scripts/test --test behaviour -- schema"
        );
    }
}
