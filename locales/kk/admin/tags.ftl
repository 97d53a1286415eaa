### Tags: labels on subscribers.

admin-tag-about = Жазылушылардағы белгілер: сегменттер мен іздеу үшін.
admin-tag-empty-title = Әзірге белгі жоқ
admin-tag-empty = Белгілерді жазылушының бетінде, бірден бірнеше жазылушыға немесе импорт бағаны арқылы қосыңыз.
admin-tag-tag = Белгі
admin-tag-new-name = Жаңа атауы
admin-tag-new-name-of = «{ $tag }» белгісінің жаңа атауы

## Renaming and merging

admin-tag-rename = Атауын өзгерту
admin-tag-rename-one = «{ $tag }» атауын өзгерту
admin-tag-not-renamed = Белгінің атауы өзгертілмеді
admin-tag-renamed = «{ $from }» белгісі енді «{ $to }» деп аталады
admin-tag-merge = Біріктіру
admin-tag-merge-question = «{ $from }» белгісі «{ $to }» белгісімен біріктірілсін бе?
admin-tag-merge-text =
    { $count ->
        [one] «{ $to }» белгісі { $count } жазылушыда бар. «{ $from }» белгісі барлардың бәріне, соның ішінде сегменттерде де, осы белгі қойылады. Мұны кері қайтару мүмкін емес.
       *[other] «{ $to }» белгісі { $count } жазылушыда бар. «{ $from }» белгісі барлардың бәріне, соның ішінде сегменттерде де, осы белгі қойылады. Мұны кері қайтару мүмкін емес.
    }
admin-tag-merged = «{ $from }» белгісі «{ $to }» белгісімен біріктірілді
admin-tag-change =
    { $subscribers ->
        [one] { $subscribers } жазылушы
       *[other] { $subscribers } жазылушы
    } және { $segments ->
        [one] { $segments } сегмент
       *[other] { $segments } сегмент
    } өзгертілді.

## Deleting

admin-tag-delete-one = «{ $tag }» белгісін жою
admin-tag-delete-question = «{ $tag }» белгісі жойылсын ба?
admin-tag-delete-text = Ол барлық жазылушыдан алып тасталады. Жазылушылардың өздері қалады.
