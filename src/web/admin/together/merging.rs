//! Two people saved the same form: what was merged, and the page that asks about the rest.
//!
//! The page carries the whole form along, so that nothing is lost and no script is needed; its
//! answers are fields named by the keys of the clashes.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::clock::Timestamp;
use crate::document::merge::{Choice, Clash, Place, Taken};
use crate::document::shown;
use crate::render::{self, Budget};
use crate::text::escape::escape_html;
use crate::text::locale::Language;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;

/// The name of an answer's field, before its key.
const ANSWER: &str = "choice_";
/// The button that leads back to the form with what the answers give.
const TO_FORM: &str = "merge_edit";
/// Clashes of one page; the next ones are asked once these are answered.
const SHOWN: usize = 100;
/// Names of places that a notice lists.
const NAMED: usize = 6;

/// The answers of a form.
pub fn choices(form: &Form) -> Vec<(String, Choice)> {
    let answers = form.pairs().filter_map(|(name, value)| {
        let key = name.strip_prefix(ANSWER)?;
        Some((key.to_owned(), Choice::parse(value)?))
    });
    answers.collect()
}

/// Whether the form is to be shown again with what the answers give, and not saved.
pub fn leads_to_form(form: &Form) -> bool {
    form.has(TO_FORM)
}

/// Who saved meanwhile, and when.
#[derive(Debug, Clone)]
pub struct Meanwhile {
    /// Their address; empty where it was not in the admin.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Meanwhile {
    fn who(&self, viewer: &Viewer) -> String {
        if self.by.is_empty() {
            viewer.t("admin-post-revision-outside")
        } else {
            self.by.clone()
        }
    }
}

/// What was taken from somebody else's version: `Merged with what a@b.example saved at 10:05:
/// Title (Қазақша), Text (English)`.
pub fn notice(
    viewer: &Viewer,
    meanwhile: &Meanwhile,
    taken: &[Taken],
    label: fn(&str) -> &'static str,
) -> String {
    let mut places: Vec<String> = taken
        .iter()
        .map(|one| place(viewer, one.place, label))
        .collect();
    if places.len() > NAMED {
        places.truncate(NAMED);
        places.push("…".to_owned());
    }
    let what = if places.is_empty() {
        viewer.t("admin-together-nothing-taken")
    } else {
        places.join(", ")
    };
    viewer
        .say("admin-together-merged")
        .text("who", meanwhile.who(viewer))
        .text("when", viewer.when(&meanwhile.at))
        .text("what", what)
        .to_string()
}

/// A field and its language, as the form names them.
pub fn place(viewer: &Viewer, place: Place, label: fn(&str) -> &'static str) -> String {
    let field = viewer.t(label(place.field));
    match place.language {
        Some(language) => format!("{field} ({})", language.endonym()),
        None => field,
    }
}

/// One question of the page.
struct Question {
    name: String,
    legend: String,
    language: Language,
    /// The versions as HTML; empty where it was removed.
    mine: String,
    theirs: String,
    /// How it was before both; empty where it was not there.
    base: String,
    can_be_both: bool,
}

#[derive(Template)]
#[template(path = "admin/together/merging.html")]
struct MergingPage<'a> {
    viewer: Viewer,
    title: String,
    questions: Vec<Question>,
    /// What was merged without a question.
    notice: String,
    who: String,
    when: String,
    /// Every other field of the form.
    fields: Vec<(&'a str, &'a str)>,
    /// The name and value of the button that was pressed.
    pressed: &'a str,
    /// Where the current version is.
    current: String,
}

/// What the page is about.
pub struct About {
    /// The heading of the post or campaign.
    pub title: String,
    /// The path of its form.
    pub current: String,
    /// The keys of its fields' labels.
    pub label: fn(&str) -> &'static str,
    /// How a value of a field that is chosen whole reads.
    pub value: fn(&Viewer, &str, &str) -> String,
}

/// The page that asks about each clash.
pub async fn page(
    viewer: Viewer,
    about: About,
    meanwhile: &Meanwhile,
    (clashes, taken): (Vec<Clash>, &[Taken]),
    form: &Form,
) -> Result<Response, HttpError> {
    let notice = if taken.is_empty() {
        String::new()
    } else {
        notice(&viewer, meanwhile, taken, about.label)
    };
    let clashes: Vec<Clash> = clashes.into_iter().take(SHOWN).collect();
    let rendered = render::run(Budget::Interactive, {
        let clashes = clashes.clone();
        move || clashes.iter().map(versions).collect::<Vec<_>>()
    });
    let rendered = rendered.await?;
    let question = |(clash, html): (Clash, Option<[String; 3]>)| {
        let said = |text: Option<&str>| match text {
            Some(text) => {
                let words = (about.value)(&viewer, clash.place.field, text);
                format!("<p>{}</p>", escape_html(&words))
            }
            None => String::new(),
        };
        let [base, mine, theirs] = html.unwrap_or_else(|| {
            [
                said(Some(&clash.base)),
                said(clash.mine.as_deref()),
                said(clash.theirs.as_deref()),
            ]
        });
        Question {
            name: format!("{ANSWER}{}", clash.key),
            legend: place(&viewer, clash.place, about.label),
            language: clash.place.language.unwrap_or(viewer.language()),
            can_be_both: clash.notation.is_some() && clash.mine.is_some() && clash.theirs.is_some(),
            base,
            mine,
            theirs,
        }
    };
    let questions: Vec<Question> = clashes.into_iter().zip(rendered).map(question).collect();
    let is_kept = |name: &str| !name.starts_with(ANSWER) && name != "action" && name != TO_FORM;
    // Answers to questions that are not asked again stay.
    let is_asked = |name: &str| questions.iter().any(|one| one.name == name);
    let fields = form
        .pairs()
        .filter(|(name, _)| is_kept(name) || name.starts_with(ANSWER) && !is_asked(name))
        .collect();
    let pressed = match form.text("action") {
        "" => "save",
        pressed => pressed,
    };
    let html = render_page(&MergingPage {
        title: about.title,
        questions,
        notice,
        who: meanwhile.who(&viewer),
        when: viewer.when(&meanwhile.at),
        fields,
        pressed,
        current: about.current,
        viewer,
    })?;
    Ok((StatusCode::CONFLICT, html).into_response())
}

/// The versions of a clash of texts as HTML: before both, mine, theirs, each with what it changed.
fn versions(clash: &Clash) -> Option<[String; 3]> {
    let notation = clash.notation?;
    let marked = |version: Option<&String>| {
        version.map_or_else(String::new, |version| {
            shown::marked_piece(notation, &clash.base, version)
        })
    };
    let base = shown::piece(notation, &clash.base);
    Some([
        base,
        marked(clash.mine.as_ref()),
        marked(clash.theirs.as_ref()),
    ])
}
