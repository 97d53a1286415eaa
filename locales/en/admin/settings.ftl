### Settings: their pages, the relays, the senders, what belongs to the process.

## Every page

admin-settings-title = Settings: { $page }
admin-settings-intro = Changes are in force at once. Flags, environment variables and <code>jarshy.toml</code> take precedence.
admin-settings-see-also = See also:
admin-settings-relays = Relays
admin-settings-sending = Sending
admin-settings-senders = Senders
admin-settings-bounces = Bounces
admin-settings-joining = Joining
admin-settings-process = Process
admin-settings-site-look = Name and look of the site
admin-settings-elsewhere = { $setting }: { $problem }
admin-settings-unchanged = Nothing has changed
admin-settings-saved-text = It is in force now, in every process within a few seconds.
admin-settings-set = set
admin-settings-not-set = not set
# Where a value comes from; stands in the phrases that are given below it, and in a table.
admin-settings-origin-file = set in { $name }
admin-settings-origin-other = set by { $name }
admin-settings-given = It is { $origin } and cannot be changed here.
admin-settings-given-there = That takes precedence. Change them there, or remove them there to manage them here.
admin-settings-off = Off
admin-settings-on = On
admin-settings-secret-set = It is set – leave it empty to keep it.
admin-settings-secret-shown = It is { $value } – leave it empty to keep it.
admin-settings-keep = Leave it empty to keep it.
admin-settings-remove = Remove it ({ $setting })

## General

admin-settings-card-site = Site
admin-settings-public-url = Public address
admin-settings-public-url-hint = The address that visitors use, such as https://news.example.org. Links in emails start with it. If you change it, sign in again at the new address.
admin-settings-anyway = Save it all the same
admin-settings-anyway-hint = You sign in at this address from then on.
# $problem is a sentence.
admin-settings-address-problem = { $problem } To save it all the same, tick the box.
admin-settings-language-hint = For visitors whose browser asks for none that the site has.
admin-settings-languages = Languages of the site
admin-settings-languages-hint = Of pages, emails and subscribers: one tag a line, such as en, de or pt-BR, in the order in which pages offer them. What has no translation yet is shown in English.
admin-settings-time-zone = Time zone
admin-settings-time-zone-hint = An IANA name such as Asia/Almaty.
admin-settings-card-programs = Other programs
admin-settings-listmonk = API for listmonk’s clients
admin-settings-listmonk-hint = Programs written for listmonk can use /api/lists, /api/subscribers and others, with an API token as password. The API of Jarshy itself is always on.

## Sending

admin-settings-sender = Sender
admin-settings-from-hint = Name {"<"}address> or an address. Nothing can be sent without it. Other senders for campaigns are under Senders.
admin-settings-reply-to = Replies go to
admin-settings-reply-to-hint = Replies by people are passed on to this address. If empty: the first owner’s.
admin-settings-bounce-domain = Domain for bounces
admin-settings-bounce-domain-hint = The domain of envelope senders. If empty: the sender’s domain.
admin-settings-card-campaigns = Starting campaigns
admin-settings-send-delay = Undo a start within (seconds)
admin-settings-send-delay-hint = A campaign that is started here waits that long before anything is sent, and can be undone meanwhile: up to 3600; 0 starts at once. The API and the command line do not wait.
admin-settings-approval = Approval by a second person
admin-settings-approval-hint = A campaign starts, or is scheduled, only after another user has approved it on its page. Any later change voids the approval. This needs at least two users who may edit. Campaigns that are scheduled already need it too.
admin-settings-attachment-limit = Files of an email (MB)
admin-settings-attachment-limit-hint = All files that an email carries, as they are sent: a third more than on a disk. Up to 50; 0 for none. Many providers refuse more than 25.
admin-settings-card-limits = Limits and names
admin-settings-domain-limits = Limits by recipient domain
admin-settings-domain-limits-hint = One a line: example.org=4@10 for 4 messages at once and 10 a second, *=20 for all others.
admin-settings-ehlo = Name for EHLO
admin-settings-ehlo-hint = The name that relays are told. If empty: the host of the public address.
admin-settings-tokens = Source of access tokens
admin-settings-smtp-tokens-hint = Only for relays that sign in with XOAUTH2: https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=…

