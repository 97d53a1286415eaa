### Жазылу, растау, бас тарту және жазылушы өзгерте алатын нәрселер.

## Жазылу

join-title = Біздің таратылымға жазылыңыз
join-lead = Не туралы білгіңіз келетінін таңдаңыз. Мекенжай шынымен сіздікі екеніне көз жеткізу үшін бір хат жібереміз.
join-one-lead = Мекенжай сіздікі екеніне көз жеткізу үшін бір хат жібереміз.
join-email-label = Электрондық пошта мекенжайы
join-email-hint = Мысалы, name@example.com
join-name-label = Атыңыз
join-name-hint = Міндетті емес. Сізбен амандасу үшін ғана қажет.
join-lists-label = Сізге не жіберейік
join-language-label = Хаттардың тілі
# Келісімнің дәлелі ретінде сақталатын сөздер.
consent-wording = «{ $site }» сайтының мен таңдаған хаттарды осы мекенжайға жіберіп тұруына келісемін. Кез келген уақытта бір рет басып бас тарта аламын.
join-button = Жазылу
join-optional = міндетті емес
join-privacy = Мекенжайыңыз тек осы хаттар үшін сақталады және ешкімге берілмейді.
# A field that scripts fill in and people do not see.
join-trap-label = Бұл өрісті бос қалдырыңыз
puzzle-doing = Форманы робот жіберіп жатпағанын тексеріп жатырмыз…
puzzle-done = Жіберуге дайын.
puzzle-without-scripts = Браузеріңізде скриптер өшірулі. Форманы жібермес бұрын 15 секунд күтіңіз.

## «Поштаңызды тексеріңіз»: кез келген мекенжай үшін бірдей бет

sent-title = Поштаңызды тексеріңіз
sent-body = Егер бұл мекенжайды қосуға болса, хатымыз қазір жолда. Жазылуды аяқтау үшін хатты ашып, ішіндегі түймені басыңыз.
sent-spam-hint = Бірнеше минут өтсе де хат келмеді ме? «Спам» қалтасын қарап, мекенжайда қате жоқ па, тексеріңіз.
sent-expiry =
    { $hours ->
        [one] Хаттағы сілтеме { $hours } сағат бойы жарамды.
       *[other] Хаттағы сілтеме { $hours } сағат бойы жарамды.
    }
sent-expiry-days =
    { $days ->
        [one] Хаттағы сілтеме { $days } күн бойы жарамды.
       *[other] Хаттағы сілтеме { $days } күн бойы жарамды.
    }
sent-again = Басқа мекенжай енгізу

## Растау

confirm-title = Соңғы қадам
confirm-body = Түймені бассаңыз, хаттар мына мекенжайға келе бастайды:
confirm-lists =
    { $count ->
        [one] Сіз мына таратылымға жазыласыз:
       *[other] Сіз мына таратылымдарға жазыласыз:
    }
confirm-button = Иә, маған хат жіберіңіздер
confirm-not-you = Мұны сіз сұраған жоқсыз ба? Бетті жаба салыңыз. Түйме басылмайынша ештеңе жіберілмейді.
confirmed-title = Қош келдіңіз!
confirmed-body = Мекенжайыңыз расталды. Келесі хат сізге де келеді.
confirmed-preferences = Алатын хаттарды өзгерту
confirmed-home = Басты бетке өту

## Жарамсыз сілтеме

expired-title = Сілтеменің мерзімі өтіп кетті
expired-body = Қауіпсіздік үшін сілтемелеріміз шектеулі уақыт қана жарамды. Ештеңе өзгерген жоқ.
expired-again = Форманы тағы бір рет толтырыңыз, біз жаңа сілтеме жібереміз.
expired-button = Формаға өту
used-title = Бұл сілтеме бұрын қолданылған
used-body = Енді ештеңе істеудің қажеті жоқ: керегінің бәрі жасалып қойған.
gone-title = Мұнда енді ештеңе жоқ
gone-body = Бұл сілтеме апаратын деректер жойылған. Қалаған кезіңізде қайта жазыла аласыз.

## A link in a test letter

sample-title = Бұл – сынақ
sample-body = Сілтеме сынақ хаттан алынған. Ештеңе өзгерген жоқ.

## Жазылудан бас тарту

