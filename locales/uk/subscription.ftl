### Joining, confirming, leaving, and everything a subscriber may change.

## Join

join-title = Підпишіться на нашу розсилку
join-lead = Виберіть, про що ви хотіли б дізнаватися. Ми надішлемо один лист, щоб переконатися, що адреса ваша.
join-one-lead = Ми надішлемо один лист, щоб переконатися, що адреса ваша.
join-email-label = Адреса електронної пошти
join-email-hint = Наприклад, name@example.com
join-name-label = Ваше ім’я
join-name-hint = За бажанням. Потрібне лише для того, щоб до вас звертатися.
join-lists-label = Що вам надсилати
join-language-label = Мова листів
# The wording kept as evidence of consent.
consent-wording = Я погоджуюся отримувати на цю адресу вибрані мною листи від «{ $site }». Я можу будь-коли відписатися одним натисканням.
engagement-wording = Я також погоджуюся з тим, що «{ $site }» бачить, чи відкриваю я листи та за якими посиланнями в них переходжу. Цю згоду можна будь-коли відкликати одним натисканням.
engagement-hint = Необов’язково: листи надходять ті самі й без цього, і тоді нічого не записується про те, що ви читаєте.
join-button = Підписатися
join-privacy = Ми зберігаємо вашу адресу лише для цих листів і нікому її не передаємо.
# A field that scripts fill in and people do not see.
join-trap-label = Залиште це поле порожнім
puzzle-doing = Перевіряємо, що форму надсилає не робот…
puzzle-done = Можна надсилати.
puzzle-without-scripts = У вашому браузері не працюють скрипти. Будь ласка, зачекайте 15 секунд, перш ніж надсилати цю форму.

## Check your inbox: the same page for every address

sent-title = Перевірте пошту
sent-body = Якщо цю адресу можна додати, наш лист уже прямує до неї. Відкрийте його та натисніть у ньому кнопку, щоб завершити підписку.
sent-spam-hint = Минуло кілька хвилин, а листа немає? Загляньте до папки «Спам» і перевірте, чи немає в адресі помилки.
sent-expiry =
    { $hours ->
        [one] Посилання в листі діє { $hours } годину.
        [few] Посилання в листі діє { $hours } години.
        [many] Посилання в листі діє { $hours } годин.
       *[other] Посилання в листі діє { $hours } години.
    }
sent-expiry-days =
    { $days ->
        [one] Посилання в листі діє { $days } день.
        [few] Посилання в листі діє { $days } дні.
        [many] Посилання в листі діє { $days } днів.
       *[other] Посилання в листі діє { $days } дня.
    }
sent-again = Вказати іншу адресу

## Confirm

confirm-title = Останній крок
confirm-body = Натисніть кнопку, і листи надходитимуть на цю адресу:
confirm-lists =
    { $count ->
        [one] Ви підписуєтеся на цю розсилку:
        [few] Ви підписуєтеся на ці розсилки:
        [many] Ви підписуєтеся на ці розсилки:
       *[other] Ви підписуєтеся на ці розсилки:
    }
confirm-button = Так, надсилайте мені листи
confirm-not-you = Ви про це не просили? Просто закрийте сторінку. Доки кнопку не натиснуто, ми нічого не надсилаємо.
engagement-confirm-hint = Це було позначено у формі підписки. Позначте й тут, якщо ви згодні.
confirmed-title = Ласкаво просимо!
confirmed-body = Вашу адресу підтверджено. Наступний лист надійде й вам.
confirmed-preferences = Змінити, що ви отримуєте
confirmed-home = На головну сторінку

## A link that no longer works

expired-title = Термін дії посилання минув
expired-body = Заради безпеки наші посилання діють обмежений час. Нічого не змінилося.
expired-again = Заповніть форму ще раз, і ми надішлемо вам нове посилання.
expired-button = До форми
used-title = Це посилання вже використано
used-body = Більше нічого робити не потрібно: те, для чого воно призначалося, уже зроблено.
gone-title = Тут більше нічого немає
gone-body = Те, для чого призначалося це посилання, видалено. Будемо раді, якщо ви підпишетеся знову, коли забажаєте.

