### What visitors read on the public pages.

## Navigation

nav-label = Головне меню
language-choose = Виберіть мову
nav-skip = Перейти до вмісту
nav-home = Головна
nav-posts = Дописи
nav-events = Події
nav-media = Медіа

## Home

home-latest-posts = Останні дописи
home-all-posts = Усі дописи
home-upcoming-events = Найближчі події
home-all-events = Увесь календар
home-music = Музика
home-all-media = Усі зображення та музика
home-join-title = Підпишіться на нашу розсилку
home-join-lead = Новини й запрошення – просто до вашої поштової скриньки. Відписатися можна одним натисканням.
home-join-button = Підписатися

## Posts

posts-title = Дописи
posts-in-category = Дописи в категорії «{ $category }»
posts-empty = Дописів тут поки немає. Завітайте, будь ласка, трохи згодом.
post-by = Автор: { $author }
# The title of the copy of a post or event.
copy-of = Копія: { $title }
post-previous = Попередній допис
post-next = Наступний допис
post-back = До всіх дописів
post-share = Поділитися
post-share-email = Поділитися поштою
post-copy-link = Копіювати посилання
post-link-copied = Посилання скопійовано.
post-in-other-language = Цього допису ще немає вашою мовою, тож його показано іншою: { $language }.
post-other-languages = Іншими мовами:
# Names a table that can be scrolled by itself.
post-table = Таблиця { $number }

category-general = Загальне
category-culture = Культура
category-consular = Консульські питання
category-education = Освіта

## Pages of a long list

pages-label = Сторінки
pages-previous = Назад
pages-next = Далі

## Events

events-title = Події
events-month = { $month }: події
events-empty = На цей місяць поки нічого не заплановано.
events-upcoming-empty = На найближчі дні нічого не заплановано.
events-previous-month = Попередній місяць
events-next-month = Наступний місяць
events-subscribe = Додати цей календар до свого
events-subscribe-hint = Програми-календарі самі стежать за оновленнями за цією адресою.
event-when = Коли
event-where = Де
event-all-day = Увесь день
event-time-range = { $start }–{ $end }
event-time-zone = Часовий пояс: { $zone }
event-add = Додати до мого календаря
event-past = Ця подія вже минула.
event-repeats = Повторюється
event-repeats-daily =
    { $every ->
        [1] щодня
        [one] раз на { $every } день
        [few] раз на { $every } дні
        [many] раз на { $every } днів
       *[other] раз на { $every } дня
    }
event-repeats-weekly =
    { $every ->
        [1] щотижня
        [one] раз на { $every } тиждень
        [few] раз на { $every } тижні
        [many] раз на { $every } тижнів
       *[other] раз на { $every } тижня
    }
event-repeats-monthly =
    { $every ->
        [1] щомісяця
        [one] раз на { $every } місяць
        [few] раз на { $every } місяці
        [many] раз на { $every } місяців
       *[other] раз на { $every } місяця
    }
event-repeats-yearly =
    { $every ->
        [1] щороку
        [one] раз на { $every } рік
        [few] раз на { $every } роки
        [many] раз на { $every } років
       *[other] раз на { $every } року
    }
event-repeats-until = { $often }, до { $date }

## Media

media-title = Медіа
media-pictures = Зображення
media-music = Музика
media-documents = Документи
media-empty = Тут поки нема чого дивитися чи слухати.

## Feeds and footer

feed-title = { $site }: дописи
feed-atom = Стрічка Atom
feed-json = Стрічка JSON
feed-calendar = Календар (iCalendar)

footer-about = «{ $site }» надсилає новини лише тим, хто про це попросив.
footer-privacy = Вашу адресу не використовують ні для чого іншого й нікому не передають.

## Archive of sent mail

archive-title = Попередні листи
archive-sent-on = Надіслано { $date }
archive-notice = Це вебверсія листа. Щоб отримати наступний, підпишіться на розсилку.
archive-empty = Ще не надіслано жодного листа. Підпишіться на розсилку, щоб отримати перший.
archive-files = Вкладені файли

## Days, months and dates

# Month names standing alone, as in the calendar's heading.
month-1 = Січень
month-2 = Лютий
month-3 = Березень
month-4 = Квітень
month-5 = Травень
month-6 = Червень
month-7 = Липень
month-8 = Серпень
month-9 = Вересень
month-10 = Жовтень
month-11 = Листопад
month-12 = Грудень

# Month names as they stand inside a date, after the day.
month-of-1 = січня
month-of-2 = лютого
month-of-3 = березня
month-of-4 = квітня
month-of-5 = травня
month-of-6 = червня
month-of-7 = липня
month-of-8 = серпня
month-of-9 = вересня
month-of-10 = жовтня
month-of-11 = листопада
month-of-12 = грудня

month-short-1 = січ.
month-short-2 = лют.
month-short-3 = бер.
month-short-4 = квіт.
month-short-5 = трав.
month-short-6 = черв.
month-short-7 = лип.
month-short-8 = серп.
month-short-9 = вер.
month-short-10 = жовт.
month-short-11 = лист.
month-short-12 = груд.

# Days of the week: 1 is Monday, 7 is Sunday (ISO 8601).
weekday-1 = понеділок
weekday-2 = вівторок
weekday-3 = середа
weekday-4 = четвер
weekday-5 = п’ятниця
weekday-6 = субота
weekday-7 = неділя

weekday-short-1 = Пн
weekday-short-2 = Вт
weekday-short-3 = Ср
weekday-short-4 = Чт
weekday-short-5 = Пт
weekday-short-6 = Сб
weekday-short-7 = Нд

# $month is from month-of-…; give $day and $year as text, so that no digits are grouped.
date-long = { $day } { $month } { $year } року
# $weekday is from weekday-…, $date from date-long.
date-with-weekday = { $weekday }, { $date }
# $date is from one of the patterns above, $time is like 18:30.
date-time = { $date }, { $time }
# $month is from month-….
date-month-year = { $month } { $year }
