### My account: language, password, two-factor sign-in.

## Language

admin-account-language = Язык страниц управления
admin-account-language-hint = На нём же приходят письма со ссылкой для входа.
admin-account-browser-language = Язык браузера

## Password

admin-account-by-password = Вы входите по паролю или по ссылке из письма.
admin-account-by-link = Вы входите по ссылке из письма. С паролем можно войти, не дожидаясь письма.
admin-account-current-password = Текущий пароль
admin-account-new-password = Новый пароль
admin-account-length-hint =
    { $count ->
        [one] Не меньше { $count } символа; несколько слов легко запомнить и трудно угадать.
       *[other] Не меньше { $count } символов; несколько слов легко запомнить и трудно угадать.
    }
admin-account-password-ends =
    { $count ->
        [one] С новым паролем другие ваши сеансы завершатся и будет отозван { $count } API-токен.
        [few] С новым паролем другие ваши сеансы завершатся и будут отозваны { $count } API-токена.
       *[other] С новым паролем другие ваши сеансы завершатся и будут отозваны { $count } API-токенов.
    }
admin-account-keep-tokens = Не отзывать мои API-токены
admin-account-keep-tokens-hint = Только если вы уверены, что их больше ни у кого нет.
admin-account-change-password = Сменить пароль
admin-account-set-password = Задать пароль
admin-account-remove-password = Удалить пароль
admin-account-password-set = Пароль задан
admin-account-tokens-ended = Другие ваши сеансы завершены, API-токены отозваны.
admin-account-tokens-kept = Другие ваши сеансы завершены; API-токены продолжают работать.
admin-account-password-removed = Пароль удалён
admin-account-password-removed-next = Теперь вы входите по ссылке из письма.

## Two-factor sign-in

admin-account-two-factor = Вход с кодом
admin-account-two-factor-asks = После пароля или ссылки для входа нужно ввести код из приложения. Чтобы перейти на другой телефон, отключите вход с кодом и настройте его заново.
admin-account-codes-left =
    { $count ->
        [one] Остался { $count } резервный код.
        [few] Осталось { $count } резервных кода.
       *[other] Осталось { $count } резервных кодов.
    }
admin-account-two-factor-why = Приложение на телефоне показывает код, который меняется каждые 30 секунд. Без него не войдёт даже тот, кто знает ваш пароль или читает вашу почту.
admin-account-turn-off = Отключить
admin-account-turn-on = Включить
admin-account-set-up = Настроить
admin-account-two-factor-is-off = Вход с кодом отключён
admin-account-two-factor-is-on = Вход с кодом включён
admin-account-two-factor-set-up = Настройка входа с кодом
admin-account-scan = Отсканируйте картинку приложением для входа с кодом или введите в него секретный ключ. Затем введите код, который оно покажет.
# For screen readers: what the picture is.
admin-account-qr-code = QR-код
admin-account-six-digits = Шесть цифр.
admin-account-recovery-codes = Резервные коды
admin-account-recovery-text = Каждый из них можно один раз ввести вместо кода из приложения. Распечатайте их или сохраните там, где храните пароли: больше они не будут показаны.
admin-account-recovery-saved = Коды сохранены

## Passkeys

admin-passkey-title = Ключи доступа
admin-passkey-why = С ключом доступа вы входите по отпечатку пальца, лицу или PIN-коду устройства, без пароля и кода. Он действует только на этом сайте, поэтому его нельзя выманить. Пароль и ссылка для входа продолжают работать.
admin-passkey-since = добавлен { $at }
admin-passkey-used = последнее использование: { $at }
admin-passkey-never-used = ещё не использовался
admin-passkey-remove-of = Удалить ключ доступа { $name }
admin-passkey-name = Название ключа доступа
admin-passkey-name-hint = Например, устройство, в котором он хранится.
admin-passkey-default-name = Ключ доступа
admin-passkey-add = Добавить ключ доступа
admin-passkey-add-text = Браузер спросит, где хранить ключ: в этом устройстве, телефоне, ключе безопасности или менеджере паролей.
admin-passkey-create = Создать ключ доступа
admin-passkey-no-script = Для ключа доступа нужен JavaScript в браузере. Пароль и ссылка для входа работают и без него.
admin-passkey-no-host = Для ключей доступа нужен публичный адрес с именем хоста. Его задаёт владелец в настройках.
admin-passkey-failed = Ключ доступа не использован. Попробуйте ещё раз или войдите другим способом.
admin-passkey-added = Ключ доступа добавлен
admin-passkey-added-next = Теперь вы можете входить с его помощью.
admin-passkey-not-added = Ключ доступа не добавлен
admin-passkey-removed = Ключ доступа удалён. Удалите его и в устройстве или менеджере паролей.
admin-passkey-sign-in = Войти с ключом доступа
