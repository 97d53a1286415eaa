### The join form of one list: its page, and code for other sites.

admin-list-forms-title = Форма подписки на «{ $name }»
admin-list-forms-heading = Встроить форму подписки
admin-list-forms-lead = Отдельная страница для этого списка и код, чтобы разместить форму на других сайтах.
admin-list-forms-language = Язык формы
admin-list-forms-page = Отдельная страница
admin-list-forms-page-hint = Поставьте ссылку на неё в подпись писем или в напечатанный QR-код.
admin-list-forms-sites = Разрешённые сайты
admin-list-forms-origins = Адреса сайтов, по одному в строке
admin-list-forms-origins-hint = Например, https://www.example.org, без пути. На любом другом сайте встроенный фрейм остаётся пустым, а отправленная форма ещё раз показывается на этом сайте для подтверждения.
admin-list-forms-no-origins = Нет
admin-list-forms-most =
    { $count ->
        [one] У формы может быть не больше { $count } сайта.
        [few] У формы может быть не больше { $count } сайтов.
       *[other] У формы может быть не больше { $count } сайтов.
    }
admin-list-forms-frame = Встроенный фрейм
admin-list-forms-frame-hint = Вся форма с её вопросами, в оформлении этого сайта. Другому сайту нужно только разрешить фреймы с этого адреса.
admin-list-forms-frame-markup = Код фрейма
admin-list-forms-plain = Простая HTML-форма
admin-list-forms-plain-hint = В оформлении другого сайта. Его страница должна передавать с формой свой адрес, поэтому Referrer-Policy: no-referrer на ней использовать нельзя. После отправки посетитель продолжает на этом сайте. Сохраните фразу о согласии: именно она записывается.
admin-list-forms-plain-markup = Код простой формы
