//! Importing the posts of a file, or finding out what that would do.

use std::collections::HashSet;

use super::balance::{Balance, Sample, clipped};
use super::found::{Body, Found, FoundPost};
use super::options::Options;
use super::pictures::Fetcher;
use super::prepare::{Preparer, Ready, shown_title};
use super::{PostImportError, Result};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::content::imported_post;
use crate::content::{ContentError, site};
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::Slug;
use crate::model::post_import::PostSystem;
use crate::store::post_origins::PostOrigin;

/// How a run is made.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Whether nothing is written.
    pub is_dry: bool,
    /// When it began: posts that were imported since are its own, from before a restart.
    pub since: Timestamp,
}

/// Called with the number of posts that are done.
pub type Progress<'a> = &'a mut (dyn FnMut(usize) + Send);

/// Imports posts, or finds out what that would do. The admin pages, the API and the command
/// line all come here.
///
/// # Errors
/// [`PostImportError::Store`] where the database fails; the posts before that are imported,
/// and are known the next time. What is wrong with a post is in the balance.
pub async fn run(
    cx: &Context,
    by: &Actor,
    found: Found,
    options: &Options,
    run: Run,
    progress: Progress<'_>,
) -> Result<Balance> {
    let mut importer = Importer::new(cx, by, options, run, found.system).await?;
    for (kind, count) in &found.passed_over {
        *importer.balance.skipped.entry(kind.clone()).or_default() += count;
        importer.balance.found += count;
    }
    // Those at the end of a file are the newest in some systems, the oldest in others: slugs
    // go to the oldest first.
    let mut posts = found.posts;
    posts.sort_by_key(|post| {
        post.published_at
            .unwrap_or(Timestamp::from_millis(i64::MAX))
    });
    for (number, post) in posts.into_iter().enumerate() {
        importer.balance.found += 1;
        importer.import(post).await?;
        progress(number + 1);
    }
    if !run.is_dry {
        importer.record().await?;
    }
    Ok(importer.balance)
}

struct Importer<'a> {
    cx: &'a Context,
    by: &'a Actor,
    options: &'a Options,
    run: Run,
    balance: Balance,
    preparer: Preparer<'a>,
    /// Slugs that a dry run would give, and ids that it has met.
    slugs: HashSet<String>,
    ids: HashSet<String>,
    fetcher: Option<Fetcher>,
}

impl<'a> Importer<'a> {
    async fn new(
        cx: &'a Context,
        by: &'a Actor,
        options: &'a Options,
        run: Run,
        system: PostSystem,
    ) -> Result<Self> {
        let config = cx.config();
        let language = match options.language {
            Some(language) => config.site_languages().check(language)?,
            None => config.language,
        };
        let fetcher = if options.pictures && !run.is_dry {
            Some(Fetcher::new(&options.reachable)?)
        } else {
            None
        };
        Ok(Self {
            cx,
            by,
            options,
            run,
            balance: Balance::new(system),
            preparer: Preparer {
                system,
                options,
                language,
                site_name: site::load(cx).await?.name(language).to_owned(),
                now: cx.clock.now(),
            },
            slugs: HashSet::new(),
            ids: HashSet::new(),
            fetcher,
        })
    }

