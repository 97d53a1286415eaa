### API tokens.

admin-token-about = <a href="{ $api }">API</a> арқылы жұмыс істейтін бағдарламаларға арналған. Токеннің құқығы пайдаланушысының құқығынан аспайды.
admin-token-made = Токен жасалды
admin-token-made-text = Оны қазір көшіріп алыңыз: ол қайта көрсетілмейді.
admin-token-empty-title = Әзірге токен жоқ
admin-token-empty = Әр бағдарламаға бөлек токен жасаңыз, сонда біреуін басқаларына тимей жоюға болады.
admin-token-token = Токен
# Instead of a name; tokens of the command line have none.
admin-token-nameless = { $id } токені
admin-token-permissions = Құқықтары
admin-token-full-access-of-user = пайдаланушының барлық құқығы
admin-token-reads-everything = бәрін оқу
# One permission of a token: what it is about, and what it may do with it.
admin-token-permission = { $resource }: { $may }
admin-token-created-at = жасалған уақыты: { $when }
admin-token-last-used = Соңғы қолданылуы
admin-token-expires = Мерзімі
admin-token-expired = мерзімі өткен

## Revoking

admin-token-revoke = Жою
admin-token-revoke-ask = Жою…
admin-token-revoke-of = «{ $name }» токенін жою
admin-token-revoke-question = «{ $name }» токені жойылсын ба?
admin-token-revoke-text = Оны қолданатын бағдарламалар API-ге енді кіре алмайды.
admin-token-revoked = Токен жойылды

## Form

admin-token-new = Жаңа токен
admin-token-purpose = Не үшін керек
admin-token-some = Төменде белгіленгендер
admin-token-some-hint = Осыны таңдаған дұрыс: токен бөтен қолға түссе, бағдарламаға керегінен артық ештеңе ашылмайды.
admin-token-read-only = Тек оқу
admin-token-read-only-hint = Бәрін оқу, ештеңені өзгертпеу.
admin-token-full = Толық құқық
admin-token-full-hint = Сіздің қолыңыздан келетіннің бәрі.
admin-token-by-resource = Бөлімдер бойынша таңдау
admin-token-may-read = оқу
admin-token-may-write = оқу және өзгерту
admin-token-may-send = жіберу
admin-token-30-days = 30 күннен кейін
admin-token-90-days = 90 күннен кейін
admin-token-a-year = бір жылдан кейін
admin-token-choose-expiry = Токеннің мерзімін таңдаңыз.
admin-token-create = Жасау

## Resources

admin-token-resource-lists = тізімдер
admin-token-resource-subscribers = жазылушылар
admin-token-resource-suppressions = стоп-тізім
admin-token-resource-posts = жарияланымдар
admin-token-resource-events = іс-шаралар
admin-token-resource-media = медиа
admin-token-resource-campaigns = таратылымдар
admin-token-resource-layouts = макеттер
admin-token-resource-texts = мәтіндер
# Emails that another program asks for, each to one person.
admin-token-resource-transactional = жеке хаттар
admin-token-resource-webhooks = вебхуктер
admin-token-resource-settings = баптаулар
admin-token-resource-notifications = хабарландырулар
