### Deliverability: rates, checks of the senders' domains, returned mail.

admin-deliverability-lead = Насколько хорошо ваши письма доходят до читателей и что можно улучшить.
admin-deliverability-period = Последние 30 дней
admin-deliverability-sent =
    { $count ->
        [one] отправлено { $count } письмо
        [few] отправлено { $count } письма
       *[other] отправлено { $count } писем
    }

## Rates and findings

admin-deliverability-what = Что
admin-deliverability-count = Количество
admin-deliverability-rate = Доля
admin-deliverability-limit = Предел
admin-deliverability-state = Состояние
admin-deliverability-complaints = Жалобы на спам
admin-deliverability-hard-bounces = Окончательные возвраты
# A percentage with decimals: other languages write a comma.
admin-deliverability-percent = { $whole },{ $fraction } %
admin-deliverability-finding-good = в порядке
admin-deliverability-finding-weak = можно лучше
admin-deliverability-finding-wrong = не в порядке

## Domains

admin-deliverability-domain = Домен отправителя
admin-deliverability-no-sender = Отправитель не указан
admin-deliverability-no-sender-text = Укажите адрес, с которого отправляются письма.
admin-deliverability-checked-at = проверено { $date }
admin-deliverability-check-now = Проверить сейчас
admin-deliverability-check-all = Проверить все домены сейчас
admin-deliverability-unchecked = Ещё не проверено
admin-deliverability-unchecked-text = SPF, DKIM, DMARC, MX, обратный DNS, TLS и отписка одним нажатием – всё, чего Google и Yahoo требуют от массовых отправителей. Запросы к DNS занимают несколько секунд.
admin-deliverability-checked = Проверено
admin-deliverability-not-all-checked = Не все домены удалось проверить

## Table of checks

admin-deliverability-check = Проверка
admin-deliverability-result = Результат и что делать
admin-deliverability-found = Результат
admin-deliverability-name-sender = Отправитель
admin-deliverability-name-alignment = Согласованность доменов
admin-deliverability-name-reverse-dns = Обратный DNS
admin-deliverability-name-one-click = Отписка одним нажатием
# A DNS record to publish.
admin-deliverability-record-name = Имя
admin-deliverability-record-type = Тип
admin-deliverability-record-value = Значение
# For screen readers, after “Copy”.
admin-deliverability-the-name = имя
admin-deliverability-the-value = значение
admin-deliverability-zone-file = Для файла зоны

## Incoming emails that were set aside

admin-deliverability-aside = Входящие письма, которые не удалось обработать
admin-deliverability-aside-text = Они хранятся здесь, чтобы следующие за ними письма обрабатывались. Прочитайте причину, затем попробуйте ещё раз или удалите их.
admin-deliverability-when = Когда
admin-deliverability-to = Кому
admin-deliverability-why = Причина
admin-deliverability-actions = Действия
admin-deliverability-unknown-by = неизвестно, источник: { $source }
admin-deliverability-source-relay = SMTP-сервер
admin-deliverability-source-listener = приём почты
admin-deliverability-source-pipe = jarshy inbound
admin-deliverability-source-mailbox = почтовый ящик
admin-deliverability-source-ses = Amazon SES
admin-deliverability-source-postmark = Postmark
admin-deliverability-source-sendgrid = SendGrid
admin-deliverability-source-mailgun = Mailgun
admin-deliverability-source-brevo = Brevo
admin-deliverability-try-again = Попробовать ещё раз

## What came back

admin-deliverability-back = Возвраты, жалобы и ответы
admin-deliverability-back-empty-title = Пока ничего нет
admin-deliverability-back-empty = Здесь появятся возвраты, жалобы и просьбы об отписке, когда они придут через jarshy serve --inbound, проверяемый почтовый ящик или вебхук провайдера.
admin-deliverability-who = Кто
admin-deliverability-reply = Ответ сервера
admin-deliverability-unknown-address = неизвестный адрес
admin-deliverability-not-counted = (не учитывается: такое может прислать кто угодно)
admin-deliverability-campaign = рассылка { $number }
admin-deliverability-pages = Страницы
admin-deliverability-earlier = Более ранние
