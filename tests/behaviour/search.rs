//! Searching subscribers: what is found, and how soon among a million.

use std::time::{Duration, Instant};

use jarshy::model::ListId;
use jarshy::model::subscription::SubscriptionState;
use jarshy::store::search::{self, Reach, Search, Start};
use jarshy::store::{Engine, Store};
use jarshy::text::locale::Language;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::{Database, TestApp, on_both_databases};

async fn found(app: &TestApp, search: Search) -> (Vec<String>, Reach) {
    let mut db = app.cx.store.read().await.unwrap();
    let (page, reach) = search::page(&mut db, &search, Start::Before(i64::MAX), 50)
        .await
        .unwrap();
    let emails = page.iter().map(|one| one.email.to_string()).collect();
    (emails, reach)
}

fn text(text: &str) -> Search {
    Search {
        text: text.to_owned(),
        ..Search::default()
    }
}

async fn list_id(app: &TestApp, slug: &str) -> ListId {
    let lists = jarshy::audience::list_admin::all(&app.cx).await.unwrap();
    lists
        .into_iter()
        .find(|list| list.slug.as_str() == slug)
        .unwrap()
        .id
}

#[apply(on_both_databases)]
async fn any_part_of_a_name_or_address_finds_a_subscriber(app: TestApp) {
    for (email, name) in [
        ("Aigul@mail.example", "Айгүл Ахметова"),
        ("bolat_100%@post.example", "Bolat \"Bo\" O'Neil"),
        ("x@mail.example", ""),
    ] {
        let body =
            json!({ "email": email, "name": name, "lists": ["news"], "status": "confirmed" });
        app.api_post("/subscribers", body).await;
    }
    let all = [
        "x@mail.example",
        "bolat_100%@post.example",
        "Aigul@mail.example",
    ];
    for (typed, expected) in [
        ("mail.ex", vec![all[0], all[2]]),
        ("AIGUL@", vec![all[2]]),
        ("ахмет", vec![all[2]]),
        ("АЙГҮЛ А", vec![all[2]]),
        ("\"bo\" o'n", vec![all[1]]),
        ("_100%", vec![all[1]]),
        ("b_lat", vec![]),
        ("nobody", vec![]),
        ("", all.to_vec()),
    ] {
        // By the text's index, and by a list's, which must agree.
        let (emails, reach) = found(&app, text(typed)).await;
        assert_eq!(
            (emails, reach),
            (
                expected.iter().map(|e| e.to_string()).collect(),
                Reach::Anywhere
            ),
            "{typed}"
        );
        let news = Some(list_id(&app, "news").await);
        let (emails, _) = found(
            &app,
            Search {
                list: news,
                ..text(typed)
            },
        )
        .await;
        assert_eq!(emails, expected, "{typed} on the list");
    }
    let (emails, reach) = found(&app, text("ai")).await;
    assert_eq!(
        (emails, reach),
        (vec![all[2].to_owned()], Reach::StartOfShort)
    );
}

#[apply(on_both_databases)]
async fn search_filters_and_paging(app: TestApp) {
    app.create_list("events", "single").await;
    for n in 0..7 {
        app.subscribe(
            &format!("reader{n}@x.example"),
            if n % 2 == 0 { "news" } else { "events" },
        )
        .await;
    }
    app.subscribe("reader0@x.example", "events").await;
    let news = Some(list_id(&app, "news").await);
    let confirmed = Some(SubscriptionState::Confirmed);

    let (emails, _) = found(
        &app,
        Search {
            list: news,
            state: confirmed,
            ..text("reader")
        },
    )
    .await;
    assert_eq!(
        emails,
        [
            "reader6@x.example",
            "reader4@x.example",
            "reader2@x.example",
            "reader0@x.example"
        ]
    );
    let (emails, _) = found(
        &app,
        Search {
            list: news,
            state: Some(SubscriptionState::Pending),
            ..text("")
        },
    )
    .await;
    assert!(emails.is_empty());
    let (emails, _) = found(
        &app,
        Search {
            state: confirmed,
            ..text("")
        },
    )
    .await;
    assert_eq!(emails.len(), 7, "each once, however many lists: {emails:?}");
    let (emails, _) = found(
        &app,
        Search {
            language: Some(Language::KK),
            ..text("")
        },
    )
    .await;
    assert!(emails.is_empty());

    let mut seen = Vec::new();
    let mut db = app.cx.store.read().await.unwrap();
    let mut before = i64::MAX;
    loop {
        let (page, _) = search::page(&mut db, &text("reader"), Start::Before(before), 3)
            .await
            .unwrap();
        let Some(last) = page.last() else { break };
        before = last.id.0;
        seen.extend(page.iter().map(|one| one.id.0));
    }
    assert_eq!(seen.len(), 7);
    assert!(seen.is_sorted_by(|a, b| a > b), "{seen:?}");
}