unsubscribe-title = Таратылымнан бас тартасыз ба?
unsubscribe-body = Түймені бассаңыз, бірден тоқтаймыз. Сұрақ та, қоштасу хаты да болмайды.
unsubscribe-list = Таратылым: { $list }
unsubscribe-button = Бас тарту
unsubscribe-all-button = Барлығынан бас тарту
unsubscribe-fewer = Немесе қай хаттарды қалдыратыныңызды таңдаңыз
unsubscribed-title = Сіз таратылымнан бас тарттыңыз
unsubscribed-body = Бұл таратылымнан енді хат келмейді. Жолға шығып кеткені болса, әлі жетуі мүмкін.
unsubscribed-all-body = Бізден енді хат келмейді. Жолға шығып кеткені болса, әлі жетуі мүмкін.
unsubscribed-reason-label = Себебін айта аласыз ба?
unsubscribed-reason-hint = Міндетті емес. Жауаптарды адамдар оқиды.
unsubscribed-reason-button = Жіберу
unsubscribed-reason-thanks = Рақмет. Жауабыңызды жазып алдық.
unsubscribed-rejoin = Байқамай бастыңыз ба? Қайта жазылыңыз

## Баптаулар

preferences-title = Сіздің баптауларыңыз
preferences-lead = Бұл баптаулар мына мекенжайға қатысты: { $email }. Осы беттің сілтемесін ешкімге бермеңіз: сілтеме кімде болса, баптауды сол өзгерте алады.
preferences-lists-label = Сіз алатын хаттар
preferences-lists-empty = Қазір сіз ешқандай таратылымға жазылмағансыз.
preferences-lists-count =
    { $count ->
        [one] Сіз { $count } таратылымға жазылғансыз.
       *[other] Сіз { $count } таратылымға жазылғансыз.
    }
preferences-language-label = Хаттардың тілі
preferences-name-label = Атыңыз
preferences-tracking-label = Қандай сілтемелерді ашатынымды есепке алуға болады
preferences-tracking-hint = Өзіңіз қоспайынша өшірулі тұрады. Бұл не туралы жазу керегін білуге көмектеседі.
preferences-save = Сақтау
preferences-saved = Сақталды.
preferences-frequency-label = Қаншалықты жиі
preferences-frequency-each = Әр хат жеке
preferences-frequency-each-hint = Жіберілген бойда келеді.
preferences-frequency-weekly = Аптасына бір хат
preferences-frequency-weekly-hint = Онда таратылымдарыңыз жібергеннің бәрі жиналады. Шұғыл жаңалық бірден келеді.
preferences-changed-joined = Енді сіз «{ $list }» таратылымына жазылдыңыз.
preferences-changed-left = Сіз «{ $list }» таратылымынан шықтыңыз.
preferences-changed-name = Атыңыз өзгертілді.
preferences-changed-language = Хаттар енді осы тілде келеді: { $language }.
preferences-changed-answers = Жауаптарыңыз өзгертілді.
preferences-changed-each = Енді әр хат жеке келеді. Осы аптада сізге бірдеңе жиналған болса, ол бір хатпен әлі келеді.
preferences-changed-weekly = Енді сіз аптасына бір хат аласыз.
preferences-unchanged = Ештеңе өзгертілмеді.
preferences-pause-title = Үзіліс жасау
preferences-pause-body = Таратылымдарыңызда қаласыз, бірақ біраз уақыт хат алмайсыз. Осы кезде жіберілген хаттар кейін жіберілмейді.
preferences-pause-label = Қанша уақытқа
preferences-pause-2w = Екі апта
preferences-pause-1m = Бір ай
preferences-pause-3m = Үш ай
preferences-pause-6m = Алты ай
preferences-pause-until-label = Немесе осы күнге дейін
preferences-pause-until-hint = Бір жыл ішінде. Жоғарыдағы мерзім жараса, бос қалдырыңыз.
preferences-pause-button = Хаттарды тоқтата тұру
preferences-pause-change-button = Үзілісті өзгерту
preferences-paused = Мына күнге дейін хат келмейді: { $date }. Содан бастап хаттар өздігінен қайта келеді.
preferences-pause-past = Бүгіннен кейінгі күнді таңдаңыз.
preferences-pause-too-long = Үзіліс бір жылдан аспайды. Ертерек күнді таңдаңыз.
preferences-pause-unknown = Бұл күнді оқу мүмкін болмады. Күнтізбеден таңдаңыз немесе былай жазыңыз: 2027-03-01.
preferences-resume-button = Үзілісті қазір аяқтау
preferences-resumed = Енді хаттар қайта келеді.
preferences-came-back = Хаттар қайта келе алады. Енді таратылымдарды таңдаңыз.
preferences-stays-suppressed = Мұны осы жерде алып тастау мүмкін емес: сізге жіберілген хаттар қайтып келген, спам деп белгіленген немесе біз тоқтатқанбыз. Бізге жазыңыз.
preferences-state-pending = растауыңызды күтіп тұр
preferences-state-confirmed = сіз оны аласыз
preferences-state-unsubscribed = сіз одан бас тарттыңыз
preferences-leave-title = Барлығынан бас тарту
preferences-leave-body = Сіз барлық таратылымнан бірден шығасыз. Біреу қателесіп қайта қоспауы үшін қалауыңыз туралы белгіні сақтаймыз.
preferences-leave-button = Барлық таратылымнан бас тарту
preferences-suppressed-title = Сізге бізден хат келмейді
preferences-suppressed-body = Өтініш бойынша бұл мекенжайға ештеңе жіберілмейді. Хаттарды қайта алғыңыз келсе, осы жерде айтыңыз да, таратылымдарды таңдаңыз.
preferences-come-back-button = Хаттарды қайта алу
preferences-export-title = Деректерімді жүктеп алу
preferences-export-body = Осы мекенжай туралы бізде барының бәрі бір файлда: атыңыз, таратылымдар, қашан және неге келіскеніңіз.
preferences-export-button = Файлды жүктеп алу
preferences-erase-title = Деректерімді жою
preferences-erase-body = Мекенжайыңызды, атыңызды және таңдауыңызды жоямыз. Жойылған деректі қайтару мүмкін емес.
preferences-erase-button = Деректерімді жою…
erase-title = Барлық деректеріңізді жоясыз ба?
erase-body = Сіз барлық таратылымнан шығасыз, ал деректеріңіз біржола жойылады. Алдымен көшірмесін жүктеп алғаныңыз жөн болар.
erase-kept = Есептеріміздегі сандар ғана қалады: олар ешкімді атамайды.
erase-kept-address = Мекенжайдың өзі біз ешқашан жазбайтындар тізімінде қалады: біреу қателесіп қайта қоспауы үшін.
erase-confirm-label = Иә, деректерімді біржола жойыңыздар
erase-confirm-missing = Деректеріңізді шынымен жойғыңыз келсе, белгі қойыңыз.
erase-button = Деректерді жою
erase-cancel = Деректерді қалдыру
erased-title = Деректеріңіз жойылды
erased-body = Мекенжайыңыз, атыңыз және таңдауыңыз енді бізде жоқ. Қалаған кезіңізде қайта жазылсаңыз, қуанамыз.

