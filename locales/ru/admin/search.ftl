### Поиск по всему, палитра команд и сочетания клавиш.

## Поиск

admin-search-title = Поиск
admin-search-what = Страница, подписчик, публикация, рассылка, список, сегмент, событие или файл
# В поле вверху каждой страницы.
admin-search-everything = Искать везде
admin-search-pages = Страницы
admin-search-more = Искать среди всех
admin-search-found =
    { $count ->
        [one] { $count } результат
        [few] { $count } результата
       *[other] { $count } результатов
    }
admin-search-none-title = Ничего не найдено
admin-search-none = Укажите меньше слов или начало названия.
# В палитре команд.
admin-search-palette-hint = Стрелки вверх и вниз — выбрать, Enter — открыть, Escape — закрыть
admin-search-failed = Поиск не отвечает. Попробуйте ещё раз.

## Сочетания клавиш

admin-shortcut-title = Сочетания клавиш
admin-shortcut-about = Две клавиши подряд нажимаются одна за другой. Пока вы пишете в поле, отдельные клавиши ничего не делают.
admin-shortcut-keys = Клавиши
admin-shortcut-does = Что делают
admin-shortcut-palette = Открыть палитру команд: страницы и всё, у чего есть название
admin-shortcut-search = Перейти в поле поиска
admin-shortcut-posts = Открыть публикации
admin-shortcut-campaigns = Открыть рассылки
admin-shortcut-subscribers = Открыть подписчиков
admin-shortcut-new = На странице со списком: создать новое
admin-shortcut-help = Открыть эту страницу
admin-shortcut-are-on = Сочетания без Ctrl и ⌘ включены. Их можно выключить:
admin-shortcut-are-off = Сочетания без Ctrl и ⌘ выключены. Их можно включить:
admin-shortcut-setting = Использовать отдельные клавиши
admin-shortcut-setting-hint = Выключите, если вы диктуете текст или нажимаете клавиши случайно. Ctrl+K работает в любом случае.