#[apply(on_both_databases)]
async fn erased_and_renamed_subscribers_are_not_found_by_old_values(app: TestApp) {
    let id = app.subscribe("oldname@x.example", "news").await;
    let body = json!({ "email": "oldname@x.example", "name": "Serik", "lists": [], "status": "confirmed" });
    app.api_post("/subscribers", body).await;
    assert!(found(&app, text("Reader")).await.0.is_empty());
    assert_eq!(found(&app, text("serik")).await.0, ["oldname@x.example"]);
    app.api("DELETE", &format!("/subscribers/{id}"))
        .send()
        .await
        .unwrap();
    assert!(found(&app, text("oldname")).await.0.is_empty());
}

/// Fills a database with a million subscribers and prints how long searches
/// take: `cargo test --release --test behaviour million -- --ignored --nocapture`
mod with_a_million_subscribers {
    use super::*;

    const LIMIT: Duration = Duration::from_millis(200);

    #[ignore = "fills a million rows"]
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn sqlite() {
        measure(TestApp::start(Database::Sqlite).await).await;
    }

    #[ignore = "fills a million rows"]
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn postgres() {
        measure(TestApp::start(Database::Postgres).await).await;
    }

    async fn measure(app: TestApp) {
        app.create_list("few", "single").await;
        let started = Instant::now();
        fill(&app).await;
        println!(
            "{:?}: filled in {:?}",
            app.cx.store.engine(),
            started.elapsed()
        );
        let (news, few) = (
            Some(list_id(&app, "news").await),
            Some(list_id(&app, "few").await),
        );
        let confirmed = Some(SubscriptionState::Confirmed);
        let searches = [
            ("nothing", text("")),
            ("one person", text("reader777777@")),
            ("a rare part", text("99999")),
            ("a common part", text("example")),
            ("nobody", text("zzzzzz")),
            ("nobody, common letters", text("readermail")),
            ("two letters", text("re")),
            ("a name in Cyrillic", text("айгүл")),
            (
                "a large list",
                Search {
                    list: news,
                    state: confirmed,
                    ..text("")
                },
            ),
            (
                "a large list, a common part",
                Search {
                    list: news,
                    state: confirmed,
                    ..text("example")
                },
            ),
            (
                "a large list, a rare part",
                Search {
                    list: news,
                    ..text("99999")
                },
            ),
            (
                "a small list",
                Search {
                    list: few,
                    ..text("")
                },
            ),
            (
                "a small list, a common part",
                Search {
                    list: few,
                    ..text("example")
                },
            ),
            (
                "a state",
                Search {
                    state: confirmed,
                    ..text("")
                },
            ),
            (
                "a rare state, a common part",
                Search {
                    state: Some(SubscriptionState::Pending),
                    ..text("reader")
                },
            ),
            (
                "a language, a common part",
                Search {
                    language: Some(Language::KK),
                    ..text("example")
                },
            ),
        ];
        let mut slowest = Duration::ZERO;
        for (what, search) in searches {
            let mut times: Vec<Duration> = Vec::new();
            let mut count = 0;
            for _ in 0..5 {
                let started = Instant::now();
                count = found(&app, search.clone()).await.0.len();
                times.push(started.elapsed());
            }
            times.sort();
            println!(
                "{what:32} {count:3} found, median {:7.2} ms, slowest {:7.2} ms",
                times[2].as_secs_f64() * 1e3,
                times[4].as_secs_f64() * 1e3
            );
            slowest = slowest.max(times[2]);
        }
        for (what, search) in [
            ("everybody, by address", text("")),
            ("a common part, by address", text("example")),
            (
                "a large list, by address",
                Search {
                    list: news,
                    state: confirmed,
                    ..text("")
                },
            ),
        ] {
            let mut db = app.cx.store.read().await.unwrap();
            let mut times: Vec<Duration> = Vec::new();
            for _ in 0..5 {
                let started = Instant::now();
                let start = Start::Address("reader5".to_owned());
                let (page, _) = search::page(&mut db, &search, start, 50).await.unwrap();
                assert_eq!(page.len(), 50, "{what}");
                times.push(started.elapsed());
            }
            times.sort();
            println!("{what:32} median {:?}", times[2]);
            slowest = slowest.max(times[2]);
        }
        for typed in [
            "raeder777777",
            "readr777777@mial3.example",
            "айгул 5000",
            "reedermial",
            "zzzzqzzz",
        ] {
            let mut times: Vec<Duration> = Vec::new();
            let mut count = 0;
            for _ in 0..5 {
                let started = Instant::now();
                let groups = jarshy::finder::find(&app.cx, typed, 8).await.unwrap();
                count = groups.iter().map(|(_, hits)| hits.len()).sum();
                times.push(started.elapsed());
            }
            times.sort();
            println!(
                "everything: {typed:28} {count:3} found, median {:?}",
                times[2]
            );
            slowest = slowest.max(times[2]);
        }
        assert!(slowest < LIMIT, "{slowest:?}");
    }

