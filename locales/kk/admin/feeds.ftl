### Feeds of other sites: the list, adding one, one with its items.

admin-feed-about = RSS, Atom және JSON ленталары: жаңа жазбаларын қайталанатын таратылымдар карточка етіп көрсетеді.
admin-feed-empty-title = Лента жоқ
admin-feed-empty = Сайттың лентасын қосып, мәтінде атын жазыңыз.
admin-feed-new = Жаңа лента
admin-feed-name = Аты
admin-feed-name-hint = Кіші латын әріптері, сандар және дефис, мысалы press. Мәтіндерде лента осылай аталады.
admin-feed-title = Атауы
admin-feed-read = Оқылған
admin-feed-url = Мекенжайы
admin-feed-url-hint = Лентаның өз мекенжайы, мысалы https://example.org/feed.xml.
admin-feed-preview = Жазбаларын көрсету
admin-feed-add = Қосу
admin-feed-added = Лента қосылды
admin-feed-found = Қазір ішінде бары. Қосылғаннан кейін келгені ғана жаңа болады.
admin-feed-failing =
    { $count ->
        [one] Оны қатарынан { $count } рет оқу мүмкін болмады
       *[other] Оны қатарынан { $count } рет оқу мүмкін болмады
    }
admin-feed-last = Оқылған: { $at }. Ол жарты сағат сайын оқылады.
admin-feed-items = Жазбалар
admin-feed-no-items = Ішінде ештеңе жоқ.
admin-feed-item = Жазба
admin-feed-when = Жарияланған
admin-feed-old = бұрыннан бар
admin-feed-delete-title = { $name } лентасын жою керек пе?
admin-feed-delete-text = Жазбалары ұмытылады. Оны атаған қайталанатын таратылым жасалмайды және бұл туралы айтады.
