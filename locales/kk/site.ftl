### Келушілер ашық беттерде көретін сөздер.

## Навигация

nav-label = Басты мәзір
language-choose = Тілді таңдаңыз
nav-skip = Мазмұнға өту
nav-home = Басты бет
nav-posts = Жарияланымдар
nav-events = Іс-шаралар
nav-media = Медиа

## Басты бет

home-latest-posts = Соңғы жарияланымдар
home-all-posts = Барлық жарияланымдар
home-upcoming-events = Алдағы іс-шаралар
home-all-events = Толық күнтізбе
home-music = Музыка
home-all-media = Барлық суреттер мен музыка
home-join-title = Біздің таратылымға жазылыңыз
home-join-lead = Жаңалықтар мен шақырулар тікелей поштаңызға келеді. Жазылымнан бір басып шыға аласыз.
home-join-button = Жазылу

## Жарияланымдар

posts-title = Жарияланымдар
posts-in-category = «{ $category }» айдарындағы жарияланымдар
posts-empty = Әзірге жарияланым жоқ.
post-by = Авторы: { $author }
# The title of the copy of a post or event.
copy-of = Көшірме: { $title }
post-previous = Алдыңғы жарияланым
post-next = Келесі жарияланым
post-back = Барлық жарияланымдарға оралу
post-share = Бөлісу
post-share-email = Пошта арқылы бөлісу
post-copy-link = Сілтемені көшіру
post-link-copied = Сілтеме көшірілді.
post-in-other-language = Бұл жарияланым әзірге сіздің тіліңізде жоқ, ол басқа тілде көрсетілді: { $language }.
post-other-languages = Басқа тілде:
# Бөлек айналдыруға болатын кестенің аты.
post-table = { $number }-кесте

category-general = Жалпы
category-culture = Мәдениет
category-consular = Консулдық мәселелер
category-education = Білім

## Ұзын тізімнің беттері

pages-label = Беттер
pages-previous = Алдыңғы
pages-next = Келесі

## Іс-шаралар

events-title = Іс-шаралар
events-month = Іс-шаралар: { $month }
events-empty = Бұл айға әзірге ештеңе жоспарланбаған.
events-upcoming-empty = Алдағы күндерге ештеңе жоспарланбаған.
events-previous-month = Алдыңғы ай
events-next-month = Келесі ай
events-subscribe = Күнтізбені өзіңізге қосыңыз
events-subscribe-hint = Қолданбаңыздағы күнтізбе өзі жаңарып тұрады.
event-when = Қашан
event-where = Қайда
event-all-day = Күні бойы
event-time-range = { $start }–{ $end }
event-time-zone = Уақыт белдеуі: { $zone }
event-add = Күнтізбеме қосу
event-past = Бұл іс-шара өтіп кетті.
event-repeats = Қайталанады
event-repeats-daily =
    { $every ->
        [one] күн сайын
       *[other] әр { $every } күн сайын
    }
event-repeats-weekly =
    { $every ->
        [one] апта сайын
       *[other] әр { $every } апта сайын
    }
event-repeats-monthly =
    { $every ->
        [one] ай сайын
       *[other] әр { $every } ай сайын
    }
event-repeats-yearly =
    { $every ->
        [one] жыл сайын
       *[other] әр { $every } жыл сайын
    }
event-repeats-until = { $often }, { $date } дейін

## Медиа

media-title = Медиа
media-pictures = Суреттер
media-music = Музыка
media-documents = Құжаттар
media-empty = Әзірге файл жоқ.

## Ленталар және беттің төменгі жағы

feed-title = { $site }: жарияланымдар
feed-atom = Atom лентасы
feed-json = JSON лентасы
feed-calendar = Күнтізбе (iCalendar)

footer-about = { $site } тек өзі сұрағандарға ғана хат жібереді.
footer-privacy = Мекенжайыңыз басқа мақсатта қолданылмайды және ешкімге берілмейді.

## Жіберілген хаттар мұрағаты

archive-title = Жіберілген хаттар
archive-sent-on = Жіберілген күні: { $date }
archive-notice = Бұл – хаттың веб-нұсқасы. Келесі хатты поштамен алу үшін таратылымға жазылыңыз.
archive-empty = Әзірге бірде-бір хат жіберілген жоқ. Алғашқысын алу үшін жазылыңыз.
archive-files = Тіркелген файлдар

## Күндер, айлар және даталар

# Жеке тұрған ай атаулары, мысалы, күнтізбенің тақырыбында.
month-1 = Қаңтар
month-2 = Ақпан
month-3 = Наурыз
month-4 = Сәуір
month-5 = Мамыр
month-6 = Маусым
month-7 = Шілде
month-8 = Тамыз
month-9 = Қыркүйек
month-10 = Қазан
month-11 = Қараша
month-12 = Желтоқсан

# Күннен кейін тұрған ай атаулары.
month-of-1 = қаңтар
month-of-2 = ақпан
month-of-3 = наурыз
month-of-4 = сәуір
month-of-5 = мамыр
month-of-6 = маусым
month-of-7 = шілде
month-of-8 = тамыз
month-of-9 = қыркүйек
month-of-10 = қазан
month-of-11 = қараша
month-of-12 = желтоқсан

month-short-1 = қаң.
month-short-2 = ақп.
month-short-3 = нау.
month-short-4 = сәу.
month-short-5 = мам.
month-short-6 = мау.
month-short-7 = шіл.
month-short-8 = там.
month-short-9 = қыр.
month-short-10 = қаз.
month-short-11 = қар.
month-short-12 = жел.

# Апта күндері: 1 – дүйсенбі, 7 – жексенбі (ISO 8601).
weekday-1 = дүйсенбі
weekday-2 = сейсенбі
weekday-3 = сәрсенбі
weekday-4 = бейсенбі
weekday-5 = жұма
weekday-6 = сенбі
weekday-7 = жексенбі

weekday-short-1 = Дс
weekday-short-2 = Сс
weekday-short-3 = Ср
weekday-short-4 = Бс
weekday-short-5 = Жм
weekday-short-6 = Сб
weekday-short-7 = Жс

# $month – month-of-… жолынан; цифрлар топталмауы үшін $day мен $year мәтін түрінде беріледі.
date-long = { $year } жылғы { $day } { $month }
# $weekday – weekday-… жолынан, $date – date-long үлгісінен.
date-with-weekday = { $date }, { $weekday }
# $date – жоғарыдағы үлгілердің бірінен, $time – 18:30 түрінде.
date-time = { $date }, { $time }
# $month – month-… жолынан.
date-month-year = { $month } { $year }
