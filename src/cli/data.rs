//! `jarshy import` and `jarshy export`.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, stderr, stdout};
use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use strum::VariantArray as _;

use super::{CliError, Result, Settings};
use crate::audience::export::{self, Format};
use crate::context::Context;
use crate::import::balance::Balance;
use crate::import::confirmations::PER_MINUTE;
use crate::import::field::Field;
use crate::import::mapping::Mapping;
use crate::import::{ImportError, job, upload, worker};
use crate::model::ImportId;
use crate::model::audit::Actor;
use crate::model::import::{Existing, ImportState, Kept, Outcome, Standing, System};
use crate::model::list::ListSlug;
use crate::store::imports::Import as StoredImport;

/// Rows with a note that are listed.
const LISTED: i64 = 20;

/// Flags of `jarshy import`.
#[derive(Args)]
pub(super) struct Import {
    /// A table (CSV, XLSX, ODS, JSON Lines, vCards) or config.pck of Mailman 2.1, perhaps gzipped, or a ZIP archive of several
    file: PathBuf,
    /// The list to import into
    #[arg(long, value_name = "SLUG")]
    list: ListSlug,
    /// What a column means: email, name, first_name, last_name, language, tags, frequency, paused_until, state, suppressed, lists, created_at, consented_at, consented_from, consent_source, changed_at, unsubscribed_at, bounced_at, attributes, attribute:NAME or ignore; columns that are not recognised become attributes
    #[arg(long = "column", value_name = "FIELD=COLUMN")]
    columns: Vec<String>,
    /// Whose file it is, such as mailchimp or listmonk; recognised if not given
    #[arg(long, value_name = "SYSTEM")]
    system: Option<System>,
    /// How people are taken where the file does not say something stronger: confirmed, pending, unsubscribed, left_all, blocked, bounced or complained
    #[arg(long = "as", value_name = "STANDING", default_value = "confirmed")]
    standing: Standing,
    /// What is done with the details of people who are known: update, keep or replace
    #[arg(long, value_name = "CHOICE", default_value = "update")]
    existing: Existing,
    /// Subscribe people again who are gone: left, blocked, bounced, complained or erased; needs --reason
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    resubscribe: Vec<Kept>,
    /// Ask people who are new and pending by email to confirm, at most 20 a minute; needs --reason
    #[arg(long)]
    ask_to_confirm: bool,
    /// How these people asked for it; kept with their consent
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    /// Only check the file and print what would happen
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let by = Actor::CommandLine;
        let file = File::open(&self.file)
            .map_err(|error| CliError::Other(format!("{}: {error}", self.file.display())))?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let id = upload::read(&cx, &by, &self.list, &name, file, self.system).await?;
        let import = job::by_id(&cx, id).await?.ok_or(ImportError::Moved)?;
        let mapping = match self.mapping(job::mapping(&import)) {
            Ok(mapping) => mapping,
            Err(error) => {
                job::cancel(&cx, &by, id).await?;
                return Err(error);
            }
        };
        if mapping.system != System::Other {
            eprintln!("a file of {}", mapping.system.label());
        }
        check_and_run(&cx, &by, id, &mapping, self.dry_run).await
    }

    /// What the file suggests, with what the flags say.
    fn mapping(&self, mut mapping: Mapping) -> Result<Mapping> {
        for pair in &self.columns {
            let Some((field, column)) = pair.split_once('=') else {
                return Err(CliError::Other(format!(
                    "--column {pair}: write FIELD=COLUMN, such as email=Address"
                )));
            };
            let field: Field = field
                .parse()
                .map_err(|error| CliError::Other(format!("--column {pair}: {error}")))?;
            mapping.set(column, field);
        }
        mapping.standing = self.standing;
        mapping.existing = self.existing;
        mapping.resubscribe.clone_from(&self.resubscribe);
        mapping.asks_to_confirm = self.ask_to_confirm;
        mapping.reason.clone_from(&self.reason);
        Ok(mapping)
    }
}

/// Checks an uploaded import, runs it unless that is all, and prints its balance.
pub(super) async fn check_and_run(
    cx: &Context,
    by: &Actor,
    id: ImportId,
    mapping: &Mapping,
    dry_run: bool,
) -> Result {
    let ended = run_steps(cx, by, id, mapping, dry_run).await;
    if dry_run || ended.is_err() {
        // Nothing waits for anybody to go on with it.
        let import = job::by_id(cx, id).await?;
        if import.is_some_and(|import| !import.state.is_over()) {
            job::cancel(cx, by, id).await?;
        }
    }
    ended
}

