### Campaigns: overview, the form of a draft, deliveries, the report; the texts of scripts.

## Overview

admin-campaigns-new = Жаңа таратылым
admin-campaigns-subject = Тақырып
admin-campaigns-state = Күйі
admin-campaigns-mail = Хаттар
admin-campaigns-when = Қашан
admin-campaigns-done = { $total } ішінен { $sent } жіберілді
# Of a campaign: what happened or happens last, and when.
admin-campaigns-ended = аяқталды: { $at }
admin-campaigns-started = басталды: { $at }
admin-campaigns-was-to-start = басталуы керек еді: { $at }
admin-campaigns-starts = басталады: { $at }
admin-campaigns-made = құрылды: { $at }
admin-campaigns-empty-title = Әзірге таратылым жоқ
admin-campaigns-empty = Таратылым жарияланымды бір немесе бірнеше тізімге жібереді.
admin-campaigns-first = Алғашқы таратылымды құру
admin-campaigns-pages = Беттер
admin-campaigns-newest = Ең жаңалары
admin-campaigns-older = Ертеректері

## Draft

admin-draft-edit = Таратылымды өзгерту
admin-draft-content-type = Мазмұн түрі
admin-draft-kind-post = Жарияланым
admin-draft-kind-digest = Дайджест
admin-draft-kind-markdown = Мәтін
admin-draft-kind-mjml = MJML
admin-draft-kind-html = HTML
admin-draft-no-list-title = Алдымен тізім құрыңыз
admin-draft-no-list = Таратылым тізімге жіберіледі, ал тізім әзірге жоқ.
admin-draft-no-post-title = Алдымен жарияланым жазыңыз
admin-draft-no-post = Жіберетін жарияланым әзірге жоқ. Жарияланымсыз да хат жазуға болады.
admin-draft-write-post = Жарияланым жазу
admin-draft-post = Жарияланым
admin-draft-post-hint = Әр жазылушы жарияланымды өз тілінде алады, егер ол тілде бар болса.
admin-draft-choose = Таңдаңыз…
admin-draft-preselected = Соңғы дайджесттен кейін шыққан жарияланымдар мен алдағы екі айдың іс-шаралары белгіленген.
# Beside a post that is chosen but not published.
admin-draft-unpublished = жоба
admin-draft-subject = Хат тақырыбы
# $language is the name of a language in itself, $name a merge tag.
admin-draft-subject-hint = Бұл тақырыптың тілі – { $language }; басқа тілдердегі тақырыптар төменде. { $name } – оқырманның аты.
# Beside a language that has no text yet.
admin-draft-missing = жоқ
admin-draft-own-subject = Осы тілдегі хат тақырыбы
admin-draft-own-subject-hint = Мәтін тақырыбы алынуы үшін бос қалдырыңыз.
admin-draft-title = Мәтін тақырыбы
admin-draft-digest-title-hint = Бос қалдырсаңыз: «Жаңалықтар» және сайт атауы.
admin-draft-design-title-hint = Хаттың осындағы және мұрағаттағы тақырыбы.
admin-draft-preheader = Прехедер
admin-draft-preheader-hint = Пошта бағдарламалары хат тақырыбынан кейін көрсететін жол.
admin-draft-post-preheader-hint = Пошта бағдарламалары хат тақырыбынан кейін көрсететін жол. Қысқаша мазмұны алынуы үшін бос қалдырыңыз.
admin-draft-design-preheader-hint = Пошта бағдарламалары хат тақырыбынан кейін көрсететін жол. Бос болса, хаттың өзінен алынады.
admin-draft-from-name = Жіберушінің аты
admin-draft-from-name-hint = Төменде таңдалған жіберушінің аты алынуы үшін бос қалдырыңыз.
admin-draft-introduction = Кіріспе
admin-draft-text = Мәтін
admin-draft-mjml-hint = <a href="https://documentation.mjml.io/" rel="noopener">MJML</a> пішіміндегі толық хат.
admin-draft-html-hint = Толық HTML құжаты. Стильдер тегтерге енгізіледі; скрипттер мен пішіндер қабылданбайды.
# Follows one of the two above. $link and $name are merge tags.
admin-draft-design-hint = Хатта <code>{ $link }</code> сілтемесі болуы керек. Сондай-ақ <code>{ $name }</code>, <code>preferences_url</code>, <code>archive_url</code>, <code>email</code>, <code>site_name</code> және <code>attributes.…</code> қолдануға болады
admin-draft-markdown-hint = Markdown. <code>{ $name }</code> – оқырманның аты.
admin-draft-introduction-hint = Markdown; бос қалдыруға болады. <code>{ $name }</code> – оқырманның аты.
admin-draft-lists-hint = Бірнеше тізімде бар жазылушылар хатты бір рет алады.
admin-draft-segment = Сегмент
admin-draft-everyone = осы тізімдердегі барлығы
admin-draft-who = Олардың қайсысына
admin-draft-saved-segment = сақталған сегмент
admin-draft-some = олардың кейбіріне ғана
admin-draft-segment-name = Бұл шарттарды сегмент ретінде сақтау
admin-draft-segment-name-hint = Тек осы таратылымда қалдыру үшін бос қалдырыңыз.
admin-draft-reached =
    { $count ->
        [one] Қазір <strong>{ $count } жазылушыға</strong> жетеді.
       *[other] Қазір <strong>{ $count } жазылушыға</strong> жетеді.
    }
