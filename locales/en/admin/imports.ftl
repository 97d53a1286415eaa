### Imports: all of them, one import.

admin-imports-title = Import
admin-imports-upload = Upload a file
admin-imports-no-lists = Create the list that the file is for.
admin-imports-file = File
admin-imports-file-hint = A spreadsheet (CSV, XLSX, ODS), an export of another newsletter system, or contacts (vCard), at most 200 MiB. You see what would happen before anything changes.
admin-imports-send = Upload
admin-imports-previous = Previous imports
admin-imports-empty-title = No imports yet
admin-imports-empty = Each import is listed here with its result.
admin-imports-state = State
# Numbers of people: added, and kept without email although the file has them.
admin-imports-new = New
admin-imports-gone = Gone
# Rows of the file.
admin-imports-rejected = Rejected
admin-imports-when = When
admin-imports-choose-list = Choose a list first
admin-imports-choose-file = Choose a file
admin-imports-not-read = The file was not read
admin-imports-read = File read
admin-imports-read-next = Nothing is changed yet. Check what the columns mean.

## States of an import

admin-import-state-reading = reading
admin-import-state-uploaded = uploaded
admin-import-state-checking = checking
admin-import-state-checked = checked
admin-import-state-running = running
admin-import-state-finished = finished
admin-import-state-failed = failed
admin-import-state-cancelled = cancelled
admin-import-state-undoing = undoing
admin-import-state-undone = undone

## One import

admin-import-origin = To <a href="/admin/lists/{ $list }">{ $list }</a>, by { $by }, { $at }
admin-import-cancel = Cancel import
admin-import-undo = Undo import
admin-import-reading = The file is being read. If this takes long, the upload was interrupted: cancel it and upload the file again.
admin-import-checked-rows =
    { $total ->
        [one] { $done } of { $total } row checked
       *[other] { $done } of { $total } rows checked
    }
admin-import-nothing-changed = Nothing is changed yet.
admin-import-checking = Checking the file
admin-import-imported-rows =
    { $total ->
        [one] { $done } of { $total } row
       *[other] { $done } of { $total } rows
    }
admin-import-goes-on = You can leave this page. The import continues, also after a restart.
admin-import-importing = Importing
admin-import-undone-rows = { $done } undone
admin-import-undoing-goes-on = You can leave this page. It continues, also after a restart.
admin-import-undoing = Undoing the import
admin-import-undone = Import undone
admin-import-undone-text = The people it added are deleted, and what it changed is as it was, except where somebody has changed it since.
admin-import-failed = The file cannot be read
admin-import-cancelled = Import cancelled
admin-import-cancelled-text = Rows imported before stay; the rest of the file was discarded.
admin-import-cancelled-now = Rows imported before stay. Nobody else of them is asked to confirm.
admin-import-finished = Imported
admin-import-finished-text = You can import the same file again: nobody is added twice.
admin-import-undo-title = Undo the import of { $file }?
admin-import-undo-text = The people it added are deleted. What it changed becomes what it was, where nobody has changed it since. What people decided themselves stands.

## Result

admin-import-forecast = What would happen
admin-import-result = Result
admin-import-in-file-as = In the file as
admin-import-people = People
admin-import-rejected-rows = Rejected rows
admin-import-gone-rows =
    { $count ->
        [one] { $count } row is about a person who is gone: they stay without email, and their details are not changed.
       *[other] { $count } rows are about people who are gone: they stay without email, and their details are not changed.
    }
# $time is one of the durations below.
admin-import-would-ask =
    { $count ->
        [one] { $count } person would be asked by email to confirm, at most { $pace } a minute, which takes { $time }. People who were asked within the last 30 days are not asked again.
       *[other] { $count } people would be asked by email to confirm, at most { $pace } a minute, which takes { $time }. People who were asked within the last 30 days are not asked again.
    }
admin-import-asked =
    { $count ->
        [one] { $count } person to be asked by email to confirm, at most { $pace } a minute.
       *[other] { $count } people to be asked by email to confirm, at most { $pace } a minute.
    }
admin-import-still-to-ask = <strong>{ $count } still to be asked</strong>, which takes { $time }. <em>Undo import</em> stops it.
admin-import-none-to-ask = Nobody is still to be asked.
admin-import-under-an-hour = less than an hour
admin-import-hours =
    { $count ->
        [one] { $count } hour or more
       *[other] { $count } hours or more
    }
admin-import-days =
    { $count ->
        [one] { $count } day or more
       *[other] { $count } days or more
    }
admin-import-unasked =
    { $count ->
        [one] { $count } new person waits for confirmation and is not asked by email. Their time to confirm begins with the import; if they do not confirm in it, they are deleted.
       *[other] { $count } new people wait for confirmation and are not asked by email. Their time to confirm begins with the import; if they do not confirm in it, they are deleted.
    }
