//! What connections take that are not idle: the delivery that follows the one on the wire,
//! and those that are prepared before their turn.
//!
//! A prepared delivery holds no slot of its domain until its turn comes, so that no slot is
//! idle. Where slots are scarce, because the domain has a limit or slows mail down, none is
//! prepared: the domain keeps its place in the rotation until a connection ends a message.

use std::time::Instant;

use super::purpose::Purpose;
use super::{Next, Queues, ReadyQueue};
use crate::delivery::queued_delivery::QueuedDelivery;

impl ReadyQueue {
    /// A delivery whose envelope may be sent with the end of a message to `domain`; does
    /// not wait. `None` while other connections are idle, or where the reply to that
    /// message may take long. `has_prepared`: the connection has others that could follow.
    pub(in crate::delivery) fn pop_pipelined(
        &self,
        domain: &str,
        has_prepared: bool,
    ) -> Option<QueuedDelivery> {
        let purpose = if has_prepared {
            Purpose::PipelinedFirst(domain)
        } else {
            Purpose::Pipelined(domain)
        };
        self.pop_more(domain, purpose)
    }

    /// A delivery to be prepared while a message to `domain` is sent, without a slot.
    pub(in crate::delivery) fn pop_ahead(&self, domain: &str) -> Option<QueuedDelivery> {
        self.pop_more(domain, Purpose::Ahead)
    }

    fn pop_more(&self, domain: &str, purpose: Purpose<'_>) -> Option<QueuedDelivery> {
        let queues = self.queues();
        if !is_responsive(&queues, domain) || queues.idle > 0 || queues.waiting < self.connections {
            return None;
        }
        match self.find_next(queues, purpose) {
            Next::Ready(item) => Some(*item),
            Next::Wait(_) | Next::Closed => None,
        }
    }

    /// Whether the reply to a message to `domain` can be expected soon.
    pub(in crate::delivery) fn is_responsive(&self, domain: &str) -> bool {
        is_responsive(&self.queues(), domain)
    }

    /// Takes a slot for a delivery to `domain` that was popped [ahead](Self::pop_ahead);
    /// `follows` is the domain of the message that its envelope is sent with. `false` if the
    /// domain takes less mail by now.
    pub(in crate::delivery) fn begin_prepared(&self, domain: &str, follows: Option<&str>) -> bool {
        let now = Instant::now();
        let mut queues = self.queues();
        let throttle = &mut self.domain_queue(&mut queues, domain).throttle;
        let is_pipelined = follows == Some(domain);
        let is_admitted = throttle.admit(now, is_pipelined).is_ok();
        if is_admitted {
            throttle.begin(now, is_pipelined);
        }
        is_admitted
    }
}

fn is_responsive(queues: &Queues, domain: &str) -> bool {
    let domain_queue = queues.by_domain.get(domain);
    domain_queue.is_none_or(|domain_queue| domain_queue.throttle.is_responsive())
}
