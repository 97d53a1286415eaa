### The texts of the emails that the site itself sends, and the frame around campaigns.

mail-signature = { $site }
mail-link-fallback = Якщо кнопка не працює, скопіюйте цю адресу в браузер:

## Confirmation

mail-confirm-subject = Підтвердьте, будь ласка, свою адресу: { $site }
mail-confirm-preheader = Одне натискання – і листи почнуть надходити.
mail-confirm-heading = Це ваша адреса?
mail-confirm-body = Хтось, найімовірніше ви, попросив надсилати на цю адресу листи від «{ $site }». Будь ласка, підтвердьте, що адреса ваша.
mail-confirm-lists =
    { $count ->
        [one] Вибрана розсилка:
        [few] Вибрані розсилки:
        [many] Вибрані розсилки:
       *[other] Вибрані розсилки:
    }
mail-confirm-button = Підтвердити адресу
mail-confirm-expiry =
    { $hours ->
        [one] Посилання діє { $hours } годину.
        [few] Посилання діє { $hours } години.
        [many] Посилання діє { $hours } годин.
       *[other] Посилання діє { $hours } години.
    }
mail-confirm-expiry-days =
    { $days ->
        [one] Посилання діє { $days } день.
        [few] Посилання діє { $days } дні.
        [many] Посилання діє { $days } днів.
       *[other] Посилання діє { $days } дня.
    }
mail-confirm-ignore = Це були не ви? Тоді нічого не робіть. Без вашого підтвердження листи не надходитимуть, а адресу ми забудемо.
mail-confirm-never = Більше ніколи не надсилати таких листів на цю адресу

## Welcome

mail-welcome-subject = Ласкаво просимо: { $site }
mail-welcome-preheader = Тепер ви підписані на розсилку.
mail-welcome-heading = Ласкаво просимо
mail-welcome-body = Дякуємо за підписку на листи від «{ $site }». Наступний лист надійде на цю адресу.
mail-welcome-lists =
    { $count ->
        [one] Ви підписані на цю розсилку:
        [few] Ви підписані на ці розсилки:
        [many] Ви підписані на ці розсилки:
       *[other] Ви підписані на ці розсилки:
    }
mail-welcome-button = Мої налаштування
mail-welcome-leave = Ви можете будь-коли змінити налаштування або відписатися одним натисканням.

## Already on the list

mail-already-subject = Ви вже підписані: { $site }
mail-already-preheader = Нічого робити не потрібно.
mail-already-heading = Ви вже з нами
mail-already-body = Хтось, найімовірніше ви, вказав цю адресу у формі на сайті «{ $site }». Вона вже є в розсилці, тож нічого не змінилося.
mail-already-hint = Якщо наші листи до вас не доходять, перевірте папку «Спам» і додайте нашу адресу до контактів.
mail-already-button = Мої налаштування
mail-already-ignore = Це були не ви? Хвилюватися нема чого: через форму ніхто не може дізнатися, що ви підписані.

## Sign-in link

mail-sign-in-subject = Ваше посилання для входу: { $site }
mail-sign-in-preheader = Воно діє лише один раз і недовго.
mail-sign-in-heading = Вхід
mail-sign-in-body = Натисніть кнопку, щоб увійти на сайт «{ $site }».
mail-sign-in-button = Увійти
mail-sign-in-expiry =
    { $minutes ->
        [one] Посилання діє один раз, протягом { $minutes } хвилини.
        [few] Посилання діє один раз, протягом { $minutes } хвилин.
        [many] Посилання діє один раз, протягом { $minutes } хвилин.
       *[other] Посилання діє один раз, протягом { $minutes } хвилини.
    }
mail-sign-in-ignore = Ви про це не просили? Тоді нічого не робіть: без посилання ніхто не зможе увійти з вашою адресою.

## Your account was changed

mail-account-subject = Ваш обліковий запис змінено: { $site }
mail-account-heading = Ваш обліковий запис змінено
mail-account-password-set = Для вашого облікового запису встановлено новий пароль.
mail-account-password-removed = Пароль вашого облікового запису видалено. Тепер ви входите за посиланням із листа.
mail-account-passkey-added = До вашого облікового запису додано новий ключ доступу.
mail-account-passkey-removed = Ключ доступу вашого облікового запису видалено.
mail-account-second-step-on = Для вашого облікового запису ввімкнено двофакторну автентифікацію.
mail-account-second-step-off = Для вашого облікового запису вимкнено двофакторну автентифікацію.
mail-account-token-made = Для вашого облікового запису створено новий токен API.
mail-account-provider-linked = З вашим обліковим записом пов’язано обліковий запис організації: за ним можна увійти від вашого імені.
mail-account-provider-unlinked = Зв’язок вашого облікового запису з обліковим записом організації видалено.
mail-account-reset = Вхід до вашого облікового запису скинуто: пароль і другий крок видалено, сеанси завершено.
mail-account-not-you = Це були ви? Тоді нічого робити не потрібно. Якщо ні, негайно увійдіть, установіть новий пароль і повідомте власника сайту.
mail-account-button = Мій обліковий запис
mail-account-reason = Цей лист отримують усі, хто працює із сайтом «{ $site }», коли змінюються їхні дані для входу.

