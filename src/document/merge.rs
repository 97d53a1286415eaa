//! Three versions of a text become one: what only one side changed is taken from that side, and
//! where both changed the same, a person chooses.
//!
//! The unit is the block of Markdown or the line of a design; other fields are merged whole. The
//! decisions are remembered by what they are about ([`Clash::key`]), so that a form can bring
//! them along without any state on the server.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::compare::{Step, steps};
use super::pieces::Notation;
use crate::text::locale::Language;

/// Bytes of a key: enough among the clashes of one form.
const KEY: usize = 8;

/// Which version a person chose where both sides changed the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What is being saved.
    Mine,
    /// What was saved meanwhile.
    Theirs,
    /// Theirs, and mine after it; of blocks only.
    Both,
}

impl Choice {
    /// As a form sends it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "mine" => Some(Self::Mine),
            "theirs" => Some(Self::Theirs),
            "both" => Some(Self::Both),
            _ => None,
        }
    }
}

/// A field of a post or campaign, and the language that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its name in the form, such as `title`.
    pub field: &'static str,
    /// `None` for what all languages share.
    pub language: Option<Language>,
}

impl Place {
    /// A field that all languages share.
    pub const fn shared(field: &'static str) -> Self {
        Self {
            field,
            language: None,
        }
    }

    /// A field of one language.
    pub const fn of(field: &'static str, language: Language) -> Self {
        Self {
            field,
            language: Some(language),
        }
    }
}

/// Where both sides changed the same, each in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Where.
    pub place: Place,
    /// How its texts are written; `None` for a value that is chosen whole.
    pub notation: Option<Notation>,
    /// Names the decision: a digest of the place and the three versions.
    pub key: String,
    /// Before both.
    pub base: String,
    /// `None` where it was removed.
    pub mine: Option<String>,
    /// `None` where it was removed.
    pub theirs: Option<String>,
}

/// What was taken from the others without a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Where.
    pub place: Place,
    /// How many blocks or lines of it; 0 for a whole value.
    pub pieces: usize,
}

/// A merge under way: the decisions that were made, and what it finds.
pub struct Merging<'c> {
    choice: &'c dyn Fn(&str) -> Option<Choice>,
    /// What was taken from the others.
    pub taken: Vec<Taken>,
    /// What nobody has decided yet; mine stands there until then.
    pub clashes: Vec<Clash>,
}

impl<'c> Merging<'c> {
    /// `choice` gives the decision of a key, if there is one.
    pub fn new(choice: &'c dyn Fn(&str) -> Option<Choice>) -> Self {
        Self {
            choice,
            taken: Vec::new(),
            clashes: Vec::new(),
        }
    }

    /// Merges a value that is taken whole; `shown` is how a person reads it.
    pub fn value<T: Clone + PartialEq>(
        &mut self,
        place: Place,
        [base, mine, theirs]: [&T; 3],
        shown: impl Fn(&T) -> String,
    ) -> T {
        if mine == theirs || theirs == base {
            return mine.clone();
        }
        if mine == base {
            self.taken.push(Taken { place, pieces: 0 });
            return theirs.clone();
        }
        let clash = Clash::new(
            place,
            None,
            shown(base),
            Some(shown(mine)),
            Some(shown(theirs)),
        );
        match self.decided(clash) {
            Choice::Theirs => theirs.clone(),
            Choice::Mine | Choice::Both => mine.clone(),
        }
    }

    /// Merges a text, piece by piece.
    pub fn text(&mut self, place: Place, notation: Notation, versions: [&str; 3]) -> String {
        let [base, mine, theirs] = versions;
        if mine == theirs || theirs == base {
            return mine.to_owned();
        }
        let [base_pieces, mine_pieces, theirs_pieces] = versions.map(|text| notation.split(text));
        if base_pieces == theirs_pieces {
            return mine.to_owned();
        }
        let (mut out, mut pieces) = (Vec::new(), 0);
        let sides = [
            Side::of(&base_pieces, &mine_pieces),
            Side::of(&base_pieces, &theirs_pieces),
        ];
        let [mine_side, theirs_side] = sides;
        for at in 0..=base_pieces.len() {
            let (own, other) = (&mine_side.added[at], &theirs_side.added[at]);
            pieces += other.iter().filter(|piece| !own.contains(piece)).count();
            out.extend(other.iter().cloned());
            out.extend(own.iter().filter(|piece| !other.contains(piece)).cloned());
            let Some(base) = base_pieces.get(at) else {
                break;
            };
            let (own, other) = (&mine_side.fate[at], &theirs_side.fate[at]);
            let is_kept = |fate: &Option<String>| fate.as_ref() == Some(base);
            if own == other || is_kept(other) {
                out.extend(own.clone());
            } else if is_kept(own) {
                pieces += 1;
                out.extend(other.clone());
            } else {
                let (base, notation) = (base.clone(), Some(notation));
                let clash = Clash::new(place, notation, base, own.clone(), other.clone());
                let choice = self.decided(clash);
                if choice != Choice::Mine {
                    out.extend(other.clone());
                }
                if choice != Choice::Theirs {
                    out.extend(own.clone());
                }
            }
        }
        if pieces > 0 {
            self.taken.push(Taken { place, pieces });
        }
        // As it was typed, where nothing of it changes.
        if out == mine_pieces {
            mine.to_owned()
        } else if out == theirs_pieces {
            theirs.to_owned()
        } else {
            notation.join(&out)
        }
    }

