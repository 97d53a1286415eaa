### Pages for when something went wrong: what happened, and what to do next.

error-400-title = Das konnten wir nicht verstehen
error-400-body = Etwas in der Anfrage war unvollständig oder beschädigt. Bitte gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
error-403-title = Diese Seite steht Ihnen nicht offen
error-403-body = Ihr Konto hat dafür keine Berechtigung. Wenn Sie sie benötigen, wenden Sie sich an die Inhaber der Website.
error-404-title = Diese Seite gibt es nicht
error-404-body = Vielleicht enthält die Adresse einen Tippfehler, oder die Seite ist umgezogen. Wenn Sie einem Link aus einer E-Mail gefolgt sind, kopieren Sie ihn vollständig und versuchen Sie es erneut.
error-405-title = So funktioniert das nicht
error-405-body = Diese Seite lässt sich auf diesem Weg nicht aufrufen. Bitte beginnen Sie auf der Startseite und nutzen Sie die Links und Schaltflächen dort.
error-409-title = Jemand war schneller
error-409-body = Während Sie diese Seite geöffnet hatten, hat sich etwas geändert. Laden Sie sie neu, um den aktuellen Stand zu sehen, und versuchen Sie es dann erneut.
error-413-title = Das ist zu groß
error-413-body = Was Sie gesendet haben, ist größer, als wir annehmen können. Bitte wählen Sie eine kleinere Datei und versuchen Sie es erneut.
error-415-title = Diese Art von Datei können wir nicht lesen
error-415-body = Bitte senden Sie sie in einem anderen Format, zum Beispiel JPEG oder PNG für Bilder und MP3 für Musik.
error-422-title = Bitte prüfen Sie das Formular
error-422-body = Einige Ihrer Angaben müssen korrigiert werden. Gehen Sie zurück: Die betreffenden Felder sind markiert.
error-429-title = Etwas zu schnell
error-429-body = Von Ihrer Verbindung kamen in kurzer Zeit viele Anfragen. Bitte warten Sie eine Minute und versuchen Sie es erneut.
error-500-title = Bei uns ist etwas schiefgegangen
error-500-body = Es liegt nicht an Ihnen. Der Fehler wurde für das Team der Website aufgezeichnet. Bitte versuchen Sie es in ein paar Minuten erneut.
error-503-title = Wir sind gleich wieder da
error-503-body = Die Website ist ausgelastet oder wird gerade gewartet. Bitte versuchen Sie es in ein paar Minuten erneut.

error-home = Zur Startseite
