### Campaigns: overview, the form of a draft, deliveries, the report; the texts of scripts.

## Overview

admin-campaigns-new = Новая рассылка
admin-campaigns-subject = Тема
admin-campaigns-state = Состояние
admin-campaigns-mail = Письма
admin-campaigns-when = Когда
admin-campaigns-done = отправлено { $sent } из { $total }
# Of a campaign: what happened or happens last, and when.
admin-campaigns-ended = завершена { $at }
admin-campaigns-started = запущена { $at }
admin-campaigns-was-to-start = должна была запуститься { $at }
admin-campaigns-starts = запустится { $at }
admin-campaigns-made = создана { $at }
admin-campaigns-empty-title = Рассылок пока нет
admin-campaigns-empty = Рассылка отправляет публикацию по одному или нескольким спискам.
admin-campaigns-first = Создать первую рассылку
admin-campaigns-pages = Страницы
admin-campaigns-newest = Самые новые
admin-campaigns-older = Более ранние

## Draft

admin-draft-edit = Изменить рассылку
admin-draft-content-type = Вид содержимого
admin-draft-kind-post = Публикация
admin-draft-kind-digest = Дайджест
admin-draft-kind-markdown = Текст
admin-draft-kind-mjml = MJML
admin-draft-kind-html = HTML
admin-draft-no-list-title = Сначала создайте список
admin-draft-no-list = Рассылка отправляется по списку, а списков пока нет.
admin-draft-no-post-title = Сначала напишите публикацию
admin-draft-no-post = Публикаций для отправки пока нет. Можно написать письмо и без публикации.
admin-draft-write-post = Написать публикацию
admin-draft-post = Публикация
admin-draft-post-hint = Каждый подписчик получит публикацию на своём языке, если она на нём есть.
admin-draft-choose = Выберите…
admin-draft-preselected = Отмечены публикации, вышедшие после прошлого дайджеста, и события ближайших двух месяцев.
# Beside a post that is chosen but not published.
admin-draft-unpublished = черновик
admin-draft-subject = Тема
# $language is the name of a language in itself, $name a merge tag.
admin-draft-subject-hint = Язык этой темы – { $language }; темы на других языках указываются ниже. { $name } – имя читателя.
# Beside a language that has no text yet.
admin-draft-missing = нет
admin-draft-own-subject = Тема на этом языке
admin-draft-own-subject-hint = Оставьте пустым, чтобы взять заголовок.
admin-draft-title = Заголовок
admin-draft-digest-title-hint = Если оставить пустым: «Новости» и название сайта.
admin-draft-design-title-hint = Заголовок письма здесь и в архиве.
admin-draft-preheader = Прехедер
admin-draft-preheader-hint = Строка, которую почтовые программы показывают после темы.
admin-draft-post-preheader-hint = Строка, которую почтовые программы показывают после темы. Оставьте пустым, чтобы взять краткое содержание.
admin-draft-design-preheader-hint = Строка, которую почтовые программы показывают после темы. Если оставить пустым, берётся из самого письма.
admin-draft-from-name = Имя отправителя
admin-draft-from-name-hint = Оставьте пустым, чтобы взять имя отправителя, выбранного ниже.
admin-draft-introduction = Вступление
admin-draft-text = Текст
admin-draft-mjml-hint = Письмо целиком в формате <a href="https://documentation.mjml.io/" rel="noopener">MJML</a>.
admin-draft-html-hint = HTML-документ целиком. Стили встраиваются в теги; скрипты и формы не принимаются.
# Follows one of the two above. $link and $name are merge tags.
admin-draft-design-hint = В письме должна быть ссылка на <code>{ $link }</code>. Можно также использовать <code>{ $name }</code>, <code>preferences_url</code>, <code>archive_url</code>, <code>email</code>, <code>site_name</code> и <code>attributes.…</code>
admin-draft-markdown-hint = Markdown. <code>{ $name }</code> – имя читателя.
admin-draft-introduction-hint = Markdown; можно оставить пустым. <code>{ $name }</code> – имя читателя.
admin-draft-lists-hint = Подписчики, которые есть в нескольких списках, получат письмо один раз.
admin-draft-segment = Сегмент
admin-draft-everyone = все из этих списков
admin-draft-who = Кому из них
admin-draft-saved-segment = сохранённый сегмент
admin-draft-some = только некоторым
admin-draft-segment-name = Сохранить эти условия как сегмент
admin-draft-segment-name-hint = Оставьте пустым, чтобы они остались только у этой рассылки.
admin-draft-reached =
    { $count ->
        [one] Сейчас её получит <strong>{ $count } подписчик</strong>.
        [few] Сейчас её получат <strong>{ $count } подписчика</strong>.
       *[other] Сейчас её получат <strong>{ $count } подписчиков</strong>.
    }
