### The user's own sessions.

admin-session-title = Мои сеансы
admin-session-about = Браузеры, в которых выполнен вход с адресом { $email }.
admin-session-browser = Браузер
admin-session-network = Сеть
admin-session-since = Начало
admin-session-last-used = Последняя активность
admin-session-end = Завершить
admin-session-unknown = Неизвестный
admin-session-this = этот сеанс
admin-session-ended = Сеанс завершён
admin-session-ended-before = Этот сеанс уже завершился
