### Outgoing webhooks.

admin-webhook-about = Сразу сообщайте другим программам о том, что произошло. Сообщения подписаны по стандарту <a href="{ $standard }">Standard Webhooks</a>; при неудаче отправка повторяется три дня.
admin-webhook-made = Вебхук создан
admin-webhook-made-text = Его сообщения подписаны этим ключом. Скопируйте ключ сейчас: больше он не будет показан.
admin-webhook-empty-title = Вебхуков пока нет
admin-webhook-empty = Сообщайте CRM или чату, кто подписался и отписался, какие письма вернулись и когда завершилась рассылка.
admin-webhook-address = Адрес
admin-webhook-events = События
admin-webhook-all-events = все
admin-webhook-state = Состояние
admin-webhook-on = включён
admin-webhook-off = выключен

## Turning on and off, deleting

admin-webhook-actions = Включение и удаление
admin-webhook-turn-on = Включить
admin-webhook-turn-on-of = Включить { $url }
admin-webhook-turn-off = Выключить
admin-webhook-turn-off-of = Выключить { $url }
admin-webhook-is-on = Вебхук { $url } включён
admin-webhook-is-off = Вебхук { $url } выключен
admin-webhook-delete-of = Удалить { $url }
admin-webhook-delete-question = Удалить вебхук { $url }?
admin-webhook-delete-text = Его неотправленные сообщения будут отброшены, а ключ станет недействительным.

## Form

admin-webhook-new = Новый вебхук
admin-webhook-url = URL получателя
admin-webhook-url-hint = Адрес https://, который принимает запросы POST.
admin-webhook-events-hint = Если ничего не отметить, отправляются все события.
admin-webhook-create = Создать

## Events

admin-webhook-event-subscription-joined = Кто-то хочет подписаться
admin-webhook-event-subscription-confirmed = Подписка подтверждена
admin-webhook-event-subscription-unsubscribed = Кто-то отписался от списка
admin-webhook-event-engagement-agreed = Кто-то дал согласие на запись открытий и переходов
admin-webhook-event-engagement-withdrawn = Кто-то отозвал согласие на запись открытий и переходов
admin-webhook-event-delivery-bounced = Письмо вернулось
admin-webhook-event-delivery-complained = Письмо отмечено как спам
admin-webhook-event-campaign-finished = Рассылка завершилась
admin-webhook-event-campaign-failed-to-start = Запланированная рассылка не запустилась
admin-webhook-event-import-finished = Импорт завершился
admin-webhook-event-campaign-ab-test-decided = A/B-тест решён
admin-webhook-event-campaign-ab-test-waits = A/B-тест ждёт человека
admin-webhook-event-series-entered = Подписчик входит в серию
admin-webhook-event-series-step = Шаг серии что-то сообщает
admin-webhook-event-series-finished = Серия для подписчика закончилась
