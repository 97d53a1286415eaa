//! `config.pck` of Mailman 2.1: a pickle of all settings of a mailing list, its members
//! among them.

use std::collections::HashMap;
use std::io::Read;

use encoding_rs::{EUC_JP, EUC_KR, Encoding, ISO_8859_2, ISO_8859_7, KOI8_R, WINDOWS_1252};

use super::pickle::{Id, Pickle, Value};
use super::{ROW_LIMIT, ReadError, Reopen, Visitor};

/// The most bytes of a pickle, which is held in memory.
const SIZE_LIMIT: u64 = 48 * 1024 * 1024;
/// The columns, by the names that Mailman 3 has for them.
const COLUMNS: [&str; 6] = [
    "email",
    "display_name",
    "language",
    "delivery_mode",
    "delivery_status",
    "delivery_status_at",
];

/// Whether a file begins as a pickle of a dictionary, in one of the protocols 0 to 2.
pub(super) fn is_pickle(start: &[u8]) -> bool {
    let starts = [
        &b"\x80\x02"[..],
        b"\x80\x01",
        b"}q\x00",
        b"}q\x01",
        b"(dp0\n",
        b"(dp1\n",
    ];
    starts.iter().any(|one| start.starts_with(one))
}

pub(super) fn read(
    file: &mut dyn Reopen,
    name: &str,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    let mut bytes = Vec::new();
    let read = file.reopen()?.take(SIZE_LIMIT + 1).read_to_end(&mut bytes);
    read.map_err(ReadError::from_io)?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(ReadError::TooLarge { limit: SIZE_LIMIT });
    }
    let pickle = Pickle::parse(&bytes);
    let pickle = pickle.map_err(|error| ReadError::Pickle(error.to_string()))?;
    drop(bytes);
    let config = Config::of(&pickle).ok_or(ReadError::OtherFormat {
        what: "a Python pickle, and no config.pck of Mailman 2.1",
    })?;
    visitor.table(name, &COLUMNS.map(str::to_owned))?;
    let mut line = 0;
    for (members, mode) in [("members", "regular"), ("digest_members", "mime_digests")] {
        for &(key, shown) in pickle.pairs(config.get(members)) {
            line += 1;
            let cells = config.member(key, shown, mode);
            match cells {
                Some(cells) if cells.iter().map(String::len).sum::<usize>() > ROW_LIMIT => {
                    visitor.unreadable(line, "the member's texts are longer than 64 KiB")?;
                }
                Some(cells) => visitor.row(line, cells)?,
                None => visitor.unreadable(line, "the member's address is no text")?,
            }
        }
    }
    for &banned in pickle.items(config.get("ban_list")) {
        line += 1;
        let address = config.text(banned);
        if address.is_empty() || address.len() > ROW_LIMIT {
            visitor.unreadable(line, "an entry of the ban list is no address")?;
        } else if address.starts_with('^') {
            let shown: String = address.chars().take(100).collect();
            let reason = format!("the ban list has a pattern, which cannot be imported: {shown}");
            visitor.unreadable(line, &reason)?;
        } else {
            let banned = [&address, "", "", "", "banned", ""];
            visitor.row(line, banned.map(str::to_owned).to_vec())?;
        }
    }
    Ok(())
}

/// The settings that are read, and what they hold of each address.
struct Config<'a> {
    pickle: &'a Pickle,
    settings: HashMap<&'a [u8], Id>,
    /// That of byte strings which are not UTF-8.
    charset: &'static Encoding,
    names: HashMap<&'a [u8], Id>,
    languages: HashMap<&'a [u8], Id>,
    statuses: HashMap<&'a [u8], Id>,
    /// The language of those who have chosen none.
    language: String,
}

impl<'a> Config<'a> {
    /// `None` for a pickle of something else.
    fn of(pickle: &'a Pickle) -> Option<Self> {
        let settings = by_key(pickle, pickle.root);
        let setting = |name: &str| settings.get(name.as_bytes()).copied();
        let is_dict = |id| matches!(pickle.value(id), Value::Dict(_));
        setting("members").filter(|id| is_dict(*id))?;
        setting("digest_members").or_else(|| setting("user_options"))?;
        let table = |name| setting(name).map_or_else(HashMap::new, |id| by_key(pickle, id));
        let language = setting("preferred_language").and_then(|id| pickle.text(id));
        let language = String::from_utf8_lossy(language.unwrap_or_default()).into_owned();
        Some(Self {
            charset: charset(&language),
            names: table("usernames"),
            languages: table("language"),
            statuses: table("delivery_status"),
            language,
            pickle,
            settings,
        })
    }

    /// A setting; the number of nothing where there is none.
    fn get(&self, name: &str) -> Id {
        let id = self.settings.get(name.as_bytes());
        id.copied().unwrap_or(Id::MAX)
    }

    fn text(&self, id: Id) -> String {
        let bytes = self.pickle.text(id).unwrap_or_default();
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => self.charset.decode(bytes).0.into_owned(),
        };
        text.trim().to_owned()
    }

    /// The row of a member. `key` is the address in lower case; `shown` is 0, or the address
    /// as it was typed.
    fn member(&self, key: Id, shown: Id, mode: &str) -> Option<Vec<String>> {
        let bytes = self.pickle.text(key)?;
        let (address, typed) = (self.text(key), self.text(shown));
        let address = if typed.to_lowercase() == address.to_lowercase() {
            typed
        } else {
            address
        };
        let of = |table: &HashMap<&[u8], Id>| table.get(bytes).map(|id| self.text(*id));
        let language = of(&self.languages).filter(|language| !language.is_empty());
        let language = language.unwrap_or_else(|| self.language.clone());
        let (status, at) = self.status(bytes);
        Some(vec![
            address,
            of(&self.names).unwrap_or_default(),
            language.replace('_', "-"),
            mode.to_owned(),
            status.to_owned(),
            at,
        ])
    }

    /// Whether mail goes to a member, and since when.
    fn status(&self, member: &[u8]) -> (&'static str, String) {
        let Some(id) = self.statuses.get(member) else {
            return ("enabled", String::new());
        };
        let (code, at) = match self.pickle.items(*id) {
            [code, at, ..] => (self.number(*code), self.number(*at)),
            _ => (self.number(*id), None),
        };
        let status = match code {
            Some(0.0) => "enabled",
            Some(2.0) => "by_user",
            Some(3.0) => "by_moderator",
            Some(4.0) => "by_bounces",
            _ => "unknown",
        };
        // A time of today or before it, in whole seconds.
        let at = at.filter(|at| (1e8..1e11).contains(at));
        (status, at.map_or_else(String::new, |at| format!("{at:.0}")))
    }

    fn number(&self, id: Id) -> Option<f64> {
        match self.pickle.value(id) {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// A dictionary by the bytes of its keys.
fn by_key(pickle: &Pickle, id: Id) -> HashMap<&[u8], Id> {
    let pairs = pickle.pairs(id).iter();
    let texts = pairs.filter_map(|(key, value)| Some((pickle.text(*key)?, *value)));
    texts.collect()
}

/// The charset that Mailman 2.1 has for a language, where it is not UTF-8.
fn charset(language: &str) -> &'static Encoding {
    match language.get(..2).unwrap_or_default() {
        "ru" => KOI8_R,
        "cs" | "hr" | "hu" | "pl" | "sk" | "sl" => ISO_8859_2,
        "el" => ISO_8859_7,
        "ja" => EUC_JP,
        "ko" => EUC_KR,
        _ => WINDOWS_1252,
    }
}
