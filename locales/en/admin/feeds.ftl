### Feeds of other sites: the list, adding one, one with its items.

admin-feed-about = RSS, Atom and JSON feeds, whose new items recurring campaigns show as cards.
admin-feed-empty-title = No feeds
admin-feed-empty = Add the feed of a site, then name it in a text.
admin-feed-new = New feed
admin-feed-name = Name
admin-feed-name-hint = Lower-case letters, digits and hyphens, such as press. Texts name the feed by it.
admin-feed-title = Title
admin-feed-read = Last read
admin-feed-url = Address
admin-feed-url-hint = That of the feed itself, such as https://example.org/feed.xml.
admin-feed-preview = Show its items
admin-feed-add = Add
admin-feed-added = Feed added
admin-feed-found = What is in it now. Once it is added, only what comes later is new.
admin-feed-failing =
    { $count ->
        [one] It could not be read the last time
       *[other] It could not be read { $count } times in a row
    }
admin-feed-last = Last read: { $at }. It is read every half an hour.
admin-feed-items = Items
admin-feed-no-items = There is nothing in it.
admin-feed-item = Item
admin-feed-when = Published
admin-feed-old = was there before
admin-feed-delete-title = Delete the feed { $name }?
admin-feed-delete-text = Its items are forgotten. A recurring campaign that names it fails, and says so.
