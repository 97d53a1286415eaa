### My account: language, password, two-factor sign-in.

## Language

admin-account-language = Language of the admin pages
admin-account-language-hint = Emails with your sign-in link are in it too.
admin-account-browser-language = The browser's language

## Password

admin-account-by-password = You sign in by password, or by a link that is mailed to you.
admin-account-by-link = You sign in by a link that is mailed to you. With a password you can sign in without waiting for the email.
admin-account-current-password = Current password
admin-account-new-password = New password
admin-account-length-hint =
    { $count ->
        [one] At least { $count } character; several words are easy to remember and hard to guess.
       *[other] At least { $count } characters; several words are easy to remember and hard to guess.
    }
admin-account-password-ends =
    { $count ->
        [one] A new password ends your other sessions and revokes your { $count } API token.
       *[other] A new password ends your other sessions and revokes your { $count } API tokens.
    }
admin-account-keep-tokens = Keep my API tokens working
admin-account-keep-tokens-hint = Only if you are sure that nobody else has them.
admin-account-change-password = Change password
admin-account-set-password = Set password
admin-account-remove-password = Remove password
admin-account-password-set = Password set
admin-account-tokens-ended = Your other sessions and your API tokens have ended.
admin-account-tokens-kept = Your other sessions have ended; your API tokens keep working.
admin-account-password-removed = Password removed
admin-account-password-removed-next = You now sign in with a link sent by email.

## Two-factor sign-in

admin-account-two-factor = Two-factor sign-in
admin-account-two-factor-asks = After your password or sign-in link, you are asked for a code from your app. To switch to another phone, turn two-factor sign-in off and set it up again.
admin-account-codes-left =
    { $count ->
        [one] { $count } recovery code is left.
       *[other] { $count } recovery codes are left.
    }
admin-account-two-factor-why = An app on your phone shows a code that changes every 30 seconds. Someone who has your password or reads your email still cannot sign in without it.
admin-account-turn-off = Turn off
admin-account-turn-on = Turn on
admin-account-set-up = Set up
admin-account-two-factor-is-off = Two-factor sign-in is off
admin-account-two-factor-is-on = Two-factor sign-in is on
admin-account-two-factor-set-up = Set up two-factor sign-in
admin-account-scan = Scan this with an authenticator app, or type the secret into it. Then enter the code that it shows.
# For screen readers: what the picture is.
admin-account-qr-code = QR code
admin-account-six-digits = Six digits.
admin-account-recovery-codes = Recovery codes
admin-account-recovery-text = Each of these works once in place of the app's code. Print them or keep them where you keep passwords; they are not shown again.
admin-account-recovery-saved = I have saved them

## Passkeys

admin-passkey-title = Passkeys
admin-passkey-why = With a passkey you sign in by fingerprint, face or PIN of your device, in place of password and code. It works on this site only, so nobody can trick you out of it. Password and sign-in link go on working.
admin-passkey-since = added { $at }
admin-passkey-used = last used { $at }
admin-passkey-never-used = not used yet
admin-passkey-remove-of = Remove the passkey { $name }
admin-passkey-name = Name of the passkey
admin-passkey-name-hint = Such as the device that it is in.
admin-passkey-default-name = Passkey
admin-passkey-add = Add a passkey
admin-passkey-add-text = Your browser asks where to keep the passkey: in this device, a phone, a security key or a password manager.
admin-passkey-create = Create passkey
admin-passkey-no-script = A passkey needs JavaScript in your browser. Password and sign-in link work without it.
admin-passkey-no-host = Passkeys need a public address with a host name. An owner sets it under Settings.
admin-passkey-failed = No passkey was used. Try again, or sign in another way.
admin-passkey-added = Passkey added
admin-passkey-added-next = From now on you can sign in with it.
admin-passkey-not-added = No passkey was added
admin-passkey-removed = Passkey removed. Delete it in your device or password manager, too.
admin-passkey-sign-in = Sign in with a passkey
