//! `jarshy import-listmonk`: lists, people and past campaigns straight from listmonk's database.

use clap::{Args, ValueEnum};

use super::data::check_and_run;
use super::import_posts::{Choices, import};
use super::{CliError, Result, Settings};
use crate::audience::suppression_file;
use crate::context::Context;
use crate::import::mapping::MappingError;
use crate::import::{ImportError, job, listmonk, upload};
use crate::model::audit::Actor;
use crate::model::import::System;
use crate::post_import;
use crate::post_import::listmonk::Campaigns;
use crate::store::listmonk::{Listmonk, ListmonkList};

/// Flags of `jarshy import-listmonk`.
#[derive(Args)]
pub(super) struct ImportListmonk {
    /// listmonk's PostgreSQL database, such as postgres://listmonk@localhost/listmonk; it is only read, and a password can be in PGPASSWORD or ~/.pgpass
    url: String,
    /// Only the list with this name or number; may be repeated
    #[arg(long = "list", value_name = "LIST")]
    lists: Vec<String>,
    /// Ask people who are new and pending by email to confirm, at most 20 a minute; needs --reason
    #[arg(long, conflicts_with = "posts")]
    ask_to_confirm: bool,
    /// How these people asked for it; kept with their consent
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    /// Only check and print what would happen
    #[arg(long)]
    dry_run: bool,
    /// Import campaigns as posts, and no people: those in the public archive, or with --posts=finished all that were sent, of which those that are not in the archive become drafts
    #[arg(long, value_name = "WHICH", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "archive")]
    posts: Option<Posts>,
    #[command(flatten, next_help_heading = "With --posts")]
    choices: Choices,
}

/// Which campaigns become posts.
#[derive(Clone, Copy, ValueEnum)]
enum Posts {
    Archive,
    Finished,
}

impl ImportListmonk {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let by = Actor::CommandLine;
        let mut source = Listmonk::open(&self.url).await.map_err(unreadable)?;
        if let Some(posts) = self.posts {
            return self.import_posts(&cx, &mut source, posts).await;
        }
        if self.ask_to_confirm && self.reason.trim().is_empty() {
            // Before a list is made for them.
            return Err(ImportError::from(MappingError::NoReasonToAsk).into());
        }
        let lists = self.chosen(source.lists().await.map_err(unreadable)?)?;
        for list in &lists {
            out!("{} ({} people)", list.name, list.members);
            self.import(&cx, &by, &mut source, list).await?;
        }
        if self.lists.is_empty() {
            self.suppress(&cx, &by, &mut source).await?;
        }
        Ok(())
    }

    async fn import_posts(&self, cx: &Context, source: &mut Listmonk, posts: Posts) -> Result {
        let which = match posts {
            Posts::Archive => Campaigns::Archived,
            Posts::Finished => Campaigns::Finished,
        };
        let options = self.choices.options();
        let options = post_import::listmonk::with_root_url(source, options).await?;
        let found = post_import::listmonk::read(source, which, cx.clock.now()).await?;
        import(cx, found, &options, self.dry_run).await
    }

    fn chosen(&self, mut all: Vec<ListmonkList>) -> Result<Vec<ListmonkList>> {
        let is = |list: &ListmonkList, wanted: &str| {
            list.name == wanted || list.id.to_string() == wanted
        };
        for wanted in &self.lists {
            if !all.iter().any(|list| is(list, wanted)) {
                let names: Vec<&str> = all.iter().map(|list| list.name.as_str()).collect();
                let names = names.join(", ");
                return Err(CliError::Other(format!(
                    "listmonk has no list {wanted:?}; it has: {names}"
                )));
            }
        }
        all.retain(|list| {
            self.lists.is_empty() || self.lists.iter().any(|wanted| is(list, wanted))
        });
        Ok(all)
    }

    async fn import(
        &self,
        cx: &Context,
        by: &Actor,
        source: &mut Listmonk,
        list: &ListmonkList,
    ) -> Result {
        let (file, counts) = listmonk::members(source, list).await?;
        let known = listmonk::known(cx, list).await?;
        let target = match known {
            Some(known) => known,
            // A check has nothing to hold people against: they would all be new on it.
            None if self.dry_run => {
                out!("dry run: would make the list");
                for (standing, count) in counts {
                    out!("in listmonk as {standing}: {count}");
                }
                return Ok(());
            }
            None => listmonk::make(cx, by, list).await?,
        };
        if counts.is_empty() {
            return Ok(());
        }
        let name = format!("listmonk {}.jsonl", list.name);
        let system = Some(System::Listmonk);
        let id = upload::read(cx, by, &target.slug, &name, file, system).await?;
        let import = job::by_id(cx, id).await?.ok_or(ImportError::Moved)?;
        let mut mapping = job::mapping(&import);
        mapping.asks_to_confirm = self.ask_to_confirm;
        mapping.reason.clone_from(&self.reason);
        check_and_run(cx, by, id, &mapping, self.dry_run).await
    }

    async fn suppress(&self, cx: &Context, by: &Actor, source: &mut Listmonk) -> Result {
        let (file, count) = listmonk::suppressions(source).await?;
        let on_no_list = source.on_no_list().await.map_err(unreadable)?;
        if count > 0 && self.dry_run {
            out!("dry run: would suppress {count} people who are on no list");
        } else if count > 0 {
            let done = suppression_file::import(cx, by, "listmonk", file).await?;
            out!(
                "suppressed {} people who are on no list, already there {}, rejected {}",
                done.added,
                done.known,
                done.rejected.count()
            );
            for (line, reason) in done.rejected.named().iter().take(20) {
                eprintln!("line {line}: {reason}");
            }
        }
        let left_out = on_no_list.saturating_sub_unsigned(count);
        if left_out > 0 {
            out!("left out: {left_out} people who are on no list");
        }
        Ok(())
    }
}

fn unreadable(error: crate::store::StoreError) -> CliError {
    CliError::Other(format!("listmonk's database cannot be read: {error}"))
}
