### The system check.

admin-system-lead = Whether everything that Jarshy needs is there and works.
admin-system-again = Check again
admin-system-findings = Findings

## How many findings of each kind

# $errors and $warnings are the phrases that follow.
admin-system-summary = { $errors }, { $warnings }, { $unchecked } not checked, { $ok } ok.
admin-system-errors =
    { $count ->
        [one] { $count } error
       *[other] { $count } errors
    }
admin-system-warnings =
    { $count ->
        [one] { $count } warning
       *[other] { $count } warnings
    }

## States of a finding

admin-system-state-ok = ok
admin-system-state-not-checked = not checked
admin-system-state-warning = warning
admin-system-state-error = error

## Checks

admin-system-check-configuration = Configuration
admin-system-check-database = Database
admin-system-check-size = Size
admin-system-check-integrity = Integrity
admin-system-check-counts = Counts
admin-system-check-disk = Disk
admin-system-check-permissions = Permissions
admin-system-check-clock = Clock
admin-system-check-relay = Relay
admin-system-check-dns = DNS
admin-system-check-mailbox = Mailbox
admin-system-check-public-url = Public URL
admin-system-check-certificate = Certificate
admin-system-check-sign-in = Sign-in
admin-system-check-webhooks = Webhooks
admin-system-check-queue = Queue
admin-system-check-tasks = Tasks
admin-system-check-backups = Backups
# $check is SPF, DKIM and so on, $found what the check of this domain says.
admin-system-domain-found = { $domain }, { $check }: { $found }
