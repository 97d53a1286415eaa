### Sign-in by the organisation's provider (OpenID Connect).

## Sign-in page

admin-provider-button = Войти через { $name }
admin-provider-owners-below = По паролю или ссылке входят только владельцы.
admin-provider-only = Для вашей учётной записи вход возможен через { $name }.
admin-provider-leaving = Сейчас откроется страница входа.
admin-provider-continue = Продолжить

## Confirmation that it is you

admin-provider-again = Или войдите там ещё раз и заполните форму заново.
admin-provider-in-tab = Войдите ещё раз. Страница откроется в новой вкладке.

## What went wrong

admin-provider-failed = Вход не выполнен
admin-provider-back = Назад
admin-provider-error-not-configured = Вход по учётной записи организации здесь не настроен.
admin-provider-error-expired = Эта попытка входа уже использована, длилась слишком долго или начата в другом браузере. Начните заново.
admin-provider-error-unavailable = Служба входа вашей организации недоступна или ответила неправильно. Попробуйте позже. Причина видна владельцу в журнале действий и в проверке системы.
admin-provider-error-declined = Служба входа вашей организации отказала, или вы отменили вход.
admin-provider-error-invalid = Ответу службы входа вашей организации нельзя доверять. Причина видна владельцу в журнале действий.
admin-provider-error-unverified = Ваша организация не подтверждает, что адрес эл. почты учётной записи принадлежит вам. Обратитесь к тем, кто отвечает за её службу входа.
admin-provider-error-domain = Домен адреса эл. почты вашей учётной записи не допущен ко входу. Обратитесь к владельцу.
admin-provider-error-no-role = Ни у одной из ваших групп нет доступа. Обратитесь к владельцу или к тем, кто отвечает за службу входа вашей организации.
admin-provider-error-many-groups = Вы состоите в слишком многих группах, и служба входа вашей организации их не перечисляет. Обратитесь к владельцу.
admin-provider-error-not-invited = Пользователя с вашей учётной записью здесь нет. Попросите владельца пригласить вас.
admin-provider-error-not-linked = Есть пользователь с вашим адресом эл. почты, но ваша учётная запись с ним не связана. Войдите по паролю или ссылке и свяжите её на странице «Моя учётная запись».
admin-provider-error-other-account = Пользователь с вашим адресом эл. почты связан с другой учётной записью вашей организации. Обратитесь к владельцу.
admin-provider-error-taken = С этой учётной записью уже связан другой пользователь.
admin-provider-error-disabled = Владелец закрыл вам доступ.

## My account

admin-provider-title = Вход по учётной записи организации
# $name is empty where the provider was removed from the settings.
admin-provider-is-linked = Ваша учётная запись { $email } ({ $name }) связана, последний вход: { $at }.
admin-provider-not-linked = Свяжите учётную запись { $name }, чтобы входить по ней.
admin-provider-link = Связать учётную запись { $name }
admin-provider-unlink = Удалить связь
admin-provider-linked = Учётная запись связана
admin-provider-unlinked = Связь удалена
