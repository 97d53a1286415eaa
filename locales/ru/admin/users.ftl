### Users and their roles.

admin-users-user = Пользователь
admin-users-role = Роль
admin-users-last-seen = Последняя активность
admin-users-tokens = Токены
admin-users-you = это вы
admin-users-not-signed-in = нет сеансов
# For screen readers: what the select is for.
admin-users-role-of = Роль { $email }
admin-users-role-set = Новая роль { $email }: { $role }

## Adding

admin-users-add = Добавить пользователя
admin-users-email-hint = На этот адрес придёт ссылка для входа.
admin-users-owner = Владелец
admin-users-owner-hint = Может всё, в том числе управлять пользователями и ключами.
admin-users-editor = Редактор
admin-users-editor-hint = Может писать, отправлять и вести подписчиков.
admin-users-viewer = Наблюдатель
admin-users-viewer-hint = Видит всё, но ничего не может изменить.
admin-users-exists = Такой пользователь уже есть.
admin-users-invited = Приглашение отправлено: { $email }
admin-users-invited-next =
    { $minutes ->
        [one] Ссылка для входа действует { $minutes } минуту. Позже новую ссылку можно запросить на странице входа.
        [few] Ссылка для входа действует { $minutes } минуты. Позже новую ссылку можно запросить на странице входа.
       *[other] Ссылка для входа действует { $minutes } минут. Позже новую ссылку можно запросить на странице входа.
    }

## Resetting the sign-in

admin-users-reset = Сбросить
admin-users-reset-ask = Сбросить…
admin-users-reset-of = Сбросить вход { $email }
admin-users-reset-question = Сбросить вход { $email }?
admin-users-reset-text = Пароль и вход с кодом будут удалены, сеансы завершатся. Пользователь сможет войти по ссылке из письма.
admin-users-keep-tokens =
    { $count ->
        [one] Не отзывать { $count } API-токен пользователя
        [few] Не отзывать { $count } API-токена пользователя
       *[other] Не отзывать { $count } API-токенов пользователя
    }
admin-users-was-reset = Теперь { $email } входит по ссылке из письма

## Removing

admin-users-remove-ask = Убрать…
admin-users-remove-of = Убрать { $email }
admin-users-remove-question = Убрать { $email }?
admin-users-remove-text =
    { $count ->
        [one] Сеансы пользователя завершатся, и { $count } API-токен сразу перестанет работать. Действия пользователя останутся в журнале.
        [few] Сеансы пользователя завершатся, и { $count } API-токена сразу перестанут работать. Действия пользователя останутся в журнале.
       *[other] Сеансы пользователя завершатся, и { $count } API-токенов сразу перестанут работать. Действия пользователя останутся в журнале.
    }
admin-users-keep = Оставить
admin-users-removed = Пользователь { $email } убран
