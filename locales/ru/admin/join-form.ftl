### The join form: additional questions and spam protection.

admin-join-form-lead = Она спрашивает адрес, имя, списки и язык. Ответы на другие вопросы сохраняются как атрибуты – для сегментов и подстановок в письмах. Тексты формы можно изменить в разделе <a href="/admin/texts?group=join">«Тексты»</a>.
admin-join-form-view = Открыть форму
admin-join-form-new = Новый вопрос
admin-join-form-questions = Вопросы
admin-join-form-empty-title = Других вопросов нет
admin-join-form-empty = Каждый лишний вопрос отнимает подписчиков. Спрашивайте только то, что пригодится.
admin-join-form-add = Добавить вопрос
admin-join-form-question = Вопрос
admin-join-form-attribute = Атрибут
admin-join-form-answer-type = Вид ответа
admin-join-form-is-required = обязательный
# A choice of so many.
admin-join-form-one-of = один из { $count }
admin-join-form-delete-one = Удалить { $key }
admin-join-form-delete-title = Удалить вопрос «{ $question }»?
admin-join-form-delete-text = Форма больше не будет его задавать. Уже полученные ответы остаются в атрибуте { $key }.
admin-join-form-deleted = Вопрос удалён

## Answer types

admin-join-form-kind-text = текст
admin-join-form-kind-choice = один из нескольких вариантов
admin-join-form-kind-tick = флажок

## Spam protection

admin-join-form-protection = Защита от спама
admin-join-form-proof = Вычислительная задача перед приёмом формы
admin-join-form-proof-hint = Браузер примерно за секунду решает небольшую задачу, поэтому тысячи автоматических подписок обходятся дорого. Посетители этого не замечают; без JavaScript они ждут 15 секунд. На другие сайты ничего не отправляется.
admin-join-form-work-under-load = Когда подписок больше обычного
admin-join-form-work-always = Всегда
admin-join-form-work-never = Никогда

## One question

admin-join-form-attribute-hint = Строчные латинские буквы, цифры и знаки подчёркивания, например city. Изменить его потом нельзя.
admin-join-form-required = Обязательный
admin-join-form-choices = Варианты
admin-join-form-choices-hint = По одному в строке, в каждом языке одинаковое число и в одном порядке.
admin-join-form-asked-now = С этого момента форма его задаёт.
