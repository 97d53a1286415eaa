//! Templates: the engine bounds their work, but reads and drops them
//! recursively.

use super::TooComplex;

/// Bytes of a template.
const SIZE: usize = 4 * 1024 * 1024;
/// Names, literals, operators and brackets of one expression: each may lie one
/// deeper in the last.
const TOKENS: usize = 200;
/// Blocks within each other; each `elif` lies in the one before it.
const DEPTH: usize = 60;
/// Placeholders and blocks of one template.
const TAGS: usize = 20_000;
/// Digits of a number beside `*`: what a list is multiplied by is not bounded
/// by the engine.
const FACTOR_DIGITS: usize = 5;

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
        check_expression(code).map_err(|reason| TooComplex::at(line(), reason))?;
        if kind == Kind::Block {
            let word = code.trim_start_matches(['-', '+']).trim_start();
            let word = word
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default();
            match word {
                // Nothing in it is read, up to its end.
                "raw" => at += template[at..].find("endraw").unwrap_or(0),
                "elif" => match depth.last_mut() {
                    Some(last) => *last += 1,
                    None => depth.push(1),
                },
                word if word.starts_with("end") => {
                    depth.pop();
                }
                "if" | "for" | "with" | "filter" | "macro" | "call" | "block" | "autoescape" => {
                    depth.push(1_usize)
                }
                "set" if !code.contains('=') => depth.push(1),
                _ => {}
            }
            if depth.iter().sum::<usize>() > DEPTH {
                let reason =
                    format!("more than {DEPTH} blocks or elif lie in each other; use fewer");
                return Err(TooComplex::at(line(), reason));
            }
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

fn check_expression(code: &str) -> Result<(), String> {
    let (mut tokens, mut stars, mut lists, mut longest) = (0, 0, 0, 0);
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => continue,
            '"' | '\'' => {
                while let Some(inner) = chars.next() {
                    match inner {
                        '\\' => {
                            chars.next();
                        }
                        inner if inner == c => break,
                        _ => {}
                    }
                }
            }
            c if c.is_alphanumeric() || c == '_' => {
                let (is_number, mut digits) = (c.is_ascii_digit(), 1);
                while chars
                    .next_if(|next| next.is_alphanumeric() || *next == '_')
                    .is_some()
                {
                    digits += 1;
                }
                if is_number {
                    longest = longest.max(digits);
                }
            }
            '*' => stars += 1,
            '[' => lists += 1,
            _ => {}
        }
        tokens += 1;
        if tokens > TOKENS {
            return Err(format!(
                "an expression may have {TOKENS} names, numbers and signs; split it"
            ));
        }
    }
    let is_multiplied = stars > 0 && (stars > 3 || lists > 0 || longest > FACTOR_DIGITS);
    match is_multiplied {
        true => Err(format!(
            "* multiplies numbers of at most {FACTOR_DIGITS} digits, and no lists"
        )),
        false => Ok(()),
    }
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
            "@media { a { b: c } } }} %}",
        ] {
            assert_eq!(check(fine, &WRITTEN), Ok(()), "{fine}");
        }
    }

    #[test]
    fn what_the_engine_reads_recursively_is_bounded() {
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
