### The takeout: everything as one archive.

admin-takeout-lead = All that this installation knows, as one archive that other programs can read, and another installation of Jarshy too.
admin-takeout-holds = What it holds
admin-takeout-holds-text = Subscribers with their lists, tags and the evidence of their consent, suppressions, posts, events, media, campaigns with what became of each email, layouts, texts, settings and the audit log.
admin-takeout-lacks = Passwords, users, API tokens, keys, relays and webhooks are not in it. It is no backup: mail that is waiting to be sent is left out.
admin-takeout-proof = The archive names every subscriber. You confirm first that it is you, and the download is noted in the audit log.
admin-takeout-moment = It is written while you download it, and covers this moment, whatever changes meanwhile. To read it in, run <code>jarshy import-takeout</code> on an empty installation.
admin-takeout-download = Download the takeout
