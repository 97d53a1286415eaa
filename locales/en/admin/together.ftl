### Working on one text with others: merging, history, comparison, comments, presence.

admin-together-title = Two versions
admin-together-not-saved = Not saved yet
# $who: an address, $when: a date and a time.
admin-together-both-changed = { $who } saved this on { $when }, after you opened it, and changed some of what you changed. Choose what stays. Both versions stay in the history.
# $what: names of fields.
admin-together-merged = Merged with what { $who } saved on { $when }: { $what }.
admin-together-merged-title = Merged and not saved yet
admin-together-nothing-taken = nothing that you had not written too
admin-together-mine = Your version
admin-together-theirs = The saved version
admin-together-both = Both
admin-together-both-hint = the saved one first, then yours
admin-together-before = Before both changes
admin-together-removed = Removed here.
admin-together-edit = Continue editing with this
# $number: of a file of the media.
admin-together-picture-number = the picture number { $number } of the media

# The history.
admin-history-changed = Changed
admin-history-compare-column = Compare
admin-history-compare = Compare the two
# $when: a date and a time.
admin-history-from = From the version of { $when }
admin-history-to = To the version of { $when }
admin-history-first = the first version that is kept
admin-history-nothing = nothing
admin-history-more = { $count } more
admin-history-hint = Choose two versions and compare them. Restoring one makes it a new version, and the current one stays in this list.

# Two versions beside each other.
admin-compare-title = Compare versions
admin-compare-from = From
admin-compare-to = To
admin-compare-view = View
admin-compare-inline = In one text
admin-compare-side = Side by side
admin-compare-same-title = No difference
admin-compare-same = Both versions say the same.
admin-compare-fields = Fields
admin-compare-unchanged =
    { $count ->
        [one] { $count } block is unchanged
       *[other] { $count } blocks are unchanged
    }
admin-compare-changed = Changed
admin-compare-restyled = Changed, but no word of it
admin-compare-added = Added
admin-compare-removed = Removed
admin-compare-restore-ask = Restore the older version…
admin-compare-restore = Restore
admin-compare-restore-title = Restore this version?
admin-compare-restore-text = The version of { $when } becomes the current one. What is there now stays in the history.
admin-compare-restored = The version of { $when } is restored.

# Translating a post beside its first language.
admin-translate-beside = Translate block by block beside { $source }
admin-translate-title = Translate: { $language }
# $source: the name of a language in itself.
admin-translate-behind = The text in { $source } has changed since this translation was last saved. The blocks that changed are marked.
admin-translate-changed = Changed since
admin-translate-added = New since
admin-translate-block = Block { $number }
admin-translate-more = More that only the translation has
admin-translate-removed =
    { $count ->
        [one] { $count } block was removed since
       *[other] { $count } blocks were removed since
    }

# Who else has the form open. $who: addresses.
admin-presence =
    { $count ->
        [one] { $who } is editing this now.
       *[other] { $who } are editing this now.
    }

# Comments.
admin-comments = Comments
admin-comments-open =
    { $count ->
        [0] Comments
       *[other] Comments ({ $count })
    }
admin-comments-hint = Only users who can open this page read them. Mention somebody with @ and their address, or the part before its @.
admin-comments-whole = On all of it
admin-comments-lost = About a text that has changed
admin-comment-former-user = former user
admin-comment-write = Comment
admin-comment-add = Add comment
admin-comment-added = Comment added
admin-comment-answer = Answer
admin-comment-resolve = Resolve
admin-comment-reopen = Reopen
admin-comment-resolved = Resolved
admin-comment-resolved-by = Resolved by { $who }
admin-comment-resolved-done = Resolved
admin-comment-reopened = Open again
admin-comment-delete = Delete
admin-comment-delete-title = Delete this comment?
admin-comment-delete-text = Its text is gone for everybody.
admin-comment-deleted = Deleted by its author.
admin-comment-deleted-done = Comment deleted
