### Incoming emails that could not be processed.

admin-set-aside-again = The email could not be processed this time either
admin-set-aside-processed = The email was processed
admin-set-aside-delete-title = Delete this email?
admin-set-aside-delete-text = What it reports will not be processed.
admin-set-aside-deleted = The email was deleted
