### Тізімнің сәлемдесу хаты.

admin-welcome-title = Сәлемдесу хаты
admin-welcome-lead = Осы тізімге жазылған әр адамға жазылым күшіне енген бойда бір рет жіберіледі.
admin-welcome-switch = Сәлемдесу хатын жіберу
admin-welcome-switch-hint = Импортпен қосылғандар мен өзіңіз қосқан адамдар оны ешқашан алмайды.
admin-welcome-subject = Тақырып
admin-welcome-text = Мәтін
admin-welcome-text-hint = Markdown: <code>**қалың**</code>, <code>[сілтеме](https://…)</code>, <code>![сипаттама](/media/picture.jpg)</code>. <code>{ $tag }</code> – оқырманның аты. Мәтіннен кейін оқырманның баптауларына апаратын түйме тұрады.
admin-welcome-default = Өз тілінде мәтін жоқ оқырман ағылшынша мәтінді немесе басқасын алады. Ешқандай мәтін болмаса, хатта <a href="{ $texts }">сайттың мәтіндері</a> болады.
admin-welcome-preheader-hint = Кіріс жәшігінде тақырыптан кейін көрінетін жол. Бос болса, сайттың мәтіні алынады.
admin-welcome-save-and-test = Сақтау және сынақ жіберу
admin-welcome-tested = Сынақ хаты { $email } мекенжайына жіберілді.
admin-welcome-no-text = Бұл тілде әлі мәтін жоқ.
admin-welcome-subject-missing = Тақырыпты енгізіңіз.
admin-welcome-text-missing = Мәтінді жазыңыз.
admin-welcome-text-too-long = Мәтін 64 КиБ-тан ұзын.