## Bounces

admin-settings-card-mailbox = Mailbox of returned mail
admin-settings-mailbox = Mailbox
admin-settings-mailbox-hint = Emails that were processed are deleted from it.
admin-settings-mailbox-interval = Seconds between two polls
admin-settings-mailbox-tokens-hint = Only for a mailbox that is signed in to by access token: https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=… If empty: that of the relays.
admin-settings-card-webhooks = Webhooks of your email provider
admin-settings-provider-address = Address for the provider: <code>{ $address }</code>
# For screen readers, after “Copy”.
admin-settings-the-address = the address
admin-settings-provider-secret-hint = You choose it. The provider sends it as a bearer token, or as a password: then write jarshy:PASSWORD@ after https:// in the address.
admin-settings-ses = Amazon SES: SNS topic
admin-settings-ses-hint = arn:aws:sns:REGION:ACCOUNT:NAME. Subscribe this address to the topic.
admin-settings-postmark = Postmark: password or bearer token
admin-settings-sendgrid = SendGrid: verification key
admin-settings-sendgrid-hint = The public key of the signed event webhook.
admin-settings-mailgun = Mailgun: webhook signing key
admin-settings-mailgun-hint = For the events Permanent Failure, Temporary Failure, Spam Complaints and Unsubscribes.
admin-settings-brevo = Brevo: password or bearer token
admin-settings-card-thresholds = When to suppress and to pause
admin-settings-soft-bounces = Soft bounces that suppress an address
admin-settings-soft-bounces-hint = Each counts half after thirty days.
admin-settings-hard-bounces = Hard bounces that pause a campaign
admin-settings-complaints = Complaints that pause a campaign
admin-settings-per-thousand = Per thousand sent.

## Sign-in

admin-settings-sign-in = Sign-in
admin-settings-card-provider = Provider (OpenID Connect)
admin-settings-issuer = Issuer
admin-settings-issuer-hint = Exactly as the provider writes it, such as https://login.example.org/realms/main. Enter the address below at the provider as the redirect URI.
admin-settings-client-id = Client ID
admin-settings-client-secret = Client secret
admin-settings-scopes = Scopes
admin-settings-scopes-hint = One a line, besides openid.
admin-settings-provider-name = Name on the button
admin-settings-provider-name-hint = Such as your organisation’s name. If empty: the issuer’s host.
admin-settings-card-access = Who may sign in
admin-settings-sign-in-domains = Domains of email addresses
admin-settings-sign-in-domains-hint = One a line. If empty: any.
admin-settings-role-claim = Claim with groups or roles
admin-settings-role-claim-hint = Such as groups, or realm_access.roles for one inside another.
admin-settings-role-map = Roles
admin-settings-role-map-hint = One a line: press=editor. The roles are owner, editor and viewer; the highest counts. With one or more lines, roles are set at each sign-in, and a user who has none of the values is disabled. A value with a comma stands in quotes.
admin-settings-create-users = Make users at their first sign-in
admin-settings-create-users-hint = Needs domains or roles. Without roles they can only view.
admin-settings-link-by-email = Link users by their verified address
admin-settings-link-by-email-hint = Only if the provider never gives an address to another person. If off, invited people are linked when they accept, and others under My account.
admin-settings-provider-second-factor = The provider asks for a second factor
admin-settings-provider-second-factor-hint = Then Jarshy does not ask for its own again.
admin-settings-local-sign-in = Sign-in by password and link
admin-settings-local-sign-in-hint = If off, only owners sign in so, in case that the provider fails.
admin-settings-provider-check = Save and test
admin-settings-provider-answers = The provider answers
admin-settings-provider-keys =
    { $count ->
        [one] It signs with { $count } key. Whether the client ID and secret are right, the first sign-in shows.
       *[other] It signs with { $count } keys. Whether the client ID and secret are right, the first sign-in shows.
    }
admin-settings-provider-none = Enter the issuer and the client ID first
admin-settings-provider-fails = Nobody can sign in by the provider

## Joining

