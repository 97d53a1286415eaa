### Templates of campaigns: the gallery, one template, saving a campaign as one.

admin-campaign-templates = Үлгілер
admin-campaign-templates-lead = Таратылымды бастауға арналған үлгілер. Дайын үлгілерде бос орындар төртбұрышты жақшада тұр; өз таратылымыңызды оның бетінде үлгі етіп сақтай аласыз.
admin-campaign-from-last = Соңғы таратылымнан бастау
admin-campaign-from-template = Үлгіден бастау
admin-campaign-from-nothing = Бос беттен бастау
admin-campaign-template-use = Осы үлгіні алу

## One template

admin-campaign-template-name = Атауы
admin-campaign-template-rename = Атауын өзгерту
# For one of posts or a digest.
admin-campaign-template-no-text = Оның хаты — сіз таңдайтын жарияланым немесе материалдар.
admin-campaign-template-delete-title = { $name } үлгісі жойылсын ба?
admin-campaign-template-delete-text = Одан жасалған таратылымдар өзгермейді.
admin-campaign-template-deleted = Үлгі жойылды

## Saving one

admin-campaign-template-save = Үлгі етіп сақтау
admin-campaign-template-save-lead = Үлгі мәтіндерді, тақырыптарды, макет пен жіберушіні сақтайды, ал тізімдерді, уақыт пен алушыларды сақтамайды.
admin-campaign-template-replace = Осындай атауы бар үлгіні ауыстыру
admin-campaign-template-saved = Үлгі сақталды
admin-campaign-template-saved-next = Ол жаңа таратылым үлгілерінің арасында.

## The shipped ones: names, and what each is for

admin-shipped-template-announcement = Хабарландыру
admin-shipped-template-digest = Дайджест
admin-shipped-template-event-invitation = Іс-шараға шақыру
admin-shipped-template-welcome = Қарсы алу
admin-shipped-template-letter = Жеке хат
admin-shipped-template-press-release = Баспасөз хабары
admin-shipped-template-product-update = Өнім жаңалықтары
admin-shipped-template-fundraising = Қаражат жинау
admin-shipped-template-for-announcement = Бірдеңе өзгереді: не, қай күннен бастап және оқырмандарға не істеу керек.
admin-shipped-template-for-digest = Өздігінен толтырылатын соңғы жарияланымдар мен алдағы іс-шаралар.
admin-shipped-template-for-event-invitation = Қашан, қайда, бағдарлама және тіркелу батырмасы.
admin-shipped-template-for-welcome = Жаңа оқырмандарға: не алады, қаншалықты жиі және неден бастау керек.
admin-shipped-template-for-letter = Жеке, қысқа және суретсіз.
admin-shipped-template-for-press-release = Жаңалық, дәйексөз, деректер және кімге қоңырау шалу керек.
admin-shipped-template-for-product-update = Өнім енді не істей алады, не түзетілді және неге назар аудару керек.
admin-shipped-template-for-fundraising = Бір оқиға, қанша жиналғаны және бір көмектің не беретіні.
