//! A reader whose turn it is: what a step needs to be taken, and what may follow it.

use crate::clock::Timestamp;
use crate::context::Context;
use crate::store::series::Series;
use crate::store::series_readers::DueReader;

/// A reader who is held in a transaction.
pub(super) struct Turn<'a> {
    pub cx: &'a Context,
    pub series: &'a Series,
    pub reader: DueReader,
    pub now: Timestamp,
}

/// What follows a step.
pub(super) enum Next {
    /// The step so many further on, at once.
    Further(i64),
    /// The next step, at this time.
    At(Timestamp),
    /// The same step, when the pause of the reader's mail ends: nothing was done.
    AfterPause(Timestamp),
    /// Nothing.
    Nothing,
}