## A link in a test email

sample-title = Це перевірка
sample-body = Це посилання з тестового листа. Нічого не змінилося.

## Unsubscribe

unsubscribe-title = Відписатися від розсилки?
unsubscribe-body = Натисніть кнопку, і ми відразу припинимо писати. Жодних запитань і прощальних листів.
unsubscribe-list = Розсилка: { $list }
unsubscribe-button = Відписатися
unsubscribe-all-button = Відписатися від усього
unsubscribe-fewer = Або виберіть, які листи залишити
unsubscribed-title = Ви відписалися
unsubscribed-body = Листів із цієї розсилки більше не буде. Може ще надійти той, який уже надіслано.
unsubscribed-all-body = Листів від нас більше не буде. Може ще надійти той, який уже надіслано.
unsubscribed-reason-label = Чи не скажете нам чому?
unsubscribed-reason-hint = За бажанням. Відповідь зберігається разом із записом про вашу відписку.
unsubscribed-reason-too-many = Забагато листів
unsubscribed-reason-not-interesting = Теми листів мені не цікаві
unsubscribed-reason-never-asked = Не пам’ятаю такої підписки
unsubscribed-reason-elsewhere = Читаю новини в іншому місці
unsubscribed-reason-other = Інша причина
unsubscribed-reason-button = Надіслати
unsubscribed-reason-thanks = Дякуємо. Ми записали вашу відповідь.
unsubscribed-rejoin = Це сталося помилково? Підпишіться знову

## Preferences

