### What visitors read on the public pages.

## Navigation

nav-label = Main menu
language-choose = Choose a language
nav-skip = Skip to the content
nav-home = Home
nav-posts = Posts
nav-events = Events
nav-media = Media

## Home

home-latest-posts = Latest posts
home-all-posts = All posts
home-upcoming-events = Upcoming events
home-all-events = Full calendar
home-music = Music
home-all-media = All pictures and music
home-join-title = Join our email list
home-join-lead = News and invitations, straight to your inbox. You can leave with one click.
home-join-button = Join

## Posts

posts-title = Posts
posts-in-category = Posts in the category “{ $category }”
posts-empty = There are no posts here yet.
post-by = Posted by { $author }
# The title of the copy of a post or event.
copy-of = Copy of { $title }
post-previous = Previous post
post-next = Next post
post-back = Back to all posts
post-share = Share
post-share-email = Share by email
post-copy-link = Copy the link
post-link-copied = The link is copied.
post-in-other-language = This post is not available in your language yet. It is shown in: { $language }.
post-other-languages = Also in:
# Names a table that can be scrolled by itself.
post-table = Table { $number }

category-general = General
category-culture = Culture
category-consular = Consular
category-education = Education

## Pages of a long list

pages-label = Pages
pages-previous = Previous
pages-next = Next

## Events

events-title = Events
events-month = Events: { $month }
events-empty = Nothing is planned for this month yet.
events-upcoming-empty = Nothing is planned for the coming days.
events-previous-month = Previous month
events-next-month = Next month
events-subscribe = Subscribe to this calendar
events-subscribe-hint = Your calendar app keeps it up to date.
event-when = When
event-where = Where
event-all-day = All day
event-time-range = { $start }–{ $end }
event-time-zone = Time zone: { $zone }
event-add = Add to my calendar
event-past = This event is over.
event-repeats = Repeats
event-repeats-daily =
    { $every ->
        [one] every day
       *[other] every { $every } days
    }
event-repeats-weekly =
    { $every ->
        [one] every week
       *[other] every { $every } weeks
    }
event-repeats-monthly =
    { $every ->
        [one] every month
       *[other] every { $every } months
    }
event-repeats-yearly =
    { $every ->
        [one] every year
       *[other] every { $every } years
    }
event-repeats-until = { $often }, until { $date }

## Media

media-title = Media
media-pictures = Pictures
media-music = Music
media-documents = Documents
media-empty = There are no files here yet.

## Feeds and footer

feed-title = { $site }: posts
feed-atom = Atom feed
feed-json = JSON feed
feed-calendar = Calendar (iCalendar)

footer-about = { $site } sends news only to those who asked for it.
footer-privacy = Your address is used for nothing else and is given to no one.

## Archive of sent mail

archive-title = Past emails
archive-sent-on = Sent on { $date }
archive-notice = This is the web version of an email. To get the next one, join the list.
archive-empty = No email has been sent yet. Join the list to get the first one.
# Above links to the files that an email had with it.
archive-files = Attached files

## Days, months and dates

# Month names standing alone, as in the calendar's heading.
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# Month names as they stand inside a date, after the day.
month-of-1 = January
month-of-2 = February
month-of-3 = March
month-of-4 = April
month-of-5 = May
month-of-6 = June
month-of-7 = July
month-of-8 = August
month-of-9 = September
month-of-10 = October
month-of-11 = November
month-of-12 = December

month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

# Days of the week: 1 is Monday, 7 is Sunday (ISO 8601).
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun

# $month is from month-of-…; give $day and $year as text, so that no digits are grouped.
date-long = { $day } { $month } { $year }
# $weekday is from weekday-…, $date from date-long.
date-with-weekday = { $weekday }, { $date }
# $date is from one of the patterns above, $time is like 18:30.
date-time = { $date }, { $time }
# $month is from month-….
date-month-year = { $month } { $year }
