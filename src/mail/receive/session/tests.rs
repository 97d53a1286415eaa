use proptest::prelude::*;

use super::*;

fn session() -> Session {
    let accepts = |to: &str| {
        if to.starts_with("nobody@") {
            Err("550 5.1.1 nobody".to_owned())
        } else {
            Ok(())
        }
    };
    let budget = Budget::new(usize::MAX / 2);
    Session::new(
        "jarshy.localhost ESMTP",
        std::sync::Arc::new(accepts),
        budget,
    )
}

const MAIL: &str = "EHLO c\r\nMAIL FROM:<a@b.kz> SIZE=10\r\nRCPT TO:<c@d.kz>\r\nRCPT TO:<қ@d.kz>\r\nDATA\r\nSubject: x\r\n\r\n..dots\r\n.\r\nQUIT\r\n";

fn codes(actions: &[Action]) -> Vec<String> {
    actions
        .iter()
        .map(|action| match action {
            Action::Reply(line) => line[..3].to_owned(),
            Action::Message(..) => "keep".to_owned(),
            Action::Close => "close".to_owned(),
        })
        .collect()
}

#[test]
fn a_pipelined_session_is_taken_in_one_piece() {
    let actions = session().feed(MAIL.as_bytes());
    assert_eq!(
        codes(&actions),
        ["250", "250", "250", "250", "354", "keep", "221", "close"]
    );
    let stored = Action::Message(
        Envelope {
            mail_from: "a@b.kz".into(),
            rcpt_to: vec!["c@d.kz".into(), "қ@d.kz".into()],
        },
        b"Subject: x\r\n\r\n.dots\r\n".to_vec(),
    );
    assert_eq!(actions[5], stored);
}

#[test]
fn commands_out_of_order_are_refused() {
    for line in ["MAIL FROM:<a@b.kz>\r\n", "RCPT TO:<a@b.kz>\r\n", "DATA\r\n"] {
        assert_eq!(codes(&session().feed(line.as_bytes())), ["503"], "{line}");
    }
    let actions = session().feed(b"EHLO c\r\nMAIL FROM:a@b.kz\r\nFOO\r\n\xff\xfe\r\n");
    assert_eq!(codes(&actions), ["250", "501", "500", "500"]);
}

#[test]
fn a_recipient_that_is_not_taken_is_refused_at_once() {
    let mut session = session();
    let actions = session.feed(b"LHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@d.kz>\r\nDATA\r\n");
    assert_eq!(codes(&actions), ["250", "250", "550", "503"]);
    assert!(session.is_lmtp());
    session.feed(b"EHLO c\r\n");
    assert!(!session.is_lmtp());
}

#[test]
fn a_lone_line_feed_ends_nothing() {
    let mut session = session();
    session.feed(b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<c@d.kz>\r\nDATA\r\n");
    assert!(
        session
            .feed(b"a\n.\nMAIL FROM:<x@y.kz>\r\n.\nb\r\n")
            .is_empty()
    );
    assert_eq!(codes(&session.feed(b".\r\n")), ["keep"]);
}

#[test]
fn what_is_too_large_is_refused_and_not_kept() {
    let mut session = session();
    let announced = format!("EHLO c\r\nMAIL FROM:<a@b.kz> SIZE={}\r\n", SIZE_LIMIT + 1);
    assert_eq!(codes(&session.feed(announced.as_bytes())), ["250", "552"]);
    let endless = vec![b'a'; LINE_LIMIT + 2];
    assert_eq!(codes(&session.feed(&endless)), ["500", "close"]);
}

const OPENING: &[u8] = b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<c@d.kz>\r\nDATA\r\n";

fn stored(actions: &[Action]) -> &[u8] {
    match actions {
        [Action::Message(_, message)] => message,
        other => panic!("{:?}", codes(other)),
    }
}

#[test]
fn a_line_of_any_length_is_broken_and_ends_nothing() {
    let mut session = session();
    session.feed(OPENING);
    let endless = vec![b'a'; 2 * 1024 * 1024];
    for piece in endless.chunks(4096) {
        assert!(session.feed(piece).is_empty());
        assert!(session.line.len() <= TEXT_LIMIT + 2);
    }
    // A dot at the start of a piece is text, and so is a dot alone in it.
    session.feed(b"\r\n");
    let dots = [vec![b'.'; TEXT_LIMIT + 1], vec![b'.'; TEXT_LIMIT + 2]].concat();
    session.feed(&[dots.as_slice(), b"\r\n"].concat());
    let actions = session.feed(b".\r\n");
    let lines: Vec<&[u8]> = stored(&actions).split(|b| *b == b'\n').collect();
    assert!(lines.iter().all(|line| line.len() <= TEXT_LIMIT + 1));
    let letters = stored(&actions).iter().filter(|b| **b == b'a').count();
    assert_eq!(letters, endless.len());
    let received = stored(&actions).iter().filter(|b| **b == b'.').count();
    assert_eq!(received, dots.len() - 1, "one was added for transparency");
}

#[test]
fn sessions_together_hold_no_more_than_their_budget() {
    let budget = Budget::new(10_000);
    let accepts: Accepts = std::sync::Arc::new(|_: &str| Ok(()));
    let mut sessions = [0, 1].map(|_| Session::new("j", accepts.clone(), budget.clone()));
    for session in &mut sessions {
        session.feed(OPENING);
    }
    let line = [vec![b'a'; 98].as_slice(), b"\r\n"].concat();
    sessions[0].feed(&line.repeat(60));
    assert!(sessions[1].feed(&line.repeat(60)).is_empty());
    assert_eq!(
        codes(&sessions[1].feed(b".\r\n")),
        ["452"],
        "while the other holds it"
    );
    assert_eq!(stored(&sessions[0].feed(b".\r\n")).len(), 6000);
    sessions[0].release();
    sessions[1].feed(&OPENING[8..]);
    sessions[1].feed(&line.repeat(60));
    assert_eq!(stored(&sessions[1].feed(b".\r\n")).len(), 6000);
    drop(sessions);
    assert_eq!(budget.0.load(Relaxed), 10_000);
}

#[test]
fn a_session_of_nothing_but_errors_ends() {
    let mut session = session();
    let actions = session.feed(&b"FOO\r\n".repeat(ERROR_LIMIT + 10));
    assert_eq!(actions.len(), ERROR_LIMIT + 2);
    assert_eq!(actions.last(), Some(&Action::Close));
}

proptest! {
    #[test]
    fn the_pieces_a_session_comes_in_do_not_matter(cuts in prop::collection::vec(0..MAIL.len(), 0..12)) {
        let mut cuts = cuts;
        cuts.extend([0, MAIL.len()]);
        cuts.sort_unstable();
        let mut piecemeal = session();
        let mut actions = Vec::new();
        for pair in cuts.windows(2) {
            actions.extend(piecemeal.feed(&MAIL.as_bytes()[pair[0]..pair[1]]));
        }
        prop_assert_eq!(actions, session().feed(MAIL.as_bytes()));
    }

    #[test]
    fn no_octets_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        session().feed(&bytes);
    }
}