    fn decided(&mut self, clash: Clash) -> Choice {
        (self.choice)(&clash.key).unwrap_or_else(|| {
            self.clashes.push(clash);
            Choice::Mine
        })
    }
}

impl Clash {
    fn new(
        place: Place,
        notation: Option<Notation>,
        base: String,
        mine: Option<String>,
        theirs: Option<String>,
    ) -> Self {
        let language = place.language.map_or("", Language::tag);
        let parts = [
            Some(place.field),
            Some(language),
            Some(&base),
            mine.as_deref(),
            theirs.as_deref(),
        ];
        let mut hasher = Sha256::new();
        for part in parts {
            let length = part.map_or(u64::MAX, |part| part.len() as u64);
            hasher.update(length.to_be_bytes());
            hasher.update(part.unwrap_or_default());
        }
        let key = HEXLOWER.encode(&hasher.finalize()[..KEY]);
        Self {
            place,
            notation,
            key,
            base,
            mine,
            theirs,
        }
    }
}

/// What one side made of the base.
struct Side {
    /// What became of each piece; `None` where it was removed.
    fate: Vec<Option<String>>,
    /// What was added in front of each piece, and behind the last one.
    added: Vec<Vec<String>>,
}

impl Side {
    fn of(base: &[String], version: &[String]) -> Self {
        let mut side = Self {
            fate: base.iter().cloned().map(Some).collect(),
            added: vec![Vec::new(); base.len() + 1],
        };
        let mut next = 0;
        for step in steps(base, version) {
            match step {
                Step::Same { old, .. } => next = old + 1,
                Step::Changed { old, new } => {
                    side.fate[old] = Some(version[new].clone());
                    next = old + 1;
                }
                Step::Removed { old } => {
                    side.fate[old] = None;
                    next = old + 1;
                }
                Step::Added { new } => side.added[next].push(version[new].clone()),
            }
        }
        side
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: Place = Place::shared("body");

    fn merged(versions: [&str; 3], choice: Option<Choice>) -> (String, usize, usize) {
        let choose = move |_: &str| choice;
        let mut merging = Merging::new(&choose);
        let text = merging.text(BODY, Notation::Markdown, versions);
        let pieces = merging.taken.iter().map(|taken| taken.pieces).sum();
        (text, pieces, merging.clashes.len())
    }

    const BASE: &str = "# Title\n\nFirst one.\n\nSecond one.\n\nThird one.\n";

    #[test]
    fn changes_of_different_blocks_come_together() {
        let mine = BASE.replace("First one", "First one, longer");
        let theirs = BASE.replace("Second one", "Second one, changed") + "\nA fourth.\n";
        let both =
            "# Title\n\nFirst one, longer.\n\nSecond one, changed.\n\nThird one.\n\nA fourth.\n";
        assert_eq!(
            merged([BASE, &mine, &theirs], None),
            (both.to_owned(), 2, 0)
        );
        let removed = BASE.replace("\nThird one.\n", "");
        let left = "# Title\n\nFirst one, longer.\n\nSecond one.\n";
        assert_eq!(
            merged([BASE, &mine, &removed], None),
            (left.to_owned(), 1, 0)
        );
    }

    #[test]
    fn the_same_block_changed_by_both_asks() {
        let mine = BASE.replace("First one", "First of mine");
        let theirs = BASE.replace("First one", "First of theirs");
        let versions = [BASE, mine.as_str(), theirs.as_str()];
        assert_eq!(merged(versions, None), (mine.clone(), 0, 1));
        assert_eq!(
            merged(versions, Some(Choice::Theirs)),
            (theirs.clone(), 0, 0)
        );
        let (both, ..) = merged(versions, Some(Choice::Both));
        assert_eq!(
            both,
            "# Title\n\nFirst of theirs.\n\nFirst of mine.\n\nSecond one.\n\nThird one.\n"
        );
    }

    #[test]
    fn removing_what_another_changed_asks() {
        let mine = BASE.replace("\nFirst one.\n", "");
        let theirs = BASE.replace("First one", "First one of theirs");
        let (text, _, clashes) = merged([BASE, &mine, &theirs], None);
        assert_eq!((text, clashes), (mine.clone(), 1));
        let (text, ..) = merged([BASE, &mine, &theirs], Some(Choice::Theirs));
        assert_eq!(text, theirs);
    }

    #[test]
    fn both_may_add_at_the_same_place() {
        let (mine, theirs) = (format!("{BASE}\nMine.\n"), format!("{BASE}\nTheirs.\n"));
        let (text, pieces, clashes) = merged([BASE, &mine, &theirs], None);
        assert_eq!(text, format!("{BASE}\nTheirs.\n\nMine.\n"));
        assert_eq!((pieces, clashes), (1, 0));
    }

    #[test]
    fn a_key_names_one_decision() {
        let never = |_: &str| None;
        let mut merging = Merging::new(&never);
        let value = |merging: &mut Merging<'_>, mine: &str| {
            let versions = ["a", mine, "c"].map(str::to_owned);
            let [base, mine, theirs] = &versions;
            merging.value(Place::shared("title"), [base, mine, theirs], Clone::clone)
        };
        assert_eq!(value(&mut merging, "a"), "c");
        assert_eq!(merging.taken.len(), 1);
        assert_eq!(value(&mut merging, "b"), "b");
        assert_eq!(value(&mut merging, "d"), "d");
        let keys: Vec<_> = merging.clashes.iter().map(|clash| &clash.key).collect();
        assert!(keys.len() == 2 && keys[0] != keys[1]);
    }
}
