//! Rendered pages in memory, kept for a moment.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::HeaderMap;
use parking_lot::Mutex;

use crate::text::locale::Language;

/// How long a page is served from memory. Changes by this process show at once;
/// changes by another process, and the passing of time, show after this.
const MAX_AGE: Duration = Duration::from_secs(1);
/// One page more empties the cache: it fills again within a second.
const MAX_PAGES: usize = 500;
/// Bytes; larger pages are not kept.
const MAX_PAGE_SIZE: usize = 256 * 1024;

/// Pages in memory; cheap to clone.
#[derive(Clone, Default)]
pub struct PageCache(Arc<Mutex<HashMap<PageKey, Arc<CachedPage>>>>);

/// What a page is known by.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// Path and query.
    pub address: String,
    /// The language that it is rendered in.
    pub language: Language,
}

/// A rendered page.
pub struct RenderedPage {
    /// Its headers, with the entity tag.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
    /// Where the time at which its form was shown begins and ends in the body.
    pub shown_mark: Option<(usize, usize)>,
}

/// A page and when it was rendered.
pub struct CachedPage {
    /// The page.
    pub rendered: RenderedPage,
    /// When it was rendered.
    pub at: Instant,
    /// The store's count of commits before it was rendered.
    pub commits: u64,
}

impl PageCache {
    /// A page that is still fresh after `commits` commits.
    pub fn get(&self, key: &PageKey, commits: u64) -> Option<Arc<CachedPage>> {
        let pages = self.0.lock();
        let cached = pages.get(key)?;
        (cached.commits == commits && cached.at.elapsed() < MAX_AGE).then(|| cached.clone())
    }

    /// Keeps a page, unless it is too large.
    pub fn put(&self, key: PageKey, page: Arc<CachedPage>) {
        if page.rendered.body.len() > MAX_PAGE_SIZE {
            return;
        }
        let mut pages = self.0.lock();
        if pages.len() >= MAX_PAGES {
            pages.clear();
        }
        pages.insert(key, page);
    }
}
