### The audit log. Its actions are codes, by which it is filtered.

admin-audit-about = Кім, нені, қашан істеді.
admin-audit-when = Қашан
admin-audit-who = Кім
admin-audit-anyone = Кез келген адам
admin-audit-action = Әрекет
admin-audit-action-starts = Әрекет кодының басы
admin-audit-subject = Немен
admin-audit-show = Көрсету
admin-audit-empty-title = Жазба жоқ
admin-audit-empty = Журналда мұндай жазба жоқ.
admin-audit-pages = Беттер
admin-audit-newest = Ең жаңалары
admin-audit-older = Бұрынғылары

## Actors other than users

admin-audit-actor-subscriber = жазылушы
admin-audit-actor-command-line = командалық жол
admin-audit-actor-system = жүйе
