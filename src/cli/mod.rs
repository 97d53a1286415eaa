//! Commands: one file each. Exit codes: 0 done, 1 failed with one clear line on
//! standard error, 2 wrong usage.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::address;
use crate::app::{self, AppError};
use crate::config::{Config, ConfigError, LogFormat};
use crate::context::Context;

/// Writes a line to standard output. Unlike `println!` it does not panic if
/// the reader, such as `head`, has closed it: see [`run`].
macro_rules! out {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        writeln!(std::io::stdout(), $($text)*)?
    }};
}

mod accounts;
mod backup;
mod bench;
mod check_domain;
mod data;
mod demo;
mod dkim_key;
mod doctor;
mod health;
mod import_listmonk;
mod import_posts;
mod inbound;
mod reference;
mod send;
mod serve;
mod settings;
mod setup;
mod suppressions;
mod takeout;
mod texts;

/// A newsletter mailing-list manager: double opt-in, posts and campaigns, a
/// durable send worker.
#[derive(Parser)]
#[command(name = "jarshy", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

/// Flags take precedence over environment variables, and these over the file.
#[derive(Args)]
struct Settings {
    /// The configuration file [default: jarshy.toml, if it exists]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The database: sqlite://FILE or postgres://…
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// What to log, such as info or jarshy=debug
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Try everything: a site, admin pages and a mail catcher; nothing leaves this machine
    Demo(demo::Demo),
    /// Serve pages and API, and send mail
    Serve(serve::Serve),
    /// Send mail only; any number of workers can share one PostgreSQL database
    Worker,
    /// Set up a new installation: owner, organisation, public address, relay, first list
    Setup(setup::Setup),
    /// Bring the database's schema up to date
    Migrate,
    /// Manage the users of the admin pages
    #[command(subcommand)]
    User(accounts::User),
    /// Manage API tokens
    #[command(subcommand)]
    Token(accounts::Token),
    /// Import the subscribers of a CSV file into a list
    Import(data::Import),
    /// Import lists, subscribers and past campaigns straight from listmonk's database
    ImportListmonk(import_listmonk::ImportListmonk),
    /// Import posts and past newsletters from Ghost, Substack, Buttondown or beehiiv
    ImportPosts(import_posts::ImportPosts),
    /// Undo an import that ended within the last week
    UndoImport(data::UndoImport),
    /// Write a list's subscribers to standard output
    Export(data::Export),
    /// Export and import suppressions, or undo many at once
    #[command(subcommand)]
    Suppressions(suppressions::Suppressions),
    /// Queue a campaign, or send it to one address as a test
    Send(send::Send),
    /// Check a sender's domain: SPF, DKIM, DMARC, MX, reverse DNS, TLS, one-click
    CheckDomain(check_domain::CheckDomain),
    /// Process one returned mail from standard input
    Inbound(inbound::Inbound),
    /// Create, list, activate and retire the DKIM keys of a domain
    DkimKey(dkim_key::DkimKey),
    /// Write a consistent copy of the live database to a file
    Backup(backup::Backup),
    /// Restore a backup to an empty database; nothing is mailed a second time
    Restore(backup::Restore),
    /// Move an SQLite database to PostgreSQL
    Move(backup::Move),
    /// Write everything but secrets to an open archive, for other programs or another installation
    Takeout(takeout::Takeout),
    /// Read a takeout into an empty installation; nothing is mailed by it
    ImportTakeout(takeout::ImportTakeout),
    /// Export and import the texts of a language as Fluent files
    #[command(subcommand)]
    Texts(texts::Texts),
    /// Check whether everything that Jarshy needs is there and works
    Doctor(doctor::Doctor),
    /// Ask the running server whether it is ready, for probes
    Health(health::Health),
    /// Measure how fast this machine sends
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Show, export and change the settings of the admin pages
    #[command(subcommand)]
    Settings(settings::SettingsCommand),
    /// Print the OpenAPI document of the API
    Openapi,
    /// Print the completions of a shell
    Completions(reference::Completions),
    /// Write manual pages
    Man(reference::Man),
}

/// What a command that ends logs. Copying a table is one long statement, which is no reason to warn.
const QUIET: &str = "warn,sqlx=error";

