### Sign-in by the organisation's provider (OpenID Connect).

## Sign-in page

admin-provider-button = Sign in with { $name }
admin-provider-owners-below = Only owners sign in by password or link.
admin-provider-only = Your account signs in with { $name }.
admin-provider-leaving = You are being taken there.
admin-provider-continue = Continue

## Confirmation that it is you

admin-provider-again = Or sign in again there, and enter the form once more.
admin-provider-in-tab = Sign in again. It opens in a new tab.

## What went wrong

admin-provider-failed = You are not signed in
admin-provider-back = Back
admin-provider-error-not-configured = There is no sign-in by an organisation’s account here.
admin-provider-error-expired = This sign-in was used before, took too long, or was begun in another browser. Start again.
admin-provider-error-unavailable = The sign-in of your organisation cannot be reached, or did not answer as it should. Try again later. An owner can see the reason in the audit log and in the system check.
admin-provider-error-declined = The sign-in of your organisation has refused, or you have cancelled it.
admin-provider-error-invalid = The answer of your organisation’s sign-in could not be trusted. An owner can see the reason in the audit log.
admin-provider-error-unverified = Your organisation does not confirm that the email address of your account is yours. Ask the people who run its sign-in.
admin-provider-error-domain = The email address of your account belongs to no domain that may sign in here. Ask an owner.
admin-provider-error-no-role = None of your groups has access. Ask an owner, or the people who run your organisation’s sign-in.
admin-provider-error-many-groups = You are in so many groups that your organisation’s sign-in does not name them. Ask an owner.
admin-provider-error-not-invited = Your account is not a user here. Ask an owner to invite you.
admin-provider-error-not-linked = A user has your email address, but your account is not linked to it. Sign in by password or link, then link it under My account.
admin-provider-error-other-account = The user with your email address is linked to another account of your organisation. Ask an owner.
admin-provider-error-taken = Another user is linked to this account already.
admin-provider-error-disabled = An owner has disabled your access.

## My account

admin-provider-title = Sign-in by your organisation’s account
# $name is empty where the provider was removed from the settings.
admin-provider-is-linked = Your account { $email } ({ $name }) is linked, last used on { $at }.
admin-provider-not-linked = Link your account at { $name } to sign in by it.
admin-provider-link = Link the account at { $name }
admin-provider-unlink = Remove the link
admin-provider-linked = Your account is linked
admin-provider-unlinked = The link is removed
