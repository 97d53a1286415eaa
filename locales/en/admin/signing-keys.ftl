### DKIM keys: create, activate, retire.

admin-key-title = Signing keys
admin-key-lead = Receivers trust mail whose DKIM signature matches a key in your domain's DNS. Rotate the keys once or twice a year: create new ones, publish them, activate them, and retire the old ones a week later.
admin-key-list = Keys
admin-key-empty-title = Email is not signed
admin-key-empty = Large mailbox providers reject bulk email without a signature. Create keys and publish their records.
admin-key-selector = Selector
admin-key-state = State
admin-key-records = Records to publish
admin-key-actions = What to do
admin-key-state-new = new
admin-key-state-active = active
admin-key-state-retiring = retiring
admin-key-state-retired = retired
admin-key-since = since { $date }
admin-key-until = until { $date }
admin-key-no-records = None; remove them from the DNS
admin-key-records-counted =
    { $count ->
        [one] { $count } TXT record
       *[other] { $count } TXT records
    }

## Creating

admin-key-create-title = Create keys
admin-key-create = Create
admin-key-domain = Domain of the sender
admin-key-domain-wrong = This is not a domain name.
admin-key-selector-hint = A name for this pair of keys, RSA and Ed25519. Each pair has its own, and none is used twice.
admin-key-created = Keys created
admin-key-created-new = Publish their records, then activate them. Until then the previous keys sign.
admin-key-created-active = Mail is signed with them from now on; publish their records at once.

## Activating

admin-key-activate = Activate
admin-key-activate-label = Activate { $selector }
admin-key-activate-question = Activate { $selector } anyway?
admin-key-activate-text = DNS lookup: { $error }. Until receivers find the key, they treat email signed with it as unsigned.
admin-key-activated = { $selector } is active
# $selectors are one or more keys that were active before.
admin-key-superseded = Keep the records of { $selectors } published for another week: email signed with them may still be in transit.

## Retiring

admin-key-retire = Retire
admin-key-retire-ask = Retire…
admin-key-retire-label = Retire { $selector }
admin-key-retire-question = Retire { $selector }?
admin-key-retire-text = Its private keys are destroyed and cannot be restored.
admin-key-retire-in-transit = Email signed with it may be in transit until { $date }. Its private keys are destroyed and cannot be restored.
admin-key-retired = { $selector } is retired
admin-key-unpublish = Remove from the DNS: { $names }.
