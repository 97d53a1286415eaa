### Segments: overview, the form, a rule in words.

admin-segment-segment = Сегмент
admin-segment-about = Правила, по которым для рассылок отбирается часть аудитории.
admin-segment-new = Новый сегмент
admin-segment-empty-title = Сегментов пока нет
admin-segment-empty = Сегмент отбирает подписчиков по атрибутам, языку, спискам, датам и полученным письмам. Рассылку можно отправить по сегменту.
admin-segment-who = Кто в нём
admin-segment-changed = Изменён

## Form

admin-segment-name = Название
admin-segment-name-taken = Сегмент с таким названием уже есть.
# Three choices follow.
admin-segment-where = Отбирать подписчиков, если
admin-segment-group = Группа { $number }
admin-segment-group-when = Группа выполняется, если
admin-segment-all = выполняются все условия
admin-segment-any = выполняется хотя бы одно условие
admin-segment-none = не выполняется ни одно условие
admin-segment-condition = Условие
admin-segment-condition-number = Условие { $number }
admin-segment-value = Значение
admin-segment-list = Список
admin-segment-any-list = любой список
admin-segment-attribute = Атрибут
admin-segment-number = Число
admin-segment-date = Дата
# Where nothing is chosen yet.
admin-segment-choose = Выберите…
# A button, where no script runs.
admin-segment-show-fields = Показать поля
admin-segment-add-condition = Добавить условие
admin-segment-add-condition-to = Добавить условие в группу { $number }
admin-segment-add-group = Добавить группу
admin-segment-add-group-to = Добавить группу в группу { $number }
admin-segment-remove-group = Убрать группу { $number }
admin-segment-count = Посчитать
admin-segment-not-counted = Добавьте условие, чтобы увидеть, сколько подписчиков подходит.
admin-segment-counted-later = Идёт подсчёт…
# Before a few addresses.
admin-segment-sample = Например:
# In place of the name of a segment.
admin-segment-own = условия этой рассылки
admin-segment-matching =
    { $count ->
        [one] <strong>{ $count } подписчик</strong> <span class="soft">подходит сейчас, без учёта списков и стоп-листа</span>
        [few] <strong>{ $count } подписчика</strong> <span class="soft">подходят сейчас, без учёта списков и стоп-листа</span>
       *[other] <strong>{ $count } подписчиков</strong> <span class="soft">подходят сейчас, без учёта списков и стоп-листа</span>
    }
admin-segment-saved-matching =
    { $count ->
        [one] Сейчас в нём { $count } подписчик.
        [few] Сейчас в нём { $count } подписчика.
       *[other] Сейчас в нём { $count } подписчиков.
    }
admin-segment-delete-text = Сегмент будет удалён. Подписчики не изменятся.

## What is wrong with a condition

admin-segment-needs-attribute = Укажите название атрибута.
admin-segment-needs-value = Укажите значение.
admin-segment-needs-choice = Выберите один из вариантов.
admin-segment-needs-number = Укажите число, например 18.
admin-segment-needs-days = Укажите число дней, например 30.
admin-segment-needs-day = Укажите день в виде 2026-01-31.
# The words yes and no are typed in English in every language.
admin-segment-needs-yes = Напишите yes (да) или no (нет).
admin-segment-needs-campaign = Укажите номер рассылки, как в её адресе.
admin-segment-needs-times = Укажите, сколько раз, например 3.
admin-segment-needs-condition = Выберите условие.
admin-segment-no-list = Списка с таким коротким именем нет.

## Campaigns that can go to a segment

admin-segment-campaigns = Ещё не отправленные рассылки
admin-segment-campaign = Рассылка
admin-segment-goes-to = Кому отправляется
admin-segment-all-lists = всем её спискам
admin-segment-send-to-lists = Отправить всем её спискам
admin-segment-send-here = Отправить этому сегменту
admin-segment-campaign-to-lists = Рассылка снова отправляется всем её спискам
admin-segment-campaign-here = Рассылка отправляется сегменту «{ $name }»
admin-segment-campaign-here-who = Её получат подписчики её списков, которые подходят под сегмент.

