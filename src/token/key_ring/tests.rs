use proptest::prelude::*;

use super::*;
use crate::clock::Timestamp;

fn ring(seed: &str) -> KeyRing {
    KeyRing::parse(&seed.repeat(40)).unwrap()
}

fn tokens() -> impl Strategy<Value = Token> {
    let id = || any::<i64>();
    prop_oneof![
        (
            id(),
            prop::collection::vec(id(), 0..5),
            0..4_000_000_000_i64
        )
            .prop_map(|(subscriber, lists, seconds)| Token::Confirm {
                subscriber,
                lists,
                issued: Timestamp::from_millis(seconds * 1000),
            }),
        (id(), id()).prop_map(|(subscriber, campaign)| Token::Unsubscribe {
            subscriber,
            campaign
        }),
        id().prop_map(|subscriber| Token::Preferences { subscriber }),
        Just(Token::Sample),
        (id(), id()).prop_map(|(user, at)| Token::SecondStep {
            user,
            at: Timestamp::from_millis(at)
        }),
        (id(), id()).prop_map(|(campaign, number)| Token::Link { campaign, number }),
        id().prop_map(|campaign| Token::Letter { campaign }),
        (id(), id()).prop_map(|(series, number)| Token::SeriesEntry { series, number }),
        (id(), id()).prop_map(|(agreement, campaign)| Token::Reader {
            agreement,
            campaign,
        }),
        id().prop_map(|at| Token::Setup {
            at: Timestamp::from_millis(at)
        }),
        id().prop_map(|at| Token::FormShown {
            at: Timestamp::from_millis(at)
        }),
        (id(), any::<bool>(), id(), prop::collection::vec(id(), 0..5)).prop_map(
            |(subscriber, is_everything, until, lists)| Token::Left {
                subscriber,
                is_everything,
                until: Timestamp::from_millis(until),
                lists,
            }
        ),
        (id(), id(), "[a-z:0-9 ]{0,40}").prop_map(|(subscriber, until, what)| Token::Saved {
            subscriber,
            until: Timestamp::from_millis(until),
            what,
        }),
        (id(), id()).prop_map(|(what, until)| Token::Done {
            what,
            until: Timestamp::from_millis(until)
        }),
        (any::<[u8; 32]>(), id()).prop_map(|(digest, until)| Token::Puzzle {
            digest,
            until: Timestamp::from_millis(until)
        }),
    ]
}

proptest! {
    #[test]
    fn a_signed_token_opens_to_itself(token in tokens()) {
        let ring = ring("k");
        prop_assert_eq!(ring.open(&ring.sign(&token)), Ok(token));
    }

    #[test]
    fn a_token_with_any_byte_changed_is_refused(token in tokens(), at in any::<prop::sample::Index>(), flip in 1..=255_u8) {
        let ring = ring("k");
        let mut bytes = BASE64URL_NOPAD.decode(ring.sign(&token).as_bytes()).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert_eq!(ring.open(&BASE64URL_NOPAD.encode(&bytes)), Err(InvalidToken));
    }

    #[test]
    fn a_token_cut_short_is_refused(token in tokens(), keep in any::<prop::sample::Index>()) {
        let ring = ring("k");
        let text = ring.sign(&token);
        prop_assert_eq!(ring.open(&text[..keep.index(text.len())]), Err(InvalidToken));
    }

    #[test]
    fn whatever_a_stranger_sends_is_refused(text in "\\PC{0,600}") {
        prop_assert_eq!(ring("k").open(&text), Err(InvalidToken));
        prop_assert_eq!(ring("k").open_envelope(&text), Err(InvalidToken));
        prop_assert_eq!(ring("k").open_message_id(&text), Err(InvalidToken));
    }

    #[test]
    fn an_envelope_sender_survives_a_change_of_case(delivery in 0..i64::MAX) {
        let ring = ring("k");
        let local_part = ring.sign_envelope(delivery);
        prop_assert!(local_part.len() <= 64);
        prop_assert_eq!(ring.open_envelope(&local_part.to_uppercase()), Ok(delivery));
    }

    #[test]
    fn a_message_id_names_its_delivery_and_is_no_envelope_sender(delivery in 0..i64::MAX) {
        let ring = ring("k");
        let id = ring.sign_message_id(delivery);
        prop_assert_eq!(ring.open_message_id(&id), Ok(delivery));
        prop_assert_eq!(ring.open_envelope(&id.replacen('m', "b", 1)), Err(InvalidToken));
        let sender = ring.sign_envelope(delivery);
        prop_assert_eq!(ring.open_message_id(&sender.replacen('b', "m", 1)), Err(InvalidToken));
    }
}

#[test]
fn links_outlive_the_key_that_signed_them_until_it_is_dropped() {
    let token = Token::Preferences { subscriber: 7 };
    let old = ring("o").sign(&token);
    let rotated = KeyRing::parse(&format!("{},{}", "n".repeat(40), "o".repeat(40))).unwrap();
    assert_eq!(rotated.open(&old), Ok(token));
    assert_eq!(ring("n").open(&old), Err(InvalidToken));
}

#[test]
fn a_resend_has_the_same_message_id_after_a_new_key() {
    let old = ring("o");
    let rotated = KeyRing::parse(&format!("{},{}", "n".repeat(40), "o".repeat(40))).unwrap();
    assert_eq!(old.sign_message_id(41), rotated.sign_message_id(41));
    assert_eq!(
        ring("n").open_message_id(&old.sign_message_id(41)),
        Err(InvalidToken)
    );
}

#[test]
fn a_encrypted_secret_opens_under_the_ring_alone() {
    let key = Purpose::DkimKey;
    let encrypted = ring("o").encrypt(key, b"private");
    let rotated = KeyRing::parse(&format!("{},{}", "n".repeat(40), "o".repeat(40))).unwrap();
    assert_eq!(rotated.decrypt(key, &encrypted).unwrap(), b"private");
    assert_eq!(ring("n").decrypt(key, &encrypted), Err(InvalidToken));
    assert_eq!(ring("o").decrypt(key, &encrypted[..10]), Err(InvalidToken));
    let other = ring("o").decrypt(Purpose::Webhook, &encrypted);
    assert_eq!(other, Err(InvalidToken), "a secret has one place");
    assert_eq!(ring("o").reencrypt(key, &encrypted), None);
    assert_eq!(ring("o").reencrypt(Purpose::Webhook, &encrypted), None);
}

#[test]
fn weak_keys_are_refused() {
    assert_eq!(KeyRing::parse("").err(), Some(KeyError::Empty));
    assert_eq!(KeyRing::parse("short").err(), Some(KeyError::TooShort));
}
