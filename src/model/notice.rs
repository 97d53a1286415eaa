//! Notices: mail to one person that no campaign makes.

use super::word::words;

words! {
    /// What a notice is about.
    NoticeKind {
        /// Please confirm that you want to join.
        Confirmation = "confirmation",
        /// You asked to join, and are on the list already.
        AlreadySubscribed = "already_subscribed",
        /// You are on the list now.
        Welcome = "welcome",
        /// A one-time link to the desk.
        SignIn = "sign_in",
        /// Your password, codes or tokens were changed.
        AccountChanged = "account_changed",
        /// A link to see or erase what is kept of you.
        PersonalData = "personal_data",
        /// A campaign's mail, to see it before it is sent.
        Test = "test",
        /// A person's answer, passed on to the owner of the lists.
        Forward = "forward",
        /// Mail that another program asked for.
        Transactional = "transactional",
    }
}