admin-draft-not-counted = Чтобы увидеть число получателей, выберите список и заполните условия.
admin-draft-conditions-wrong = Заполните условия или отправьте всем из этих списков.
admin-draft-layout = Макет
admin-draft-sender = Отправитель
admin-draft-default-sender = { $sender } (по умолчанию)
admin-draft-own-sender = { $sender } (только в этой рассылке)
admin-draft-no-default-sender = Отправитель по умолчанию не задан: владелец указывает его в настройках, в разделе «Отправка».
admin-draft-add-senders = Других можно добавить в настройках, в разделе «Отправители».
admin-draft-owners-add-senders = Других добавляют владельцы в настройках, в разделе «Отправители».
admin-draft-archive = Показать в открытом архиве
admin-draft-archive-hint = В письме будет ссылка, чтобы прочитать его в браузере.
admin-draft-urgent = Срочно
admin-draft-urgent-hint = Сразу отправляется и подписчикам еженедельного дайджеста. Иначе они получат её в дайджесте.
admin-draft-files = Прикреплённые файлы
admin-draft-files-hint = Не больше { $most } файлов из медиатеки, всего до { $limit } МБ. Их несёт каждое письмо: ссылка на файл легче.
admin-draft-files-library = Загрузить файлы
admin-draft-file-number = Файл { $number }
admin-draft-file = Файл в медиатеке
admin-draft-file-name = Имя для получателей
admin-draft-file-language = Язык читателей
admin-draft-file-every-language = Все языки
admin-draft-file-missing = Этот файл удалён. Верните его из корзины или очистите поле, чтобы убрать его.
admin-draft-another-file = Ещё один файл
admin-draft-embed-pictures = Изображения внутри письма
admin-draft-embed-pictures-hint = Загруженные изображения видны сразу, даже если почтовая программа блокирует загрузку. Каждое письмо становится тяжелее на их размер.
admin-draft-calendar = Календарь
admin-draft-calendar-hint = Добавляет в календари читателей события, которые текст показывает карточками. Приглашение бывает на одно событие.
admin-draft-calendar-none = Ничего
admin-draft-calendar-publish = Файл календаря (.ics)
admin-draft-calendar-request = Приглашение
admin-draft-calendar-cancel = Убирает событие из календаря
admin-draft-schedule-for = Начало
admin-draft-schedule-hint = Часовой пояс: { $zone }. Оставьте пустым, чтобы запустить рассылку самостоятельно.
admin-draft-save-and-schedule = Сохранить и запланировать
admin-draft-overtaken = После того как вы открыли рассылку, её сохранил кто-то другой. Ваши изменения ниже, они не сохранены. Сохраните ещё раз, чтобы заменить ту версию, или откройте рассылку в другом окне и сравните.
admin-draft-create = Создать черновик
admin-draft-choose-option = Выберите один из вариантов.
admin-draft-choose-post = Выберите публикацию.
admin-draft-choose-lists = Выберите из этих списков.
admin-draft-created = Черновик создан
admin-draft-created-next = Ничего не отправится, пока вы не запустите рассылку.
# The title in a preview that has none yet.
admin-draft-untitled = Без заголовка

## Deliveries

