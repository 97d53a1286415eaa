//! `jarshy import-posts`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::data::bar;
use super::{CliError, Result, Settings};
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::post_import::{DraftReason, PostSystem, PublishAs};
use crate::post_import::options::{Publish, former_url};
use crate::post_import::run::{self, Run};
use crate::post_import::{Balance, Found, Options, PostImportError, SIZE_LIMIT, read};
use crate::text::line::Title;
use crate::text::locale::Language;

/// Problems and pictures that are listed.
const LISTED: usize = 20;

/// Flags of `jarshy import-posts`.
#[derive(Args)]
pub(super) struct ImportPosts {
    /// The JSON export of Ghost, the ZIP archive of Substack, the ZIP archive or JSON of emails of Buttondown, or the table of posts of beehiiv
    file: PathBuf,
    /// Whose file it is: ghost, substack, buttondown or beehiiv; recognised if not given
    #[arg(long, value_name = "SYSTEM")]
    system: Option<PostSystem>,
    /// Only check the file and print what would happen
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    choices: Choices,
}

/// Flags that imports of posts share.
#[derive(Args)]
pub(super) struct Choices {
    /// Which posts are on the site: original (those that everybody could read before) or drafts (none)
    #[arg(long = "as", value_name = "CHOICE", default_value = "original")]
    publish: PublishAs,
    /// Publish posts, too, that not everybody could read: those for members or for those who paid, and those that were only emailed
    #[arg(long)]
    publish_restricted: bool,
    /// Replace posts that were imported before and not edited since
    #[arg(long)]
    update: bool,
    /// Import pages as posts, too
    #[arg(long)]
    pages: bool,
    /// Fetch pictures into the media of the site; without it they stay links
    #[arg(long)]
    pictures: bool,
    /// The language of the posts; the site's if not given
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<Language>,
    /// The category of all posts; the first tag of each if not given
    #[arg(long, value_name = "CATEGORY", value_parser = title)]
    category: Option<Title>,
    /// The byline of all posts; that of the file if not given
    #[arg(long, value_name = "AUTHOR", value_parser = title)]
    author: Option<Title>,
    /// Where the former site was, such as https://blog.example.org: for addresses that the file has without a host
    #[arg(long, value_name = "URL", value_parser = site)]
    former_url: Option<url::Url>,
}

fn title(text: &str) -> std::result::Result<Title, String> {
    Title::parse(text).map_err(|error| error.to_string())
}

fn site(text: &str) -> std::result::Result<url::Url, String> {
    former_url(text).map_err(|error| error.to_string())
}

impl Choices {
    pub(super) fn options(&self) -> Options {
        Options {
            publish: Publish(self.publish),
            publish_restricted: self.publish_restricted,
            update: self.update,
            pages: self.pages,
            pictures: self.pictures,
            language: self.language,
            category: self.category.clone(),
            author: self.author.clone(),
            former_url: self.former_url.clone(),
            reachable: Vec::new(),
        }
    }
}

impl ImportPosts {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let at = |error| CliError::Other(format!("{}: {error}", self.file.display()));
        let size = std::fs::metadata(&self.file).map_err(at)?.len();
        if size > SIZE_LIMIT as u64 {
            return Err(PostImportError::TooLarge.into());
        }
        let content = std::fs::read(&self.file).map_err(at)?;
        let (_, found) = read::read(content, self.system, cx.clock.now()).await?;
        import(&cx, found, &self.choices.options(), self.dry_run).await
    }
}

/// Imports posts and prints what that came to.
pub(super) async fn import(
    cx: &Context,
    found: Found,
    options: &Options,
    is_dry_run: bool,
) -> Result {
    eprintln!("posts of {}", found.system.label());
    let run = Run {
        is_dry: is_dry_run,
        since: cx.clock.now(),
    };
    let bar = bar();
    let mut progress = |done: usize| bar.set_position(done as u64);
    let by = Actor::CommandLine;
    let balance = run::run(cx, &by, found, options, run, &mut progress).await;
    bar.finish_and_clear();
    let balance = balance?;
    out!("{}", summary(&balance, is_dry_run));
    for problem in balance.problems.iter().take(LISTED) {
        eprintln!("{}: {}", problem.title, problem.reason);
    }
    if balance.problems.len() > LISTED {
        eprintln!("… and {} more", balance.problems.len() - LISTED);
    }
    for failure in balance.pictures.failures.iter().take(LISTED) {
        eprintln!("{}: {}", failure.address, failure.reason);
    }
    Ok(())
}

fn summary(balance: &Balance, is_dry_run: bool) -> String {
    let mut text = format!(
        "{}found {}: {} published, {} drafts, {} updated, {} imported before, {} passed over, {} failed",
        if is_dry_run { "dry run: " } else { "" },
        balance.found,
        balance.published,
        balance.drafts,
        balance.updated,
        balance.known,
        balance.skipped.values().sum::<u64>(),
        balance.failed,
    );
    let mut line = |what: &str, count: u64| {
        if count > 0 {
            text.push_str(&format!("\n{what}: {count}"));
        }
    };
    for (what, count) in &balance.skipped {
        line(&format!("passed over, {what}"), *count);
    }
    for (reason, count) in &balance.drafts_because {
        let reason = reason.parse::<DraftReason>();
        let label = reason.map_or("", DraftReason::label);
        line(&format!("draft, since it {label}"), *count);
    }
    line("edited here since, so not replaced", balance.edited);
    line("tags of templates left out", balance.tags_dropped);
    line("parts of an unknown kind, as text", balance.unknown_cards);
    let pictures = &balance.pictures;
    line("pictures", pictures.found);
    for (host, count) in sorted(&pictures.hosts) {
        line(&format!("pictures at {host}"), count);
    }
    line(
        "pictures without a host (give --former-url)",
        pictures.without_host,
    );
    line("pictures within the text, left out", pictures.inline);
    line("pictures fetched", pictures.fetched);
    line("pictures that could not be fetched", pictures.failed);
    text
}

/// The most pictures first.
fn sorted(hosts: &BTreeMap<String, u64>) -> Vec<(&str, u64)> {
    let mut sorted: Vec<(&str, u64)> = hosts
        .iter()
        .map(|(host, count)| (host.as_str(), *count))
        .collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sorted
}
