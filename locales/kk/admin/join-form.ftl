### The join form: additional questions and spam protection.

admin-join-form-lead = Ол мекенжайды, атты, тізімдерді және тілді сұрайды. Басқа сұрақтардың жауаптары сегменттер мен хаттағы ауыспалы өрістер үшін атрибут ретінде сақталады. Пішіннің мәтіндерін <a href="/admin/texts?group=join">«Мәтіндер»</a> бөлімінде өзгертуге болады.
admin-join-form-view = Пішінді ашу
admin-join-form-new = Жаңа сұрақ
admin-join-form-questions = Сұрақтар
admin-join-form-empty-title = Басқа сұрақ жоқ
admin-join-form-empty = Әр артық сұрақ жазылушылар санын азайтады. Тек пайдаланатын нәрсеңізді сұраңыз.
admin-join-form-add = Сұрақ қосу
admin-join-form-question = Сұрақ
admin-join-form-attribute = Атрибут
admin-join-form-answer-type = Жауап түрі
admin-join-form-is-required = міндетті
# A choice of so many.
admin-join-form-one-of = { $count } нұсқаның бірі
admin-join-form-delete-one = { $key } – жою
admin-join-form-delete-title = «{ $question }» сұрағы жойылсын ба?
admin-join-form-delete-text = Пішін бұдан былай оны сұрамайды. Бұрынғы жауаптар { $key } атрибутында қалады.
admin-join-form-deleted = Сұрақ жойылды

## Answer types

admin-join-form-kind-text = мәтін
admin-join-form-kind-choice = бірнеше нұсқаның бірі
admin-join-form-kind-tick = белгі қою

## Spam protection

admin-join-form-protection = Спамнан қорғау
admin-join-form-proof = Пішін қабылданғанға дейінгі есептеу тапсырмасы
admin-join-form-proof-hint = Браузер шамамен бір секундта шағын есеп шығарады, сондықтан мыңдаған автоматты жазылу қымбатқа түседі. Келушілер мұны байқамайды; JavaScript болмаса, 15 секунд күтеді. Басқа сайттарға ештеңе жіберілмейді.
admin-join-form-work-under-load = Жазылу әдеттегіден көп болғанда
admin-join-form-work-always = Әрқашан
admin-join-form-work-never = Ешқашан

## One question

admin-join-form-attribute-hint = Латынның кіші әріптері, цифрлар және астыңғы сызықтар, мысалы city. Кейін өзгертуге болмайды.
admin-join-form-required = Міндетті
admin-join-form-choices = Нұсқалар
admin-join-form-choices-hint = Әр жолға біреуден; барлық тілде саны да, реті де бірдей болуы керек.
admin-join-form-asked-now = Пішін енді оны сұрайды.
