//! Names in addresses and of files, from texts in any script.
//!
//! The table of `any_ascii` knows every script, but not how one language reads a letter that
//! it shares with others, and it leaves out what Arabic writes and does not pronounce alike
//! everywhere. Those letters are here.

use any_ascii::any_ascii_char;

use super::locale::Language;

/// The words of a text in lower-case letters and digits of ASCII, joined by hyphens: at most
/// `limit` bytes. Empty where the text has no letter and no digit.
///
/// The language decides about letters that languages read differently: ü is `ue` in German
/// and `u` in Turkish. Where it is not known, the letters of the text tell what they can.
pub fn hyphenated(text: &str, language: Option<Language>, limit: usize) -> String {
    let rules = Rules::of(text, language);
    let mut words = Words {
        written: String::new(),
        limit,
        length: 0,
        is_apart: false,
    };
    let mut before = ' ';
    for c in text.chars().filter(|c| !is_silent(*c)) {
        if is_apostrophe(c) {
            // l’été is two words; п’ять, don't and Istanbul'da are one.
            words.is_apart |= before.is_alphanumeric() && !is_cyrillic(before) && words.length <= 2;
        } else if c.is_alphanumeric() {
            let is_word = before.is_alphanumeric() || is_apostrophe(before);
            words.is_apart |= !is_word || is_ideograph(c) || is_ideograph(before);
            words.push_all(rules.letters(c, before, words.is_apart));
        }
        before = c;
        if words.written.len() == limit {
            break;
        }
    }
    words
        .written
        .truncate(words.written.trim_end_matches('-').len());
    words.written
}

/// Words as they are written.
struct Words {
    written: String,
    limit: usize,
    /// Letters of the last word.
    length: usize,
    /// Whether the next letter begins a word.
    is_apart: bool,
}

impl Words {
    /// Writes what the table has for a character: without signs of pronunciation, and with ½ as
    /// two words.
    fn push_all(&mut self, letters: &str) {
        self.is_apart |= letters.contains('/');
        for letter in letters.chars() {
            if letter.is_ascii_alphanumeric() {
                self.push(letter.to_ascii_lowercase());
            } else if letter == '/' {
                self.is_apart = true;
            }
        }
    }

    fn push(&mut self, letter: char) {
        if std::mem::take(&mut self.is_apart) {
            self.length = 0;
            if !self.written.is_empty() && self.written.len() < self.limit {
                self.written.push('-');
            }
        }
        if self.written.len() < self.limit {
            self.written.push(letter);
            self.length += 1;
        }
    }
}

/// What a language, or the letters of a text, decide.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rules {
    German,
    Ukrainian,
    Any,
}

impl Rules {
    fn of(text: &str, language: Option<Language>) -> Self {
        let is_ukrainian = |c: char| "єїґЄЇҐ".contains(c);
        match language.map(Language::primary) {
            Some("de") => Self::German,
            Some("uk") => Self::Ukrainian,
            None if text.contains(is_ukrainian) => Self::Ukrainian,
            _ => Self::Any,
        }
    }

    /// The letters for a character; `initial` at the start of a word.
    fn letters(self, c: char, before: char, initial: bool) -> &'static str {
        let own = match self {
            Self::German => german(c),
            Self::Ukrainian => ukrainian(c, before, initial),
            Self::Any => None,
        };
        own.or_else(|| arabic(c))
            .or_else(|| greek(c, before))
            .unwrap_or_else(|| any_ascii_char(c))
    }
}

fn german(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' => "oe",
        'ü' | 'Ü' => "ue",
        _ => return None,
    })
}

/// By the table of Ukraine's passports (resolution 55 of 2010).
fn ukrainian(c: char, before: char, initial: bool) -> Option<&'static str> {
    Some(match c {
        'г' | 'Г' if matches!(before, 'з' | 'З') => "gh",
        'г' | 'Г' => "h",
        'и' | 'И' => "y",
        'є' | 'Є' if initial => "ye",
        'ї' | 'Ї' if initial => "yi",
        'й' | 'Й' if !initial => "i",
        'ю' | 'Ю' if !initial => "iu",
        'я' | 'Я' if !initial => "ia",
        _ => return None,
    })
}

/// The letters that carry vowels. The short ones are not written, so nothing can name them.
fn arabic(c: char) -> Option<&'static str> {
    Some(match c {
        'ا' | 'أ' | 'آ' | 'ٱ' | 'ع' | 'ة' => "a",
        'إ' => "i",
        'ئ' => "y",
        'ؤ' => "w",
        _ => return None,
    })
}

