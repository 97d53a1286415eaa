//! No page of the admin reads a large table from one end to the other.
//!
//! Each page is asked for as a browser does, and what it asks of the database is taken from the
//! log, by the number of its request. Then each statement is explained. PostgreSQL is told to
//! avoid reading whole tables, so that a plan depends on the indexes that there are and not on how
//! many rows a test has.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use jarshy::model::user::Role;
use parking_lot::Mutex;
use regex::Regex;
use reqwest::header;
use rstest_reuse::apply;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use uuid::Uuid;

use crate::harness::{TestApp, on_both_databases};
use crate::roles;

/// Tables with a row or more for each subscriber, delivery or returned mail.
const LARGE: [&str; 6] = [
    "subscribers",
    "subscriptions",
    "deliveries",
    "consent_records",
    "suppressions",
    "feedback_events",
];
/// Indexes of few rows: those that are leased, weekly, paused or not confirmed.
const FEW: [&str; 4] = [
    "deliveries_leased",
    "subscribers_weekly",
    "subscribers_paused",
    "subscriptions_pending",
];
/// Pages with more in their address than the table of roles has; `{many}` is a campaign to many.
const MORE: [&str; 12] = [
    "/admin/campaigns/{many}",
    "/admin/campaigns/{many}/report",
    "/admin/campaigns/{many}/deliveries",
    "/admin/lists/news?q=read",
    "/admin/subscribers?q=read",
    "/admin/subscribers?list=news&language=en",
    "/admin/suppressions?q=read",
    "/admin/campaigns/{many}/deliveries?state=queued",
    "/admin/campaigns/{many}/deliveries?state=sending",
    "/admin/campaigns/{many}/deliveries?state=sent",
    "/admin/campaigns/{many}/deliveries?state=bounced",
    "/admin/search?q=read",
];

/// People and deliveries enough that the database knows which tables are large.
const FILL: [&str; 6] = [
    "INSERT INTO subscribers (email, email_key, language, attributes, created_at)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
     SELECT 'reader' || i || '@d' || (i % 100) || '.example',
            'reader' || i || '@d' || (i % 100) || '.example', 'en', '{}', 0
     FROM n",
    "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
     SELECT m.id, l.id, 'confirmed', 0, 0 FROM subscribers m CROSS JOIN lists l
     WHERE m.created_at = 0 ON CONFLICT (subscriber_id, list_id) DO NOTHING",
    "INSERT INTO campaigns (subject, layout, kind, is_public, state, started_at, finished_at,
                            is_frozen, frozen_at, frozen_up_to, frozen_count, claimed_up_to,
                            claimed_count, created_at, updated_at)
     SELECT 'To many ' || l.id, 'letter', 'markdown', FALSE, 'finished', 4000000000000, 4000000001000,
            TRUE, 4000000000000,
            30000, 25000, 30000, 25000, 0, 0
     FROM lists l",
    "INSERT INTO deliveries (campaign_id, subscriber_id, state, next_attempt_at, changed_at)
     SELECT c.id, m.id, CASE WHEN m.id % 100 = 0 THEN 'bounced' ELSE 'sent' END, 0,
            4000000000500
     FROM campaigns c CROSS JOIN subscribers m
     WHERE c.subject LIKE 'To many %' AND m.created_at = 0",
    "INSERT INTO consent_records (subscriber_id, list_id, action, method, campaign_id, detail, at)
     SELECT d.subscriber_id, (SELECT MIN(id) FROM lists),
            CASE d.subscriber_id % 3 WHEN 0 THEN 'reason_given' ELSE 'unsubscribed' END,
            'unsubscribe_link', d.campaign_id, 'other', 1500 + d.id
     FROM deliveries d WHERE d.subscriber_id % 10 = 0",
    "INSERT INTO suppressions (email_key, reason, note, source, created_at)
     SELECT m.email_key, 'hard_bounce', '', 'admin', 0 FROM subscribers m
     WHERE m.created_at = 0 AND m.id % 5 = 0",
];
/// Bounces, with an expression for the bytes of a digest.
macro_rules! bounces {
    ($digest:literal) => {
        concat!(
            "INSERT INTO feedback_events
                 (digest, source, verdict, is_final, is_authenticated, party, delivery_id,
                  campaign_id, subscriber_id, at)
             SELECT ",
            $digest,
            ", 'mailbox', 'hard', TRUE, TRUE, 'mailbox', d.id, d.campaign_id, d.subscriber_id,
                    1500 + d.id
             FROM deliveries d WHERE d.subscriber_id % 10 = 0"
        )
    };
}

