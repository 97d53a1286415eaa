### Pages for what went wrong.

admin-error-not-found = Табылмады
admin-error-not-found-text = Бет басқа жерге көшкен немесе мазмұны жойылған болуы мүмкін.
admin-error-not-allowed = Құқығыңыз жоқ
admin-error-too-large = Көлемі тым үлкен
admin-error-too-large-text = Бір жолда азырақ жіберіңіз.
admin-error-invalid = Деректер дұрыс емес
admin-error-too-many = Сұрау тым көп
admin-error-too-many-text = Бір минут күтіп, қайта көріңіз.
admin-error-unavailable = Қазір қолжетімсіз
admin-error-unavailable-text = Дерекқор жауап бермейді немесе толып қалған. Ештеңе өзгерген жоқ; бір минуттан кейін қайта көріңіз.
admin-error-method-text = Мұндай сұрау бұл жерде қабылданбайды; артқа қайтып, түймелерді қолданыңыз.
admin-error-internal = Бірдеңе дұрыс болмады
admin-error-internal-text = Себебі сервер журналына жазылды. Одан артық ештеңе істелмеді.
admin-error-at = { $status } қатесі, мекенжайы: <code>{ $path }</code>
admin-error-to-dashboard = Шолуға өту
