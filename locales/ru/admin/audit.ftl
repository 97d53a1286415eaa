### The audit log. Its actions are codes, by which it is filtered.

admin-audit-about = Кто, что и когда сделал.
admin-audit-when = Когда
admin-audit-who = Кто
admin-audit-anyone = Кто угодно
admin-audit-action = Действие
admin-audit-action-starts = Код действия начинается с
admin-audit-subject = С чем
admin-audit-show = Показать
admin-audit-empty-title = Записей нет
admin-audit-empty = Таких записей в журнале нет.
admin-audit-pages = Страницы
admin-audit-newest = Самые новые
admin-audit-older = Более ранние

## Actors other than users

admin-audit-actor-subscriber = подписчик
admin-audit-actor-command-line = командная строка
admin-audit-actor-system = система
