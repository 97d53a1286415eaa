### The texts of the emails that the site itself sends, and the frame around campaigns.

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
mail-account-passkey-added = Für Ihr Konto wurde ein neuer Passkey hinzugefügt.
mail-account-passkey-removed = Ein Passkey Ihres Kontos wurde entfernt.
mail-account-second-step-on = Für Ihr Konto wurde die Zwei-Faktor-Anmeldung eingeschaltet.
mail-account-second-step-off = Für Ihr Konto wurde die Zwei-Faktor-Anmeldung ausgeschaltet.
mail-account-token-made = Für Ihr Konto wurde ein neues API-Token erstellt.
mail-account-provider-linked = Mit Ihrem Konto wurde ein Konto Ihrer Organisation verknüpft: Damit kann man sich als Sie anmelden.
mail-account-provider-unlinked = Die Verknüpfung Ihres Kontos mit einem Konto Ihrer Organisation wurde entfernt.
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
# $event: the title of an event in the calendars of readers.
mail-event-changed = Geändert: { $event }
mail-event-changed-text = Diese Veranstaltung hat sich geändert. Jetzt gilt:
mail-event-cancelled = Abgesagt: { $event }
# $when: the day and time. The marks are Markdown.
mail-event-cancelled-text = **{ $event }** ({ $when }) findet nicht statt.
# Stands for a reader's name where there is none: Dear reader.
mail-reader = Leserin oder Leser

## Labels of the plain text part

mail-text-links = Links

## Is this your new address?

mail-address-subject = Ist das Ihre neue Adresse? { $site }
mail-address-body = Sie möchten Ihre E-Mails künftig an diese Adresse erhalten. Bitte bestätigen Sie, dass es Ihre Adresse ist.
mail-address-button = Meine neue Adresse bestätigen
mail-address-ignore = Das waren nicht Sie? Dann müssen Sie nichts tun, und es ändert sich nichts.
mail-address-changed-subject = Ihre Adresse wurde geändert: { $site }
mail-address-changed-body = Ab sofort gehen Ihre E-Mails von uns an eine andere Adresse. Das wurde über einen Link verlangt, den wir an diese Adresse gesendet hatten, und an der neuen bestätigt.
mail-address-changed-other = Das waren nicht Sie? Dann antworten Sie bitte auf diese E-Mail.

## Links of another system

mail-old-link-subject = Ihre Abonnements: { $site }
mail-old-link-heading = Auswählen, was Sie erhalten, oder abbestellen
mail-old-link-body = Jemand, vermutlich Sie selbst, ist einem Link in einer älteren E-Mail gefolgt und hat bei { $site } die Seite zu dieser Adresse angefordert. Dort können Sie Newsletter abbestellen oder Ihre Auswahl ändern.
mail-old-link-button = Meine Abonnements öffnen
mail-old-link-ignore = Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Es wurde nichts geändert.

## Invitation

mail-invitation-subject = Einladung: { $site }
mail-invitation-preheader = Öffnen Sie den Link, um sie anzunehmen.
mail-invitation-heading = Sie sind zu { $site } eingeladen
mail-invitation-body = { $inviter } hat Sie eingeladen, bei { $site } mitzuarbeiten. Klicken Sie auf die Schaltfläche, um die Einladung anzunehmen und sich anzumelden.
mail-invitation-button = Einladung annehmen
mail-invitation-expiry =
    { $days ->
        [one] Der Link funktioniert einmal, { $days } Tag lang.
       *[other] Der Link funktioniert einmal, { $days } Tage lang.
    }
mail-invitation-ask = Danach bitten Sie { $inviter }, die Einladung erneut zu senden.
mail-invitation-ignore = Wenn Sie diese E-Mail nicht erwartet haben, ignorieren Sie sie: Ohne den Link kann sich niemand mit Ihrer Adresse anmelden.

## Notifications

