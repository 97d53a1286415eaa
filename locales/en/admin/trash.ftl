### The trash: what was deleted and can be restored.

admin-trash-lead = Deleted posts, events, files, layouts and snippets are kept here for 30 days. They are not on the site, in feeds or in campaigns.
admin-trash-item = Title or name
admin-trash-kind = Kind
admin-trash-kind-post = post
admin-trash-kind-event = event
admin-trash-kind-media = file
admin-trash-kind-layout = layout
admin-trash-kind-snippet = snippet
admin-trash-deleted-at = Deleted
# The day on which it is deleted permanently.
admin-trash-kept-until = Kept until
# For screen readers: the column of the buttons.
admin-trash-actions = Actions
admin-trash-empty-title = The trash is empty
admin-trash-empty = What you delete stays here for 30 days, so that you can restore it.
# For screen readers: the links to newer and older items.
admin-trash-pages = Pages
admin-trash-newer = Newer
admin-trash-older = Older

## Moving here

admin-trash-moved = Moved to the trash
admin-trash-moved-text = “{ $title }” can be restored for 30 days.

## Restoring

admin-trash-restore = Restore
admin-trash-restored = Restored
admin-trash-on-site = It is on the site again.
admin-trash-renamed = It is called { $name } now, since something else is called { $former }. Links to the former name lead there.

## Deleting permanently

admin-trash-delete-ask = Delete for good now…
admin-trash-delete-title = Delete this permanently?
admin-trash-delete-text = “{ $title }” is deleted permanently and cannot be restored. Email already sent does not change.
admin-trash-delete = Delete permanently
admin-trash-deleted = Deleted permanently
admin-trash-deleted-text = “{ $title }” cannot be restored any more.
