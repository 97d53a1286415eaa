### The welcome email of a list.

admin-welcome-title = Welcome email
admin-welcome-lead = Sent once to everybody who joins this list, as soon as they are subscribed.
admin-welcome-switch = Send the welcome email
admin-welcome-switch-hint = Imports and people whom you add never get it.
admin-welcome-subject = Subject
admin-welcome-text = Text
admin-welcome-text-hint = Markdown: <code>**bold**</code>, <code>[link](https://…)</code>, <code>![description](/media/picture.jpg)</code>. <code>{ $tag }</code> is the reader's name. A button to the reader's preferences follows the text.
admin-welcome-default = A reader of a language without a text gets the English one, or another. Without any text the email has <a href="{ $texts }">the texts of the site</a>.
admin-welcome-preheader-hint = The line that inboxes show after the subject. Leave empty to use the text of the site.
admin-welcome-save-and-test = Save and send a test
admin-welcome-tested = A test is on its way to { $email }.
admin-welcome-no-text = There is no text in this language yet.
admin-welcome-subject-missing = Enter a subject.
admin-welcome-text-missing = Write a text.
admin-welcome-text-too-long = The text is longer than 64 KiB.
