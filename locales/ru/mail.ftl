### Слова писем, которые отправляет сам сайт, и обрамление рассылок.

mail-greeting = Здравствуйте, { $name }!
mail-greeting-nameless = Здравствуйте!
mail-signature = { $site }
mail-link-fallback = Если кнопка не работает, скопируйте этот адрес в браузер:

## Подтверждение

mail-confirm-subject = Пожалуйста, подтвердите адрес: { $site }
mail-confirm-preheader = Одно нажатие – и письма начнут приходить.
mail-confirm-heading = Это ваш адрес?
mail-confirm-body = Кто-то – скорее всего, вы – попросил присылать на этот адрес письма. Отправитель: { $site }. Пожалуйста, подтвердите, что адрес ваш.
mail-confirm-lists =
    { $count ->
        [one] Выбранная рассылка:
        [few] Выбранные рассылки:
        [many] Выбранные рассылки:
       *[other] Выбранные рассылки:
    }
mail-confirm-button = Подтвердить адрес
mail-confirm-expiry =
    { $hours ->
        [one] Ссылка действует в течение { $hours } часа.
        [few] Ссылка действует в течение { $hours } часов.
        [many] Ссылка действует в течение { $hours } часов.
       *[other] Ссылка действует в течение { $hours } часа.
    }
mail-confirm-expiry-days =
    { $days ->
        [one] Ссылка действует в течение { $days } дня.
        [few] Ссылка действует в течение { $days } дней.
        [many] Ссылка действует в течение { $days } дней.
       *[other] Ссылка действует в течение { $days } дня.
    }
mail-confirm-ignore = Это были не вы? Тогда ничего не делайте. Без подтверждения писем не будет, и мы забудем этот адрес.
mail-confirm-never = Больше никогда не присылать такие письма на этот адрес

## Welcome

mail-welcome-subject = Добро пожаловать: { $site }
mail-welcome-preheader = Теперь вы в списке рассылки.
mail-welcome-heading = Добро пожаловать
mail-welcome-body = Спасибо, что подписались на { $site }. Следующее письмо придёт на этот адрес.
mail-welcome-lists =
    { $count ->
        [one] Вы подписаны на { $count } список:
        [few] Вы подписаны на { $count } списка:
       *[other] Вы подписаны на { $count } списков:
    }
mail-welcome-button = Мои настройки
mail-welcome-leave = В любое время вы можете изменить настройки или отписаться одним щелчком.

## Уже подписаны

mail-already-subject = Вы уже подписаны: { $site }
mail-already-preheader = Ничего делать не нужно.
mail-already-heading = Вы уже с нами
mail-already-body = Кто-то – скорее всего, вы – указал этот адрес в форме на сайте «{ $site }». Адрес уже есть в рассылке, поэтому ничего не изменилось.
mail-already-hint = Если письма не доходят, загляните в папку «Спам» и добавьте наш адрес в контакты.
mail-already-button = Посмотреть мои настройки
mail-already-ignore = Это были не вы? Беспокоиться не о чем: по форме нельзя узнать, что вы подписаны.

## Ссылка для входа

mail-sign-in-subject = Ссылка для входа: { $site }
mail-sign-in-preheader = Она действует один раз и недолго.
mail-sign-in-heading = Вход
mail-sign-in-body = Нажмите кнопку, чтобы войти на сайт «{ $site }».
mail-sign-in-button = Войти
mail-sign-in-expiry =
    { $minutes ->
        [one] Ссылка действует один раз, в течение { $minutes } минуты.
        [few] Ссылка действует один раз, в течение { $minutes } минут.
        [many] Ссылка действует один раз, в течение { $minutes } минут.
       *[other] Ссылка действует один раз, в течение { $minutes } минуты.
    }
mail-sign-in-ignore = Вы об этом не просили? Тогда ничего не делайте: без ссылки никто не сможет войти с вашим адресом.

## Учётная запись изменена

