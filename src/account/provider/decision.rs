//! Whom the provider's word lets in.
//!
//! An account is known by its issuer and subject, which are never given to another person. An
//! address can be: it links an account only where its user, or the person who invited them, has
//! asked for that, or an owner has decided it for all.

use super::claims::{Account, GivenRole};
use super::error::Refusal;
use crate::address::EmailAddress;
use crate::address::domain::Domain;
use crate::model::UserId;
use crate::model::user::{DisabledBy, Role};

/// What owners have decided.
#[derive(Debug, Clone, Default)]
pub(super) struct Policy {
    /// Empty: any.
    pub domains: Vec<Domain>,
    pub creates_users: bool,
    pub links_by_email: bool,
}

/// A user whom the account may belong to.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub id: UserId,
    pub disabled_by: Option<DisabledBy>,
    pub invitation: Invited,
    /// Whether they have linked an account at this provider.
    pub has_account: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Invited {
    /// They have accepted, or are a user by another way.
    No,
    Open,
    Expired,
}

/// What becomes of a sign-in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    SignIn(UserId),
    /// The account is linked to the user, who signs in.
    Link(UserId),
    /// A new user with this role.
    Create(Role),
    /// The user has lost the groups that gave them a role.
    ShutOut(UserId),
    Refuse(Refusal),
}

/// The address, if one of the domains that may sign in has it.
pub(super) fn admitted<'a>(
    policy: &Policy,
    account: &'a Account,
) -> Result<&'a EmailAddress, Refusal> {
    let email = account.verified_email.as_ref().ok_or(Refusal::Unverified)?;
    let domain = email.domain().to_ascii_lowercase();
    let mut allowed = policy.domains.iter();
    if !policy.domains.is_empty() && !allowed.any(|allowed| allowed.as_str() == domain) {
        return Err(Refusal::Domain);
    }
    if account.role == GivenRole::Unknown {
        return Err(Refusal::ManyGroups);
    }
    Ok(email)
}

/// Decides on an account that has signed in: `linked` is the user it is linked to, `by_email`
/// the one with its address.
pub(super) fn decide(
    policy: &Policy,
    account: &Account,
    linked: Option<&Candidate>,
    by_email: Option<&Candidate>,
) -> Decision {
    if let Err(refusal) = admitted(policy, account) {
        return Decision::Refuse(refusal);
    }
    let has_lost_role = account.role == GivenRole::None;
    match (linked, by_email) {
        (Some(user), _) if user.disabled_by == Some(DisabledBy::Owner) => {
            Decision::Refuse(Refusal::Disabled)
        }
        (Some(user), _) if has_lost_role => Decision::ShutOut(user.id),
        (Some(user), _) => Decision::SignIn(user.id),
        (None, _) if has_lost_role => Decision::Refuse(Refusal::NoRole),
        (None, Some(user)) => match link(policy, user) {
            Ok(user) => Decision::Link(user),
            Err(refusal) => Decision::Refuse(refusal),
        },
        (None, None) if policy.creates_users => Decision::Create(match account.role {
            GivenRole::Role(role) => role,
            // The least, until an owner gives them more.
            _ => Role::Viewer,
        }),
        (None, None) => Decision::Refuse(Refusal::NotInvited),
    }
}