admin-import-other-languages =
    { $count ->
        [one] { $count } row names a language that you do not offer. These people get the language of this installation.
       *[other] { $count } rows name a language that you do not offer. These people get the language of this installation.
    }
# $name is a file of an archive.
admin-import-passed-over = { $name } in the archive is passed over: it holds no table of people.
# Links follow, each to the people with one outcome.
admin-import-download-notes = Download who it is:

## Starting

admin-import-consent = The people who are in the file as subscribed will get the emails of <strong>{ $list }</strong>. With this button you confirm that you have their consent. The name of the file is kept as evidence.
admin-import-before-confirming = Nobody in this file gets the emails of <strong>{ $list }</strong> before they confirm.
admin-import-no-email = Nobody in this file will get email by this import.
admin-import-run =
    { $count ->
        [one] Import { $count } person
       *[other] Import { $count } people
    }

## Rows with a note

admin-import-notes = Rows to look at
admin-import-line = Line
admin-import-outcome = Outcome
admin-import-why = Why

## Columns

admin-import-columns = Columns
# Before a select with the names of newsletter systems.
admin-import-system = File of
admin-import-other-system = another system
admin-import-column = Column
admin-import-means = Means
admin-import-meaning-of = Meaning of { $name }
admin-import-values = First values
admin-import-own-attribute = Attribute of this name
admin-import-attribute = Attribute { $name }
# $standing is one of the phrases “admin-import-standing-…”.
admin-import-if-true = If true: { $standing }
admin-import-if-false = If false: { $standing }

## What a column can mean

admin-import-field-email = Email address
admin-import-field-name = Name
admin-import-field-first-name = First name
admin-import-field-last-name = Last name
admin-import-field-language = Language
admin-import-field-tags = Tags
admin-import-field-frequency = Frequency (each or weekly)
admin-import-field-paused-until = Paused until
admin-import-field-state = State (subscribed, unsubscribed, bounced …)
admin-import-field-lists = Lists
admin-import-field-created-at = Known since
admin-import-field-consented-at = Time of consent
admin-import-field-consented-from = IP address of consent
admin-import-field-consent-source = Source of consent
admin-import-field-changed-at = Time of the last change
admin-import-field-unsubscribed-at = Time of unsubscribing
admin-import-field-bounced-at = Time of bouncing
admin-import-field-suppressed = Why they get no email at all
admin-import-field-attributes = Attributes (JSON)
admin-import-field-former-id = Id in the other system
admin-import-field-ignore = Ignore

## What a file says of people

admin-import-standing-confirmed = Subscribed
admin-import-standing-pending = Waiting for confirmation
admin-import-standing-unsubscribed = Unsubscribed
admin-import-standing-left-all = Wants no email at all
admin-import-standing-blocked = Blocked
admin-import-standing-bounced = Bounced
admin-import-standing-complained = Complained

## What an import does with people

admin-import-outcome-added = New
admin-import-outcome-changed = Changed
admin-import-outcome-untouched = Unchanged
admin-import-outcome-resubscribed = Subscribed again
admin-import-outcome-left = Left: stay away
admin-import-outcome-blocked = Blocked: stay so
admin-import-outcome-bounced = Bounced: stay so
admin-import-outcome-complained = Complained: stay so
admin-import-outcome-erased = Erased: stay so
admin-import-outcome-rejected = Rejected

## Choices

admin-import-take-as = Take people as
admin-import-take-as-hint = Where the file says something stronger, such as unsubscribed, that counts.
admin-import-existing = People you know already
admin-import-existing-hint = Their choice of frequency is never changed.
admin-import-existing-update = Set what the file has, keep the rest
admin-import-existing-keep = Keep their details as they are
admin-import-existing-replace = Replace tags and attributes by those of the file
admin-import-resubscribe = Subscribe people again who are gone
admin-import-resubscribe-who = Who asked for it
admin-import-resubscribe-hint = Leave this empty unless these people asked you for it since they left. People who are marked here get email again.
admin-import-kept-left = People who left
admin-import-kept-blocked = Blocked addresses
admin-import-kept-bounced = Addresses that bounced
admin-import-kept-complained = People who complained
admin-import-kept-erased = People who had their data erased
admin-import-ask = Ask new people who wait for confirmation by email to confirm
admin-import-ask-hint = Only people whom this import adds as waiting for confirmation, each once. Without this they get no email.
admin-import-reason = How these people asked for it
admin-import-reason-hint = Needed to subscribe people again or to ask them to confirm. Kept with their consent.
admin-import-announce-each = Send a webhook for each subscription
admin-import-announce-each-hint = Webhooks get an event at the end of every import. Select this to send one for each subscription too.
admin-import-check = Check the file
admin-import-check-again = Check again
