//! Dark mode in Outlook on the web and its apps, which do not support `prefers-color-scheme`:
//! they change colours themselves, and mark what they changed with `data-ogsc` (text) and
//! `data-ogsb` (backgrounds).

/// Repeats the rules for dark mode for Outlook.
///
/// They get a style element of their own: Gmail drops one that is longer than 8,192 characters.
pub fn with_outlook_rules(html: &str) -> String {
    let Some((block, end)) = dark_block(html) else {
        return html.to_owned();
    };
    let Some(close) = html[end..].find("</style>") else {
        return html.to_owned();
    };
    let rules = outlook_rules(block);
    if rules.is_empty() {
        return html.to_owned();
    }
    let at = end + close + "</style>".len();
    let (before, after) = html.split_at(at);
    format!("{before}<style type=\"text/css\">{rules}</style>{after}")
}

/// The rules of the first media query for dark mode, and where it ends.
fn dark_block(html: &str) -> Option<(&str, usize)> {
    let query = html.find("prefers-color-scheme")?;
    let style = html[..query].rfind("<style")?;
    // It must be that of a media query, and not a word of the text.
    if html[style..query].contains("</style") || !html[style..query].contains("@media") {
        return None;
    }
    let start = query + html[query..].find('{')? + 1;
    if !html[query..start].contains("dark") {
        return None;
    }
    let mut depth = 1_usize;
    for (at, c) in html[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&html[start..start + at], start + at));
        }
    }
    None
}

fn outlook_rules(block: &str) -> String {
    let mut out = String::new();
    for rule in block.split('}') {
        let Some((selectors, declarations)) = rule.split_once('{') else {
            continue;
        };
        let (mut text, mut ground) = (String::new(), String::new());
        for declaration in declarations.split(';') {
            let name = declaration.split(':').next().unwrap_or_default().trim();
            let list = match name {
                "color" => &mut text,
                "background-color" | "border-color" => &mut ground,
                _ => continue,
            };
            list.push_str(declaration.trim());
            list.push(';');
        }
        for (mark, declarations) in [("[data-ogsc]", text), ("[data-ogsb]", ground)] {
            if declarations.is_empty() {
                continue;
            }
            let selectors = selectors
                .split(',')
                .map(|one| format!("{mark} {}", one.trim()));
            let selectors: Vec<String> = selectors.collect();
            out.push_str(&format!("{}{{{declarations}}}\n", selectors.join(",")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dark_rule_is_said_once_more_for_outlook() {
        let html = "<head><style>p { color: red }\n@media (prefers-color-scheme: dark) {\n body, .page { background-color: #000 !important; }\n .page * { color: #fff !important; border-color: #333 !important; }\n .x { padding: 0 }\n} @media (max-width: 9px) { p { color: red } }</style></head><body></body>";
        let with = with_outlook_rules(html);
        let added = "<style type=\"text/css\">[data-ogsb] body,[data-ogsb] .page{background-color: #000 !important;}\n[data-ogsc] .page *{color: #fff !important;}\n[data-ogsb] .page *{border-color: #333 !important;}\n</style>";
        assert_eq!(with, html.replace("</style>", &format!("</style>{added}")));
    }

    #[test]
    fn mail_without_dark_rules_stays_as_it_is() {
        for html in [
            "<p>x</p>",
            "<style>p{}</style><p>prefers-color-scheme: dark { a }</p>",
            "<style>@media (prefers-color-scheme: light) { p { color: red } }</style>",
            "<style>@media (prefers-color-scheme: dark) { p {",
            "<meta name=\"prefers-color-scheme\">",
        ] {
            assert_eq!(with_outlook_rules(html), html);
        }
    }
}
