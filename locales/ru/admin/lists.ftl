### Lists: overview, one list, its form.

admin-list = Список
admin-list-new = Новый список
admin-list-create = Создать список
admin-list-edit = Изменить список
admin-list-edit-title = Изменить «{ $name }»
admin-list-confirmed = Подтверждены
admin-list-pending = Ждут подтверждения
admin-list-unsubscribed = Отписались
admin-list-kind = Вид
admin-lists-empty-title = Списков пока нет
admin-lists-empty = Список – это аудитория с названием. Создайте его, и посетители смогут подписаться.

## One list

admin-list-export-csv = Выгрузить в CSV
admin-list-export-jsonl = JSON Lines
admin-list-add-subscriber = Добавить подписчика
admin-list-visible-to = Кому виден
admin-list-visible-everyone = всем: он есть на <a href="{ $join }">странице подписки</a>, а для других сайтов есть <a href="{ $forms }">форма</a>
admin-list-visible-admins = только сотрудникам; подписчиков добавляют они
admin-list-opt-in = Подписка
admin-list-is-double = с подтверждением: каждый подтверждает её по эл. почте
admin-list-is-single = без подтверждения, сразу
admin-list-automatic = Автоматически
admin-list-welcome-on = приветственное письмо отправляется
admin-list-welcome-off = приветственное письмо не отправляется
admin-list-clicks-on = переходы по ссылкам считаются
admin-list-clicks-off = переходы по ссылкам не считаются
admin-list-of-confirmed = Из подтверждённых
admin-list-aside = на паузе – { $paused }, получают еженедельный дайджест – { $weekly }
admin-at-least = не менее { $count }
admin-list-slug = Короткое имя
admin-list-growth = Подписчики за 90 дней

## Form

admin-list-name = Название
admin-list-description = Описание
admin-list-description-hint = Что рассылается по этому списку, одним предложением. Показывается на странице подписки.
admin-list-slug-hint = Строчные латинские буквы, цифры и дефисы; стоит в адресах и в поле List-Id. Оставьте пустым, чтобы получить его из названия. Изменить его потом нельзя.
admin-list-slug-taken = Такое короткое имя уже есть у другого списка.
admin-list-languages = На других языках
admin-list-languages-hint = Если перевода нет, читатели видят текст выше.
admin-list-everyone = Всем
admin-list-everyone-hint = Список есть на странице подписки.
admin-list-admins = Только сотрудникам
admin-list-admins-hint = Добавлять подписчиков могут только сотрудники.
admin-list-start = Подписка начинается
admin-list-double = После подтверждения по эл. почте
admin-list-double-hint = Доказывает, что адрес принадлежит подписчику.
admin-list-single = Сразу
admin-list-single-hint = Без подтверждения любой может подписать кого угодно.
admin-list-welcome = Отправлять приветственное письмо
admin-list-welcome-hint = Уходит сразу после подтверждения. Напишите его на странице списка, в разделе «Приветственное письмо».
admin-list-clicks = Считать переходы по ссылкам
admin-list-clicks-hint = Сколько раз открыли каждую ссылку, но не кто. Рассылка считает переходы, только если их считают все её списки.
admin-list-created = Список «{ $name }» создан
admin-list-created-next = Добавьте подписчиков, загрузите файл или откройте подписку для посетителей.

## Deleting

admin-list-delete = Удалить список
admin-list-delete-ask = Удалить список…
admin-list-delete-hint = Нельзя, пока не закончилась рассылка по этому списку.
admin-list-delete-text = Список и записи о том, кто и как на него подписался и отписался, будут удалены безвозвратно. Сами подписчики останутся, вместе с другими своими списками.
admin-list-take-off =
    { $count ->
        [one] Убрать из него { $count } подписчика
       *[other] Убрать из него { $count } подписчиков
    }
admin-list-not-empty =
    { $count ->
        [one] В нём { $count } подписчик. Отметьте флажок, чтобы убрать его.
        [few] В нём { $count } подписчика. Отметьте флажок, чтобы убрать их.
       *[other] В нём { $count } подписчиков. Отметьте флажок, чтобы убрать их.
    }
admin-list-not-deleted = Список не удалён