admin-settings-card-joins = Joins and confirmations
admin-settings-join-limit = Joins from one network in an hour
admin-settings-join-limit-hint = Whose confirmations are sent at once; others wait. If twice as many come in all, forms and API ask for proof of work.
admin-settings-confirmation-interval = Minutes before a second confirmation
admin-settings-confirmation-interval-hint = To the same address. A third waits a day, and no more are sent within thirty days.
admin-settings-confirmation-lifetime = Days to confirm in
admin-settings-confirmation-lifetime-hint = An unconfirmed subscription ends after them.

## The mailbox and the relays: where they are

admin-settings-host = Host
admin-settings-port = Port
admin-settings-port-hint = Empty for the usual one.
admin-settings-user = User
admin-settings-password = Password
admin-settings-ca = File of authorities
admin-settings-ca-hint = A PEM file on the server.
admin-settings-fingerprints = Fingerprints
admin-settings-fingerprints-hint = sha256:…, separated by spaces.
admin-settings-sign-in-with = Sign in with
admin-settings-by-password = password
admin-settings-by-token = access token (XOAUTH2)
admin-settings-password-again = Enter the password again, since where it is sent to has changed.

## The mailbox

admin-settings-mailbox-unreadable = The mailbox cannot be read
admin-settings-mailbox-service = Service
admin-settings-service-imaps = IMAP with TLS
admin-settings-service-pop3s = POP3 with TLS
admin-settings-service-imap = IMAP without encryption
admin-settings-service-pop3 = POP3 without encryption
admin-settings-folder = Folder
admin-settings-folder-hint = Of IMAP; the inbox if empty.
admin-settings-other-options = Other options
admin-settings-mailbox-remove = Remove the mailbox
admin-settings-mailbox-check = Save and check the mailbox
admin-settings-mailbox-opened = The mailbox can be opened
admin-settings-mailbox-emails = Emails in it: { $count }.
admin-settings-mailbox-none = There is no mailbox
admin-settings-mailbox-not-opened = The mailbox cannot be opened
admin-settings-mailbox-host-wrong = Enter a host, such as imap.example.org.
admin-settings-mailbox-port-wrong = Enter a host, such as imap.example.org, and a port from 1 to 65535 or none.
admin-settings-user-missing = Enter the user.
admin-settings-password-missing = Enter the password.
admin-settings-one-line = Must be one line.

## Relays

