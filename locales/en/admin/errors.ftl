### Pages for what went wrong.

admin-error-not-found = Not found
admin-error-not-found-text = The page may have moved, or its content was deleted.
admin-error-not-allowed = Not allowed
admin-error-too-large = Too large
admin-error-too-large-text = Send less at once.
admin-error-invalid = Invalid input
admin-error-too-many = Too many requests
admin-error-too-many-text = Wait a minute, then try again.
admin-error-unavailable = Not available right now
admin-error-unavailable-text = The database does not answer or is full. Nothing was changed; try again in a minute.
admin-error-method-text = This request is not supported here; go back and use the buttons.
admin-error-internal = Something went wrong
admin-error-internal-text = The cause is in the log. Nothing more was done.
admin-error-at = Error { $status } at <code>{ $path }</code>
admin-error-to-dashboard = Go to the dashboard
