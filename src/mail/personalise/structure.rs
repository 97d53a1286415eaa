//! Which blocks belong together: `if` with its `else` and `endif`.

use std::collections::HashMap;
use std::ops::Range;

use super::error::TemplateError;
use super::placeholder::{Placeholder, PlaceholderKind};

pub(super) struct Structure {
    /// The group of a placeholder, and its position in the group.
    pub(super) groups: HashMap<usize, (usize, usize)>,
    /// How many placeholders each group has.
    pub(super) sizes: Vec<usize>,
}

impl Structure {
    /// # Errors
    /// [`TemplateError::Wrong`] where a block has no beginning or no end.
    pub(super) fn of(all: &[Placeholder], range: Range<usize>) -> Result<Self, TemplateError> {
        let mut structure = Structure {
            groups: HashMap::new(),
            sizes: Vec::new(),
        };
        let mut open: Vec<(usize, usize, String)> = Vec::new();
        for number in range {
            let Some(placeholder) = all
                .get(number)
                .filter(|placeholder| placeholder.kind == PlaceholderKind::Block)
            else {
                continue;
            };
            let wrong = |cause: String| TemplateError::Wrong {
                line: placeholder.line.unwrap_or(1),
                expressions: placeholder.shown().to_owned(),
                cause,
            };
            let keyword = placeholder.keyword();
            if let Some(ended) = keyword.strip_prefix("end") {
                match open.pop() {
                    Some((group, _, begun)) if begun == ended => structure.add(number, group),
                    _ => return Err(wrong(format!("it has no {{% {ended} … %}}"))),
                }
            } else if matches!(keyword, "else" | "elif") {
                match open.last() {
                    Some((group, ..)) => structure.add(number, *group),
                    None => return Err(wrong("it has no {% if … %}".to_owned())),
                }
            } else {
                let group = structure.sizes.len();
                structure.sizes.push(0);
                structure.add(number, group);
                let is_statement = keyword == "set" && placeholder.statement().contains('=');
                if !is_statement && keyword != "do" {
                    open.push((group, number, keyword.to_owned()));
                }
            }
        }
        match open
            .pop()
            .and_then(|(_, number, keyword)| Some((all.get(number)?, keyword)))
        {
            Some((placeholder, keyword)) => Err(TemplateError::Wrong {
                line: placeholder.line.unwrap_or(1),
                expressions: placeholder.shown().to_owned(),
                cause: format!("it has no {{% end{keyword} %}}"),
            }),
            None => Ok(structure),
        }
    }

    fn add(&mut self, number: usize, group: usize) {
        self.groups.insert(number, (group, self.sizes[group]));
        self.sizes[group] += 1;
    }
}
