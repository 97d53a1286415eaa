### Layouts: the list, one layout, its preview.

admin-layouts-lead = Оформление писем для публикаций, дайджестов и других рассылок.
admin-layout-name = Название
admin-layout-source = Источник
admin-layout-default = стандартный
admin-layout-custom = собственный
admin-layout-changed = Изменён
admin-layout-new = Новый макет
admin-layout-name-hint = Строчные латинские буквы, цифры и дефисы.
admin-layout-from = Скопировать с макета
admin-layout-create = Создать макет
admin-layout-created = Макет создан

## One layout

admin-layout-title = Макет { $name }
admin-layout-changed-by = Изменён { $at }, кем: { $by }
admin-layout-unchanged = Не изменён
# Where the placeholders stand in it, in code.
admin-layout-placeholders =
    <a href="https://documentation.mjml.io/" rel="noopener">MJML</a> с подстановками: <code>{"{{ title }}"}</code>, <code>{"{{ summary }}"}</code>, <code>{"{{ body }}"}</code>, <code>{"{{ eyebrow }}"}</code>, <code>{"{{ preheader }}"}</code>, <code>{"{{ site_name }}"}</code>, <code>{"{{ site_url }}"}</code>, <code>{"{{ button_text }}"}</code>, <code>{"{{ button_url }}"}</code>, <code>{"{{ small_print }}"}</code>, <code>{"{{ reason }}"}</code>, <code>{"{{ language }}"}</code> и <code>footer_links</code>, в каждой из которых есть <code>text</code> и <code>url</code>.
    Из настроек сайта: цвета <code>{"{{ accent }}"}</code>, <code>{"{{ accent_dark }}"}</code>, <code>{"{{ on_accent }}"}</code>, <code>{"{{ rule }}"}</code> и <code>{"{{ rule_dark }}"}</code>, логотип <code>{"{{ logo_url }}"}</code> с <code>{"{{ logo_width }}"}</code> и <code>{"{{ logo_height }}"}</code> и <code>postal_lines</code> – строки почтового адреса.
    Текст письма и ссылки внизу обязательны.
admin-layout-transactional = Этот макет используется для писем со ссылкой для входа и писем с подтверждением, поэтому менять его может только владелец, а <code>button_url</code> может стоять только в адресе ссылки или в тексте.
admin-layout-saved-next = Его получат рассылки, которые начнутся с этого момента.

## Restoring and deleting

admin-layout-restore = Восстановить
admin-layout-restore-ask = Восстановить…
admin-layout-restore-title = Восстановить стандартный макет?
admin-layout-restore-text = Ваши изменения этого макета попадут в корзину, их можно восстановить в течение 30 дней.
admin-layout-restored = Стандартный макет восстановлен
admin-layout-delete-title = Удалить этот макет?
admin-layout-delete-text = Макет попадёт в корзину, его можно восстановить в течение 30 дней. Уже отправленные письма не изменятся.

## Preview, and what it shows while there is no post

admin-layout-preview = Предпросмотр с последней публикацией
admin-layout-sample-subject = Тема
admin-layout-sample-title = Заголовок письма
admin-layout-sample-preheader = Строка после темы
# Markdown.
admin-layout-sample-body =
    Здравствуйте, {"{{ name }}"}!

    ## Подзаголовок

    Текст со [ссылкой](/) и

    - список
    - из двух пунктов

    > и цитата.
