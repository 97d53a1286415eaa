use super::*;

fn ledger() -> (Ledger, mpsc::UnboundedReceiver<Entry>) {
    let (entries, receiver) = mpsc::unbounded_channel();
    let ledger = Ledger {
        entries,
        leased: LeasedSlices::default(),
        group_commit: Arc::default(),
    };
    (ledger, receiver)
}

fn given_back(receiver: &mut mpsc::UnboundedReceiver<Entry>) -> Vec<i64> {
    let entries = std::iter::from_fn(|| receiver.try_recv().ok());
    let ids = entries.filter_map(|entry| match entry {
        Entry::GiveBack(id) => Some(id),
        _ => None,
    });
    ids.collect()
}

/// The answer to the begin that comes next.
fn answer(receiver: &mut mpsc::UnboundedReceiver<Entry>, is_granted: bool) {
    match receiver.try_recv() {
        Ok(Entry::Begin(_, answer)) => answer.send(is_granted).unwrap(),
        _ => panic!("nothing begins"),
    }
}

#[tokio::test]
async fn what_has_begun_and_is_dropped_is_given_back_unless_it_may_be_sent() {
    let (ledger, mut receiver) = ledger();
    let now = Timestamp::from_millis(1);
    drop(ledger.begin(1, now));
    assert_eq!(given_back(&mut receiver), [1], "not granted yet");

    let mut granted = ledger.begin(2, now);
    answer(&mut receiver, true);
    assert!(granted.granted().await);
    drop(granted);
    assert_eq!(given_back(&mut receiver), [2]);

    let mut refused = ledger.begin(3, now);
    assert!(!refused.is_refused(), "not known yet");
    answer(&mut receiver, false);
    assert!(refused.is_refused());
    assert!(!refused.granted().await);
    drop(refused);
    assert!(given_back(&mut receiver).is_empty());

    let mut sent = ledger.begin(4, now);
    answer(&mut receiver, true);
    assert!(!sent.is_refused());
    assert!(sent.granted().await);
    sent.may_be_sent();
    assert!(given_back(&mut receiver).is_empty());
}

#[test]
fn a_delivery_that_begins_again_waits_for_the_commit_that_gives_it_back() {
    let (ledger, mut receiver) = ledger();
    let now = Timestamp::from_millis(1);
    let grants = [ledger.begin(1, now), ledger.begin(2, now)];
    drop(grants);
    let again = [ledger.begin(3, now), ledger.begin(2, now)];
    let mut entries: VecDeque<Entry> = std::iter::from_fn(|| receiver.try_recv().ok()).collect();
    let first = Pending::take(&mut entries);
    assert_eq!(first.batch.begins, [1, 2, 3]);
    assert_eq!(first.given_back, [1, 2]);
    let second = Pending::take(&mut entries);
    assert_eq!(second.batch.begins, [2]);
    assert!(second.given_back.is_empty() && entries.is_empty());
    drop(again);
}
