### What visitors read on the public pages.

## Navigation

nav-label = Menú principal
language-choose = Elegir idioma
nav-skip = Ir al contenido
nav-home = Inicio
nav-posts = Publicaciones
nav-events = Eventos
nav-media = Multimedia

## Home

home-latest-posts = Últimas publicaciones
home-all-posts = Todas las publicaciones
home-upcoming-events = Próximos eventos
home-all-events = Todo el calendario
home-music = Música
home-all-media = Todas las imágenes y la música
home-join-title = Suscríbase a nuestra lista de correo
home-join-lead = Noticias e invitaciones, directamente en su bandeja de entrada. Puede darse de baja con un solo clic.
home-join-button = Suscribirse

## Posts

posts-title = Publicaciones
posts-in-category = Publicaciones de la categoría «{ $category }»
posts-empty = Todavía no hay publicaciones. Vuelva a visitarnos pronto.
post-by = Publicado por { $author }
# The title of the copy of a post or event.
copy-of = Copia de { $title }
post-previous = Publicación anterior
post-next = Publicación siguiente
post-back = Volver a todas las publicaciones
post-share = Compartir
post-share-email = Compartir por correo
post-copy-link = Copiar el enlace
post-link-copied = El enlace se ha copiado.
post-in-other-language = Esta publicación aún no está disponible en su idioma; se muestra en: { $language }.
post-other-languages = También en:
# Names a table that can be scrolled by itself.
post-table = Tabla { $number }

category-general = General
category-culture = Cultura
category-consular = Asuntos consulares
category-education = Educación

## Pages of a long list

pages-label = Páginas
pages-previous = Anterior
pages-next = Siguiente

## Events

events-title = Eventos
events-month = { $month }: eventos
events-empty = Todavía no hay nada previsto para este mes.
events-upcoming-empty = No hay nada previsto para los próximos días.
events-previous-month = Mes anterior
events-next-month = Mes siguiente
events-subscribe = Agregar este calendario al suyo
events-subscribe-hint = Las aplicaciones de calendario se actualizan solas desde esta dirección.
event-when = Cuándo
event-where = Dónde
event-all-day = Todo el día
event-time-range = { $start }–{ $end }
event-time-zone = Zona horaria: { $zone }
event-add = Agregar a mi calendario
event-past = Este evento ya ha terminado.
event-repeats = Se repite
event-repeats-daily =
    { $every ->
        [one] cada día
       *[other] cada { $every } días
    }
event-repeats-weekly =
    { $every ->
        [one] cada semana
       *[other] cada { $every } semanas
    }
event-repeats-monthly =
    { $every ->
        [one] cada mes
       *[other] cada { $every } meses
    }
event-repeats-yearly =
    { $every ->
        [one] cada año
       *[other] cada { $every } años
    }
event-repeats-until = { $often }, hasta el { $date }

## Media

media-title = Multimedia
media-pictures = Imágenes
media-music = Música
media-documents = Documentos
media-empty = Todavía no hay nada que ver ni escuchar.

## Feeds and footer

feed-title = { $site }: publicaciones
feed-atom = Canal Atom
feed-json = Canal JSON
feed-calendar = Calendario (iCalendar)

footer-about = { $site } solo envía noticias a quienes las han pedido.
footer-privacy = Su dirección no se usa para nada más ni se entrega a nadie.

## Archive of sent mail

archive-title = Correos anteriores
archive-sent-on = Enviado el { $date }
archive-notice = Esta es la versión web de un correo. Para recibir el próximo, suscríbase a la lista.
archive-empty = Todavía no se ha enviado ningún correo. Suscríbase a la lista para recibir el primero.
archive-files = Archivos adjuntos

## Days, months and dates

# Month names standing alone, as in the calendar's heading.
month-1 = Enero
month-2 = Febrero
month-3 = Marzo
month-4 = Abril
month-5 = Mayo
month-6 = Junio
month-7 = Julio
month-8 = Agosto
month-9 = Septiembre
month-10 = Octubre
month-11 = Noviembre
month-12 = Diciembre

# Month names as they stand inside a date, after the day.
month-of-1 = enero
month-of-2 = febrero
month-of-3 = marzo
month-of-4 = abril
month-of-5 = mayo
month-of-6 = junio
month-of-7 = julio
month-of-8 = agosto
month-of-9 = septiembre
month-of-10 = octubre
month-of-11 = noviembre
month-of-12 = diciembre

month-short-1 = ene
month-short-2 = feb
month-short-3 = mar
month-short-4 = abr
month-short-5 = may
month-short-6 = jun
month-short-7 = jul
month-short-8 = ago
month-short-9 = sept
month-short-10 = oct
month-short-11 = nov
month-short-12 = dic

# Days of the week: 1 is Monday, 7 is Sunday (ISO 8601).
weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo

weekday-short-1 = lun
weekday-short-2 = mar
weekday-short-3 = mié
weekday-short-4 = jue
weekday-short-5 = vie
weekday-short-6 = sáb
weekday-short-7 = dom

# $month is from month-of-…; give $day and $year as text, so that no digits are grouped.
date-long = { $day } de { $month } de { $year }
# $weekday is from weekday-…, $date from date-long.
date-with-weekday = { $weekday }, { $date }
# $date is from one of the patterns above, $time is like 18:30.
date-time = { $date }, { $time }
# $month is from month-….
date-month-year = { $month } de { $year }