preferences-title = Ваші налаштування
preferences-lead = Ці налаштування стосуються адреси { $email }. Нікому не передавайте посилання на цю сторінку: кожен, хто його має, може їх змінити.
preferences-lists-label = Листи, які ви отримуєте
preferences-lists-empty = Зараз ви не підписані на жодну розсилку.
preferences-language-label = Мова листів
preferences-name-label = Ваше ім’я
preferences-save = Зберегти
preferences-saved = Збережено.
preferences-frequency-label = Як часто
preferences-frequency-each = Кожен лист окремо
preferences-frequency-each-hint = Щойно його надіслано.
preferences-frequency-weekly = Один лист на тиждень
preferences-frequency-weekly-hint = У ньому зібрано все, що надіслали ваші розсилки. Термінові новини все одно надходять відразу.
preferences-changed-joined = Тепер ви підписані на розсилку «{ $list }».
preferences-changed-left = Ви відписалися від розсилки «{ $list }».
preferences-changed-name = Ваше ім’я змінено.
preferences-changed-language = Тепер листи надходять такою мовою: { $language }.
preferences-changed-answers = Ваші відповіді змінено.
preferences-changed-each = Відтепер кожен лист надходить окремо. Якщо цього тижня для вас уже щось зібрано, воно ще надійде одним листом.
preferences-changed-weekly = Відтепер ви отримуєте один лист на тиждень.
preferences-unchanged = Нічого не змінено.
preferences-pause-title = Зробити перерву
preferences-pause-body = Ви залишаєтеся підписані, але певний час не отримуєте листів. Те, що розіслано за цей час, пізніше не надсилається.
preferences-pause-label = На який час
preferences-pause-2w = Два тижні
preferences-pause-1m = Один місяць
preferences-pause-3m = Три місяці
preferences-pause-6m = Шість місяців
preferences-pause-until-label = Або до цього дня
preferences-pause-until-hint = У межах року. Залиште порожнім, якщо підходить термін, вибраний вище.
preferences-pause-button = Призупинити листи
preferences-pause-change-button = Змінити перерву
preferences-paused = Ви не отримуєте листів до { $date }. Із цього дня вони знову надходитимуть самі.
preferences-pause-past = Виберіть день, пізніший за сьогоднішній.
preferences-pause-too-long = Перерва триває щонайбільше рік. Виберіть раніший день.
preferences-pause-unknown = Не вдалося прочитати дату. Виберіть її в календарі або напишіть так: 2027-03-01.
preferences-resume-button = Завершити перерву зараз
preferences-resumed = Відтепер листи знову надходять.
preferences-came-back = Листи знову можуть надходити. Тепер виберіть розсилки.
preferences-engagement-title = Відкриті листи та посилання
preferences-engagement-is-agreed = Ви дали таку згоду:
preferences-engagement-agree-button = Погоджуюся
preferences-engagement-withdraw-button = Відкликати згоду й видалити записане
preferences-engagement-agreed = Збережено. Починаючи з наступного листа записується, чи ви його відкриваєте та за якими посиланнями переходите.
preferences-engagement-withdrawn = Згоду відкликано. Записане видалено, і більше нічого не записується.
preferences-stays-suppressed = Тут це зняти не можна: листи до вас поверталися, їх позначено як спам або їх зупинили ми. Будь ласка, напишіть нам.
preferences-state-pending = очікує на ваше підтвердження
preferences-leave-title = Відписатися від усього
preferences-leave-body = Ви відразу відпишетеся від усіх розсилок. Ми збережемо позначку про ваше бажання, щоб ніхто помилково не додав вас знову.
preferences-leave-button = Відписатися від усіх розсилок
preferences-suppressed-title = Ви не отримуєте наших листів
preferences-suppressed-body = На цю адресу нічого не надсилається: про це нас попросили. Якщо хочете знову отримувати листи, скажіть про це тут, а потім виберіть розсилки.
preferences-come-back-button = Знову отримувати листи
preferences-export-title = Експортувати мої дані
preferences-export-body = Файл з усім, що ми зберігаємо про цю адресу: ім’я, розсилки, а також коли й на що ви дали згоду.
preferences-export-button = Завантажити файл
preferences-erase-title = Видалити мої дані
preferences-erase-body = Ми видалимо вашу адресу, ім’я та налаштування. Видалене неможливо відновити.
preferences-erase-button = Видалити мої дані…
erase-title = Видалити всі дані про вас?
erase-body = Ви відпишетеся від усіх розсилок, а ваші дані буде видалено назавжди. Можливо, спочатку варто завантажити копію.
erase-kept = Що залишиться: числа в наших звітах, які нікого не називають.
erase-kept-address = Сама лише адреса залишиться в списку тих, кому ми ніколи не пишемо, щоб ніхто помилково не додав її знову.
erase-confirm-label = Так, видаліть мої дані назавжди
erase-confirm-missing = Поставте позначку, якщо справді хочете видалити свої дані.
erase-button = Видалити мої дані
erase-cancel = Залишити мої дані
erased-title = Ваші дані видалено
erased-body = Вашої адреси, імені та налаштувань у нас більше немає. Будемо раді, якщо ви підпишетеся знову, коли забажаєте.

## What is wrong with a form

form-errors-title =
    { $count ->
        [one] Будь ласка, виправте { $count } помилку:
        [few] Будь ласка, виправте { $count } помилки:
        [many] Будь ласка, виправте { $count } помилок:
       *[other] Будь ласка, виправте { $count } помилки:
    }
