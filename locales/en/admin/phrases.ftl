### Every text of a language: list, export, import.

admin-phrases-title = All texts and translations
admin-phrases-lead = Every text of a language beside its English source. What a language lacks is shown in the site's language, or in English.
admin-phrases-part = Part
admin-phrases-part-all = All parts
admin-phrases-part-site = Site
admin-phrases-part-subscription = Joining and leaving
admin-phrases-part-mail = Email
admin-phrases-part-error = Error pages
admin-phrases-part-admin = Admin pages
admin-phrases-show = Show
admin-phrases-show-all = All texts
admin-phrases-show-missing = Missing in this language
admin-phrases-show-changed = Changed here
admin-phrases-search = Text or key
admin-phrases-counted =
    { $count ->
        [one] { $count } text.
       *[other] { $count } texts.
    }
admin-phrases-missing-counted =
    { $count ->
        [one] { $count } is missing in this language.
       *[other] { $count } are missing in this language.
    }
admin-phrases-none-missing = None is missing in this language.
admin-phrases-found =
    { $count ->
        [one] { $count } found
       *[other] { $count } found
    }
admin-phrases-pages = Pages
admin-phrases-previous = Previous
admin-phrases-next = Next
admin-phrases-none-title = No texts
admin-phrases-none = No text matches these filters.
admin-phrases-is-missing = missing
admin-phrases-stored = Current text:
admin-phrases-reset = Use the shipped text again
admin-phrases-remove = Remove this translation
admin-phrases-saved =
    { $count ->
        [0] Nothing changed
        [one] { $count } text saved
       *[other] { $count } texts saved
    }
admin-phrases-not-all-saved = Not all texts are saved

## Files

admin-phrases-export = Download as Fluent files
admin-phrases-import-title = Import texts
admin-phrases-file = File with texts in { $language }
admin-phrases-file-hint = A Fluent file (.ftl) or a ZIP archive of them, up to 2 MB. You see what would change before anything does.
admin-phrases-check = Check file
admin-phrases-choose-file = Choose a file
admin-phrases-not-read = The file cannot be read
admin-phrases-import-lead = What { $file } would change in { $language }. Nothing is changed yet.
admin-phrases-to-change = To change
admin-phrases-unchanged = Unchanged
admin-phrases-refused = Refused
admin-phrases-refused-counted =
    { $count ->
        [one] { $count } text was refused.
       *[other] { $count } texts were refused.
    }
admin-phrases-key = Key
admin-phrases-line = Line
admin-phrases-why = Why
admin-phrases-before = Now
admin-phrases-after = After the import
admin-phrases-first-shown =
    { $count ->
        [one] Only the first is shown.
       *[other] Only the first { $count } are shown.
    }
admin-phrases-nothing-title = Nothing to change
admin-phrases-nothing = The file has no text that can be imported and differs from the current one.
admin-phrases-import =
    { $count ->
        [one] Import { $count } text
       *[other] Import { $count } texts
    }
admin-phrases-imported =
    { $count ->
        [one] { $count } text imported
       *[other] { $count } texts imported
    }
