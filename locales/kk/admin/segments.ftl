### Segments: overview, the form, a rule in words.

admin-segment-segment = Сегмент
admin-segment-about = Таратылымдар үшін аудиторияның бір бөлігін таңдайтын ережелер.
admin-segment-new = Жаңа сегмент
admin-segment-empty-title = Әзірге сегмент жоқ
admin-segment-empty = Сегмент жазылушыларды атрибуттары, тілі, тізімдері, күндері немесе алған хаттары бойынша таңдайды. Таратылымды сегментке жіберуге болады.
admin-segment-who = Кімдер
admin-segment-changed = Өзгертілген

## Form

admin-segment-name = Атауы
admin-segment-name-taken = Мұндай атауы бар сегмент бұрыннан бар.
# Three choices follow.
admin-segment-where = Жазылушыларды таңдау шарты
admin-segment-group = { $number }-топ
admin-segment-group-when = Топтың орындалу шарты
admin-segment-all = барлық шарт орындалады
admin-segment-any = кемінде бір шарт орындалады
admin-segment-none = бірде-бір шарт орындалмайды
admin-segment-condition = Шарт
admin-segment-condition-number = { $number }-шарт
admin-segment-value = Мәні
admin-segment-list = Тізім
admin-segment-any-list = кез келген тізім
admin-segment-attribute = Атрибут
admin-segment-number = Сан
admin-segment-date = Күні
# Where nothing is chosen yet.
admin-segment-choose = Таңдаңыз…
# A button, where no script runs.
admin-segment-show-fields = Өрістерін көрсету
admin-segment-add-condition = Шарт қосу
admin-segment-add-condition-to = { $number }-топқа шарт қосу
admin-segment-add-group = Топ қосу
admin-segment-add-group-to = { $number }-топқа топ қосу
admin-segment-remove-group = { $number }-топты алып тастау
admin-segment-count = Санау
admin-segment-not-counted = Қанша жазылушы сәйкес келетінін көру үшін шарт қосыңыз.
admin-segment-counted-later = Саналып жатыр…
# Before a few addresses.
admin-segment-sample = Мысалы:
# In place of the name of a segment.
admin-segment-own = осы таратылымның шарттары
admin-segment-matching =
    { $count ->
        [one] <strong>{ $count } жазылушы</strong> <span class="soft">қазір сәйкес келеді, тізімдер мен стоп-тізім есепке алынбаған</span>
       *[other] <strong>{ $count } жазылушы</strong> <span class="soft">қазір сәйкес келеді, тізімдер мен стоп-тізім есепке алынбаған</span>
    }
admin-segment-saved-matching =
    { $count ->
        [one] Оған қазір { $count } жазылушы сәйкес келеді.
       *[other] Оған қазір { $count } жазылушы сәйкес келеді.
    }
admin-segment-delete-text = Сегмент жойылады. Жазылушылар өзгермейді.

## What is wrong with a condition

admin-segment-needs-attribute = Атрибуттың атауын көрсетіңіз.
admin-segment-needs-value = Мәнін көрсетіңіз.
admin-segment-needs-choice = Нұсқалардың бірін таңдаңыз.
admin-segment-needs-number = Санды көрсетіңіз, мысалы 18.
admin-segment-needs-days = Күн санын көрсетіңіз, мысалы 30.
admin-segment-needs-day = Күнді 2026-01-31 түрінде жазыңыз.
# The words yes and no are typed in English in every language.
admin-segment-needs-yes = yes (иә) немесе no (жоқ) деп жазыңыз.
admin-segment-needs-campaign = Таратылымның нөмірін оның мекенжайындағыдай көрсетіңіз.
admin-segment-needs-times = Неше рет екенін көрсетіңіз, мысалы 3.
admin-segment-needs-condition = Шартты таңдаңыз.
admin-segment-no-list = Мұндай қысқа атауы бар тізім жоқ.

## Campaigns that can go to a segment

admin-segment-campaigns = Әлі жіберілмеген таратылымдар
admin-segment-campaign = Таратылым
admin-segment-goes-to = Кімге жіберіледі
admin-segment-all-lists = барлық тізіміне
admin-segment-send-to-lists = Барлық тізіміне жіберу
admin-segment-send-here = Осы сегментке жіберу
admin-segment-campaign-to-lists = Таратылым қайтадан барлық тізіміне жіберіледі
admin-segment-campaign-here = Таратылым «{ $name }» сегментіне жіберіледі
admin-segment-campaign-here-who = Оны тізімдеріндегі сегментке сәйкес келетін жазылушылар алады.

