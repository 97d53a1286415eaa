### What visitors read on the public pages.

## Navigation

nav-label = Hauptmenü
language-choose = Sprache wählen
nav-skip = Zum Inhalt springen
nav-home = Startseite
nav-posts = Beiträge
nav-events = Veranstaltungen
nav-media = Medien

## Home

home-latest-posts = Neueste Beiträge
home-all-posts = Alle Beiträge
home-upcoming-events = Kommende Veranstaltungen
home-all-events = Der ganze Kalender
home-music = Musik
home-all-media = Alle Bilder und Musikstücke
home-join-title = Abonnieren Sie unseren Newsletter
home-join-lead = Neuigkeiten und Einladungen direkt in Ihr Postfach. Abbestellen können Sie mit einem Klick.
home-join-button = Abonnieren

## Posts

posts-title = Beiträge
posts-in-category = Beiträge in der Kategorie „{ $category }“
posts-empty = Hier gibt es noch keine Beiträge. Bitte schauen Sie bald wieder vorbei.
post-by = Von { $author }
# The title of the copy of a post or event.
copy-of = Kopie von { $title }
post-previous = Vorheriger Beitrag
post-next = Nächster Beitrag
post-back = Zurück zu allen Beiträgen
post-share = Teilen
post-share-email = Per E-Mail teilen
post-copy-link = Link kopieren
post-link-copied = Der Link wurde kopiert.
post-in-other-language = Diesen Beitrag gibt es noch nicht in Ihrer Sprache; Sie lesen ihn in dieser Sprache: { $language }.
post-other-languages = Auch verfügbar in:
# Names a table that can be scrolled by itself.
post-table = Tabelle { $number }

category-general = Allgemeines
category-culture = Kultur
category-consular = Konsularisches
category-education = Bildung

## Pages of a long list

pages-label = Seiten
pages-previous = Zurück
pages-next = Weiter

## Events

events-title = Veranstaltungen
events-month = Veranstaltungen: { $month }
events-empty = Für diesen Monat ist noch nichts geplant.
events-upcoming-empty = Für die nächsten Tage ist nichts geplant.
events-previous-month = Vorheriger Monat
events-next-month = Nächster Monat
events-subscribe = Kalender abonnieren
events-subscribe-hint = Kalenderprogramme halten sich über diese Adresse von selbst auf dem neuesten Stand.
event-when = Wann
event-where = Wo
event-all-day = Ganztägig
event-time-range = { $start }–{ $end }
event-time-zone = Zeitzone: { $zone }
event-add = Zu meinem Kalender hinzufügen
event-past = Diese Veranstaltung ist vorbei.
event-repeats = Wiederholung
event-repeats-daily =
    { $every ->
        [one] jeden Tag
       *[other] alle { $every } Tage
    }
event-repeats-weekly =
    { $every ->
        [one] jede Woche
       *[other] alle { $every } Wochen
    }
event-repeats-monthly =
    { $every ->
        [one] jeden Monat
       *[other] alle { $every } Monate
    }
event-repeats-yearly =
    { $every ->
        [one] jedes Jahr
       *[other] alle { $every } Jahre
    }
event-repeats-until = { $often }, bis zum { $date }

## Media

media-title = Medien
media-pictures = Bilder
media-music = Musik
media-documents = Dokumente
media-empty = Hier gibt es noch nichts zu sehen oder zu hören.

## Feeds and footer

feed-title = { $site }: Beiträge
feed-atom = Atom-Feed
feed-json = JSON-Feed
feed-calendar = Kalender (iCalendar)

footer-about = { $site } sendet Neuigkeiten nur an Menschen, die darum gebeten haben.
footer-privacy = Ihre Adresse wird für nichts anderes verwendet und an niemanden weitergegeben.

## Archive of sent mail

archive-title = Frühere E-Mails
archive-sent-on = Gesendet am { $date }
archive-notice = Dies ist die Webversion einer E-Mail. Um die nächste zu erhalten, abonnieren Sie den Newsletter.
archive-empty = Es wurde noch keine E-Mail gesendet. Abonnieren Sie den Newsletter, um die erste zu erhalten.
archive-files = Angehängte Dateien

## Days, months and dates

# Month names standing alone, as in the calendar's heading.
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

# Month names as they stand inside a date, after the day.
month-of-1 = Januar
month-of-2 = Februar
month-of-3 = März
month-of-4 = April
month-of-5 = Mai
month-of-6 = Juni
month-of-7 = Juli
month-of-8 = August
month-of-9 = September
month-of-10 = Oktober
month-of-11 = November
month-of-12 = Dezember

month-short-1 = Jan.
month-short-2 = Feb.
month-short-3 = März
month-short-4 = Apr.
month-short-5 = Mai
month-short-6 = Juni
month-short-7 = Juli
month-short-8 = Aug.
month-short-9 = Sept.
month-short-10 = Okt.
month-short-11 = Nov.
month-short-12 = Dez.

# Days of the week: 1 is Monday, 7 is Sunday (ISO 8601).
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag

weekday-short-1 = Mo
weekday-short-2 = Di
weekday-short-3 = Mi
weekday-short-4 = Do
weekday-short-5 = Fr
weekday-short-6 = Sa
weekday-short-7 = So

# $month is from month-of-…; give $day and $year as text, so that no digits are grouped.
date-long = { $day }. { $month } { $year }
# $weekday is from weekday-…, $date from date-long.
date-with-weekday = { $weekday }, { $date }
# $date is from one of the patterns above, $time is like 18:30.
date-time = { $date }, { $time } Uhr
# $month is from month-….
date-month-year = { $month } { $year }
