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
admin-media-empty = Upload a file to use it in posts. The site lists it under Media.

## Upload

admin-media-files = Files
admin-media-files-hint = JPEG, PNG, GIF, WebP, AVIF, MP3, Ogg, M4A, WAV, PDF or plain text, each up to 20 MiB. You can also drop files here.
admin-media-upload = Upload
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

admin-media-captions = Caption and alternative text
admin-media-caption = Caption
admin-media-alt = Alternative text
admin-media-alt-hint = Read aloud by screen readers, or shown if the picture does not load.
admin-media-open = Open
admin-media-pixels = Pixels
# $widths: in pixels, such as “480, 960”.
admin-media-pixels-also = { $across } × { $down }; also { $widths } wide, for smaller screens
admin-media-used-in = Used in
admin-media-uses =
    { $count ->
        [one] { $count } post
       *[other] { $count } posts
    }
admin-media-address = Address
# The Markdown for it.
admin-media-markdown = In a post

## Deleting

admin-media-delete-unused = The file is deleted permanently and its address stops working. No post uses it. It will also be missing from email already sent.
admin-media-delete-used =
    { $count ->
        [one] The file is deleted permanently and its address stops working. { $count } post that uses it will miss it. It will also be missing from email already sent.
       *[other] The file is deleted permanently and its address stops working. { $count } posts that use it will miss it. It will also be missing from email already sent.
    }
admin-media-keep = Keep
