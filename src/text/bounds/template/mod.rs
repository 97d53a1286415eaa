//! Templates: the engine bounds their work, but reads and drops them
//! recursively.

use super::TooComplex;

mod expression;

use expression::{Shape, Use, Weight};

/// Bytes of a template.
const SIZE: usize = 4 * 1024 * 1024;
/// Blocks within each other; each `elif` lies in the one before it.
const DEPTH: usize = 60;
/// Placeholders and blocks of one template.
const TAGS: usize = 20_000;
/// Blocks by which a text would use itself or another.
const OTHER_TEXTS: [&str; 7] = [
    "include", "import", "from", "extends", "block", "macro", "call",
];

/// The marks around a template's parts.
#[derive(Debug, Clone, Copy)]
pub struct Delimiters<'a> {
    /// Around an expression.
    pub expression: (&'a str, &'a str),
    /// Around a block's tag.
    pub block: (&'a str, &'a str),
    /// Around what is left out.
    pub comment: (&'a str, &'a str),
}

/// Those that authors write.
pub const WRITTEN: Delimiters<'static> = Delimiters {
    expression: ("{{", "}}"),
    block: ("{%", "%}"),
    comment: ("{#", "#}"),
};

/// Checks a template before the engine reads it.
///
/// # Errors
/// [`TooComplex`] names the line.
pub fn check(template: &str, marks: &Delimiters<'_>) -> Result<(), TooComplex> {
    if template.len() > SIZE {
        return Err(TooComplex::new("the text is longer than 4 MiB"));
    }
    let (mut depth, mut tags, mut at) = (Vec::new(), 0_usize, 0);
    let mut weight = Weight::default();
    while let Some((start, (open, close), kind)) = next_tag(template, at, marks) {
        let inner = &template[start + open.len()..];
        let length = match kind {
            Kind::Comment => inner.find(close),
            Kind::Expression | Kind::Block => code_end(inner, close),
        };
        let line = || super::line_of(template, start);
        let code = &inner[..length.unwrap_or(inner.len())];
        at = start + open.len() + length.map_or(inner.len(), |length| length + close.len());
        if kind == Kind::Comment {
            continue;
        }
        tags += 1;
        if tags > TAGS {
            let reason = format!("a text may have {TAGS} placeholders and blocks");
            return Err(TooComplex::at(line(), reason));
        }
        let shape = Shape::of(code).map_err(|reason| TooComplex::at(line(), reason))?;
        if kind == Kind::Block {
            let word = code.trim_start_matches(['-', '+']).trim_start();
            let word = word
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default();
            let used = match word {
                "set" | "with" => Use::Kept,
                "for" => Use::ItemsKept,
                _ => Use::Once,
            };
            let added = weight.add(&shape, used);
            added.map_err(|reason| TooComplex::at(line(), reason))?;
            if OTHER_TEXTS.contains(&word) {
                let reason =
                    format!("{{% {word} %}} is not possible here: a text stands for itself");
                return Err(TooComplex::at(line(), reason));
            }
            match word {
                // Nothing in it is read, up to its end.
                "raw" => match template[at..].find("endraw") {
                    Some(length) => at += length,
                    // The engine refuses it.
                    None => return Ok(()),
                },
                "elif" => match depth.last_mut() {
                    Some(last) => *last += 1,
                    None => depth.push(1),
                },
                word if word.starts_with("end") => {
                    depth.pop();
                }
                "if" | "for" | "with" | "filter" | "autoescape" => depth.push(1_usize),
                "set" if !code.contains('=') => depth.push(1),
                _ => {}
            }
            if depth.iter().sum::<usize>() > DEPTH {
                let reason =
                    format!("more than {DEPTH} blocks or elif lie in each other; use fewer");
                return Err(TooComplex::at(line(), reason));
            }
        } else {
            let added = weight.add(&shape, Use::Once);
            added.map_err(|reason| TooComplex::at(line(), reason))?;
        }
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Expression,
    Block,
    Comment,
}

fn next_tag<'a>(
    template: &str,
    at: usize,
    marks: &Delimiters<'a>,
) -> Option<(usize, (&'a str, &'a str), Kind)> {
    let kinds = [
        (marks.expression, Kind::Expression),
        (marks.block, Kind::Block),
        (marks.comment, Kind::Comment),
    ];
    let rest = template.get(at..)?;
    // All marks begin alike (`{`, or one plane of Unicode), so that one search
    // for the nearest stays near.
    let first = kinds.map(|((open, _), _)| open.chars().next());
    let mut from = 0;
    while let Some(found) = rest[from..].find(|c| first.contains(&Some(c))) {
        let here = from + found;
        let tag = kinds
            .into_iter()
            .find(|((open, _), _)| rest[here..].starts_with(open));
        if let Some((pair, kind)) = tag {
            return Some((at + here, pair, kind));
        }
        from = here + rest[here..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// Where the code at the start of `inner` ends: at `close` outside of strings.
fn code_end(inner: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                chars.next();
            }
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, _) if inner[at..].starts_with(close) => return Some(at),
            _ => {}
        }
    }
    // A quote that is never closed: the engine decides; here all of it counts.
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_of_people_pass() {
        for fine in [
            "Dear {{ name | default(\"reader\") }}, {{ attributes.price * 12 }}",
            "{% if name %}a{% elif email %}b{% else %}c{% endif %}",
            &"{% for x in [1, 2] %}{{ x }}{% endfor %}".repeat(500),
            "{# {{ #}{{ \"}}\" }} {% set x = 1 %}{% set y %}z{% endset %}",
            "{% set full = name ~ ' ' ~ attributes.surname %}{{ full }}",
            &"{% set greeting = 'Dear ' ~ name | default('reader') %}".repeat(50),
            "{% for i in attributes.orders | sort %}{{ i.price * i.count }}{% endfor %}",
            "{% set sum = attributes.price * attributes.count + 5 %}{{ sum * 2 }}",
            "{{ ['Mr', 'Ms'][attributes.sex] }} {{ attributes['a b'] }} {{ attributes.tags[0] }}",
            "{% for key, value in attributes | dictsort %}{{ key }}: {{ value }}{% endfor %}",
            "{% for row in ['a', 'b'] %}{{ loop.index * 2 }} {{ 3 * loop.index }}{% endfor %}",
            "{% for row in attributes.rows %}{{ loop.index + 1 }}/{{ loop.length }}{% endfor %}",
            "@media { a { b: c } } }} %}",
        ] {
            assert_eq!(check(fine, &WRITTEN), Ok(()), "{fine}");
        }
    }

    #[test]
    fn recursive_constructs_are_bounded() {
        let around = |inner: String| format!("a\n{{{{ {inner} }}}}");
        for (bomb, says) in [
            (around("not ".repeat(20_000) + "1"), "an expression may"),
            (around("1+".repeat(30_000) + "1"), "an expression may"),
            (around("(".repeat(30_000)), "an expression may"),
            (around("-".repeat(30_000) + "1"), "an expression may"),
            (
                around(format!("name{}", "|upper".repeat(3_000))),
                "an expression may",
            ),
            (
                around(format!("name{}", ".a".repeat(3_000))),
                "an expression may",
            ),
            (around("[".repeat(3_000)), "an expression may"),
            (around("1 if 1 else ".repeat(3_000)), "an expression may"),
            (around("'\"'~".repeat(3_000)), "an expression may"),
            (around("[1] * 99999999".to_owned()), "* multiplies"),
            (around("attributes.a * 9999999".to_owned()), "* multiplies"),
            (around("9 ** 9 ** 9".to_owned()), "* multiplies"),
            (
                format!(
                    "a\n{{% if 0 %}}{}{{% endif %}}",
                    "{% elif 0 %}a".repeat(3_000)
                ),
                "blocks or elif",
            ),
            (
                format!("a\n{}", "{% if 1 %}".repeat(3_000)),
                "blocks or elif",
            ),
            (
                format!("a\n{}", "{%- for a in b %}".repeat(3_000)),
                "blocks or elif",
            ),
            (
                format!("a\n{}", "{% with %}".repeat(3_000)),
                "blocks or elif",
            ),
            (format!("a\n{}", "{{ a }}".repeat(30_000)), "placeholders"),
            (
                format!("a\n{}", "{% set a = [a, a] %}".repeat(60)),
                "grow too large",
            ),
            (
                format!("a\n{}", "{% set a = a + a %}".repeat(60)),
                "grow too large",
            ),
            (
                format!("a\n{}", "{% with a = {'x': a, 'y': a} %}".repeat(60)),
                "grow too large",
            ),
            (
                format!("a\n{}", "{% for a in [[a, a]] %}".repeat(60)),
                "grow too large",
            ),
            (
                format!("a\n{}", "{% for a in (a, a) %}".repeat(60)),
                "grow too large",
            ),
            (
                format!("a\n{}", "{% set a = a, a %}".repeat(60)),
                "grow too large",
            ),
            (
                format!("a\n{}", "{% set a = a | chain(a) %}".repeat(60)),
                "grow too large",
            ),
            (
                format!("a\n{}", "{% set a = dict(x=a, y=a) %}".repeat(60)),
                "grow too large",
            ),
            (
                format!("a\n{}", "{% set a = [a] %}".repeat(3_000)),
                "too deep",
            ),
            (
                format!("a\n{}", "{% set a = a | batch(1) %}".repeat(3_000)),
                "too deep",
            ),
            (
                "a\n{% set a = [1] %}{{ a * attributes.n }}".to_owned(),
                "* multiplies",
            ),
            ("a\n{{ range(99999) * 99999 }}".to_owned(), "* multiplies"),
            (
                "a\n{% set a = [1] %}{{ a * attributes.n + 5 }}".to_owned(),
                "* multiplies",
            ),
            (
                format!("a\n{}", "{% set a = [a] * 9 %}".repeat(60)),
                "* multiplies",
            ),
            (
                format!(
                    "a\n{}{}",
                    "{% set a = [1] %}",
                    "{% set a = a * 9 %}".repeat(60)
                ),
                "* multiplies",
            ),
            (
                "a\n{% set a = [1] %}{{ a * 2 * attributes.n }}".to_owned(),
                "* multiplies",
            ),
            (
                "a\n{% set a = [1] %}{{ 2 ** attributes.n }}".to_owned(),
                "* multiplies",
            ),
            (
                "a\n{{ attributes.a | split * attributes.n }}".to_owned(),
                "* multiplies",
            ),
            (
                "a\n{% for x in [1] recursive %}{{ loop([x, x]) }}{% endfor %}".to_owned(),
                "recursive",
            ),
            ("a\n{% include 'text' %}".to_owned(), "stands for itself"),
            (
                "a\n{%- block a %}{{ self.a() }}{% endblock %}".to_owned(),
                "stands for itself",
            ),
            (format!("a\n{{{{ \"{}", "not ".repeat(3_000)), ""),
        ] {
            match check(&bomb, &WRITTEN) {
                Err(error) => {
                    assert!(error.reason.contains(says), "{error}");
                    assert_eq!(error.line, Some(2));
                }
                // One long string: the engine refuses it.
                Ok(()) => assert!(says.is_empty(), "{}", &bomb[..40]),
            }
        }
    }
}