fn greek(c: char, before: char) -> Option<&'static str> {
    let is_ou = matches!(before, 'ο' | 'Ο' | 'ό' | 'Ό') && matches!(c, 'υ' | 'Υ' | 'ύ' | 'Ύ');
    is_ou.then_some("u")
}

/// Accents and joiners that stand by themselves: they say nothing and separate nothing.
fn is_silent(c: char) -> bool {
    !c.is_ascii() && arabic(c).is_none() && any_ascii_char(c).is_empty()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// Chinese characters, each of which is read as a syllable of its own.
fn is_ideograph(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tag: &str, text: &str) -> String {
        let language = (!tag.is_empty()).then(|| tag.parse().unwrap());
        hyphenated(text, language, 100)
    }

    #[test]
    fn titles_of_every_script_give_readable_names() {
        for (tag, title, name) in [
            (
                "kk",
                "Қазақстан Республикасы Елшілігінің хабарландыруы",
                "qazaqstan-respublikasy-elshiligining-khabarlandyruy",
            ),
            (
                "kk",
                "Наурыз мейрамы құтты болсын!",
                "nauryz-meyramy-qutty-bolsyn",
            ),
            (
                "kk",
                "Әлем, ғылым, өнер, үміт, һәм ұлы іс",
                "alem-ghylym-oner-umit-ham-uly-is",
            ),
            ("kk", "Тігінші мен ИНЕ", "tiginshi-men-ine"),
            (
                "ru",
                "Объявление: приём граждан в посольстве",
                "obyavlenie-priem-grazhdan-v-posolstve",
            ),
            (
                "ru",
                "Выставка «Щедрая осень» — вход свободный",
                "vystavka-shchedraya-osen-vkhod-svobodnyy",
            ),
            (
                "uk",
                "Зустріч у Києві: п’ять років згоди",
                "zustrich-u-kyievi-piat-rokiv-zghody",
            ),
            (
                "uk",
                "Їжак і ґанок, Єдність, Йосип",
                "yizhak-i-ganok-yednist-yosyp",
            ),
            (
                "ar",
                "اللغة العربية في السفارة",
                "allgha-alarbya-fy-alsfara",
            ),
            ("ar", "إعلان: عيد الفطر ٢٠٢٥", "ialan-ayd-alftr-2025"),
            (
                "de",
                "Grüße aus Köln: große Äpfel",
                "gruesse-aus-koeln-grosse-aepfel",
            ),
            (
                "tr",
                "İstanbul'da Şiir ve Işık: çağrı, gün",
                "istanbulda-siir-ve-isik-cagri-gun",
            ),
            (
                "el",
                "Η Ελλάδα μας καλεί στον ουρανό",
                "i-ellada-mas-kalei-ston-ourano",
            ),
            (
                "ka",
                "თბილისის საერთაშორისო კონცერტი",
                "tbilisis-saertashoriso-kontserti",
            ),
            ("zh", "2025年春节音乐会", "2025-nian-chun-jie-yin-le-hui"),
            (
                "fr",
                "Fête de l’Indépendance à Paris",
                "fete-de-l-independance-a-paris",
            ),
            (
                "en",
                "The Ambassador's day: 5 o'clock",
                "the-ambassadors-day-5-o-clock",
            ),
        ] {
            assert_eq!(of(tag, title), name, "{title}");
        }
    }

    #[test]
    fn without_a_language_the_letters_tell_what_they_can() {
        assert_eq!(of("", "Новини Києва: гурт"), "novyny-kyieva-hurt");
        assert_eq!(of("", "Новости города"), "novosti-goroda");
        assert_eq!(of("", "Пікір білгірлер"), "pikir-bilgirler");
        assert_eq!(of("", "Ünlü"), "unlu");
    }

    #[test]
    fn decoration_gives_no_words() {
        assert_eq!(of("", "🎵 Music — № 5 © “now”"), "music-5-now");
        assert_eq!(of("", "Cafe\u{301} re\u{ad}sume\u{301}"), "cafe-resume");
        assert_eq!(of("", "1½ hours"), "1-1-2-hours");
        assert_eq!(of("", "🌸 — !"), "");
    }

    #[test]
    fn the_limit_holds_between_and_inside_characters() {
        assert_eq!(hyphenated("щщщ", None, 6), "shchsh");
        assert_eq!(hyphenated("ab cd", None, 3), "ab");
        assert_eq!(hyphenated("ab cd", None, 4), "ab-c");
    }
}