mail-account-subject = Ваша учётная запись изменена: { $site }
mail-account-heading = Ваша учётная запись изменена
mail-account-password-set = Для вашей учётной записи задан новый пароль.
mail-account-password-removed = Пароль вашей учётной записи удалён. Вы входите по ссылке из письма.
mail-account-second-step-on = Для вашей учётной записи включён вход с кодом.
mail-account-second-step-off = Для вашей учётной записи отключён вход с кодом.
mail-account-token-made = Для вашей учётной записи создан новый ключ API.
mail-account-reset = Вход в вашу учётную запись сброшен: пароль и вход с кодом удалены, сеансы завершены.
mail-account-not-you = Это были вы? Тогда ничего делать не нужно. Если нет, сразу войдите, задайте новый пароль и сообщите владельцу сайта.
mail-account-button = Моя учётная запись
mail-account-reason = Это письмо получают сотрудники { $site }, когда меняются их данные для входа.

## Что мы храним о вас

mail-my-data-subject = Ваши данные: { $site }
mail-my-data-heading = Посмотреть или удалить свои данные
mail-my-data-body = Кто-то, скорее всего вы, попросил { $site } показать или удалить данные, связанные с этим адресом. Ссылка действует один день.
mail-my-data-button = Посмотреть или удалить данные
mail-my-data-ignore = Это были не вы? Тогда ничего не делайте. Попросить об этом письме может тот, кому вы переслали наше письмо, но получаете его только вы.

## Обрамление рассылки

mail-preferences-link-subject = Ваши настройки: { $site }
mail-preferences-link-body = Вот ссылка на ваши настройки. Никому её не передавайте: по ней настройки может изменить кто угодно.
mail-campaign-reason =
    { $count ->
        [one] Вы получили это письмо, потому что подписались на сайте «{ $site }» на рассылку: { $lists }.
        [few] Вы получили это письмо, потому что подписались на сайте «{ $site }» на рассылки: { $lists }.
        [many] Вы получили это письмо, потому что подписались на сайте «{ $site }» на рассылки: { $lists }.
       *[other] Вы получили это письмо, потому что подписались на сайте «{ $site }» на рассылки: { $lists }.
    }
mail-weekly-title = Итоги недели: { $site }
mail-weekly-preheader = Что за неделю прислали ваши рассылки.
mail-weekly-reason = Вы получаете это письмо, потому что выбрали одно письмо в неделю на сайте «{ $site }». Если отписаться, вы выйдете из рассылок, новости которых в нём собраны; в настройках можно снова получать каждое письмо отдельно.
mail-campaign-unsubscribe = Отписаться
mail-campaign-preferences = Настройки
mail-campaign-view = Открыть в браузере
mail-campaign-read-more = Читать дальше
mail-digest-title = Новости: { $site }
mail-campaign-posts = Последние публикации
mail-campaign-events = Ближайшие события
mail-campaign-all-day = Весь день
mail-campaign-address = Наш почтовый адрес: { $address }
# Stands for a reader's name where there is none: Dear reader.
mail-reader = читатель
mail-test-notice = Это пробное письмо. Оно отправлено только вам.

## Надписи текстовой части

mail-text-links = Ссылки
mail-text-picture = Изображение: { $alt }
mail-text-unsubscribe = Отписаться: { $url }
mail-text-preferences = Ваши настройки: { $url }
mail-text-view = На сайте: { $url }
mail-text-when = Когда: { $when }
mail-text-where = Где: { $where }

## Is this your new address?

mail-address-subject = Это ваш новый адрес? { $site }
mail-address-body = Вы попросили отныне присылать письма на этот адрес. Пожалуйста, подтвердите, что он ваш.
mail-address-button = Подтвердить новый адрес
mail-address-ignore = Это были не вы? Тогда ничего не делайте, и ничего не изменится.

## Ссылки прежней системы

mail-old-link-subject = Ваши подписки: { $site }
mail-old-link-heading = Выберите, что получать, или отпишитесь
mail-old-link-body = Кто-то, скорее всего вы, открыл ссылку из старого письма и попросил у { $site } страницу этого адреса. На ней можно отписаться или изменить подписки.
mail-old-link-button = Открыть мои подписки
mail-old-link-ignore = Это были не вы? Тогда ничего не делайте. Ничего не изменилось.
