//! The rows of the form for attached files, as they were filled in.

use crate::campaign::attachments::Attached;
use crate::model::attachment::MOST;
use crate::web::http::form::Form;

/// A row; one without a file is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its name in the media library.
    pub file: String,
    /// The name under which recipients get it.
    pub name: String,
    /// The tag of a language; empty for all.
    pub language: String,
}

impl Row {
    pub fn is_in(&self, tag: &str) -> bool {
        self.language == tag
    }
}

impl From<&Attached> for Row {
    fn from(attached: &Attached) -> Self {
        Self {
            file: attached.file.clone(),
            name: attached.name.clone(),
            language: attached.language.map_or("", |one| one.tag()).to_owned(),
        }
    }
}

/// The rows that were filled in.
pub fn of_form(form: &Form) -> Vec<Row> {
    let mut names = form.all("attachment_name");
    let mut languages = form.all("attachment_language");
    let rows = form.all("attachment_file").map(|file| Row {
        file: file.trim().to_owned(),
        name: names.next().unwrap_or_default().trim().to_owned(),
        language: languages.next().unwrap_or_default().to_owned(),
    });
    rows.filter(|row| !row.file.is_empty()).collect()
}

/// The rows, and an empty one for another file as long as there may be one.
pub fn with_an_empty_one(rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    if rows.len() < MOST {
        rows.push(Row::default());
    }
    rows
}

/// The files that the rows name.
pub fn chosen(rows: &[Row]) -> Vec<Attached> {
    let attached = |row: &Row| Attached {
        file: row.file.clone(),
        name: row.name.clone(),
        language: row.language.parse().ok(),
    };
    rows.iter().map(attached).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_a_file_are_none() {
        let form = Form::parse(
            b"attachment_file=a.pdf&attachment_name=A&attachment_language=kk\
              &attachment_file=&attachment_name=B&attachment_language=\
              &attachment_file=c.pdf&attachment_name=&attachment_language=",
        );
        let rows = of_form(&form.unwrap());
        let files: Vec<&str> = rows.iter().map(|row| row.file.as_str()).collect();
        assert_eq!(files, ["a.pdf", "c.pdf"]);
        assert_eq!(
            (rows[0].name.as_str(), rows[0].language.as_str()),
            ("A", "kk")
        );
        assert_eq!(rows[1].name, "");
        assert_eq!(with_an_empty_one(&rows).len(), 3);
        assert_eq!(with_an_empty_one(&vec![rows[0].clone(); 10]).len(), 10);
    }
}
