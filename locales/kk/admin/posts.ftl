### Posts: overview, editor, history, preview.

admin-post-new = Жаңа жарияланым
admin-post-title = Тақырыбы
admin-post-text = Мәтіні
admin-post-state = Күйі
admin-post-state-draft = жоба
admin-post-state-scheduled = жоспарланған
admin-post-state-published = жарияланған
admin-post-category = Айдары
admin-post-author = Авторы
admin-post-languages = Тілдері
admin-post-published = Жарияланған күні

## Overview

admin-posts-search = Тақырыбы немесе мекенжайдағы атауы
admin-posts-drafts = Жобалар
admin-posts-published = Жарияланғандар
admin-posts-none-found-title = Жарияланым табылмады
admin-posts-none-found = Басқаша іздеп көріңіз немесе барлық жарияланымды көрсетіңіз.
admin-posts-show-all = Барлық жарияланымды көрсету
admin-posts-empty-title = Әзірге жарияланым жоқ
admin-posts-empty = Жарияланым – сайттағы мақала. Таратылым оны тізімге жібереді.
admin-posts-write-first = Алғашқы жарияланымды жазу
# For screen readers: the links to newer and older posts.
admin-posts-pages = Беттер
admin-posts-newer = Жаңарақтары
admin-posts-older = Ескіректері

## Editor: above the form

admin-post-published-at = Жарияланған уақыты: { $when }
admin-post-publishes-at = Жарияланады: { $when }
admin-post-imported-from = { $system } жүйесінен импортталған: { $when }
# Former paths of the post follow.
admin-post-redirects = Осында бағыттайтын мекенжайлар:
admin-post-redirects-later = Жарияланғаннан кейін осында бағыттайтын мекенжайлар:
admin-post-view = Сайтта ашу
admin-post-history = Тарихы
admin-post-duplicate = Көшірмесін жасау
admin-post-duplicated = Көшірмесі жасалды
admin-post-duplicated-text = Бұл — көшірме: сайтта жоқ жоба.
admin-post-create-campaign = Таратылым құру
admin-post-unsaved = Сақталмаған өзгерістеріңіз бар: { $when }.
admin-post-restore = Қалпына келтіру
admin-post-discard-ask = Жою…
admin-post-discard-title = Сақталмаған өзгерістер жойылсын ба?
admin-post-discard-text = Сақталмаған өзгерістеріңіз жоғалады.
admin-post-discard-text-from = Сақталмаған өзгерістеріңіз ({ $when }) жоғалады.
admin-post-discard = Өзгерістерді жою
admin-post-discarded = Сақталмаған өзгерістер жойылды
admin-post-taken-up-title = Әлі сақталмады
admin-post-taken-up = Бұл – сіздің сақталмаған өзгерістеріңіз. Жоғалтпау үшін сақтаңыз.
admin-post-revision-of = Нұсқа: { $when }
admin-post-revision-hint = Осы нұсқаны қалпына келтіру үшін сақтаңыз немесе <a href="{ $current }">ағымдағы нұсқаға</a> оралыңыз. Жарияланымның сайтта болу-болмауы өзгермейді.

## Editor: form