admin-draft-not-counted = Қанша жазылушыға жететінін көру үшін тізімді таңдап, шарттарды толтырыңыз.
admin-draft-conditions-wrong = Шарттарды толтырыңыз немесе тізімдердегі барлығына жіберіңіз.
admin-draft-layout = Макет
admin-draft-sender = Жіберуші
admin-draft-default-sender = { $sender } (әдепкі)
admin-draft-own-sender = { $sender } (тек осы таратылымда)
admin-draft-no-default-sender = Әдепкі жіберуші көрсетілмеген: оны иесі баптаулардың «Жіберу» бөлімінде көрсетеді.
admin-draft-add-senders = Басқаларын баптаулардың «Жіберушілер» бөлімінде қосуға болады.
admin-draft-owners-add-senders = Басқаларын иелері баптаулардың «Жіберушілер» бөлімінде қосады.
admin-draft-archive = Ашық мұрағатта көрсету
admin-draft-archive-hint = Хатта оны браузерде оқуға арналған сілтеме болады.
admin-draft-urgent = Шұғыл
admin-draft-urgent-hint = Апталық дайджест алатындарға да бірден жіберіледі. Әйтпесе олар оны дайджесттен алады.
admin-draft-files = Тіркелген файлдар
admin-draft-files-hint = Медиатекадан { $most } файлға дейін, барлығы { $limit } МБ-тан аспайды. Олар әр хатпен бірге кетеді: файлға сілтеме жеңілірек.
admin-draft-files-library = Файл жүктеу
admin-draft-file-number = { $number }-файл
admin-draft-file = Медиатекадағы файл
admin-draft-file-name = Алушыларға көрінетін атауы
admin-draft-file-language = Оқырман тілі
admin-draft-file-every-language = Барлық тіл
admin-draft-file-missing = Бұл файл жойылған. Оны қоқыс жәшігінен қайтарыңыз немесе алып тастау үшін өрісті тазалаңыз.
admin-draft-another-file = Тағы бір файл
admin-draft-embed-pictures = Суреттер хаттың ішінде
admin-draft-embed-pictures-hint = Жүктелген суреттер пошта бағдарламасы оларды бұғаттаса да бірден көрінеді. Әр хат сол суреттердің көлеміне ауырлайды.
admin-draft-calendar = Күнтізбе
admin-draft-calendar-hint = Мәтін карточка етіп көрсететін іс-шараларды оқырмандардың күнтізбесіне қосады. Шақыру бір ғана іс-шараға жіберіледі.
admin-draft-calendar-none = Ештеңе
admin-draft-calendar-publish = Күнтізбе файлы (.ics)
admin-draft-calendar-request = Шақыру
admin-draft-calendar-cancel = Іс-шараны күнтізбеден алып тастайды
admin-draft-schedule-for = Басталу уақыты
admin-draft-schedule-hint = Уақыт белдеуі: { $zone }. Өзіңіз бастағыңыз келсе, бос қалдырыңыз.
admin-draft-save-and-schedule = Сақтап, жоспарлау
admin-draft-overtaken = Сіз ашқаннан кейін бұл таратылымды басқа біреу сақтады. Өзгерістеріңіз төменде, олар сақталған жоқ. Сол нұсқаны өзіңіздікімен ауыстыру үшін қайта сақтаңыз немесе салыстыру үшін таратылымды басқа терезеде ашыңыз.
admin-draft-create = Жоба құру
admin-draft-choose-option = Нұсқалардың бірін таңдаңыз.
admin-draft-choose-post = Жарияланымды таңдаңыз.
admin-draft-choose-lists = Осы тізімдерден таңдаңыз.
admin-draft-created = Жоба құрылды
admin-draft-created-next = Сіз таратылымды бастамайынша ештеңе жіберілмейді.
# The title in a preview that has none yet.
admin-draft-untitled = Тақырыпсыз

## Deliveries

