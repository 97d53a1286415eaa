//! Rendering of what people write, within bounds and apart from everything else.
//!
//! Markdown, HTML, MJML, style sheets and templates come from people, and the
//! libraries that read them recurse, backtrack and allocate as their input
//! says. Two things keep that from taking the application down:
//!
//! - [`crate::text::bounds`] measures size, depth and work before a library
//!   sees the text, and says what is too much and in which line;
//! - [`run`] does the work on a thread of its own with a large stack, a few at a
//!   time and each for so long, and turns a panic into an error.
//!
//! Every preview, check, start, test mail, archive page and saved post goes
//! through [`run`]. Never knows what is rendered: it takes a closure.
//!
//! Memory: at most [`THREADS`] renderings and [`STUCK_LIMIT`] that outlived
//! their deadline exist at a time, and the bounds keep each below some 100 MB.

use std::sync::LazyLock;
use std::time::Duration;

mod pool;

pub use pool::{Load, RenderError};

use pool::Pool;

/// Renderings at a time: they are short, and the site needs the other cores.
const THREADS: usize = 3;
/// Renderings that may wait for a thread.
const QUEUE: usize = 60;
/// Renderings past their deadline that are still at it. A thread cannot be
/// stopped from outside; with so many of them nothing new is begun.
const STUCK_LIMIT: usize = 3;
/// Address space, of which only what is used is ever memory. The depth that
/// [`crate::text::bounds`] allows needs a fraction of it.
const STACK: usize = 64 * 1024 * 1024;

/// How long a rendering may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// A person waits: previews, pages, saving.
    Interactive,
    /// Nobody waits: starting a campaign, the worker, backfill.
    Background,
}

impl Budget {
    /// From the moment it has a thread.
    fn limit(self) -> Duration {
        Duration::from_secs(match self {
            Budget::Interactive => 10,
            Budget::Background => 30,
        })
    }

    /// Until it has one.
    fn wait_limit(self) -> Duration {
        Duration::from_secs(match self {
            Budget::Interactive => 10,
            Budget::Background => 60,
        })
    }
}

static POOL: LazyLock<Pool> = LazyLock::new(|| Pool::new(THREADS, QUEUE, STUCK_LIMIT, STACK));

/// Does `work` on a rendering thread and waits for its result.
///
/// # Errors
/// [`RenderError`] where it panics, takes too long, or finds no thread.
pub async fn run<T: Send + 'static>(
    budget: Budget,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, RenderError> {
    POOL.run(budget.limit(), budget.wait_limit(), work).await
}

/// What the service is at now.
pub fn load() -> Load {
    POOL.load()
}
