### The site's name and look, its menu, the weekly digest.

admin-site-lead = Сайттың атауы мен көрінісі – беттерде және хаттарда. Қандай да бір тілде көрсетілмесе, ағылшынша мәтін алынады.
admin-site-name = Атауы
admin-site-tagline = Ұраны
admin-site-foot = Беттің төменгі мәтіні
admin-site-no-name = кемінде бір тілде атауын енгізіңіз
admin-site-saved-next = Енді беттер мен хаттар осыны қолданады.

## Appearance

admin-site-appearance = Көрінісі
admin-site-logo = Логотип
admin-site-logo-hint = «Медиа» бөліміндегі сурет. Шаршы суреттер жақсы көрінеді.
admin-site-logo-default = стандартты
admin-site-logo-upload = Логотип жүктеу
admin-site-logo-upload-hint = Жоғарыда таңдалғанның орнына: JPEG, PNG, GIF, WebP немесе AVIF, 20 МиБ-қа дейін.
admin-site-logo-no-picture = сурет таңдаңыз: JPEG, PNG, GIF, WebP немесе AVIF
admin-site-choose-picture = суреттердің бірін таңдаңыз
admin-site-colour = Түс
admin-site-colour-hint = Мысалы, #8a1538. Стандартты көк түс үшін бос қалдырыңыз.
admin-site-contrast = Контраст { $contrast } : 1; мәтінге 4.5 : 1 керек.

## Postal address

admin-site-postal = Пошта мекенжайы
admin-site-postal-field = Әр хаттың төменіндегі мекенжай
admin-site-postal-hint = Таратылымдарда оны кейбір заңдар, мысалы, АҚШ-тың CAN-SPAM заңы талап етеді.
admin-site-postal-too-long = мекенжайда 400 таңбадан көп және басқару таңбалары болмауы керек

## Menu links

admin-site-links = Мәзірдегі сілтемелер
admin-site-links-hint = Жарияланымдардан, іс-шаралардан және медиадан кейін көрсетіледі.
# For screen readers.
admin-site-link = { $number }-сілтеме
admin-site-link-address = Мекенжайы
admin-site-link-no-address = сілтеменің мекенжайын енгізіңіз
admin-site-link-no-text = сілтеменің мәтінін кемінде бір тілде енгізіңіз
admin-site-link-bad-address = /posts/about сияқты жолды немесе https://example.org/ сияқты мекенжайды көрсетіңіз

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
