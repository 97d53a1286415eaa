### The search of everything, the command palette and keyboard shortcuts.

## Search

admin-search-title = Search
admin-search-what = A page, subscriber, post, campaign, list, segment, event or file
# In the field of every page's head.
admin-search-everything = Search everything
admin-search-pages = Pages
admin-search-more = Search all
admin-search-found =
    { $count ->
        [one] { $count } result
       *[other] { $count } results
    }
admin-search-none-title = Nothing found
admin-search-none = Try fewer words, or the beginning of a name.
# In the command palette.
admin-search-palette-hint = Up and down to choose, Enter to open, Escape to close
admin-search-failed = The search does not answer. Try again.

## Shortcuts

admin-shortcut-title = Keyboard shortcuts
admin-shortcut-about = Two keys in a row are pressed one after the other. Keys alone do nothing while you type in a field.
admin-shortcut-keys = Keys
admin-shortcut-does = What they do
admin-shortcut-palette = Open the command palette: pages and everything that has a name
admin-shortcut-search = Go to the search field
admin-shortcut-posts = Open the posts
admin-shortcut-campaigns = Open the campaigns
admin-shortcut-subscribers = Open the subscribers
admin-shortcut-new = On a page that lists things: make a new one
admin-shortcut-help = Open this page
admin-shortcut-are-on = Shortcuts without Ctrl or ⌘ are on. You can turn them off:
admin-shortcut-are-off = Shortcuts without Ctrl or ⌘ are off. You can turn them on:
admin-shortcut-setting = Use shortcuts of single keys
admin-shortcut-setting-hint = Turn them off if you dictate, or press keys by mistake. Ctrl+K works either way.
