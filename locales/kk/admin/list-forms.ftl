### The join form of one list: its page, and code for other sites.

admin-list-forms-title = «{ $name }» жазылу пішіні
admin-list-forms-heading = Жазылу пішінін ендіру
admin-list-forms-lead = Осы тізімге арналған бөлек бет және пішінді басқа сайттарға қоятын код.
admin-list-forms-language = Пішіннің тілі
admin-list-forms-page = Бөлек бет
admin-list-forms-page-hint = Оған хат қолтаңбасынан немесе басып шығарылған QR кодтан сілтеме жасаңыз.
admin-list-forms-sites = Рұқсат етілген сайттар
admin-list-forms-origins = Сайттардың мекенжайлары, әр жолға біреуден
admin-list-forms-origins-hint = Мысалы, https://www.example.org, жолсыз. Басқа сайттарда ендірілген фрейм бос қалады, ал жіберілген пішін растау үшін осы сайтта қайта көрсетіледі.
admin-list-forms-no-origins = Жоқ
admin-list-forms-most =
    { $count ->
        [one] Пішінде { $count } сайттан артық бола алмайды.
       *[other] Пішінде { $count } сайттан артық бола алмайды.
    }
admin-list-forms-frame = Ендірілген фрейм
admin-list-forms-frame-hint = Барлық сұрағымен тұтас пішін, осы сайттың безендірілуінде. Басқа сайтқа тек осы мекенжайдан фреймдерге рұқсат беру керек.
admin-list-forms-frame-markup = Фреймнің коды
admin-list-forms-plain = Қарапайым HTML пішіні
admin-list-forms-plain-hint = Басқа сайттың өз безендірілуінде. Оның беті пішінмен бірге өз мекенжайын жіберуі керек, сондықтан онда Referrer-Policy: no-referrer қолдануға болмайды. Жібергеннен кейін келуші осы сайтта жалғастырады. Келісім туралы сөйлемді сақтаңыз: дәл сол жазылып алынады.
admin-list-forms-plain-markup = Қарапайым пішіннің коды
