### The texts of the emails that the site itself sends, and the frame around campaigns.

mail-greeting = Guten Tag { $name },
mail-greeting-nameless = Guten Tag,
mail-signature = { $site }
mail-link-fallback = Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:

## Confirmation

mail-confirm-subject = Bitte bestätigen Sie Ihre Adresse: { $site }
mail-confirm-preheader = Ein Klick, und Sie erhalten die E-Mails.
mail-confirm-heading = Ist das Ihre Adresse?
mail-confirm-body = Jemand, vermutlich Sie selbst, möchte, dass { $site } E-Mails an diese Adresse sendet. Bitte bestätigen Sie, dass es Ihre Adresse ist.
mail-confirm-lists =
    { $count ->
        [one] Ausgewählter Newsletter:
       *[other] Ausgewählte Newsletter:
    }
mail-confirm-button = Meine Adresse bestätigen
mail-confirm-expiry =
    { $hours ->
        [one] Der Link ist { $hours } Stunde lang gültig.
       *[other] Der Link ist { $hours } Stunden lang gültig.
    }
mail-confirm-expiry-days =
    { $days ->
        [one] Der Link ist { $days } Tag lang gültig.
       *[other] Der Link ist { $days } Tage lang gültig.
    }
mail-confirm-ignore = Das waren nicht Sie? Dann müssen Sie nichts tun. Ohne Ihre Bestätigung erhalten Sie keine E-Mails, und wir löschen die Adresse wieder.
mail-confirm-never = Nie wieder solche E-Mails an diese Adresse senden

## Welcome

mail-welcome-subject = Willkommen bei { $site }
mail-welcome-preheader = Ihr Abonnement ist aktiv.
mail-welcome-heading = Willkommen
mail-welcome-body = Vielen Dank für Ihr Newsletter-Abonnement bei { $site }. Die nächste E-Mail geht an diese Adresse.
mail-welcome-lists =
    { $count ->
        [one] Sie haben diesen Newsletter abonniert:
       *[other] Sie haben diese Newsletter abonniert:
    }
mail-welcome-button = Meine Einstellungen ansehen
mail-welcome-leave = Sie können jederzeit ändern, was Sie erhalten, oder alles mit einem Klick abbestellen.

## Already on the list

mail-already-subject = Sie sind bereits eingetragen: { $site }
mail-already-preheader = Sie müssen nichts weiter tun.
mail-already-heading = Sie sind schon dabei
mail-already-body = Jemand, vermutlich Sie selbst, hat diese Adresse in das Formular von { $site } eingegeben. Die Adresse ist bereits eingetragen, es hat sich also nichts geändert.
mail-already-hint = Falls unsere E-Mails Sie nicht erreichen, sehen Sie im Spam-Ordner nach und nehmen Sie unsere Adresse in Ihre Kontakte auf.
mail-already-button = Meine Einstellungen ansehen
mail-already-ignore = Das waren nicht Sie? Kein Grund zur Sorge: Über das Formular kann niemand erfahren, dass Ihre Adresse eingetragen ist.

## Sign-in link

mail-sign-in-subject = Ihr Anmeldelink: { $site }
mail-sign-in-preheader = Er funktioniert nur einmal und nur für kurze Zeit.
mail-sign-in-heading = Anmelden
mail-sign-in-body = Klicken Sie auf die Schaltfläche, um sich bei { $site } anzumelden.
mail-sign-in-button = Anmelden
mail-sign-in-expiry =
    { $minutes ->
        [one] Der Link funktioniert einmal, innerhalb von { $minutes } Minute.
       *[other] Der Link funktioniert einmal, innerhalb von { $minutes } Minuten.
    }
mail-sign-in-ignore = Sie haben ihn nicht angefordert? Dann müssen Sie nichts tun: Ohne den Link kann sich niemand mit Ihrer Adresse anmelden.

## Your account was changed

