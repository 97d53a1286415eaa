### Templates of campaigns: the gallery, one template, saving a campaign as one.

admin-campaign-templates = Шаблоны
admin-campaign-templates-lead = С чего начать рассылку. В готовых шаблонах пропуски стоят в квадратных скобках; свою рассылку можно сохранить как шаблон на её странице.
admin-campaign-from-last = Начать с последней рассылки
admin-campaign-from-template = Начать с шаблона
admin-campaign-from-nothing = Начать с нуля
admin-campaign-template-use = Взять этот шаблон

## One template

admin-campaign-template-name = Название
admin-campaign-template-rename = Переименовать
# For one of posts or a digest.
admin-campaign-template-no-text = Его письмо — это публикация или материалы, которые вы выберете.
admin-campaign-template-delete-title = Удалить шаблон { $name }?
admin-campaign-template-delete-text = Рассылки, сделанные из него, не изменятся.
admin-campaign-template-deleted = Шаблон удалён

## Saving one

admin-campaign-template-save = Сохранить как шаблон
admin-campaign-template-save-lead = Шаблон хранит тексты, темы, макет и отправителя, но не списки, время и получателей.
admin-campaign-template-replace = Заменить шаблон с таким названием
admin-campaign-template-saved = Шаблон сохранён
admin-campaign-template-saved-next = Он среди шаблонов для новой рассылки.

## The shipped ones: names, and what each is for

admin-shipped-template-announcement = Объявление
admin-shipped-template-digest = Дайджест
admin-shipped-template-event-invitation = Приглашение на событие
admin-shipped-template-welcome = Приветствие
admin-shipped-template-letter = Личное письмо
admin-shipped-template-press-release = Пресс-релиз
admin-shipped-template-product-update = Новости продукта
admin-shipped-template-fundraising = Сбор средств
admin-shipped-template-for-announcement = Что-то меняется: что, с какого дня и что нужно сделать читателям.
admin-shipped-template-for-digest = Последние публикации и ближайшие события, которые подставляются сами.
admin-shipped-template-for-event-invitation = Когда, где, программа и кнопка регистрации.
admin-shipped-template-for-welcome = Новым читателям: что они получат, как часто и с чего начать.
admin-shipped-template-for-letter = Лично, коротко и без картинок.
admin-shipped-template-for-press-release = Новость, цитата, факты и кому звонить.
admin-shipped-template-for-product-update = Что теперь умеет продукт, что исправлено и на что обратить внимание.
admin-shipped-template-for-fundraising = Одна история, сколько собрано и что даёт пожертвование.