async fn run_steps(
    cx: &Context,
    by: &Actor,
    id: ImportId,
    mapping: &Mapping,
    dry_run: bool,
) -> Result {
    job::check(cx, by, id, mapping, false).await?;
    let bar = bar();
    let follow = |import: &StoredImport| bar.set_position(import.rows_done.unsigned_abs());
    let mut import = worker::complete(cx, id, follow).await?;
    if !dry_run && import.state == ImportState::Checked {
        job::start(cx, by, id).await?;
        import = worker::complete(cx, id, follow).await?;
    }
    bar.finish_and_clear();
    if import.state == ImportState::Failed {
        return Err(CliError::Other(import.failure));
    }
    let balance = job::balance(&import);
    out!("{}", summary(&balance, dry_run));
    if !dry_run {
        eprintln!("for a week, `jarshy undo-import {id}` undoes this");
    }
    for (_, note) in job::notes(cx, id, None, 0, LISTED).await? {
        eprintln!("line {}: {}", note.line, note.reason);
    }
    let noted = balance.rejected + balance.kept() + balance.total(Outcome::Resubscribed);
    if noted > LISTED {
        eprintln!("… and {} more", noted - LISTED);
    }
    Ok(())
}

/// Flags of `jarshy undo-import`.
#[derive(Args)]
pub(super) struct UndoImport {
    /// The number that the import printed
    id: ImportId,
}

impl UndoImport {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        job::undo(&cx, &Actor::CommandLine, self.id).await?;
        let bar = bar();
        let import = worker::complete(&cx, self.id, |import| {
            bar.set_position(import.rows_done.unsigned_abs());
        });
        let import = import.await?;
        bar.finish_and_clear();
        out!("undid the changes of {} people", import.rows_done);
        Ok(())
    }
}

/// The balance in one line, and a line for each standing but the plain one.
fn summary(balance: &Balance, is_dry_run: bool) -> String {
    let total = |outcome| balance.total(outcome);
    let known = total(Outcome::Changed) + total(Outcome::Untouched);
    let mut text = format!(
        "{}added {}, already there {known}, rejected {}",
        if is_dry_run { "dry run: " } else { "" },
        total(Outcome::Added),
        balance.rejected,
    );
    let kept = [
        (Outcome::Left, "left and stay unsubscribed"),
        (Outcome::Blocked, "blocked and stay so"),
        (Outcome::Bounced, "bounced and stay suppressed"),
        (Outcome::Complained, "complained and stay suppressed"),
        (Outcome::Erased, "erased and not stored again"),
        (Outcome::Resubscribed, "subscribed again on purpose"),
    ];
    for (outcome, what) in kept {
        if total(outcome) > 0 {
            text.push_str(&format!("\n{}: {}", what, total(outcome)));
        }
    }
    for standing in Standing::VARIANTS {
        let count = balance.in_file(*standing);
        if *standing != Standing::Confirmed && count > 0 {
            text.push_str(&format!("\nin the file as {standing}: {count}"));
        }
    }
    if balance.asked > 0 {
        text.push_str(&format!(
            "\nasked by email to confirm, at most {PER_MINUTE} a minute: {}",
            balance.asked
        ));
    }
    if balance.unasked() > 0 {
        text.push_str(&format!(
            "\nnew and not asked to confirm, deleted if they do not do so in time: {}",
            balance.unasked()
        ));
    }
    if balance.other_languages > 0 {
        text.push_str(&format!(
            "\nwith another language than those offered: {}",
            balance.other_languages
        ));
    }
    text
}

/// A progress bar on a terminal, nothing elsewhere.
pub(super) fn bar() -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {human_pos} rows, {per_sec}, {elapsed}");
    ProgressBar::new_spinner()
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// Flags of `jarshy export`.
#[derive(Args)]
pub(super) struct Export {
    /// The list
    #[arg(long, value_name = "SLUG")]
    list: ListSlug,
    /// The format
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
}

impl Export {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let bar = bar();
        let out = BufWriter::new(stdout().lock());
        export::export(&cx, &self.list, self.format, out, |n| bar.set_position(n)).await?;
        bar.finish_and_clear();
        Ok(())
    }
}
