//! How alike a typed text and a name are, whatever their script, letter case and endings.

use crate::text::transliteration::hyphenated;

/// Letters of a text that are looked at.
const LONGEST: usize = 200;
/// The distance of a text that is found within a word.
pub const WITHIN: u32 = 6;

/// A typed text, ready to be compared with many names.
#[derive(Debug, Clone)]
pub struct Wanted(Vec<String>);

impl Wanted {
    /// `None` for a text without a letter or digit.
    pub fn of(text: &str) -> Option<Self> {
        let words = words(text);
        (!words.is_empty()).then_some(Self(words))
    }

    /// How far a name is from the text: 0 for the same words, more for their beginnings, parts
    /// and misspellings. `None` where a word of the text is not in the name.
    pub fn distance(&self, name: &str) -> Option<u32> {
        let words = words(name);
        let mut sum = 0;
        for (at, wanted) in self.0.iter().enumerate() {
            let each = words.iter().enumerate();
            let nearest = each.filter_map(|(place, word)| {
                // The same order is better than another.
                of_word(wanted, word).map(|distance| 2 * distance + u32::from(place != at))
            });
            sum += nearest.min()?;
        }
        Some(sum)
    }
}

fn words(text: &str) -> Vec<String> {
    let joined = hyphenated(text, None, LONGEST);
    let words = joined.split('-').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The distance of two words of ASCII.
fn of_word(wanted: &str, word: &str) -> Option<u32> {
    if word == wanted {
        return Some(0);
    }
    if word.starts_with(wanted) {
        return Some(1);
    }
    if wanted.len() >= 3 && word.contains(wanted) {
        return Some(WITHIN / 2);
    }
    let tolerated = tolerated(wanted.len());
    // As it is typed, a word may still lack its end.
    let beginnings = wanted.len() - tolerated..=wanted.len() + tolerated;
    let beginnings = beginnings.filter_map(|length| word.get(..length));
    let wrong = beginnings
        .map(|start| strsim::osa_distance(wanted, start))
        .min();
    let wrong = wrong.filter(|wrong| *wrong <= tolerated)?;
    let is_whole = strsim::osa_distance(wanted, word) == wrong;
    let wrong = u32::try_from(wrong).ok()?;
    Some(3 + 2 * wrong + u32::from(!is_whole))
}

/// Wrong, missing, superfluous or swapped letters of a word that are overlooked.
fn tolerated(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Ways in which one mistake may have got into a text: for each, the parts around the mistake,
/// of three letters or more, since an index of trigrams knows no shorter ones. The name that is
/// meant has all parts of one way.
pub fn ways(text: &str) -> Vec<Vec<String>> {
    let text = text.trim().to_lowercase();
    // The domain is the same for many, and is compared later.
    let text = match text.split_once('@') {
        Some((local, _)) if local.chars().count() >= SHORTEST => local,
        _ => &text,
    };
    let letters: Vec<char> = text.chars().take(LONGEST_TO_LOOK_UP).collect();
    if letters.len() < SHORTEST {
        return Vec::new();
    }
    // Two swapped letters are the widest mistake. In a long text the gaps are wider, so that
    // they are fewer; neighbours overlap by a letter, so that a mistake is within one of them.
    let gap = match letters.len() {
        0..=9 => 2,
        10..=13 => 3,
        14..=19 => 4,
        _ => 5,
    };
    let mut ways: Vec<Vec<String>> = Vec::new();
    let mut from = 0;
    loop {
        let until = (from + gap).min(letters.len());
        let parts = [&letters[..from], &letters[until..]];
        let parts = parts.iter().filter(|part| part.len() >= 3);
        let parts: Vec<String> = parts.map(|part| part.iter().collect()).collect();
        if !parts.is_empty() && !ways.contains(&parts) {
            ways.push(parts);
        }
        if until == letters.len() {
            return ways;
        }
        from += gap - 1;
    }
}

/// A shorter text has no three letters in a row beside a mistake, or too many have them.
const SHORTEST: usize = 5;
const LONGEST_TO_LOOK_UP: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(text: &str, name: &str) -> Option<u32> {
        Wanted::of(text).and_then(|wanted| wanted.distance(name))
    }

    #[test]
    fn names_are_found_in_any_script_and_with_mistakes() {
        for (text, name) in [
            ("nauryz", "Наурыз мейрамы"),
            ("наурз", "Наурыз мейрамы"),
            ("МЕЙРАМ", "Наурыз мейрамы"),
            ("sprnig", "Spring concert"),
            ("concrt spring", "Spring concert"),
            ("selebrat", "Celebration of the year"),
            ("gruesse", "Grüße aus Köln"),
            ("subscirbers", "Subscribers"),
            (
                "aigerim.setkazinova@gmial.com",
                "aigerim.seitkazinova@gmail.com",
            ),
            ("音乐", "中国春节音乐会"),
            ("2025", "Выборы 2025"),
        ] {
            assert!(distance(text, name).is_some(), "{text:?} in {name:?}");
        }
        for (text, name) in [
            ("summer", "Spring concert"),
            ("spring opera", "Spring concert"),
            ("cat", "Cut"),
            ("2024", "2031"),
            ("", "Spring"),
            ("!!", "Spring!"),
        ] {
            assert_eq!(distance(text, name), None, "{text:?} in {name:?}");
        }
    }

    #[test]
    fn the_same_words_come_before_beginnings_parts_and_mistakes() {
        let names = [
            "Spring",
            "Spring concert",
            "Springtime",
            "Offspring",
            "Sprinf",
        ];
        let distances = names.map(|name| distance("spring", name));
        assert!(distances.is_sorted(), "{distances:?}");
        assert!(distances.iter().all(Option::is_some), "{distances:?}");
        assert!(distance("spring concert", names[1]) < distance("concert spring", names[1]));
    }

    /// The name that is meant has all parts of one way, wherever the mistake is.
    #[test]
    fn every_single_mistake_leaves_one_way() {
        for right in [
            "alexander",
            "gulnara",
            "seitkazinova",
            "aigerim.seitkazinova",
        ] {
            let letters: Vec<char> = right.chars().collect();
            for at in 0..letters.len() {
                let mut wrong = vec![letters.clone(), letters.clone(), letters.clone()];
                wrong[0].remove(at);
                wrong[1].insert(at, 'q');
                wrong[2][at] = 'q';
                if at > 0 {
                    let mut swapped = letters.clone();
                    swapped.swap(at - 1, at);
                    wrong.push(swapped);
                }
                for wrong in wrong {
                    let typed: String = wrong.iter().collect();
                    let meant = |way: &Vec<String>| way.iter().all(|part| right.contains(part));
                    assert!(ways(&typed).iter().any(meant), "{typed} for {right}");
                }
            }
        }
        assert!(ways("abcd").is_empty());
        assert!(ways(&"a".repeat(1000)).len() < 10);
    }
}
