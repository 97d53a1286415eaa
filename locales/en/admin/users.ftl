### Users and their roles.

admin-users-user = User
admin-users-role = Role
admin-users-last-seen = Last seen
admin-users-tokens = Tokens
admin-users-you = you
admin-users-not-signed-in = not signed in
# For screen readers: what the select is for.
admin-users-role-of = Role of { $email }
admin-users-role-set = { $email } is { $role } now

## Adding

admin-users-add = Add a user
admin-users-email-hint = A sign-in link is sent to this address.
admin-users-owner = Owner
admin-users-owner-hint = Can do everything, including users and keys.
admin-users-editor = Editor
admin-users-editor-hint = Can write, send, and manage subscribers.
admin-users-viewer = Viewer
admin-users-viewer-hint = Can view everything and change nothing.
admin-users-exists = This user already exists.
admin-users-invited = Invited { $email }
admin-users-invited-next =
    { $minutes ->
        [one] A sign-in link was sent; it works for { $minutes } minute. After that they can ask for a new one on the sign-in page.
       *[other] A sign-in link was sent; it works for { $minutes } minutes. After that they can ask for a new one on the sign-in page.
    }

## Resetting the sign-in

admin-users-reset = Reset
admin-users-reset-ask = Reset…
admin-users-reset-of = Reset { $email }
admin-users-reset-question = Reset the sign-in of { $email }?
admin-users-reset-text = Their password and two-factor sign-in are removed and their sessions end. They sign in with a link sent by email.
admin-users-keep-tokens =
    { $count ->
        [one] Keep their { $count } API token working
       *[other] Keep their { $count } API tokens working
    }
admin-users-was-reset = { $email } now signs in with a link sent by email

## Removing

admin-users-remove-ask = Remove…
admin-users-remove-of = Remove { $email }
admin-users-remove-question = Remove { $email }?
admin-users-remove-text =
    { $count ->
        [one] Their sessions end and their { $count } API token stops working at once. What they did stays in the audit log.
       *[other] Their sessions end and their { $count } API tokens stop working at once. What they did stays in the audit log.
    }
admin-users-keep = Keep
admin-users-removed = { $email } is removed