## Conditions to choose from

admin-segment-tests-lists = Списки и даты
admin-segment-tests-person = Человек
admin-segment-tests-tags = Метки
admin-segment-tests-attributes = Атрибуты
admin-segment-tests-mail = Отправленные письма
admin-segment-test-attribute-is = атрибут равен
admin-segment-test-attribute-is-not = атрибут не равен
admin-segment-test-attribute-contains = атрибут содержит
admin-segment-test-attribute-above = атрибут больше
admin-segment-test-attribute-below = атрибут меньше
admin-segment-test-attribute-before = атрибут – дата раньше
admin-segment-test-attribute-since = атрибут – эта дата или более поздняя
admin-segment-test-attribute-set = атрибут указан
admin-segment-test-attribute-missing = атрибут не указан
admin-segment-test-language = язык
admin-segment-test-frequency = частота писем
admin-segment-test-paused = письма на паузе
admin-segment-test-on-list = есть в списке
admin-segment-test-not-on-list = нет в списке
admin-segment-test-membership = подписка на список
admin-segment-test-tag = есть метка
admin-segment-test-not-tag = нет метки
admin-segment-test-joined-before = в базе с даты раньше
admin-segment-test-joined-since = в базе с этой даты или позже
admin-segment-test-joined-within = в базе не больше … дней
admin-segment-test-confirmed-before = в списке с даты раньше
admin-segment-test-confirmed-since = в списке с этой даты или позже
admin-segment-test-sent-campaign = отправлена рассылка
admin-segment-test-not-sent-campaign = не отправлялась рассылка
admin-segment-test-ever-mailed = отправлялась хотя бы одна рассылка
admin-segment-test-soft-bounced = временных возвратов писем: … или больше
admin-segment-test-mailed-within = за последние … дней отправлялась рассылка
admin-segment-test-not-mailed-within = за последние … дней рассылок не отправлялось
admin-segment-test-failed-within = за последние … дней письмо не доставлено или вернулось

## A rule in words: “city is Astana, and language is kk”

admin-segment-and = { $first }, и { $second }
admin-segment-or = { $first }, или { $second }
admin-segment-none-of = ни одно из этих условий: { $conditions }
# $name is an attribute or a list.
admin-segment-attribute-is = { $name } равно { $value }
admin-segment-attribute-is-not = { $name } не равно { $value }
admin-segment-attribute-contains = { $name } содержит { $value }
admin-segment-attribute-above = { $name } больше { $value }
admin-segment-attribute-below = { $name } меньше { $value }
admin-segment-attribute-before = { $name } – дата раньше { $value }
admin-segment-attribute-since = { $name } – дата { $value } или более поздняя
admin-segment-attribute-set = атрибут { $name } указан
admin-segment-attribute-missing = атрибут { $name } не указан
admin-segment-language = язык { $value }
admin-segment-mail-frequency = частота писем: { $value }
admin-segment-frequency-each = каждое отдельно
admin-segment-frequency-weekly = еженедельный дайджест
# $value is “yes” or “no”.
admin-segment-paused = письма на паузе: { $value }
admin-segment-on-list = есть в списке { $value }
admin-segment-not-on-list = нет в списке { $value }
admin-segment-subscription = подписка на список { $name } { $value }
admin-segment-membership-pending = ждёт подтверждения
admin-segment-membership-confirmed = подтверждена
admin-segment-membership-unsubscribed = отменена
admin-segment-membership-none = не оформлялась
admin-segment-tag = есть метка { $value }
admin-segment-not-tag = нет метки { $value }
admin-segment-joined-before = в базе с даты раньше { $value }
admin-segment-joined-since = в базе с { $value } или позже
admin-segment-joined-within =
    { $count ->
        [one] в базе не больше { $count } дня
       *[other] в базе не больше { $count } дней
    }
