### Что видят посетители на открытых страницах.

## Навигация

nav-label = Главное меню
language-choose = Выберите язык
nav-skip = Перейти к содержанию
nav-home = Главная
nav-posts = Публикации
nav-events = События
nav-media = Медиа

## Главная

home-latest-posts = Последние публикации
home-all-posts = Все публикации
home-upcoming-events = Ближайшие события
home-all-events = Полный календарь
home-music = Музыка
home-all-media = Все изображения и музыка
home-join-title = Подпишитесь на нашу рассылку
home-join-lead = Новости и приглашения – прямо в ваш почтовый ящик. Отписаться можно одним нажатием.
home-join-button = Подписаться

## Публикации

posts-title = Публикации
posts-in-category = Публикации в рубрике «{ $category }»
posts-empty = Публикаций пока нет.
post-by = Автор: { $author }
# The title of the copy of a post or event.
copy-of = Копия: { $title }
post-previous = Предыдущая публикация
post-next = Следующая публикация
post-back = Ко всем публикациям
post-share = Поделиться
post-share-email = Поделиться по почте
post-copy-link = Скопировать ссылку
post-link-copied = Ссылка скопирована.
post-in-other-language = Этой публикации пока нет на вашем языке, поэтому она показана на другом: { $language }.
post-other-languages = Есть также:
# Имя таблицы, которую можно прокручивать отдельно.
post-table = Таблица { $number }

category-general = Общее
category-culture = Культура
category-consular = Консульские вопросы
category-education = Образование

## Страницы длинного списка

pages-label = Страницы
pages-previous = Назад
pages-next = Вперёд

## События

events-title = События
events-month = События: { $month }
events-empty = На этот месяц пока ничего не запланировано.
events-upcoming-empty = На ближайшие дни ничего не запланировано.
events-previous-month = Предыдущий месяц
events-next-month = Следующий месяц
events-subscribe = Подключить календарь
events-subscribe-hint = Календарь в вашем приложении обновляется сам.
event-when = Когда
event-where = Где
event-all-day = Весь день
event-time-range = { $start }–{ $end }
event-time-zone = Часовой пояс: { $zone }
event-add = Добавить в мой календарь
event-past = Это событие уже прошло.
event-repeats = Повторяется
event-repeats-daily =
    { $every ->
        [one] каждый { $every } день
        [few] каждые { $every } дня
       *[other] каждые { $every } дней
    }
event-repeats-weekly =
    { $every ->
        [one] каждую { $every } неделю
        [few] каждые { $every } недели
       *[other] каждые { $every } недель
    }
event-repeats-monthly =
    { $every ->
        [one] каждый { $every } месяц
        [few] каждые { $every } месяца
       *[other] каждые { $every } месяцев
    }
event-repeats-yearly =
    { $every ->
        [one] каждый { $every } год
        [few] каждые { $every } года
       *[other] каждые { $every } лет
    }
event-repeats-until = { $often }, до { $date }

## Медиа

media-title = Медиа
media-pictures = Изображения
media-music = Музыка
media-documents = Документы
media-empty = Файлов пока нет.

## Ленты и подвал страницы

feed-title = { $site }: публикации
feed-atom = Лента Atom
feed-json = Лента JSON
feed-calendar = Календарь (iCalendar)

footer-about = { $site } пишет только тем, кто сам об этом попросил.
footer-privacy = Ваш адрес не используется ни для чего другого и никому не передаётся.

## Архив отправленных писем

archive-title = Отправленные письма
archive-sent-on = Отправлено { $date }
archive-notice = Это веб-версия письма. Чтобы получить следующее по почте, подпишитесь на рассылку.
archive-empty = Пока не отправлено ни одного письма. Подпишитесь, чтобы получить первое.
archive-files = Прикреплённые файлы

## Дни, месяцы и даты

# Месяцы в именительном падеже, как в заголовке календаря.
month-1 = Январь
month-2 = Февраль
month-3 = Март
month-4 = Апрель
month-5 = Май
month-6 = Июнь
month-7 = Июль
month-8 = Август
month-9 = Сентябрь
month-10 = Октябрь
month-11 = Ноябрь
month-12 = Декабрь

# Месяцы в родительном падеже, после числа.
month-of-1 = января
month-of-2 = февраля
month-of-3 = марта
month-of-4 = апреля
month-of-5 = мая
month-of-6 = июня
month-of-7 = июля
month-of-8 = августа
month-of-9 = сентября
month-of-10 = октября
month-of-11 = ноября
month-of-12 = декабря

month-short-1 = янв.
month-short-2 = февр.
month-short-3 = мар.
month-short-4 = апр.
month-short-5 = мая
month-short-6 = июн.
month-short-7 = июл.
month-short-8 = авг.
month-short-9 = сент.
month-short-10 = окт.
month-short-11 = нояб.
month-short-12 = дек.

# Дни недели: 1 – понедельник, 7 – воскресенье (ISO 8601).
weekday-1 = понедельник
weekday-2 = вторник
weekday-3 = среда
weekday-4 = четверг
weekday-5 = пятница
weekday-6 = суббота
weekday-7 = воскресенье

weekday-short-1 = Пн
weekday-short-2 = Вт
weekday-short-3 = Ср
weekday-short-4 = Чт
weekday-short-5 = Пт
weekday-short-6 = Сб
weekday-short-7 = Вс

# $month – из month-of-…; $day и $year передавать текстом, чтобы цифры не разбивались на группы.
date-long = { $day } { $month } { $year } г.
# $weekday – из weekday-…, $date – из date-long.
date-with-weekday = { $weekday }, { $date }
# $date – из одного из образцов выше, $time – вида 18:30.
date-time = { $date }, { $time }
# $month – из month-….
date-month-year = { $month } { $year }
