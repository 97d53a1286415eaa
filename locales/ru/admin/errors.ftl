### Pages for what went wrong.

admin-error-not-found = Не найдено
admin-error-not-found-text = Возможно, страница переехала или её содержимое удалено.
admin-error-not-allowed = Нет прав
admin-error-too-large = Слишком большой объём
admin-error-too-large-text = Отправьте меньше за один раз.
admin-error-invalid = Неверные данные
admin-error-too-many = Слишком много запросов
admin-error-too-many-text = Подождите минуту и попробуйте снова.
admin-error-unavailable = Сейчас недоступно
admin-error-unavailable-text = База данных не отвечает или заполнена. Ничего не изменилось; попробуйте снова через минуту.
admin-error-method-text = Такой запрос здесь не поддерживается; вернитесь назад и воспользуйтесь кнопками.
admin-error-internal = Что-то пошло не так
admin-error-internal-text = Причина записана в журнал сервера. Больше ничего не сделано.
admin-error-at = Ошибка { $status } по адресу <code>{ $path }</code>
admin-error-to-dashboard = Перейти к обзору
