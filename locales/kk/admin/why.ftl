### Why one person got one campaign, or did not.

## The page

admin-why-title = Неге алды немесе алмады
admin-why-question = { $email }: «{ $subject }» таратылымы алынды ма?
admin-why-question-now = { $email }: «{ $subject }» таратылымы келе ме?
admin-why-facts = Жауап неге негізделген
# On the page of a subscriber: a form to choose a campaign.
admin-why-choose = Хатты неге алды немесе алмады?
admin-why-choose-hint = Жазылушы таратылымды алды ма (немесе ала ма) және неге екенін көру үшін таратылымды таңдаңыз.
admin-why-campaign = Таратылым
admin-why-campaign-option = { $subject } ({ $state })
admin-why-no-campaigns = Әзірге таратылым жоқ.
admin-why-explain = Түсіндіру
admin-why-link = Неге?
admin-why-link-of = Неге: { $name }
admin-why-other = Басқа таратылым
admin-why-digest-open = Дайджестті ашу
# For screen readers, before a fact.
admin-why-for = Жіберуге кедергі емес:
admin-why-against = Жіберуге кедергі:

## The recipients of a campaign, by address

admin-why-find = Алушыны табу
admin-why-find-hint = Аты, мекенжайы немесе оның бөлігі. Алушылар арасында жоқ мекенжайдың себебі де түсіндіріледі.
admin-why-found = Табылды
admin-why-found-none = Атында немесе мекенжайында мұндай мәтін бар жазылушы жоқ
admin-why-found-none-next = Мекенжай туралы не белгілі екенін көру үшін оны толық енгізіңіз.
admin-why-found-first = Алғашқы табылғандар көрсетілген. Аттың немесе мекенжайдың көбірек бөлігін енгізіңіз.
admin-why-not-a-recipient = алушы емес
admin-why-subscriber = Жазылушыны ашу
admin-why-all-deliveries = Барлық жеткізулер

## The answer, in one sentence

