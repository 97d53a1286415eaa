### Названия языков и слова вокруг их выбора.

language-kk = Казахский
language-ru = Русский
language-en = Английский

# Название каждого языка на нём самом: одинаково во всех переводах.
language-own-kk = Қазақша
language-own-ru = Русский
language-own-en = English

language-choose = Выберите язык
language-current = Язык: { $language }
# $language – название языка из language-kk и так далее.
language-missing = Этой страницы пока нет на вашем языке. Язык показанного текста: { $language }.
language-also-in = Также на других языках
