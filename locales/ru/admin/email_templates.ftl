### Templates of transactional email: the list, one template.

admin-email-templates-lead = Тексты писем, которые отправляют другие программы, например квитанции и напоминания. Программа называет шаблон и передаёт данные для него.
admin-email-templates-none = Шаблонов пока нет.
admin-email-template-new = Новый шаблон
admin-email-template-name = Название
admin-email-template-name-hint = Строчные латинские буквы, цифры и дефисы. Его указывают программы, поэтому позже изменить его нельзя.
admin-email-template-exists = Шаблон с таким названием уже есть
admin-email-template-number = Номер
admin-email-template-subject = Тема
admin-email-template-changed = Изменён

## One template

# $name and $number are those by which programs name it.
admin-email-template-called = Название <code>{ $name }</code> в API, номер <code>{ $number }</code> в API listmonk.
admin-email-template-text = Текст
# Keep what is in code.
admin-email-template-text-hint = Markdown. <code>{"{{ data.number }}"}</code> – то, что программа передаёт как <code>number</code>; если значения нет, это ошибка, кроме случаев с запасным значением: <code>{"{{ data.name | default(\"читатель\") }}"}</code>. Другие теги: <code>{"{{ email }}"}</code>, <code>{"{{ site_name }}"}</code>.
admin-email-template-sample = Пример данных
admin-email-template-sample-hint = JSON со всем, что нужно шаблону, для просмотра и тестовых писем.
admin-email-template-preheader-hint = Строка, которую почтовые программы показывают после темы. Если оставить пустым, повторяется тема.
admin-email-template-save-and-test = Сохранить и отправить пробное письмо
admin-email-template-tested = Тестовое письмо отправляется на { $email }.
admin-email-template-delete-title = Удалить шаблон { $name }?
admin-email-template-delete-text = Программы, которые его указывают, теперь получат ошибку.
admin-email-template-deleted = Шаблон удалён

## What a new one begins with

admin-email-template-example-subject = Ваш заказ {"{{ data.number }}"}
# Markdown.
admin-email-template-example-body = Ваш заказ **{"{{ data.number }}"}** уже в пути.
