### DKIM keys: create, activate, retire.

admin-key-title = Ключи подписи
admin-key-lead = Получатели доверяют письмам, чья подпись DKIM соответствует ключу в DNS вашего домена. Меняйте ключи раз или два в год: создайте новые, опубликуйте их, включите и через неделю отзовите старые.
admin-key-list = Ключи
admin-key-empty-title = Письма не подписываются
admin-key-empty = Крупные почтовые службы не принимают массовые письма без подписи. Создайте ключи и опубликуйте их записи.
admin-key-selector = Селектор
admin-key-state = Состояние
admin-key-records = Какие записи опубликовать
admin-key-actions = Что делать
admin-key-state-new = новые
admin-key-state-active = действуют
admin-key-state-retiring = выводятся
admin-key-state-retired = отозваны
admin-key-since = с { $date }
admin-key-until = до { $date }
admin-key-no-records = Никаких; удалите их из DNS
admin-key-records-counted =
    { $count ->
        [one] { $count } запись TXT
        [few] { $count } записи TXT
       *[other] { $count } записей TXT
    }

## Creating

admin-key-create-title = Создать ключи
admin-key-create = Создать
admin-key-domain = Домен отправителя
admin-key-domain-wrong = Это не доменное имя.
admin-key-selector-hint = Имя этой пары ключей, RSA и Ed25519. У каждой пары оно своё и не используется дважды.
admin-key-created = Ключи созданы
admin-key-created-new = Опубликуйте их записи, затем включите ключи. До этого письма подписываются прежними.
admin-key-created-active = Письма уже подписываются ими; сразу опубликуйте их записи.

## Activating

admin-key-activate = Включить
admin-key-activate-label = Включить { $selector }
admin-key-activate-question = Всё равно включить { $selector }?
admin-key-activate-text = Запрос к DNS: { $error }. Пока получатели не найдут ключ, письма с его подписью считаются неподписанными.
admin-key-activated = Ключи { $selector } действуют
# $selectors are one or more keys that were active before.
admin-key-superseded = Не удаляйте записи { $selectors } ещё неделю: письма с этой подписью могут быть в пути.

## Retiring

admin-key-retire = Отозвать
admin-key-retire-ask = Отозвать…
admin-key-retire-label = Отозвать { $selector }
admin-key-retire-question = Отозвать { $selector }?
admin-key-retire-text = Закрытые ключи будут уничтожены, восстановить их нельзя.
admin-key-retire-in-transit = Письма с этой подписью могут быть в пути до { $date }. Закрытые ключи будут уничтожены, восстановить их нельзя.
admin-key-retired = Ключи { $selector } отозваны
admin-key-unpublish = Удалите из DNS: { $names }.
