//! Settings without their secrets.

use serde_json::Value;
use url::Url;

use crate::config::is_secret;

/// A value to show: URLs without password and tokens, and of other secrets nothing.
pub fn redacted(key: &str, value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if is_secret(key) => {
            let urls: Vec<String> = crate::relay::urls(text)
                .iter()
                .map(|url| without_secrets(url))
                .collect::<Option<_>>()?;
            Some(Value::String(urls.join(" ")))
        }
        other => Some(other.clone()),
    }
}

fn without_secrets(text: &str) -> Option<String> {
    let mut url = Url::parse(text).ok().filter(Url::has_host)?;
    url.set_password(None).ok()?;
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| !is_secret_name(key))
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    Some(url.into())
}

/// Whether an option of a URL holds a secret by its name, such as `refresh_token`.
fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "secret", "token"]
        .iter()
        .any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_shown_has_no_secret() {
        let shown = |key: &str, text: &str| redacted(key, &json!(text));
        assert_eq!(
            shown(
                "smtp_url",
                "smtp://me:s3,cret@a.example?rate=5 smtps://you:s3cret@b.example"
            ),
            Some(json!("smtp://me@a.example?rate=5 smtps://you@b.example"))
        );
        assert_eq!(
            shown(
                "smtp_oauth",
                "https://app:s3cret@a.example/t?scope=x&refresh_token=s3cret"
            ),
            Some(json!("https://app@a.example/t?scope=x"))
        );
        assert_eq!(
            shown("mailbox_url", "imaps://me:s3cret@a.example/Returned"),
            Some(json!("imaps://me@a.example/Returned"))
        );
        assert_eq!(
            shown(
                "database_url",
                "postgres://db.example/x?user=me&password=s3cret&sslmode=require"
            ),
            Some(json!("postgres://db.example/x?user=me&sslmode=require"))
        );
        assert_eq!(shown("postmark_secret", "s3cret"), None);
        assert_eq!(shown("brevo_secret", "s3:cret"), None);
        assert_eq!(shown("from", "a@b.example"), Some(json!("a@b.example")));
        assert_eq!(redacted("lease", &json!(5)), Some(json!(5)));
    }
}
