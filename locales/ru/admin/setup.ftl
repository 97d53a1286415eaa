### The first start in the browser: the owner, then step by step.

admin-setup-title = Настройка Jarshy
admin-setup-brand = Первая настройка
admin-setup-lead = Любой шаг можно отложить. Что осталось сделать, видно на странице «Обзор» и в настройках.
admin-setup-steps = Шаги
admin-setup-position = Шаг { $step } из { $count }
admin-setup-step-site = Организация и адрес
admin-setup-step-sender = Отправитель и SMTP-сервер
admin-setup-step-list = Первый список
admin-setup-step-domain = DNS-записи домена
admin-setup-continue = Сохранить и продолжить
admin-setup-later = Позже

## The owner

admin-setup-owner = Создайте владельца
admin-setup-owner-lead = Владелец может всё и добавляет остальных пользователей. Этот адрес действует, пока владельца нет.
admin-setup-password = Пароль
admin-setup-password-hint = Не меньше { $count } символов: несколько слов, не связанных между собой.
admin-setup-owner-create = Создать владельца и продолжить
admin-setup-used = Этот адрес уже использован
admin-setup-used-text = Владелец уже есть. Если это вы, войдите. Если им должны быть вы, обратитесь к владельцу или выполните на сервере <code>jarshy user reset EMAIL</code>.
admin-setup-sign-in = Войти
admin-setup-expired = Срок действия этого адреса истёк
admin-setup-expired-text = Перезапустите <code>jarshy serve</code>: он напечатает новый. Или выполните на сервере <code>jarshy setup</code>.

## Organisation and address

admin-setup-site-title = Первая настройка: организация
admin-setup-organisation = Организация
admin-setup-organisation-hint = Это название видят посетители и читатели.
# $origin says where it was set, such as “set by JARSHY_LANGUAGE”.
admin-setup-language-given = Язык задан { $origin }.
admin-setup-time-zone-given = Часовой пояс задан { $origin }.
admin-setup-public-url-hint = Адрес, который открывают посетители, например https://news.example.org. Он проверяется при сохранении. Если он отличается от нынешнего, войдите заново по новому.
admin-setup-public-url-given = Публичный адрес – { $url }, он задан { $origin }.
admin-setup-reached = Адрес { $url } открывается и ведёт сюда.
admin-setup-not-reached = Публичный адрес не открывается. Пока это так, ссылки в письмах никуда не ведут.

## Sender and relay

admin-setup-sender-title = Первая настройка: отправитель и SMTP-сервер
admin-setup-sender-hint = Имя {"<"}адрес> или только адрес. Читатели видят его во входящих.
admin-setup-sender-given = Отправитель – { $sender }, он задан { $origin }.
admin-setup-relay = SMTP-сервер
admin-setup-relays-given = SMTP-серверы заданы { $origin }.
admin-setup-relays-several =
    { $count ->
        [one] Задан { $count } SMTP-сервер; изменить это можно в <a href="/admin/settings/relays">настройках</a>.
        [few] Задано { $count } SMTP-сервера; изменить их можно в <a href="/admin/settings/relays">настройках</a>.
       *[other] Задано { $count } SMTP-серверов; изменить их можно в <a href="/admin/settings/relays">настройках</a>.
    }
admin-setup-relay-lead = Сервер, который принимает ваши письма и доставляет их. Адрес сервера, имя пользователя и пароль сообщает ваш почтовый провайдер.
admin-setup-host-hint = Например, smtp.example.org.
admin-setup-host-first = Сначала укажите SMTP-сервер.
admin-setup-test = Сохранить и отправить проверочное письмо на { $email }

## First list

admin-setup-list-title = Первая настройка: первый список
admin-setup-lists-known =
    { $count ->
        [one] У вас { $count } список
        [few] У вас { $count } списка
       *[other] У вас { $count } списков
    }
admin-setup-lists-known-text = { $lists }. Можно <a href="/admin/setup/domain">продолжить</a> или создать ещё один.
admin-setup-list-lead = Люди подписываются на список, и рассылки отправляются по спискам. Этот список открытый, и каждый подтверждает подписку по эл. почте. Изменить это можно в разделе «Списки».
# The name that is suggested for the first list.
admin-setup-list-suggested = Новости
admin-setup-list-slug-hint = Часть адресов, таких как /join/news. Изменить её потом нельзя.
admin-setup-list-create = Создать и продолжить

## Domain records

admin-setup-domain-title = Первая настройка: DNS-записи домена
admin-setup-domain-no-sender = Записи относятся к домену отправителя.
admin-setup-domain-again = Проверить ещё раз
admin-setup-domain-lead = Опубликуйте эти записи там, где управляют DNS домена. Они проверены только что.
admin-setup-domain-unsigned = Крупные почтовые службы не принимают массовые письма без подписи.
admin-setup-domain-create-keys = Создать ключи подписи
admin-setup-domain-keys-created = Сразу опубликуйте их записи: письма уже подписываются.
admin-setup-domain-keys-known = Ключи уже есть
admin-setup-dashboard = Перейти к обзору
