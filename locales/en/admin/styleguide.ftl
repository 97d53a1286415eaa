### The page that shows every component, for who works on Jarshy itself.

admin-styleguide = Components
admin-styleguide-lead = Every component of the admin pages in both themes, with the names to write in a template. This page is only shown where links lead to this machine.
admin-styleguide-theme-light = Light
admin-styleguide-theme-dark = Dark
admin-styleguide-buttons = Buttons
admin-styleguide-fields = Fields
admin-styleguide-checks = Boxes to tick
admin-styleguide-errors = What is wrong with a form
admin-styleguide-bar = Bar that saves
admin-styleguide-toast = Message about the last request
admin-styleguide-messages = Messages
admin-styleguide-badges = States
admin-styleguide-figures = Figures and facts
admin-styleguide-table = Table
admin-styleguide-tabs = Tabs and pages
admin-styleguide-progress = Progress
admin-styleguide-chart = Chart
admin-styleguide-findings = Findings
admin-styleguide-empty = Nothing there yet
admin-styleguide-disclosure = Form behind a button
admin-styleguide-dialog = Question and keys
admin-styleguide-hint = A line of explanation.
admin-styleguide-error = Enter a name.
admin-styleguide-text = Text
admin-styleguide-nothing = There is nothing here yet
admin-styleguide-question = This cannot be undone.
