### The names of the languages, and the words around choosing one.

language-kk = Kazakh
language-ru = Russian
language-en = English

# Each language's name for itself: the same in every locale.
language-own-kk = Қазақша
language-own-ru = Русский
language-own-en = English

language-choose = Choose a language
language-current = Language: { $language }
# $language is the name of a language, from language-kk and the like.
language-missing = This page is not available in your language yet, so it is shown in this one: { $language }.
language-also-in = Also in
