### Қоқыс жәшігі: жойылған, бірақ қалпына келтіруге болатын нәрселер.

admin-trash-lead = Жойылған жарияланымдар, іс-шаралар, файлдар, макеттер мен үзінділер осында 30 күн сақталады. Олар сайтта да, ленталарда да, таратылымдарда да жоқ.
admin-trash-item = Тақырыбы немесе атауы
admin-trash-kind = Түрі
admin-trash-kind-post = жарияланым
admin-trash-kind-event = іс-шара
admin-trash-kind-media = файл
admin-trash-kind-layout = макет
admin-trash-kind-snippet = үзінді
admin-trash-deleted-at = Жойылған
# Біржола жойылатын күні.
admin-trash-kept-until = Сақталу мерзімі
# Экраннан оқу бағдарламалары үшін: батырмалар бағаны.
admin-trash-actions = Әрекеттер
admin-trash-empty-title = Қоқыс жәшігі бос
admin-trash-empty = Жойғаныңыз осында 30 күн сақталады, оны қалпына келтіруге болады.
# Экраннан оқу бағдарламалары үшін: жаңарақ және ескірек нәрселерге сілтемелер.
admin-trash-pages = Беттер
admin-trash-newer = Жаңарақ
admin-trash-older = Ескірек

## Жылжыту

admin-trash-moved = Қоқыс жәшігіне жылжытылды
admin-trash-moved-text = «{ $title }» 30 күн ішінде қалпына келтіріле алады.

## Қалпына келтіру

admin-trash-restore = Қалпына келтіру
admin-trash-restored = Қалпына келтірілді
admin-trash-on-site = Ол қайтадан сайтта.
admin-trash-renamed = Енді оның аты { $name }, себебі { $former } аты бос емес. Бұрынғы атқа апаратын сілтемелер сонда ашылады.

## Біржола жою

admin-trash-delete-ask = Біржола жою…
admin-trash-delete-title = Біржола жойылсын ба?
admin-trash-delete-text = «{ $title }» біржола жойылады, оны қалпына келтіру мүмкін болмайды. Жіберілген хаттар өзгермейді.
admin-trash-delete = Біржола жою
admin-trash-deleted = Біржола жойылды
admin-trash-deleted-text = «{ $title }» енді қалпына келтірілмейді.
