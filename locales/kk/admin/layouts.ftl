### Layouts: the list, one layout, its preview.

admin-layouts-lead = Жарияланымдарға, дайджестерге және басқа таратылымдарға арналған хат безендіруі.
admin-layout-name = Атауы
admin-layout-source = Шығу тегі
admin-layout-default = стандартты
admin-layout-custom = өзіміздікі
admin-layout-changed = Өзгертілді
admin-layout-new = Жаңа макет
admin-layout-name-hint = Латынның кіші әріптері, цифрлар мен сызықшалар.
admin-layout-from = Қай макеттен көшіру керек
admin-layout-create = Макет құру
admin-layout-created = Макет құрылды

## One layout

admin-layout-title = { $name } макеті
admin-layout-changed-by = Өзгертілген уақыты: { $at }, өзгерткен: { $by }
admin-layout-unchanged = Өзгертілмеген
# Where the placeholders stand in it, in code.
admin-layout-placeholders =
    <a href="https://documentation.mjml.io/" rel="noopener">MJML</a> және мына белгілер: <code>{"{{ title }}"}</code>, <code>{"{{ summary }}"}</code>, <code>{"{{ body }}"}</code>, <code>{"{{ eyebrow }}"}</code>, <code>{"{{ preheader }}"}</code>, <code>{"{{ site_name }}"}</code>, <code>{"{{ site_url }}"}</code>, <code>{"{{ button_text }}"}</code>, <code>{"{{ button_url }}"}</code>, <code>{"{{ small_print }}"}</code>, <code>{"{{ reason }}"}</code>, <code>{"{{ language }}"}</code>, сондай-ақ әрқайсысында <code>text</code> пен <code>url</code> бар <code>footer_links</code>.
    Сайт баптауларынан: <code>{"{{ accent }}"}</code>, <code>{"{{ accent_dark }}"}</code>, <code>{"{{ on_accent }}"}</code>, <code>{"{{ rule }}"}</code> және <code>{"{{ rule_dark }}"}</code> түстері, <code>{"{{ logo_width }}"}</code> және <code>{"{{ logo_height }}"}</code> өлшемдері бар <code>{"{{ logo_url }}"}</code> логотипі, сондай-ақ пошта мекенжайының жолдары – <code>postal_lines</code>.
    Хат мәтіні мен төмендегі сілтемелер міндетті.
admin-layout-transactional = Бұл макет кіру және растау хаттарына қолданылады, сондықтан оны тек иесі өзгерте алады, ал <code>button_url</code> тек сілтеме мекенжайында немесе мәтінде тұра алады.
admin-layout-saved-next = Осыдан кейін басталатын таратылымдар осыны қолданады.

## Restoring and deleting

admin-layout-restore = Қалпына келтіру
admin-layout-restore-ask = Қалпына келтіру…
admin-layout-restore-title = Стандартты макет қалпына келтірілсін бе?
admin-layout-restore-text = Осы макеттегі өзгерістеріңіз қоқыс жәшігіне түседі, оларды 30 күн ішінде қалпына келтіруге болады.
admin-layout-restored = Стандартты макет қалпына келтірілді
admin-layout-delete-title = Осы макет жойылсын ба?
admin-layout-delete-text = Макет қоқыс жәшігіне түседі, оны 30 күн ішінде қалпына келтіруге болады. Бұрын жіберілген хаттар өзгермейді.

## Preview, and what it shows while there is no post

admin-layout-preview = Ең соңғы жарияланыммен алдын ала қарау
admin-layout-sample-subject = Тақырып
admin-layout-sample-title = Хаттың тақырыбы
admin-layout-sample-preheader = Тақырыптан кейінгі жол
# Markdown.
admin-layout-sample-body =
    Құрметті {"{{ name }}"},

    ## Тақырыпша

    Мәтін, ішінде [сілтеме](/) және

    - екі тармақтан
    - тұратын тізім

    > мен дәйексөз бар.