## What we keep of you

mail-my-data-subject = Ваші дані: { $site }
mail-my-data-heading = Переглянути або видалити свої дані
mail-my-data-body = Хтось, найімовірніше ви, попросив «{ $site }» показати або видалити дані, пов’язані з цією адресою. Посилання діє один день.
mail-my-data-button = Переглянути або видалити дані
mail-my-data-ignore = Якщо ви про це не просили, не зважайте на цей лист. Запросити його може кожен, кому ви переслали наш лист, але отримуєте його тільки ви.

## Frame of a campaign

mail-campaign-reason =
    { $count ->
        [one] Ви отримали цей лист, бо на сайті «{ $site }» підписалися на цю розсилку: { $lists }.
        [few] Ви отримали цей лист, бо на сайті «{ $site }» підписалися на ці розсилки: { $lists }.
        [many] Ви отримали цей лист, бо на сайті «{ $site }» підписалися на ці розсилки: { $lists }.
       *[other] Ви отримали цей лист, бо на сайті «{ $site }» підписалися на ці розсилки: { $lists }.
    }
mail-weekly-title = Підсумки тижня: { $site }
mail-weekly-preheader = Що надіслали ваші розсилки цього тижня.
mail-weekly-reason = Ви отримали цей лист, бо на сайті «{ $site }» вибрали один лист на тиждень. Якщо відписатися, ви вийдете з розсилок, новини яких у ньому зібрано; у розділі «Налаштування» можна знову отримувати кожен лист окремо.
mail-campaign-unsubscribe = Відписатися
mail-campaign-preferences = Налаштування
mail-campaign-view = Відкрити в браузері
mail-campaign-read-more = Читати далі
mail-digest-title = Новини: { $site }
mail-campaign-posts = Останні дописи
mail-campaign-events = Найближчі події
# $event: the title of an event in the calendars of readers.
mail-event-changed = Зміна: { $event }
mail-event-changed-text = Ця подія змінилася. Тепер вона така:
mail-event-cancelled = Скасовано: { $event }
# $when: the day and time. The marks are Markdown.
mail-event-cancelled-text = **{ $event }** ({ $when }) не відбудеться.
# Stands for a reader's name where there is none: Dear reader.
mail-reader = читачу

## Labels of the plain text part

mail-text-links = Посилання

## Is this your new address?

mail-address-subject = Це ваша нова адреса? { $site }
mail-address-body = Ви попросили відтепер надсилати листи на цю адресу. Будь ласка, підтвердьте, що вона ваша.
mail-address-button = Підтвердити нову адресу
mail-address-ignore = Це були не ви? Тоді нічого не робіть, і нічого не зміниться.
mail-address-changed-subject = Вашу адресу змінено: { $site }
mail-address-changed-body = Відтепер наші листи надходять вам на іншу адресу. Про це попросили за посиланням, надісланим на цю адресу, і підтвердили з нової.
mail-address-changed-other = Це були не ви? Тоді, будь ласка, дайте відповідь на цей лист.

## Links of another system

mail-old-link-subject = Ваші підписки: { $site }
mail-old-link-heading = Виберіть, що отримувати, або відпишіться
mail-old-link-body = Хтось, найімовірніше ви, перейшов за посиланням зі старого листа й попросив у «{ $site }» доступ до сторінки цієї адреси. На ній можна відписатися від розсилок або змінити підписки.
mail-old-link-button = Відкрити мої підписки
mail-old-link-ignore = Якщо ви про це не просили, не зважайте на цей лист. Нічого не змінилося.

## Invitation

mail-invitation-subject = Запрошення: { $site }
mail-invitation-preheader = Відкрийте посилання, щоб прийняти його.
mail-invitation-heading = Вас запрошено на сайт «{ $site }»
mail-invitation-body = { $inviter } запрошує вас працювати із сайтом «{ $site }». Натисніть кнопку, щоб прийняти запрошення й увійти.
mail-invitation-button = Прийняти запрошення
mail-invitation-expiry =
    { $days ->
        [one] Посилання діє один раз, протягом { $days } дня.
        [few] Посилання діє один раз, протягом { $days } днів.
        [many] Посилання діє один раз, протягом { $days } днів.
       *[other] Посилання діє один раз, протягом { $days } дня.
    }
