### Приветственное письмо списка.

admin-welcome-title = Приветственное письмо
admin-welcome-lead = Отправляется один раз каждому, кто подписался на этот список, как только подписка начинает действовать.
admin-welcome-switch = Отправлять приветственное письмо
admin-welcome-switch-hint = Импортированные и добавленные вами люди его не получают.
admin-welcome-subject = Тема
admin-welcome-text = Текст
admin-welcome-text-hint = Markdown: <code>**жирный**</code>, <code>[ссылка](https://…)</code>, <code>![описание](/media/picture.jpg)</code>. <code>{ $tag }</code> – имя читателя. После текста идёт кнопка, которая ведёт к настройкам читателя.
admin-welcome-default = Читатель, на языке которого текста нет, получает английский или другой. Если текста нет совсем, в письме стоят <a href="{ $texts }">тексты сайта</a>.
admin-welcome-preheader-hint = Строка, которую почтовые программы показывают после темы. Если оставить пустым, берётся текст сайта.
admin-welcome-save-and-test = Сохранить и отправить пробное письмо
admin-welcome-tested = Пробное письмо отправлено на { $email }.
admin-welcome-no-text = На этом языке текста ещё нет.
admin-welcome-subject-missing = Введите тему.
admin-welcome-text-missing = Напишите текст.
admin-welcome-text-too-long = Текст длиннее 64 КиБ.
