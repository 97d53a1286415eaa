//! Files that an email carries: their names, their kinds and how many there may be.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How many files an email carries at most.
pub const MOST: usize = 10;
/// Characters of a name; each may become twelve of a header's.
const LENGTH: usize = 100;

/// Why a file cannot have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Empty, or nothing but an ending.
    #[error("the name of an attached file must not be empty")]
    Missing,
    /// Longer than allowed.
    #[error("the name of an attached file has at most {LENGTH} characters")]
    TooLong,
    /// A character that systems forbid in names, or that hides what the name is: a line break
    /// would begin a header, and U+202E shows `exe.fdp` as `pdf.exe`.
    #[error(
        "the name of an attached file cannot have control characters or any of / \\ : * ? \" < > |"
    )]
    Character,
}

/// The name under which recipients get a file, in any script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AttachmentName(String);

impl AttachmentName {
    /// Trims and checks a name.
    ///
    /// # Errors
    /// [`NameError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let text = text.trim_matches(' ');
        if text.trim_start_matches('.').is_empty() {
            return Err(NameError::Missing);
        }
        if text.chars().count() > LENGTH {
            return Err(NameError::TooLong);
        }
        if text.chars().any(is_forbidden) {
            return Err(NameError::Character);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name of a file of the media library, whose names may be longer.
    ///
    /// # Errors
    /// [`NameError`], as [`AttachmentName::parse`].
    pub fn of_library(file_name: &str) -> Result<Self, NameError> {
        let start: String = file_name.chars().take(LENGTH).collect();
        Ok(Self::parse(&start)?.with_ending_of(file_name))
    }

    /// The name with the ending of a file of the media library: systems open a file by its ending.
    #[must_use]
    pub fn with_ending_of(self, file_name: &str) -> Self {
        let (_, ending) = file_name.rsplit_once('.').unwrap_or((file_name, "txt"));
        self.with_ending(ending)
    }

    /// The name with this ending, which is added where another one, or none, is given.
    fn with_ending(self, ending: &str) -> Self {
        let own = self.ending();
        if own == ending || (own.as_str(), ending) == ("jpeg", "jpg") {
            return self;
        }
        let room = LENGTH.saturating_sub(ending.chars().count() + 1);
        let stem: String = self.0.chars().take(room).collect();
        Self(format!("{stem}.{ending}"))
    }

    /// What stands behind its last dot, in small letters; empty where there is none.
    pub fn ending(&self) -> String {
        match self.0.rsplit_once('.') {
            Some((_, ending)) => ending.to_lowercase(),
            None => String::new(),
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

impl TryFrom<String> for AttachmentName {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::parse(&text)
    }
}

impl FromStr for AttachmentName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text)
    }
}

impl From<AttachmentName> for String {
    fn from(name: AttachmentName) -> String {
        name.0
    }
}

impl fmt::Display for AttachmentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a file that a program gives cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KindError {
    /// Its ending is not among [`KINDS`].
    #[error(
        "files that end in {0:?} cannot be attached; pdf, txt, csv, ics, vcf, docx, xlsx, pptx, odt, ods, odp, jpg, png, gif, webp, avif, mp3, m4a, ogg, wav and pkpass can"
    )]
    Ending(String),
    /// It holds something else than its ending says.
    #[error("{0} does not hold what its ending says")]
    Content(AttachmentName),
    /// The given media type is another.
    #[error("{name} is {is}, not {given}")]
    MediaType {
        /// The file.
        name: AttachmentName,
        /// The media type of its ending.
        is: &'static str,
        /// What was given.
        given: String,
    },
    /// A document with a program in it.
    #[error("{0} holds macros, which mail servers refuse")]
    Macros(AttachmentName),
}

/// What files of an ending are, and how they begin.
struct Kind {
    ending: &'static str,
    media_type: &'static str,
    starts: Starts,
}

