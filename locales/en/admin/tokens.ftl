### API tokens.

admin-token-about = For programs that use <a href="{ $api }">the API</a>. A token can do at most what its user can.
admin-token-made = Token created
admin-token-made-text = Copy it now; it is not shown again.
admin-token-empty-title = No tokens yet
admin-token-empty = Create one for each program, so that you can revoke one without the others.
admin-token-token = Token
# Instead of a name; tokens of the command line have none.
admin-token-nameless = token { $id }
admin-token-permissions = Permissions
admin-token-full-access-of-user = full access of its user
admin-token-reads-everything = reads everything
# One permission of a token: what it is about, and what it may do with it.
admin-token-permission = { $resource }: { $may }
admin-token-created-at = created { $when }
admin-token-last-used = Last used
admin-token-expires = Expires
admin-token-expired = expired

## Revoking

admin-token-revoke = Revoke
admin-token-revoke-ask = Revoke…
admin-token-revoke-of = Revoke { $name }
admin-token-revoke-question = Revoke { $name }?
admin-token-revoke-text = Programs that use it can no longer access the API.
admin-token-revoked = Revoked

## Form

admin-token-new = Create a token
admin-token-purpose = What it is for
admin-token-some = Selected below
admin-token-some-hint = Recommended: if the token leaks, it gives away no more than the program needs.
admin-token-read-only = Read only
admin-token-read-only-hint = Read everything, change nothing.
admin-token-full = Full access
admin-token-full-hint = Everything you can do.
admin-token-by-resource = Choose by resource
admin-token-may-read = read
admin-token-may-write = read and write
admin-token-may-send = send
admin-token-30-days = in 30 days
admin-token-90-days = in 90 days
admin-token-a-year = in a year
admin-token-choose-expiry = Choose when the token expires.
admin-token-create = Create

## Resources

admin-token-resource-lists = lists
admin-token-resource-subscribers = subscribers
admin-token-resource-suppressions = suppressions
admin-token-resource-posts = posts
admin-token-resource-events = events
admin-token-resource-media = media
admin-token-resource-campaigns = campaigns
admin-token-resource-layouts = layouts
admin-token-resource-texts = texts
# Emails that another program asks for, each to one person.
admin-token-resource-transactional = transactional
admin-token-resource-webhooks = webhooks
admin-token-resource-settings = settings
admin-token-resource-notifications = notifications