/// Parts of the statements that may read a large table, each with the reason.
const ALLOWED: [&str; 2] = [
    // Names of attributes, from a sample of the newest people.
    "FROM (SELECT attributes FROM subscribers ORDER BY id DESC LIMIT",
    // What asks before everybody gets the weekly digest: it must be right.
    "SELECT COUNT(*) FROM subscribers s WHERE s.frequency = 'each'",
];

/// Parts of the statements that count a small campaign; no page of a large one may ask them.
const OF_FEW: [&str; 3] = [
    "FROM deliveries d JOIN subscribers m ON m.id = d.subscriber_id
                   WHERE d.campaign_id = $1 GROUP BY 1, 2",
    "FROM consent_records r JOIN subscribers m ON m.id = r.subscriber_id
             WHERE r.campaign_id = $1 AND r.action = 'unsubscribed' GROUP BY 1",
    "WHERE campaign_id = $1 AND state NOT IN ('queued', 'sending')
         GROUP BY 1, 2 ORDER BY 1",
];

/// The statements of each request that has a number of this test.
type Heard = Arc<Mutex<BTreeMap<String, Vec<String>>>>;
const NUMBER: &str = "page-plans-";

/// Hears what requests ask of the database.
struct Ear(Heard);

/// The number of a request, kept with its span.
struct Number(String);

#[derive(Default)]
struct Fields {
    id: String,
    summary: String,
    statement: String,
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "id" => self.id = value.trim_matches('"').to_owned(),
            "summary" => self.summary = value.to_owned(),
            "db.statement" => self.statement = value.trim().to_owned(),
            _ => {}
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Ear {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let at = fields.id.find(NUMBER);
        if let (Some(at), Some(span)) = (at, context.span(id)) {
            let number = fields.id[at..].trim_end_matches(['"', ')']);
            span.extensions_mut().insert(Number(number.to_owned()));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(scope) = context.event_scope(event) else {
            return;
        };
        let mut numbers = scope.filter_map(|span| {
            let extensions = span.extensions();
            extensions.get::<Number>().map(|number| number.0.clone())
        });
        if let Some(number) = numbers.next() {
            let mut fields = Fields::default();
            event.record(&mut fields);
            // What is short is only in the summary.
            let statement = if fields.statement.is_empty() {
                fields.summary
            } else {
                fields.statement
            };
            self.0.lock().entry(number).or_default().push(statement);
        }
    }
}

/// All tests of this program share one log.
static HEARD: LazyLock<Heard> = LazyLock::new(|| {
    let heard = Heard::default();
    let wanted = Targets::new()
        .with_target("sqlx::query", Level::DEBUG)
        .with_target("jarshy::web::http::layers", Level::INFO);
    let ear = Ear(heard.clone()).with_filter(wanted);
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(ear)).unwrap();
    heard
});

/// What a page asks of the database; `None` where there is no page.
async fn statements(app: &TestApp, cookie: &str, path: &str) -> Option<Vec<String>> {
    let number = format!("{NUMBER}{}", Uuid::now_v7());
    let request = app.client.get(format!("{}{path}", app.url));
    let request = request
        .header(header::COOKIE, cookie)
        .header("x-request-id", &number);
    let answer = request.send().await.unwrap();
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !answer.status().is_success() || !is_page {
        return None;
    }
    answer.bytes().await.unwrap();
    Some(HEARD.lock().remove(&number).unwrap_or_default())
}

enum Database {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Database {
    async fn of(app: &TestApp) -> Self {
        let url = &app.cx.config().database_url;
        if url.starts_with("sqlite") {
            return Self::Sqlite(SqliteConnection::connect(url).await.unwrap());
        }
        let mut c = PgConnection::connect(url).await.unwrap();
        let settings = "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan;
                        SET jit = off";
        sqlx::raw_sql(settings).execute(&mut c).await.unwrap();
        Self::Postgres(c)
    }

