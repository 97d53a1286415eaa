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

## Which lists users reach

admin-users-all-lists = all lists
admin-users-no-lists = no list
admin-users-some-lists = only: { $lists }
admin-users-lists-choose = Change lists
admin-users-lists-title = Lists of a user
admin-users-reach = Reaches
admin-users-reach-all = All lists
admin-users-reach-some = Only the lists ticked below
admin-users-only-lists = Only these lists
admin-users-only-lists-hint = They see subscribers, campaigns and reports of these lists only. Posts, events and files are shared by all users. With no list ticked for a new user, they reach all.
admin-users-lists-set = The lists of { $email } are changed

## Adding

admin-users-add = Add a user
admin-users-email-hint = An invitation is sent to this address.
admin-users-owner = Owner
admin-users-owner-hint = Can do everything, including users and keys.
admin-users-editor = Editor
admin-users-editor-hint = Can write, send, and manage subscribers.
admin-users-viewer = Viewer
admin-users-viewer-hint = Can view everything and change nothing.
admin-users-exists = This user already exists.
admin-users-invited = Invited { $email }
admin-users-invited-next =
    { $days ->
        [one] An invitation was sent. Its link works for { $days } day; you can send it again or withdraw it here.
       *[other] An invitation was sent. Its link works for { $days } days; you can send it again or withdraw it here.
    }

## Invitations that were not accepted yet

admin-users-invited-until = invited by { $inviter }, can accept until { $at }
admin-users-invitation-expired = invited by { $inviter }, expired on { $at }
admin-users-invite-again = Send again
admin-users-invite-again-of = Send again: invitation of { $email }
admin-users-invited-again = Invited { $email } again
admin-users-withdraw = Withdraw
admin-users-withdraw-ask = Withdraw…
admin-users-withdraw-of = Withdraw the invitation of { $email }
admin-users-withdraw-question = Withdraw the invitation of { $email }?
admin-users-withdraw-text = The link in the email stops working, and they are no longer a user.
admin-users-withdrawn = The invitation of { $email } is withdrawn

## Resetting the sign-in

admin-users-reset = Reset
admin-users-reset-ask = Reset…
admin-users-reset-of = Reset { $email }
admin-users-reset-question = Reset the sign-in of { $email }?
admin-users-reset-text = Their password, passkeys, two-factor sign-in and link to the organisation’s account are removed and their sessions end. They sign in with a link sent by email.
admin-users-keep-tokens =
    { $count ->
        [one] Keep their { $count } API token working
       *[other] Keep their { $count } API tokens working
    }
admin-users-was-reset = { $email } now signs in with a link sent by email

## Keeping out

admin-users-disable = Disable
admin-users-disable-ask = Disable…
admin-users-disable-of = Disable { $email }
admin-users-disable-question = Disable { $email }?
admin-users-disable-text = Their sessions end, and they cannot sign in or use their API tokens until an owner enables them again.
admin-users-was-disabled = { $email } is disabled
admin-users-enable = Enable
admin-users-enable-of = Enable { $email }
admin-users-was-enabled = { $email } can sign in again
admin-users-disabled-owner = disabled by an owner
admin-users-disabled-provider = disabled: the organisation’s sign-in gives no role
admin-users-linked = signs in by the organisation’s account

## Removing

admin-users-remove-ask = Remove…
admin-users-remove-of = Remove { $email }
admin-users-remove-question = Remove { $email }?
admin-users-remove-text =
    { $count ->
        [one] Their sessions end and their { $count } API token stops working at once. What they did stays in the audit log.
       *[other] Their sessions end and their { $count } API tokens stop working at once. What they did stays in the audit log.
    }
admin-users-removed = { $email } is removed
