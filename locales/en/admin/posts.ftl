### Posts: overview, editor, history, preview.

admin-post-new = New post
admin-post-title = Title
admin-post-text = Text
admin-post-state = State
admin-post-state-draft = draft
admin-post-state-scheduled = scheduled
admin-post-state-published = published
admin-post-category = Category
admin-post-author = Author
admin-post-languages = Languages
admin-post-published = Published

## Overview

admin-posts-search = Title or slug
admin-posts-drafts = Drafts
admin-posts-published = Published
admin-posts-none-found-title = No posts found
admin-posts-none-found = Try another search, or show all posts.
admin-posts-show-all = Show all posts
admin-posts-empty-title = No posts yet
admin-posts-empty = A post is an article on the site. A campaign sends it to a list.
admin-posts-write-first = Write your first post
# For screen readers: the links to newer and older posts.
admin-posts-pages = Pages
admin-posts-newer = Newer
admin-posts-older = Older

## Editor: above the form

admin-post-published-at = Published { $when }
admin-post-publishes-at = Publishes { $when }
admin-post-imported-from = Imported from { $system } { $when }
# Former paths of the post follow.
admin-post-redirects = Redirects here:
admin-post-redirects-later = Redirects here once it is published:
admin-post-view = View on site
admin-post-history = History
admin-post-duplicate = Duplicate
admin-post-duplicated = Duplicated
admin-post-duplicated-text = This is the copy: a draft that is not on the site.
admin-post-create-campaign = Create campaign
admin-post-unsaved = You have unsaved changes from { $when }.
admin-post-restore = Restore them
admin-post-discard-ask = Discard…
admin-post-discard-title = Discard unsaved changes?
admin-post-discard-text = Your unsaved changes are lost.
admin-post-discard-text-from = Your unsaved changes from { $when } are lost.
admin-post-discard = Discard
admin-post-discarded = Unsaved changes discarded
admin-post-taken-up-title = Not saved yet
admin-post-taken-up = These are your unsaved changes. Save to keep them.
admin-post-revision-of = Revision of { $when }
admin-post-revision-hint = Save to restore this revision, or return to <a href="{ $current }">the current version</a>. Whether the post is published does not change.

## Editor: form

admin-post-summary = Summary
admin-post-summary-hint = One or two sentences, shown under the title and after the subject in an inbox.
admin-post-text-hint = Markdown: <code>**bold**</code>, <code>[link](https://…)</code>, <code>![description](/media/picture.jpg)</code>, <code>## heading</code>. In mail <code>{ $tag }</code> is the reader's name.
admin-post-slug = Slug
admin-post-slug-hint = The end of the page address. Leave empty to create it from the title.
admin-post-time = Publication time
admin-post-time-hint = In { $zone }. Used by the Schedule button.
admin-post-picture = Picture
admin-post-picture-hint = Shown on cards, above the text and where the post is shared. Enter the name of a picture from the media. Leave empty to use the first picture of the text.
admin-post-publish = Publish now
admin-post-schedule = Schedule
admin-post-change-time = Change publication time
admin-post-unpublish = Unpublish
admin-post-add-picture = Add a picture
admin-post-add-table = Add a table
# What the button writes into the text; the column names are examples.
admin-post-table =
    | Column 1 | Column 2 |
    |---|---|
    |  |  |
admin-post-save-and-test = Save and send a test

## Editor: outcomes

admin-post-published-now = Published
admin-post-published-now-text = It is on the site now.
admin-post-published-on = It is published on { $when }.
admin-post-unpublished = Unpublished
admin-post-unpublished-text = The post is a draft again and not on the site.
admin-post-tested = A test is on its way to { $email }.
admin-post-not-tested = Saved, but no test was sent
admin-post-overtaken = Someone else saved this post after you opened it. Your text is below and not saved. Save again to replace their version, or open the post in another window to compare.

## Editor: mistakes

admin-post-time-missing = Choose a day and a time.
admin-post-no-title = Write a title in at least one language.
admin-post-title-missing = { $language }: the title must not be empty.
admin-post-title-too-long = { $language }: the title must have at most { $limit } characters.
admin-post-title-not-a-line = { $language }: the title must be a single line without control characters.
admin-post-summary-too-long = { $language }: the summary has more than 1000 characters.
admin-post-text-too-long = { $language }: the text is longer than 256 KiB.
admin-post-category-missing = The category must not be empty.
admin-post-category-too-long = The category must have at most { $limit } characters.
admin-post-category-not-a-line = The category must be a single line without control characters.
admin-post-author-missing = The author must not be empty.
admin-post-author-too-long = The author must have at most { $limit } characters.
admin-post-author-not-a-line = The author must be a single line without control characters.
admin-post-slug-taken = Another post has this slug; choose another.

## Preview

admin-post-preview-empty = The post has no text in { $language } yet. Readers of that language get another one.
# Stands in for a title that is not written yet.
admin-post-untitled = Untitled

## History

admin-post-revisions-empty-title = No revisions yet
admin-post-revisions-empty = Each save in the admin is kept here.
admin-post-revision-saved = Saved
admin-post-revision-by = By
admin-post-revision-outside = outside the admin

## Deleting

admin-post-delete-title = Delete this post?
admin-post-delete-text = “{ $title }” goes to the trash, in every language, and leaves the site. You can restore it for 30 days. Email already sent does not change.
admin-post-delete-dialog = “{ $title }” goes to the trash, in every language, and leaves the site. You can restore it for 30 days. Mail already sent keeps its text.
admin-post-delete = Delete the post

## Campaigns that are about to mail it

admin-post-campaigns-change = A campaign is about to mail this post
# $href, $subject: the campaign; $when: a date and a time; $who: an address.
admin-post-campaign-scheduled = <a href="{ $href }">{ $subject }</a> starts on { $when } and will mail the changed text.
admin-post-campaign-scheduled-approved = <a href="{ $href }">{ $subject }</a> starts on { $when } and was approved by { $who }. A change voids the approval: without a new one it will not start.
admin-post-campaign-approved = <a href="{ $href }">{ $subject }</a> was approved by { $who }. A change voids the approval.
admin-post-confirm-campaigns = I want to change what is sent
admin-post-confirm-missing = Tick the box to change what the campaign sends.
