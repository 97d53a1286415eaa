//! What the provider says of a person.

use serde_json::{Map, Value};

use crate::address::EmailAddress;
use crate::config::provider::RoleMap;
use crate::model::user::Role;

/// Entra ID says by a claim of its own that it has verified the owner of an address's domain.
const MICROSOFT: (&str, &str) = ("https://login.microsoftonline.com/", "xms_edov");

/// A person's account at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub issuer: String,
    pub subject: String,
    /// The address, where the provider vouches that it is theirs.
    pub verified_email: Option<EmailAddress>,
    pub role: GivenRole,
}

/// What the provider's groups say of a person's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GivenRole {
    /// Roles are given here, by owners.
    Here,
    Role(Role),
    /// None of their groups gives one.
    None,
    /// Entra ID names the groups of people who are in many of them only elsewhere.
    Unknown,
}

/// Claims of the ID token, completed by those of the user info endpoint.
#[derive(Debug, Clone, Default)]
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    pub fn new(claims: Map<String, Value>) -> Self {
        Self(claims)
    }

    /// Adds what is not there: the token is signed, so what it says stays.
    pub fn complete(&mut self, others: Self) {
        // Whether an address is verified must not be told of another address.
        let is_email_here = self.0.contains_key("email");
        for (name, value) in others.0 {
            let is_of_email = matches!(
                name.as_str(),
                "email" | "email_verified" | MICROSOFT_VERIFIED
            );
            if !(is_of_email && is_email_here) {
                self.0.entry(name).or_insert(value);
            }
        }
    }

    /// Whether the user info endpoint need not be asked.
    pub fn suffice(&self, role_claim: &str, roles: &RoleMap) -> bool {
        self.0.contains_key("email") && (roles.is_empty() || self.at(role_claim).is_some())
    }

    /// The account of a token that was verified.
    pub fn account(
        &self,
        issuer: &str,
        subject: &str,
        role_claim: &str,
        roles: &RoleMap,
    ) -> Account {
        Account {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
            verified_email: self.verified_email(issuer),
            role: self.role(role_claim, roles),
        }
    }

    fn verified_email(&self, issuer: &str) -> Option<EmailAddress> {
        let claims_it = |name: &str| self.0.get(name).is_some_and(is_yes);
        let is_verified = claims_it("email_verified")
            || issuer.starts_with(MICROSOFT.0) && claims_it(MICROSOFT.1);
        let email = self.0.get("email")?.as_str()?;
        EmailAddress::parse(email).ok().filter(|_| is_verified)
    }

    fn role(&self, claim: &str, roles: &RoleMap) -> GivenRole {
        if roles.is_empty() {
            return GivenRole::Here;
        }
        let Some(value) = self.at(claim) else {
            let elsewhere = self.0.get("_claim_names").and_then(Value::as_object);
            let is_elsewhere = elsewhere.is_some_and(|names| names.contains_key(claim));
            return if is_elsewhere {
                GivenRole::Unknown
            } else {
                GivenRole::None
            };
        };
        let values: Vec<String> = match value {
            Value::Array(items) => items.iter().filter_map(text).collect(),
            other => text(other).into_iter().collect(),
        };
        roles
            .role_of(&values)
            .map_or(GivenRole::None, GivenRole::Role)
    }

    /// A claim by its name, or by a path of names with dots. A name may have dots itself.
    fn at(&self, path: &str) -> Option<&Value> {
        if let Some(value) = self.0.get(path) {
            return Some(value);
        }
        let mut names = path.split('.');
        let first = self.0.get(names.next()?)?;
        names.try_fold(first, |value, name| value.get(name))
    }
}

const MICROSOFT_VERIFIED: &str = MICROSOFT.1;

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// Some providers write booleans as text or numbers.
fn is_yes(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => *yes,
        Value::String(text) => text.eq_ignore_ascii_case("true") || text == "1",
        Value::Number(number) => number.as_u64() == Some(1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Claims {
        Claims::new(value.as_object().unwrap().clone())
    }

    fn roles(entries: &[&str]) -> RoleMap {
        let entries: Vec<String> = entries.iter().map(|text| (*text).to_owned()).collect();
        entries.try_into().unwrap()
    }

    #[test]
    fn only_a_verified_address_counts() {
        let email = |issuer: &str, claimed: Value| {
            let found = claims(claimed).verified_email(issuer);
            found.map(|email| email.to_string())
        };
        let (here, entra) = (
            "https://a.example",
            "https://login.microsoftonline.com/t/v2.0",
        );
        let good = Some("a@b.example".to_owned());
        for yes in [json!(true), json!("true"), json!(1)] {
            let claimed = json!({ "email": "a@b.example", "email_verified": yes });
            assert_eq!(email(here, claimed), good);
        }
        for no in [json!(false), json!("no"), json!(null), json!([true])] {
            let claimed = json!({ "email": "a@b.example", "email_verified": no });
            assert_eq!(email(here, claimed), None);
        }
        assert_eq!(email(here, json!({ "email": "a@b.example" })), None);
        assert_eq!(email(here, json!({ "email_verified": true })), None);
        assert_eq!(
            email(here, json!({ "email": "a", "email_verified": true })),
            None
        );
        let domain_owner = json!({ "email": "a@b.example", "xms_edov": true });
        assert_eq!(email(entra, domain_owner.clone()), good);
        assert_eq!(email(here, domain_owner), None);
    }

    #[test]
    fn roles_are_found_where_providers_put_them() {
        let map = roles(&["press=editor", "staff=viewer"]);
        let role = |claim: &str, claimed: Value| claims(claimed).role(claim, &map);
        let editor = GivenRole::Role(Role::Editor);
        assert_eq!(
            role("groups", json!({ "groups": ["press", "staff"] })),
            editor
        );
        assert_eq!(role("role", json!({ "role": "press" })), editor);
        let nested = json!({ "realm_access": { "roles": ["press"] } });
        assert_eq!(role("realm_access.roles", nested), editor);
        let url = json!({ "https://a.example/roles": ["press"] });
        assert_eq!(role("https://a.example/roles", url), editor);
        assert_eq!(role("groups", json!({ "groups": [] })), GivenRole::None);
        assert_eq!(role("groups", json!({})), GivenRole::None);
        assert_eq!(role("groups", json!({ "groups": [7] })), GivenRole::None);
        let many = json!({ "_claim_names": { "groups": "src1" } });
        assert_eq!(role("groups", many), GivenRole::Unknown);
        assert_eq!(
            claims(json!({})).role("groups", &RoleMap::default()),
            GivenRole::Here
        );
    }

    #[test]
    fn what_is_signed_is_not_replaced() {
        let mut token = claims(json!({ "email": "a@b.example", "groups": ["staff"] }));
        token.complete(claims(json!({
            "email": "c@b.example",
            "email_verified": true,
            "groups": ["press"],
            "role": "press",
        })));
        assert_eq!(token.verified_email("https://a.example"), None);
        assert_eq!(token.at("groups"), Some(&json!(["staff"])));
        assert_eq!(token.at("role"), Some(&json!("press")));
    }
}
