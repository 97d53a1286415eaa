### Joining, confirming, leaving, and everything a subscriber may change.

## Join

join-title = Abonnieren Sie unseren Newsletter
join-lead = Wählen Sie aus, worüber Sie informiert werden möchten. Wir senden Ihnen eine Nachricht, um sicherzugehen, dass die Adresse Ihnen gehört.
join-one-lead = Wir senden Ihnen eine Nachricht, um sicherzugehen, dass die Adresse Ihnen gehört.
join-email-label = E-Mail-Adresse
join-email-hint = Zum Beispiel name@example.com
join-name-label = Ihr Name
join-name-hint = Freiwillig. Wir verwenden ihn nur für die Anrede.
join-lists-label = Was Sie erhalten möchten
join-language-label = Sprache der E-Mails
# The wording kept as evidence of consent.
consent-wording = Ich willige ein, dass { $site } mir die von mir ausgewählten E-Mails an diese Adresse sendet. Ich kann sie jederzeit mit einem Klick abbestellen und damit meine Einwilligung widerrufen.
engagement-wording = Ich willige außerdem ein, dass { $site } sieht, ob ich die E-Mails öffne und welchen Links darin ich folge. Ich kann das jederzeit mit einem Klick widerrufen.
engagement-hint = Freiwillig: Sie erhalten dieselben E-Mails auch ohne dies. Dann wird nichts darüber festgehalten, was Sie lesen.
join-button = Newsletter abonnieren
join-privacy = Wir verwenden Ihre Adresse nur für diese E-Mails und geben sie an niemanden weiter.
# A field that scripts fill in and people do not see.
join-trap-label = Lassen Sie dieses Feld leer
puzzle-doing = Wir stellen sicher, dass kein Roboter dieses Formular absendet …
puzzle-done = Bereit zum Absenden.
puzzle-without-scripts = In Ihrem Browser sind Skripte ausgeschaltet. Bitte warten Sie 15 Sekunden, bevor Sie dieses Formular absenden.

## Check your inbox: the same page for every address

sent-title = Sehen Sie in Ihrem Postfach nach
sent-body = Wenn diese Adresse eingetragen werden kann, ist eine Nachricht von uns dorthin unterwegs. Öffnen Sie die Nachricht und klicken Sie darin auf die Schaltfläche, um das Abonnement abzuschließen.
sent-spam-hint = Nach ein paar Minuten noch nichts da? Sehen Sie im Spam-Ordner nach und prüfen Sie die Adresse auf Tippfehler.
sent-expiry =
    { $hours ->
        [one] Der Link in der Nachricht ist { $hours } Stunde lang gültig.
       *[other] Der Link in der Nachricht ist { $hours } Stunden lang gültig.
    }
sent-expiry-days =
    { $days ->
        [one] Der Link in der Nachricht ist { $days } Tag lang gültig.
       *[other] Der Link in der Nachricht ist { $days } Tage lang gültig.
    }
sent-again = Andere Adresse versuchen

## Confirm

confirm-title = Noch ein letzter Schritt
confirm-body = Klicken Sie auf die Schaltfläche, und die E-Mails kommen an diese Adresse:
confirm-lists =
    { $count ->
        [one] Sie abonnieren diesen Newsletter:
       *[other] Sie abonnieren diese Newsletter:
    }
confirm-button = Ja, senden Sie mir die E-Mails
confirm-not-you = Sie haben das nicht angefordert? Schließen Sie einfach die Seite. Ohne Klick auf die Schaltfläche wird nichts gesendet.
engagement-confirm-hint = Dies wurde im Anmeldeformular angekreuzt. Kreuzen Sie es auch hier an, wenn Sie zustimmen.
confirmed-title = Willkommen!
confirmed-body = Ihre Adresse ist bestätigt. Die nächste E-Mail geht auch an Sie.
confirmed-preferences = Ändern, was Sie erhalten
confirmed-home = Zur Startseite

## A link that no longer works

expired-title = Dieser Link ist abgelaufen
expired-body = Zur Sicherheit sind unsere Links nur begrenzte Zeit gültig. Es wurde nichts geändert.
expired-again = Füllen Sie das Formular noch einmal aus, und wir senden Ihnen einen neuen Link.
expired-button = Zum Formular
used-title = Dieser Link wurde bereits verwendet
used-body = Sie müssen nichts mehr tun: Was er bewirken sollte, ist erledigt.
gone-title = Hier gibt es nichts mehr
gone-body = Das, wozu dieser Link diente, wurde gelöscht. Sie können sich jederzeit gern wieder eintragen.

