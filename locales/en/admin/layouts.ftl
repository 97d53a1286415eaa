### Layouts: the list, one layout, its preview.

admin-layouts-lead = Email designs for posts, digests and other campaigns.
admin-layout-name = Name
admin-layout-source = Source
admin-layout-default = default
admin-layout-custom = custom
admin-layout-changed = Changed
admin-layout-new = New layout
admin-layout-name-hint = Lower-case letters, digits and hyphens.
admin-layout-from = Copy from
admin-layout-create = Create layout
admin-layout-created = Layout created

## One layout

admin-layout-title = Layout { $name }
admin-layout-changed-by = Changed { $at } by { $by }
admin-layout-unchanged = Not changed
# Where the placeholders stand in it, in code.
admin-layout-placeholders =
    <a href="https://documentation.mjml.io/" rel="noopener">MJML</a> with placeholders: <code>{"{{ title }}"}</code>, <code>{"{{ summary }}"}</code>, <code>{"{{ body }}"}</code>, <code>{"{{ eyebrow }}"}</code>, <code>{"{{ preheader }}"}</code>, <code>{"{{ site_name }}"}</code>, <code>{"{{ site_url }}"}</code>, <code>{"{{ button_text }}"}</code>, <code>{"{{ button_url }}"}</code>, <code>{"{{ small_print }}"}</code>, <code>{"{{ reason }}"}</code>, <code>{"{{ language }}"}</code>, and <code>footer_links</code>, each with <code>text</code> and <code>url</code>.
    From the site's settings: the colours <code>{"{{ accent }}"}</code>, <code>{"{{ accent_dark }}"}</code>, <code>{"{{ on_accent }}"}</code>, <code>{"{{ rule }}"}</code> and <code>{"{{ rule_dark }}"}</code>, the logo <code>{"{{ logo_url }}"}</code> with <code>{"{{ logo_width }}"}</code> and <code>{"{{ logo_height }}"}</code>, and <code>postal_lines</code>, the lines of the postal address.
    The body and the footer links are required.
admin-layout-transactional = This layout is used for sign-in and confirmation mail, so only an owner may change it, and <code>button_url</code> may stand only in the address of a link or in text.
admin-layout-saved-next = Campaigns that start from now on use it.

## Restoring and deleting

admin-layout-restore = Restore
admin-layout-restore-ask = Restore…
admin-layout-restore-title = Restore the default layout?
admin-layout-restore-text = Your changes to this layout go to the trash, where you can restore them for 30 days.
admin-layout-restored = Default layout restored
admin-layout-delete-title = Delete this layout?
admin-layout-delete-text = The layout goes to the trash, where you can restore it for 30 days. Email already sent does not change.

## Preview, and what it shows while there is no post

admin-layout-preview = Preview with the newest post
admin-layout-sample-subject = Subject
admin-layout-sample-title = A headline
admin-layout-sample-preheader = The line after the subject
# Markdown.
admin-layout-sample-body =
    Dear {"{{ name }}"},

    ## A heading

    Some text with [a link](/) and

    - a list
    - of two

    > and a quotation.
