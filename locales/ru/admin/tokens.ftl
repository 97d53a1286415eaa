### API tokens.

admin-token-about = Для программ, которые работают через <a href="{ $api }">API</a>. Токену доступно не больше, чем его пользователю.
admin-token-made = Токен создан
admin-token-made-text = Скопируйте его сейчас: больше он не будет показан.
admin-token-empty-title = Токенов пока нет
admin-token-empty = Создайте по одному для каждой программы, чтобы можно было отозвать один, не трогая остальные.
admin-token-token = Токен
# Instead of a name; tokens of the command line have none.
admin-token-nameless = токен { $id }
admin-token-permissions = Права
admin-token-full-access-of-user = все права пользователя
admin-token-reads-everything = чтение всего
# One permission of a token: what it is about, and what it may do with it.
admin-token-permission = { $resource }: { $may }
admin-token-created-at = создан { $when }
admin-token-last-used = Последнее использование
admin-token-expires = Срок действия
admin-token-expired = истёк

## Revoking

admin-token-revoke = Отозвать
admin-token-revoke-ask = Отозвать…
admin-token-revoke-of = Отозвать «{ $name }»
admin-token-revoke-question = Отозвать «{ $name }»?
admin-token-revoke-text = Программы, которые им пользуются, потеряют доступ к API.
admin-token-revoked = Токен отозван

## Form

admin-token-new = Новый токен
admin-token-purpose = Для чего он
admin-token-some = Отмеченные ниже
admin-token-some-hint = Рекомендуется: если токен попадёт в чужие руки, он откроет не больше, чем нужно программе.
admin-token-read-only = Только чтение
admin-token-read-only-hint = Читать всё, ничего не менять.
admin-token-full = Полный доступ
admin-token-full-hint = Всё, что можете вы.
admin-token-by-resource = Выбрать по разделам
admin-token-may-read = чтение
admin-token-may-write = чтение и изменение
admin-token-may-send = отправка
admin-token-30-days = через 30 дней
admin-token-90-days = через 90 дней
admin-token-a-year = через год
admin-token-choose-expiry = Выберите, когда истекает срок действия токена.
admin-token-create = Создать

## Resources

admin-token-resource-lists = списки
admin-token-resource-subscribers = подписчики
admin-token-resource-suppressions = стоп-лист
admin-token-resource-posts = публикации
admin-token-resource-events = события
admin-token-resource-media = медиа
admin-token-resource-campaigns = рассылки
admin-token-resource-layouts = макеты
admin-token-resource-texts = тексты
# Emails that another program asks for, each to one person.
admin-token-resource-transactional = отдельные письма
admin-token-resource-webhooks = вебхуки
admin-token-resource-settings = настройки
admin-token-resource-notifications = уведомления