/// Whether a user gets an account by its address alone.
fn link(policy: &Policy, user: &Candidate) -> Result<UserId, Refusal> {
    if user.disabled_by.is_some() {
        return Err(Refusal::Disabled);
    }
    // The address was given to somebody else meanwhile.
    if user.has_account {
        return Err(Refusal::OtherAccount);
    }
    match user.invitation {
        Invited::Open => Ok(user.id),
        Invited::Expired => Err(Refusal::NotInvited),
        Invited::No if policy.links_by_email => Ok(user.id),
        Invited::No => Err(Refusal::NotLinked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(email: Option<&str>, role: GivenRole) -> Account {
        Account {
            issuer: "https://a.example".to_owned(),
            subject: "1".to_owned(),
            verified_email: email.map(|email| email.parse().unwrap()),
            role,
        }
    }

    fn user(id: i64) -> Candidate {
        Candidate {
            id: UserId(id),
            disabled_by: None,
            invitation: Invited::No,
            has_account: false,
        }
    }

    fn decided(policy: &Policy, linked: Option<&Candidate>, found: Option<&Candidate>) -> Decision {
        let account = account(Some("a@b.example"), GivenRole::Here);
        decide(policy, &account, linked, found)
    }

    #[test]
    fn a_linked_account_signs_in_whatever_its_address() {
        let policy = Policy::default();
        assert_eq!(
            decided(&policy, Some(&user(1)), Some(&user(2))),
            Decision::SignIn(UserId(1))
        );
        let by = |disabled_by| Candidate {
            disabled_by: Some(disabled_by),
            ..user(1)
        };
        assert_eq!(
            decided(&policy, Some(&by(DisabledBy::Owner)), None),
            Decision::Refuse(Refusal::Disabled)
        );
        assert_eq!(
            decided(&policy, Some(&by(DisabledBy::Provider)), None),
            Decision::SignIn(UserId(1)),
            "the group is there again"
        );
    }

    #[test]
    fn an_address_alone_links_nobody() {
        let (strict, lax) = (
            Policy::default(),
            Policy {
                links_by_email: true,
                ..Policy::default()
            },
        );
        let refused = Decision::Refuse;
        let known = user(1);
        assert_eq!(
            decided(&strict, None, Some(&known)),
            refused(Refusal::NotLinked)
        );
        assert_eq!(decided(&lax, None, Some(&known)), Decision::Link(UserId(1)));
        let invited = |invitation| Candidate {
            invitation,
            ..user(1)
        };
        assert_eq!(
            decided(&strict, None, Some(&invited(Invited::Open))),
            Decision::Link(UserId(1))
        );
        assert_eq!(
            decided(&lax, None, Some(&invited(Invited::Expired))),
            refused(Refusal::NotInvited)
        );
        let recycled = Candidate {
            has_account: true,
            ..user(1)
        };
        assert_eq!(
            decided(&lax, None, Some(&recycled)),
            refused(Refusal::OtherAccount)
        );
        for by in [DisabledBy::Owner, DisabledBy::Provider] {
            let disabled = Candidate {
                disabled_by: Some(by),
                ..user(1)
            };
            assert_eq!(
                decided(&lax, None, Some(&disabled)),
                refused(Refusal::Disabled)
            );
        }
    }

    #[test]
    fn strangers_come_in_only_where_owners_have_said_so() {
        let open = Policy {
            creates_users: true,
            ..Policy::default()
        };
        assert_eq!(
            decided(&Policy::default(), None, None),
            Decision::Refuse(Refusal::NotInvited)
        );
        assert_eq!(decided(&open, None, None), Decision::Create(Role::Viewer));
        let editor = account(Some("a@b.example"), GivenRole::Role(Role::Editor));
        assert_eq!(
            decide(&open, &editor, None, None),
            Decision::Create(Role::Editor)
        );
    }

    #[test]
    fn no_role_no_address_no_domain_no_entry() {
        let policy = Policy {
            domains: vec!["b.example".parse().unwrap()],
            creates_users: true,
            links_by_email: true,
        };
        let known = user(1);
        let decide = |email: Option<&str>, role, linked| {
            super::decide(&policy, &account(email, role), linked, Some(&known))
        };
        let editor = GivenRole::Role(Role::Editor);
        let refused = Decision::Refuse;
        assert_eq!(
            decide(None, editor, Some(&known)),
            refused(Refusal::Unverified)
        );
        assert_eq!(
            decide(Some("a@c.example"), editor, Some(&known)),
            refused(Refusal::Domain)
        );
        assert_eq!(
            decide(Some("a@sub.b.example"), editor, None),
            refused(Refusal::Domain)
        );
        assert_eq!(
            decide(Some("a@B.example"), editor, None),
            Decision::Link(UserId(1))
        );
        assert_eq!(
            decide(Some("a@b.example"), GivenRole::None, Some(&known)),
            Decision::ShutOut(UserId(1))
        );
        assert_eq!(
            decide(Some("a@b.example"), GivenRole::None, None),
            refused(Refusal::NoRole)
        );
        assert_eq!(
            decide(Some("a@b.example"), GivenRole::Unknown, Some(&known)),
            refused(Refusal::ManyGroups)
        );
    }
}