/// Why a command failed, in one line.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    App(#[from] AppError),
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    #[error(transparent)]
    Audience(#[from] crate::audience::AudienceError),
    #[error(transparent)]
    Import(#[from] crate::import::ImportError),
    #[error(transparent)]
    PostImport(#[from] crate::post_import::PostImportError),
    #[error(transparent)]
    Export(#[from] crate::audience::export::ExportError),
    #[error(transparent)]
    Suppressions(#[from] crate::audience::suppression_file::FileError),
    #[error(transparent)]
    Content(#[from] crate::content::ContentError),
    #[error(transparent)]
    Campaign(#[from] crate::campaign::CampaignError),
    #[error(transparent)]
    Write(#[from] crate::delivery::WriteError),
    #[error(transparent)]
    Key(#[from] crate::deliverability::dkim_keys::KeyError),
    #[error(transparent)]
    Takeout(#[from] crate::takeout::TakeoutError),
    #[error(transparent)]
    Series(#[from] crate::series::SeriesError),
    #[error(transparent)]
    Settings(#[from] crate::settings::SettingsError),
    #[error(transparent)]
    Dns(#[from] crate::deliverability::Silent),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Other(String),
    /// With an exit code of `sysexits.h`, for a mail server.
    #[error("{cause}")]
    Sysexit { cause: String, code: u8 },
}

type Result<T = ()> = std::result::Result<T, CliError>;

/// The commands and their flags, for the manual.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command line.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("jarshy: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(dispatch(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that has closed the pipe, such as `head`, is not an error.
        Err(CliError::Io(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("jarshy: {error}");
            match error {
                CliError::Sysexit { code, .. } => ExitCode::from(code),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

async fn dispatch(cli: Cli) -> Result {
    let settings = cli.settings;
    match cli.command {
        Command::Demo(demo) => demo.run(&settings).await,
        Command::Serve(serve) => serve.run(&settings).await,
        Command::Worker => serve::worker(&settings).await,
        Command::Migrate => {
            settings.open(&[]).await?;
            out!("The database's schema is up to date.");
            Ok(())
        }
        Command::User(user) => user.run(&settings).await,
        Command::Token(token) => token.run(&settings).await,
        Command::Import(import) => import.run(&settings).await,
        Command::ImportListmonk(import) => import.run(&settings).await,
        Command::ImportPosts(import) => import.run(&settings).await,
        Command::UndoImport(import) => import.run(&settings).await,
        Command::Export(export) => export.run(&settings).await,
        Command::Suppressions(suppressions) => suppressions.run(&settings).await,
        Command::Send(send) => send.run(&settings).await,
        Command::CheckDomain(check) => check.run(&settings).await,
        Command::Inbound(inbound) => inbound.run(&settings).await,
        Command::DkimKey(key) => key.run(&settings).await,
        Command::Backup(backup) => backup.run(&settings).await,
        Command::Restore(restore) => restore.run(&settings).await,
        Command::Move(moving) => moving.run(&settings).await,
        Command::Takeout(takeout) => takeout.run(&settings).await,
        Command::ImportTakeout(takeout) => takeout.run(&settings).await,
        Command::Texts(texts) => texts.run(&settings).await,
        Command::Doctor(doctor) => doctor.run(&settings).await,
        Command::Health(health) => health.run(&settings).await,
        Command::Bench(bench) => bench.run(&settings).await,
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
        Command::Setup(setup) => setup.run(&settings).await,
        Command::Settings(command) => command.run(&settings).await,
        Command::Openapi => {
            out!("{}", crate::web::api::openapi());
            Ok(())
        }
    }
}

impl Settings {
    fn load(&self, flags: &[(&str, String)]) -> Result<Config> {
        let mut flags = flags.to_vec();
        let given = [("database_url", &self.database_url), ("log", &self.log)];
        for (key, value) in given {
            if let Some(value) = value {
                flags.push((key, value.clone()));
            }
        }
        Ok(Config::load(self.config.as_deref(), &flags)?)
    }

    /// Opens the application for a command that ends; only warnings are
    /// logged, to standard error.
    async fn open(&self, flags: &[(&str, String)]) -> Result<Context> {
        let mut config = self.load(flags)?;
        if self.log.is_none() {
            config.log = QUIET.to_owned();
        }
        start_log(&config);
        Ok(app::open(config).await?)
    }

    /// Opens the application for a command that keeps running.
    async fn open_to_stay(&self, flags: &[(&str, String)]) -> Result<Context> {
        let config = self.load(flags)?;
        start_log(&config);
        Ok(app::open(config).await?)
    }
}

/// The domain that a flag names.
fn sender_domain(text: &str) -> Result<String> {
    address::sender_domain(text).map_err(|_| CliError::Other(format!("{text:?} is no domain")))
}

/// Limits other crates' debug lines to those that the filter names: they hold
/// whole emails, and the passwords of mailboxes.
fn discreet(filter: &str) -> String {
    let parts = filter
        .split(',')
        .map(|part| match part.trim().to_lowercase().as_str() {
            level @ ("debug" | "trace") => format!("info,jarshy={level}"),
            _ => part.to_owned(),
        });
    parts.collect::<Vec<_>>().join(",")
}

/// Logs go to standard error; standard output is for results.
fn start_log(config: &Config) {
    use tracing_subscriber::EnvFilter;
    // The parser of HTML warns of tables that are not well formed, which nobody can change.
    let filter = format!("html5ever=error,{}", discreet(&config.log));
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|error| {
        eprintln!(
            "jarshy: the log filter {:?} is not understood ({error}); using info",
            config.log
        );
        EnvFilter::new("info")
    });
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // Colours only on a terminal.
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        // A log that cannot be written, on a full disk, must stop no task: telling of it would.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    let _ = match config.log_format {
        LogFormat::Json => log.json().try_init(),
        LogFormat::Text => log.with_target(false).try_init(),
    };
    for variable in &config.unknown_variables {
        tracing::warn!(
            variable,
            "this variable means nothing to Jarshy; docs/configuration.md lists those that do"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_is_ours_unless_a_crate_is_named() {
        for (given, expected) in [
            ("info", "info"),
            ("debug", "info,jarshy=debug"),
            ("TRACE", "info,jarshy=trace"),
            ("trace,sqlx=warn", "info,jarshy=trace,sqlx=warn"),
            ("info,async_imap=trace", "info,async_imap=trace"),
            ("jarshy=debug", "jarshy=debug"),
        ] {
            assert_eq!(discreet(given), expected);
        }
    }
}