## Conditions to choose from

admin-segment-tests-lists = Тізімдер мен күндер
admin-segment-tests-person = Адам
admin-segment-tests-tags = Белгілер
admin-segment-tests-attributes = Атрибуттар
admin-segment-tests-mail = Жіберілген хаттар
admin-segment-test-attribute-is = атрибут тең
admin-segment-test-attribute-is-not = атрибут тең емес
admin-segment-test-attribute-contains = атрибутта бар мәтін
admin-segment-test-attribute-above = атрибут мынадан үлкен
admin-segment-test-attribute-below = атрибут мынадан кіші
admin-segment-test-attribute-before = атрибут – мынадан ертерек күн
admin-segment-test-attribute-since = атрибут – осы күн немесе одан кейінгі
admin-segment-test-attribute-set = атрибут көрсетілген
admin-segment-test-attribute-missing = атрибут көрсетілмеген
admin-segment-test-language = тілі
admin-segment-test-frequency = хат жиілігі
admin-segment-test-paused = хаттары кідіртілген
admin-segment-test-on-list = тізімде бар
admin-segment-test-not-on-list = тізімде жоқ
admin-segment-test-membership = тізімге жазылымы
admin-segment-test-tag = белгісі бар
admin-segment-test-not-tag = белгісі жоқ
admin-segment-test-joined-before = мына күннен ертерек қосылған
admin-segment-test-joined-since = осы күні немесе кейін қосылған
admin-segment-test-joined-within = соңғы … күнде қосылған
admin-segment-test-confirmed-before = тізімге мына күннен ертерек кірген
admin-segment-test-confirmed-since = тізімге осы күні немесе кейін кірген
admin-segment-test-sent-campaign = мына таратылым жіберілген
admin-segment-test-not-sent-campaign = мына таратылым жіберілмеген
admin-segment-test-ever-mailed = кемінде бір таратылым жіберілген
admin-segment-test-soft-bounced = хаты … рет немесе одан көп уақытша қайтарылған
admin-segment-test-mailed-within = соңғы … күнде таратылым жіберілген
admin-segment-test-not-mailed-within = соңғы … күнде таратылым жіберілмеген
admin-segment-test-failed-within = соңғы … күнде хаты жеткізілмеген немесе қайтарылған

## A rule in words: “city is Astana, and language is kk”

admin-segment-and = { $first }, әрі { $second }
admin-segment-or = { $first }, немесе { $second }
admin-segment-none-of = мыналардың бірде-бірі емес: { $conditions }
# $name is an attribute or a list.
admin-segment-attribute-is = { $name }: { $value }
admin-segment-attribute-is-not = { $name } мынаған тең емес: { $value }
admin-segment-attribute-contains = { $name } ішінде бар мәтін: { $value }
admin-segment-attribute-above = { $name } мынадан үлкен: { $value }
admin-segment-attribute-below = { $name } мынадан кіші: { $value }
admin-segment-attribute-before = { $name } мына күннен ертерек: { $value }
admin-segment-attribute-since = { $name } мына күні немесе кейін: { $value }
admin-segment-attribute-set = { $name } көрсетілген
admin-segment-attribute-missing = { $name } көрсетілмеген
admin-segment-language = тілі { $value }
admin-segment-mail-frequency = хат жиілігі: { $value }
admin-segment-frequency-each = әрқайсысы бөлек
admin-segment-frequency-weekly = апталық дайджест
# $value is “yes” or “no”.
admin-segment-paused = хаттары кідіртілген: { $value }
admin-segment-on-list = { $value } тізімінде бар
admin-segment-not-on-list = { $value } тізімінде жоқ
admin-segment-subscription = { $name } тізіміне жазылымы: { $value }
admin-segment-membership-pending = растауды күтуде
admin-segment-membership-confirmed = расталған
admin-segment-membership-unsubscribed = шыққан
admin-segment-membership-none = болмаған
admin-segment-tag = { $value } белгісі бар
admin-segment-not-tag = { $value } белгісі жоқ
admin-segment-joined-before = мына күннен ертерек қосылған: { $value }
admin-segment-joined-since = мына күні немесе кейін қосылған: { $value }
admin-segment-joined-within =
    { $count ->
        [one] соңғы { $count } күнде қосылған
       *[other] соңғы { $count } күнде қосылған
    }
