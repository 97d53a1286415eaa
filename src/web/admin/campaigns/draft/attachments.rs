//! The rows of the form for attached files, as they were filled in.

use crate::campaign::attachments::Attached;
use crate::model::attachment::MOST;
use crate::web::http::form::Form;

/// The rows that were filled in; one without a file is none.
pub fn of_form(form: &Form) -> Vec<Attached> {
    let mut names = form.all("attachment_name");
    let mut languages = form.all("attachment_language");
    let rows = form.all("attachment_file").map(|file| Attached {
        file: file.trim().to_owned(),
        name: names.next().unwrap_or_default().trim().to_owned(),
        language: languages.next().and_then(|tag| tag.parse().ok()),
    });
    rows.filter(|row| !row.file.is_empty()).collect()
}

/// The rows, and an empty one for another file as long as there may be one.
pub fn with_an_empty_one(rows: &[Attached]) -> Vec<Attached> {
    let mut rows = rows.to_vec();
    if rows.len() < MOST {
        rows.push(Attached::default());
    }
    rows
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
        let language = rows[0].language.map(|one| one.tag());
        assert_eq!((rows[0].name.as_str(), language), ("A", Some("kk")));
        assert_eq!(rows[1].name, "");
        assert_eq!(with_an_empty_one(&rows).len(), 3);
        assert_eq!(with_an_empty_one(&vec![rows[0].clone(); 10]).len(), 10);
    }
}
