### Users and their roles.

admin-users-user = Пайдаланушы
admin-users-role = Рөлі
admin-users-last-seen = Соңғы белсенділік
admin-users-tokens = Токендер
admin-users-you = бұл сіз
admin-users-not-signed-in = сеанс жоқ
# For screen readers: what the select is for.
admin-users-role-of = { $email } рөлі
admin-users-role-set = { $email } пайдаланушысының жаңа рөлі: { $role }

## Which lists users reach

admin-users-all-lists = барлық тізім
admin-users-no-lists = тізім жоқ
admin-users-some-lists = тек: { $lists }
admin-users-lists-choose = Тізімдерді өзгерту
admin-users-lists-title = Пайдаланушының тізімдері
admin-users-reach = Қолжетімді
admin-users-reach-all = Барлық тізім
admin-users-reach-some = Тек төменде белгіленген тізімдер
admin-users-only-lists = Тек мына тізімдер
admin-users-only-lists-hint = Тек осы тізімдердің жазылушыларын, таратылымдарын және есептерін көреді. Жарияланымдар, іс-шаралар мен файлдар барлық пайдаланушыға ортақ. Жаңа пайдаланушыға тізім белгіленбесе, оған бәрі қолжетімді.
admin-users-lists-set = { $email } тізімдері өзгертілді

## Adding

admin-users-add = Пайдаланушы қосу
admin-users-email-hint = Бұл мекенжайға шақыру жіберіледі.
admin-users-owner = Иесі
admin-users-owner-hint = Бәрін істей алады, соның ішінде пайдаланушылар мен кілттерді басқарады.
admin-users-editor = Редактор
admin-users-editor-hint = Мәтін жазып, хат жіберіп, жазылушыларды басқара алады.
admin-users-viewer = Бақылаушы
admin-users-viewer-hint = Бәрін көреді, бірақ ештеңені өзгерте алмайды.
admin-users-exists = Мұндай пайдаланушы бар.
admin-users-invited = Шақыру жіберілді: { $email }
admin-users-invited-next =
    { $days ->
        [one] Шақыру жіберілді. Сілтеме { $days } күн жарамды; оны осы жерден қайта жіберуге немесе қайтарып алуға болады.
       *[other] Шақыру жіберілді. Сілтеме { $days } күн жарамды; оны осы жерден қайта жіберуге немесе қайтарып алуға болады.
    }

## Invitations that were not accepted yet

admin-users-invited-until = шақырған: { $inviter }, қабылдау мерзімі: { $at }
admin-users-invitation-expired = шақырған: { $inviter }, мерзімі өтті: { $at }
admin-users-invite-again = Қайта жіберу
admin-users-invite-again-of = Қайта жіберу: { $email } шақыруы
admin-users-invited-again = Шақыру қайта жіберілді: { $email }
admin-users-withdraw = Қайтарып алу
admin-users-withdraw-ask = Қайтарып алу…
admin-users-withdraw-of = Шақыруды қайтарып алу: { $email }
admin-users-withdraw-question = { $email } мекенжайына жіберілген шақыруды қайтарып аласыз ба?
admin-users-withdraw-text = Хаттағы сілтеме жарамсыз болады, ал бұл адам енді пайдаланушы болмайды.
admin-users-withdrawn = { $email } мекенжайына жіберілген шақыру қайтарып алынды

## Resetting the sign-in

admin-users-reset = Қайта баптау
admin-users-reset-ask = Кіруді қайта баптау…
admin-users-reset-of = { $email } үшін кіруді қайта баптау
admin-users-reset-question = { $email } үшін кіруді қайта баптау керек пе?
admin-users-reset-text = Құпиясөз, кіру кілттері, кодпен кіру және ұйым тіркелгісімен байланыс жойылады, сеанстар аяқталады. Пайдаланушы хаттағы сілтемемен кіреді.
admin-users-keep-tokens =
    { $count ->
        [one] Пайдаланушының { $count } API токені жұмыс істей берсін
       *[other] Пайдаланушының { $count } API токені жұмыс істей берсін
    }
admin-users-was-reset = { $email } енді хаттағы сілтемемен кіреді

## Keeping out

admin-users-disable = Өшіру
admin-users-disable-ask = Өшіру…
admin-users-disable-of = { $email } пайдаланушысын өшіру
admin-users-disable-question = { $email } пайдаланушысын өшіру керек пе?
admin-users-disable-text = Сеанстары аяқталады. Иесі қайта қосқанша пайдаланушы кіре алмайды және API токендерін қолдана алмайды.
admin-users-was-disabled = { $email } пайдаланушысы өшірілді
admin-users-enable = Қосу
admin-users-enable-of = { $email } пайдаланушысын қосу
admin-users-was-enabled = { $email } қайта кіре алады
admin-users-disabled-owner = иесі өшірген
admin-users-disabled-provider = өшірілген: ұйымның кіру қызметі рөл бермейді
admin-users-linked = ұйымның тіркелгісімен кіреді

## Removing

admin-users-remove-ask = Алып тастау…
admin-users-remove-of = { $email } пайдаланушысын алып тастау
admin-users-remove-question = { $email } алып тасталсын ба?
admin-users-remove-text =
    { $count ->
        [one] Пайдаланушының сеанстары аяқталып, { $count } API токені бірден жұмысын тоқтатады. Оның әрекеттері журналда қалады.
       *[other] Пайдаланушының сеанстары аяқталып, { $count } API токені бірден жұмысын тоқтатады. Оның әрекеттері журналда қалады.
    }
admin-users-removed = { $email } алып тасталды