    /// Imports a post; what is wrong with it goes into the balance.
    async fn import(&mut self, post: FoundPost) -> Result<()> {
        let title = shown_title(&post);
        if post.is_page && !self.options.pages {
            self.balance.skip("page");
            return Ok(());
        }
        let is_empty = post.title.trim().is_empty() && post.body.size() == 0;
        if is_empty && !matches!(post.body, Body::Unreadable(_)) {
            self.balance.skip("empty draft");
            return Ok(());
        }
        let id: String = post.id.trim().chars().take(200).collect();
        if id.is_empty() {
            self.fail(&title, "the file gives no id of it");
            return Ok(());
        }
        if !self.ids.insert(id.clone()) {
            self.balance.skip("twice in the file");
            return Ok(());
        }
        let origin = imported_post::origin(self.cx, self.balance.system, &id).await?;
        if let Some(origin) = &origin
            && self.is_settled(origin).await?
        {
            return Ok(());
        }
        let ready = match self.preparer.ready(post, id).await {
            Ok(ready) => ready,
            Err(PostImportError::Store(error)) => return Err(error.into()),
            Err(error) => {
                self.fail(&title, &error.to_string());
                return Ok(());
            }
        };
        match self.write(&title, ready, origin).await {
            Err(PostImportError::Store(error)) => Err(error.into()),
            Err(error) => {
                self.fail(&title, &error.to_string());
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    fn fail(&mut self, title: &str, reason: &str) {
        self.balance.failed += 1;
        self.balance.note(title, reason);
    }

    /// Counts a post that was imported before, if it stays as it is.
    async fn is_settled(&mut self, origin: &PostOrigin) -> Result<bool> {
        // Of this run, before the process was restarted.
        if !self.run.is_dry && origin.imported_at >= self.run.since {
            let found = crate::content::post::by_id(self.cx, origin.post_id).await?;
            if found.is_some_and(|full| full.post.published_at.is_some()) {
                self.balance.published += 1
            } else {
                self.balance.drafts += 1
            }
            return Ok(true);
        }
        if !self.run.is_dry && self.options.update && origin.written_at >= self.run.since {
            self.balance.updated += 1;
            return Ok(true);
        }
        let is_edited = imported_post::is_edited(self.cx, origin).await?;
        if self.options.update && !is_edited {
            return Ok(false);
        }
        self.balance.known += 1;
        if is_edited {
            self.balance.edited += 1;
        }
        Ok(true)
    }

    async fn write(
        &mut self,
        title: &str,
        mut ready: Ready,
        origin: Option<PostOrigin>,
    ) -> Result<()> {
        if let Some(fetcher) = &mut self.fetcher {
            let pictures = &ready.converted.pictures;
            let fetched = fetcher.fetch(self.cx, self.by, pictures).await?;
            let mut markdown = ready.post.body_markdown.clone();
            for (address, failure) in &fetched.failed {
                self.balance.picture_failed(address, failure);
            }
            // The longer first: one may be the start of another.
            let mut found = fetched.found;
            found.sort_by_key(|(address, _)| std::cmp::Reverse(address.len()));
            for (address, path) in found {
                if markdown.contains(&address) {
                    markdown = markdown.replace(&address, &path);
                    self.balance.pictures.fetched += 1;
                } else {
                    let reason = "it was fetched, but its address could not be replaced";
                    self.balance.picture_failed(&address, reason);
                }
            }
            ready.post.body_markdown = markdown;
        }
        let slug = match &origin {
            Some(origin) => self.update(&ready, origin).await?,
            None => self.create(&ready).await?,
        };
        if let Some(slug) = slug {
            self.count(title, &ready, slug);
        }
        Ok(())
    }

    /// Replaces a post; nothing where its text is the same.
    async fn update(&mut self, ready: &Ready, origin: &PostOrigin) -> Result<Option<String>> {
        let found = crate::content::post::by_id(self.cx, origin.post_id).await?;
        let slug = found.as_ref().map(|full| full.post.slug.to_string());
        let changes = match (self.run.is_dry, &found) {
            (true, Some(full)) => imported_post::changes(full, &ready.post)?,
            (true, None) => return Err(ContentError::Overtaken.into()),
            (false, _) => imported_post::update(self.cx, self.by, origin, &ready.post).await?,
        };
        if changes {
            self.balance.updated += 1
        } else {
            self.balance.known += 1
        }
        Ok(slug.filter(|_| changes))
    }

    async fn create(&mut self, ready: &Ready) -> Result<Option<String>> {
        let slug = if self.run.is_dry {
            self.free_slug(&ready.post.slug).await?
        } else {
            let id = imported_post::create(self.cx, self.by, &ready.post).await?;
            let made = crate::content::post::by_id(self.cx, id).await?;
            made.map_or_else(
                || ready.post.slug.to_string(),
                |full| full.post.slug.to_string(),
            )
        };
        match ready.post.published_at {
            Some(_) => self.balance.published += 1,
            None => self.balance.drafts += 1,
        }
        Ok(Some(slug))
    }

    /// The slug that a post would get.
    async fn free_slug(&mut self, wanted: &Slug) -> Result<String> {
        for number in 1..10_000 {
            let slug = wanted.numbered(number);
            let is_ours = self.slugs.contains(slug.as_str());
            if !is_ours && imported_post::is_free(self.cx, &slug).await? {
                self.slugs.insert(slug.to_string());
                return Ok(slug.to_string());
            }
        }
        Err(ContentError::Exists("a post with this slug").into())
    }

    fn count(&mut self, title: &str, ready: &Ready, slug: String) {
        let balance = &mut self.balance;
        balance.tags_dropped += ready.converted.tags;
        balance.unknown_cards += ready.converted.unknown_cards;
        balance.pictures.inline += ready.converted.inline_pictures;
        for address in &ready.converted.pictures {
            balance.picture(address);
        }
        if let Some(reason) = ready.reason {
            balance.draft_because(reason);
            balance.note(title, format!("draft: it {}", reason.label()));
        }
        if ready.converted.unknown_cards > 0 {
            let what = match ready.converted.unknown_cards {
                1 => "one part of it is of a kind that is not known; its words are kept".to_owned(),
                count => {
                    format!(
                        "{count} parts of it are of kinds that are not known; their words are kept"
                    )
                }
            };
            balance.note(title, what);
        }
        let post = &ready.post;
        balance.sample(|| Sample {
            title: post.title.to_string(),
            slug,
            category: post.category.to_string(),
            published_at: post.published_at,
            text: clipped(&post.body_markdown, 400),
        });
    }

    async fn record(&self) -> Result<()> {
        let balance = &self.balance;
        let subject = format!(
            "{}: {} drafts, {} published, {} updated",
            balance.system, balance.drafts, balance.published, balance.updated
        );
        let now = self.cx.clock.now();
        let mut db = self.cx.store.write().await?;
        audit::record(&mut db, self.by, AuditAction::PostImportRun, subject, now).await?;
        db.commit().await?;
        Ok(())
    }
}
