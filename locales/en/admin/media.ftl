### Media: files, their captions.

admin-media-lead = Pictures, audio and documents.
admin-media-file = File
admin-media-kind = Kind
admin-media-kind-picture = picture
admin-media-kind-audio = audio
admin-media-kind-document = document
admin-media-size = Size
admin-media-bytes =
    { $count ->
        [one] { $count } byte
       *[other] { $count } bytes
    }
admin-media-kilobytes = { $size } KB
admin-media-megabytes = { $size } MB
# The heading of a date, and above a page after an upload.
admin-media-uploaded = Uploaded
admin-media-empty-title = No files yet
admin-media-empty = Upload a file to use it in posts. Only what you show there is on the site's media page.

## Search

admin-media-about = About this file
admin-media-show = Show on the media page
admin-media-show-hint = Otherwise the file is only seen where it is used, and by anyone who has its address.
admin-media-shown = on the media page
admin-media-on-page = On the media page
admin-media-tags = Tags
admin-media-tags-hint = Separated by commas, such as holidays, 2026.
admin-media-tag = Tag
admin-media-search = Name, caption or tag
admin-media-view = View
admin-media-view-grid = Grid
admin-media-view-list = List
admin-media-none-found-title = No files found
admin-media-none-found = Try another search, or show all files.
admin-media-show-all = Show all files
admin-media-pages = Pages
admin-media-newer = Newer
admin-media-older = Older

## Upload

admin-media-files = Files
admin-media-files-hint = JPEG, PNG, GIF, WebP, AVIF, MP3, Ogg, M4A, WAV, PDF or plain text, each up to 20 MiB. You can also drop files here.
admin-media-upload = Upload
admin-media-upload-and-show = Upload and show on the media page
admin-media-upload-hint = A file that is only uploaded is seen where it is used, and by anyone who has its address.
admin-media-uploading = Uploading …
admin-media-choose = Choose a file
admin-media-not-uploaded = Not uploaded
admin-media-uploaded-next = Add alternative text for people who cannot see or hear it.
admin-media-uploaded-counted =
    { $count ->
        [one] { $count } file uploaded
       *[other] { $count } files uploaded
    }

## One file

admin-media-caption = Caption
admin-media-alt = Alternative text
admin-media-alt-hint = Read aloud by screen readers, or shown if the picture does not load.
admin-media-open = Open
admin-media-pixels = Pixels
# $widths: in pixels, such as “480, 960”.
admin-media-pixels-also = { $across } × { $down }; also { $widths } wide, for smaller screens
admin-media-used-in = Used in
admin-media-unused = nothing that we know of
admin-media-use-post = the post “{ $title }”
admin-media-use-event = the event “{ $title }”
admin-media-use-layout = the layout { $name }
admin-media-use-snippet = the snippet { $name }
admin-media-use-campaign = the campaign “{ $subject }”
admin-media-use-logo = the site's logo
admin-media-address = Address
# The Markdown for it.
admin-media-markdown = In a post

## The picker of the post editor

admin-media-choose-from = Choose from media
admin-media-pick = Choose from media
admin-media-pick-lead = Copy the text under a file into your post: it shows the file there.
admin-media-insert = Insert
admin-media-close = Close
admin-media-not-picked = The files cannot be shown. Try again.

## Deleting

admin-media-delete-unused = The file goes to the trash and its address stops working. You can restore it for 30 days. Nothing that we know of uses it. It is also missing from email already sent until you restore it.
admin-media-delete-used =
    { $count ->
        [one] The file goes to the trash and its address stops working. You can restore it for 30 days. { $count } place that uses it will miss it: { $places }. It is also missing from email already sent until you restore it.
       *[other] The file goes to the trash and its address stops working. You can restore it for 30 days. { $count } places that use it will miss it: { $places }. It is also missing from email already sent until you restore it.
    }
