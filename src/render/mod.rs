//! Renders what people write, bounded and isolated from the rest.
//!
//! Markdown, HTML, MJML, style sheets and templates are user input, and the libraries that
//! parse them recurse, backtrack and allocate as the input dictates. Two things keep that from
//! taking the application down:
//!
//! - [`crate::text::bounds`] measures size, depth and work before a library sees the text, and
//!   reports what is too much and in which line;
//! - [`run`] does the work on a thread of its own with a large stack, a few at a time and each
//!   with a deadline, and turns a panic into an error.
//!
//! Every preview, check, start, test email, archive page and saved post goes through [`run`].
//! It does not know what is rendered: it takes a closure.
//!
//! Memory: at most [`THREADS`] renderings and [`STUCK_LIMIT`] past their deadline exist at a
//! time, and the bounds keep each below about 100 MB.

use std::sync::LazyLock;
use std::time::Duration;

mod pool;

pub use pool::{Load, RenderError};

use pool::Pool;

/// Renderings at a time: they are short, and the web server needs the other cores.
const THREADS: usize = 3;
/// Renderings that may wait for a thread.
const QUEUE: usize = 60;
/// Renderings that run past their deadline. A thread cannot be stopped from outside; with so
/// many of them no new one is started.
const STUCK_LIMIT: usize = 3;
/// Address space, of which only the used part is memory. The depth that [`crate::text::bounds`]
/// allows needs a fraction of it.
const STACK: usize = 64 * 1024 * 1024;

/// How long a rendering may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// For interactive requests: previews, pages, saving.
    Interactive,
    /// For background work: starting a campaign, the worker, backfill.
    Background,
}

impl Budget {
    /// Counted from the start of its thread.
    fn limit(self) -> Duration {
        Duration::from_secs(match self {
            Budget::Interactive => 10,
            Budget::Background => 30,
        })
    }

    /// How long it may wait for a thread.
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

pub fn load() -> Load {
    POOL.load()
}
