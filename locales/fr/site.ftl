### What visitors read on the public pages.

## Navigation

nav-label = Menu principal
language-choose = Choisir une langue
nav-skip = Aller au contenu
nav-home = Accueil
nav-posts = Articles
nav-events = Événements
nav-media = Médias

## Home

home-latest-posts = Derniers articles
home-all-posts = Tous les articles
home-upcoming-events = Événements à venir
home-all-events = Tout le calendrier
home-music = Musique
home-all-media = Toutes les images et la musique
home-join-title = Abonnez-vous à nos e-mails
home-join-lead = Actualités et invitations, directement dans votre boîte de réception. Vous pouvez vous désabonner en un clic.
home-join-button = S’abonner

## Posts

posts-title = Articles
posts-in-category = Articles de la catégorie « { $category } »
posts-empty = Il n’y a pas encore d’articles ici. Revenez bientôt.
post-by = Publié par { $author }
# The title of the copy of a post or event.
copy-of = Copie de { $title }
post-previous = Article précédent
post-next = Article suivant
post-back = Retour à tous les articles
post-share = Partager{ "\u00A0" }
post-share-email = Partager par e-mail
post-copy-link = Copier le lien
post-link-copied = Le lien est copié.
post-in-other-language = Cet article n’existe pas encore dans votre langue ; vous le lisez dans cette langue : { $language }.
post-other-languages = Aussi disponible en :
# Names a table that can be scrolled by itself.
post-table = Tableau { $number }

category-general = Général
category-culture = Culture
category-consular = Affaires consulaires
category-education = Éducation

## Pages of a long list

pages-label = Pages
pages-previous = Précédent
pages-next = Suivant

## Events

events-title = Événements
events-month = Événements – { $month }
events-empty = Rien n’est encore prévu pour ce mois-ci.
events-upcoming-empty = Rien n’est prévu pour les prochains jours.
events-previous-month = Mois précédent
events-next-month = Mois suivant
events-subscribe = Ajouter ce calendrier au vôtre
events-subscribe-hint = Les logiciels de calendrier se mettent à jour d’eux-mêmes à partir de cette adresse.
event-when = Quand
event-where = Où
event-all-day = Toute la journée
event-time-range = { $start }–{ $end }
event-time-zone = Fuseau horaire : { $zone }
event-add = Ajouter à mon calendrier
event-past = Cet événement est terminé.
event-repeats = Répétition
event-repeats-daily =
    { $every ->
        [one] tous les jours
       *[other] tous les { $every } jours
    }
event-repeats-weekly =
    { $every ->
        [one] toutes les semaines
       *[other] toutes les { $every } semaines
    }
event-repeats-monthly =
    { $every ->
        [one] tous les mois
       *[other] tous les { $every } mois
    }
event-repeats-yearly =
    { $every ->
        [one] tous les ans
       *[other] tous les { $every } ans
    }
event-repeats-until = { $often }, jusqu’au { $date }

## Media

media-title = Médias
media-pictures = Images
media-music = Musique
media-documents = Documents
media-empty = Il n’y a encore rien à voir ni à écouter.

## Feeds and footer

feed-title = { $site } : articles
feed-atom = Flux Atom
feed-json = Flux JSON
feed-calendar = Calendrier (iCalendar)

footer-about = { $site } n’envoie ses actualités qu’aux personnes qui l’ont demandé.
footer-privacy = Votre adresse ne sert à rien d’autre et n’est communiquée à personne.

## Archive of sent mail

archive-title = E-mails précédents
archive-sent-on = Envoyé le { $date }
archive-notice = Ceci est la version web d’un e-mail. Pour recevoir le prochain, abonnez-vous.
archive-empty = Aucun e-mail n’a encore été envoyé. Abonnez-vous pour recevoir le premier.
archive-files = Fichiers joints

## Days, months and dates

# Month names standing alone, as in the calendar's heading.
month-1 = Janvier
month-2 = Février
month-3 = Mars
month-4 = Avril
month-5 = Mai
month-6 = Juin
month-7 = Juillet
month-8 = Août
month-9 = Septembre
month-10 = Octobre
month-11 = Novembre
month-12 = Décembre

# Month names as they stand inside a date, after the day.
month-of-1 = janvier
month-of-2 = février
month-of-3 = mars
month-of-4 = avril
month-of-5 = mai
month-of-6 = juin
month-of-7 = juillet
month-of-8 = août
month-of-9 = septembre
month-of-10 = octobre
month-of-11 = novembre
month-of-12 = décembre

month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.

# Days of the week: 1 is Monday, 7 is Sunday (ISO 8601).
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche

weekday-short-1 = lun.
weekday-short-2 = mar.
weekday-short-3 = mer.
weekday-short-4 = jeu.
weekday-short-5 = ven.
weekday-short-6 = sam.
weekday-short-7 = dim.

# $month is from month-of-…; give $day and $year as text, so that no digits are grouped.
date-long =
    { $day ->
        [1] 1er
       *[other] { $day }
    } { $month } { $year }
# $weekday is from weekday-…, $date from date-long.
date-with-weekday = { $weekday } { $date }
# $date is from one of the patterns above, $time is like 18:30.
date-time = { $date }, { $time }
# $month is from month-….
date-month-year = { $month } { $year }
