//! What a relay does at each step.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// A step at which the client waits for the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The connection stands; the greeting is due.
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// The message has begun to arrive; nothing is due. Anything but
    /// [`Act::Answer`] and [`Act::Stall`] ends the session here.
    Body,
    /// The dot has arrived: the answer to the message is due.
    Dot,
}

/// Where a session stands when its script is asked.
pub struct Moment<'a> {
    pub stage: Stage,
    /// Counts the relay's connections from 0.
    pub connection: u64,
    /// Counts the messages of this connection from 0.
    #[allow(dead_code, reason = "for scripts to look at")]
    pub message: u64,
    /// Empty before `RCPT`.
    pub recipient: &'a str,
    /// Sessions that were greeted and are open, without this one.
    #[allow(dead_code, reason = "for scripts to look at")]
    pub others: usize,
}

/// What the relay does.
#[derive(Debug, Clone)]
pub enum Act {
    /// What a good relay does.
    Answer,
    /// Another reply; after `421` or `554` in greeting it hangs up, as RFC 5321
    /// §3.8 has it.
    Reply(&'static str),
    /// The same once the sign is given.
    ReplyAt(CancellationToken, &'static str),
    /// Hangs up without a word. At the dot: the message is not taken.
    Drop,
    /// At the dot: takes the message and hangs up without a word.
    TakeAndDrop,
    /// Waits, then does what a good relay does.
    Stall(Duration),
    /// Says nothing for ever.
    Silence,
    /// Octets that are no SMTP. At the dot the message is taken all the same.
    Garbage,
    /// The first half of the good reply, then hangs up. At the dot the message
    /// is taken all the same.
    HalfReply,
}

/// Decides what the relay does at each moment.
pub type Script = Arc<dyn Fn(&Moment<'_>) -> Act + Send + Sync>;

/// `act` the first `times` that `stage` is met, and good manners else.
pub fn at(
    stage: Stage,
    times: usize,
    act: Act,
) -> impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static {
    let met = AtomicUsize::new(0);
    move |moment| {
        if moment.stage == stage && met.fetch_add(1, Ordering::SeqCst) < times {
            act.clone()
        } else {
            Act::Answer
        }
    }
}

/// `script`, once `stage` has been met `times` in good manners.
pub fn after(
    times: usize,
    stage: Stage,
    script: impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static,
) -> impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static {
    let met = AtomicUsize::new(0);
    move |moment| {
        if moment.stage == stage && met.fetch_add(1, Ordering::SeqCst) < times {
            Act::Answer
        } else {
            script(moment)
        }
    }
}

/// What the relay offers in its answer to EHLO, and how it writes.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    pub pipelining: Pipelining,
    pub starttls: StartTls,
    pub auth: bool,
    /// Replies are written one octet at a time.
    pub single_octets: bool,
    /// `DATA` is answered with 354 though no recipient was taken (RFC 2920
    /// §3.1 allows it): the client must end such a message at once.
    pub eager_data: bool,
    /// What came together with a message is thrown away, against RFC 2920.
    pub forgets_what_follows: bool,
}

impl Default for Offer {
    fn default() -> Self {
        Self {
            pipelining: Pipelining::Yes,
            starttls: StartTls::No,
            auth: false,
            single_octets: false,
            eager_data: false,
            forgets_what_follows: false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pipelining {
    Yes,
    No,
    /// Offered on every other connection.
    Changing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartTls {
    No,
    /// With a certificate that the test's authority signed.
    Good,
    /// With a certificate of nobody known.
    Strange,
}
