//! What can go wrong with the database, in the operator's terms.

/// A result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A query did not do its work; nothing of its transaction was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL names neither SQLite nor PostgreSQL.
    #[error("the database URL must start with sqlite:// or postgres://")]
    UnknownUrl,
    /// The URL cannot be read.
    #[error("the database URL cannot be used: {0}")]
    Url(String),
    /// A newer Jarshy has changed the schema.
    #[error(
        "the database has a newer schema than this version of Jarshy knows; install the newer version"
    )]
    NewerSchema,
    /// The schema is one from before the first release.
    #[error(
        "the database was created by a version of Jarshy from before its first release, which \
         this version cannot upgrade; export what you need with that version, then start with a \
         new database"
    )]
    PreReleaseSchema,
    /// The schema could not be brought up to date.
    #[error("the database schema could not be brought up to date: {0}")]
    Migration(String),
    /// Rows can only be copied into an empty database.
    #[error("the database is not empty: there are rows in {0}")]
    NotEmpty(String),
    /// Rows are copied from SQLite to PostgreSQL or back.
    #[error("both databases are of the same kind")]
    SameKind,
    /// A table of one database is not in the other.
    #[error("the table {0} differs in the two databases")]
    OtherSchema(String),
    /// The database holds fewer or more rows than were copied.
    #[error("{expected} rows of {table} were copied, and {found} are there")]
    Incomplete {
        table: String,
        expected: i64,
        found: i64,
    },
    /// A row that the other database does not accept.
    #[error("a row of {table} cannot be copied: {cause}")]
    Refused {
        table: String,
        #[source]
        cause: sqlx::Error,
    },
    /// An SQLite file is incomplete or was changed by something else than SQLite.
    #[error("the database file is damaged: {0}")]
    Damaged(Cause),
    /// An SQLite file cannot be opened or created.
    #[error(
        "the database file {} cannot be opened: its folder must exist and be writable; another file is named by database_url ({cause})",
        file.display()
    )]
    NotOpened {
        file: std::path::PathBuf,
        cause: Cause,
    },
    /// Another process has the database open.
    #[error("the database is in use; stop every process of Jarshy that uses it first")]
    InUse,
    /// The row is there already.
    #[error("it already exists")]
    Exists,
    /// Something else names a row that is not there.
    #[error("it refers to something that does not exist")]
    Dangling,
    /// Another transaction waited for this one, and this one for it: PostgreSQL ended this
    /// one, and the other went on.
    #[error("another change was made at the same moment, and nothing was changed; try again ({0})")]
    Deadlock(Cause),
    /// The database is out of reach or refuses for now.
    #[error("the database is not available: {0}")]
    Unavailable(Cause),
    /// The database has no room or may not be written.
    #[error("the database cannot be written: {0}")]
    NotWritable(Cause),
    /// Anything else: a defect.
    #[error("database: {0}")]
    Other(#[source] sqlx::Error),
}

/// The database's own words.
#[derive(Debug)]
pub struct Cause(String);

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl StoreError {
    pub(super) fn unavailable(cause: String) -> Self {
        Self::Unavailable(Cause(cause))
    }

    /// An error of opening `file`, which the database's own words do not name.
    pub(super) fn of_opening(error: sqlx::Error, file: &std::path::Path) -> Self {
        match Self::from(error) {
            Self::NotWritable(cause) => Self::NotOpened {
                file: file.to_owned(),
                cause,
            },
            error => error,
        }
    }

    pub(super) fn damaged(cause: String) -> Self {
        Self::Damaged(Cause(cause))
    }

    /// Whether the same call may succeed later without anybody's doing.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            StoreError::Deadlock(_) | StoreError::Unavailable(_) | StoreError::NotWritable(_)
        )
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let cause = || Cause(error.to_string());
        match &error {
            sqlx::Error::Database(database) if database.is_unique_violation() => Self::Exists,
            sqlx::Error::Database(database) if database.is_foreign_key_violation() => {
                Self::Dangling
            }
            sqlx::Error::Database(database) => match database.code().as_deref().and_then(class) {
                Some(Class::NotWritable) => Self::NotWritable(cause()),
                Some(Class::Deadlock) => Self::Deadlock(cause()),
                Some(Class::Unavailable) => Self::Unavailable(cause()),
                Some(Class::Damaged) => Self::Damaged(cause()),
                None => Self::Other(error),
            },
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(cause()),
            _ => Self::Other(error),
        }
    }
}

enum Class {
    Deadlock,
    Unavailable,
    NotWritable,
    Damaged,
}

/// SQLite's extended result codes are numbers whose low octet is the class;
/// PostgreSQL's SQLSTATE has five characters.
fn class(code: &str) -> Option<Class> {
    if code.len() == 5 && !code.starts_with("SQ") {
        return match &code[..2] {
            "53" => Some(if code == "53100" {
                Class::NotWritable
            } else {
                Class::Unavailable
            }),
            // Transaction rollback; the other kinds of it ask for another try as well.
            "40" => Some(Class::Deadlock),
            "08" | "57" | "55" => Some(Class::Unavailable),
            "25" if code == "25006" => Some(Class::NotWritable),
            _ => None,
        };
    }
    match code.parse::<u32>().ok()? & 0xff {
        5 | 6 => Some(Class::Unavailable),
        11 | 26 => Some(Class::Damaged),
        8 | 10 | 13 | 14 | 23 => Some(Class::NotWritable),
        _ => None,
    }
}
