//! The table of features, read once.

use std::sync::LazyLock;

use super::client::Client;

/// Where a feature is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The name of an element.
    Element,
    /// The type of an `<input>`.
    Input,
    /// The name of a property.
    Property,
    /// A property and its value.
    Pair,
    /// A part of any value.
    Value,
    /// A part of a style sheet.
    Sheet,
    /// The end of a picture's address, or its scheme.
    Picture,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Feature {
    /// As caniemail.com calls it.
    pub slug: &'static str,
    pub sort: Sort,
    /// What is looked for, in lower case.
    pub terms: Vec<&'static str>,
    /// A letter for each [`Client`]: `y`, `a` in part, `n`, `u` unknown.
    support: &'static str,
}

impl Feature {
    /// Whether a program shows it at least in part, or nobody knows.
    pub fn shows(&self, client: Client) -> bool {
        self.support.as_bytes().get(client as usize) != Some(&b'n')
    }

    /// A term as an author writes it.
    pub fn as_written(&self, term: &str) -> String {
        match self.sort {
            Sort::Element => format!("<{term}>"),
            Sort::Input => format!("<input type=\"{term}\">"),
            Sort::Value => format!("{term})"),
            Sort::Property | Sort::Pair | Sort::Sheet | Sort::Picture => term.to_owned(),
        }
    }
}

static FEATURES: LazyLock<Vec<Feature>> = LazyLock::new(|| {
    include_str!("features.tsv")
        .lines()
        .filter_map(read)
        .collect()
});

pub fn features() -> &'static [Feature] {
    &FEATURES
}

fn read(line: &'static str) -> Option<Feature> {
    let mut cells = line.split('\t');
    let slug = cells.next().filter(|slug| !slug.starts_with('#'))?;
    Some(Feature {
        slug,
        sort: match cells.next()? {
            "element" => Sort::Element,
            "input" => Sort::Input,
            "property" => Sort::Property,
            "pair" => Sort::Pair,
            "value" => Sort::Value,
            "sheet" => Sort::Sheet,
            "picture" => Sort::Picture,
            _ => return None,
        },
        terms: cells.next()?.split(' ').collect(),
        support: cells.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("features.tsv").lines();
        let lines = lines.filter(|line| !line.starts_with('#')).count();
        assert_eq!(features().len(), lines);
        for feature in features() {
            assert_eq!(feature.support.len(), Client::ALL.len(), "{feature:?}");
            assert!(Client::ALL.iter().any(|client| !feature.shows(*client)));
        }
    }
}
