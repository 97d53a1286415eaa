### Тілдердің атаулары және тіл таңдауға қатысты сөздер.

language-kk = Қазақ тілі
language-ru = Орыс тілі
language-en = Ағылшын тілі

# Әр тілдің өз атауы: барлық аудармада бірдей.
language-own-kk = Қазақша
language-own-ru = Русский
language-own-en = English

language-choose = Тілді таңдаңыз
language-current = Тіл: { $language }
# $language – language-kk және сол сияқты жолдардағы тіл атауы.
language-missing = Бұл бет әзірге сіздің тіліңізде жоқ. Көрсетілген мәтіннің тілі: { $language }.
language-also-in = Басқа тілдерде
