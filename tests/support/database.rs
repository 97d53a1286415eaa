//! Databases of tests. Each test has its own: a copy of one that was migrated
//! once.

use std::fmt::Write as _;
use std::path::Path;

use jarshy::store::Store;
use sha2::{Digest, Sha256};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool};
use tokio::sync::OnceCell;
use uuid::{Timestamp, Uuid};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");
/// One at a time makes the template and looks for databases left behind.
const LOCK: i64 = 0x7465_7374;
/// How long after its creation a database may still be in use, in seconds.
const LEFT_BEHIND: u64 = 3600;

/// A PostgreSQL database of its own, dropped with this value, also when the
/// test panics.
pub struct PostgresDatabase {
    pub url: String,
    server: String,
    name: String,
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // On a thread of its own: the test's runtime may be ending.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let mut server = PgConnection::connect(&server).await?;
                execute(&mut server, format!("DROP DATABASE {name} WITH (FORCE)")).await?;
                server.close().await
            })?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
        });
        // A server that has gone has no database to drop.
        let _ = dropping.join();
    }
}

async fn execute(connection: &mut PgConnection, sql: String) -> sqlx::Result<()> {
    sqlx::query(AssertSqlSafe(sql)).execute(connection).await?;
    Ok(())
}

/// The statements that wait for a lock now, by when each began.
pub async fn waiting_statements(pool: &PgPool) -> Vec<String> {
    let waiting = sqlx::query_scalar(
        "SELECT query_start::TEXT FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    waiting.fetch_all(pool).await.unwrap()
}

/// A migrated database in the cluster that `scripts/test` has started.
pub async fn postgres() -> PostgresDatabase {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let server = std::env::var("JARSHY_TEST_POSTGRES_URL")
        .expect("tests on PostgreSQL need a cluster: run scripts/test, which starts one");
    let template = TEMPLATE.get_or_init(|| template(&server)).await;
    let name = format!("test_{}", Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(&server).await.unwrap();
    let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
    execute(&mut connection, create).await.unwrap();
    connection.close().await.unwrap();
    PostgresDatabase {
        url: url_of(&server, &name),
        server,
        name,
    }
}

fn url_of(server: &str, name: &str) -> String {
    let (server, _) = server.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}

/// The name of a database with this version's schema and nothing in it, made
/// where the cluster has none.
async fn template(server: &str) -> String {
    let mut digest = Sha256::new();
    for migration in MIGRATIONS.iter() {
        digest.update(&migration.checksum);
    }
    let mut name = "template_".to_owned();
    for byte in &digest.finalize()[..8] {
        write!(name, "{byte:02x}").unwrap();
    }
    let mut connection = PgConnection::connect(server).await.unwrap();
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(LOCK)
        .execute(&mut connection)
        .await
        .unwrap();
    let names: Vec<String> = sqlx::query_scalar("SELECT datname FROM pg_database")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    for left in names.iter().filter(|name| is_left_behind(name)) {
        // Another run may drop it at this moment.
        let _ = execute(&mut connection, format!("DROP DATABASE {left}")).await;
    }
    if !names.contains(&name) {
        // Under another name until it is complete.
        let unfinished = format!("test_{}", Uuid::now_v7().simple());
        execute(&mut connection, format!("CREATE DATABASE {unfinished}"))
            .await
            .unwrap();
        let store = Store::open(&url_of(server, &unfinished)).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await;
        let rename = format!("ALTER DATABASE {unfinished} RENAME TO {name}");
        execute(&mut connection, rename).await.unwrap();
    }
    // Ends the lock, too.
    connection.close().await.unwrap();
    name
}

/// Whether a database is of a test whose process was killed.
fn is_left_behind(name: &str) -> bool {
    let made = name
        .strip_prefix("test_")
        .and_then(|id| Uuid::parse_str(id).ok())
        .and_then(|id| id.get_timestamp());
    let now = Timestamp::now(uuid::NoContext).to_unix().0;
    made.is_some_and(|made| made.to_unix().0 + LEFT_BEHIND < now)
}

/// Writes a migrated SQLite database to `file`.
pub async fn sqlite(file: &Path) {
    static MIGRATED: OnceCell<Vec<u8>> = OnceCell::const_new();
    let migrated = MIGRATED.get_or_init(|| async {
        let folder = std::env::temp_dir().join(format!("jarshy-template-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("jarshy.db");
        let store = Store::open(&format!("sqlite://{}", file.display()))
            .await
            .unwrap();
        store.migrate().await.unwrap();
        // Leaves no log beside it.
        store.close().await;
        let migrated = std::fs::read(&file).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        migrated
    });
    std::fs::write(file, migrated.await).unwrap();
}
