### Snippets: the list, one snippet.

admin-snippets-lead = Көптеген жарияланымдар мен таратылымдар көрсететін мәтіндер: мекенжай, қолдауға шақыру, жұмыс уақыты. Осында өзгертсеңіз, барлық жерде өзгереді.
admin-snippets-none-title = Әзірге үзінді жоқ
admin-snippets-none = Мәтінді осында бір рет сақтап, кез келген жарияланымда немесе таратылымда көрсетіңіз: редакторда / басып, «Үзінді» дегенді таңдаңыз.
admin-snippet-new = Жаңа үзінді
# The title of a preview of one that has no name yet.
admin-snippet = Үзінді
admin-snippet-name = Аты
admin-snippet-name-hint = Латынның кіші әріптері, цифрлар мен дефистер. Мәтіндер оған сілтейді, сондықтан кейін өзгертуге болмайды.
admin-snippet-exists = Мұндай атты үзінді бар
admin-snippet-languages = Тілдер
admin-snippet-changed = Өзгертілді
# $count: places beside those that are named.
admin-snippet-more-uses = { $count ->
    [one] тағы { $count }
    *[other] тағы { $count }
    }

## One snippet

admin-snippet-lead = Өзгеріс сайтта және әлі басталмаған таратылымдарда бірден көрінеді. Жіберілгені өзгермейді.
admin-snippet-text = Мәтін
# Keep what is in code. $tag: a merge tag.
admin-snippet-text-hint = Жарияланымдардағыдай Markdown: <code>**қалың**</code>, <code>[сілтеме](https://…)</code>. <code>{ $tag }</code> сияқты қойылымдар да жұмыс істейді. Үзінді басқа үзіндіні көрсете алмайды.
admin-snippet-no-text = Көру үшін осы тілде мәтін жазыңыз.
admin-snippet-delete-title = { $name } үзіндісі себетке салынсын ба?
admin-snippet-delete-text = Оны көрсететін мәтіндерде ол қалпына келтірілгенше орны бос қалады. Бос орны бар таратылымдар басталмайды. Ол көрсетілетін сәлемдесу хаттары оған дейін сайт мәтінімен жіберіледі.
admin-snippet-use-welcome = «{ $list }» тізімінің сәлемдесу хаты
