//! Users as the authors of what is kept with their name.

use crate::address::EmailAddress;
use crate::model::UserId;
use crate::store::accounts::{Bearer, User};

/// A user who writes something, in the admin or with a token.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    pub id: UserId,
    pub email: &'a EmailAddress,
}

impl<'a> From<&'a User> for Author<'a> {
    fn from(user: &'a User) -> Self {
        Self {
            id: user.id,
            email: &user.email,
        }
    }
}

impl<'a> From<&'a Bearer> for Author<'a> {
    fn from(bearer: &'a Bearer) -> Self {
        Self {
            id: bearer.user_id,
            email: &bearer.email,
        }
    }
}
