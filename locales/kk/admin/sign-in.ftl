### Sign-in, and the confirmation of who it is before something sensitive changes.

admin-sign-in-title = Кіру
admin-sign-in-button = Кіру
admin-sign-in-hint = Эл. поштамен бір реттік кіру сілтемесін алу үшін құпиясөзді бос қалдырыңыз.
admin-sign-in-password = Құпиясөз
admin-sign-in-email-link = Сілтеме жіберу
admin-sign-in-address-missing = Мекенжайыңызды енгізіңіз, мысалы name@example.org.
admin-sign-in-wrong = Мекенжай немесе құпиясөз дұрыс емес. Хаттағы сілтемемен әрқашан кіруге болады.

## Second step

admin-sign-in-one-more = Тағы бір қадам
admin-sign-in-code-text = Қолданбадағы алты цифрды немесе қосалқы кодтардың бірін енгізіңіз.
admin-sign-in-code = Код
admin-sign-in-code-hint = Қолданбадағы немесе қосалқы код.

## Link

admin-sign-in-sent = Поштаңызды тексеріңіз
admin-sign-in-sent-text =
    { $minutes ->
        [one] Егер бұл пайдаланушының мекенжайы болса, біз оған кіру сілтемесін жібердік. Сілтеме бір рет қана, { $minutes } минут ішінде жарамды.
       *[other] Егер бұл пайдаланушының мекенжайы болса, біз оған кіру сілтемесін жібердік. Сілтеме бір рет қана, { $minutes } минут ішінде жарамды.
    }
admin-sign-in-demo-inbox = Демо поштаны ашу
admin-sign-in-no-email = Хат келмеді ме? «Спам» қалтасын қараңыз, содан кейін <a href="{ $again }">жаңа сілтеме сұраңыз</a>.
admin-sign-in-offer = Сілтеме бір рет қана жарамды. Осы браузерде кіру үшін түймені басыңыз.
admin-sign-in-expired = Сілтеме енді жарамсыз
admin-sign-in-expired-text = Кіру сілтемесі бір рет қана және аз уақыт жарамды.
admin-sign-in-new-link = Жаңа сілтеме алу
admin-sign-in-invitation-expired = Шақырудың мерзімі өтті
admin-sign-in-invitation-expired-text = Оның соңғы мерзімі: { $at }. Жаңасын { $inviter } мекенжайынан сұраңыз.

## Confirmation before credentials, secrets or the ways of mail change

admin-reauth-title = Бұл сіз екеніңізді растаңыз
admin-reauth-text =
    { $minutes ->
        [one] Сіз { $minutes } минуттан бұрын кіргенсіз. Бұл әрекет үшін жақында кірген болу керек: алдымен бұл сіз екеніңізді растаңыз. Енгізгеніңіз сақталады.
       *[other] Сіз { $minutes } минуттан бұрын кіргенсіз. Бұл әрекет үшін жақында кірген болу керек: алдымен бұл сіз екеніңізді растаңыз. Енгізгеніңіз сақталады.
    }
admin-reauth-confirm = Растау
admin-reauth-or-link = Немесе хаттағы сілтемемен қайта кіріп, пішінді тағы бір рет толтырыңыз.
admin-reauth-not-confirmed = Әлі расталмады
admin-reauth-not-yet = Сіз әлі қайта кірген жоқсыз.
admin-reauth-no-password = Сізде құпиясөз жоқ. Эл. поштаға сілтеме сұрап, оны осы браузерде ашыңыз.
admin-reauth-then = Содан кейін осы бетке оралыңыз.
admin-reauth-signed-in = Қайта кірдім
