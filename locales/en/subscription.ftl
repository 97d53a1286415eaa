### Joining, confirming, leaving, and everything a subscriber may change.

## Join

join-title = Join our email list
join-lead = Choose what you would like to hear about. We will send one message to make sure that the address is yours.
join-one-lead = We will send one message to make sure that the address is yours.
join-email-label = Email address
join-email-hint = For example, name@example.com
join-name-label = Your name
join-name-hint = Optional. We use it only to greet you.
join-lists-label = What to send you
join-language-label = Language of the emails
# The wording kept as evidence of consent.
consent-wording = I agree that { $site } sends me the emails I have chosen to this address. I can leave at any time with one click.
join-button = Join the list
join-privacy = We keep your address for these emails only and give it to no one.
# A field that scripts fill in and people do not see.
join-trap-label = Leave this field empty
puzzle-doing = Making sure that no robot sends this…
puzzle-done = Ready to be sent.
puzzle-without-scripts = Your browser runs no scripts. Please look at this form for 15 seconds before you send it.

## Check your inbox: the same page for every address

sent-title = Check your inbox
sent-body = If that address can be added, a message from us is on its way to it. Open the message and press the button in it to finish.
sent-spam-hint = Nothing after a few minutes? Look into the spam folder, and check the address for a slip of the finger.
sent-expiry =
    { $hours ->
        [one] The link in the message works for { $hours } hour.
       *[other] The link in the message works for { $hours } hours.
    }
sent-expiry-days =
    { $days ->
        [one] The link in the message works for { $days } day.
       *[other] The link in the message works for { $days } days.
    }
sent-again = Try another address

## Confirm

confirm-title = One last step
confirm-body = Press the button, and the emails will come to this address:
confirm-lists =
    { $count ->
        [one] You are joining this list:
       *[other] You are joining these lists:
    }
confirm-button = Yes, send me the emails
confirm-not-you = Did not ask for this? Just close the page. Without the button nothing is sent.
confirmed-title = Welcome!
confirmed-body = Your address is confirmed. The next email will come to you.
confirmed-preferences = Change what you get
confirmed-home = To the home page

## A link that no longer works

expired-title = This link has expired
expired-body = For safety our links work for a limited time. Nothing has been changed.
expired-again = Fill in the form once more, and we will send you a fresh link.
expired-button = To the form
used-title = This link has been used already
used-body = There is nothing left to do: what it was for is done.
gone-title = There is nothing here any more
gone-body = What this link was for has been deleted. You are welcome to join again whenever you like.

## A link in a test email

sample-title = This is a test
sample-body = The link comes from a test email. Nothing has been changed.

## Unsubscribe

