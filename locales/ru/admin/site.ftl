### The site's name and look, its menu, the weekly digest.

admin-site-lead = Название и вид сайта – на страницах и в письмах. Если для языка ничего не указано, берётся английский текст.
admin-site-name = Название
admin-site-tagline = Девиз
admin-site-foot = Текст внизу страниц
admin-site-no-name = введите название хотя бы на одном языке
admin-site-saved-next = Теперь так выглядят страницы и письма.

## Appearance

admin-site-appearance = Внешний вид
admin-site-logo = Логотип
admin-site-logo-hint = Изображение из раздела «Медиа». Лучше всего смотрятся квадратные.
admin-site-logo-default = стандартный
admin-site-logo-upload = Загрузить логотип
admin-site-logo-upload-hint = Заменит выбранный выше: JPEG, PNG, GIF, WebP или AVIF, до 20 МиБ.
admin-site-logo-no-picture = выберите изображение: JPEG, PNG, GIF, WebP или AVIF
admin-site-choose-picture = выберите одно из изображений
admin-site-colour = Цвет
admin-site-colour-hint = Например, #8a1538. Оставьте пустым для стандартного синего.
admin-site-contrast = Контраст { $contrast } : 1; тексту нужно 4.5 : 1.

## Postal address

admin-site-postal = Почтовый адрес
admin-site-postal-field = Адрес внизу каждого письма
admin-site-postal-hint = В рассылках его требуют некоторые законы, например закон США CAN-SPAM.
admin-site-postal-too-long = адрес может содержать не больше 400 знаков, без управляющих символов

## Menu links

admin-site-links = Ссылки в меню
admin-site-links-hint = Показываются после публикаций, событий и медиа.
# For screen readers.
admin-site-link = Ссылка { $number }
admin-site-link-address = Адрес
admin-site-link-no-address = введите адрес ссылки
admin-site-link-no-text = введите текст ссылки хотя бы на одном языке
admin-site-link-bad-address = укажите путь, например /posts/about, или адрес, например https://example.org/

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