admin-post-summary = Қысқаша мазмұны
admin-post-summary-hint = Бір-екі сөйлем. Тақырыптың астында, ал келген хаттар тізімінде хат тақырыбынан кейін көрсетіледі.
admin-post-text-hint = Markdown: <code>**қалың**</code>, <code>[сілтеме](https://…)</code>, <code>![сипаттама](/media/picture.jpg)</code>, <code>## тақырыпша</code>. Хатта <code>{ $tag }</code> – оқырманның аты.
admin-post-slug = Мекенжайдағы атауы
admin-post-slug-hint = Бет мекенжайының соңғы бөлігі. Тақырыптан жасалуы үшін бос қалдырыңыз.
admin-post-time = Жариялау уақыты
admin-post-time-hint = Уақыт белдеуі: { $zone }. «Жоспарлау» батырмасы басылғанда қолданылады.
admin-post-picture = Сурет
admin-post-picture-hint = Карточкаларда, мәтіннің үстінде және жарияланыммен бөліскенде көрсетіледі. Медиадағы суреттің атын енгізіңіз. Бос қалдырсаңыз, мәтіндегі алғашқы сурет алынады.
admin-post-publish = Қазір жариялау
admin-post-schedule = Жоспарлау
admin-post-change-time = Жариялау уақытын өзгерту
admin-post-unpublish = Жариялаудан алу
admin-post-add-picture = Сурет қосу
admin-post-add-table = Кесте қосу
# What the button writes into the text; the column names are examples.
admin-post-table =
    | 1-баған | 2-баған |
    |---|---|
    |  |  |
admin-post-save-and-test = Сақтау және сынақ жіберу

## Editor: outcomes

admin-post-published-now = Жарияланды
admin-post-published-now-text = Жарияланым енді сайтта тұр.
admin-post-published-on = Жарияланатын уақыты: { $when }.
admin-post-unpublished = Жариялаудан алынды
admin-post-unpublished-text = Жарияланым қайтадан жоба болды, сайтта көрінбейді.
admin-post-tested = Сынақ хаты { $email } мекенжайына жіберілді.
admin-post-not-tested = Сақталды, бірақ сынақ хаты жіберілмеді
admin-post-overtaken = Сіз ашқаннан кейін бұл жарияланымды басқа біреу сақтады. Мәтініңіз төменде, ол сақталған жоқ. Сол нұсқаны өзіңіздікімен ауыстыру үшін қайта сақтаңыз немесе салыстыру үшін жарияланымды басқа терезеде ашыңыз.

## Editor: mistakes

admin-post-time-missing = Күні мен уақытын таңдаңыз.
admin-post-no-title = Кемінде бір тілде тақырып жазыңыз.
admin-post-title-missing = { $language }: тақырыбын жазыңыз.
admin-post-title-too-long = { $language }: тақырыпта ең көбі { $limit } таңба бола алады.
admin-post-title-not-a-line = { $language }: тақырып басқару таңбалары жоқ бір жол болуы керек.
admin-post-summary-too-long = { $language }: қысқаша мазмұнында 1000-нан көп таңба бар.
admin-post-text-too-long = { $language }: мәтіні 256 КиБ-тан ұзын.
admin-post-category-missing = Айдарын көрсетіңіз.
admin-post-category-too-long = Айдарда ең көбі { $limit } таңба бола алады.
admin-post-category-not-a-line = Айдар басқару таңбалары жоқ бір жол болуы керек.
admin-post-author-missing = Авторын көрсетіңіз.
admin-post-author-too-long = Автордың атында ең көбі { $limit } таңба бола алады.
admin-post-author-not-a-line = Автордың аты басқару таңбалары жоқ бір жол болуы керек.
admin-post-slug-taken = Мекенжайдағы мұндай атау басқа жарияланымда бар; басқасын таңдаңыз.

## Preview

admin-post-preview-empty = Жарияланымның бұл тілдегі ({ $language }) мәтіні әлі жоқ. Осы тілдің оқырмандары басқа тілдегісін алады.
# Stands in for a title that is not written yet.
admin-post-untitled = Тақырыпсыз

## History

admin-post-revisions-empty-title = Әзірге нұсқа жоқ
admin-post-revisions-empty = Басқару бөлімінде сақталған әр нұсқа осында қалады.
admin-post-revision-saved = Сақталған
admin-post-revision-by = Кім
admin-post-revision-outside = басқару бөлімінен тыс

## Deleting

admin-post-delete-title = Бұл жарияланым жойылсын ба?
admin-post-delete-text = «{ $title }» жарияланымы барлық тілде қоқыс жәшігіне түседі және сайттан кетеді. Оны 30 күн ішінде қалпына келтіруге болады. Жіберілген хаттар өзгермейді.
admin-post-delete-dialog = «{ $title }» жарияланымы барлық тілде қоқыс жәшігіне түседі және сайттан кетеді. Оны 30 күн ішінде қалпына келтіруге болады. Жіберілген хаттар өзгермейді.
admin-post-delete = Жарияланымды жою

## Campaigns that are about to mail it

admin-post-campaigns-change = Бұл жарияланым жақында таратылыммен жіберіледі
# $href, $subject: the campaign; $when: a date and a time; $who: an address.
admin-post-campaign-scheduled = <a href="{ $href }">{ $subject }</a> таратылымы { $when } басталады және өзгертілген мәтінді жібереді.
admin-post-campaign-scheduled-approved = <a href="{ $href }">{ $subject }</a> таратылымы { $when } басталады, оны { $who } мақұлдаған. Өзгеріс мақұлдауды жояды: жаңа мақұлдаусыз ол басталмайды.
admin-post-campaign-approved = <a href="{ $href }">{ $subject }</a> таратылымын { $who } мақұлдаған. Өзгеріс мақұлдауды жояды.
admin-post-confirm-campaigns = Жіберілетін мәтінді өзгерту
admin-post-confirm-missing = Таратылым жіберетін мәтінді өзгерту үшін белгі қойыңыз.
