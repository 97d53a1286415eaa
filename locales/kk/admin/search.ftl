### Барлығынан іздеу, командалар палитрасы және пернелер тіркесімі.

## Іздеу

admin-search-title = Іздеу
admin-search-what = Бет, жазылушы, жарияланым, таратылым, тізім, сегмент, іс-шара немесе файл
# Әр беттің жоғарғы жағындағы өрісте.
admin-search-everything = Барлығынан іздеу
admin-search-pages = Беттер
admin-search-more = Бәрінен іздеу
admin-search-found =
    { $count ->
        [one] { $count } нәтиже
       *[other] { $count } нәтиже
    }
admin-search-none-title = Ештеңе табылмады
admin-search-none = Сөз санын азайтыңыз немесе атаудың басын жазыңыз.
# Командалар палитрасында.
admin-search-palette-hint = Жоғары және төмен — таңдау, Enter — ашу, Escape — жабу
admin-search-failed = Іздеу жауап бермейді. Қайталап көріңіз.

## Пернелер тіркесімі

admin-shortcut-title = Пернелер тіркесімі
admin-shortcut-about = Қатар жазылған екі перне бірінен кейін бірі басылады. Өріске мәтін жазып жатқанда жеке пернелер ештеңе істемейді.
admin-shortcut-keys = Пернелер
admin-shortcut-does = Не істейді
admin-shortcut-palette = Командалар палитрасын ашу: беттер және атауы барының бәрі
admin-shortcut-search = Іздеу өрісіне өту
admin-shortcut-posts = Жарияланымдарды ашу
admin-shortcut-campaigns = Таратылымдарды ашу
admin-shortcut-subscribers = Жазылушыларды ашу
admin-shortcut-new = Тізім бар бетте: жаңасын жасау
admin-shortcut-help = Осы бетті ашу
admin-shortcut-are-on = Ctrl және ⌘ қажет етпейтін пернелер қосулы. Оларды өшіруге болады:
admin-shortcut-are-off = Ctrl және ⌘ қажет етпейтін пернелер өшірулі. Оларды қосуға болады:
admin-shortcut-setting = Жеке пернелерді пайдалану
admin-shortcut-setting-hint = Мәтінді айтып жаздырсаңыз немесе пернелерді байқаусызда бассаңыз, өшіріңіз. Ctrl+K қалай болғанда да жұмыс істейді.
