### The first start in the browser: the owner, then step by step.

admin-setup-title = Jarshy-ды баптау
admin-setup-brand = Алғашқы баптау
admin-setup-lead = Кез келген қадамды кейінге қалдыруға болады. Не қалғаны «Шолу» бетінде және баптауларда көрінеді.
admin-setup-steps = Қадамдар
admin-setup-position = { $count } қадамның { $step }-қадамы
admin-setup-step-site = Ұйым және мекенжай
admin-setup-step-sender = Жіберуші және SMTP-сервер
admin-setup-step-list = Бірінші тізім
admin-setup-step-domain = Доменнің DNS жазбалары
admin-setup-continue = Сақтап, жалғастыру
admin-setup-later = Кейінірек

## The owner

admin-setup-owner = Иесін құрыңыз
admin-setup-owner-lead = Иесі бәрін істей алады және басқа пайдаланушыларды қосады. Бұл мекенжай иесі болмайынша ғана жұмыс істейді.
admin-setup-password = Құпиясөз
admin-setup-password-hint = Кемінде { $count } таңба: өзара байланыссыз бірнеше сөз.
admin-setup-owner-create = Иесін құрып, жалғастыру
admin-setup-used = Бұл мекенжай пайдаланылған
admin-setup-used-text = Иесі бар. Ол сіз болсаңыз, кіріңіз. Иесі сіз болуыңыз керек болса, қазіргі иесіне хабарласыңыз немесе серверде <code>jarshy user reset EMAIL</code> пәрменін орындаңыз.
admin-setup-sign-in = Кіру
admin-setup-expired = Бұл мекенжайдың мерзімі өтті
admin-setup-expired-text = <code>jarshy serve</code> пәрменін қайта іске қосыңыз: ол жаңасын шығарады. Немесе серверде <code>jarshy setup</code> пәрменін орындаңыз.

## Organisation and address

admin-setup-site-title = Алғашқы баптау: ұйым
admin-setup-organisation = Ұйым
admin-setup-organisation-hint = Бұл атауды келушілер мен оқырмандар көреді.
# $origin says where it was set, such as “set by JARSHY_LANGUAGE”.
admin-setup-language-given = Тіл { $origin } берілген.
admin-setup-time-zone-given = Уақыт белдеуі { $origin } берілген.
admin-setup-public-url-hint = Келушілер ашатын мекенжай, мысалы https://news.example.org. Ол сақтағанда тексеріледі. Қазіргіден басқа болса, жаңа мекенжай бойынша қайта кіріңіз.
admin-setup-public-url-given = Сайттың мекенжайы – { $url }, ол { $origin } берілген.
admin-setup-reached = { $url } мекенжайы ашылады және осында әкеледі.
admin-setup-not-reached = Сайттың мекенжайы ашылмайды. Ол ашылғанша хаттардағы сілтемелер ешқайда апармайды.

## Sender and relay

admin-setup-sender-title = Алғашқы баптау: жіберуші және SMTP-сервер
admin-setup-sender-hint = Аты {"<"}мекенжай> немесе тек мекенжай. Оқырмандар оны кіріс хаттарда көреді.
admin-setup-sender-given = Жіберуші – { $sender }, ол { $origin } берілген.
admin-setup-relay = SMTP-сервер
admin-setup-relays-given = SMTP-серверлер { $origin } берілген.
admin-setup-relays-several =
    { $count ->
        [one] { $count } SMTP-сервер бар; оны <a href="/admin/settings/relays">баптауларда</a> өзгертуге болады.
       *[other] { $count } SMTP-сервер бар; оларды <a href="/admin/settings/relays">баптауларда</a> өзгертуге болады.
    }
admin-setup-relay-lead = Хаттарыңызды қабылдап, жеткізетін сервер. Сервер атауын, пайдаланушы атын және құпиясөзді пошта провайдеріңіз береді.
admin-setup-host-hint = Мысалы, smtp.example.org.
admin-setup-host-first = Алдымен SMTP-серверді енгізіңіз.
admin-setup-test = Сақтап, { $email } мекенжайына сынақ хатын жіберу

## First list

admin-setup-list-title = Алғашқы баптау: бірінші тізім
admin-setup-lists-known =
    { $count ->
        [one] Сізде { $count } тізім бар
       *[other] Сізде { $count } тізім бар
    }
admin-setup-lists-known-text = { $lists }. <a href="/admin/setup/domain">Жалғастыруға</a> немесе тағы біреуін құруға болады.
admin-setup-list-lead = Адамдар тізімге жазылады, ал таратылымдар тізімдерге жіберіледі. Бұл тізім ашық, жазылған әр адам эл. пошта арқылы растайды. Мұны «Тізімдер» бөлімінде өзгертуге болады.
# The name that is suggested for the first list.
admin-setup-list-suggested = Жаңалықтар
admin-setup-list-slug-hint = Мекенжайлардың бөлігі, мысалы /join/news. Кейін өзгертуге болмайды.
admin-setup-list-create = Құрып, жалғастыру

## Domain records

admin-setup-domain-title = Алғашқы баптау: доменнің DNS жазбалары
admin-setup-domain-no-sender = Жазбалар жіберушінің доменіне қатысты.
admin-setup-domain-again = Қайта тексеру
admin-setup-domain-lead = Бұл жазбаларды доменнің DNS-і басқарылатын жерде жариялаңыз. Олар жаңа ғана тексерілді.
admin-setup-domain-unsigned = Ірі пошта қызметтері қолтаңбасыз жаппай хаттарды қабылдамайды.
admin-setup-domain-create-keys = Қол қою кілттерін жасау
admin-setup-domain-keys-created = Олардың жазбаларын бірден жариялаңыз: хаттарға қазірдің өзінде қол қойылуда.
admin-setup-domain-keys-known = Кілттер бар
admin-setup-dashboard = Шолуға өту
