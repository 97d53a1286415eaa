//! The deliveries that a worker has taken and is not done with.

use std::collections::HashSet;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::model::DeliveryId;

/// After its clock was set forward a worker claims again what it has claimed before. Whatever it
/// claims, it takes no delivery twice: which of two copies has begun nobody could tell.
#[derive(Clone, Default)]
pub(super) struct TakenDeliveries(Arc<Mutex<HashSet<DeliveryId>>>);

impl TakenDeliveries {
    /// `None` where the delivery is taken already.
    pub(super) fn take(&self, id: DeliveryId) -> Option<Taken> {
        let is_new = self.0.lock().insert(id);
        is_new.then(|| Taken {
            id,
            all: self.clone(),
        })
    }
}

/// A delivery that is taken until this is dropped.
pub(super) struct Taken {
    id: DeliveryId,
    all: TakenDeliveries,
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.all.0.lock().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_taken_once_until_it_is_dropped() {
        let all = TakenDeliveries::default();
        let first = all.take(DeliveryId(1));
        assert!(first.is_some() && all.take(DeliveryId(2)).is_some());
        assert!(all.take(DeliveryId(1)).is_none());
        drop(first);
        assert!(all.take(DeliveryId(1)).is_some());
    }
}
