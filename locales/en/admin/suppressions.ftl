### Suppressions: addresses and domains that get no email.

admin-suppressions-lead = Addresses and domains that get no email from any list.
admin-suppressions-address = Address
admin-suppressions-why = Why
admin-suppressions-any-reason = Any reason
admin-suppressions-campaign = Campaign
# Days of a period, in a filter.
admin-suppressions-since = From
admin-suppressions-until = To
admin-suppressions-empty-title = No suppressions
admin-suppressions-empty = Addresses are listed here after hard bounces, complaints, requests for no email at all, or when you add them.
# Since when an address is suppressed.
admin-suppressions-listed-since = Since
admin-suppressions-campaign-named = Campaign { $id }
admin-suppressions-pages = Pages
admin-suppressions-first = First
admin-suppressions-next = Next

## Lifting one

admin-suppressions-lift = Lift
admin-suppressions-lift-ask = Lift…
admin-suppressions-lift-one = Lift { $target }
admin-suppressions-lift-this = Lift this suppression?
admin-suppressions-lift-target = Lift the suppression of { $target }?
admin-suppressions-lift-row = { $target } gets campaigns again. If this person asked for no more email or marked it as spam, make sure that they want this.
admin-suppressions-lift-text = This address gets the campaigns of its lists again. If this person asked for no more email or marked it as spam, make sure that they want this.
admin-suppressions-lifted = { $target } is no longer suppressed
admin-suppressions-not-there = { $target } was not suppressed

## Removing many

admin-suppressions-undo-why-hint = For the audit log. Required to remove complaints and unsubscribe requests, which are only removed if you filter by that reason.
admin-suppressions-undo =
    { $count ->
        [one] Remove { $count } suppression…
       *[other] Remove { $count } suppressions…
    }
admin-suppressions-undo-title =
    { $count ->
        [one] Remove { $count } suppression?
       *[other] Remove { $count } suppressions?
    }
admin-suppressions-undo-text = These addresses get campaigns again. Other reasons against an address, such as a complaint, stay.
admin-suppressions-not-undone = Nothing was removed
admin-suppressions-undone =
    { $count ->
        [one] { $count } suppression removed
       *[other] { $count } suppressions removed
    }

## Adding one

admin-suppressions-add-title = Suppress an address or a domain
admin-suppressions-domain-hint = A whole domain as @example.org.
admin-suppressions-note = Note
admin-suppressions-note-hint = Why, for later.
admin-suppressions-add = Suppress
admin-suppressions-added = { $target } is suppressed
# $reason is one of the phrases “admin-suppression-…” for reasons.
admin-suppressions-stronger = The reason shown is the stronger one: { $reason }.

## Import

admin-suppressions-import-title = Import suppressions
admin-suppressions-file = File
admin-suppressions-file-hint = A spreadsheet (CSV, XLSX, ODS) with a column “address”, and where there are some, “reason”, “time” and “note”. A stronger reason that is here stays.
admin-suppressions-import = Import
admin-suppressions-choose-file = Choose a file
admin-suppressions-not-read = The file cannot be read
admin-suppressions-imported =
    { $count ->
        [one] { $count } suppression added
       *[other] { $count } suppressions added
    }
admin-suppressions-known = { $count } already existed.
# The first of them follow, one sentence each.
admin-suppressions-rejected = { $count } could not be imported:
admin-suppressions-rejected-line = line { $line }: { $reason }.
