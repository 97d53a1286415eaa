### Templates of transactional email: the list, one template.

admin-email-templates-lead = Басқа бағдарламалар жіберетін хаттардың мәтіндері, мысалы, түбіртектер мен еске салулар. Бағдарлама үлгінің атауын және оны толтыратын деректерді береді.
admin-email-templates-none = Әзірге үлгілер жоқ.
admin-email-template-new = Жаңа үлгі
admin-email-template-name = Атауы
admin-email-template-name-hint = Кіші латын әріптері, сандар және дефистер. Оны бағдарламалар атайды, сондықтан кейін өзгертуге болмайды.
admin-email-template-exists = Мұндай атаулы үлгі бұрыннан бар
admin-email-template-number = Нөмірі
admin-email-template-subject = Тақырып
admin-email-template-changed = Өзгертілген

## One template

# $name and $number are those by which programs name it.
admin-email-template-called = API-де атауы <code>{ $name }</code>, listmonk API-інде нөмірі <code>{ $number }</code>.
admin-email-template-text = Мәтін
# Keep what is in code.
admin-email-template-text-hint = Markdown. <code>{"{{ data.number }}"}</code> – бағдарлама <code>number</code> ретінде беретін мән; мән болмаса, бұл қате, қосалқы мәні бар жағдайды қоспағанда: <code>{"{{ data.name | default(\"оқырман\") }}"}</code>. Басқа тегтер: <code>{"{{ email }}"}</code>, <code>{"{{ site_name }}"}</code>.
admin-email-template-sample = Үлгі деректер
admin-email-template-sample-hint = Алдын ала қарау мен сынақ хаттарға арналған, үлгіге қажеттің бәрі бар JSON.
admin-email-template-preheader-hint = Кіріс жәшігінде тақырыптан кейін көрінетін жол. Бос болса, тақырып қайталанады.
admin-email-template-save-and-test = Сақтау және сынақ жіберу
admin-email-template-tested = Сынақ хат { $email } мекенжайына жіберіледі.
admin-email-template-delete-title = { $name } үлгісі жойылсын ба?
admin-email-template-delete-text = Оны атайтын бағдарламалар енді қате алады.
admin-email-template-deleted = Үлгі жойылды

## What a new one begins with

admin-email-template-example-subject = Тапсырысыңыз: {"{{ data.number }}"}
# Markdown.
admin-email-template-example-body = **{"{{ data.number }}"}** тапсырысыңыз жолда.
