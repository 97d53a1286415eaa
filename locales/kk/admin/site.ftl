### The site's name and look, its menu, the weekly digest.

admin-site-lead = Сайттың атауы мен көрінісі – беттерде және хаттарда. Қандай да бір тілде көрсетілмесе, ағылшынша мәтін алынады.
admin-site-name = Атауы
admin-site-tagline = Ұраны
admin-site-foot = Беттің төменгі мәтіні
admin-site-mail-foot = Хаттардың төменгі жазуы
admin-site-mail-foot-hint = Әр хаттың соңында, оның неге келгені туралы жолдың үстінде тұрады. Жолдар сақталады.
admin-site-saved-next = Енді беттер мен хаттар осыны қолданады.

## Appearance

admin-site-appearance = Көрінісі
admin-site-logo = Логотип
admin-site-logo-hint = «Медиа» бөліміндегі сурет. Шаршы суреттер жақсы көрінеді.
admin-site-logo-default = стандартты
admin-site-logo-upload = Логотип жүктеу
admin-site-logo-upload-hint = Жоғарыда таңдалғанның орнына: JPEG, PNG, GIF, WebP немесе AVIF, 20 МиБ-қа дейін.
admin-site-logo-no-picture = сурет таңдаңыз: JPEG, PNG, GIF, WebP немесе AVIF
admin-site-colour = Түс
admin-site-colour-hint = Мысалы, #8a1538. Стандартты көк түс үшін бос қалдырыңыз.
admin-site-contrast = Контраст { $contrast } : 1; мәтінге 4.5 : 1 керек.
admin-site-heading-colour = Тақырыптардың түсі
admin-site-heading-colour-hint = Стандартты қара түс үшін бос қалдырыңыз.
admin-site-font = Мәтін қарпі
admin-site-font-hint = Тек оқырмандарда бар қаріптер: сырттан ештеңе жүктелмейді.
admin-site-heading-font = Тақырыптардың қарпі
admin-site-font-default = стандартты
admin-site-font-system = оқырман құрылғысының қарпі

## Әлеуметтік желілер

admin-site-profiles = Әлеуметтік желілер
admin-site-profiles-field = Профильдер
admin-site-profiles-hint = Әр жолға бір мекенжай, мысалы https://t.me/embassy. Атауы мекенжайдан алынады; басқасын қою үшін оны мекенжайдың алдына жазыңыз: Біздің арна https://t.me/embassy. Олар хаттардың соңында және мәтінде әлеуметтік желілер сілтемелерінің бос блогы тұрған жерде көрсетіледі.

## Postal address

admin-site-postal = Пошта мекенжайы
admin-site-postal-field = Әр хаттың төменіндегі мекенжай
admin-site-postal-hint = Таратылымдарда оны кейбір заңдар, мысалы, АҚШ-тың CAN-SPAM заңы талап етеді.

## Menu links

admin-site-links = Мәзірдегі сілтемелер
admin-site-links-hint = Жарияланымдардан, іс-шаралардан және медиадан кейін көрсетіледі.
# For screen readers.
admin-site-link = { $number }-сілтеме
admin-site-link-address = Мекенжайы

## Weekly digest

admin-site-weekly = Апталық дайджест
admin-site-weekly-day = Жіберу күні
admin-site-weekly-time = Уақыты
admin-site-weekly-hint = { $zone } белдеуі бойынша. Апталық дайджестті таңдаған жазылушыларға жіберіледі. Жаңалық болмаған аптада дайджест те болмайды.
admin-site-weekly-all-ask = Барлығына қосу…
admin-site-weekly-all-hint = Хаттың қаншалықты жиі келетінін өзі таңдамағандардың бәріне. Әркім оны өз бетінде өзгерте алады.
admin-site-weekly-all-title = Апталық дайджест барлығына қосылсын ба?
admin-site-weekly-all-text =
    { $count ->
        [one] Енді { $count } жазылушы жеке таратылымдардың орнына аптасына бір хат алады. Хат жиілігін өзі таңдағандарда ол өзгермейді.
       *[other] Енді { $count } жазылушы жеке таратылымдардың орнына аптасына бір хат алады. Хат жиілігін өзі таңдағандарда ол өзгермейді.
    }
admin-site-weekly-all = Барлығына қосу
admin-site-weekly-all-done =
    { $count ->
        [one] Апталық дайджест тағы { $count } жазылушыға қосылды
       *[other] Апталық дайджест тағы { $count } жазылушыға қосылды
    }
