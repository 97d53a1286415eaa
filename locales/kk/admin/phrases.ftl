### Тілдің барлық мәтіні: тізім, жүктеп алу, жүктеп салу.

admin-phrases-title = Барлық мәтін мен аударма
admin-phrases-lead = Тілдің әр мәтіні ағылшын түпнұсқасымен қатар. Тілде жоқ мәтін сайттың тілінде немесе ағылшынша көрсетіледі.
admin-phrases-part = Бөлім
admin-phrases-part-all = Барлық бөлім
admin-phrases-part-site = Сайт
admin-phrases-part-subscription = Жазылу және жазылымнан шығу
admin-phrases-part-mail = Хаттар
admin-phrases-part-error = Қате беттері
admin-phrases-part-admin = Әкімші беттері
admin-phrases-show = Көрсету
admin-phrases-show-all = Барлық мәтін
admin-phrases-show-missing = Аударылмаған
admin-phrases-show-changed = Осында өзгертілген
admin-phrases-search = Мәтін немесе кілт
admin-phrases-counted =
    { $count ->
        [one] { $count } мәтін.
       *[other] { $count } мәтін.
    }
admin-phrases-missing-counted =
    { $count ->
        [one] { $count } мәтін бұл тілге аударылмаған.
       *[other] { $count } мәтін бұл тілге аударылмаған.
    }
admin-phrases-none-missing = Бұл тілге бәрі аударылған.
admin-phrases-found =
    { $count ->
        [one] { $count } табылды
       *[other] { $count } табылды
    }
admin-phrases-pages = Беттер
admin-phrases-previous = Артқа
admin-phrases-next = Келесі
admin-phrases-none-title = Мәтін жоқ
admin-phrases-none = Бұл шарттарға сай мәтін жоқ.
admin-phrases-is-missing = аударылмаған
admin-phrases-stored = Қазіргі мәтін:
admin-phrases-reset = Бастапқы мәтінді қайтару
admin-phrases-remove = Бұл аударманы жою
admin-phrases-saved =
    { $count ->
        [0] Ештеңе өзгермеді
        [one] { $count } мәтін сақталды
       *[other] { $count } мәтін сақталды
    }
admin-phrases-not-all-saved = Мәтіндердің бәрі сақталған жоқ

## Файлдар

admin-phrases-export = Fluent файлдарын жүктеп алу
admin-phrases-import-title = Мәтіндерді жүктеп салу
admin-phrases-file = Мәтіндер файлы, тілі: { $language }
admin-phrases-file-hint = Fluent файлы (.ftl) немесе сондай файлдардың ZIP мұрағаты, 2 МБ-қа дейін. Алдымен не өзгеретінін көресіз.
admin-phrases-check = Файлды тексеру
admin-phrases-choose-file = Файлды таңдаңыз
admin-phrases-not-read = Файлды оқу мүмкін болмады
admin-phrases-import-lead = { $file } файлы нені өзгертеді, тілі: { $language }. Әзірге ештеңе өзгерген жоқ.
admin-phrases-to-change = Өзгереді
admin-phrases-unchanged = Өзгеріссіз
admin-phrases-refused = Қабылданбады
admin-phrases-refused-counted =
    { $count ->
        [one] { $count } мәтін қабылданбады.
       *[other] { $count } мәтін қабылданбады.
    }
admin-phrases-key = Кілт
admin-phrases-line = Жол
admin-phrases-why = Себебі
admin-phrases-before = Қазір
admin-phrases-after = Жүктеп салғаннан кейін
admin-phrases-first-shown =
    { $count ->
        [one] Тек алғашқы { $count } көрсетілген.
       *[other] Тек алғашқы { $count } көрсетілген.
    }
admin-phrases-nothing-title = Өзгертетін ештеңе жоқ
admin-phrases-nothing = Файлда жүктеп салуға болатын әрі қазіргісінен өзгеше мәтін жоқ.
admin-phrases-import =
    { $count ->
        [one] { $count } мәтінді жүктеп салу
       *[other] { $count } мәтінді жүктеп салу
    }
admin-phrases-imported =
    { $count ->
        [one] { $count } мәтін жүктелді
       *[other] { $count } мәтін жүктелді
    }
