### Хабарландырулар: не болғаны және әркім бұл туралы қалай білгісі келетіні.

admin-notification-title = Хабарландырулар
# The name of the bell in the top bar.
admin-notification-unread =
    { $count ->
        [one] Оқылмаған { $count } хабарландыру
       *[other] Оқылмаған { $count } хабарландыру
    }
admin-notification-kept = Олар 90 күн сақталады.
admin-notification-needs = Назар аудару керек
admin-notification-happened = Не болды
admin-notification-empty-title = Әзірге хабарландыру жоқ
admin-notification-empty = Таратылым немесе импорт аяқталса не бірдеңе дұрыс болмаса, оны осы жерден көресіз.
admin-notification-what = Не
admin-notification-when = Қашан
admin-notification-new = жаңа
# After what lasted, such as a full disk.
admin-notification-resolved = Жойылды: { $at }.
admin-notification-open = Ашу
# For screen readers.
admin-notification-open-of = Ашу: { $title }
admin-notification-mark = Оқылды деп белгілеу
# For screen readers.
admin-notification-mark-of = Оқылды деп белгілеу: { $title }
admin-notification-mark-all = Барлығын оқылды деп белгілеу
admin-notification-all-read =
    { $count ->
        [one] { $count } хабарландыру оқылды деп белгіленді
       *[other] { $count } хабарландыру оқылды деп белгіленді
    }
admin-notification-newest = Жаңалары
admin-notification-older = Ертеректері
admin-notification-pages = Беттер
admin-notification-choose = Хабарландыруларды таңдау

## Choices

admin-notification-choices = Сіздің хабарландыруларыңыз
admin-notification-choices-about = Әр оқиға туралы қалай хабарлау керегін таңдаңыз. Хаттар { $email } мекенжайына келеді.
admin-notification-in-admin = «Басқару» бөлімінде
admin-notification-by-mail = Эл. поштамен
# For screen readers: what a checkbox is for.
admin-notification-choice = { $kind }: { $channel }
admin-notification-reset = Әдепкіні қалпына келтіру
admin-notification-reset-done = Сізге рөліңізге сай хабарланады
admin-notification-kind-campaign-finished = Таратылым жіберілді
admin-notification-kind-campaign-failed-to-start = Жоспарланған таратылым басталмады
admin-notification-kind-approval-requested = Таратылым мақұлдауды күтуде
admin-notification-kind-comment-added = Пікіріңізге жауап берілді немесе сіз аталдыңыз
admin-notification-kind-campaign-paused = Таратылым автоматты түрде кідіртілді
admin-notification-kind-series-paused = Топтама автоматты түрде кідіртілді
admin-notification-kind-series-step = Оқырман сізге хабарлайтын қадамға жетті
admin-notification-kind-series-email-failed = Топтаманың хаты оқырманға жіберілмеді
admin-notification-kind-too-many-bounces = Таратылымда қайтарылған хат немесе шағым тым көп
admin-notification-kind-import-finished = Импорт аяқталды
admin-notification-kind-import-failed = Импорт сәтсіз аяқталды
admin-notification-kind-domain-record-missing = Жіберуші доменінің DNS жазбасы жоқ немесе қате
admin-notification-kind-disk-nearly-full = Диск толуға жақын
admin-notification-kind-task-failing = Фондық тапсырма орындалмай жатыр
admin-notification-kind-backup-failed = Сақтық көшірме жасалмады
admin-notification-kind-counts-corrected = Жазылушылар саны қате болды, түзетілді
admin-notification-kind-feed-failing = Лента оқылмайды
admin-notification-kind-ab-test-decided = A/B сынағы шешілді
admin-notification-kind-ab-test-waits = A/B сынағы шешім күтеді
