//! Work that a browser does before a form is taken: nothing to one visitor,
//! and dear to whoever sends thousands.
//!
//! The puzzle has the shape of ALTCHA's: find the number that, behind the salt,
//! has this SHA-256 digest. Nothing is kept of it, since it is signed, and the
//! number of its solution counts once. Whoever has no scripts waits instead.

use std::time::Duration;

use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Web;
use crate::audience::join_rules::JoinRules;
use crate::clock::Timestamp;
use crate::model::list::FormWork;
use crate::token::{KeyRing, Token};

/// A solution is one number of so many: about 50,000 digests to find it, a
/// third of a second on a phone.
const NUMBERS: u32 = 100_000;
/// For so long a puzzle may be solved and its form filled in.
const LIFETIME: Duration = Duration::from_secs(30 * 60);
/// How long whoever has no scripts has to look at the form.
const PATIENCE: Duration = Duration::from_secs(15);
/// For so long the form that they look at is worth something.
const PATIENCE_LIFETIME: Duration = Duration::from_secs(2 * 3600);
/// Octets of a solution in base64; longer ones cost no work.
const SOLUTION_LIMIT: usize = 2_000;
const ALGORITHM: &str = "SHA-256";

/// A puzzle as browsers get it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Puzzle {
    /// `SHA-256`.
    algorithm: &'static str,
    /// The digest of the salt with the number behind it, in hexadecimal.
    challenge: String,
    /// The largest number that it can be.
    maxnumber: u32,
    /// What stands before the number.
    salt: String,
    /// Proof that the puzzle is ours.
    signature: String,
}

/// What a browser sends back: JSON in base64.
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

/// The name of the puzzle that `text` solves; `None` where it solves none.
fn solved(keys: &KeyRing, now: Timestamp, text: &str) -> Option<String> {
    if text.len() > SOLUTION_LIMIT {
        return None;
    }
    let json = BASE64.decode(text.as_bytes()).ok()?;
    let solution: Solution = serde_json::from_slice(&json).ok()?;
    let Ok(Token::Puzzle {
        digest: wanted,
        until,
    }) = keys.open(&solution.signature)
    else {
        return None;
    };
    // The signature covers digest and end, so that what stands between salt and
    // number may be moved without gain.
    let is_right = digest(&solution.salt, solution.number) == wanted && now < until;
    is_right.then(|| HEXLOWER.encode(&wanted))
}

/// Whether forms are taken only with work done, by the site's rules and by how
/// many come.
pub fn is_asked(web: &Web, rules: &JoinRules) -> bool {
    match rules.work() {
        FormWork::Always => true,
        FormWork::UnderLoad => web.gate.is_under_load(web.cx.clock.now()),
        FormWork::Never => false,
    }
}

/// What is still asked of whoever sent a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// To look at the form for so long, and send it again.
    Patience(Duration),
}

/// Whether a form is to be taken, by its solution and when it was shown.
pub fn judge(web: &Web, network: &str, solution: &str, shown: &str) -> Asked {
    if is_solved(web, solution) {
        return Asked::Nothing;
    }
    let Ok(Token::FormShown { at }) = web.cx.keys.open(shown) else {
        return Asked::Patience(PATIENCE);
    };
    let waited = web.cx.clock.now().since(at);
    let is_patient = (PATIENCE..PATIENCE_LIFETIME).contains(&waited);
    match is_patient && web.gate.lets_wait(network) && web.gate.is_first(shown) {
        true => Asked::Nothing,
        false => Asked::Patience(PATIENCE),
    }
}

/// Whether this solves a puzzle of ours, for the first time.
pub fn is_solved(web: &Web, solution: &str) -> bool {
    let puzzle = solved(&web.cx.keys, web.cx.clock.now(), solution);
    puzzle.is_some_and(|puzzle| web.gate.is_first(&puzzle))
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
