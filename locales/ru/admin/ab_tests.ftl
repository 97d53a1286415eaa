### A/B-тесты рассылок: форма, карточка, результаты.

admin-ab-title = A/B-тест
admin-ab-new = Сначала испытать варианты на части читателей (A/B-тест)
admin-ab-about = A — рассылка как есть. Укажите, чем отличается B, а если нужно, и C и D. Читатели выбираются случайно; сравниваются только суммы, а не люди.
admin-ab-what = Что отличается
admin-ab-differs-subject = тема
admin-ab-differs-from-name = имя отправителя
admin-ab-differs-preheader = прехедер
admin-ab-differs-content = текст
admin-ab-differs-hour = час
admin-ab-share = Процент читателей, участвующих в тесте
admin-ab-share-hint = От 1 до 100. При 100 участвуют все, и для победителя никого не остаётся.
admin-ab-lasts = Ждёт результатов
admin-ab-lasts-hint = С момента, когда отправлено каждое его письмо.
admin-ab-unit = Единица
admin-ab-unit-minutes = минуты
admin-ab-unit-hours = часы
admin-ab-unit-days = дни
admin-ab-lasts-minutes =
    { $count ->
        [one] { $count } минута
        [few] { $count } минуты
       *[other] { $count } минут
    }
admin-ab-lasts-hours =
    { $count ->
        [one] { $count } час
        [few] { $count } часа
       *[other] { $count } часов
    }
admin-ab-lasts-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[other] { $count } дней
    }
admin-ab-measured-by = Чем решается
admin-ab-measured-by-hint = Переходы — только если их считает каждый список рассылки.
admin-ab-measure-clicks = переходы
admin-ab-measure-left = отписки
admin-ab-measure-complaints = жалобы
admin-ab-measure-replies = ответы
admin-ab-measure-person = человек
admin-ab-fallback = Если различия не найдено
admin-ab-fallback-send-a = остальные получают A
admin-ab-fallback-ask = решает человек
# $variant: a letter.
admin-ab-variant = Вариант { $variant }
admin-ab-optional = Оставьте пустым, если вариантов меньше.
admin-ab-words = Тема, имя отправителя или прехедер
admin-ab-source = Текст: из рассылки
# $state: “finished”; $when: “ended 3 May 2026, 10:00”.
admin-ab-source-option = { $subject } (№ { $number }, { $state }, { $when })
admin-ab-source-hint = Только если отличается текст. Копируется при сохранении.
admin-ab-no-source = Нет
admin-ab-keep = Как есть: из «{ $name }»
admin-ab-hours = Часов после A
admin-ab-hours-hint = Только если отличается час.
admin-ab-give-number = Введите число.
admin-ab-saved = A/B-тест задан
admin-ab-removed = A/B-тест снят
admin-ab-remove = Снять тест
admin-ab-chosen = Остальные получают вариант { $winner }
admin-ab-chosen-all = Архив показывает вариант { $winner }
# $differs: “the subject”; $measure: “clicks”; $lasts: “4 hours”.
admin-ab-plan = Испытывается: { $differs }; участвует { $share } % читателей; ожидание: { $lasts }. Решает: { $measure }.
admin-ab-summary-variant =
    { $count ->
        [one] Вариант { $variant } примерно для { $count } читателя: { $about }
        [few] Вариант { $variant } примерно для { $count } читателей: { $about }
       *[other] Вариант { $variant } примерно для { $count } читателей: { $about }
    }
admin-ab-summary-rest =
    { $count ->
        [one] Результата ждёт примерно { $count } читатель.
        [few] Результата ждут примерно { $count } читателя.
       *[other] Результата ждут примерно { $count } читателей.
    }
admin-ab-column = Вариант
admin-ab-winner = победитель
admin-ab-replies = Ответы
admin-ab-as-it-stands = рассылка как есть
admin-ab-later = позже на { $time }
admin-ab-text-of = текст «{ $name }»
admin-ab-sending = Варианты отправляются.
admin-ab-until = Ждёт результатов до { $at }.
# The numbers are of readers.
admin-ab-rest-result = Тест: читателей — { $tested } из { $all }. Ждут результата: { $rest }.
admin-ab-rest-decision = Тест: читателей — { $tested } из { $all }. Ждут вашего решения: { $rest }.
admin-ab-rest-sending = Тест: читателей — { $tested } из { $all }. Скоро получат вариант { $winner }: { $rest }.
admin-ab-waits-open = Время вышло. Выберите, что получат остальные.
admin-ab-waits-no-difference = Различия не найдено. Выберите, что получат остальные.
admin-ab-waits-too-few = Отправлено слишком мало писем, чтобы судить. Выберите, что получат остальные.
admin-ab-waits-not-counted = То, чем решается, не считается. Выберите, что получат остальные.
admin-ab-decided-measured = Вариант { $winner } оказался лучше.
admin-ab-decided-no-difference = Различия не найдено, поэтому вариант { $winner }.
admin-ab-decided-too-few = Отправлено слишком мало писем, чтобы судить, поэтому вариант { $winner }.
admin-ab-decided-not-counted = То, чем решается, не считается, поэтому вариант { $winner }.
admin-ab-decided-chosen = { $by }: выбран вариант { $winner }.
admin-ab-ended-cancelled = Рассылка отменена до решения теста.
admin-ab-ended-restored = База восстановлена из копии; был ли тест решён после неё, неизвестно.
admin-ab-decide-text = Решить можно и до конца теста. Все остальные читатели получат выбранное.
admin-ab-decide-now = Все остальные читатели получат выбранное.
admin-ab-decide-all = Участвовали все. Выбранное показывает архив.
admin-ab-decide-question = Отправить вариант { $variant } всем остальным читателям?
admin-ab-decide-count =
    { $count ->
        [one] Результата ждёт { $count } читатель; вариант { $variant } уйдёт сразу. Отменить это нельзя.
        [few] Результата ждут { $count } читателя; вариант { $variant } уйдёт сразу. Отменить это нельзя.
       *[other] Результата ждут { $count } читателей; вариант { $variant } уйдёт сразу. Отменить это нельзя.
    }
admin-ab-decide-others = Все, кто не участвует в тесте, получат вариант { $variant }, когда тест будет отправлен. Отменить это нельзя.
admin-ab-decide-yes = Отправить вариант { $variant }
admin-ab-choose = Выбрать { $variant }
# $measure: “unsubscribes”; the numbers are of 1,000 emails.
admin-ab-better = { $variant } лучше A ({ $measure }): { $difference } на 1000 писем (от { $low } до { $high }).
admin-ab-worse = { $variant } хуже A ({ $measure }): { $difference } на 1000 писем (от { $low } до { $high }).
admin-ab-no-difference = Различия между { $variant } и A не найдено ({ $measure }): { $difference } на 1000 писем может быть случайностью (от { $low } до { $high }).
admin-ab-needed = Такое различие показали бы примерно { $count } писем каждого варианта.
admin-ab-unknown = { $variant } и A пока нельзя сравнить ({ $measure }).
admin-ab-too-few = Слишком мало писем, чтобы сравнить { $variant } и A ({ $measure }): нужно не меньше { $least } каждого варианта.
admin-ab-how = Варианты сравниваются по каждому списку: варианту не помогает, что у него больше читателей активного списка. Истинное различие лежит между двумя числами в 95 тестах из 100.
admin-ab-decimal = { $whole },{ $tenths }
