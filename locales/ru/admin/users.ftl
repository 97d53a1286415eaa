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

## Which lists users reach

admin-users-all-lists = все списки
admin-users-no-lists = нет списков
admin-users-some-lists = только: { $lists }
admin-users-lists-choose = Изменить списки
admin-users-lists-title = Списки пользователя
admin-users-reach = Доступны
admin-users-reach-all = Все списки
admin-users-reach-some = Только отмеченные ниже списки
admin-users-only-lists = Только эти списки
admin-users-only-lists-hint = Видит подписчиков, рассылки и отчёты только этих списков. Публикации, события и файлы общие для всех пользователей. Если для нового пользователя ничего не отмечено, ему доступны все списки.
admin-users-lists-set = Списки { $email } изменены

## Adding

admin-users-add = Добавить пользователя
admin-users-email-hint = На этот адрес отправляется приглашение.
admin-users-owner = Владелец
admin-users-owner-hint = Может всё, в том числе управлять пользователями и ключами.
admin-users-editor = Редактор
admin-users-editor-hint = Может писать, отправлять и вести подписчиков.
admin-users-viewer = Наблюдатель
admin-users-viewer-hint = Видит всё, но ничего не может изменить.
admin-users-exists = Такой пользователь уже есть.
admin-users-invited = Приглашение отправлено: { $email }
admin-users-invited-next =
    { $days ->
        [one] Приглашение отправлено. Ссылка действует { $days } день; здесь её можно отправить ещё раз или отозвать.
        [few] Приглашение отправлено. Ссылка действует { $days } дня; здесь её можно отправить ещё раз или отозвать.
       *[other] Приглашение отправлено. Ссылка действует { $days } дней; здесь её можно отправить ещё раз или отозвать.
    }

## Invitations that were not accepted yet

admin-users-invited-until = приглашает { $inviter }, можно принять до { $at }
admin-users-invitation-expired = приглашает { $inviter }, срок истёк { $at }
admin-users-invite-again = Отправить ещё раз
admin-users-invite-again-of = Отправить ещё раз: приглашение для { $email }
admin-users-invited-again = Приглашение снова отправлено: { $email }
admin-users-withdraw = Отозвать
admin-users-withdraw-ask = Отозвать…
admin-users-withdraw-of = Отозвать приглашение: { $email }
admin-users-withdraw-question = Отозвать приглашение для { $email }?
admin-users-withdraw-text = Ссылка из письма перестанет действовать, и этот человек больше не будет пользователем.
admin-users-withdrawn = Приглашение для { $email } отозвано

## Resetting the sign-in

admin-users-reset = Сбросить
admin-users-reset-ask = Сбросить…
admin-users-reset-of = Сбросить вход { $email }
admin-users-reset-question = Сбросить вход { $email }?
admin-users-reset-text = Пароль, ключи доступа, вход с кодом и связь с учётной записью организации будут удалены, сеансы завершатся. Пользователь сможет войти по ссылке из письма.
admin-users-keep-tokens =
    { $count ->
        [one] Не отзывать { $count } API-токен пользователя
        [few] Не отзывать { $count } API-токена пользователя
       *[other] Не отзывать { $count } API-токенов пользователя
    }
admin-users-was-reset = Теперь { $email } входит по ссылке из письма

## Keeping out

admin-users-disable = Отключить
admin-users-disable-ask = Отключить…
admin-users-disable-of = Отключить { $email }
admin-users-disable-question = Отключить { $email }?
admin-users-disable-text = Сеансы завершатся. Войти и пользоваться API-токенами нельзя, пока владелец не включит пользователя снова.
admin-users-was-disabled = Пользователь { $email } отключён
admin-users-enable = Включить
admin-users-enable-of = Включить { $email }
admin-users-was-enabled = Пользователь { $email } снова может войти
admin-users-disabled-owner = отключён владельцем
admin-users-disabled-provider = отключён: служба входа организации не даёт роли
admin-users-linked = входит по учётной записи организации

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
admin-users-removed = Пользователь { $email } убран
