//! A text beside its translation, block by block: what the pages of posts and campaigns share.

use crate::document::compare::marked_text;
use crate::document::shown::Became;
use crate::document::sides::Sides;
use crate::text::escape::escape_html;
use crate::text::locale::Language;
use crate::web::admin::viewer::Viewer;
use crate::web::http::form::Form;

/// Empty fields at the end, for blocks that only the translation has.
const SPARE: usize = 1;

/// The blocks of a text and of its translation, as `admin/together/sides.html` shows them.
pub struct Blocks {
    pub sides: Sides,
    /// The language of the text.
    pub source: Language,
    /// The language that it is translated into.
    pub target: Language,
}

impl Blocks {
    /// What a mark of the source's block says; empty for none.
    pub fn mark(&self, viewer: &Viewer, became: &Became) -> String {
        match became {
            Became::Same | Became::Removed => String::new(),
            Became::Changed | Became::Restyled => viewer.t("admin-translate-changed"),
            Became::Added => viewer.t("admin-translate-added"),
        }
    }

    /// Numbers of the empty fields at the end.
    pub fn spare(&self) -> Vec<usize> {
        let first = self.sides.rows.len();
        (first..first + SPARE).collect()
    }
}

/// The blocks as entered, but for those that were left empty.
pub fn entered(form: &Form) -> Vec<String> {
    let blocks = form.all("block").map(|block| block.replace("\r\n", "\n"));
    blocks.filter(|block| !block.trim().is_empty()).collect()
}

/// The text of blocks as entered.
pub fn body(blocks: &[String]) -> String {
    let trimmed: Vec<&str> = blocks.iter().map(|one| one.trim_matches('\n')).collect();
    match trimmed.join("\n\n") {
        text if text.is_empty() => text,
        text => text + "\n",
    }
}

/// A line of the source as HTML, with what changed in it since.
pub fn line(now: &str, before: Option<&str>) -> String {
    before.map_or_else(|| escape_html(now), |before| marked_text(before, now))
}
