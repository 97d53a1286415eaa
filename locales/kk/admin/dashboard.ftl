### The dashboard: what needs attention, first steps, the last campaigns.

admin-dashboard-new-post = Жаңа жарияланым
admin-dashboard-new-campaign = Жаңа таратылым
admin-dashboard-now = Жүріп жатқан және жоспарланған
admin-dashboard-month = Соңғы 30 күн
admin-dashboard-sent = Жіберілді
# Beside a count of complaints or bounces.
admin-dashboard-rate = { $percent }, шегі { $limit }
admin-dashboard-rate-high = { $percent } – <strong>{ $limit } шегіне жақын немесе одан асты</strong>
admin-dashboard-queued = Кезекте
# Beside the number of queued emails of campaigns.
admin-dashboard-transactional =
    { $count ->
        [one] және { $count } қызметтік хат
       *[other] және { $count } қызметтік хат
    }
admin-dashboard-growth = 90 күндегі жазылушылар
admin-dashboard-last = Соңғы таратылымдар
admin-dashboard-all-campaigns = Барлық таратылым
admin-dashboard-no-campaigns-title = Әзірге ештеңе жіберілмеген
admin-dashboard-no-campaigns = Таратылым жарияланымды тізімге жібереді.
admin-dashboard-last-posts = Соңғы жарияланымдар
admin-dashboard-all-posts = Барлық жарияланым
admin-dashboard-no-posts = Поштамен жіберіп, сайтта көрсету үшін жарияланым жазыңыз.
admin-dashboard-all-lists = Барлық тізім
admin-dashboard-no-lists-title = Әзірге тізім жоқ
admin-dashboard-no-lists = Адамдар тізімге жазылады, ал таратылымдар тізімдерге жіберіледі.
admin-dashboard-list = Тізім
admin-dashboard-to-confirm = растауды күтуде: { $count }

## First steps

admin-dashboard-first-steps = Алғашқы қадамдар
# For screen readers, after a step.
admin-dashboard-step-done = (орындалды)
admin-dashboard-step-name = Ұйымыңыздың атауын көрсетіңіз
admin-dashboard-step-address = Сайттың жария мекенжайын көрсетіңіз
admin-dashboard-step-sender = Хат жіберушісін көрсетіңіз
admin-dashboard-step-relay = SMTP-серверді қосыңыз
admin-dashboard-step-list = Адамдар жазыла алатын тізім құрыңыз
admin-dashboard-step-subscriber = Алғашқы жазылушыны алыңыз: жазылу пішіні немесе импорт арқылы
admin-dashboard-step-post = Жарияланым жазыңыз
admin-dashboard-step-campaign = Одан таратылым жасап, өзіңізге сынақ хат жіберіңіз де, оны бастаңыз

## What needs attention

admin-dashboard-relay = SMTP-сервердегі ақау
admin-dashboard-backup = Сақтық көшірме жасалмады
admin-dashboard-show-check = Жүйені тексеруді ашу
admin-dashboard-mailbox = Қайтарылған хаттар жәшігін оқу мүмкін емес
admin-dashboard-show-settings = Баптауларды ашу
admin-dashboard-certificate = Сервер сертификатында ақау бар
# $task: the name of a background task.
admin-dashboard-task = Ақау: { $task }
admin-dashboard-delayed = «{ $subject }» таратылымы тұрып қалды: { $reason }
admin-dashboard-show-campaign = Таратылымды ашу
admin-dashboard-connections =
    { $count ->
        [one] SMTP-сервер бірден { $count } байланыс қана қабылдайды
       *[other] SMTP-сервер бірден { $count } байланыс қана қабылдайды
    }
admin-dashboard-connections-text = { $relay } артығын қабылдамайды (басталған уақыты: { $since }); мекенжайындағы connections= параметрі { $allowed } байланысқа рұқсат береді. Хаттар ол қабылдайтын байланыстармен жіберіледі, ара-тұра тағы біреуі сыналады.
admin-dashboard-failed = «{ $subject }» таратылымы басталмады
admin-dashboard-correct = Түзетіп бастау
admin-dashboard-paused = «{ $subject }» таратылымы тоқтатылды
admin-dashboard-paused-by-someone = Оны пайдаланушылардың бірі тоқтатты; қалған хаттар күтуде.
admin-dashboard-paused-by-someone-since = Оны пайдаланушылардың бірі тоқтатты; қалған хаттар күтуде. Тоқтатылған уақыты: { $since }.
# $reason: why, without a full stop.
admin-dashboard-paused-since = { $reason }. Тоқтатылған уақыты: { $since }
admin-dashboard-resume = Тексеріп жалғастыру
admin-dashboard-uncertain =
    { $count ->
        [one] «{ $subject }» таратылымының { $count } хаты жетпеген болуы мүмкін
       *[other] «{ $subject }» таратылымының { $count } хаты жетпеген болуы мүмкін
    }
admin-dashboard-uncertain-text = Олар сіз сұрасаңыз ғана қайта жіберіледі.
admin-dashboard-decide = Шешу
