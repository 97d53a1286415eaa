### The site's name and look, its menu, the weekly digest.

admin-site-lead = The name and look of the site, on pages and in email. Where a language is missing, English is used.
admin-site-name = Name
admin-site-tagline = Tagline
admin-site-foot = Footer text
admin-site-mail-foot = Footer of emails
admin-site-mail-foot-hint = Stands at the end of every email, above why it came. Several lines are kept.
admin-site-saved-next = Pages and email use it from now on.

## Appearance

admin-site-appearance = Appearance
admin-site-logo = Logo
admin-site-logo-hint = A picture from Media. Square pictures look best.
admin-site-logo-default = default
admin-site-logo-upload = Upload a logo
admin-site-logo-upload-hint = In place of the one above: JPEG, PNG, GIF, WebP or AVIF, up to 20 MiB.
admin-site-logo-no-picture = choose a picture: JPEG, PNG, GIF, WebP or AVIF
admin-site-colour = Colour
admin-site-colour-hint = For example #8a1538. Leave empty for the default blue.
admin-site-contrast = Contrast { $contrast } : 1; text needs 4.5 : 1.
admin-site-heading-colour = Colour of headings
admin-site-heading-colour-hint = Leave empty for the default dark.
admin-site-font = Font of texts
admin-site-font-hint = Only fonts that readers already have: nothing is loaded from elsewhere.
admin-site-heading-font = Font of headings
admin-site-font-default = default
admin-site-font-system = of the reader’s device

## Social media

admin-site-profiles = Social media
admin-site-profiles-field = Profiles
admin-site-profiles-hint = One address in each line, such as https://t.me/embassy. The name comes from the address; for another one, write it before: Our channel https://t.me/embassy. They stand at the end of emails, and where a text has an empty block of social media links.

## Postal address

admin-site-postal = Postal address
admin-site-postal-field = Address in the footer of every email
admin-site-postal-hint = Some laws, such as the CAN-SPAM Act of the United States, require it in newsletters.

## Menu links

admin-site-links = Menu links
admin-site-links-hint = Shown after posts, events and media.
# For screen readers.
admin-site-link = Link { $number }
admin-site-link-address = Address

## Weekly digest

admin-site-weekly = Weekly digest
admin-site-weekly-day = Send on
admin-site-weekly-time = At
admin-site-weekly-hint = In { $zone }. Sent to subscribers who chose the weekly digest. A week without news has no digest.
admin-site-weekly-all-ask = Give it to everybody…
admin-site-weekly-all-hint = For everybody who has not chosen themselves how often email comes. They can change it on their own page.
admin-site-weekly-all-title = Give everybody the weekly digest?
admin-site-weekly-all-text =
    { $count ->
        [one] { $count } subscriber gets one email a week from now on, in place of single campaigns. People who have chosen themselves how often email comes keep that.
       *[other] { $count } subscribers get one email a week from now on, in place of single campaigns. People who have chosen themselves how often email comes keep that.
    }
admin-site-weekly-all = Give it to everybody
admin-site-weekly-all-done =
    { $count ->
        [one] { $count } more subscriber gets the weekly digest
       *[other] { $count } more subscribers get the weekly digest
    }