    /// How it goes about a statement, by lines; the error where it cannot tell.
    async fn plan(&mut self, statement: &str) -> Result<Vec<String>, sqlx::Error> {
        // A parameter that is only named there has no type without what is bound to it.
        static NAMED: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"(\$[0-9]+) IS NOT NULL").unwrap());
        let statement = &*NAMED.replace_all(statement, "CAST($1 AS TEXT) IS NOT NULL");
        match self {
            Self::Sqlite(c) => {
                let asked = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
                let rows = sqlx::query(asked).fetch_all(c).await?;
                Ok(rows.iter().map(|row| row.get::<String, _>(3)).collect())
            }
            Self::Postgres(c) => {
                let count = parameters(statement);
                let mut last = None;
                // What a parameter is follows from where it stands, or it is a number.
                for kind in ["", "BIGINT", "TEXT"] {
                    match explained(c, statement, count, kind).await {
                        Ok(plan) => return Ok(plan),
                        Err(error) => last = last.or(Some(error)),
                    }
                }
                Err(last.unwrap())
            }
        }
    }
}

async fn explained(
    c: &mut PgConnection,
    statement: &str,
    count: usize,
    kind: &str,
) -> Result<Vec<String>, sqlx::Error> {
    let list = |word: &str| match count {
        0 => String::new(),
        _ => format!("({})", vec![word; count].join(", ")),
    };
    let kinds = if kind.is_empty() {
        String::new()
    } else {
        list(kind)
    };
    let prepare = format!("DEALLOCATE ALL; PREPARE asked {kinds} AS {statement}");
    sqlx::raw_sql(AssertSqlSafe(prepare))
        .execute(&mut *c)
        .await?;
    let explain = AssertSqlSafe(format!("EXPLAIN EXECUTE asked {}", list("NULL")));
    let rows = sqlx::raw_sql(explain).fetch_all(&mut *c).await?;
    Ok(rows.iter().map(|row| row.get::<String, _>(0)).collect())
}

/// How many parameters a statement has.
fn parameters(statement: &str) -> usize {
    static PARAMETER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\$([0-9]+)").unwrap());
    let all = PARAMETER.captures_iter(statement);
    all.filter_map(|found| found[1].parse().ok())
        .max()
        .unwrap_or(0)
}

/// The large tables of a statement by the names that it gives them.
fn names(statement: &str) -> BTreeMap<String, &'static str> {
    const KEYWORDS: [&str; 17] = [
        "where",
        "on",
        "join",
        "left",
        "cross",
        "inner",
        "order",
        "group",
        "limit",
        "union",
        "set",
        "using",
        "not",
        "values",
        "returning",
        "indexed",
        "natural",
    ];
    let mut names = BTreeMap::new();
    for table in LARGE {
        names.insert(table.to_owned(), table);
        let named = Regex::new(&format!(r"(?i)\b{table}\s+(?:as\s+)?([a-z_]+)\b")).unwrap();
        for found in named.captures_iter(statement) {
            let name = found[1].to_lowercase();
            if !KEYWORDS.contains(&name.as_str()) {
                names.insert(name, table);
            }
        }
    }
    names
}

/// Whether a statement reads rows in the order in which they come and ends after a page of them.
fn is_page_of_rows(statement: &str, plan: &[String]) -> bool {
    let is_sorted = plan
        .iter()
        .any(|line| line.contains("TEMP B-TREE") || line.contains("Sort"));
    statement.to_lowercase().contains("limit") && !is_sorted
}

/// What of a plan reads a large table, or a whole campaign of deliveries.
fn whole_tables(statement: &str, plan: &[String]) -> Vec<String> {
    static SQLITE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^SCAN ([a-z_0-9]+)").unwrap());
    static POSTGRES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:Seq|Index|Index Only) Scan (?:Backward )?(?:using [a-z_0-9]+ )?on ([a-z_]+)",
        )
        .unwrap()
    });
    let names = names(statement);
    let is_page = is_page_of_rows(statement, plan);
    let mut found = Vec::new();
    for (at, line) in plan.iter().enumerate() {
        if FEW.iter().any(|index| line.contains(index)) {
            continue;
        }
        if let Some(scan) = SQLITE.captures(line) {
            if names.contains_key(&scan[1]) && !is_page {
                found.push(line.clone());
            }
        } else if line.ends_with("sqlite_autoindex_deliveries_1 (campaign_id=?)") {
            found.push(line.clone());
        } else if let Some(scan) = POSTGRES.captures(line) {
            // Its condition is in one of the next lines, before the next node.
            let own = plan[at + 1..]
                .iter()
                .take_while(|next| !next.contains("->"));
            let condition = own.clone().find(|next| next.contains("Index Cond"));
            let is_whole = match condition {
                None => true,
                Some(condition) => {
                    line.contains("deliveries_campaign_id_subscriber_id_key")
                        && !condition.contains("subscriber_id")
                }
            };
            if LARGE.contains(&&scan[1]) && is_whole && !is_page {
                found.push(line.trim().to_owned());
            }
        }
    }
    found
}

