### The audit log. Its actions are codes, by which it is filtered.

admin-audit-about = Who did what, and when.
admin-audit-when = When
admin-audit-who = Who
admin-audit-anyone = Anyone
admin-audit-action = Action
admin-audit-action-starts = Action begins with
admin-audit-subject = What
admin-audit-show = Show
admin-audit-empty-title = No entries
admin-audit-empty = No log entry matches these filters.
admin-audit-pages = Pages
admin-audit-newest = Newest
admin-audit-older = Older

## Actors other than users

admin-audit-actor-subscriber = subscriber
admin-audit-actor-command-line = command line
admin-audit-actor-system = system