admin-why-sent = Таратылымды алды: { $date }.
admin-why-sent-in-digest = Таратылымды апталық дайджестте алды: { $date }.
admin-why-complained = Таратылымды алып, спам деп белгіледі. Бұл туралы хабар келген уақыт: { $date }.
admin-why-bounced = Таратылымды алмады, себебі хат қайтып келді: { $date }.
admin-why-failed = Таратылымды алмады, себебі хат жеткізілмеді: соңғы талпыныс сәтсіз болды, { $date }.
admin-why-uncertain = Таратылымды алғаны белгісіз: жіберу үзілді, бұл анықталған уақыт: { $date }.
admin-why-sending = Таратылымды әлі алған жоқ: хат қазір SMTP-серверге берілуде.
admin-why-waiting = Таратылымды әлі алған жоқ: хат жіберуді күтуде.
admin-why-waiting-until = Таратылымды әлі алған жоқ: хат жіберілетін уақыт: { $date }.
admin-why-deferred = Таратылымды әлі алған жоқ, себебі SMTP-сервер кейінірек қайталауды сұрады. Келесі талпыныс: { $date }.
admin-why-waiting-for-digest = Таратылымды әлі алған жоқ: ол апталық дайджестке сақталған.
admin-why-campaign-paused = Таратылымды әлі алған жоқ, себебі таратылым тоқтатылған.
admin-why-campaign-cancelled = Таратылымды алмады, себебі одан бас тартылды: { $date }.
admin-why-never-started = Таратылымды алмады, себебі одан басталмай тұрып бас тартылды.
admin-why-eligible = Таратылым қазір басталса, алар еді.
admin-why-eligible-on = Оған дейін ештеңе өзгермесе, таратылымды басталғаннан кейін алады: { $date }.
admin-why-eligible-for-digest = Таратылым қазір басталса, оны апталық дайджестте алар еді.
admin-why-not-on-lists = Таратылымды алмады, себебі оның бірде-бір тізімінде болмады.
admin-why-now-not-on-lists = Қазір таратылымды алмас еді, себебі оның бірде-бір тізімінде жоқ.
admin-why-not-confirmed = Таратылымды алмады, себебі «{ $list }» тізіміне жазылымын растамаған еді.
admin-why-now-not-confirmed = Қазір таратылымды алмас еді, себебі «{ $list }» тізіміне жазылымын растамаған.
admin-why-unsubscribed = Таратылымды алмады, себебі «{ $list }» тізімінен шықты: { $date }.
admin-why-now-unsubscribed = Қазір таратылымды алмас еді, себебі «{ $list }» тізімінен шықты: { $date }.
admin-why-left-lists = Таратылымды алмады, себебі кезегі келгенше оның тізімдерінен шығып кетті.
admin-why-joined-later = Таратылымды алмады, себебі «{ $list }» тізіміне таратылым басталғаннан кейін қосылды: { $date }.
admin-why-suppressed = Таратылымды алмады, себебі мекенжай стоп-тізімде, { $date } бастап ({ $reason }).
admin-why-now-suppressed = Қазір таратылымды алмас еді, себебі мекенжай стоп-тізімде, { $date } бастап ({ $reason }).
admin-why-was-suppressed = Таратылымды алмады, себебі кезегі келгенде мекенжай стоп-тізімде болды.
admin-why-was-suppressed-lifted = Таратылымды алмады. Мекенжай ол кезде стоп-тізімде болса керек: одан шығарылған уақыт: { $date }.
admin-why-paused = Таратылымды алмады, себебі хаттарды кідірткен еді, { $date } дейін.
admin-why-paused-then = Таратылымды алмады, себебі хаттарды кідірткен еді.
admin-why-now-paused = Таратылымды алмас еді, себебі хаттарды кідірткен, { $date } дейін.
admin-why-not-in-segment = Таратылымды алмады, себебі «{ $segment }» сегментінде болмаса керек: қазір онда жоқ.
admin-why-was-not-in-segment = Таратылымды алмады, себебі ол кезде «{ $segment }» сегментінде болмаса керек. Қазір онда бар.
admin-why-now-not-in-segment = Қазір таратылымды алмас еді, себебі «{ $segment }» сегментінде жоқ.
admin-why-nothing-kept = Дайджестті алмады, себебі онда осы жазылушыға арналған ештеңе болмады.
admin-why-now-nothing-kept = Дайджестті алмас еді, себебі онда осы жазылушыға арналған ештеңе жоқ.
admin-why-no-digest = Таратылымды алмады, себебі ол енетін апталық дайджест жіберілмеді.
admin-why-skipped = Таратылымды алмады: { $words }.
admin-why-erased = Енді белгісіз: бұл мекенжайдың иесі деректерін жойғызды, не алғаны да бірге жойылды.
admin-why-not-a-subscriber = Таратылымды алмады, себебі мұндай мекенжайы бар жазылушы жоқ.
admin-why-not-recorded = Енді белгісіз: бұл таратылымды кім алғаны белгілі бір уақыт қана сақталады, ол мерзім өтті.
admin-why-unexplained = Таратылымды алмады. Себебі жазылмаған.

## The facts, each a sentence or a line

admin-why-fact-draft = Таратылым әзірге жоба.
admin-why-fact-scheduled = Таратылым жоспарланған уақыт: { $date }.
admin-why-fact-failed-to-start = Таратылым басталмады: { $reason }
admin-why-fact-started = Таратылым басталды: { $date }.
admin-why-fact-paused = Таратылым басталды: { $date }; қазір тоқтатылған.
admin-why-fact-paused-why = Таратылым басталды: { $date }; қазір тоқтатылған: { $reason }
admin-why-fact-cancelled = Таратылым басталды: { $date }; кейін одан бас тартылды.
admin-why-fact-never-started = Таратылымнан басталмай тұрып бас тартылды.
admin-why-fact-audience = Алушылары { $date } уақытына дейін таңдалды. Кейін жазылғандар олардың арасында жоқ.
admin-why-fact-audience-to-come = Алушылары әлі таңдалуда.
admin-why-fact-no-lists = Таратылым тізімдері жойылды, жазылымдар туралы деректер де бірге жойылды.
admin-why-fact-list-confirmed = { $list }: жазылған, { $date } бастап.
admin-why-fact-list-pending = { $list }: жазылуды сұраған, { $date }, бірақ растамаған.
admin-why-fact-list-unsubscribed = { $list }: жазылымнан шыққан, { $date }.
admin-why-fact-list-none = { $list }: тізімде жоқ.
admin-why-fact-since-confirmed = { $list }: жазылды, { $date }, таратылым басталғаннан кейін.
admin-why-fact-since-pending = { $list }: жазылуды сұрады, { $date }, таратылым басталғаннан кейін.
admin-why-fact-since-unsubscribed = { $list }: жазылымнан шықты, { $date }, таратылым басталғаннан кейін.
admin-why-fact-segment-in = Таратылым «{ $segment }» сегментіне жіберіледі. Қазір жазылушы онда бар; бұрын кім болғаны сақталмайды.
admin-why-fact-segment-out = Таратылым «{ $segment }» сегментіне жіберіледі. Қазір жазылушы онда жоқ; бұрын кім болғаны сақталмайды.
admin-why-fact-kept =
    { $count ->
        [0] Дайджестте осы жазылушыға арналған таратылым жоқ.
        [one] Дайджестте осы жазылушыға арналған { $count } таратылым бар.
       *[other] Дайджестте осы жазылушыға арналған { $count } таратылым бар.
    }
