//! What stands behind the colons of a fence: a name and attributes.

use std::collections::BTreeMap;

/// A directive as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directive {
    /// Its name, such as `button`.
    pub name: String,
    /// Values by name.
    pub attributes: BTreeMap<String, String>,
    /// Whether all of it was understood.
    pub is_sound: bool,
}

impl Directive {
    /// Reads `button href="https://…" align="center"`. In a value, `\"` and `\\`
    /// stand for themselves; of two of one name the first counts. What cannot be
    /// read ends the attributes.
    pub fn parse(info: &str) -> Self {
        let info = info.trim();
        let end = info.find(|c: char| c.is_whitespace() || c == '{');
        let (name, mut rest) = info.split_at(end.unwrap_or(info.len()));
        let mut directive = Self {
            name: name.to_owned(),
            attributes: BTreeMap::new(),
            is_sound: true,
        };
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return directive;
            }
            let Some((name, value, after)) = attribute(rest) else {
                directive.is_sound = false;
                return directive;
            };
            directive.is_sound &= !directive.attributes.contains_key(name);
            directive.attributes.entry(name.to_owned()).or_insert(value);
            rest = after;
        }
    }

    /// An attribute's value; empty where it has none.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// The first attribute and what follows it.
fn attribute(text: &str) -> Option<(&str, String, &str)> {
    let (name, rest) = text.split_once("=\"")?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let mut value = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((name, value, &rest[at + 1..])),
            '\\' => match chars.next() {
                Some((_, next @ ('"' | '\\'))) => value.push(next),
                Some((_, next)) => value.extend(['\\', next]),
                None => return None,
            },
            c => value.push(c),
        }
    }
    None
}

/// A value as it is written between quotes.
pub fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_were_written() {
        for value in [
            "https://a.kz/x?y=1&z=\"2\"",
            "a \\ b",
            "\\\"",
            "Тіркелу",
            "اشترك",
            "{{ unsubscribe_url }}",
            "",
        ] {
            let info = format!(" button href=\"{}\" kind=\"plain\" ", escaped(value));
            let directive = Directive::parse(&info);
            assert_eq!(directive.name, "button");
            assert_eq!(directive.get("href"), value, "{info}");
            assert_eq!(directive.get("kind"), "plain");
            assert!(directive.is_sound, "{info}");
        }
    }

    #[test]
    fn what_cannot_be_read_ends_the_attributes() {
        for (info, names) in [
            ("button", 0),
            ("button href", 0),
            ("button href=x kind=\"plain\"", 0),
            ("button kind=\"plain\" href=\"open", 1),
            ("button kind=\"plain\" kind=\"main\"", 1),
            ("button {.red}", 0),
        ] {
            let directive = Directive::parse(info);
            assert_eq!(directive.name, "button");
            assert_eq!(directive.attributes.len(), names, "{info}");
            assert_eq!(directive.is_sound, info == "button", "{info}");
        }
    }
}
