### The approval of a campaign by a second person.

# The headings of the notice on its page, by how far it is.
admin-approval-missing = Нужно одобрение
admin-approval-requested = Ожидает одобрения
admin-approval-approved = Одобрена
admin-approval-void = Одобрение больше не действует
admin-approval-missing-text = Прежде чем запустить или запланировать эту рассылку, её должен одобрить другой пользователь.
# $who: an address, $when: a date and a time.
admin-approval-requested-text = Одобрение запросил пользователь { $who } { $when }. Одобрить может тот, кто вправе изменять, не запрашивал одобрение и не вносил последнее изменение.
admin-approval-approved-text = Одобрил пользователь { $who } { $when }. Любое изменение рассылки, её содержания, макета или аудитории отменит одобрение.
# $approved and $who: addresses, $part: one of the words below.
admin-approval-void-text = Рассылку одобрил пользователь { $approved }, а затем { $who } изменил: { $part }. Запросите новое одобрение.
admin-approval-part-campaign = рассылка
admin-approval-part-post = публикация из рассылки
admin-approval-part-event = событие из рассылки
admin-approval-part-layout = макет
admin-approval-part-snippet = фрагмент, который она показывает
admin-approval-part-segment = аудитория
admin-approval-ask = Запросить одобрение
admin-approval-asked = Одобрение запрошено
admin-approval-asked-text = Сообщите коллеге: рассылка ждёт, пока другой пользователь не одобрит её на этой странице.
admin-approval-give = Одобрить
admin-approval-given = Одобрено
admin-approval-will-fail = Рассылка не сможет запуститься
admin-approval-will-fail-text = Она запланирована и не одобрена. Если её не одобрят до назначенного времени, запуск не удастся.
# In the list of campaigns.
admin-approval-waits = ожидает одобрения
