### Templates of transactional email: the list, one template.

admin-email-templates-lead = Texts of emails that other programs send, such as receipts and reminders. A program gives the name of a template and what fills it in.
admin-email-templates-none = There are no templates yet.
admin-email-template-new = New template
admin-email-template-name = Name
admin-email-template-name-hint = Lower-case letters, digits and hyphens. Programs name it, so it cannot be changed later.
admin-email-template-exists = There is a template with this name already
admin-email-template-number = Number
admin-email-template-subject = Subject
admin-email-template-changed = Changed

## One template

# $name and $number are those by which programs name it.
admin-email-template-called = Name <code>{ $name }</code> in the API, number <code>{ $number }</code> in that of listmonk.
admin-email-template-text = Text
# Keep what is in code.
admin-email-template-text-hint = Markdown. <code>{"{{ data.number }}"}</code> is what a program gives as <code>number</code>; what it leaves out is an error, unless it has a fallback: <code>{"{{ data.name | default(\"reader\") }}"}</code>. Further merge tags: <code>{"{{ email }}"}</code>, <code>{"{{ site_name }}"}</code>.
admin-email-template-sample = Sample data
admin-email-template-sample-hint = JSON with everything that the template needs, for the preview and tests.
admin-email-template-preheader-hint = The line that inboxes show after the subject. Leave empty to repeat the subject.
admin-email-template-save-and-test = Save and send a test
admin-email-template-tested = A test goes to { $email }.
admin-email-template-delete-title = Delete the template { $name }?
admin-email-template-delete-text = Programs that name it get an error from now on.
admin-email-template-deleted = Template deleted

## What a new one begins with

admin-email-template-example-subject = Your order {"{{ data.number }}"}
# Markdown.
admin-email-template-example-body = Your order **{"{{ data.number }}"}** is on its way.
