//! Parts of a line as Markdown: what is text stays text, and marks hold for what
//! they held for.

use crate::document::model::{Inline, Mark};
use crate::document::tags::Tags;
use crate::text::markdown::renders_alike;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    /// May have no line break.
    Heading,
    /// The same within a table.
    Cell,
}

/// A piece of a line.
#[derive(Debug, Clone)]
enum Token {
    /// A character of text; as a reference, where a mark beside it needs that.
    Char(char, bool),
    /// Markup as it is written.
    Markup(String),
    /// A break.
    Break,
    Open(&'static str),
    Close(&'static str),
}

/// How a line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// As people write; `em` is the sign of emphasis.
    Usual { em: &'static str },
    /// So that nothing beside a mark or a sign can change what it means: marks are
    /// HTML, and each sign is escaped.
    Careful,
}

/// The parts of a line as Markdown: as people write it, where that says the same.
pub(super) fn text_line(tags: &mut Tags, content: &[Inline], place: Place) -> String {
    let has_strong = content
        .iter()
        .any(|one| one.marks().contains(&Mark::Strong));
    let em = if has_strong { "_" } else { "*" };
    let usual = in_style(tags, content, place, Style::Usual { em });
    let careful = in_style(tags, content, place, Style::Careful);
    let alone = |line: &str| match place {
        Place::Paragraph => line.to_owned(),
        Place::Heading => format!("# {line}"),
        Place::Cell => format!("| {line} |\n| --- |\n"),
    };
    if renders_alike(&alone(&usual), &alone(&careful)) {
        usual
    } else {
        careful
    }
}

fn in_style(tags: &mut Tags, content: &[Inline], place: Place, style: Style) -> String {
    let mut tokens = Vec::new();
    let parts: Vec<&Inline> = content.iter().collect();
    tokens_of(tags, &parts, &[], style, &mut tokens);
    // A reference on one side may be what the other side needs.
    for _ in 0..2 {
        for at in 0..tokens.len() {
            fit(&mut tokens, at);
        }
    }
    if place == Place::Cell {
        for token in &mut tokens {
            if let Token::Markup(text) = token {
                *text = text.replace('|', "\\|");
            }
        }
    }
    written(&tokens, place, style == Style::Careful)
}

fn tokens_of(
    tags: &mut Tags,
    parts: &[&Inline],
    held: &[Mark],
    style: Style,
    out: &mut Vec<Token>,
) {
    let mut at = 0;
    while let Some(first) = parts.get(at) {
        let Some(mark) = first.marks().iter().find(|mark| !held.contains(mark)) else {
            token_of(tags, first, style, out);
            at += 1;
            continue;
        };
        let is_within = |one: &&&Inline| match mark {
            // Nothing opens or ends within code.
            Mark::Code => one.marks() == first.marks(),
            mark => one.marks().contains(mark),
        };
        let run = parts[at..].iter().take_while(is_within).count();
        let inside = &parts[at..at + run];
        at += run;
        if *mark == Mark::Code {
            out.push(Token::Markup(code(tags, inside)));
            continue;
        }
        let mut held = held.to_vec();
        held.push(mark.clone());
        let (delimiter, element) = match mark {
            Mark::Strong => ("**", "strong"),
            Mark::Em => match style {
                Style::Usual { em } => (em, "em"),
                Style::Careful => ("", "em"),
            },
            Mark::Strike => ("~~", "del"),
            Mark::Link { attrs } => {
                out.push(Token::Markup("[".to_owned()));
                tokens_of(tags, inside, &held, style, out);
                let href = destination(tags, &attrs.href);
                out.push(Token::Markup(match attrs.title.as_str() {
                    "" => format!("]({href})"),
                    title => {
                        // An empty address needs its brackets before a title.
                        let href = if href.is_empty() { "<>" } else { &href };
                        format!("]({href} \"{}\")", quoted(tags, title))
                    }
                }));
                continue;
            }
            Mark::Code => continue,
        };
        let (open, close) = match style {
            Style::Usual { .. } => (Token::Open(delimiter), Token::Close(delimiter)),
            Style::Careful => (
                Token::Markup(format!("<{element}>")),
                Token::Markup(format!("</{element}>")),
            ),
        };
        out.push(open);
        tokens_of(tags, inside, &held, style, out);
        out.push(close);
    }
}

fn token_of(tags: &mut Tags, part: &Inline, style: Style, out: &mut Vec<Token>) {
    match part {
        Inline::Text { text, .. } => out.extend(text.chars().map(|c| Token::Char(c, false))),
        Inline::HardBreak { .. } => out.push(Token::Break),
        Inline::MergeTag { attrs, .. } => {
            out.push(Token::Markup(
                tags.word(&format!("{{{{ {} }}}}", attrs.tag)),
            ));
        }
        Inline::Raw { attrs, .. } => {
            let text = tags.protect(&attrs.text);
            out.push(Token::Markup(text));
        }
        Inline::Image { attrs, .. } => {
            let alt: Vec<Token> = tags
                .protect(&attrs.alt)
                .chars()
                .map(|c| Token::Char(c, false))
                .collect();
            let alt = written(&alt, Place::Heading, style == Style::Careful);
            let src = destination(tags, &attrs.src);
            out.push(Token::Markup(match attrs.title.as_str() {
                "" => format!("![{alt}]({src})"),
                title => {
                    let src = if src.is_empty() { "<>" } else { &src };
                    format!("![{alt}]({src} \"{}\")", quoted(tags, title))
                }
            }));
        }
    }
}

fn code(tags: &mut Tags, parts: &[&Inline]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Inline::Text { text: more, .. } => text.push_str(more),
            Inline::MergeTag { attrs, .. } => {
                text.push_str(&tags.word(&format!("{{{{ {} }}}}", attrs.tag)));
            }
            Inline::Raw { attrs, .. } => text.push_str(&tags.protect(&attrs.text)),
            Inline::HardBreak { .. } | Inline::Image { .. } => text.push(' '),
        }
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let is_blank = text.chars().all(|c| c == ' ');
    let needs_space = text.starts_with('`')
        || text.ends_with('`')
        || (!is_blank && text.starts_with(' ') && text.ends_with(' '));
    let space = if needs_space { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// An address as it is written in brackets.
pub(super) fn destination(tags: &mut Tags, address: &str) -> String {
    let address = &tags.protect(address);
    let is_plain =
        |c: char| !c.is_whitespace() && !matches!(c, '(' | ')' | '<' | '>' | '\\' | '&' | '"');
    if !address.starts_with('<') && address.chars().all(is_plain) {
        return address.to_owned();
    }
    let mut out = String::from("<");
    for c in address.chars() {
        match c {
            '<' | '>' | '\\' => out.extend(['\\', c]),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out + ">"
}

fn quoted(tags: &mut Tags, title: &str) -> String {
    tags.protect(title)
        .replace('&', "&amp;")
        // After a backslash before its end comrak would look for another end.
        .replace('\\', "&#92;")
        .replace('"', "&quot;")
}

/// What a parser sees on one side of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Sign,
    Letter,
    /// Neither for sure.
    Other,
}

fn side(c: char) -> Side {
    match c {
        c if c.is_whitespace() => Side::Space,
        c if c.is_ascii_punctuation() => Side::Sign,
        c if c.is_alphanumeric() => Side::Letter,
        _ => Side::Other,
    }
}

fn before(tokens: &[Token], at: usize) -> Side {
    match at.checked_sub(1).and_then(|at| tokens.get(at)) {
        None | Some(Token::Break) => Side::Space,
        Some(Token::Char(c, false)) => side(*c),
        Some(Token::Markup(text)) => text.chars().next_back().map_or(Side::Space, side),
        Some(_) => Side::Sign,
    }
}

fn after(tokens: &[Token], at: usize) -> Side {
    match tokens.get(at + 1) {
        None | Some(Token::Break) => Side::Space,
        Some(Token::Char(c, false)) => side(*c),
        Some(Token::Markup(text)) => text.chars().next().map_or(Side::Space, side),
        Some(_) => Side::Sign,
    }
}

/// Makes a mark open or close (CommonMark §6.2): what stands beside it is written
/// as a reference, which begins and ends with a sign, where it must.
fn fit(tokens: &mut [Token], at: usize) {
    let (delimiter, outer, inner) = match tokens.get(at) {
        Some(Token::Open(delimiter)) => (*delimiter, at.checked_sub(1), at + 1),
        Some(Token::Close(delimiter)) => (*delimiter, Some(at + 1), at.saturating_sub(1)),
        _ => return,
    };
    let is_open = matches!(tokens.get(at), Some(Token::Open(_)));
    let sides = |tokens: &[Token]| {
        let (before, after) = (before(tokens, at), after(tokens, at));
        if is_open {
            (before, after)
        } else {
            (after, before)
        }
    };
    let (outside, inside) = sides(tokens);
    if inside == Side::Space || inside == Side::Other {
        refer(tokens, Some(inner));
    }
    let (_, inside) = sides(tokens);
    let needs_sign = inside != Side::Letter || delimiter == "_";
    if needs_sign && matches!(outside, Side::Letter | Side::Other) {
        refer(tokens, outer);
    }
}

fn refer(tokens: &mut [Token], at: Option<usize>) {
    if let Some(Token::Char(_, is_reference)) = at.and_then(|at| tokens.get_mut(at)) {
        *is_reference = true;
    }
}

fn written(tokens: &[Token], place: Place, is_careful: bool) -> String {
    let mut out = String::new();
    // Where the line began in `out`.
    let mut line = 0;
    for (at, token) in tokens.iter().enumerate() {
        let is_start = out.len() == line;
        match token {
            Token::Markup(text) => out.push_str(text),
            Token::Open(text) | Token::Close(text) => out.push_str(text),
            Token::Break => {
                out.push_str("\\\n");
                line = out.len();
            }
            Token::Char('\n', false) if !is_careful && is_break(tokens, at, is_start, place) => {
                out.push('\n');
                line = out.len();
            }
            Token::Char(c, is_reference) => {
                let c = *c;
                let next = match tokens.get(at + 1) {
                    Some(Token::Char(next, false)) => Some(*next),
                    _ => None,
                };
                let has_more = tokens.get(at + 1).is_some();
                let is_blank = c == ' ' && (is_start || is_end(tokens, at));
                let is_number = || out[line..].bytes().all(|byte| byte.is_ascii_digit());
                let is_escaped = match c {
                    c if is_careful => c.is_ascii_punctuation(),
                    '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '~' | '^' | '|' => true,
                    '#' => is_start || place == Place::Heading,
                    '>' | '+' | '-' | '=' | ':' => is_start,
                    '.' | ')' => !is_start && is_number(),
                    '!' => next.is_none() && has_more,
                    _ => false,
                };
                match c {
                    c if *is_reference || is_blank || c.is_control() => {
                        out.push_str(&format!("&#{};", u32::from(c)));
                    }
                    '&' if is_careful
                        || next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#')
                        || (next.is_none() && has_more) =>
                    {
                        out.push_str("&amp;");
                    }
                    c if is_escaped => out.extend(['\\', c]),
                    c => out.push(c),
                }
            }
        }
    }
    out
}

/// Whether a line break can be written as one.
fn is_break(tokens: &[Token], at: usize, is_start: bool, place: Place) -> bool {
    let next = tokens.get(at + 1);
    place == Place::Paragraph
        && !is_start
        && !matches!(
            next,
            None | Some(Token::Break | Token::Char('\n', _) | Token::Close(_))
        )
        && !matches!(
            at.checked_sub(1).and_then(|at| tokens.get(at)),
            Some(Token::Open(_))
        )
}

/// Whether only spaces follow in the line.
fn is_end(tokens: &[Token], at: usize) -> bool {
    let rest = tokens[at + 1..].iter();
    let mut rest = rest.skip_while(|token| matches!(token, Token::Char(' ', _) | Token::Close(_)));
    matches!(
        rest.next(),
        None | Some(Token::Break | Token::Char('\n', _))
    )
}