# $key is the address, or @ and its domain. $note is what an admin or a relay said.
admin-why-fact-suppressed = { $key } стоп-тізімде, { $date } бастап: { $reason }.
admin-why-fact-suppressed-note = { $key } стоп-тізімде, { $date } бастап: { $reason } ({ $note }).
admin-why-fact-suppressed-later = { $key } стоп-тізімге енгізілді, { $date }, таратылым басталғаннан кейін: { $reason }.
admin-why-fact-suppressed-later-note = { $key } стоп-тізімге енгізілді, { $date }, таратылым басталғаннан кейін: { $reason } ({ $note }).
admin-why-fact-not-suppressed = Мекенжай стоп-тізімде жоқ.
admin-why-fact-suppression-lifted = Мекенжай стоп-тізімнен шығарылды: { $date }.
admin-why-fact-pause = Хаттар кідіртілген, { $date } дейін.
admin-why-fact-not-paused = Хаттар кідіртілмеген.
admin-why-fact-digest-to-come = Жазылушы апталық дайджест алады; таратылым келесісіне сақталған.
admin-why-fact-digest-made = Жазылушы апталық дайджест алады; таратылым соған енді.
admin-why-fact-digest-none = Жазылушы апталық дайджест алады, бірақ осы таратылым енетіні жіберілмеді.
admin-why-fact-would-be-in-digest = Жазылушы апталық дайджест алады; таратылым соған енер еді.
admin-why-fact-language-own = Жазылушының тілі: { $own }. Хат осы тілде жазылған.
admin-why-fact-language-other = Жазылушының тілі: { $own }. Хат бұл тілде жоқ, жіберілетін тілі: { $used }.
admin-why-fact-local-time = Жазылушының уақыт белдеуі бойынша хат жіберілетін уақыт: { $date }.
# $state is a state of a delivery, such as sent.
admin-why-fact-delivery = Жеткізу: { $state }, { $date } бастап.
admin-why-fact-attempts =
    { $count ->
        [one] Жіберуге { $count } талпыныс болды.
       *[other] Жіберуге { $count } талпыныс болды.
    }
admin-why-fact-attempts-since =
    { $count ->
        [one] Жіберуге { $count } талпыныс болды: { $date }.
       *[other] Жіберуге { $count } талпыныс болды, біріншісі: { $date }.
    }
admin-why-fact-next-attempt = Келесі талпыныс: { $date }.
admin-why-fact-reply = SMTP-сервердің жауабы: { $reply }
admin-why-fact-no-delivery = Жазылушы алушылар арасында жоқ.
admin-why-fact-folded = Бұл таратылымның тек сандары сақталған: жеке жеткізулер сақтау мерзімі өткенде жойылды.
admin-why-fact-delayed = Бүкіл таратылым кідіріп тұр, { $date } бастап: { $reason }.
admin-why-fact-delayed-detail = Бүкіл таратылым кідіріп тұр, { $date } бастап: { $reason } ({ $detail }).
admin-why-fact-domain =
    { $connections ->
        [one] { $domain } үшін шектеу бар: бір мезгілде { $connections } хат.
       *[other] { $domain } үшін шектеу бар: бір мезгілде { $connections } хат.
    }
admin-why-fact-domain-rate =
    { $rate ->
        [one] { $domain } үшін шектеу бар: секундына { $rate } хат.
       *[other] { $domain } үшін шектеу бар: секундына { $rate } хат.
    }
# $what is what came back, such as a hard bounce.
admin-why-fact-feedback = { $what }, { $date }.
admin-why-fact-feedback-reason = { $what }, { $date }: { $reason }.
admin-why-fact-address-changed = Мекенжай өзгертілді: { $date }. Оған дейін жіберілгені бұрынғы мекенжайға кетті.
