### Snippets: the list, one snippet.

admin-snippets-lead = Тексты, которые показывают многие публикации и рассылки: адрес, призыв поддержать, часы работы. Измените здесь — изменится везде.
admin-snippets-none-title = Фрагментов пока нет
admin-snippets-none = Сохраните текст здесь один раз и показывайте его в любой публикации или рассылке: нажмите / в редакторе и выберите «Фрагмент».
admin-snippet-new = Новый фрагмент
# The title of a preview of one that has no name yet.
admin-snippet = Фрагмент
admin-snippet-name = Имя
admin-snippet-name-hint = Строчные латинские буквы, цифры и дефисы. На него ссылаются тексты, поэтому позже его не изменить.
admin-snippet-exists = Фрагмент с таким именем уже есть
admin-snippet-languages = Языки
admin-snippet-changed = Изменён
# $count: places beside those that are named.
admin-snippet-more-uses = { $count ->
    [one] и ещё { $count }
    [few] и ещё { $count }
    *[other] и ещё { $count }
    }

## One snippet

admin-snippet-lead = Изменение сразу видно на сайте и в рассылках, которые ещё не начались. Отправленное не меняется.
admin-snippet-text = Текст
# Keep what is in code. $tag: a merge tag.
admin-snippet-text-hint = Markdown, как в публикациях: <code>**жирный**</code>, <code>[ссылка](https://…)</code>. Подстановки тоже работают, например <code>{ $tag }</code>. Фрагмент не может показывать другой фрагмент.
admin-snippet-no-text = Напишите текст на этом языке, чтобы увидеть его.
admin-snippet-delete-title = Переместить фрагмент { $name } в корзину?
admin-snippet-delete-text = В текстах, которые его показывают, на его месте будет пусто, пока он не восстановлен. Рассылки с таким пропуском не начнутся. Приветственные письма, в которых он есть, до тех пор имеют текст сайта.
admin-snippet-use-welcome = Приветственное письмо списка «{ $list }»
