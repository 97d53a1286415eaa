//! Comments put together to threads, and these to the blocks that they are on.

use super::anchor::{Block, find};
use crate::store::comments::Comment;

/// A comment with its answers.
#[derive(Debug, Clone)]
pub struct Thread {
    /// The first one.
    pub first: Comment,
    /// In the order in which they were written.
    pub answers: Vec<Comment>,
}

impl Thread {
    /// Every comment of it, in the order in which they were written.
    pub fn all(&self) -> impl Iterator<Item = &Comment> {
        std::iter::once(&self.first).chain(&self.answers)
    }

    /// Whether it is about a block, and not about all of the text.
    pub fn is_on_block(&self) -> bool {
        !self.first.block_digest.is_empty()
    }

    /// Whether it was resolved.
    pub fn is_resolved(&self) -> bool {
        self.first.resolved_at.is_some()
    }
}

/// The threads on a text.
#[derive(Debug, Default)]
pub struct Threads {
    /// On a block that is there: the index of the block, and the thread.
    pub on_blocks: Vec<(usize, Thread)>,
    /// On all of the text.
    pub on_whole: Vec<Thread>,
    /// On a block that says something else now, or is gone.
    pub lost: Vec<Thread>,
}

impl Threads {
    /// Puts comments to the blocks that they are on.
    pub(super) fn new(all: Vec<Comment>, blocks: &[Block]) -> Self {
        let mut threads = Self::default();
        for thread in threads_of(all) {
            let first = &thread.first;
            if !thread.is_on_block() {
                threads.on_whole.push(thread);
                continue;
            }
            let block = find(blocks, &first.language, &first.block_digest, first.block_at);
            let place = block.and_then(|block| blocks.iter().position(|one| one == block));
            match place {
                Some(place) => threads.on_blocks.push((place, thread)),
                None => threads.lost.push(thread),
            }
        }
        threads
    }
}

/// The threads that are not resolved, the newest first.
pub(super) fn open(all: Vec<Comment>) -> Vec<Thread> {
    let mut open = threads_of(all);
    open.retain(|thread| !thread.is_resolved());
    open.reverse();
    open
}

fn threads_of(all: Vec<Comment>) -> Vec<Thread> {
    let (heads, answers): (Vec<Comment>, Vec<Comment>) =
        all.into_iter().partition(|one| one.thread_id.is_none());
    let mut threads: Vec<Thread> = heads
        .into_iter()
        .map(|first| Thread {
            first,
            answers: Vec::new(),
        })
        .collect();
    for answer in answers {
        let mut found = threads.iter_mut();
        let thread = found.find(|thread| Some(thread.first.id) == answer.thread_id);
        if let Some(thread) = thread {
            thread.answers.push(answer);
        }
    }
    threads
}
