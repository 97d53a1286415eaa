# The toolbar and its menus
admin-editor-toolbar = Text formatting
admin-editor-type = Text style
admin-editor-bold = Bold
admin-editor-italic = Italic
admin-editor-strike = Strikethrough
admin-editor-code = Code
admin-editor-link = Link
admin-editor-bullet-list = Bulleted list
admin-editor-ordered-list = Numbered list
admin-editor-quote = Quote
admin-editor-picture-new = Add a picture
admin-editor-table-new = Add a table
admin-editor-tag = Merge tag
admin-editor-insert-block = Insert a block
admin-editor-block-actions = Block
admin-editor-undo = Undo
admin-editor-redo = Redo
admin-editor-source = Markdown
admin-editor-source-shown = You are editing the Markdown
admin-editor-source-left = You are editing the formatted text
admin-editor-heading-level = Heading { $level }

# What is said of the text
admin-editor-text = Text
admin-editor-empty-hint = Write, or press / for blocks
admin-editor-keys-hint = Press Alt+F10 for the toolbar, and Alt+↑ or Alt+↓ to move the block.
admin-editor-words = Words: { $count }
admin-editor-reading-time = Reading time: { $minutes } min
admin-editor-slash-count = Blocks found: { $count }. Choose with the arrow keys and Enter.
admin-editor-not-written = The text could not be converted to Markdown: { $why }. Try again.
admin-editor-not-read = The Markdown could not be read: { $why }

# What can be done with a block
admin-editor-handle = Move the block or open its menu
admin-editor-settings-of = Settings: { $block }
admin-editor-move-up = Move up
admin-editor-move-down = Move down
admin-editor-moved-up = Moved up
admin-editor-moved-down = Moved down
admin-editor-not-moved = The block cannot be moved further
admin-editor-duplicate = Duplicate
admin-editor-write-below = Write below
admin-editor-delete = Delete
admin-editor-deleted = Deleted: { $block }

# Dialogs
admin-editor-apply = Apply
admin-editor-insert = Insert
admin-editor-address = Address
admin-editor-found = Found
admin-editor-found-count = Found: { $count }
admin-editor-search-hint = Type two letters of the title.
admin-editor-upload-file = Upload a file
admin-editor-file-missing = Choose a file or enter an address
admin-editor-uploading = Uploading { $file }
admin-editor-not-uploaded = { $file } could not be uploaded: { $why }

# Links
admin-editor-link-edit = Edit the link
admin-editor-link-href = Address, or words to search for
admin-editor-link-hint = Type the title of a post, an event or a file to link to it.
admin-editor-link-text = Text
admin-editor-link-remove = Remove the link
admin-editor-link-unsafe = Links cannot lead there

# Pictures
admin-editor-picture = Picture
admin-editor-picture-file = Upload a picture
admin-editor-picture-src = Address of the picture
admin-editor-picture-alt = Alternative text
admin-editor-picture-alt-hint = What the picture shows, for people who do not see it. Leave it empty if the picture is only decoration.
admin-editor-picture-width = Width
admin-editor-width-natural = Its own
admin-editor-width-small = Small
admin-editor-width-half = Half of the text
admin-editor-width-full = As wide as the text
admin-editor-picture-href = Link of the picture
admin-editor-picture-missing = Choose a picture or enter its address
admin-editor-picture-broken = The picture cannot be shown: { $src }
admin-editor-picture-no-alt = No alternative text
admin-editor-caption = Caption
admin-editor-gallery = Gallery
admin-editor-gallery-files = Pictures
admin-editor-gallery-two = Choose two pictures or more

# Tables
admin-editor-table = Table
admin-editor-rows-columns = Rows and columns
admin-editor-row-above = Add a row above
admin-editor-row-below = Add a row below
admin-editor-row-delete = Delete the row
admin-editor-column-before = Add a column before
admin-editor-column-after = Add a column after
admin-editor-column-delete = Delete the column
admin-editor-column-align = Alignment of the column
admin-editor-align-none = As the text
admin-editor-align-left = Left
admin-editor-align-right = Right
admin-editor-table-delete = Delete the table

