### The user's own sessions.

admin-session-title = My sessions
admin-session-about = Browsers in which { $email } is signed in.
admin-session-browser = Browser
admin-session-network = Network
admin-session-since = Since
admin-session-last-used = Last used
admin-session-end = End
admin-session-unknown = Unknown
admin-session-this = this one
admin-session-ended = Session ended
admin-session-ended-before = That session has already ended
