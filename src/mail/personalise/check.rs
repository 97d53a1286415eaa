//! Finds errors in merge tags before anything is sent, by line.

use super::error::{TemplateError, cause};
use super::fields::Names;
use super::template::{check_bounds, environment, sample_fields};

/// Checks the merge tags of a text. `skeleton` holds them alone, on their lines; `on_line`
/// returns those of a line.
///
/// # Errors
/// [`TemplateError`] with line and expression.
pub fn check(
    skeleton: &str,
    names: Names,
    on_line: impl Fn(usize) -> Vec<String>,
) -> Result<(), TemplateError> {
    if skeleton.trim().is_empty() {
        return Ok(());
    }
    check_bounds(skeleton)?;
    let environment = environment();
    let invalid = |error: &minijinja::Error| TemplateError::Wrong {
        line: error.line().unwrap_or(1),
        expressions: on_line(error.line().unwrap_or(1)).join(" "),
        cause: cause(error),
    };
    let template = environment
        .template_from_named_str("message.html", skeleton)
        .map_err(|error| invalid(&error))?;
    let mut unknown: Vec<String> = template
        .undeclared_variables(false)
        .into_iter()
        .filter(|variable| !names.has(variable))
        .collect();
    unknown.sort();
    let Some(name) = unknown.into_iter().next() else {
        // Some errors show only when a template runs.
        let attributes = serde_json::json!({});
        let run = template.render(minijinja::value::Serde(&sample_fields(&attributes)));
        return run.map(|_| ()).map_err(|error| invalid(&error));
    };
    Err(TemplateError::UnknownName {
        line: 1,
        expression: name.clone(),
        name,
        known: names,
    })
}

/// Whether an expression or a statement uses a name.
pub fn uses(source: &str, name: &str) -> bool {
    let mut words = source.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.any(|word| word == name)
}

/// The names that a statement defines for what follows.
pub fn given_by(statement: &str) -> &str {
    let statement = statement.trim_start_matches(['-', '+', ' ', '\n', '\t']);
    let (keyword, rest) = statement
        .split_once(char::is_whitespace)
        .unwrap_or((statement, ""));
    match keyword {
        "for" => rest.split(" in ").next().unwrap_or_default(),
        "set" | "with" => rest.split('=').next().unwrap_or_default(),
        _ => "",
    }
}
