//! The LMTP and SMTP session of the listener: any bytes, in any pieces.
#![no_main]

use std::sync::Arc;

use jarshy::mail::receive::{Action, Budget, Session};
use libfuzzer_sys::fuzz_target;

fn run(octets: &[u8], piece: usize) -> Vec<Action> {
    let accepts = Arc::new(|to: &str| {
        if to.starts_with('x') {
            Err("550 5.1.1 nobody".to_owned())
        } else {
            Ok(())
        }
    });
    let mut session = Session::new("fuzz.example ESMTP", accepts, Budget::new(usize::MAX / 2));
    let mut actions = Vec::new();
    for piece in octets.chunks(piece) {
        actions.extend(session.feed(piece));
        if actions.last() == Some(&Action::Close) {
            break;
        }
    }
    actions
}

fuzz_target!(|octets: &[u8]| {
    let Some((first, rest)) = octets.split_first() else {
        return;
    };
    let whole = run(rest, rest.len().max(1));
    assert_eq!(
        whole,
        run(rest, usize::from(*first) + 1),
        "pieces do not matter"
    );
    for action in whole {
        if let Action::Message(envelope, message) = action {
            assert!(!envelope.rcpt_to.is_empty());
            assert!(message.is_empty() || message.ends_with(b"\r\n"));
        }
    }
});
