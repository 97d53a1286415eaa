### DKIM keys: create, activate, retire.

admin-key-title = Қол қою кілттері
admin-key-lead = Алушылар DKIM қолтаңбасы доменіңіздің DNS-індегі кілтке сәйкес келетін хаттарға сенеді. Кілттерді жылына бір-екі рет ауыстырыңыз: жаңасын жасап, жариялап, қосыңыз, ал ескісін бір аптадан кейін қайтарып алыңыз.
admin-key-list = Кілттер
admin-key-empty-title = Хаттарға қол қойылмайды
admin-key-empty = Ірі пошта қызметтері қолтаңбасыз жаппай хаттарды қабылдамайды. Кілттер жасап, олардың жазбаларын жариялаңыз.
admin-key-selector = Селектор
admin-key-state = Күйі
admin-key-records = Жарияланатын жазбалар
admin-key-actions = Не істеу керек
admin-key-state-new = жаңа
admin-key-state-active = қолданыста
admin-key-state-retiring = шығарылуда
admin-key-state-retired = қайтарып алынған
admin-key-since = өзгерген уақыты: { $date }
admin-key-until = мерзімі: { $date }
admin-key-no-records = Жоқ; оларды DNS-тен жойыңыз
admin-key-records-counted =
    { $count ->
        [one] { $count } TXT жазбасы
       *[other] { $count } TXT жазбасы
    }

## Creating

admin-key-create-title = Кілттер жасау
admin-key-create = Жасау
admin-key-domain = Жіберушінің домені
admin-key-domain-wrong = Бұл домен атауы емес.
admin-key-selector-hint = Осы RSA және Ed25519 кілттер жұбының атауы. Әр жұптың өз атауы бар, ол екі рет қолданылмайды.
admin-key-created = Кілттер жасалды
admin-key-created-new = Олардың жазбаларын жариялап, содан кейін кілттерді қосыңыз. Оған дейін хаттарға бұрынғы кілттермен қол қойылады.
admin-key-created-active = Хаттарға енді осы кілттермен қол қойылады; олардың жазбаларын бірден жариялаңыз.

## Activating

admin-key-activate = Қосу
admin-key-activate-label = { $selector } кілттерін қосу
admin-key-activate-question = { $selector } кілттері бәрібір қосылсын ба?
admin-key-activate-text = DNS сұрауы: { $error }. Алушылар кілтті тапқанша, онымен қол қойылған хаттар қол қойылмаған болып саналады.
admin-key-activated = { $selector } кілттері қолданыста
# $selectors are one or more keys that were active before.
admin-key-superseded = { $selectors } жазбаларын тағы бір апта жоймаңыз: олармен қол қойылған хаттар әлі жолда болуы мүмкін.

## Retiring

admin-key-retire = Қайтарып алу
admin-key-retire-ask = Қайтарып алу…
admin-key-retire-label = { $selector } кілттерін қайтарып алу
admin-key-retire-question = { $selector } кілттері қайтарып алынсын ба?
admin-key-retire-text = Жабық кілттер жойылады, оларды қалпына келтіру мүмкін емес.
admin-key-retire-in-transit = Осы кілттермен қол қойылған хаттар әлі жолда болуы мүмкін (мерзімі: { $date }). Жабық кілттер жойылады, оларды қалпына келтіру мүмкін емес.
admin-key-retired = { $selector } кілттері қайтарып алынды
admin-key-unpublish = DNS-тен жойыңыз: { $names }.