admin-segment-list-before = в списке { $name } с даты раньше { $value }
admin-segment-list-since = в списке { $name } с { $value } или позже
admin-segment-any-list-before = в каком-либо списке с даты раньше { $value }
admin-segment-any-list-since = в каком-либо списке с { $value } или позже
admin-segment-sent-campaign = отправлена рассылка номер { $value }
admin-segment-not-sent-campaign = не отправлялась рассылка номер { $value }
# $value is “yes” or “no”.
admin-segment-ever-mailed = отправлялась хотя бы одна рассылка: { $value }
admin-segment-soft-bounced =
    { $count ->
        [one] временных возвратов писем: { $count } или больше
       *[other] временных возвратов писем: { $count } или больше
    }
admin-segment-mailed-within =
    { $count ->
        [one] за последний { $count } день отправлялась рассылка
        [few] за последние { $count } дня отправлялась рассылка
       *[other] за последние { $count } дней отправлялась рассылка
    }
admin-segment-not-mailed-within =
    { $count ->
        [one] за последний { $count } день рассылок не отправлялось
        [few] за последние { $count } дня рассылок не отправлялось
       *[other] за последние { $count } дней рассылок не отправлялось
    }
admin-segment-failed-within =
    { $count ->
        [one] за последний { $count } день письмо не доставлено или вернулось
        [few] за последние { $count } дня письмо не доставлено или вернулось
       *[other] за последние { $count } дней письмо не доставлено или вернулось
    }
admin-segment-tests-engagement = Видно с согласия читателя
admin-segment-test-engagement-agreed = согласие на запись открытий и переходов
admin-segment-test-opened-campaign = открыта рассылка
admin-segment-test-not-opened-campaign = получена и не открыта рассылка
admin-segment-test-opened-within = за последние … дней открыта рассылка
admin-segment-test-not-opened-within = за последние … дней рассылки получены и ни одна не открыта
admin-segment-test-followed-link-of = был переход по ссылке рассылки
admin-segment-test-followed-url = был переход по ссылке, в адресе которой есть
admin-segment-test-active-within = активность за последние … дней
admin-segment-test-inactive-for = нет активности … дней
admin-segment-engagement-hint =
    { $count ->
        [one] Выбирает только из { $count } человека, давшего согласие. Об остальных никто не знает.
        [few] Выбирает только из { $count } человек, давших согласие. Об остальных никто не знает.
       *[other] Выбирает только из { $count } человек, давших согласие. Об остальных никто не знает.
    }
admin-segment-engagement-off = Не выбирает никого: открытия и переходы здесь не видны. Это можно включить в настройках.
admin-segment-engagement-agreed = дано согласие на запись открытий и переходов
admin-segment-opened-campaign = открыта рассылка номер { $value }
admin-segment-not-opened-campaign = получена и не открыта рассылка номер { $value }
admin-segment-opened-within =
    { $count ->
        [one] за последний { $count } день открыта рассылка
        [few] за последние { $count } дня открыта рассылка
       *[other] за последние { $count } дней открыта рассылка
    }
admin-segment-not-opened-within =
    { $count ->
        [one] за последний { $count } день рассылки получены и ни одна не открыта
        [few] за последние { $count } дня рассылки получены и ни одна не открыта
       *[other] за последние { $count } дней рассылки получены и ни одна не открыта
    }
admin-segment-followed-link-of = был переход по ссылке рассылки номер { $value }
admin-segment-followed-url = был переход по ссылке, в адресе которой есть «{ $value }»
admin-segment-active-within =
    { $count ->
        [one] активность за последний { $count } день
        [few] активность за последние { $count } дня
       *[other] активность за последние { $count } дней
    }
admin-segment-inactive-for =
    { $count ->
        [one] нет активности { $count } день
        [few] нет активности { $count } дня
       *[other] нет активности { $count } дней
    }

## Members

admin-segment-members = Подписчики сегмента
admin-segment-members-of = Подписчики сегмента «{ $name }»
admin-segment-export = Скачать в CSV
