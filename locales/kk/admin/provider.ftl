### Sign-in by the organisation's provider (OpenID Connect).

## Sign-in page

admin-provider-button = { $name } арқылы кіру
admin-provider-owners-below = Құпиясөзбен немесе сілтемемен тек иелері кіреді.
admin-provider-only = Сіздің тіркелгіңізбен { $name } арқылы кіруге болады.
admin-provider-leaving = Қазір кіру беті ашылады.
admin-provider-continue = Жалғастыру

## Confirmation that it is you

admin-provider-again = Немесе сол жерде қайта кіріп, пішінді тағы бір рет толтырыңыз.
admin-provider-in-tab = Қайта кіріңіз. Бет жаңа қойындыда ашылады.

## What went wrong

admin-provider-failed = Сіз кірген жоқсыз
admin-provider-back = Артқа
admin-provider-error-not-configured = Мұнда ұйымның тіркелгісімен кіру бапталмаған.
admin-provider-error-expired = Бұл кіру әрекеті бұрын пайдаланылған, тым ұзаққа созылған немесе басқа браузерде басталған. Қайтадан бастаңыз.
admin-provider-error-unavailable = Ұйымыңыздың кіру қызметі қолжетімсіз немесе дұрыс жауап бермеді. Кейінірек көріңіз. Себебін иесі әрекеттер журналынан және жүйе тексеруінен көре алады.
admin-provider-error-declined = Ұйымыңыздың кіру қызметі бас тартты немесе сіз кіруді тоқтаттыңыз.
admin-provider-error-invalid = Ұйымыңыздың кіру қызметінің жауабына сенуге болмайды. Себебін иесі әрекеттер журналынан көре алады.
admin-provider-error-unverified = Ұйымыңыз тіркелгідегі эл. пошта мекенжайының сіздікі екенін растамайды. Оның кіру қызметіне жауапты адамдарға хабарласыңыз.
admin-provider-error-domain = Тіркелгіңіздегі эл. пошта мекенжайының доменіне мұнда кіруге рұқсат жоқ. Иесіне хабарласыңыз.
admin-provider-error-no-role = Топтарыңыздың ешқайсысына рұқсат берілмеген. Иесіне немесе ұйымыңыздың кіру қызметіне жауапты адамдарға хабарласыңыз.
admin-provider-error-many-groups = Сіз тым көп топтасыз, сондықтан ұйымыңыздың кіру қызметі олардың атын бермейді. Иесіне хабарласыңыз.
admin-provider-error-not-invited = Мұнда сіздің тіркелгіңізбен пайдаланушы жоқ. Иесінен шақыру сұраңыз.
admin-provider-error-not-linked = Эл. пошта мекенжайыңызбен пайдаланушы бар, бірақ тіркелгіңіз оған байланыстырылмаған. Құпиясөзбен немесе сілтемемен кіріп, оны «Менің тіркелгім» бетінде байланыстырыңыз.
admin-provider-error-other-account = Эл. пошта мекенжайыңызбен тіркелген пайдаланушы ұйымыңыздың басқа тіркелгісіне байланыстырылған. Иесіне хабарласыңыз.
admin-provider-error-taken = Бұл тіркелгіге басқа пайдаланушы байланыстырылған.
admin-provider-error-disabled = Иесі сізге кіруді жапқан.

## My account

admin-provider-title = Ұйымның тіркелгісімен кіру
# $name is empty where the provider was removed from the settings.
admin-provider-is-linked = { $email } ({ $name }) тіркелгіңіз байланыстырылған, соңғы кіру: { $at }.
admin-provider-not-linked = { $name } тіркелгісімен кіру үшін оны байланыстырыңыз.
admin-provider-link = { $name } тіркелгісін байланыстыру
admin-provider-unlink = Байланысты жою
admin-provider-linked = Тіркелгіңіз байланыстырылды
admin-provider-unlinked = Байланыс жойылды
