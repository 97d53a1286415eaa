### Recurring campaigns: the list, one with its times, the form.

admin-recurring-about = Рассылки, которые повторяются: каждый раз создаётся новая из шаблона или черновика и отправляется.
admin-recurring-new = Новая повторяющаяся рассылка
admin-recurring-change = Изменение повторяющейся рассылки
admin-recurring-empty-title = Повторяющихся рассылок нет
admin-recurring-empty = Отправляйте шаблон каждый день, неделю или месяц с тем, что появилось после прошлого раза.
admin-recurring-name = Название
admin-recurring-lists = Списки
admin-recurring-next = Следующий раз
admin-recurring-paused = приостановлена
admin-recurring-ended = закончилась
# $often: such as “every week”.
admin-recurring-every = { $often }, интервал { $every }
admin-recurring-until = до { $date }

## One

admin-recurring-make = Создать черновик сейчас
admin-recurring-made = Черновик создан
admin-recurring-not-made = Черновик не создан
admin-recurring-pause = Приостановить
admin-recurring-resume = Возобновить
admin-recurring-is-paused = Приостановлено
admin-recurring-resumed = Возобновлено
admin-recurring-source = Что отправляется
admin-recurring-source-gone = То, что она отправляла, удалено
admin-recurring-source-gone-text = Выберите другой шаблон или черновик: до тех пор рассылки не создаются.
admin-recurring-then = Затем
admin-recurring-starts = Начинается сама.
admin-recurring-asks = Ждёт человека как черновик.
admin-recurring-changed = Изменено
admin-recurring-past = Прошедшие разы
admin-recurring-no-past = Ещё ни одного раза не было.
admin-recurring-due = Срок
admin-recurring-extra = вне очереди
admin-recurring-outcome = Итог
admin-recurring-outcome-made = рассылка создана
admin-recurring-outcome-nothing-new = ничего нового
admin-recurring-outcome-skipped = пропущено: замечено более чем через день
admin-recurring-outcome-failed = не удалось
admin-recurring-campaign = Рассылка
# On the page of a campaign.
admin-recurring-made-by = создана из { $name }
admin-recurring-delete-title = Удалить повторяющуюся рассылку { $name }?
admin-recurring-delete-text = Новые рассылки больше не создаются. Созданные остаются.

## Form

admin-recurring-what = Что
admin-recurring-name-hint = Для себя: читатели его не видят.
admin-recurring-source-hint = Шаблон или черновик. Каждый раз берётся его текст, каким он тогда будет.
admin-recurring-choose = Выберите
admin-recurring-of-template = Шаблон: { $name }
admin-recurring-of-campaign = Черновик: { $name }
admin-recurring-only-new = Только новое после прошлого раза
admin-recurring-only-new-hint = Блоки публикаций и событий показывают только то, чего в прошлый раз не было. Если ничего нет, ничего не отправляется.
admin-recurring-subject = Тема
admin-recurring-from = Отправитель
admin-recurring-as-source = Пусто: как в шаблоне или черновике.
admin-recurring-own-layout = как в шаблоне или черновике
admin-recurring-hour = Время
admin-recurring-until-hint = Оставьте пустым, если конца нет.
admin-recurring-needs-approval = Ждать человека
admin-recurring-needs-approval-hint = Каждая — черновик, который просит одобрения и не начинается сам.
admin-recurring-segment = Кому из этих списков
admin-recurring-no-list = выберите хотя бы один список
admin-recurring-no-source = выберите шаблон или черновик
