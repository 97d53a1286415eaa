### Tags: labels on subscribers.

admin-tag-about = Labels on subscribers, for segments and to find them.
admin-tag-empty-title = No tags yet
admin-tag-empty = Add tags on a subscriber's page, to several subscribers at once, or by a column of an import.
admin-tag-tag = Tag
admin-tag-new-name = New name
admin-tag-new-name-of = New name of { $tag }

## Renaming and merging

admin-tag-rename = Rename
admin-tag-rename-one = Rename { $tag }
admin-tag-not-renamed = Not renamed
admin-tag-renamed = { $from } is now { $to }
admin-tag-merge = Merge
admin-tag-merge-question = Merge { $from } into { $to }?
admin-tag-merge-text =
    { $count ->
        [one] { $count } subscriber already has the tag { $to }. Everybody with { $from } gets it, in segments too. This cannot be undone.
       *[other] { $count } subscribers already have the tag { $to }. Everybody with { $from } gets it, in segments too. This cannot be undone.
    }
admin-tag-merged = { $from } is merged into { $to }
admin-tag-change =
    { $subscribers ->
        [one] { $subscribers } subscriber
       *[other] { $subscribers } subscribers
    } and { $segments ->
        [one] { $segments } segment
       *[other] { $segments } segments
    } changed.

## Deleting

admin-tag-delete-one = Delete { $tag }
admin-tag-delete-question = Delete the tag { $tag }?
admin-tag-delete-text = It is removed from every subscriber. The subscribers stay.
