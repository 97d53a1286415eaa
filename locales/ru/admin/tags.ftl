### Tags: labels on subscribers.

admin-tag-about = Пометки на подписчиках: для сегментов и поиска.
admin-tag-empty-title = Меток пока нет
admin-tag-empty = Добавьте метки на странице подписчика, сразу нескольким подписчикам или столбцом в импорте.
admin-tag-tag = Метка
admin-tag-new-name = Новое название
admin-tag-new-name-of = Новое название метки «{ $tag }»

## Renaming and merging

admin-tag-rename = Переименовать
admin-tag-rename-one = Переименовать «{ $tag }»
admin-tag-not-renamed = Метка не переименована
admin-tag-renamed = Метка «{ $from }» теперь называется «{ $to }»
admin-tag-merge = Объединить
admin-tag-merge-question = Объединить «{ $from }» с «{ $to }»?
admin-tag-merge-text =
    { $count ->
        [one] Метка «{ $to }» уже есть у { $count } подписчика. Её получат все, у кого есть «{ $from }», в сегментах тоже. Отменить это нельзя.
       *[other] Метка «{ $to }» уже есть у { $count } подписчиков. Её получат все, у кого есть «{ $from }», в сегментах тоже. Отменить это нельзя.
    }
admin-tag-merged = Метка «{ $from }» объединена с «{ $to }»
admin-tag-change =
    Изменения затронули { $subscribers ->
        [one] { $subscribers } подписчика
       *[other] { $subscribers } подписчиков
    } и { $segments ->
        [one] { $segments } сегмент
        [few] { $segments } сегмента
       *[other] { $segments } сегментов
    }.

## Deleting

admin-tag-delete-one = Удалить «{ $tag }»
admin-tag-delete-question = Удалить метку «{ $tag }»?
admin-tag-delete-text = Она будет снята со всех подписчиков. Сами подписчики останутся.