## Формада не дұрыс емес

form-errors-title =
    { $count ->
        [one] { $count } қатені түзетіңіз:
       *[other] { $count } қатені түзетіңіз:
    }
field-email-missing = Электрондық пошта мекенжайын енгізіңіз.
field-email-malformed = Бұл электрондық пошта мекенжайына ұқсамайды. Ол мынадай болуы керек: name@example.com.
field-email-too-long = Мекенжай тым ұзын. Таңбалардың ең көп саны: { $max }.
field-name-too-long = Есім тым ұзын. Таңбалардың ең көп саны: { $max }.
field-name-malformed = Есімде жол ауыстыру мен басқару таңбалары болмайды. Бір жолға жазыңыз.
field-lists-missing = Кемінде бір таратылымды таңдаңыз.
field-list-unknown = Бұл таратылымға жазылуға болмайды.
field-language-unknown = Ұсынылған тілдердің бірін таңдаңыз.
field-consent-missing = Белгі қойыңыз: келісіміңізсіз сізге хат жазуға құқығымыз жоқ.
field-answer-missing = Жауап беріңіз.
field-answer-unknown = Осылардың бірін таңдаңыз.
field-answer-too-long = Тым ұзын. { $max } таңбадан аспасын.
form-wait =
    { $seconds ->
        [one] { $seconds } секунд күтіп, қайта көріңіз.
       *[other] { $seconds } секунд күтіп, қайта көріңіз.
    }
form-too-many-attempts = Әрекет саны тым көп. Біраздан кейін қайта көріңіз.
form-too-quick = Форма адам толтырып үлгергеннен де жылдам жіберілді. Тағы бір рет жіберіңіз.
form-stale = Бет тым ұзақ ашық тұрды. Форманы тағы бір рет жіберіңіз.
form-from-elsewhere = Форма оны көрсетуге рұқсаты жоқ сайттан келді. Деректерді тексеріп, осы жерден жіберіңіз.
