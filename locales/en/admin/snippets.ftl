### Snippets: the list, one snippet.

admin-snippets-lead = Texts that many posts and campaigns show: an address, a call to donate, opening hours. Change one here, and it changes everywhere.
admin-snippets-none-title = There are no snippets yet
admin-snippets-none = Keep a text here once, and show it in any post or campaign: press / in the editor and choose Snippet.
admin-snippet-new = New snippet
# The title of a preview of one that has no name yet.
admin-snippet = Snippet
admin-snippet-name = Name
admin-snippet-name-hint = Lower-case letters, digits and hyphens. Texts name it, so it cannot be changed later.
admin-snippet-exists = There is a snippet with this name already
admin-snippet-languages = Languages
admin-snippet-changed = Changed
# $count: places beside those that are named.
admin-snippet-more-uses = { $count ->
    [one] and one more
    *[other] and { $count } more
    }

## One snippet

admin-snippet-lead = A change shows on the site at once, and in campaigns that have not started. What was sent does not change.
admin-snippet-text = Text
# Keep what is in code. $tag: a merge tag.
admin-snippet-text-hint = Markdown, as in posts: <code>**bold**</code>, <code>[link](https://…)</code>. Merge tags work too, such as <code>{ $tag }</code>. A snippet cannot show another snippet.
admin-snippet-no-text = Write a text in this language to see it.
admin-snippet-delete-title = Move the snippet { $name } to the trash?
admin-snippet-delete-text = Texts that show it have a gap in its place until it is restored. Campaigns that have not started cannot start with a gap. Welcome emails that show it have the text of the site until then.
admin-snippet-use-welcome = Welcome email of { $list }