unsubscribe-title = Leave the list?
unsubscribe-body = Press the button, and we will stop at once. No questions, no farewell email.
unsubscribe-list = List: { $list }
unsubscribe-button = Unsubscribe
unsubscribe-all-button = Unsubscribe from everything
unsubscribe-fewer = Or choose which emails to keep
unsubscribed-title = You have left the list
unsubscribed-body = You will get no more emails from it. One that is already on its way may still arrive.
unsubscribed-all-body = You will get no more emails from us. One that is already on its way may still arrive.
unsubscribed-reason-label = Would you tell us why?
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
preferences-lists-empty = You are on no list at present.
preferences-language-label = Language of the emails
preferences-name-label = Your name
preferences-save = Save
preferences-saved = Saved.
preferences-frequency-label = How often
preferences-frequency-each = Each email by itself
preferences-frequency-each-hint = As soon as it is sent.
preferences-frequency-weekly = One email a week
preferences-frequency-weekly-hint = It gathers what your lists have sent. Urgent news still comes at once.
preferences-changed-joined = You are on the list “{ $list }” now.
preferences-changed-left = You have left the list “{ $list }”.
preferences-changed-name = Your name has been changed.
preferences-changed-language = Emails now come in this language: { $language }.
preferences-changed-answers = Your answers have been changed.
preferences-changed-each = From now on each email comes by itself. If something has been gathered for you this week, it still comes in one email.
preferences-changed-weekly = From now on you get one email a week.
preferences-unchanged = Nothing has been changed.
preferences-pause-title = Take a break
preferences-pause-body = You stay on your lists and get no emails from them for a while. What is sent meanwhile is not sent later.
preferences-pause-label = For how long
preferences-pause-2w = Two weeks
preferences-pause-1m = One month
preferences-pause-3m = Three months
preferences-pause-6m = Six months
preferences-pause-until-label = Or until this day
preferences-pause-until-hint = Within a year. Leave it empty to take the time above.
preferences-pause-button = Pause emails
preferences-pause-change-button = Change the break
preferences-paused = You get no emails until { $date }. From that day on they come again by themselves.
preferences-pause-past = Choose a day after today.
preferences-pause-too-long = A break lasts a year at most. Choose an earlier day.
preferences-pause-unknown = This day cannot be read. Choose one from the calendar, or write it like 2027-03-01.
preferences-resume-button = End the break now
preferences-resumed = Emails come again from now on.
preferences-came-back = Emails may come again. Now choose your lists.
preferences-stays-suppressed = We cannot lift this here: mail to you came back, was reported as spam, or was stopped by us. Please write to us.
preferences-state-pending = waiting for your confirmation
preferences-leave-title = Leave everything
preferences-leave-body = You leave all lists at once. We keep a note of your wish, so that no one adds you again by mistake.
preferences-leave-button = Leave all lists
preferences-suppressed-title = You get no emails from us
preferences-suppressed-body = Nothing is sent to this address, as was asked. If you want emails again, say so here and then choose your lists.
preferences-come-back-button = Let emails come again
preferences-export-title = Export my data
preferences-export-body = A file with all that we hold about this address: name, lists, and when you agreed to what.
preferences-export-button = Download the file
preferences-erase-title = Erase me
preferences-erase-body = We delete your address, name and choices. What has been erased cannot be brought back.
preferences-erase-button = Erase me…
erase-title = Erase everything about you?
erase-body = You will leave all lists, and your data will be permanently deleted. You may want to download a copy first.
erase-kept = What stays: numbers in our reports, which name nobody.
erase-kept-address = Your address alone stays on the list of those we never write to, so that no one adds it again by mistake.
erase-confirm-label = Yes, permanently delete my data
erase-confirm-missing = Tick the box if you really want your data deleted.
erase-button = Delete my data
erase-cancel = Keep my data
erased-title = Your data has been deleted
erased-body = Your address, name and choices are gone. You are welcome to join again whenever you like.

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
form-too-quick = The form came back quicker than a person can fill it in. Please send it once more.
form-from-elsewhere = This form came from a site that may not show it. Please check what it says, and send it from here.

## Never again

never-title = No such mail again?
never-body = Press the button, and this site never writes to this address again, even if someone enters it in a form:
never-button = Never write to me again
never-hint = You do not need this to stay off a list: without your confirmation you are on none. If you change your mind, ask the people behind this site.
never-done-title = Done
never-done-body = This site does not write to that address any more.

## What we keep of you

my-data-title = Your data
my-data-body = See what this site keeps about you, or have it deleted. The link works for one day; do not pass it on.
my-data-ask-title = We send you a link first
my-data-ask-body = An email that was passed on must not be enough to see or delete your data. Press the button, and a link that works for one day goes to your address.
my-data-ask-button = Mail me the link
my-data-sent-title = Check your inbox
my-data-sent-body = A link to see or delete your data is on its way to your address. It works for one day.

## A new address

address-title = Your new address
address-body = Press the button, and your emails will come to this address from now on:
address-button = Yes, this is my address
address-done-title = Your address has changed
address-done-body = The next email will come to your new address.

## Links of another system

old-link-title = This link is from an older email
old-link-body = We now send our emails in another way, and cannot tell from this link whose it is. Enter your address, and we will email you a link to unsubscribe or to change what you get.
old-link-label = Your email address
old-link-button = Email me the link
old-link-invalid = This is not a complete email address.
old-link-sent-title = Check your inbox
old-link-sent-body = If this address gets our emails, a link to unsubscribe or to change them is on its way to it.
