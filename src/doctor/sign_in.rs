//! Whether users can sign in by the provider.

use std::sync::Arc;

use super::{Found, Subject};
use crate::account::provider::{self, ProviderError};

pub(super) async fn provider(subject: Arc<Subject>) -> Vec<Found> {
    // Stored settings are known with the database only.
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let config = cx.config();
    let Some(issuer) = config.oidc_issuer.as_ref() else {
        return vec![Found::ok(
            "no provider is configured: users sign in by password or link",
        )];
    };
    vec![match provider::check(&config).await {
        Ok(keys) => Found::ok(format!(
            "{issuer} answers and signs with {keys} keys; nobody has signed in for this check"
        )),
        Err(ProviderError::NotConfigured) => Found::error(
            format!("{issuer} is configured without a client id: nobody can sign in by it"),
            "enter it under Settings › Sign-in, or set JARSHY_OIDC_CLIENT_ID",
        ),
        Err(error) => Found::error(
            format!("sign-in by {issuer} fails: {error}"),
            "correct it under Settings › Sign-in, or ask the people who run it; owners can \
             sign in by password or link",
        ),
    }]
}
