//! What a token says, and its bytes. Numbers are LEB128, so that a link stays short.

use crate::clock::Timestamp;

/// A permission that a link carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Confirm pending subscriptions to these lists.
    Confirm {
        /// The subscriber who asked.
        subscriber: i64,
        /// The lists asked for.
        lists: Vec<i64>,
        /// When the link was made.
        issued: Timestamp,
    },
    /// Unsubscribe from the lists of a campaign.
    Unsubscribe {
        /// Who leaves.
        subscriber: i64,
        /// The campaign whose mail held the link.
        campaign: i64,
    },
    /// See and change one's own subscriptions.
    Preferences {
        /// Whose preferences.
        subscriber: i64,
    },
    /// Change a subscriber's address.
    ChangeAddress {
        /// Whose address.
        subscriber: i64,
        /// When the link was made.
        issued: Timestamp,
        /// Identifies the current address: after another change the link is invalid.
        before: [u8; 8],
        /// The address to change to.
        email: String,
    },
    /// Passed the first step of a sign-in; the second is required.
    SecondStep {
        /// Who.
        user: i64,
        /// When the first was shown.
        at: Timestamp,
    },
    /// Follow a link of a campaign that counts them.
    Link {
        /// The campaign.
        campaign: i64,
        /// The link's number in it.
        number: i64,
    },
    /// See that a reader opened a campaign or followed a link of it, which they agreed to.
    Reader {
        /// Their agreement. Another one, after a withdrawal, has another number.
        agreement: i64,
        /// The campaign.
        campaign: i64,
    },
    /// Read a campaign that is not in the public archive.
    Letter {
        /// The campaign.
        campaign: i64,
    },
    /// A link in a test mail: it shows its page and changes nothing.
    Sample,
    /// A puzzle that a browser was asked to solve before a form is taken.
    Puzzle {
        /// The digest that the solution must have.
        digest: [u8; 32],
        /// When it is worth nothing any more.
        until: Timestamp,
    },
    /// Suppress an address. It holds the address itself, since subscribers who
    /// do not confirm are deleted.
    NeverMail {
        /// The address.
        email: String,
    },
    /// See or erase all data about a subscriber, from a link that was just
    /// emailed to them.
    PersonalData {
        /// Whose.
        subscriber: i64,
        /// When it is worth nothing any more.
        until: Timestamp,
    },
    /// See what was left and come back to it, and say why: for a short time after leaving.
    Left {
        /// Who left.
        subscriber: i64,
        /// Whether they want no email at all.
        is_everything: bool,
        /// When it is worth nothing any more.
        until: Timestamp,
        /// The lists that they left.
        lists: Vec<i64>,
    },
    /// Tell a subscriber, on the page of their preferences, what was just saved.
    Saved {
        /// Who.
        subscriber: i64,
        /// When it is worth nothing any more.
        until: Timestamp,
        /// What was saved.
        what: String,
    },
    /// Tell a visitor what was just done for them. It names nobody, since what was done may be
    /// that everything about them was deleted.
    Done {
        /// The number of what was done.
        what: i64,
        /// When it is worth nothing any more.
        until: Timestamp,
    },
    /// Let a subscriber into a series, from another program.
    SeriesEntry {
        /// The series.
        series: i64,
        /// The number of its address: an older one is worth nothing any more.
        number: i64,
    },
    /// Make the first owner of a new installation.
    Setup {
        /// When the address was printed.
        at: Timestamp,
    },
    /// When a form was shown, to distinguish people from scripts.
    FormShown {
        /// The moment the page was made.
        at: Timestamp,
    },
}

/// Not a token of this installation: forged, truncated, or signed with a removed key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the link is not one of ours")]
pub struct InvalidToken;