## A link in a test email

sample-title = Dies ist ein Test
sample-body = Der Link stammt aus einer Test-E-Mail. Es wurde nichts geändert.

## Unsubscribe

unsubscribe-title = Newsletter abbestellen?
unsubscribe-body = Klicken Sie auf die Schaltfläche, und wir hören sofort auf. Keine Fragen, keine Abschieds-E-Mail.
unsubscribe-list = Newsletter: { $list }
unsubscribe-button = Abbestellen
unsubscribe-all-button = Alles abbestellen
unsubscribe-fewer = Oder auswählen, welche E-Mails Sie weiter erhalten
unsubscribed-title = Erfolgreich abbestellt
unsubscribed-body = Sie erhalten von diesem Newsletter keine E-Mails mehr. Eine bereits verschickte kann noch eintreffen.
unsubscribed-all-body = Sie erhalten keine E-Mails mehr von uns. Eine bereits verschickte kann noch eintreffen.
unsubscribed-reason-label = Verraten Sie uns den Grund?
unsubscribed-reason-hint = Freiwillig. Wir bewahren die Antwort zusammen mit dem Vermerk Ihrer Abmeldung auf.
unsubscribed-reason-too-many = Es sind zu viele E-Mails
unsubscribed-reason-not-interesting = Die Themen interessieren mich nicht
unsubscribed-reason-never-asked = Ich erinnere mich nicht, mich angemeldet zu haben
unsubscribed-reason-elsewhere = Ich lese die Nachrichten anderswo
unsubscribed-reason-other = Ein anderer Grund
unsubscribed-reason-button = Senden
unsubscribed-reason-thanks = Vielen Dank. Wir haben Ihre Antwort notiert.
unsubscribed-rejoin = War das ein Versehen? Wieder abonnieren

## Preferences