    /// Rows as an import would leave them, made inside the database.
    async fn fill(app: &TestApp) {
        let store: &Store = &app.cx.store;
        let numbers = match store.engine() {
            Engine::Sqlite => {
                "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i FROM n)"
            }
            Engine::Postgres => "generate_series(1, CAST(1000000 AS BIGINT)) AS n(i)",
        };
        let statements = [
            format!(
                "INSERT INTO subscribers (email, email_key, name, language, attributes, created_at)
                 SELECT 'Reader' || i || '@mail' || (i % 97) || '.example', 'reader' || i || '@mail' || (i % 97) || '.example',
                        CASE WHEN i % 1000 = 0 THEN 'Айгүл ' || i ELSE 'Name ' || (i * 7919 % 1000000) END,
                        CASE i % 3 WHEN 0 THEN 'kk' WHEN 1 THEN 'ru' ELSE 'en' END, '{{}}', i
                 FROM {numbers}"
            ),
            "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
             SELECT m.id, l.id, CASE WHEN m.id % 5000 = 0 THEN 'pending' WHEN m.id % 50 = 0 THEN 'unsubscribed' ELSE 'confirmed' END, 4000000000000, 4000000000000
             FROM subscribers m JOIN lists l ON l.slug = 'news' OR (l.slug = 'few' AND m.id % 1000 = 1)"
                .to_owned(),
        ];
        for statement in statements {
            let statement = sqlx::AssertSqlSafe(statement);
            match store.engine() {
                Engine::Sqlite => {
                    let url = app.cx.config().database_url.clone();
                    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
                    sqlx::query(statement).execute(&pool).await.unwrap();
                    pool.close().await;
                }
                Engine::Postgres => {
                    let pool = sqlx::PgPool::connect(&app.cx.config().database_url)
                        .await
                        .unwrap();
                    sqlx::query(statement).execute(&pool).await.unwrap();
                    // As autovacuum does soon after.
                    sqlx::query("VACUUM ANALYZE").execute(&pool).await.unwrap();
                    pool.close().await;
                }
            }
        }
    }
}
