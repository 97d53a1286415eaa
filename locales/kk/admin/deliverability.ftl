### Deliverability: rates, checks of the senders' domains, returned mail.

admin-deliverability-lead = Хаттарыңыз оқырмандарға қаншалықты жақсы жетеді және нені жақсартуға болады.
admin-deliverability-period = Соңғы 30 күн
admin-deliverability-sent =
    { $count ->
        [one] { $count } хат жіберілді
       *[other] { $count } хат жіберілді
    }

## Rates and findings

admin-deliverability-what = Не
admin-deliverability-count = Саны
admin-deliverability-rate = Үлесі
admin-deliverability-limit = Шегі
admin-deliverability-state = Күйі
admin-deliverability-complaints = Спамға шағымдар
admin-deliverability-hard-bounces = Біржола қайтарылған хаттар
# A percentage with decimals: other languages write a comma.
admin-deliverability-percent = { $whole },{ $fraction } %
admin-deliverability-finding-good = жақсы
admin-deliverability-finding-weak = жақсартуға болады
admin-deliverability-finding-wrong = дұрыс емес

## Domains

admin-deliverability-domain = Жіберушінің домені
admin-deliverability-no-sender = Жіберуші енгізілмеген
admin-deliverability-no-sender-text = Хаттар жіберілетін мекенжайды енгізіңіз.
admin-deliverability-checked-at = тексерілген уақыты: { $date }
admin-deliverability-check-now = Қазір тексеру
admin-deliverability-check-all = Барлық доменді қазір тексеру
admin-deliverability-unchecked = Әлі тексерілмеген
admin-deliverability-unchecked-text = SPF, DKIM, DMARC, MX, кері DNS, TLS және бір рет басып бас тарту – Google мен Yahoo жаппай жіберушілерден талап ететіннің бәрі. DNS сұраулары бірнеше секунд алады.
admin-deliverability-checked = Тексерілді
admin-deliverability-not-all-checked = Домендердің бәрін тексеру мүмкін болмады

## Table of checks

admin-deliverability-check = Тексеру
admin-deliverability-result = Нәтижесі және не істеу керек
admin-deliverability-found = Нәтижесі
admin-deliverability-name-sender = Жіберуші
admin-deliverability-name-alignment = Домендердің сәйкестігі
admin-deliverability-name-reverse-dns = Кері DNS
admin-deliverability-name-one-click = Бір рет басып бас тарту
# A DNS record to publish.
admin-deliverability-record-name = Атауы
admin-deliverability-record-type = Түрі
admin-deliverability-record-value = Мәні
# For screen readers, after “Copy”.
admin-deliverability-the-name = – атауы
admin-deliverability-the-value = – мәні
admin-deliverability-zone-file = Аймақ файлы үшін

## Incoming emails that were set aside

admin-deliverability-aside = Өңдеу мүмкін болмаған кіріс хаттар
admin-deliverability-aside-text = Олардан кейінгі хаттар өңделе беруі үшін олар осында сақталады. Себебін оқып, қайталап көріңіз немесе жойыңыз.
admin-deliverability-when = Қашан
admin-deliverability-to = Кімге
admin-deliverability-why = Себебі
admin-deliverability-actions = Әрекеттер
admin-deliverability-unknown-by = белгісіз, көзі: { $source }
admin-deliverability-source-relay = SMTP-сервер
admin-deliverability-source-listener = пошта қабылдау
admin-deliverability-source-pipe = jarshy inbound
admin-deliverability-source-mailbox = пошта жәшігі
admin-deliverability-source-ses = Amazon SES
admin-deliverability-source-postmark = Postmark
admin-deliverability-source-sendgrid = SendGrid
admin-deliverability-source-mailgun = Mailgun
admin-deliverability-source-brevo = Brevo
admin-deliverability-try-again = Қайталап көру

## What came back

admin-deliverability-back = Қайтарылған хаттар, шағымдар мен жауаптар
admin-deliverability-back-empty-title = Әзірге ештеңе жоқ
admin-deliverability-back-empty = Қайтарылған хаттар, шағымдар және жазылымнан шығу сұраулары jarshy serve --inbound, тексерілетін пошта жәшігі немесе провайдердің вебхугі арқылы келгенде осында көрінеді.
admin-deliverability-who = Кім
admin-deliverability-reply = Сервердің жауабы
admin-deliverability-unknown-address = белгісіз мекенжай
admin-deliverability-not-counted = (есепке алынбайды: мұны кез келген адам жібере алады)
admin-deliverability-campaign = таратылым { $number }
admin-deliverability-pages = Беттер
admin-deliverability-earlier = Бұрынғылары