admin-settings-relays-intro = Mail goes out over these relays. Several share it by their weight, and replace each other when one fails.
admin-settings-relays-given = The relays are { $origin }
admin-settings-relays-problem = The stored relays are not in force
admin-settings-relays-changed = The relays have changed meanwhile
admin-settings-no-sender = No sender yet
admin-settings-relays-no-sender = <a href="/admin/settings/sending">Enter the sender</a> first: a test needs it.
admin-settings-relay-add = Add a relay
admin-settings-relay-up = Up
admin-settings-relay-up-label = Move { $host } up
admin-settings-relay-down = Down
admin-settings-relay-down-label = Move { $host } down
admin-settings-relay-remove = Remove…
admin-settings-relay-remove-label = Remove { $host }…
admin-settings-relay-remove-question = Remove { $host }?
admin-settings-relay-remove-text = Its password and limits are deleted. Email goes out over the other relays.
admin-settings-relay-remove-last = Its password and limits are deleted. It is the last relay: emails stay queued until there is another.
admin-settings-relay-user-hint = Empty for a relay without sign-in.
admin-settings-relay-as-user = user { $user }
admin-settings-encryption = Encryption
admin-settings-encryption-hint = The certificate is verified unless the choice says otherwise. On this machine, the usual STARTTLS is used if it is offered.
admin-settings-security-usual = STARTTLS (usual)
admin-settings-security-implicit = TLS from the start
admin-settings-security-implicit-unverified = TLS from the start, any certificate
admin-settings-security-starttls = STARTTLS, on this machine too
admin-settings-security-starttls-unverified = STARTTLS, any certificate
admin-settings-security-opportunistic = STARTTLS if offered
admin-settings-security-none = None
admin-settings-relay-options = Limits and other options
admin-settings-connections = Connections at once
admin-settings-connections-hint = 8 if empty.
admin-settings-ahead = Begin ahead
admin-settings-ahead-hint = Messages that each connection marks as begun before their turn, 0 to 8; 2 if empty. After a crash, as many more are uncertain on each.
admin-settings-rate = Messages per second
admin-settings-messages = Messages per connection
admin-settings-no-limit = No limit if empty.
admin-settings-weight = Weight
admin-settings-weight-hint = Its share among several; 1 if empty.
admin-settings-warmup = Warm-up
admin-settings-warmup-hint = Messages on the first day; twice as many each day after it.
admin-settings-timeout = Timeout
admin-settings-timeout-hint = Seconds; 60 if empty.
admin-settings-helo-hint = If it is another than for all.
admin-settings-test = Send a test to { $email }
admin-settings-test-good = The relay took the test
admin-settings-test-bad = The test did not go out
admin-settings-test-reply = It was accepted for { $email }: { $reply }
admin-settings-relay-host-wrong = Enter a host, such as smtp.example.org.
admin-settings-relay-port-wrong = Enter a host, such as smtp.example.org, and a port from 1 to 65535 or none.
admin-settings-helo-wrong = Must be a host's name, such as mail.example.org, or an address in brackets.
admin-settings-auth-wrong = Enter the user that the token is for.
admin-settings-connections-wrong = Must be a whole number from 1 to 500.
admin-settings-weight-wrong = Must be a whole number from 1 to 1000.
admin-settings-timeout-wrong = Must be a whole number from 1 to 600.
admin-settings-number-wrong = Must be a whole number, 1 or more.
admin-settings-open-password = A password must not cross a network in the open; choose another encryption.
admin-settings-relay-no-password = Enter the password, or leave the user empty for a relay without sign-in.
admin-settings-unused-trust = These certificates are not checked with this encryption; choose STARTTLS or TLS, verified.

## Senders

admin-settings-senders-intro = Each campaign goes out as one of these senders. Confirmations and other transactional emails go out as the default one.
admin-settings-senders-given = The senders are { $origin }
admin-settings-senders-problem = The stored senders are not in force
admin-settings-not-removed = Not removed
admin-settings-removed = Removed
admin-settings-added = Added
admin-settings-senders-check = Check the domains now
admin-settings-senders-empty = Enter the default sender first. Nothing can be sent without it.
admin-settings-enter-sender = Enter the sender
admin-settings-authentication = SPF, DKIM and DMARC
# A record such as SPF, and what its check found: good, weak or wrong.
admin-settings-authentication-finding = { $record } { $finding }
admin-settings-actions = Actions
admin-settings-default = default
admin-settings-sender-checked = { $domain }, checked { $date }. <a href="/admin/deliverability">Details</a>
admin-settings-not-checked = not checked
admin-settings-sender-remove = Remove { $sender }
admin-settings-sender-add = Add a sender
admin-settings-sender-hint = Name {"<"}address>, such as: Press office {"<"}press@example.org>. Its domain needs signing keys and records of its own.

## Process

admin-settings-process-intro = These are about the process. Flags, environment variables or <code>jarshy.toml</code> set them, and a restart puts them in force.
admin-settings-setting = Setting
admin-settings-value = Value
admin-settings-origin = Origin
admin-settings-secret-key-place = kept beside the database
admin-settings-export = Export
admin-settings-export-text = The settings of all these pages as a <code>jarshy.toml</code>, to keep or to start another installation with.
admin-settings-export-secrets = With passwords and keys
admin-settings-export-secrets-hint = You confirm first that it is you. Keep the file where nobody else can read it.
admin-settings-export-download = Download jarshy.toml

## Opens and links

admin-settings-card-engagement = Opens and links
admin-settings-engagement = Ask readers whether opens and links may be seen
admin-settings-engagement-hint = Readers are asked on the join form and on the page of their preferences. Only of those who agree it is then seen whether they open emails and, in lists that count clicks, which links they follow. Turning it off stops that at once and shows nothing any more; agreements stay.
admin-settings-engagement-months = Months that it is kept
admin-settings-engagement-months-hint = 1 to 120. What was seen before is deleted.
