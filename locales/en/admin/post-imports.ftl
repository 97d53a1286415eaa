### Imports of posts: the file and its choices, what would happen, the result.

admin-post-import-posts = Import posts
admin-post-import-about = Articles and past newsletters of another system, with their dates. Nothing is emailed.
admin-post-import-on-site = On the site
admin-post-import-drafts = Drafts
admin-post-import-draft = Draft

## Upload

admin-post-import-upload = Upload a file
admin-post-import-file = File
admin-post-import-file-hint = The JSON export of Ghost, the ZIP archive of Substack, the ZIP archive or JSON of emails of Buttondown, or the table of posts of beehiiv; at most 50 MiB. You see what would happen before anything changes. Campaigns of listmonk come by <code>jarshy import-listmonk --posts</code>.
admin-post-import-check = Upload and check
admin-post-import-unread = The file was not read
admin-post-import-no-file = Choose a file

## Choices

admin-post-import-choices = Choices
admin-post-import-check-again = Check again
admin-post-import-publish-hint = Posts that only members or those who paid could read, and emails that were not public, become drafts.
admin-post-import-publish-original = Posts that everybody could read, with their dates
admin-post-import-publish-drafts = None: all become drafts
admin-post-import-language = Language of the posts
admin-post-import-category-hint = Of all posts. Leave empty for the first tag of each.
admin-post-import-author-hint = Of all posts. Leave empty for that of the file.
admin-post-import-former-url = Address of the former site
admin-post-import-former-url-hint = Such as https://blog.example.org. Ghost writes its pictures and links without it.
admin-post-import-fetch = Fetch pictures into the media of this site
admin-post-import-fetch-hint = Otherwise they stay links to where they are now.
admin-post-import-pages = Import pages, too
admin-post-import-update = Replace posts that were imported before
admin-post-import-update-hint = Only those that nobody has edited here since.
admin-post-import-restricted = Publish what not everybody could read
admin-post-import-restricted-hint = Posts for members or those who paid, and emails that were not public, are then on the site for everybody.

## Previous imports

admin-post-import-previous = Previous imports
admin-post-imports-empty-title = No imports yet
admin-post-imports-empty = Each import is listed here with its result.
admin-post-import-system = System
admin-post-import-failed = Failed
admin-post-import-when = When
admin-post-import-state-checked = Not imported yet
admin-post-import-state-running = Importing
admin-post-import-state-finished = Imported
admin-post-import-state-failed = Failed

## One import

admin-post-import-origin = { $system }, by { $by }, { $when }
admin-post-import-discard = Discard file
admin-post-import-remove = Remove from list
admin-post-import-removed = Removed from the list
admin-post-import-removed-text = Imported posts stay.
admin-post-import-progress =
    { $count ->
        [one] { $done } of { $count } post
       *[other] { $done } of { $count } posts
    }
admin-post-import-progress-hint = You can leave this page. The import continues, also after a restart.
admin-post-import-failure = The file cannot be imported
admin-post-import-partial = Imported in part
admin-post-import-partial-text = Some posts could not be imported. They are listed below.
admin-post-import-complete = Imported
admin-post-import-complete-text = You can import the same file again: no post is there twice.
admin-post-import-result = Result
admin-post-import-expected = What would happen
admin-post-import-in-file =
    { $count ->
        [one] { $count } post in the file
       *[other] { $count } posts in the file
    }
admin-post-import-number = Number
admin-post-import-nothing-yet = Nothing is changed yet. No email is sent by this import.
admin-post-import-nothing-yet-published =
    { $count ->
        [one] Nothing is changed yet. No email is sent by this import; { $count } post will be on the site at once.
       *[other] Nothing is changed yet. No email is sent by this import; { $count } posts will be on the site at once.
    }
admin-post-import-run =
    { $count ->
        [one] Import { $count } post
       *[other] Import { $count } posts
    }

## Its counts

admin-post-import-on-site-hint = with their former dates
admin-post-import-draft-since-restricted = Draft, since it was for members or those who paid
admin-post-import-draft-since-mixed-audience = Draft, since it has parts that were for some readers only
admin-post-import-draft-since-not-public = Draft, since it was emailed, but not public
admin-post-import-draft-since-unknown-audience = Draft, since it may not have been for everybody: the file does not say
admin-post-import-draft-since-scheduled = Draft, since it was scheduled for later
admin-post-import-draft-since-no-date = Draft, since it has no date
admin-post-import-replaced = Replaced
admin-post-import-replaced-hint = imported before, not edited since
admin-post-import-known = Imported before
admin-post-import-known-hint = they stay as they are
admin-post-import-edited = Edited here since their import
admin-post-import-edited-hint = they are not replaced
# What is in the file and is no post: of each kind, how many.
admin-post-import-skipped-page = Passed over: page
admin-post-import-skipped-empty-draft = Passed over: empty draft
admin-post-import-skipped-twice-in-the-file = Passed over: twice in the file
admin-post-import-skipped-unreadable-row = Passed over: unreadable row
admin-post-import-skipped-thread = Passed over: thread
admin-post-import-skipped-note = Passed over: note
admin-post-import-skipped-restack = Passed over: restack
admin-post-import-skipped-chat = Passed over: chat
admin-post-import-skipped-other = Passed over: other
admin-post-import-unusable = Cannot be imported
admin-post-import-unusable-hint = see below
admin-post-import-tags = Tags of templates
admin-post-import-tags-hint = such as the reader's name and links to unsubscribe; they are left out
admin-post-import-unknown-parts = Parts of an unknown kind
admin-post-import-unknown-parts-hint = their words are kept

## Its pictures

admin-post-import-pictures = Pictures
admin-post-import-pictures-found = { $count } in these posts
admin-post-import-at-host = At { $host }
admin-post-import-at-others = At others
admin-post-import-no-host = Without a host
admin-post-import-no-host-hint = Give the address of the former site, or they are looked for on this one.
admin-post-import-inline = Within the text itself
admin-post-import-inline-hint = They are left out.
admin-post-import-fetched = Fetched
admin-post-import-unfetched = Could not be fetched
admin-post-import-unfetched-hint = They stay links.
admin-post-import-will-fetch = They will be fetched into the media of this site.
admin-post-import-will-stay = They stay links to where they are now.
admin-post-import-failures = Pictures that could not be fetched
admin-post-import-address = Address

## Its posts

admin-post-import-problems = Posts to look at
admin-post-import-post = Post
admin-post-import-why = Why
admin-post-import-samples = The first posts
admin-post-import-samples-expected = What the first posts would be
admin-post-import-start = Start of the text
