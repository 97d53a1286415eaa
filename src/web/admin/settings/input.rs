//! A setting as a form shows it, and back.

use serde_json::Value;

use crate::settings::{Setting, SettingSource};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::wording::Wording;
use crate::web::http::form::Form;

use super::fields::{Field, Kind, PUBLIC_URL, hint, origin_text};

/// What was entered and is not saved.
#[derive(Default)]
pub struct Entered {
    pub form: Form,
    pub errors: FormErrors,
}

/// A setting as the page shows it.
pub struct Input {
    pub field: &'static Field,
    pub hint: String,
    pub value: String,
    pub is_set: bool,
    /// Why it cannot be changed here; empty where it can.
    pub given: String,
    pub error: String,
}

impl Input {
    /// Whether an address that was not reached can be saved all the same.
    pub fn offers_anyway(&self) -> bool {
        self.field.key == PUBLIC_URL && !self.error.is_empty()
    }

    pub fn new(
        wording: &Wording,
        field: &'static Field,
        setting: &Setting,
        entered: &Entered,
    ) -> Self {
        let shown = shown(field, setting);
        let problem = setting.problem.as_deref().unwrap_or_default();
        let error = match entered.errors.at(field.key) {
            "" => problem,
            error => error,
        };
        let mut hint = hint(wording, field.hint);
        if field.kind == Kind::Secret && setting.is_set {
            let now = match shown.as_str() {
                "" => wording.t("admin-settings-secret-set"),
                shown => wording
                    .say("admin-settings-secret-shown")
                    .text("value", shown)
                    .to_string(),
            };
            hint = format!("{now} {hint}");
        }
        Self {
            hint,
            value: match (field.kind, entered.form.get(field.key)) {
                (Kind::Secret | Kind::Mailbox, _) => String::new(),
                (_, Some(entered)) => entered.to_owned(),
                (_, None) => shown,
            },
            is_set: setting.is_set,
            given: match &setting.source {
                SettingSource::Given(origin) => origin_text(wording, origin),
                _ => String::new(),
            },
            error: wording.explain(error),
            field,
        }
    }
}

/// A value as the field of a form has it.
pub fn shown(field: &Field, setting: &Setting) -> String {
    let seconds = setting.shown.as_ref().and_then(Value::as_f64);
    match (field.kind.unit(), seconds) {
        (Some(unit), Some(seconds)) => {
            let text = format!("{:.4}", seconds / unit);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => text_of(setting.shown.as_ref()),
    }
}

/// What was entered, in the unit of the setting. What is no number stays, and is refused there.
pub fn in_seconds(field: &Field, entered: &str) -> String {
    let number = entered.replace(',', ".").parse::<f64>().ok();
    let seconds = field
        .kind
        .unit()
        .zip(number)
        .map(|(unit, number)| (number * unit).round());
    match seconds {
        Some(seconds) if seconds.is_finite() => format!("{seconds:.0}"),
        _ => entered.to_owned(),
    }
}

/// A value as text; entries on lines of their own.
pub fn text_of(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            let items: Vec<String> = items.iter().map(|item| text_of(Some(item))).collect();
            items.join("\n")
        }
        Some(other) => other.to_string(),
    }
}

pub fn input_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        _ => "text",
    }
}
