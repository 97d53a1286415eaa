### My account: language, password, two-factor sign-in.

## Language

admin-account-language = Басқару беттерінің тілі
admin-account-language-hint = Кіру сілтемесі бар хаттар да осы тілде келеді.
admin-account-browser-language = Браузердің тілі

## Password

admin-account-by-password = Сіз құпиясөзбен немесе хаттағы сілтемемен кіресіз.
admin-account-by-link = Сіз хаттағы сілтемемен кіресіз. Құпиясөз қойсаңыз, хатты күтпей-ақ кіре аласыз.
admin-account-current-password = Қазіргі құпиясөз
admin-account-new-password = Жаңа құпиясөз
admin-account-length-hint =
    { $count ->
        [one] Кемінде { $count } таңба; бірнеше сөзді есте сақтау оңай, ал табу қиын.
       *[other] Кемінде { $count } таңба; бірнеше сөзді есте сақтау оңай, ал табу қиын.
    }
admin-account-password-ends =
    { $count ->
        [one] Құпиясөзді өзгертсеңіз, басқа сеанстарыңыз аяқталады және { $count } API токеніңіз жойылады.
       *[other] Құпиясөзді өзгертсеңіз, басқа сеанстарыңыз аяқталады және { $count } API токеніңіз жойылады.
    }
admin-account-keep-tokens = API токендерім жұмыс істей берсін
admin-account-keep-tokens-hint = Олар басқа ешкімде жоқ екеніне сенімді болсаңыз ғана.
admin-account-change-password = Құпиясөзді өзгерту
admin-account-set-password = Құпиясөз қою
admin-account-remove-password = Құпиясөзді жою
admin-account-password-set = Құпиясөз қойылды
admin-account-tokens-ended = Басқа сеанстарыңыз аяқталды, API токендеріңіз жойылды.
admin-account-tokens-kept = Басқа сеанстарыңыз аяқталды; API токендеріңіз жұмыс істей береді.
admin-account-password-removed = Құпиясөз жойылды
admin-account-password-removed-next = Енді хаттағы сілтемемен кіресіз.

## Two-factor sign-in

admin-account-two-factor = Кодпен кіру
admin-account-two-factor-asks = Құпиясөзден немесе кіру сілтемесінен кейін қолданбадағы кодты енгізу керек. Басқа телефонға ауысу үшін кодпен кіруді өшіріп, қайта баптаңыз.
admin-account-codes-left =
    { $count ->
        [one] { $count } қосалқы код қалды.
       *[other] { $count } қосалқы код қалды.
    }
admin-account-two-factor-why = Телефондағы қолданба 30 секунд сайын өзгеретін код көрсетеді. Құпиясөзіңізді білетін немесе поштаңызды оқитын адам да ол кодсыз кіре алмайды.
admin-account-turn-off = Өшіру
admin-account-turn-on = Қосу
admin-account-set-up = Баптау
admin-account-two-factor-is-off = Кодпен кіру өшірілді
admin-account-two-factor-is-on = Кодпен кіру қосылды
admin-account-two-factor-set-up = Кодпен кіруді баптау
admin-account-scan = Мұны код жасайтын қолданбамен сканерлеңіз немесе құпия кілтті қолданбаға енгізіңіз. Содан кейін ол көрсеткен кодты жазыңыз.
# For screen readers: what the picture is.
admin-account-qr-code = QR коды
admin-account-six-digits = Алты цифр.
admin-account-recovery-codes = Қосалқы кодтар
admin-account-recovery-text = Әрқайсысын қолданбадағы кодтың орнына бір рет енгізуге болады. Оларды басып шығарыңыз немесе құпиясөздеріңіз тұрған жерде сақтаңыз: олар қайта көрсетілмейді.
admin-account-recovery-saved = Кодтарды сақтап алдым

## Passkeys

admin-passkey-title = Кіру кілттері
admin-passkey-why = Кіру кілтімен құрылғыңыздың саусақ ізі, бет немесе PIN арқылы, құпиясөз бен кодсыз кіресіз. Ол тек осы сайтта жұмыс істейді, сондықтан оны алдап алу мүмкін емес. Құпиясөз бен кіру сілтемесі жұмысын жалғастырады.
admin-passkey-since = қосылған уақыты: { $at }
admin-passkey-used = соңғы рет қолданылған уақыты: { $at }
admin-passkey-never-used = әлі қолданылмаған
admin-passkey-remove-of = Кіру кілтін жою: { $name }
admin-passkey-name = Кіру кілтінің атауы
admin-passkey-name-hint = Мысалы, ол сақталған құрылғы.
admin-passkey-default-name = Кіру кілті
admin-passkey-add = Кіру кілтін қосу
admin-passkey-add-text = Браузер кілтті қайда сақтау керегін сұрайды: осы құрылғыда, телефонда, қауіпсіздік кілтінде немесе құпиясөз менеджерінде.
admin-passkey-create = Кіру кілтін жасау
admin-passkey-no-script = Кіру кілті үшін браузерде JavaScript қажет. Құпиясөз бен кіру сілтемесі онсыз да жұмыс істейді.
admin-passkey-no-host = Кіру кілттері үшін домен аты бар жария мекенжай қажет. Оны иесі Баптауларда орнатады.
admin-passkey-failed = Кіру кілті қолданылмады. Қайталап көріңіз немесе басқаша кіріңіз.
admin-passkey-added = Кіру кілті қосылды
admin-passkey-added-next = Енді онымен кіре аласыз.
admin-passkey-not-added = Кіру кілті қосылмады
admin-passkey-removed = Кіру кілті жойылды. Оны құрылғыдан немесе құпиясөз менеджерінен де жойыңыз.
admin-passkey-sign-in = Кіру кілтімен кіру
