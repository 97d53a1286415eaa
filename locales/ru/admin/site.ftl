### The site's name and look, its menu, the weekly digest.

admin-site-lead = Название и вид сайта – на страницах и в письмах. Если для языка ничего не указано, берётся английский текст.
admin-site-name = Название
admin-site-tagline = Девиз
admin-site-foot = Текст внизу страниц
admin-site-mail-foot = Нижний колонтитул писем
admin-site-mail-foot-hint = Стоит в конце каждого письма, над строкой о том, почему оно пришло. Строки сохраняются.
admin-site-saved-next = Теперь так выглядят страницы и письма.

## Appearance

admin-site-appearance = Внешний вид
admin-site-logo = Логотип
admin-site-logo-hint = Изображение из раздела «Медиа». Лучше всего смотрятся квадратные.
admin-site-logo-default = стандартный
admin-site-logo-upload = Загрузить логотип
admin-site-logo-upload-hint = Заменит выбранный выше: JPEG, PNG, GIF, WebP или AVIF, до 20 МиБ.
admin-site-logo-no-picture = выберите изображение: JPEG, PNG, GIF, WebP или AVIF
admin-site-colour = Цвет
admin-site-colour-hint = Например, #8a1538. Оставьте пустым для стандартного синего.
admin-site-contrast = Контраст { $contrast } : 1; тексту нужно 4.5 : 1.
admin-site-heading-colour = Цвет заголовков
admin-site-heading-colour-hint = Оставьте пустым для обычного тёмного.
admin-site-font = Шрифт текста
admin-site-font-hint = Только шрифты, которые уже есть у читателей: ничего не загружается со стороны.
admin-site-heading-font = Шрифт заголовков
admin-site-font-default = по умолчанию
admin-site-font-system = устройства читателя

## Социальные сети

admin-site-profiles = Социальные сети
admin-site-profiles-field = Профили
admin-site-profiles-hint = По одному адресу в строке, например https://t.me/embassy. Название берётся из адреса; чтобы задать другое, напишите его перед адресом: Наш канал https://t.me/embassy. Они стоят в конце писем и там, где в тексте есть пустой блок ссылок на социальные сети.

## Postal address

admin-site-postal = Почтовый адрес
admin-site-postal-field = Адрес внизу каждого письма
admin-site-postal-hint = В рассылках его требуют некоторые законы, например закон США CAN-SPAM.

## Menu links

admin-site-links = Ссылки в меню
admin-site-links-hint = Показываются после публикаций, событий и медиа.
# For screen readers.
admin-site-link = Ссылка { $number }
admin-site-link-address = Адрес

## Weekly digest

admin-site-weekly = Еженедельный дайджест
admin-site-weekly-day = День отправки
admin-site-weekly-time = Время
admin-site-weekly-hint = По часовому поясу { $zone }. Отправляется подписчикам, которые выбрали еженедельный дайджест. Если за неделю новостей не было, дайджеста нет.
admin-site-weekly-all-ask = Включить для всех…
admin-site-weekly-all-hint = Для всех, кто не выбрал сам, как часто получать письма. Каждый может изменить это на своей странице.
admin-site-weekly-all-title = Включить еженедельный дайджест для всех?
admin-site-weekly-all-text =
    { $count ->
        [one] { $count } подписчик будет получать одно письмо в неделю вместо отдельных рассылок. У тех, кто сам выбрал частоту писем, она останется прежней.
        [few] { $count } подписчика будут получать одно письмо в неделю вместо отдельных рассылок. У тех, кто сам выбрал частоту писем, она останется прежней.
       *[other] { $count } подписчиков будут получать одно письмо в неделю вместо отдельных рассылок. У тех, кто сам выбрал частоту писем, она останется прежней.
    }
admin-site-weekly-all = Включить для всех
admin-site-weekly-all-done =
    { $count ->
        [one] Еженедельный дайджест включён ещё для { $count } подписчика
        [few] Еженедельный дайджест включён ещё для { $count } подписчиков
       *[other] Еженедельный дайджест включён ещё для { $count } подписчиков
    }