admin-deliveries-title = Жеткізулер
admin-deliveries-download = CSV түрінде жүктеп алу
# Before the states with their counts.
admin-deliveries-all = Барлығы { $count }
admin-deliveries-empty-title = Әзірге жеткізу жоқ
admin-deliveries-empty = Олар таратылым басталғаннан кейін осында көрінеді.
admin-deliveries-none-title = Бұл күйде ештеңе жоқ
admin-deliveries-none = Жоғарыдан басқа күйді таңдаңыз.
admin-deliveries-address = Мекенжай
admin-deliveries-attempts = Талпыныстар
admin-deliveries-reply = SMTP жауабы
# The time since which the delivery is in its state.
admin-deliveries-since = Қай уақыттан бері
# In place of an address.
admin-deliveries-erased = жойылған
admin-deliveries-next = Келесі

## Report

admin-report-title = Есеп
admin-report-all-deliveries = Барлық жеткізулер
admin-report-empty-title = Әзірге есеп жоқ
admin-report-empty = Есеп таратылым басталғаннан кейін шығады.
admin-report-back = Таратылымға оралу
admin-report-folded-title = Тек сандар сақталған
admin-report-folded = Жеке жеткізулер мен олардың уақыт бойынша барысы сақтау мерзімі өткенде жойылды. Жиынтық сандар, домендер бойынша да, қалады.
admin-report-folded-course = Жеке жеткізулер сақтау мерзімі өткенде жойылды. Жиынтық сандар, уақыт пен домендер бойынша да, қалады.
admin-report-counted = Уақыт пен домендер бойынша сандар: { $at } саналды
admin-report-counted-before = Уақыт пен домендер бойынша сандар: { $at } саналды. Содан бері бірдеңе өзгерді, олар қайта саналады.
admin-report-counting = Уақыт пен домендер бойынша сандар саналып жатыр. Бетті бірнеше минуттан кейін қайта ашыңыз.
admin-report-folded-since = Осы уақыттан бері: { $at }
admin-report-course = Уақыт бойынша
# The lines of the chart.
admin-report-course-sent = жіберілді
admin-report-course-deferred = кейінге қалдырылды
admin-report-course-failed = қабылданбады немесе қайтарылды
admin-report-course-complained = спам деп белгіленді
admin-report-course-unsubscribed = жазылымнан шықты
admin-report-compared = Бұрынғы таратылымдармен салыстыру
admin-report-compared-hint = Осыған дейін басталған соңғы он таратылым.
admin-report-campaign = Таратылым
admin-report-not-counted = есептелмеген
admin-report-csv = Көрсеткіштерді CSV түрінде жүктеп алу
admin-report-domains = Домендер бойынша
admin-report-domains-counted =
    { $count ->
        [one] Алушысы ең көп { $count } домен.
       *[other] Алушысы ең көп { $count } домен.
    }
admin-report-domain = Домен
admin-report-recipients = Алушылар
admin-report-sent = Жіберілді
admin-report-deferred = Кейінге қалдырылды
admin-report-failed = Қабылданбады
admin-report-bounced = Қайтарылды
admin-report-complained = Спам шағымдары
admin-report-unsubscribed = Жазылымнан шықты
# A percentage with one decimal: whole part and tenths.
admin-report-share = { $whole },{ $tenths } %
admin-report-links = Сілтемелер
admin-report-links-hint = Әр сілтеменің неше рет ашылғаны. Кім ашқаны келісім берген оқырмандар үшін ғана жазылады. Сілтемелерді пошта сүзгілері де ашады.
admin-report-no-links = Сілтемелерге өту саналмайды. Санауды тізім баптауларында қосуға болады.
admin-report-seen = Келіскендердің хаттарды ашуы мен сілтемелері
admin-report-seen-hint = Таратылымды алғанға дейін келіскен оқырмандар ғана көрінеді. Суреттерді өздігінен жүктейтін бағдарламалар да саналады, ал мүлде жүктемейтіндері саналмайды.
admin-report-seen-of =
    { $count ->
        [one] { $count } алушы келісім берген. Олардың ішінде:
       *[other] { $count } алушы келісім берген. Олардың ішінде:
    }
admin-report-seen-opened = Ашты
admin-report-seen-followed = Сілтемеге өтті
admin-report-link = Сілтеме
admin-report-clicks = Өтулер

## What scripts show

# Beside the buttons of a form that is kept while somebody types in it.
admin-script-kept = Жазылды: { $time }, әлі сақталмады
admin-script-not-kept = Енгізгеніңізді қазір жазып тұру мүмкін емес; тезірек сақтаңыз
# On a button for a moment, where the browser did not allow it.
admin-script-not-copied = Көшірілмеді
admin-script-uploading-into = { $file } жүктелуде
admin-script-not-uploaded = { $file } жүктелмеді: { $why }
