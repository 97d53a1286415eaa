### Өсу: кім жазылды және кім шықты.

admin-growth-title = Өсу
admin-growth-by-source = Дереккөздер бойынша өсу
admin-growth-by-list = Тізімдер бойынша өсу
admin-growth-by-language = Тілдер бойынша өсу
admin-growth-csv = CSV жүктеп алу

admin-growth-from = Бастап
admin-growth-until = Дейін
admin-growth-by = Бөлу
admin-growth-by-day = күндер бойынша
admin-growth-by-week = апталар бойынша
admin-growth-by-month = айлар бойынша
admin-growth-list = Тізім
admin-growth-source = Дереккөз
admin-growth-show = Көрсету

admin-growth-course = Жазылу және шығу
admin-growth-joined = Жазылды
admin-growth-left = Шықты
admin-growth-net = Өзгеріс
admin-growth-counted = Тәулік сайттың уақыт белдеуі бойынша түн ортасында басталады. Екі тізімде тұрған адам екі рет есептеледі. Жазылымын растамаған адам жазылған да, шыққан да болып саналмайды. Хаттары қайтарылатын мекенжай тізімдерде қалады, бірақ хат алмайды.
admin-growth-range = { $from } – { $until }
admin-growth-none-title = Ешкім жазылмады және шықпады
admin-growth-none = Басқа күндерді таңдаңыз немесе сүзгілерді азайтыңыз.
admin-growth-periods = Күні бойынша, алдымен жаңалары
admin-growth-what = Атауы

admin-growth-source-form = жазылу пішіні
admin-growth-source-api = API арқылы жазылу
admin-growth-source-confirmation-link = растау сілтемесі
admin-growth-source-unsubscribe-link = жазылымнан шығу беті
admin-growth-source-one-click = пошта бағдарламасындағы шығу түймесі
admin-growth-source-mail = шығаруды сұраған хат
admin-growth-source-preferences = жазылушының жеке беті
admin-growth-source-admin = әкімші немесе API токені
admin-growth-source-import = импорт
admin-growth-source-expiry = уақытында расталмады
admin-growth-source-erasure = деректері жойылды
