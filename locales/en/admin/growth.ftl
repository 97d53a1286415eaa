### Growth: joins and leaves.

admin-growth-title = Growth
admin-growth-by-source = Growth by source
admin-growth-by-list = Growth by list
admin-growth-by-language = Growth by language
admin-growth-csv = Download CSV

admin-growth-from = From
admin-growth-until = Until
admin-growth-by = By
admin-growth-by-day = day
admin-growth-by-week = week
admin-growth-by-month = month
admin-growth-list = List
admin-growth-source = Source
admin-growth-show = Show

admin-growth-course = Joins and leaves
admin-growth-joined = Joined
admin-growth-left = Left
admin-growth-net = Change
admin-growth-counted = Days begin at midnight in the site’s time zone. A person on two lists counts twice. People who never confirmed are not counted. An address that bounces stays on its lists and gets no mail.
admin-growth-range = { $from } – { $until }
admin-growth-none-title = Nobody joined or left
admin-growth-none = Choose other days, or fewer filters.
admin-growth-periods = By date, the newest first
admin-growth-what = What

admin-growth-source-form = join form
admin-growth-source-api = join call of the API
admin-growth-source-confirmation-link = confirmation link
admin-growth-source-unsubscribe-link = unsubscribe page
admin-growth-source-one-click = unsubscribe button of a mail program
admin-growth-source-mail = email that asks to leave
admin-growth-source-preferences = own page of the subscriber
admin-growth-source-admin = admin or API token
admin-growth-source-import = import
admin-growth-source-expiry = not confirmed in time
admin-growth-source-erasure = erased
