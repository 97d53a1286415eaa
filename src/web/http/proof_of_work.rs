//! Proof of work before a form is accepted: cheap for one visitor, expensive
//! for thousands of requests.
//!
//! The puzzle has ALTCHA's format: find the number that, appended to the salt,
//! has this SHA-256 digest. The puzzle is signed, so nothing is stored until
//! it is solved; each solution counts once. Visitors without scripts wait a
//! minimum fill time instead.

use std::time::Duration;

use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::audience::join_rules::JoinRules;
use crate::clock::Timestamp;
use crate::model::list::FormWork;
use crate::token::{KeyRing, Token};
use crate::web::state::Web;

/// The solution is one of this many numbers: about 50,000 digests on average,
/// a third of a second on a phone.
const NUMBERS: u32 = 100_000;
/// How long a puzzle stays valid, including the time to fill in the form.
const LIFETIME: Duration = Duration::from_secs(30 * 60);
/// Minimum time between showing and sending the form without scripts.
const MIN_FILL_TIME: Duration = Duration::from_secs(15);
/// Maximum time between showing and sending the form without scripts.
const MAX_FILL_TIME: Duration = Duration::from_secs(2 * 3600);
/// Bytes of a solution in base64; longer ones are not decoded.
const SOLUTION_LIMIT: usize = 2_000;
const ALGORITHM: &str = "SHA-256";

/// A puzzle in ALTCHA's format.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Puzzle {
    /// `SHA-256`.
    algorithm: &'static str,
    /// The SHA-256 digest of salt and number, in hexadecimal.
    challenge: String,
    /// The largest number to try.
    maxnumber: u32,
    /// The text before the number.
    salt: String,
    /// Signature over digest and expiry.
    signature: String,
}

/// A browser's answer: JSON in base64.
#[derive(Debug, Deserialize)]
struct Solution {
    number: u64,
    salt: String,
    signature: String,
}

impl Puzzle {
    /// A new puzzle.
    pub fn new(keys: &KeyRing, now: Timestamp) -> Self {
        let salt = HEXLOWER.encode(&rand::random::<[u8; 12]>());
        let digest = digest(&salt, u64::from(rand::random_range(0..=NUMBERS)));
        let until = now.after(LIFETIME);
        Self {
            algorithm: ALGORITHM,
            challenge: HEXLOWER.encode(&digest),
            maxnumber: NUMBERS,
            salt,
            signature: keys.sign(&Token::Puzzle { digest, until }),
        }
    }
}

fn digest(salt: &str, number: u64) -> [u8; 32] {
    Sha256::digest(format!("{salt}{number}")).into()
}

/// The digest of the puzzle that `text` solves.
fn solved(keys: &KeyRing, now: Timestamp, text: &str) -> Option<String> {
    if text.len() > SOLUTION_LIMIT {
        return None;
    }
    let json = BASE64.decode(text.as_bytes()).ok()?;
    let solution: Solution = serde_json::from_slice(&json).ok()?;
    let Ok(Token::Puzzle {
        digest: expected,
        until,
    }) = keys.open(&solution.signature)
    else {
        return None;
    };
    // The signature covers digest and expiry, so moving digits between salt
    // and number gains nothing.
    let is_right = digest(&solution.salt, solution.number) == expected && now < until;
    is_right.then(|| HEXLOWER.encode(&expected))
}

/// Whether forms need proof of work, by the site's rules and the current load.
pub fn is_required(web: &Web, rules: &JoinRules) -> bool {
    match rules.work() {
        FormWork::Always => true,
        FormWork::UnderLoad => web.limits.is_under_load(web.cx.clock.now()),
        FormWork::Never => false,
    }
}

/// Whether a form is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// It is accepted.
    Accepted,
    /// The form must be shown for this long and sent again.
    TooSoon(Duration),
}

/// Accepts a form by its solution, or by the time since it was shown.
pub fn check(web: &Web, network: &str, solution: &str, shown: &str) -> Acceptance {
    if is_solved(web, solution) {
        return Acceptance::Accepted;
    }
    let Ok(Token::FormShown { at }) = web.cx.keys.open(shown) else {
        return Acceptance::TooSoon(MIN_FILL_TIME);
    };
    let waited = web.cx.clock.now().since(at);
    let is_in_time = (MIN_FILL_TIME..MAX_FILL_TIME).contains(&waited);
    if is_in_time && web.limits.check_unsolved_form(network) && web.limits.first_use(shown) {
        Acceptance::Accepted
    } else {
        Acceptance::TooSoon(MIN_FILL_TIME)
    }
}

/// Whether this solves a puzzle of ours, for the first time.
pub fn is_solved(web: &Web, solution: &str) -> bool {
    let puzzle = solved(&web.cx.keys, web.cx.clock.now(), solution);
    puzzle.is_some_and(|puzzle| web.limits.first_use(&puzzle))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> KeyRing {
        KeyRing::parse(&"k".repeat(40)).unwrap()
    }

    fn number(puzzle: &Puzzle) -> u64 {
        let is_it =
            |number: &u64| HEXLOWER.encode(&digest(&puzzle.salt, *number)) == puzzle.challenge;
        (0..=u64::from(puzzle.maxnumber)).find(is_it).unwrap()
    }

    fn solution(puzzle: &Puzzle, salt: &str, number: u64) -> String {
        let json = serde_json::json!({
            "algorithm": "SHA-256", "challenge": puzzle.challenge, "number": number,
            "salt": salt, "signature": puzzle.signature, "took": 12,
        });
        BASE64.encode(json.to_string().as_bytes())
    }

    #[test]
    fn the_right_number_solves_a_puzzle_for_a_while() {
        let (keys, now) = (keys(), Timestamp::from_millis(1_000_000));
        let puzzle = Puzzle::new(&keys, now);
        let number = number(&puzzle);
        let right = solution(&puzzle, &puzzle.salt, number);
        assert_eq!(solved(&keys, now, &right).as_ref(), Some(&puzzle.challenge));
        assert_eq!(solved(&keys, now.after(LIFETIME), &right), None);
        let wrong = solution(&puzzle, &puzzle.salt, number + 1);
        assert_eq!(solved(&keys, now, &wrong), None);
        let other = KeyRing::parse(&"o".repeat(40)).unwrap();
        assert_eq!(solved(&other, now, &right), None);
    }

    #[test]
    fn one_solution_is_one_whatever_its_spelling() {
        let (keys, now) = (keys(), Timestamp::from_millis(1_000_000));
        let puzzle = Puzzle::new(&keys, now);
        let number = number(&puzzle).to_string();
        // A digit moved from the number to the salt has the same digest.
        if let Some((first, rest)) = number.split_at_checked(1)
            && let Ok(rest) = rest.parse()
        {
            let moved = solution(&puzzle, &format!("{}{first}", puzzle.salt), rest);
            let found = solved(&keys, now, &moved);
            assert!(found.is_none_or(|name| name == puzzle.challenge));
        }
    }

    #[test]
    fn noise_solves_nothing() {
        let now = Timestamp::from_millis(1_000_000);
        for text in ["", "x", "e30=", "bnVsbA==", &"A".repeat(4_000)] {
            assert_eq!(solved(&keys(), now, text), None, "{text}");
        }
    }
}
