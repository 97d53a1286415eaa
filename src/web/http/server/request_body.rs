//! A request's body whose connection counts as waiting while more of it is
//! awaited.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};

use super::idle_connections::IdleEntry;

/// While the client is awaited for more of the body, its connection may be
/// dropped for a newer one.
pub struct RequestBody {
    body: Incoming,
    entry: Arc<IdleEntry>,
    is_waiting: bool,
}

impl RequestBody {
    pub fn new(body: Incoming, entry: Arc<IdleEntry>) -> Self {
        Self {
            body,
            entry,
            is_waiting: false,
        }
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        if self.is_waiting {
            self.entry.leave();
        }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        match (polled.is_pending(), self.is_waiting) {
            (true, false) => self.entry.wait(),
            (false, true) => self.entry.leave(),
            _ => {}
        }
        self.is_waiting = polled.is_pending();
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
