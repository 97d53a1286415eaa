### The join form: additional questions and spam protection.

admin-join-form-lead = It asks for address, name, lists and language. Answers to other questions are stored as attributes, for segments and merge tags. You can change its texts under <a href="/admin/texts?group=join">Texts</a>.
admin-join-form-view = View form
admin-join-form-new = New question
admin-join-form-questions = Questions
admin-join-form-empty-title = No other questions
admin-join-form-empty = Every extra question costs sign-ups. Ask only what you will use.
admin-join-form-add = Add question
admin-join-form-question = Question
admin-join-form-attribute = Attribute
admin-join-form-answer-type = Answer type
admin-join-form-is-required = required
# A choice of so many.
admin-join-form-one-of = one of { $count }
admin-join-form-delete-one = Delete { $key }
admin-join-form-delete-title = Delete the question “{ $question }”?
admin-join-form-delete-text = The form no longer asks it. Existing answers stay in the attribute { $key }.
admin-join-form-deleted = Question deleted

## Answer types

admin-join-form-kind-text = text
admin-join-form-kind-choice = one of several choices
admin-join-form-kind-tick = checkbox

## Spam protection

admin-join-form-protection = Spam protection
admin-join-form-proof = Proof of work before a form is accepted
admin-join-form-proof-hint = The browser solves a small puzzle in about a second, which makes thousands of automated sign-ups expensive. Visitors see nothing of it; without JavaScript they wait 15 seconds. Nothing is sent to other sites.
admin-join-form-work-under-load = When there are more sign-ups than usual
admin-join-form-work-always = Always
admin-join-form-work-never = Never

## One question

admin-join-form-attribute-hint = Lower-case letters, digits and underscores, such as city. It cannot be changed later.
admin-join-form-required = Required
admin-join-form-choices = Choices
admin-join-form-choices-hint = One per line, the same number in each language, in the same order.
admin-join-form-asked-now = It is asked from now on.
