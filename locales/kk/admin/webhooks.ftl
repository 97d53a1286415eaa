### Outgoing webhooks.

admin-webhook-about = Не болғанын басқа бағдарламаларға бірден хабарлаңыз. Хабарламаларға <a href="{ $standard }">Standard Webhooks</a> стандарты бойынша қол қойылады; жеткізілмесе, үш күн бойы қайта жіберіледі.
admin-webhook-made = Вебхук жасалды
admin-webhook-made-text = Хабарламаларына осы кілтпен қол қойылады. Кілтті қазір көшіріп алыңыз: ол қайта көрсетілмейді.
admin-webhook-empty-title = Әзірге вебхук жоқ
admin-webhook-empty = CRM-ге немесе чатқа кім жазылғанын, кім шыққанын, қай хаттар қайтарылғанын және таратылым қашан аяқталғанын хабарлаңыз.
admin-webhook-address = Мекенжайы
admin-webhook-events = Оқиғалар
admin-webhook-all-events = барлығы
admin-webhook-state = Күйі
admin-webhook-on = қосулы
admin-webhook-off = өшірулі

## Turning on and off, deleting

admin-webhook-actions = Қосу және жою
admin-webhook-turn-on = Қосу
admin-webhook-turn-on-of = { $url } вебхугін қосу
admin-webhook-turn-off = Өшіру
admin-webhook-turn-off-of = { $url } вебхугін өшіру
admin-webhook-is-on = { $url } қосылды
admin-webhook-is-off = { $url } өшірілді
admin-webhook-delete-of = { $url } вебхугін жою
admin-webhook-delete-question = { $url } вебхугі жойылсын ба?
admin-webhook-delete-text = Жіберілмеген хабарламалары өшіріледі, ал кілті жарамсыз болады.

## Form

admin-webhook-new = Жаңа вебхук
admin-webhook-url = Қабылдаушының URL мекенжайы
admin-webhook-url-hint = POST сұрауларын қабылдайтын https:// мекенжайы.
admin-webhook-events-hint = Ештеңе белгілемесеңіз, барлық оқиға жіберіледі.
admin-webhook-create = Жасау

## Events

admin-webhook-event-subscription-joined = Біреу жазылғысы келеді
admin-webhook-event-subscription-confirmed = Жазылым расталды
admin-webhook-event-subscription-unsubscribed = Біреу тізімнен шықты
admin-webhook-event-engagement-agreed = Біреу хаттарды ашу мен сілтемелер көрінуіне келісім берді
admin-webhook-event-engagement-withdrawn = Біреу хаттарды ашу мен сілтемелер көрінуіне келісімін қайтарып алды
admin-webhook-event-delivery-bounced = Хат қайтарылды
admin-webhook-event-delivery-complained = Хат спам деп белгіленді
admin-webhook-event-campaign-finished = Таратылым аяқталды
admin-webhook-event-campaign-failed-to-start = Жоспарланған таратылым басталмады
admin-webhook-event-import-finished = Импорт аяқталды
admin-webhook-event-campaign-ab-test-decided = A/B сынағы шешілді
admin-webhook-event-campaign-ab-test-waits = A/B сынағы адамды күтеді
admin-webhook-event-series-entered = Жазылушы топтамаға кірді
admin-webhook-event-series-step = Топтама қадамы бірдеңе хабарлайды
admin-webhook-event-series-finished = Топтама жазылушы үшін аяқталды
