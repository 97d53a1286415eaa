### Рост: кто подписался и отписался.

admin-growth-title = Рост
admin-growth-by-source = Рост по источникам
admin-growth-by-list = Рост по спискам
admin-growth-by-language = Рост по языкам
admin-growth-csv = Скачать CSV

admin-growth-from = С
admin-growth-until = По
admin-growth-by = Разбивка
admin-growth-by-day = по дням
admin-growth-by-week = по неделям
admin-growth-by-month = по месяцам
admin-growth-list = Список
admin-growth-source = Источник
admin-growth-show = Показать

admin-growth-course = Подписки и отписки
admin-growth-joined = Подписались
admin-growth-left = Отписались
admin-growth-net = Изменение
admin-growth-counted = Сутки начинаются в полночь по часовому поясу сайта. Кто состоит в двух списках, считается дважды. Кто не подтвердил подписку, не подписывался и не отписывался. Адрес, с которого письма возвращаются, остаётся в списках, но писем не получает.
admin-growth-range = { $from } – { $until }
admin-growth-none-title = Никто не подписался и не отписался
admin-growth-none = Выберите другие даты или уберите часть фильтров.
admin-growth-periods = По датам, сначала новые
admin-growth-what = Что

admin-growth-source-form = форма подписки
admin-growth-source-api = подписка через API
admin-growth-source-confirmation-link = ссылка подтверждения
admin-growth-source-unsubscribe-link = страница отписки
admin-growth-source-one-click = кнопка отписки в почтовой программе
admin-growth-source-mail = письмо с просьбой отписать
admin-growth-source-preferences = личная страница подписчика
admin-growth-source-admin = администратор или API-токен
admin-growth-source-import = импорт
admin-growth-source-expiry = не подтверждено вовремя
admin-growth-source-erasure = данные удалены
