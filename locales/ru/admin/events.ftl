### Events: the list, and the form of one.

admin-event = Событие
admin-event-new = Новое событие
admin-event-view = Открыть на сайте
admin-event-duplicate = Дублировать
admin-event-duplicated = Создана копия
admin-event-duplicated-text = Это копия: черновик, которого нет на сайте.
admin-event-when = Когда
admin-event-where = Где
admin-event-state-draft = черновик
admin-event-state-published = опубликовано
admin-events-upcoming = Предстоящие
admin-events-no-upcoming = Предстоящих событий нет.
admin-events-past = Прошедшие
admin-events-no-past = Прошедших событий нет.

## Form

admin-event-zone = Часовой пояс: { $zone }
admin-event-first-day = Первый день
# A time of day, and so is “To”.
admin-event-from = С
admin-event-last-day = Последний день
admin-event-to = До
admin-event-all-day = Весь день
admin-event-all-day-hint = Без времени начала и окончания.
admin-event-repeats = Повторяется
admin-event-repeat-daily = каждый день
admin-event-repeat-weekly = каждую неделю
admin-event-repeat-monthly = каждый месяц
admin-event-repeat-yearly = каждый год
admin-event-interval = Интервал
admin-event-interval-hint = 2 при «каждую неделю» означает через неделю.
admin-event-until = До какого дня
admin-event-until-hint = Оставьте пустым, чтобы событие повторялось без конца.
admin-event-slug = Короткое имя
admin-event-slug-hint = Часть адреса страницы. Оставьте пустым, чтобы получить его из названия и даты. Изменить его потом нельзя.
admin-event-title = Название
admin-event-place = Место
admin-event-description = Описание
admin-event-languages-hint = Языки без названия не показываются.
admin-event-picture = Картинка
admin-event-picture-hint = Имя картинки из раздела «Медиа». Она показана на странице события.
admin-event-publish = Опубликовать
admin-event-unpublish = Снять с публикации
admin-event-published = Опубликовано
admin-event-published-text = Событие теперь на сайте и в ленте календаря.
admin-event-unpublished = Снято с публикации
admin-event-unpublished-text = Событие снова черновик, на сайте его нет.
admin-event-in-calendars = Это событие есть в календарях читателей
admin-event-in-calendars-text = После изменения им пишет рассылка, которая его туда добавила.

## Errors

admin-event-give-day = укажите день
admin-event-give-time = укажите время, например 18:30
admin-event-give-interval = укажите число от 1 до 99
admin-event-no-title = введите название хотя бы на одном языке
admin-event-until-early = последний день должен быть позже первого
admin-event-ends-early = событие не может закончиться раньше, чем начнётся
admin-event-slug-taken = такое короткое имя уже есть у другого события

## Deleting

admin-event-delete-text = Событие попадёт в корзину, на всех языках, и исчезнет с сайта и из календарей, которые на него подписаны. Его можно восстановить в течение 30 дней.