mail-notice-campaign-finished = Kampagne versendet: { $name }
mail-notice-campaign-finished-text = Gesendet: { $done }. Nicht zustellbar: { $failed }.
mail-notice-campaign-failed-to-start = Kampagne konnte nicht starten: { $name }
mail-notice-campaign-failed-to-start-text = Sie war geplant und konnte nicht starten. Es wurde nichts gesendet. Beheben Sie den Fehler und starten oder planen Sie sie erneut.
mail-notice-approval-requested = Freigabe erbeten: { $name }
mail-notice-approval-requested-text = Die Kampagne beginnt erst, wenn eine zweite Person sie freigegeben hat. Sehen Sie sie an und geben Sie sie auf ihrer Seite frei, sofern die letzte Änderung nicht von Ihnen ist.
mail-notice-comment-added = Neuer Kommentar: { $name }
mail-notice-comment-added-text = Jemand hat Ihnen geantwortet oder Sie erwähnt. Öffnen Sie ihn, um ihn zu lesen und zu antworten.
mail-notice-campaign-paused = Kampagne angehalten: { $name }
mail-notice-campaign-paused-text = Sie wurde automatisch angehalten. Sehen Sie sich den Grund an und setzen Sie sie dann fort oder brechen Sie sie ab.
mail-notice-series-paused = Serie angehalten: { $name }
mail-notice-series-paused-text = Sie wurde automatisch angehalten. Sehen Sie sich den Grund an und setzen Sie sie dann fort oder beenden Sie sie.
mail-notice-series-step = Serie: { $name }
mail-notice-series-step-text = Jemand hat einen Schritt dieser Serie erreicht, der Sie benachrichtigt.
mail-notice-series-email-failed = Serie: { $name }, eine E-Mail wurde nicht gesendet
mail-notice-series-email-failed-text = Eine Leserin oder ein Leser erhält diese E-Mail nicht, vielleicht heute auch weitere. Der Bericht des Schritts sagt, wer.
mail-notice-too-many-bounces = Zu viele Rückläufer oder Beschwerden: { $name }
mail-notice-too-many-bounces-text = Die Kampagne wurde automatisch angehalten, damit E-Mail-Anbieter Sie nicht sperren. Prüfen Sie vor dem Fortsetzen, woher die Adressen stammen.
mail-notice-import-finished = Import abgeschlossen: { $name }
mail-notice-import-finished-text = Hinzugefügt: { $done }. Nicht importierbar: { $failed }.
mail-notice-import-failed = Import fehlgeschlagen: { $name }
mail-notice-import-failed-text = Was vorher importiert wurde, bleibt erhalten. Öffnen Sie den Import für Einzelheiten.
mail-notice-domain-record-missing = DNS-Eintrag fehlt oder ist falsch: { $name }
mail-notice-domain-record-missing-text = Er war zuvor veröffentlicht. Ohne ihn können E-Mail-Anbieter Ihre E-Mails ablehnen oder als Spam markieren.
mail-notice-disk-nearly-full = Der Datenträger ist fast voll
mail-notice-disk-nearly-full-text = Wenn er voll ist, kann nichts mehr gespeichert und nichts mehr gesendet werden. Schaffen Sie Platz.
mail-notice-task-failing = Eine Hintergrundaufgabe schlägt fehl: { $name }
mail-notice-task-failing-text = Was von ihr abhängt, wartet. Sehen Sie in der Systemprüfung nach.
mail-notice-backup-failed = Sicherung fehlgeschlagen
mail-notice-backup-failed-text = Die geplante Sicherung der Datenbank ist fehlgeschlagen. Sie wird alle 15 Minuten erneut versucht; Sie werden einmal benachrichtigt.
mail-notice-counts-corrected = Zahlen von Abonnenten waren falsch und sind berichtigt
mail-notice-counts-corrected-text = Von den Zahlen, die Seiten zu Listen, Abonnenten und Schlagwörtern zeigen, wichen einige von der Datenbank ab: { $done }. Sie stimmen jetzt wieder; keine E-Mail ging deshalb an jemand anderen. Das Protokoll des Workers nennt sie. Kommt es wieder vor, melden Sie es bitte.
mail-notice-feed-failing = Feed nicht lesbar: { $name }
mail-notice-feed-failing-text = Er ließ sich dreimal hintereinander nicht lesen. Es wird weiter versucht; bis dahin zeigen Kampagnen nichts Neues daraus.
mail-notice-ab-test-decided = A/B-Test entschieden: { $name }
mail-notice-ab-test-decided-text = Die übrigen Leser erhalten die bessere Variante. Die Zahlen stehen auf der Seite der Kampagne.
mail-notice-ab-test-waits = A/B-Test wartet auf Sie: { $name }
mail-notice-ab-test-waits-text = Die Zahlen haben ihn nicht entschieden. Wählen Sie, was die übrigen Leser erhalten; bis dahin erhalten sie nichts.
mail-notice-reason = Grund: { $reason }.
mail-notice-button = Öffnen
mail-notice-why = Sie erhalten diese E-Mail, weil Sie für { $site } arbeiten.
mail-notice-choose = Wählen, worüber Sie benachrichtigt werden
