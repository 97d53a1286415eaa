### Бір мәтінмен бірге жұмыс істеу: біріктіру, тарих, салыстыру, пікірлер, кім ашып отырғаны.

admin-together-title = Екі нұсқа
admin-together-not-saved = Әлі сақталған жоқ
# $who: an address, $when: a date and a time.
admin-together-both-changed = Сіз ашқаннан кейін { $who } мұны { $when } сақтады және сіз өзгерткен жерлердің бір бөлігін өзгертті. Қайсысы қалатынын таңдаңыз. Екі нұсқа да тарихта қалады.
# $what: names of fields.
admin-together-merged = { $who } { $when } сақтаған нұсқамен біріктірілді: { $what }.
admin-together-merged-title = Біріктірілді, әлі сақталған жоқ
admin-together-nothing-taken = сіз жазбаған ештеңе жоқ
admin-together-mine = Сіздің нұсқаңыз
admin-together-theirs = Сақталған нұсқа
admin-together-both = Екеуі де
admin-together-both-hint = алдымен сақталғаны, содан кейін сіздікі
admin-together-before = Екі өзгеріске дейін
admin-together-removed = Мұнда жойылған.
admin-together-edit = Осымен өңдеуді жалғастыру
# $number: of a file of the media.
admin-together-picture-number = медиадағы { $number } нөмірлі сурет

# The history.
admin-history-changed = Өзгергені
admin-history-compare-column = Салыстыру
admin-history-compare = Екеуін салыстыру
# $when: a date and a time.
admin-history-from = { $when } нұсқасынан
admin-history-to = { $when } нұсқасына
admin-history-first = сақталған алғашқы нұсқа
admin-history-nothing = ештеңе
admin-history-more = тағы { $count }
admin-history-hint = Екі нұсқаны таңдап, салыстырыңыз. Қалпына келтірілгені жаңа нұсқа болады, ал қазіргісі осы тізімде қалады.

# Two versions beside each other.
admin-compare-title = Нұсқаларды салыстыру
admin-compare-from = Бұрынғысы
admin-compare-to = Кейінгісі
admin-compare-view = Көрініс
admin-compare-inline = Бір мәтінде
admin-compare-side = Қатар
admin-compare-same-title = Айырмашылық жоқ
admin-compare-same = Екі нұсқа бірдей.
admin-compare-fields = Өрістер
admin-compare-unchanged =
    { $count ->
        [one] { $count } блок өзгермеген
       *[other] { $count } блок өзгермеген
    }
admin-compare-changed = Өзгерді
admin-compare-restyled = Өзгерді, бірақ сөздері сол күйінде
admin-compare-added = Қосылды
admin-compare-removed = Жойылды
admin-compare-restore-ask = Бұрынғы нұсқаны қалпына келтіру…
admin-compare-restore = Қалпына келтіру
admin-compare-restore-title = Осы нұсқаны қалпына келтіру керек пе?
admin-compare-restore-text = { $when } нұсқасы қазіргі нұсқа болады. Қазір тұрғаны тарихта қалады.
admin-compare-restored = { $when } нұсқасы қалпына келтірілді.

# Translating a post beside its first language.
admin-translate-beside = { $source } мәтінінің жанында блоктап аудару
admin-translate-title = Аударма: { $language }
# $source: the name of a language in itself.
admin-translate-behind = Бұл аударма соңғы рет сақталғаннан бері { $source } мәтіні өзгерді. Өзгерген блоктар белгіленген.
admin-translate-changed = Содан бері өзгерді
admin-translate-added = Содан бері қосылды
admin-translate-block = { $number }-блок
admin-translate-more = Тек аудармада бар тағы бірдеңе
admin-translate-removed =
    { $count ->
        [one] Содан бері { $count } блок жойылды
       *[other] Содан бері { $count } блок жойылды
    }

# Who else has the form open. $who: addresses.
admin-presence =
    { $count ->
        [one] { $who } мұны қазір өңдеп отыр.
       *[other] { $who } мұны қазір өңдеп отыр.
    }

# Comments.
admin-comments = Пікірлер
admin-comments-open =
    { $count ->
        [0] Пікірлер
       *[other] Пікірлер ({ $count })
    }
admin-comments-hint = Оларды осы бетті аша алатын пайдаланушылар ғана оқиды. Біреуді атау үшін @ белгісін және оның мекенжайын немесе мекенжайдың @ алдындағы бөлігін жазыңыз.
admin-comments-whole = Бүкіл мәтін туралы
admin-comments-lost = Өзгерген мәтін туралы
admin-comment-former-user = бұрынғы пайдаланушы
admin-comment-write = Пікір жазу
admin-comment-add = Пікір қосу
admin-comment-added = Пікір қосылды
admin-comment-answer = Жауап беру
admin-comment-resolve = Шешілді деп белгілеу
admin-comment-reopen = Қайта ашу
admin-comment-resolved = Шешілді
admin-comment-resolved-by = { $who } шешілді деп белгіледі
admin-comment-resolved-done = Шешілді
admin-comment-reopened = Қайта ашылды
admin-comment-delete = Жою
admin-comment-delete-title = Бұл пікірді жою керек пе?
admin-comment-delete-text = Оның мәтіні бәріне де көрінбейтін болады.
admin-comment-deleted = Авторы жойған.
admin-comment-deleted-done = Пікір жойылды
