//! The queries of series that are asked again and again use their indexes.

use jarshy::store::{series_counts, series_exits, series_readers};
use rstest_reuse::apply;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};

use crate::harness::{TestApp, on_both_databases};

/// Ten series with two thousand readers each; one in twenty has left.
const FILL: [&str; 3] = [
    "INSERT INTO subscribers (email, email_key, language, attributes, created_at)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
     SELECT 'r' || i || '@example.kz', 'r' || i || '@example.kz', 'en', '{}', 0 FROM n",
    "INSERT INTO series (name, list_id, layout, start_kind, state, created_at, updated_at)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
     SELECT 'Series ' || i, (SELECT MIN(id) FROM lists), 'letter', 'call', 'paused', 0, 0 FROM n",
    "INSERT INTO series_readers
         (series_id, subscriber_id, round, edition, version, position, due_at, state, entered_at,
          changed_at)
     SELECT z.id, m.id, 0, 2026, 1, 1 + m.id % 5, 1000 * m.id,
            CASE WHEN m.id % 20 = 0 THEN 'left' ELSE 'inside' END, 0, 0
     FROM series z CROSS JOIN subscribers m",
];

/// How the database goes about a statement.
async fn plan(app: &TestApp, statement: &str) -> String {
    let url = &app.cx.config().database_url;
    let mut lines: Vec<String> = Vec::new();
    if url.starts_with("sqlite") {
        let mut c = SqliteConnection::connect(url).await.unwrap();
        let asked = format!("EXPLAIN QUERY PLAN {statement}");
        let rows = sqlx::query(AssertSqlSafe(asked)).fetch_all(&mut c).await;
        lines.extend(rows.unwrap().iter().map(|row| row.get::<String, _>(3)));
    } else {
        let mut c = PgConnection::connect(url).await.unwrap();
        let asked = format!("EXPLAIN {statement}");
        let rows = sqlx::query(AssertSqlSafe(asked)).fetch_all(&mut c).await;
        lines.extend(rows.unwrap().iter().map(|row| row.get::<String, _>(0)));
    }
    lines.join("\n")
}

#[apply(on_both_databases)]
async fn queries_of_series_use_their_indexes(app: TestApp) {
    for statement in FILL {
        app.execute(statement).await;
    }
    app.cx.store.analyze().await.unwrap();
    for (statement, values, index) in [
        (
            series_readers::DUE,
            ["7", "50000", "200", ""],
            "series_readers_due",
        ),
        (
            series_readers::PAGE,
            ["7", "9000", "100", ""],
            // PostgreSQL may prefer the primary key while the readers of a series lie close.
            "series_readers_",
        ),
        (
            series_readers::PAGE_IN_STATE,
            ["7", "9000", "100", "'left'"],
            "series_readers_by_state",
        ),
        (series_exits::LEAVE, ["700", "1", "5", ""], "subscriber_id"),
        (
            series_exits::LEAVE_SUPPRESSED,
            ["'r700@example.kz'", "5", "", ""],
            "series_readers_by_subscriber",
        ),
        (series_counts::STANDINGS, ["7", "", "", ""], "series_counts"),
        (series_counts::TOTALS, ["", "", "", ""], "series_counts"),
    ] {
        let mut filled = statement.to_owned();
        for (number, value) in (1..).zip(values) {
            filled = filled.replace(&format!("${number}"), value);
        }
        let plan = plan(&app, &filled).await;
        assert!(plan.contains(index), "{filled}:\n{plan}");
        for scan in [
            "SCAN series_readers",
            "SCAN r\n",
            "Seq Scan on series_readers",
        ] {
            assert!(!plan.contains(scan), "{filled}:\n{plan}");
        }
    }
}