field-email-missing = Будь ласка, введіть адресу електронної пошти.
field-email-malformed = Це не схоже на адресу електронної пошти. Вона має виглядати так: name@example.com.
field-email-too-long = Ця адреса задовга. Адреса електронної пошти може мати до { $max } символів.
field-name-too-long = Це ім’я задовге. Воно може мати до { $max } символів.
field-name-malformed = В імені не може бути розривів рядка чи керівних символів. Будь ласка, напишіть його одним рядком.
field-lists-missing = Будь ласка, виберіть принаймні одну розсилку.
field-list-unknown = На цю розсилку не можна підписатися.
field-language-unknown = Будь ласка, виберіть одну із запропонованих мов.
field-answer-missing = Будь ласка, дайте відповідь.
field-answer-unknown = Будь ласка, виберіть один із варіантів.
field-answer-too-long = Задовгий текст. Можна написати до { $max } символів.
form-wait =
    { $seconds ->
        [one] Будь ласка, зачекайте { $seconds } секунду та спробуйте ще раз.
        [few] Будь ласка, зачекайте { $seconds } секунди та спробуйте ще раз.
        [many] Будь ласка, зачекайте { $seconds } секунд та спробуйте ще раз.
       *[other] Будь ласка, зачекайте { $seconds } секунди та спробуйте ще раз.
    }
form-too-quick = Форму надіслано швидше, ніж її може заповнити людина. Будь ласка, надішліть її ще раз.
form-from-elsewhere = Цю форму надіслано із сайту, якому не дозволено її показувати. Будь ласка, перевірте, що в ній написано, і надішліть її звідси.

## Never again

never-title = Більше жодних таких листів?
never-body = Натисніть кнопку, і цей сайт більше ніколи не напише на цю адресу, навіть якщо хтось укаже її у формі:
never-button = Більше ніколи мені не писати
never-hint = Щоб не потрапити до розсилки, це не потрібно: без вашого підтвердження вас немає в жодній. Якщо передумаєте, зверніться до тих, хто стоїть за цим сайтом.
never-done-title = Готово
never-done-body = Цей сайт більше не пише на ту адресу.

## What we keep of you

my-data-title = Ваші дані
my-data-body = Перегляньте, що цей сайт зберігає про вас, або видаліть ці дані. Посилання діє один день; нікому його не передавайте.
my-data-ask-title = Спершу ми надішлемо вам посилання
my-data-ask-body = Самого лише пересланого листа не повинно вистачати, щоб переглянути або видалити ваші дані. Натисніть кнопку, і на вашу адресу надійде посилання, яке діє один день.
my-data-ask-button = Надіслати мені посилання
my-data-sent-title = Перевірте пошту
my-data-sent-body = Посилання для перегляду або видалення ваших даних уже прямує на вашу адресу. Воно діє один день.
my-data-address-title = Інша адреса
my-data-address-body = Вкажіть адресу, на яку мають надходити листи. Ми попросимо там підтвердження; до того нічого не зміниться.
my-data-address-label = Нова адреса електронної пошти
my-data-address-button = Змінити мою адресу…
my-data-address-same = Це і є ваша адреса. Вкажіть іншу.
my-data-address-sent-title = Перевірте нову пошту
my-data-address-sent-body = Якщо нову адресу можна використати, на неї надіслано лист із посиланням. Перейдіть за ним, щоб підтвердити адресу; до того листи надходять на попередню.

## A new address

address-title = Ваша нова адреса
address-body = Натисніть кнопку, і листи відтепер надходитимуть на цю адресу:
address-button = Так, це моя адреса
address-done-title = Вашу адресу змінено
address-done-body = Наступний лист надійде на вашу нову адресу.
address-refused-title = Цю адресу використати не можна
address-refused-body = Вона вже є в наших списках, або на неї не можна нічого надсилати. Листи й далі надходять на попередню адресу.

## Links of another system

old-link-title = Це посилання зі старого листа
old-link-body = Тепер ми надсилаємо листи в інший спосіб і не можемо визначити за цим посиланням, чиє воно. Введіть свою адресу, і ми надішлемо вам посилання, за яким можна відписатися або змінити, що ви отримуєте.
old-link-label = Ваша адреса електронної пошти
old-link-button = Надіслати мені посилання
old-link-invalid = Це неповна адреса електронної пошти.
old-link-sent-title = Перевірте пошту
old-link-sent-body = Якщо на цю адресу надходять наші листи, посилання, за яким можна відписатися або змінити підписки, уже прямує до неї.
