### Feeds of other sites: the list, adding one, one with its items.

admin-feed-about = Ленты RSS, Atom и JSON, новые записи которых повторяющиеся рассылки показывают карточками.
admin-feed-empty-title = Лент нет
admin-feed-empty = Добавьте ленту сайта и назовите её в тексте.
admin-feed-new = Новая лента
admin-feed-name = Имя
admin-feed-name-hint = Строчные латинские буквы, цифры и дефисы, например press. По нему лента называется в текстах.
admin-feed-title = Название
admin-feed-read = Прочитана
admin-feed-url = Адрес
admin-feed-url-hint = Адрес самой ленты, например https://example.org/feed.xml.
admin-feed-preview = Показать записи
admin-feed-add = Добавить
admin-feed-added = Лента добавлена
admin-feed-found = Что в ней сейчас. После добавления новым будет только то, что появится позже.
admin-feed-failing =
    { $count ->
        [one] Её не удалось прочитать { $count } раз подряд
        [few] Её не удалось прочитать { $count } раза подряд
       *[other] Её не удалось прочитать { $count } раз подряд
    }
admin-feed-last = Прочитана: { $at }. Она читается каждые полчаса.
admin-feed-items = Записи
admin-feed-no-items = В ней ничего нет.
admin-feed-item = Запись
admin-feed-when = Опубликована
admin-feed-old = была раньше
admin-feed-delete-title = Удалить ленту { $name }?
admin-feed-delete-text = Её записи забываются. Повторяющаяся рассылка, которая её называет, не создаётся и сообщает об этом.
