### Корзина: что удалено и может быть восстановлено.

admin-trash-lead = Удалённые публикации, события, файлы, макеты и фрагменты хранятся здесь 30 дней. Их нет ни на сайте, ни в лентах, ни в рассылках.
admin-trash-item = Заголовок или имя
admin-trash-kind = Вид
admin-trash-kind-post = публикация
admin-trash-kind-event = событие
admin-trash-kind-media = файл
admin-trash-kind-layout = макет
admin-trash-kind-snippet = фрагмент
admin-trash-deleted-at = Удалено
# День, в который всё удаляется безвозвратно.
admin-trash-kept-until = Хранится до
# Для программ экранного доступа: столбец кнопок.
admin-trash-actions = Действия
admin-trash-empty-title = Корзина пуста
admin-trash-empty = Удалённое хранится здесь 30 дней, и его можно восстановить.
# Для программ экранного доступа: ссылки на более новое и более старое.
admin-trash-pages = Страницы
admin-trash-newer = Новее
admin-trash-older = Старее

## Перемещение

admin-trash-moved = Перемещено в корзину
admin-trash-moved-text = «{ $title }» можно восстановить в течение 30 дней.

## Восстановление

admin-trash-restore = Восстановить
admin-trash-restored = Восстановлено
admin-trash-on-site = Теперь это снова на сайте.
admin-trash-renamed = Новое имя: { $name }, потому что имя { $former } уже занято. Ссылки на прежнее имя ведут туда.

## Удаление навсегда

admin-trash-delete-ask = Удалить навсегда…
admin-trash-delete-title = Удалить навсегда?
admin-trash-delete-text = «{ $title }» будет удалено навсегда, восстановить будет нельзя. Отправленные письма не изменятся.
admin-trash-delete = Удалить навсегда
admin-trash-deleted = Удалено навсегда
admin-trash-deleted-text = «{ $title }» больше нельзя восстановить.
