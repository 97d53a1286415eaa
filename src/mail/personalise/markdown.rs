//! Merge tags in Markdown, and in the HTML that it is rendered to.

use super::placeholders::{FoundPlaceholder, Placeholders};

impl Placeholders {
    /// Turns an expression in angle brackets, such as `<{{ unsubscribe_url }}>`, into the link
    /// that its author means: a stand-in there would be parsed as a tag.
    pub fn with_autolinks(&self, markdown: &str) -> String {
        let mut out = String::with_capacity(markdown.len());
        let mut at = 0;
        for found in self.within(markdown).filter(|found| !found.is_block()) {
            let before = markdown[at..found.range.start].strip_suffix('<');
            let is_closed = markdown[found.range.end..].starts_with('>');
            if let (Some(before), true) = (before, is_closed) {
                let address = &markdown[found.range.clone()];
                out.push_str(&format!("{before}[{address}]({address})"));
                at = found.range.end + 1;
            }
        }
        out.push_str(&markdown[at..]);
        out
    }

    /// Makes each line that holds only blocks a paragraph of its own, so that what is next to
    /// it ends or begins there: otherwise the line belongs to the paragraph or list item before
    /// it.
    pub fn with_blocks_apart(&self, markdown: &str) -> String {
        let mut out = String::with_capacity(markdown.len() + 16);
        let mut fence: Option<&str> = None;
        let mut last = "";
        for line in markdown.split_inclusive('\n') {
            let start = line.trim_start();
            let mark = ["```", "~~~"]
                .into_iter()
                .find(|mark| start.starts_with(mark));
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if open == mark => fence = None,
                _ => {}
            }
            // A table row ends with its line; nothing can stand between two.
            let is_apart =
                fence.is_none() && !last.trim_start().starts_with('|') && self.is_block_alone(line);
            if is_apart {
                out.push_str(&format!("\n{}\n\n", line.trim_end()))
            } else {
                out.push_str(line)
            }
            last = line;
        }
        out
    }

    /// Joins a list that continues after the blocks between two items.
    pub fn with_lists_joined(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut at = 0;
        let found: Vec<_> = self
            .within(html)
            .filter(FoundPlaceholder::is_block)
            .collect();
        // Blocks in a row, with nothing between them.
        let rows =
            found.chunk_by(|one, next| html[one.range.end..next.range.start].trim().is_empty());
        for row in rows {
            let (Some(one), Some(last)) = (row.first(), row.last()) else {
                continue;
            };
            let before = html[at..one.range.start].trim_end();
            let end = last.range.end;
            let after = html[end..].trim_start();
            let ended = ["ul", "ol"].into_iter().find_map(|name| {
                let before = before.strip_suffix(&format!("</{name}>"))?;
                let tag = after.strip_prefix(&format!("<{name}"))?;
                let tag = tag
                    .split_once('>')
                    .filter(|(inside, _)| !inside.contains('<'))?;
                Some((before, tag.1))
            });
            if let Some((before, after)) = ended {
                out.push_str(before);
                out.push_str(&html[one.range.start..end]);
                at = html.len() - after.len();
            }
        }
        out.push_str(&html[at..]);
        out
    }

    /// Removes the paragraph around a lone stand-in of a `{% … %}`: it would leave a gap in the
    /// email.
    pub fn unwrap_blocks(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut at = 0;
        for found in self.within(html).filter(FoundPlaceholder::is_block) {
            let before = &html[at..found.range.start];
            let after = &html[found.range.end..];
            let paragraph = (before.strip_suffix("<p>"), after.strip_prefix("</p>\n"));
            match paragraph {
                (Some(before), Some(_)) => {
                    out.push_str(before);
                    out.push_str(&html[found.range.clone()]);
                    at = found.range.end + "</p>\n".len();
                }
                _ => {
                    out.push_str(&html[at..found.range.end]);
                    at = found.range.end;
                }
            }
        }
        out.push_str(&html[at..]);
        out
    }

    pub(super) fn is_block_alone(&self, line: &str) -> bool {
        let found: Vec<_> = self.within(line).collect();
        let length: usize = found.iter().map(|one| one.range.len()).sum();
        let is_any = !found.is_empty() && found.iter().all(FoundPlaceholder::is_block);
        let space = line.chars().filter(|c| c.is_whitespace());
        is_any && length + space.map(char::len_utf8).sum::<usize>() == line.len()
    }
}