preferences-title = Ihre Einstellungen
preferences-lead = Diese Einstellungen gelten für { $email }. Behalten Sie den Link zu dieser Seite für sich: Wer ihn hat, kann die Einstellungen ändern.
preferences-lists-label = E-Mails, die Sie erhalten
preferences-lists-empty = Sie haben zurzeit keinen Newsletter abonniert.
preferences-language-label = Sprache der E-Mails
preferences-name-label = Ihr Name
preferences-save = Speichern
preferences-saved = Gespeichert.
preferences-frequency-label = Wie oft
preferences-frequency-each = Jede E-Mail einzeln
preferences-frequency-each-hint = Sobald sie verschickt wird.
preferences-frequency-weekly = Eine E-Mail pro Woche
preferences-frequency-weekly-hint = Sie enthält gesammelt, was Ihre Newsletter gebracht haben. Eilige Nachrichten kommen weiterhin sofort.
preferences-changed-joined = Sie haben jetzt den Newsletter „{ $list }“ abonniert.
preferences-changed-left = Sie haben den Newsletter „{ $list }“ abbestellt.
preferences-changed-name = Ihr Name wurde geändert.
preferences-changed-language = E-Mails kommen jetzt in dieser Sprache: { $language }.
preferences-changed-answers = Ihre Antworten wurden geändert.
preferences-changed-each = Ab sofort kommt jede E-Mail einzeln. Was diese Woche bereits für Sie gesammelt wurde, kommt noch in einer gemeinsamen E-Mail.
preferences-changed-weekly = Ab sofort erhalten Sie eine E-Mail pro Woche.
preferences-unchanged = Es wurde nichts geändert.
preferences-pause-title = Pause einlegen
preferences-pause-body = Ihre Abonnements bleiben bestehen, aber Sie erhalten eine Zeit lang keine E-Mails. Was in dieser Zeit verschickt wird, wird nicht nachgesendet.
preferences-pause-label = Wie lange
preferences-pause-2w = Zwei Wochen
preferences-pause-1m = Einen Monat
preferences-pause-3m = Drei Monate
preferences-pause-6m = Sechs Monate
preferences-pause-until-label = Oder bis zu diesem Tag
preferences-pause-until-hint = Innerhalb eines Jahres. Lassen Sie das Feld leer, wenn der Zeitraum oben gelten soll.
preferences-pause-button = E-Mails pausieren
preferences-pause-change-button = Pause ändern
preferences-paused = Sie erhalten bis zum { $date } keine E-Mails. Ab diesem Tag kommen sie von selbst wieder.
preferences-pause-past = Wählen Sie einen Tag nach dem heutigen.
preferences-pause-too-long = Eine Pause dauert höchstens ein Jahr. Wählen Sie einen früheren Tag.
preferences-pause-unknown = Dieses Datum ist nicht lesbar. Wählen Sie es im Kalender aus oder schreiben Sie es so: 2027-03-01.
preferences-resume-button = Pause jetzt beenden
preferences-resumed = Ab sofort kommen wieder E-Mails.
preferences-came-back = Sie können wieder E-Mails erhalten. Wählen Sie jetzt Ihre Newsletter aus.
preferences-engagement-title = Geöffnete E-Mails und Links
preferences-engagement-is-agreed = Sie haben eingewilligt:
preferences-engagement-agree-button = Ich willige ein
preferences-engagement-withdraw-button = Widerrufen und Aufgezeichnetes löschen
preferences-engagement-agreed = Gespeichert. Ab der nächsten E-Mail wird festgehalten, ob Sie sie öffnen und welchen Links Sie folgen.
preferences-engagement-withdrawn = Widerrufen. Was aufgezeichnet war, ist gelöscht, und es wird nichts mehr aufgezeichnet.
preferences-stays-suppressed = Diese Sperre können wir hier nicht aufheben: E-Mails an Sie kamen zurück, wurden als Spam gemeldet oder von uns gestoppt. Bitte schreiben Sie uns.
preferences-state-pending = wartet auf Ihre Bestätigung
preferences-leave-title = Alles abbestellen
preferences-leave-body = Sie bestellen alle Newsletter auf einmal ab. Wir vermerken Ihren Wunsch, damit niemand Sie versehentlich wieder einträgt.
preferences-leave-button = Alle Newsletter abbestellen
preferences-suppressed-title = Sie erhalten keine E-Mails von uns
preferences-suppressed-body = An diese Adresse wird wunschgemäß nichts gesendet. Wenn Sie wieder E-Mails erhalten möchten, geben Sie das hier an und wählen Sie dann Ihre Newsletter aus.
preferences-come-back-button = Wieder E-Mails erhalten
preferences-export-title = Meine Daten exportieren
preferences-export-body = Eine Datei mit allem, was wir zu dieser Adresse gespeichert haben: Name, Newsletter und wann Sie worin eingewilligt haben.
preferences-export-button = Datei herunterladen
preferences-erase-title = Meine Daten löschen
preferences-erase-body = Wir löschen Ihre Adresse, Ihren Namen und Ihre Auswahl. Gelöschtes lässt sich nicht wiederherstellen.
preferences-erase-button = Meine Daten löschen …
erase-title = Alles über Sie löschen?
erase-body = Sie bestellen damit alle Newsletter ab, und Ihre Daten werden endgültig gelöscht. Vielleicht möchten Sie vorher eine Kopie herunterladen.
erase-kept = Was bleibt: Zahlen in unseren Berichten, die niemanden nennen.
erase-kept-address = Allein Ihre Adresse bleibt auf der Liste derer, denen wir nie schreiben, damit niemand sie versehentlich wieder einträgt.
erase-confirm-label = Ja, meine Daten endgültig löschen
erase-confirm-missing = Setzen Sie das Häkchen, wenn Ihre Daten wirklich gelöscht werden sollen.
erase-button = Meine Daten löschen
erase-cancel = Meine Daten behalten
erased-title = Ihre Daten wurden gelöscht
erased-body = Ihre Adresse, Ihr Name und Ihre Auswahl sind gelöscht. Sie können sich jederzeit gern wieder eintragen.

## What is wrong with a form

form-errors-title =
    { $count ->
        [one] Bitte korrigieren Sie { $count } Angabe:
       *[other] Bitte korrigieren Sie { $count } Angaben:
    }
field-email-missing = Bitte geben Sie Ihre E-Mail-Adresse ein.
field-email-malformed = Das sieht nicht nach einer E-Mail-Adresse aus. Sie sollte etwa so lauten: name@example.com.
field-email-too-long = Diese Adresse ist zu lang. Eine E-Mail-Adresse hat höchstens { $max } Zeichen.
field-name-too-long = Dieser Name ist zu lang. Bitte verwenden Sie höchstens { $max } Zeichen.
field-name-malformed = Ein Name enthält keine Zeilenumbrüche oder Steuerzeichen. Bitte schreiben Sie ihn in eine Zeile.
field-lists-missing = Bitte wählen Sie mindestens einen Newsletter aus.
field-list-unknown = Dieser Newsletter kann nicht abonniert werden.
field-language-unknown = Bitte wählen Sie eine der angebotenen Sprachen.
field-answer-missing = Bitte beantworten Sie diese Frage.
field-answer-unknown = Bitte wählen Sie eine dieser Antworten.
field-answer-too-long = Das ist zu lang. Bitte verwenden Sie höchstens { $max } Zeichen.
form-wait =
    { $seconds ->
        [one] Bitte warten Sie { $seconds } Sekunde und versuchen Sie es erneut.
       *[other] Bitte warten Sie { $seconds } Sekunden und versuchen Sie es erneut.
    }
