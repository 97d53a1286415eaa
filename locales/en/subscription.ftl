### Joining, confirming, leaving, and everything a subscriber may change.

## Join

join-title = Join our email list
join-lead = Choose what you would like to hear about. We will send you an email to confirm that the address is yours.
join-one-lead = We will send you an email to confirm that the address is yours.
join-email-label = Email address
join-email-hint = For example, name@example.com
join-name-label = Your name
join-name-hint = Optional. We use it only to greet you.
join-lists-label = What to send you
join-language-label = Language of the emails
# The wording kept as evidence of consent.
consent-wording = I agree that { $site } sends me the emails I have chosen to this address. I can leave at any time with one click.
engagement-wording = I also agree that { $site } sees whether I open its emails and which links in them I follow. I can withdraw this at any time with one click.
engagement-hint = Optional: you get the same emails without it, and then nothing is recorded about what you read.
join-button = Join the list
join-privacy = We keep your address for these emails only and give it to no one.
# A field that scripts fill in and people do not see.
join-trap-label = Leave this field empty
puzzle-doing = Checking that you are not a robot…
puzzle-done = Ready to send.
puzzle-without-scripts = JavaScript is off in your browser. Please wait 15 seconds before you send this form.

## Check your inbox: the same page for every address

sent-title = Check your inbox
sent-body = If this address can be added, we have sent an email to it. Open the email and press the button in it to finish.
sent-spam-hint = Nothing after a few minutes? Check your spam folder, and check the address for typos.
sent-expiry =
    { $hours ->
        [one] The link in the email works for { $hours } hour.
       *[other] The link in the email works for { $hours } hours.
    }
sent-expiry-days =
    { $days ->
        [one] The link in the email works for { $days } day.
       *[other] The link in the email works for { $days } days.
    }
sent-again = Try another address

## Confirm

confirm-title = One last step
confirm-body = Press the button to get emails at this address:
confirm-lists =
    { $count ->
        [one] You are joining this list:
       *[other] You are joining these lists:
    }
confirm-button = Yes, send me the emails
confirm-not-you = Did not ask for this? Just close the page. Nothing is sent unless you press the button.
engagement-confirm-hint = This was ticked on the join form. Tick it here, too, if you agree.
confirmed-title = Welcome!
confirmed-body = Your address is confirmed. You will get the next email.
confirmed-preferences = Change what you get
confirmed-home = Go to the home page

## A link that no longer works

expired-title = This link has expired
expired-body = For security, our links work for a limited time. Nothing has been changed.
expired-again = Fill in the form again, and we will send you a new link.
expired-button = Go to the form
used-title = This link has already been used
used-body = There is nothing more to do.
gone-title = This is no longer available
gone-body = What this link was for has been deleted. You can join again at any time.

## A link in a test email

sample-title = This is a test
sample-body = The link comes from a test email. Nothing has been changed.

## Unsubscribe

unsubscribe-title = Leave the list?
unsubscribe-body = Press the button, and we will stop right away.
unsubscribe-list = List: { $list }
unsubscribe-button = Unsubscribe
unsubscribe-all-button = Unsubscribe from everything
unsubscribe-fewer = Or choose which emails to keep
unsubscribed-title = You have left the list
unsubscribed-body = You will get no more emails from it. One that has already been sent may still arrive.
unsubscribed-all-body = You will get no more emails from us. One that has already been sent may still arrive.
unsubscribed-reason-label = Why did you leave?
unsubscribed-reason-hint = Optional. We keep the answer with the record that you have left.
unsubscribed-reason-too-many = There are too many emails
unsubscribed-reason-not-interesting = The topics do not interest me
unsubscribed-reason-never-asked = I do not remember joining
unsubscribed-reason-elsewhere = I read the news somewhere else
unsubscribed-reason-other = Another reason
unsubscribed-reason-button = Send
unsubscribed-reason-thanks = Thank you. We have noted your answer.
unsubscribed-rejoin = Was it a mistake? Join again

## Preferences

