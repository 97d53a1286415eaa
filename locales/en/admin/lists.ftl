### Lists: overview, one list, its form.

admin-list = List
admin-list-new = New list
admin-list-create = Create list
admin-list-edit = Edit list
admin-list-edit-title = Edit { $name }
admin-list-confirmed = Confirmed
admin-list-pending = Pending
admin-list-unsubscribed = Unsubscribed
admin-list-kind = Kind
admin-lists-empty-title = No lists yet
admin-lists-empty = A list is a named audience. Create one, then let visitors join it.

## One list

admin-list-export-csv = Export CSV
admin-list-export-jsonl = JSON lines
admin-list-add-subscriber = Add subscriber
admin-list-visible-to = Visible to
admin-list-visible-everyone = everyone: it is on the <a href="{ $join }">join page</a>, and has <a href="{ $forms }">a form for other sites</a>
admin-list-visible-admins = admins only; they add the subscribers
admin-list-opt-in = Opt-in
admin-list-is-double = double: each subscriber confirms by email
admin-list-is-single = single: at once, without a confirmation
admin-list-automatic = Automatic
admin-list-welcome-on = welcome email on
admin-list-welcome-off = welcome email off
admin-list-clicks-on = link counting on
admin-list-clicks-off = link counting off
admin-list-of-confirmed = Of the confirmed
admin-list-aside = { $paused } paused, { $weekly } get the weekly digest
admin-at-least = at least { $count }
admin-list-slug = Short name
admin-list-growth = Subscribers, 90 days

## Form

admin-list-name = Name
admin-list-description = Description
admin-list-description-hint = What the list sends, in one sentence. Shown on the join page.
admin-list-slug-hint = Lower-case letters, digits and hyphens, used in addresses and the List-Id header. Leave empty to create it from the name. It cannot be changed later.
admin-list-slug-taken = Another list already has this short name.
admin-list-languages = In other languages
admin-list-languages-hint = Where a language is missing, readers see the text above.
admin-list-everyone = Everyone
admin-list-everyone-hint = The list is on the join page.
admin-list-admins = Admins only
admin-list-admins-hint = Only admins can add subscribers.
admin-list-start = Subscriptions start
admin-list-double = When confirmed by email
admin-list-double-hint = Double opt-in: proves that the address is theirs.
admin-list-single = At once
admin-list-single-hint = Single opt-in: anyone can sign up anyone else.
admin-list-welcome = Send a welcome email
admin-list-welcome-hint = Sent right after the confirmation. Write it on the list’s page, under Welcome email.
admin-list-clicks = Count link clicks
admin-list-clicks-hint = How often each link is clicked, never by whom. A campaign counts clicks only if all of its lists do.
admin-list-created = Created “{ $name }”
admin-list-created-next = Add subscribers, import a file, or let visitors join.

## Deleting

admin-list-delete = Delete list
admin-list-delete-ask = Delete list…
admin-list-delete-hint = Not while a campaign that has not ended goes to it.
admin-list-delete-text = This permanently deletes the list and the record of who joined and left it, and how. Subscribers themselves stay, with their other lists.
admin-list-take-off =
    { $count ->
        [one] Take { $count } subscriber off it
       *[other] Take { $count } subscribers off it
    }
admin-list-not-empty =
    { $count ->
        [one] { $count } subscriber is on it. Tick the box to take them off.
       *[other] { $count } subscribers are on it. Tick the box to take them off.
    }
admin-list-not-deleted = The list is not deleted