admin-deliveries-title = Доставки
admin-deliveries-download = Скачать в CSV
# Before the states with their counts.
admin-deliveries-all = Все { $count }
admin-deliveries-empty-title = Доставок пока нет
admin-deliveries-empty = Они появятся здесь после запуска рассылки.
admin-deliveries-none-title = В этом состоянии ничего нет
admin-deliveries-none = Выберите другое состояние выше.
admin-deliveries-address = Адрес
admin-deliveries-attempts = Попытки
admin-deliveries-reply = Ответ SMTP
# The time since which the delivery is in its state.
admin-deliveries-since = С какого времени
# In place of an address.
admin-deliveries-erased = удалён
admin-deliveries-next = Дальше

## Report

admin-report-title = Отчёт
admin-report-all-deliveries = Все доставки
admin-report-empty-title = Отчёта пока нет
admin-report-empty = Отчёт появится после запуска рассылки.
admin-report-back = Назад к рассылке
admin-report-folded-title = Сохранены только числа
admin-report-folded = Отдельные доставки и их ход во времени удалены, когда истёк срок их хранения. Итоги, в том числе по доменам, остаются.
admin-report-folded-course = Отдельные доставки удалены, когда истёк срок их хранения. Итоги, в том числе по времени и по доменам, остаются.
admin-report-counted = По времени и по доменам: подсчитано { $at }
admin-report-counted-before = По времени и по доменам: подсчитано { $at }. С тех пор что-то изменилось, подсчёт повторится.
admin-report-counting = Числа по времени и по доменам подсчитываются. Откройте страницу снова через несколько минут.
admin-report-folded-since = С { $at }
admin-report-course = Ход отправки
# The lines of the chart.
admin-report-course-sent = отправлено
admin-report-course-deferred = отложено
admin-report-course-failed = отклонено или возвращено
admin-report-course-complained = жалобы на спам
admin-report-course-unsubscribed = отписались
admin-report-compared = Сравнение с прежними рассылками
admin-report-compared-hint = Десять последних, начатых до этой.
admin-report-campaign = Рассылка
admin-report-not-counted = не считались
admin-report-csv = Скачать показатели в CSV
admin-report-domains = По доменам
admin-report-domains-counted =
    { $count ->
        [one] { $count } домен с наибольшим числом получателей.
        [few] { $count } домена с наибольшим числом получателей.
       *[other] { $count } доменов с наибольшим числом получателей.
    }
admin-report-domain = Домен
admin-report-recipients = Получатели
admin-report-sent = Отправлено
admin-report-deferred = Отложено
admin-report-failed = Отклонено
admin-report-bounced = Возвращено
admin-report-complained = Жалобы на спам
admin-report-unsubscribed = Отписались
# A percentage with one decimal: whole part and tenths.
admin-report-share = { $whole },{ $tenths } %
admin-report-links = Ссылки
admin-report-links-hint = Сколько раз открыли каждую ссылку. Кто её открыл, записывается только о согласившихся читателях. Ссылки открывают и почтовые фильтры.
admin-report-no-links = Переходы по ссылкам не считаются. Подсчёт можно включить в настройках списка.
admin-report-seen = Открытия и переходы согласившихся
admin-report-seen-hint = Видны только читатели, согласившиеся до получения рассылки. Считаются и программы, которые загружают картинки сами, а те, что не загружают их никогда, не считаются.
admin-report-seen-of =
    { $count ->
        [one] Согласие дал { $count } получатель. Из них:
        [few] Согласие дали { $count } получателя. Из них:
       *[other] Согласие дали { $count } получателей. Из них:
    }
admin-report-seen-opened = Открыли
admin-report-seen-followed = Перешли по ссылке
admin-report-link = Ссылка
admin-report-clicks = Переходы

## What scripts show

# Beside the buttons of a form that is kept while somebody types in it.
admin-script-kept = Записано в { $time }, ещё не сохранено
admin-script-not-kept = Введённое сейчас не удаётся записывать; сохраните его поскорее
# On a button for a moment, where the browser did not allow it.
admin-script-not-copied = Не скопировано
admin-script-uploading-into = { $file } загружается
admin-script-not-uploaded = не удалось загрузить { $file }: { $why }