impl Token {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Token::Confirm {
                subscriber,
                lists,
                issued,
            } => {
                out.push(1);
                write_number(out, *subscriber);
                write_number(out, issued.seconds());
                lists.iter().for_each(|list| write_number(out, *list));
            }
            Token::Unsubscribe {
                subscriber,
                campaign,
            } => {
                out.push(2);
                write_number(out, *subscriber);
                write_number(out, *campaign);
            }
            Token::Preferences { subscriber } => {
                out.push(3);
                write_number(out, *subscriber);
            }
            Token::ChangeAddress {
                subscriber,
                issued,
                before,
                email,
            } => {
                out.push(20);
                write_number(out, *subscriber);
                write_number(out, issued.seconds());
                out.extend_from_slice(before);
                out.extend_from_slice(email.as_bytes());
            }
            Token::Sample => out.push(4),
            Token::FormShown { at } => {
                out.push(5);
                write_number(out, at.millis());
            }
            Token::SeriesEntry { series, number } => {
                out.push(29);
                write_number(out, *series);
                write_number(out, *number);
            }
            Token::Setup { at } => {
                out.push(24);
                write_number(out, at.millis());
            }
            Token::SecondStep { user, at } => {
                out.push(7);
                write_number(out, *user);
                write_number(out, at.millis());
            }
            Token::Link { campaign, number } => {
                out.push(6);
                write_number(out, *campaign);
                write_number(out, *number);
            }
            Token::Reader {
                agreement,
                campaign,
            } => {
                out.push(28);
                write_number(out, *agreement);
                write_number(out, *campaign);
            }
            Token::Letter { campaign } => {
                out.push(23);
                write_number(out, *campaign);
            }
            Token::NeverMail { email } => {
                out.push(21);
                out.extend_from_slice(email.as_bytes());
            }
            Token::PersonalData { subscriber, until } => {
                out.push(22);
                write_number(out, *subscriber);
                write_number(out, until.millis());
            }
            Token::Left {
                subscriber,
                is_everything,
                until,
                lists,
            } => {
                out.push(25);
                write_number(out, *subscriber);
                write_number(out, i64::from(*is_everything));
                write_number(out, until.millis());
                lists.iter().for_each(|list| write_number(out, *list));
            }
            Token::Saved {
                subscriber,
                until,
                what,
            } => {
                out.push(26);
                write_number(out, *subscriber);
                write_number(out, until.millis());
                out.extend_from_slice(what.as_bytes());
            }
            Token::Done { what, until } => {
                out.push(27);
                write_number(out, *what);
                write_number(out, until.millis());
            }
            Token::Puzzle { digest, until } => {
                out.push(8);
                out.extend_from_slice(digest);
                write_number(out, until.millis());
            }
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Token> {
        let (purpose, mut rest) = bytes.split_first()?;
        let rest = &mut rest;
        let token = match purpose {
            1 => {
                let subscriber = read_number(rest)?;
                let issued = Timestamp::from_millis(read_number(rest)?.checked_mul(1000)?);
                let mut lists = Vec::new();
                while !rest.is_empty() {
                    lists.push(read_number(rest)?);
                }
                Token::Confirm {
                    subscriber,
                    lists,
                    issued,
                }
            }
            2 => Token::Unsubscribe {
                subscriber: read_number(rest)?,
                campaign: read_number(rest)?,
            },
            3 => Token::Preferences {
                subscriber: read_number(rest)?,
            },
            20 => {
                let subscriber = read_number(rest)?;
                let issued = Timestamp::from_millis(read_number(rest)?.checked_mul(1000)?);
                let (before, email) = rest.split_first_chunk()?;
                *rest = &[];
                Token::ChangeAddress {
                    subscriber,
                    issued,
                    before: *before,
                    email: std::str::from_utf8(email).ok()?.to_owned(),
                }
            }
            4 => Token::Sample,
            5 => Token::FormShown {
                at: Timestamp::from_millis(read_number(rest)?),
            },
            24 => Token::Setup {
                at: Timestamp::from_millis(read_number(rest)?),
            },
            7 => Token::SecondStep {
                user: read_number(rest)?,
                at: Timestamp::from_millis(read_number(rest)?),
            },
            6 => Token::Link {
                campaign: read_number(rest)?,
                number: read_number(rest)?,
            },
            29 => Token::SeriesEntry {
                series: read_number(rest)?,
                number: read_number(rest)?,
            },
            28 => Token::Reader {
                agreement: read_number(rest)?,
                campaign: read_number(rest)?,
            },
            23 => Token::Letter {
                campaign: read_number(rest)?,
            },
            8 => {
                let (digest, tail) = rest.split_first_chunk()?;
                *rest = tail;
                Token::Puzzle {
                    digest: *digest,
                    until: Timestamp::from_millis(read_number(rest)?),
                }
            }
            21 => {
                let email = String::from_utf8(rest.to_vec()).ok()?;
                *rest = &[];
                Token::NeverMail { email }
            }
            22 => Token::PersonalData {
                subscriber: read_number(rest)?,
                until: Timestamp::from_millis(read_number(rest)?),
            },
            25 => {
                let subscriber = read_number(rest)?;
                let is_everything = read_number(rest)? != 0;
                let until = Timestamp::from_millis(read_number(rest)?);
                let mut lists = Vec::new();
                while !rest.is_empty() {
                    lists.push(read_number(rest)?);
                }
                Token::Left {
                    subscriber,
                    is_everything,
                    until,
                    lists,
                }
            }
            26 => {
                let subscriber = read_number(rest)?;
                let until = Timestamp::from_millis(read_number(rest)?);
                let what = String::from_utf8(rest.to_vec()).ok()?;
                *rest = &[];
                Token::Saved {
                    subscriber,
                    until,
                    what,
                }
            }
            27 => Token::Done {
                what: read_number(rest)?,
                until: Timestamp::from_millis(read_number(rest)?),
            },
            _ => return None,
        };
        rest.is_empty().then_some(token)
    }
}

pub(super) fn write_number(out: &mut Vec<u8>, number: i64) {
    let mut left = number as u64;
    while left >= 0x80 {
        out.push(left as u8 | 0x80);
        left >>= 7;
    }
    out.push(left as u8);
}

pub(super) fn read_number(rest: &mut &[u8]) -> Option<i64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, tail) = rest.split_first()?;
        *rest = tail;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number as i64);
        }
    }
    None
}