admin-segment-list-before = { $name } тізіміне мына күннен ертерек кірген: { $value }
admin-segment-list-since = { $name } тізіміне мына күні немесе кейін кірген: { $value }
admin-segment-any-list-before = кез келген тізімге мына күннен ертерек кірген: { $value }
admin-segment-any-list-since = кез келген тізімге мына күні немесе кейін кірген: { $value }
admin-segment-sent-campaign = { $value } нөмірлі таратылым жіберілген
admin-segment-not-sent-campaign = { $value } нөмірлі таратылым жіберілмеген
# $value is “yes” or “no”.
admin-segment-ever-mailed = кемінде бір таратылым жіберілген: { $value }
admin-segment-soft-bounced =
    { $count ->
        [one] хаты { $count } рет немесе одан көп уақытша қайтарылған
       *[other] хаты { $count } рет немесе одан көп уақытша қайтарылған
    }
admin-segment-mailed-within =
    { $count ->
        [one] соңғы { $count } күнде таратылым жіберілген
       *[other] соңғы { $count } күнде таратылым жіберілген
    }
admin-segment-not-mailed-within =
    { $count ->
        [one] соңғы { $count } күнде таратылым жіберілмеген
       *[other] соңғы { $count } күнде таратылым жіберілмеген
    }
admin-segment-failed-within =
    { $count ->
        [one] соңғы { $count } күнде хаты жеткізілмеген немесе қайтарылған
       *[other] соңғы { $count } күнде хаты жеткізілмеген немесе қайтарылған
    }
admin-segment-tests-engagement = Оқырманның келісімімен көрінетіні
admin-segment-test-engagement-agreed = хаттарды ашуы мен сілтемелері көрінуіне келісті
admin-segment-test-opened-campaign = мына таратылымды ашты
admin-segment-test-not-opened-campaign = мына таратылымды алды, бірақ ашпады
admin-segment-test-opened-within = соңғы … күнде таратылым ашты
admin-segment-test-not-opened-within = соңғы … күнде таратылым алды, бірақ біреуін де ашпады
admin-segment-test-followed-link-of = мына таратылымның сілтемесіне өтті
admin-segment-test-followed-url = мекенжайында мына мәтін бар сілтемеге өтті
admin-segment-test-active-within = соңғы … күнде белсенді болды
admin-segment-test-inactive-for = … күн белсенді болмады
admin-segment-engagement-hint =
    { $count ->
        [one] Келісім берген { $count } адамның ішінен ғана таңдайды. Басқалары туралы ешкім білмейді.
       *[other] Келісім берген { $count } адамның ішінен ғана таңдайды. Басқалары туралы ешкім білмейді.
    }
admin-segment-engagement-off = Ешкімді таңдамайды: мұнда хаттарды ашу мен сілтемелер көрінбейді. Оны баптауларда қосуға болады.
admin-segment-engagement-agreed = хаттарды ашуы мен сілтемелері көрінуіне келісті
admin-segment-opened-campaign = { $value } нөмірлі таратылымды ашты
admin-segment-not-opened-campaign = { $value } нөмірлі таратылымды алды, бірақ ашпады
admin-segment-opened-within =
    { $count ->
        [one] соңғы { $count } күнде таратылым ашты
       *[other] соңғы { $count } күнде таратылым ашты
    }
admin-segment-not-opened-within =
    { $count ->
        [one] соңғы { $count } күнде таратылым алды, бірақ біреуін де ашпады
       *[other] соңғы { $count } күнде таратылым алды, бірақ біреуін де ашпады
    }
admin-segment-followed-link-of = { $value } нөмірлі таратылымның сілтемесіне өтті
admin-segment-followed-url = мекенжайында «{ $value }» бар сілтемеге өтті
admin-segment-active-within =
    { $count ->
        [one] соңғы { $count } күнде белсенді болды
       *[other] соңғы { $count } күнде белсенді болды
    }
admin-segment-inactive-for =
    { $count ->
        [one] { $count } күн белсенді болмады
       *[other] { $count } күн белсенді болмады
    }

## Members

admin-segment-members = Сегмент жазылушылары
admin-segment-members-of = «{ $name }» сегментінің жазылушылары
admin-segment-export = CSV түрінде жүктеп алу
