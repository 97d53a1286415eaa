### The first start in the browser: the owner, then step by step.

admin-setup-title = Set up Jarshy
admin-setup-brand = Set-up
admin-setup-lead = You can leave every step for later. What is left is on the dashboard and under Settings.
admin-setup-steps = Steps
admin-setup-position = Step { $step } of { $count }
admin-setup-step-site = Organisation and address
admin-setup-step-sender = Sender and relay
admin-setup-step-list = First list
admin-setup-step-domain = Domain records
admin-setup-continue = Save and continue
admin-setup-later = Later

## The owner

admin-setup-owner = Create the owner
admin-setup-owner-lead = The owner can do everything, and adds the other users. This address works until there is an owner.
admin-setup-password = Password
admin-setup-password-hint = At least { $count } characters: several words that do not belong together.
admin-setup-owner-create = Create owner and continue
admin-setup-used = This address was used
admin-setup-used-text = There is an owner already. If it is you, sign in. If it should be you, ask the owner, or run <code>jarshy user reset EMAIL</code> on the server.
admin-setup-sign-in = Sign in
admin-setup-expired = This address has expired
admin-setup-expired-text = Restart <code>jarshy serve</code>: it prints a new one. Or run <code>jarshy setup</code> on the server.

## Organisation and address

admin-setup-site-title = Set-up: organisation
admin-setup-organisation = Organisation
admin-setup-organisation-hint = Visitors and readers see this name.
# $origin says where it was set, such as “set by JARSHY_LANGUAGE”.
admin-setup-language-given = The language is { $origin }.
admin-setup-time-zone-given = The time zone is { $origin }.
admin-setup-public-url-hint = The address that visitors use, such as https://news.example.org. It is checked when you save. If it is another one than you use now, sign in again there.
admin-setup-public-url-given = The public address is { $url }, { $origin }.
admin-setup-reached = { $url } was reached and leads here.
admin-setup-not-reached = The public address was not reached. Links in emails lead nowhere until it is.

## Sender and relay

admin-setup-sender-title = Set-up: sender and relay
admin-setup-sender-hint = Name {"<"}address> or an address. Readers see it in their inbox.
admin-setup-sender-given = The sender is { $sender }, { $origin }.
admin-setup-relay = Relay
admin-setup-relays-given = The relays are { $origin }.
admin-setup-relays-several =
    { $count ->
        [one] There is { $count } relay; it is managed under <a href="/admin/settings/relays">Settings</a>.
       *[other] There are { $count } relays; they are managed under <a href="/admin/settings/relays">Settings</a>.
    }
admin-setup-relay-lead = The server that takes your mail and delivers it. Your email provider names host, user and password.
admin-setup-host-hint = Such as smtp.example.org.
admin-setup-host-first = Enter the host of a relay first.
admin-setup-test = Save and send a test to { $email }

## First list

admin-setup-list-title = Set-up: first list
admin-setup-lists-known =
    { $count ->
        [one] You have a list
       *[other] You have { $count } lists
    }
admin-setup-lists-known-text = { $lists }. You can <a href="/admin/setup/domain">go on</a>, or create another.
admin-setup-list-lead = People join a list, and campaigns are sent to lists. This one is public, and everybody who joins confirms by email. You can change that under Lists.
# The name that is suggested for the first list.
admin-setup-list-suggested = News
admin-setup-list-slug-hint = Part of addresses, such as /join/news. It cannot be changed later.
admin-setup-list-create = Create and continue

## Domain records

admin-setup-domain-title = Set-up: domain records
admin-setup-domain-no-sender = The records are those of the sender's domain.
admin-setup-domain-again = Check again
admin-setup-domain-lead = Publish these records where the domain's DNS is managed. They were looked up just now.
admin-setup-domain-unsigned = Large mailbox providers reject bulk email that is not signed.
admin-setup-domain-create-keys = Create signing keys
admin-setup-domain-keys-created = Publish their records at once: email is signed now.
admin-setup-domain-keys-known = There are keys already
admin-setup-dashboard = To the dashboard