mail-account-subject = Ihr Konto wurde geändert: { $site }
mail-account-heading = Ihr Konto wurde geändert
mail-account-password-set = Für Ihr Konto wurde ein neues Passwort festgelegt.
mail-account-password-removed = Das Passwort Ihres Kontos wurde entfernt. Sie melden sich mit einem Link an, den Sie per E-Mail erhalten.
mail-account-second-step-on = Für Ihr Konto wurde die Zwei-Faktor-Anmeldung eingeschaltet.
mail-account-second-step-off = Für Ihr Konto wurde die Zwei-Faktor-Anmeldung ausgeschaltet.
mail-account-token-made = Für Ihr Konto wurde ein neues API-Token erstellt.
mail-account-reset = Die Anmeldung Ihres Kontos wurde zurückgesetzt: Passwort und zweiter Faktor wurden entfernt und alle Sitzungen beendet.
mail-account-not-you = Waren Sie das? Dann müssen Sie nichts tun. Falls nicht, melden Sie sich sofort an, legen Sie ein neues Passwort fest und informieren Sie die Inhaber der Website.
mail-account-button = Mein Konto ansehen
mail-account-reason = Diese E-Mail erhalten alle, die für { $site } arbeiten, wenn sich ihre Zugangsdaten ändern.

## What we keep of you

mail-my-data-subject = Ihre Daten: { $site }
mail-my-data-heading = Ihre Daten ansehen oder löschen
mail-my-data-body = Jemand, vermutlich Sie selbst, möchte ansehen oder löschen, was { $site } zu dieser Adresse gespeichert hat. Der Link ist einen Tag lang gültig.
mail-my-data-button = Meine Daten ansehen oder löschen
mail-my-data-ignore = Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Anfordern kann sie jede Person, an die Sie eine unserer E-Mails weitergeleitet haben, erhalten aber nur Sie.

## Frame of a campaign

mail-preferences-link-subject = Ihre Einstellungen: { $site }
mail-preferences-link-body = Hier ist der Link zu Ihren Einstellungen. Behalten Sie ihn für sich: Wer ihn hat, kann die Einstellungen ändern.
mail-campaign-reason =
    { $count ->
        [one] Sie erhalten diese E-Mail, weil Sie bei { $site } diesen Newsletter abonniert haben: { $lists }.
       *[other] Sie erhalten diese E-Mail, weil Sie bei { $site } diese Newsletter abonniert haben: { $lists }.
    }
mail-weekly-title = Die Woche: { $site }
mail-weekly-preheader = Was Ihre Newsletter diese Woche gebracht haben.
mail-weekly-reason = Sie erhalten diese E-Mail, weil Sie sich bei { $site } für eine E-Mail pro Woche entschieden haben. Wenn Sie abbestellen, gilt das für alle Newsletter, deren Neuigkeiten hier enthalten sind; unter „Einstellungen“ können Sie wieder jede E-Mail einzeln erhalten.
mail-campaign-unsubscribe = Abbestellen
mail-campaign-preferences = Einstellungen
mail-campaign-view = Im Browser ansehen
mail-campaign-read-more = Weiterlesen
mail-digest-title = Neues von { $site }
mail-campaign-posts = Neueste Beiträge
mail-campaign-events = Kommende Veranstaltungen
mail-campaign-all-day = Ganztägig
mail-campaign-address = Unsere Postanschrift: { $address }
# Stands for a reader's name where there is none: Dear reader.
mail-reader = Leserin oder Leser
mail-test-notice = Dies ist ein Test. Er wurde nur an Sie gesendet.

## Labels of the plain text part

mail-text-links = Links
mail-text-picture = Bild: { $alt }
mail-text-unsubscribe = Abbestellen: { $url }
mail-text-preferences = Ihre Einstellungen: { $url }
mail-text-view = Im Web: { $url }
mail-text-when = Wann: { $when }
mail-text-where = Wo: { $where }

## Is this your new address?

mail-address-subject = Ist das Ihre neue Adresse? { $site }
mail-address-body = Sie möchten Ihre E-Mails künftig an diese Adresse erhalten. Bitte bestätigen Sie, dass es Ihre Adresse ist.
mail-address-button = Meine neue Adresse bestätigen
mail-address-ignore = Das waren nicht Sie? Dann müssen Sie nichts tun, und es ändert sich nichts.

## Links of another system

mail-old-link-subject = Ihre Abonnements: { $site }
mail-old-link-heading = Auswählen, was Sie erhalten, oder abbestellen
mail-old-link-body = Jemand, vermutlich Sie selbst, ist einem Link in einer älteren E-Mail gefolgt und hat bei { $site } die Seite zu dieser Adresse angefordert. Dort können Sie Newsletter abbestellen oder Ihre Auswahl ändern.
mail-old-link-button = Meine Abonnements öffnen
mail-old-link-ignore = Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Es wurde nichts geändert.
