### Sign-in, and the confirmation of who it is before something sensitive changes.

admin-sign-in-title = Вход
admin-sign-in-button = Войти
admin-sign-in-hint = Оставьте пароль пустым, чтобы получить одноразовую ссылку для входа по эл. почте.
admin-sign-in-password = Пароль
admin-sign-in-email-link = Прислать ссылку
admin-sign-in-address-missing = Введите свой адрес, например name@example.org.
admin-sign-in-wrong = Неверный адрес или пароль. Всегда можно войти по ссылке из письма.

## Second step

admin-sign-in-one-more = Ещё один шаг
admin-sign-in-code-text = Введите шесть цифр из приложения или один из резервных кодов.
admin-sign-in-code = Код
admin-sign-in-code-hint = Из приложения или резервный.

## Link

admin-sign-in-sent = Проверьте почту
admin-sign-in-sent-text =
    { $minutes ->
        [one] Если это адрес пользователя, мы отправили на него ссылку для входа. Она действует один раз, в течение { $minutes } минуты.
       *[other] Если это адрес пользователя, мы отправили на него ссылку для входа. Она действует один раз, в течение { $minutes } минут.
    }
admin-sign-in-demo-inbox = Открыть почту демонстрации
admin-sign-in-no-email = Письма нет? Загляните в папку «Спам», а затем <a href="{ $again }">запросите новую ссылку</a>.
admin-sign-in-offer = Ссылка действует один раз. Нажмите кнопку, чтобы войти в этом браузере.
admin-sign-in-expired = Ссылка больше не действует
admin-sign-in-expired-text = Ссылка для входа действует один раз и недолго.
admin-sign-in-new-link = Получить новую ссылку
admin-sign-in-invitation-expired = Срок приглашения истёк
admin-sign-in-invitation-expired-text = Оно действовало до { $at }. Попросите { $inviter } отправить вам новое.

## Confirmation before credentials, secrets or the ways of mail change

admin-reauth-title = Подтвердите, что это вы
admin-reauth-text =
    { $minutes ->
        [one] Вы вошли больше { $minutes } минуты назад. Для этого действия нужен более недавний вход: сначала подтвердите, что это вы. Введённые данные сохранятся.
       *[other] Вы вошли больше { $minutes } минут назад. Для этого действия нужен более недавний вход: сначала подтвердите, что это вы. Введённые данные сохранятся.
    }
admin-reauth-confirm = Подтвердить
admin-reauth-or-link = Или войдите ещё раз по ссылке из письма и заполните форму заново.
admin-reauth-not-confirmed = Пока не подтверждено
admin-reauth-not-yet = Вы ещё не вошли заново.
admin-reauth-no-password = У вас нет пароля. Запросите ссылку по эл. почте и откройте её в этом браузере.
admin-reauth-then = Затем вернитесь на эту страницу.
admin-reauth-signed-in = Вход выполнен