# Merge tags
admin-editor-tag-what = Value
admin-editor-tag-name = Name
admin-editor-tag-email = Email address
admin-editor-tag-language = Language
admin-editor-tag-site-name = Name of the site
admin-editor-tag-unsubscribe-url = Unsubscribe link
admin-editor-tag-preferences-url = Preferences link
admin-editor-tag-archive-url = Link to the archive
admin-editor-tag-attribute = Attribute
admin-editor-tag-attribute-name = Name of the attribute
admin-editor-tag-attribute-hint = Only for attributes, such as city.
admin-editor-tag-attribute-bad = Enter the name of an attribute: letters, digits and _
admin-editor-tag-default = Text where there is no value
admin-editor-tag-default-hint = For example: reader
admin-editor-tag-or = or “{ $text }”
admin-editor-tag-expression = Expression

# The blocks
admin-editor-block-paragraph = Paragraph
admin-editor-block-heading = Heading
admin-editor-block-blockquote = Quote
admin-editor-block-bullet-list = Bulleted list
admin-editor-block-ordered-list = Numbered list
admin-editor-block-list-item = List item
admin-editor-block-table = Table
admin-editor-block-table-row = Row
admin-editor-block-table-cell = Table cell
admin-editor-block-table-header = Table heading
admin-editor-block-code-block = Code block
admin-editor-block-divider = Divider
admin-editor-block-picture = Picture
admin-editor-block-gallery = Gallery
admin-editor-block-button = Button
admin-editor-block-spacer = Space
admin-editor-block-columns = Columns
admin-editor-block-callout = Callout
admin-editor-block-merge-tag = Merge tag
admin-editor-block-if = Only for some recipients
admin-editor-block-event = Event
admin-editor-block-events = Upcoming events
admin-editor-block-post = Post
admin-editor-block-posts = Latest posts
admin-editor-block-feed = Items of a feed
admin-editor-block-snippet = Snippet
admin-editor-block-file = File to download
admin-editor-block-audio = Audio
admin-editor-block-video = Video
admin-editor-block-embed = Link card
admin-editor-block-social = Social media links
admin-editor-social-empty = Social media links: those set under Site, until you write some here
admin-editor-block-html = HTML
admin-editor-block-markdown = Markdown

# What can be set about them
admin-editor-button-text = Button text
admin-editor-align = Alignment
admin-editor-align-start = Start
admin-editor-align-center = Center
admin-editor-align-end = End
admin-editor-kind = Look
admin-editor-kind-main = Filled
admin-editor-kind-plain = Outlined
admin-editor-size = Size
admin-editor-size-small = Small
admin-editor-size-medium = Medium
admin-editor-size-large = Large
admin-editor-split = Columns
admin-editor-split-1-1 = Two of the same width
admin-editor-split-1-2 = Narrow and wide
admin-editor-split-2-1 = Wide and narrow
admin-editor-split-1-1-1 = Three
admin-editor-callout-kind = Kind
admin-editor-callout-kind-note = Note
admin-editor-callout-kind-good = Good news
admin-editor-callout-kind-warning = Warning
admin-editor-name = Name
admin-editor-title = Title
admin-editor-description = Description
admin-editor-poster = Address of a still picture
admin-editor-count = How many
admin-editor-event-which = Event
admin-editor-post-which = Post
admin-editor-snippet-which = Snippet
admin-editor-snippet-how = How
admin-editor-snippet-how-linked = Linked: it changes with the snippet
admin-editor-snippet-how-copied = Copied: it stays as it is now
admin-editor-snippet-none = There are no snippets yet. Create one under Snippets, or keep a block of this text as one.
admin-editor-snippet-keep = Keep as snippet
admin-editor-snippet-name = Name
admin-editor-snippet-name-hint = Lower-case letters, digits and hyphens, such as contact.
# $name: the name of the snippet.
admin-editor-snippet-kept = Kept as the snippet { $name }, which is shown here now.
admin-editor-condition = Condition
admin-editor-condition-hint = For example: attributes.city == "Almaty"
admin-editor-if-condition = Only if { $condition }
admin-editor-otherwise = Otherwise
admin-editor-otherwise-no = Show nothing to the others
admin-editor-otherwise-yes = Show another text to the others
admin-editor-html = HTML
admin-editor-markdown = Markdown
admin-editor-language = Programming language
admin-editor-language-hint = For example: python