form-too-quick = Das Formular kam schneller zurück, als ein Mensch es ausfüllen kann. Bitte senden Sie es noch einmal ab.
form-from-elsewhere = Dieses Formular kam von einer Website, die es nicht anzeigen darf. Bitte prüfen Sie die Angaben und senden Sie es von hier ab.

## Never again

never-title = Nie wieder solche E-Mails?
never-body = Klicken Sie auf die Schaltfläche, und diese Website schreibt nie wieder an diese Adresse, auch wenn jemand sie in ein Formular einträgt:
never-button = Mir nie wieder schreiben
never-hint = Um keinen Newsletter zu erhalten, brauchen Sie das nicht: Ohne Ihre Bestätigung haben Sie keinen abonniert. Wenn Sie es sich anders überlegen, wenden Sie sich an die Betreiber dieser Website.
never-done-title = Erledigt
never-done-body = Diese Website schreibt nicht mehr an diese Adresse.

## What we keep of you

my-data-title = Ihre Daten
my-data-body = Sehen Sie, was diese Website über Sie gespeichert hat, oder lassen Sie es löschen. Der Link ist einen Tag lang gültig; geben Sie ihn nicht weiter.
my-data-ask-title = Wir senden Ihnen zuerst einen Link
my-data-ask-body = Eine weitergeleitete E-Mail darf nicht genügen, um Ihre Daten anzusehen oder zu löschen. Klicken Sie auf die Schaltfläche, und an Ihre Adresse geht ein Link, der einen Tag lang gültig ist.
my-data-ask-button = Link per E-Mail senden
my-data-sent-title = Sehen Sie in Ihrem Postfach nach
my-data-sent-body = Ein Link, mit dem Sie Ihre Daten ansehen oder löschen können, ist an Ihre Adresse unterwegs. Er ist einen Tag lang gültig.
my-data-address-title = Andere Adresse
my-data-address-body = Nennen Sie die Adresse, an die Ihre E-Mails kommen sollen. Wir bitten dort um eine Bestätigung; bis dahin ändert sich nichts.
my-data-address-label = Neue E-Mail-Adresse
my-data-address-button = Meine Adresse ändern …
my-data-address-same = Das ist bereits Ihre Adresse. Geben Sie eine andere ein.
my-data-address-sent-title = Sehen Sie im neuen Postfach nach
my-data-address-sent-body = Wenn die neue Adresse verwendet werden kann, ist eine E-Mail mit einem Link dorthin unterwegs. Folgen Sie dem Link, um sie zu bestätigen; bis dahin kommen Ihre E-Mails an die alte Adresse.

## A new address

address-title = Ihre neue Adresse
address-body = Klicken Sie auf die Schaltfläche, und Ihre E-Mails kommen ab sofort an diese Adresse:
address-button = Ja, das ist meine Adresse
address-done-title = Ihre Adresse wurde geändert
address-done-body = Die nächste E-Mail kommt an Ihre neue Adresse.
address-refused-title = Diese Adresse kann nicht verwendet werden
address-refused-body = Sie steht bereits auf unseren Listen, oder an sie darf nichts gesendet werden. Ihre E-Mails kommen weiterhin an die alte Adresse.

## Links of another system

old-link-title = Dieser Link stammt aus einer älteren E-Mail
old-link-body = Wir versenden unsere E-Mails jetzt auf andere Weise und können an diesem Link nicht erkennen, wem er gehört. Geben Sie Ihre Adresse ein, und wir senden Ihnen einen Link, mit dem Sie abbestellen oder ändern können, was Sie erhalten.
old-link-label = Ihre E-Mail-Adresse
old-link-button = Link per E-Mail senden
old-link-invalid = Das ist keine vollständige E-Mail-Adresse.
old-link-sent-title = Sehen Sie in Ihrem Postfach nach
old-link-sent-body = Wenn diese Adresse unsere E-Mails erhält, ist ein Link zum Abbestellen oder Ändern dorthin unterwegs.