/// How the files of a kind begin.
enum Starts {
    With(&'static [u8]),
    /// These octets, at this offset.
    At(usize, &'static [u8]),
    /// One of several.
    Any(&'static [&'static [u8]]),
    /// UTF-8 without NUL.
    Text,
    /// A ZIP archive.
    Zip,
}

const fn kind(ending: &'static str, media_type: &'static str, starts: Starts) -> Kind {
    Kind {
        ending,
        media_type,
        starts,
    }
}

/// What can be attached: nothing that runs, has scripts or macros in it, or that a browser would
/// show as a page. All else is refused, as mailbox providers do with much of it.
const KINDS: [Kind; 22] = [
    kind("pdf", "application/pdf", Starts::With(b"%PDF-")),
    kind("txt", "text/plain", Starts::Text),
    kind("csv", "text/csv", Starts::Text),
    kind("ics", "text/calendar", Starts::With(b"BEGIN:VCALENDAR")),
    kind("vcf", "text/vcard", Starts::With(b"BEGIN:VCARD")),
    kind(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Starts::Zip,
    ),
    kind(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Starts::Zip,
    ),
    kind(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Starts::Zip,
    ),
    kind(
        "odt",
        "application/vnd.oasis.opendocument.text",
        Starts::Zip,
    ),
    kind(
        "ods",
        "application/vnd.oasis.opendocument.spreadsheet",
        Starts::Zip,
    ),
    kind(
        "odp",
        "application/vnd.oasis.opendocument.presentation",
        Starts::Zip,
    ),
    kind("jpg", "image/jpeg", Starts::With(b"\xff\xd8\xff")),
    kind("jpeg", "image/jpeg", Starts::With(b"\xff\xd8\xff")),
    kind("png", "image/png", Starts::With(b"\x89PNG\r\n\x1a\n")),
    kind("gif", "image/gif", Starts::Any(&[b"GIF87a", b"GIF89a"])),
    kind("webp", "image/webp", Starts::At(8, b"WEBP")),
    kind("avif", "image/avif", Starts::At(4, b"ftypavif")),
    kind(
        "mp3",
        "audio/mpeg",
        Starts::Any(&[b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2"]),
    ),
    kind("m4a", "audio/mp4", Starts::At(4, b"ftyp")),
    kind("ogg", "audio/ogg", Starts::With(b"OggS")),
    kind("wav", "audio/wav", Starts::At(8, b"WAVE")),
    kind("pkpass", "application/vnd.apple.pkpass", Starts::Zip),
];

/// The media type of a file that a program gives, by its ending and its content. `given` is the
/// media type that the program says it has.
///
/// # Errors
/// [`KindError`] says why it cannot be sent.
pub fn media_type(
    name: &AttachmentName,
    given: Option<&str>,
    content: &[u8],
) -> Result<&'static str, KindError> {
    let ending = name.ending();
    let kind = KINDS.iter().find(|kind| kind.ending == ending);
    let kind = kind.ok_or(KindError::Ending(ending))?;
    let given = given.and_then(|given| given.split(';').next());
    let given = given.map(|given| given.trim().to_ascii_lowercase());
    if let Some(given) = given.filter(|given| {
        !given.is_empty() && given != "application/octet-stream" && given != kind.media_type
    }) {
        return Err(KindError::MediaType {
            name: name.clone(),
            is: kind.media_type,
            given: given.chars().take(100).collect(),
        });
    }
    if !kind.starts.fits(content) {
        return Err(KindError::Content(name.clone()));
    }
    // The names of a ZIP archive's files stand in it uncompressed.
    let has = |what: &[u8]| content.windows(what.len()).any(|found| found == what);
    if matches!(kind.starts, Starts::Zip) && (has(b"vbaProject") || has(b"Basic/script-lc.xml")) {
        return Err(KindError::Macros(name.clone()));
    }
    Ok(kind.media_type)
}

impl Starts {
    fn fits(&self, content: &[u8]) -> bool {
        match self {
            Self::With(start) => content.starts_with(start),
            Self::At(offset, start) => content
                .get(*offset..)
                .is_some_and(|rest| rest.starts_with(start)),
            Self::Any(starts) => starts.iter().any(|start| content.starts_with(start)),
            Self::Zip => content.starts_with(b"PK\x03\x04"),
            Self::Text => is_text(content),
        }
    }
}

/// Whether a file is plain text in UTF-8, and nothing that a browser could take for a page.
pub fn is_text(content: &[u8]) -> bool {
    std::str::from_utf8(content)
        .is_ok_and(|text| !text.contains('\0') && !text.trim_start().starts_with('<'))
}

/// Octets of a file in an email: base64 in lines of 76 characters (RFC 2045 §6.8).
pub fn encoded_size(size: u64) -> u64 {
    let characters = size.div_ceil(3) * 4;
    characters + characters.div_ceil(76) * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> AttachmentName {
        AttachmentName::parse(text).unwrap()
    }

    #[test]
    fn names_are_in_any_script_and_say_what_the_file_is() {
        let given = name(" Бағдарлама ");
        assert_eq!(given.with_ending("pdf").as_str(), "Бағдарлама.pdf");
        assert_eq!(name("Plan.PDF").with_ending("pdf").as_str(), "Plan.PDF");
        assert_eq!(name("run.exe").with_ending("pdf").as_str(), "run.exe.pdf");
        assert_eq!(name("a.jpeg").with_ending("jpg").as_str(), "a.jpeg");
        let long = name(&"ж".repeat(100)).with_ending("pdf");
        assert_eq!(long.as_str().chars().count(), 100);
        let library = format!("{}.pdf", "a".repeat(200));
        let short = AttachmentName::of_library(&library).unwrap();
        assert_eq!(short.as_str(), format!("{}.pdf", "a".repeat(96)));
        for (text, error) in [
            ("", NameError::Missing),
            ("..", NameError::Missing),
            ("a/b.pdf", NameError::Character),
            ("a\r\nBcc: b", NameError::Character),
            ("a\u{202e}fdp.exe", NameError::Character),
            (&"a".repeat(101), NameError::TooLong),
        ] {
            assert_eq!(AttachmentName::parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn only_files_that_cannot_do_harm_are_sent() {
        let of = |text: &str, given, content: &[u8]| media_type(&name(text), given, content);
        assert_eq!(of("a.PDF", None, b"%PDF-1.7"), Ok("application/pdf"));
        let csv = Some("text/csv; charset=utf-8");
        assert_eq!(of("a.csv", csv, b"a,b"), Ok("text/csv"));
        for ending in [
            "exe", "js", "html", "svg", "docm", "xlsm", "bat", "zip", "doc",
        ] {
            let refused = of(&format!("a.{ending}"), None, b"MZ");
            assert_eq!(refused, Err(KindError::Ending(ending.to_owned())));
        }
        assert_eq!(
            of("a.pdf", None, b"MZ"),
            Err(KindError::Content(name("a.pdf")))
        );
        assert!(of("a.txt", None, b" <svg onload=x>").is_err());
        let html = of("a.pdf", Some("text/html"), b"%PDF-");
        assert!(matches!(html, Err(KindError::MediaType { .. })));
        let macros = of("a.docx", None, b"PK\x03\x04..word/vbaProject.bin");
        assert_eq!(macros, Err(KindError::Macros(name("a.docx"))));
    }

    #[test]
    fn the_encoded_size_is_that_of_the_encoder() {
        for size in [0, 1, 56, 57, 58, 1000, 100_000] {
            let encoded = data_encoding::BASE64_MIME.encode(&vec![7; size]);
            assert_eq!(encoded_size(size as u64), encoded.len() as u64, "{size}");
        }
    }
}
