### The join form of one list: its page, and code for other sites.

admin-list-forms-title = Join form of { $name }
admin-list-forms-heading = Embed the join form
admin-list-forms-lead = A page of its own for this list, and code to put the form on other sites.
admin-list-forms-language = Language of the form
admin-list-forms-page = Hosted page
admin-list-forms-page-hint = Link to it from an email signature or a printed QR code.
admin-list-forms-sites = Allowed sites
admin-list-forms-origins = Site addresses, one per line
admin-list-forms-origins-hint = For example https://www.example.org, without a path. On any other site the embedded frame stays empty, and submitted forms are shown again on this site to be confirmed.
admin-list-forms-no-origins = None
admin-list-forms-most =
    { $count ->
        [one] A form has at most { $count } site.
       *[other] A form has at most { $count } sites.
    }
admin-list-forms-frame = Embedded frame
admin-list-forms-frame-hint = The whole form with its questions, in this site's design. The other site only has to allow frames from this address.
admin-list-forms-frame-markup = Markup of the frame
admin-list-forms-plain = Plain HTML form
admin-list-forms-plain-hint = In the other site's own design. Its page must send its origin with the form, so it cannot use Referrer-Policy: no-referrer. After submitting, the visitor continues on this site. Keep the consent sentence: it is what is recorded.
admin-list-forms-plain-markup = Markup of the plain form