preferences-title = Your preferences
preferences-lead = These choices are for { $email }. Keep the link of this page private: anyone who has it can change them.
preferences-lists-label = Emails you get
preferences-lists-empty = You are not on any list.
preferences-language-label = Language of the emails
preferences-name-label = Your name
preferences-save = Save
preferences-saved = Saved.
preferences-frequency-label = How often
preferences-frequency-each = Every email separately
preferences-frequency-each-hint = As soon as it is sent.
preferences-frequency-weekly = One email a week
preferences-frequency-weekly-hint = It collects what your lists have sent. Urgent news still comes right away.
preferences-changed-joined = You are now on the list “{ $list }”.
preferences-changed-left = You have left the list “{ $list }”.
preferences-changed-name = Your name has been changed.
preferences-changed-language = Emails now come in this language: { $language }.
preferences-changed-answers = Your answers have been changed.
preferences-changed-each = From now on you get every email separately. Anything collected for you this week still comes in one email.
preferences-changed-weekly = From now on you get one email a week.
preferences-unchanged = Nothing has been changed.
preferences-pause-title = Take a break
preferences-pause-body = You stay on your lists and get no emails from them for a while. Emails sent in the meantime do not come later.
preferences-pause-label = For how long
preferences-pause-2w = Two weeks
preferences-pause-1m = One month
preferences-pause-3m = Three months
preferences-pause-6m = Six months
preferences-pause-until-label = Or until this day
preferences-pause-until-hint = Within a year. Leave it empty to use the choice above.
preferences-pause-button = Pause emails
preferences-pause-change-button = Change the break
preferences-paused = You get no emails until { $date }. After that they start again automatically.
preferences-pause-past = Choose a day after today.
preferences-pause-too-long = A break lasts a year at most. Choose an earlier day.
preferences-pause-unknown = This date cannot be read. Choose one from the calendar, or write it like 2027-03-01.
preferences-resume-button = End the break now
preferences-resumed = You get emails again.
preferences-came-back = You can get emails again. Now choose your lists.
preferences-engagement-title = Opened emails and links
preferences-engagement-is-agreed = You have agreed to this:
preferences-engagement-agree-button = I agree
preferences-engagement-withdraw-button = Withdraw, and delete what was recorded
preferences-engagement-agreed = Saved. From the next email on it is recorded whether you open it and which links you follow.
preferences-engagement-withdrawn = Withdrawn. What was recorded has been deleted, and nothing more is recorded.
preferences-stays-suppressed = You cannot change this here: emails to you bounced or were reported as spam, or we stopped sending to you. Please contact us.
preferences-state-pending = waiting for your confirmation
preferences-leave-title = Leave everything
preferences-leave-body = You leave all lists at once. We keep a record of your choice, so that no one adds you again by mistake.
preferences-leave-button = Leave all lists
preferences-suppressed-title = You get no emails from us
preferences-suppressed-body = We send nothing to this address, as requested. If you want emails again, turn them on here and then choose your lists.
preferences-come-back-button = Get emails again
preferences-export-title = Export my data
preferences-export-body = A file with all that we hold about this address: name, lists, and when you agreed to what.
preferences-export-button = Download the file
preferences-erase-title = Delete my data
preferences-erase-body = We delete your address, name and choices. Deleted data cannot be restored.
preferences-erase-button = Delete my data…
erase-title = Delete all your data?
erase-body = You will leave all lists, and your data will be permanently deleted. You may want to download a copy first.
erase-kept = We keep only numbers in our reports, which do not identify you.
erase-kept-address = Only your address stays, on the list of addresses that we never write to, so that no one adds it again by mistake.
erase-confirm-label = Yes, permanently delete my data
erase-confirm-missing = Tick the box if you really want your data deleted.
erase-button = Delete my data
erase-cancel = Keep my data
erased-title = Your data has been deleted
erased-body = Your address, name and choices are gone. You can join again at any time.

## What is wrong with a form

form-errors-title =
    { $count ->
        [one] Please correct { $count } thing:
       *[other] Please correct { $count } things:
    }
field-email-missing = Please enter your email address.
field-email-malformed = This does not look like an email address. It should be like name@example.com.
field-email-too-long = This address is too long. An email address has at most { $max } characters.
field-name-too-long = This name is too long. Please keep it within { $max } characters.
field-name-malformed = A name has no line breaks or control characters. Please write it on one line.
field-lists-missing = Please choose at least one list.
field-list-unknown = This list is not open to join.
field-language-unknown = Please choose one of the languages offered.
field-answer-missing = Please answer this.
field-answer-unknown = Please choose one of these.
field-answer-too-long = This is too long. Please keep it within { $max } characters.
form-wait =
    { $seconds ->
        [one] Please wait { $seconds } second and try again.
       *[other] Please wait { $seconds } seconds and try again.
    }
form-too-quick = The form was sent too quickly. Please send it again.
form-from-elsewhere = This form was sent from a site that is not allowed to show it. Please check your details and send it from here.

## Never again

never-title = Never get these emails again?
never-body = Press the button, and this site will never write to this address again, even if someone enters it in a form:
never-button = Never write to me again
never-hint = You do not need this to stay off the list: without your confirmation you are not on it. If you change your mind, contact the people who run this site.
never-done-title = Done
never-done-body = This site will not write to that address again.

## What we keep of you

my-data-title = Your data
my-data-body = See what this site keeps about you, or have it deleted. The link works for one day; do not share it.
my-data-ask-title = We send you a link first
my-data-ask-body = Someone you forwarded an email to must not be able to see or delete your data. Press the button, and we will email you a link that works for one day.
my-data-ask-button = Email me the link
my-data-sent-title = Check your inbox
my-data-sent-body = A link to see or delete your data is on its way to your address. It works for one day.
my-data-address-title = Another address
my-data-address-body = Name the address that your emails shall come to. We ask there for a confirmation; until then nothing changes.
my-data-address-label = New email address
my-data-address-button = Change my address…
my-data-address-same = This is your address already. Enter another one.
my-data-address-sent-title = Check the new inbox
my-data-address-sent-body = If the new address can be used, an email with a link is on its way to it. Follow the link to confirm; until then your emails come to the old address.

## A new address

address-title = Your new address
address-body = Press the button to get your emails at this address from now on:
address-button = Yes, this is my address
address-done-title = Your address has changed
address-done-body = You will get the next email at your new address.
address-refused-title = This address cannot be used
address-refused-body = It is on our lists already, or nothing may be sent to it. Your emails keep coming to the old address.

## Links of another system

old-link-title = This link is from an older email
old-link-body = We now send our emails with another system and cannot tell whose link this is. Enter your address, and we will email you a link to unsubscribe or to change what you get.
old-link-label = Your email address
old-link-button = Email me the link
old-link-invalid = This is not a complete email address.
old-link-sent-title = Check your inbox
old-link-sent-body = If this address gets our emails, we have sent a link to unsubscribe or to change them to it.