#[apply(on_both_databases)]
async fn no_page_reads_a_large_table_as_a_whole(app: TestApp) {
    LazyLock::force(&HEARD);
    roles::furnish(&app).await;
    for statement in FILL {
        app.execute(statement).await;
    }
    let is_sqlite = app.cx.config().database_url.starts_with("sqlite");
    app.execute(if is_sqlite {
        bounces!("CAST('event ' || d.id AS BLOB)")
    } else {
        bounces!("CAST('event ' || d.id AS BYTEA)")
    })
    .await;
    app.cx.store.analyze().await.unwrap();
    let cookie = app.sign_in("owner@plans.example", Role::Owner).await;
    let lines = roles::TABLE.lines().map(|line| line.split('\t'));
    let pages = lines.filter_map(|mut columns| match columns.next() {
        Some("GET") => columns.next().filter(|path| path.starts_with("/admin")),
        _ => None,
    });
    let pages = pages.map(roles::concrete);
    let mut pages_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut asked = 0;
    let many = app.api_get("/campaigns").await["items"][0]["id"].to_string();
    let more = MORE.map(|page| page.replace("{many}", &many));
    for page in pages.chain(more) {
        if let Some(statements) = statements(&app, &cookie, &page).await {
            asked += 1;
            for statement in statements {
                pages_of.entry(statement).or_default().push(page.clone());
            }
        }
    }
    assert!(asked > 60, "only {asked} pages were there");
    assert!(pages_of.len() > 100, "only {} statements", pages_of.len());

    let mut database = Database::of(&app).await;
    let mut wrong = Vec::new();
    let of_many = format!("/admin/campaigns/{many}");
    for (statement, pages) in &pages_of {
        let words = statement.to_lowercase();
        let is_of_large = LARGE.iter().any(|table| words.contains(table));
        let is_allowed = ALLOWED.iter().any(|words| statement.contains(words));
        let is_of_few = OF_FEW.iter().any(|words| statement.contains(words))
            && !pages.iter().any(|page| page.starts_with(&of_many));
        let page = &pages[0];
        if !is_of_large || is_allowed || is_of_few || !words.contains("select") {
            continue;
        }
        match database.plan(statement).await {
            Ok(plan) => {
                let whole = whole_tables(statement, &plan);
                if !whole.is_empty() {
                    let (whole, plan) = (whole.join("; "), plan.join("\n"));
                    wrong.push(format!("{page}: {whole}\n{statement}\n{plan}"));
                }
            }
            Err(error) => wrong.push(format!("{page}: cannot be explained: {error}\n{statement}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn plans_that_read_whole_tables_are_told_from_others() {
    let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    let count = "SELECT COUNT(*) FROM subscribers m WHERE m.name = $1";
    for (statement, plan, expected) in [
        (count, "SCAN m", 1),
        (
            count,
            "SCAN m USING COVERING INDEX subscribers_by_language",
            1,
        ),
        (
            count,
            "SEARCH m USING INDEX subscribers_by_language (language=?)",
            0,
        ),
        ("SELECT 1 FROM lists m", "SCAN m", 0),
        (
            "SELECT id FROM subscribers ORDER BY id LIMIT 9",
            "SCAN subscribers",
            0,
        ),
        (
            "SELECT id FROM subscribers ORDER BY name LIMIT 9",
            "SCAN subscribers\nUSE TEMP B-TREE FOR ORDER BY",
            1,
        ),
        (
            "SELECT COUNT(*) FROM deliveries WHERE campaign_id = $1 AND lease_until IS NOT NULL",
            "SEARCH deliveries USING INDEX sqlite_autoindex_deliveries_1 (campaign_id=?)",
            1,
        ),
        (
            count,
            "Aggregate\n  ->  Seq Scan on subscribers m\n        Filter: (name = $1)",
            1,
        ),
        (
            count,
            "Aggregate\n  ->  Index Scan using subscribers_pkey on subscribers m\n        Index Cond: (id = $1)",
            0,
        ),
    ] {
        assert_eq!(
            whole_tables(statement, &lines(plan)).len(),
            expected,
            "{statement}: {plan}"
        );
    }
}