mail-invitation-ask = Після цього попросіть { $inviter } надіслати запрошення ще раз.
mail-invitation-ignore = Якщо ви не чекали на цей лист, не зважайте на нього: без посилання ніхто не зможе увійти з вашою адресою.

## Notifications

mail-notice-campaign-finished = Розсилку надіслано: { $name }
mail-notice-campaign-finished-text = Надіслано: { $done }. Не доставлено: { $failed }.
mail-notice-campaign-failed-to-start = Розсилка не почалася: { $name }
mail-notice-campaign-failed-to-start-text = Її було заплановано, але вона не змогла початися. Нічого не надіслано. Виправте помилку, а потім запустіть або заплануйте її знову.
mail-notice-approval-requested = Потрібне схвалення: { $name }
mail-notice-approval-requested-text = Розсилка не почнеться, доки її не схвалить друга людина. Перегляньте її та схваліть на її сторінці, якщо останню зміну внесли не ви.
mail-notice-comment-added = Новий коментар: { $name }
mail-notice-comment-added-text = Вам відповіли або згадали вас. Відкрийте, щоб прочитати коментар і відповісти.
mail-notice-campaign-paused = Розсилку призупинено: { $name }
mail-notice-campaign-paused-text = Її призупинено автоматично. Перегляньте причину, а потім продовжте або скасуйте розсилку.
mail-notice-series-paused = Серію призупинено: { $name }
mail-notice-series-paused-text = Її призупинено автоматично. Перегляньте причину, а потім продовжте або завершіть серію.
mail-notice-series-step = Серія: { $name }
mail-notice-series-step-text = Читач дійшов до кроку цієї серії, про який вам повідомляють.
mail-notice-series-email-failed = Серія: { $name }, лист не надіслано
mail-notice-series-email-failed-text = Читач не отримає цього листа, можливо, сьогодні й інші. Звіт кроку показує, хто саме.
mail-notice-too-many-bounces = Забагато повернень або скарг: { $name }
mail-notice-too-many-bounces-text = Розсилку призупинено автоматично, щоб поштові служби вас не заблокували. Перш ніж продовжити, перевірте, звідки взято адреси.
mail-notice-import-finished = Імпорт завершено: { $name }
mail-notice-import-finished-text = Додано: { $done }. Не вдалося імпортувати: { $failed }.
mail-notice-import-failed = Імпорт не вдався: { $name }
mail-notice-import-failed-text = Те, що імпортовано раніше, збережено. Відкрийте імпорт, щоб дізнатися більше.
mail-notice-domain-record-missing = DNS-запис відсутній або хибний: { $name }
mail-notice-domain-record-missing-text = Раніше його було опубліковано. Без нього поштові служби можуть відхиляти ваші листи або позначати їх як спам.
mail-notice-disk-nearly-full = Диск майже заповнений
mail-notice-disk-nearly-full-text = Коли він заповниться, нічого не можна буде зберегти й нічого не буде надіслано. Звільніть місце.
mail-notice-task-failing = Не працює фонове завдання: { $name }
mail-notice-task-failing-text = Те, що від нього залежить, чекає. Перегляньте перевірку системи.
mail-notice-backup-failed = Не вдалося зробити резервну копію
mail-notice-backup-failed-text = Заплановану резервну копію бази даних не створено. Спроби повторюються кожні 15 хвилин; вам повідомляється один раз.
mail-notice-counts-corrected = Числа підписників були неправильні, їх виправлено
mail-notice-counts-corrected-text = З чисел, які сторінки показують про списки, підписників і мітки, деякі розходилися з базою даних: { $done }. Тепер вони правильні, і жоден лист через це не надійшов комусь іншому. Їх названо в журналі робочого процесу. Якщо це повториться, повідомте про це, будь ласка.
mail-notice-feed-failing = Стрічку не вдається прочитати: { $name }
mail-notice-feed-failing-text = Її не вдалося прочитати тричі поспіль. Спроби тривають; доти розсилки не показують з неї нічого нового.
mail-notice-ab-test-decided = A/B-тест вирішено: { $name }
mail-notice-ab-test-decided-text = Решта читачів отримує переможця. Числа — на сторінці розсилки.
mail-notice-ab-test-waits = A/B-тест чекає на вас: { $name }
mail-notice-ab-test-waits-text = Числа його не вирішили. Виберіть, що отримає решта читачів; доти вони не отримують нічого.
mail-notice-reason = Причина: { $reason }.
mail-notice-button = Відкрити
mail-notice-why = Ви отримали цей лист, бо працюєте із сайтом «{ $site }».
mail-notice-choose = Обрати, про що вас сповіщати
