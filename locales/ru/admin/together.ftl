### Совместная работа над текстом: слияние, история, сравнение, комментарии, кто открыл.

admin-together-title = Две версии
admin-together-not-saved = Ещё не сохранено
# $who: an address, $when: a date and a time.
admin-together-both-changed = { $who } сохраняет свою версию ({ $when }) после того, как вы открыли эту, и часть изменений пришлась на одни и те же места. Выберите, что останется. Обе версии останутся в истории.
# $what: names of fields.
admin-together-merged = Объединено с тем, что сохранено пользователем { $who } ({ $when }): { $what }.
admin-together-merged-title = Объединено, ещё не сохранено
admin-together-nothing-taken = ничего, чего не написали и вы
admin-together-mine = Ваша версия
admin-together-theirs = Сохранённая версия
admin-together-both = Обе
admin-together-both-hint = сначала сохранённая, затем ваша
admin-together-before = До обоих изменений
admin-together-removed = Здесь удалено.
admin-together-edit = Продолжить правку с этим
# $number: of a file of the media.
admin-together-picture-number = изображение номер { $number } из медиафайлов

# The history.
admin-history-changed = Изменено
admin-history-compare-column = Сравнить
admin-history-compare = Сравнить обе
# $when: a date and a time.
admin-history-from = От версии: { $when }
admin-history-to = До версии: { $when }
admin-history-first = первая из сохранённых версий
admin-history-nothing = ничего
admin-history-more = и ещё { $count }
admin-history-hint = Выберите две версии и сравните их. Восстановленная станет новой версией, а текущая останется в этом списке.

# Two versions beside each other.
admin-compare-title = Сравнение версий
admin-compare-from = Было
admin-compare-to = Стало
admin-compare-view = Вид
admin-compare-inline = В одном тексте
admin-compare-side = Рядом
admin-compare-same-title = Различий нет
admin-compare-same = Обе версии одинаковы.
admin-compare-fields = Поля
admin-compare-unchanged =
    { $count ->
        [one] { $count } блок без изменений
        [few] { $count } блока без изменений
        [many] { $count } блоков без изменений
       *[other] { $count } блока без изменений
    }
admin-compare-changed = Изменено
admin-compare-restyled = Изменено, но слова те же
admin-compare-added = Добавлено
admin-compare-removed = Удалено
admin-compare-restore-ask = Восстановить прежнюю версию…
admin-compare-restore = Восстановить
admin-compare-restore-title = Восстановить эту версию?
admin-compare-restore-text = Версия от { $when } станет текущей. То, что есть сейчас, останется в истории.
admin-compare-restored = Версия от { $when } восстановлена.

# Translating a post beside its first language.
admin-translate-beside = Переводить по блокам рядом с текстом: { $source }
admin-translate-title = Перевод: { $language }
# $source: the name of a language in itself.
admin-translate-behind = Исходный текст ({ $source }) изменился после последнего сохранения этого перевода. Изменённые блоки отмечены.
admin-translate-changed = С тех пор изменено
admin-translate-added = С тех пор добавлено
admin-translate-block = Блок { $number }
admin-translate-more = То, что есть только в переводе
admin-translate-removed =
    { $count ->
        [one] С тех пор удалён { $count } блок
        [few] С тех пор удалены { $count } блока
        [many] С тех пор удалено { $count } блоков
       *[other] С тех пор удалено { $count } блока
    }

# Who else has the form open. $who: addresses.
admin-presence =
    { $count ->
        [one] Сейчас это редактирует { $who }.
        [few] Сейчас это редактируют { $who }.
        [many] Сейчас это редактируют { $who }.
       *[other] Сейчас это редактируют { $who }.
    }

# Comments.
admin-comments = Комментарии
admin-comments-open =
    { $count ->
        [0] Комментарии
       *[other] Комментарии ({ $count })
    }
admin-comments-hint = Их читают только пользователи, которым доступна эта страница. Чтобы упомянуть кого-то, напишите @ и адрес или его часть до @.
admin-comments-whole = Обо всём тексте
admin-comments-lost = О тексте, который изменился
admin-comment-former-user = бывший пользователь
admin-comment-write = Комментировать
admin-comment-add = Добавить комментарий
admin-comment-added = Комментарий добавлен
admin-comment-answer = Ответить
admin-comment-resolve = Решено
admin-comment-reopen = Открыть снова
admin-comment-resolved = Решено
admin-comment-resolved-by = Отметил(а) как решённое: { $who }
admin-comment-resolved-done = Отмечено как решённое
admin-comment-reopened = Открыто снова
admin-comment-delete = Удалить
admin-comment-delete-title = Удалить этот комментарий?
admin-comment-delete-text = Его текст исчезнет для всех.
admin-comment-deleted = Удалено автором.
admin-comment-deleted-done = Комментарий удалён
