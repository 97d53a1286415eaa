//! The attributes of an element: its own, and those that `mj-attributes` sets for it, for all
//! elements or for a class.

use super::read::Element;

/// What `mj-attributes` sets.
#[derive(Debug, Default)]
pub struct Defaults<'a> {
    /// By tag, by class, or by class and tag within it.
    sets: Vec<(Of<'a>, Vec<(&'a str, &'a str)>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of<'a> {
    All,
    Tag(&'a str),
    Class(&'a str),
    TagInClass(&'a str, &'a str),
}

impl<'a> Defaults<'a> {
    /// Parses the `mj-attributes` of a head.
    pub fn read(&mut self, attributes: &Element<'a>) {
        for element in attributes.elements() {
            match element.kind.name {
                "mj-all" => self.set(Of::All, &element.attributes),
                "mj-class" => {
                    let class = element.attribute("name").unwrap_or_default();
                    self.set(Of::Class(class), &element.attributes);
                    for inner in element.elements() {
                        self.set(Of::TagInClass(class, inner.kind.name), &inner.attributes);
                    }
                }
                tag => self.set(Of::Tag(tag), &element.attributes),
            }
        }
    }

    fn set(&mut self, of: Of<'a>, attributes: &[(&'a str, &'a str)]) {
        let at = self.sets.iter().position(|(one, _)| *one == of);
        let at = at.unwrap_or_else(|| {
            self.sets.push((of, Vec::new()));
            self.sets.len() - 1
        });
        for attribute in attributes.iter().filter(|(name, _)| *name != "name") {
            put(&mut self.sets[at].1, *attribute);
        }
    }

    fn get(&self, of: Of<'_>) -> &[(&'a str, &'a str)] {
        let found = self.sets.iter().find(|(one, _)| *one == of);
        found.map_or(&[], |(_, attributes)| attributes)
    }

    /// The attributes of an element: for all, for its tag, for its classes, for
    /// its tag within the classes of its parent, and its own, each before those
    /// that it overrides.
    ///
    /// `inherited` are the names that it takes from its parent, which come before
    /// what is set for all.
    pub fn of(
        &self,
        element: &Element<'a>,
        parent_classes: &str,
        inherited: &[String],
    ) -> Vec<(&'a str, String)> {
        let mut all: Vec<(&'a str, String)> = Vec::new();
        let mut add =
            |name: &'a str, value: String| match all.iter_mut().find(|(one, _)| *one == name) {
                Some((_, known)) => *known = value,
                None => all.push((name, value)),
            };
        for (name, value) in self.get(Of::All) {
            if !inherited.iter().any(|one| one == name) {
                add(name, (*value).to_owned());
            }
        }
        for (name, value) in self.get(Of::Tag(element.kind.name)) {
            add(name, (*value).to_owned());
        }
        let mut css_class: Option<String> = None;
        for class in element.attribute("mj-class").unwrap_or_default().split(' ') {
            for (name, value) in self.get(Of::Class(class)) {
                match (*name, &css_class) {
                    ("css-class", Some(before)) => css_class = Some(format!("{before} {value}")),
                    ("css-class", None) => css_class = Some((*value).to_owned()),
                    _ => add(name, (*value).to_owned()),
                }
            }
        }
        if let Some(css_class) = css_class {
            add("css-class", css_class);
        }
        for class in parent_classes.split(' ') {
            for (name, value) in self.get(Of::TagInClass(class, element.kind.name)) {
                add(name, (*value).to_owned());
            }
        }
        for (name, value) in &element.attributes {
            if *name != "mj-class" {
                add(name, (*value).to_owned());
            }
        }
        all
    }
}

fn put<'a>(attributes: &mut Vec<(&'a str, &'a str)>, (name, value): (&'a str, &'a str)) {
    match attributes.iter_mut().find(|(one, _)| *one == name) {
        Some((_, known)) => *known = value,
        None => attributes.push((name, value)),
    }
}
