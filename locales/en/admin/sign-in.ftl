### Sign-in, and the confirmation of who it is before something sensitive changes.

admin-sign-in-title = Sign in
admin-sign-in-button = Sign in
admin-sign-in-hint = Leave the password empty to get a one-time sign-in link by email.
admin-sign-in-password = Password
admin-sign-in-email-link = Email me a link
admin-sign-in-address-missing = Enter your address, such as name@example.org.
admin-sign-in-wrong = Wrong address or password. You can always sign in with a link by email.

## Second step

admin-sign-in-one-more = One more step
admin-sign-in-code-text = Enter the six digits that your app shows, or one of your recovery codes.
admin-sign-in-code = Code
admin-sign-in-code-hint = From your app, or a recovery code.

## Link

admin-sign-in-sent = Check your inbox
admin-sign-in-sent-text =
    { $minutes ->
        [one] If this address belongs to a user, we have sent a sign-in link. It works once, for { $minutes } minute.
       *[other] If this address belongs to a user, we have sent a sign-in link. It works once, for { $minutes } minutes.
    }
admin-sign-in-demo-inbox = Open the demo inbox
admin-sign-in-no-email = No email? Check your spam folder, then <a href="{ $again }">ask for a new link</a>.
admin-sign-in-offer = The link works once. Press the button to use it in this browser.
admin-sign-in-expired = This link has expired
admin-sign-in-expired-text = A sign-in link works once and for a short time.
admin-sign-in-new-link = Get a new link
admin-sign-in-invitation-expired = This invitation has expired
admin-sign-in-invitation-expired-text = It worked until { $at }. Ask { $inviter } to send you a new one.

## Confirmation before credentials, secrets or the ways of mail change

admin-reauth-title = Confirm that it is you
admin-reauth-text =
    { $minutes ->
        [one] You signed in more than { $minutes } minute ago. What you want to do needs a more recent sign-in: confirm first that it is you. What you entered is kept.
       *[other] You signed in more than { $minutes } minutes ago. What you want to do needs a more recent sign-in: confirm first that it is you. What you entered is kept.
    }
admin-reauth-confirm = Confirm
admin-reauth-or-link = Or sign in again with a link sent by email, and enter the form once more.
admin-reauth-not-confirmed = Not confirmed yet
admin-reauth-not-yet = You have not signed in again yet.
admin-reauth-no-password = You have no password. Have a link sent by email, and open it in this browser.
admin-reauth-then = Then come back to this page.
admin-reauth-signed-in = I have signed in again
