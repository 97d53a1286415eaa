### Posts: overview, editor, history, preview.

admin-post-new = Новая публикация
admin-post-title = Заголовок
admin-post-text = Текст
admin-post-state = Состояние
admin-post-state-draft = черновик
admin-post-state-scheduled = запланирована
admin-post-state-published = опубликована
admin-post-category = Рубрика
admin-post-author = Автор
admin-post-languages = Языки
admin-post-published = Дата публикации

## Overview

admin-posts-search = Заголовок или имя в адресе
admin-posts-drafts = Черновики
admin-posts-published = Опубликованные
admin-posts-none-found-title = Публикаций не найдено
admin-posts-none-found = Измените запрос или покажите все публикации.
admin-posts-show-all = Показать все публикации
admin-posts-empty-title = Публикаций пока нет
admin-posts-empty = Публикация – это статья на сайте. Рассылка отправляет её по списку.
admin-posts-write-first = Написать первую публикацию
# For screen readers: the links to newer and older posts.
admin-posts-pages = Страницы
admin-posts-newer = Новее
admin-posts-older = Старее

## Editor: above the form

admin-post-published-at = Опубликована { $when }
admin-post-publishes-at = Выйдет { $when }
admin-post-imported-from = Импортирована из { $system } { $when }
# Former paths of the post follow.
admin-post-redirects = Сюда перенаправляют адреса:
admin-post-redirects-later = После публикации сюда будут перенаправлять адреса:
admin-post-view = Открыть на сайте
admin-post-history = История
admin-post-duplicate = Дублировать
admin-post-duplicated = Создана копия
admin-post-duplicated-text = Это копия: черновик, которого нет на сайте.
admin-post-create-campaign = Создать рассылку
admin-post-unsaved = У вас есть несохранённые изменения от { $when }.
admin-post-restore = Восстановить
admin-post-discard-ask = Удалить…
admin-post-discard-title = Удалить несохранённые изменения?
admin-post-discard-text = Ваши несохранённые изменения будут потеряны.
admin-post-discard-text-from = Ваши несохранённые изменения от { $when } будут потеряны.
admin-post-discard = Удалить изменения
admin-post-discarded = Несохранённые изменения удалены
admin-post-taken-up-title = Ещё не сохранено
admin-post-taken-up = Это ваши несохранённые изменения. Сохраните, чтобы их не потерять.
admin-post-revision-of = Версия от { $when }
admin-post-revision-hint = Сохраните, чтобы восстановить эту версию, или вернитесь к <a href="{ $current }">текущей</a>. Останется ли публикация на сайте, от этого не зависит.

## Editor: form

admin-post-summary = Краткое содержание
admin-post-summary-hint = Одно или два предложения. Показываются под заголовком, а во входящих – после темы письма.
admin-post-text-hint = Markdown: <code>**жирный**</code>, <code>[ссылка](https://…)</code>, <code>![описание](/media/picture.jpg)</code>, <code>## подзаголовок</code>. В письме <code>{ $tag }</code> – это имя читателя.
admin-post-slug = Имя в адресе
admin-post-slug-hint = Последняя часть адреса страницы. Оставьте пустым, чтобы получить её из заголовка.
admin-post-time = Время публикации
admin-post-time-hint = Часовой пояс: { $zone }. Действует с кнопкой «Запланировать».
admin-post-picture = Изображение
admin-post-picture-hint = Показывается на карточках, над текстом и там, где публикацией поделились. Введите имя изображения из медиатеки. Если оставить поле пустым, берётся первое изображение текста.
admin-post-publish = Опубликовать сейчас
admin-post-schedule = Запланировать
admin-post-change-time = Изменить время публикации
admin-post-unpublish = Снять с публикации
admin-post-add-picture = Добавить изображение
admin-post-add-table = Добавить таблицу
# What the button writes into the text; the column names are examples.
admin-post-table =
    | Столбец 1 | Столбец 2 |
    |---|---|
    |  |  |
admin-post-save-and-test = Сохранить и отправить пробное письмо

## Editor: outcomes

admin-post-published-now = Опубликовано
admin-post-published-now-text = Публикация уже на сайте.
admin-post-published-on = Публикация выйдет { $when }.
admin-post-unpublished = Снято с публикации
admin-post-unpublished-text = Публикация снова черновик, на сайте её нет.
admin-post-tested = Пробное письмо отправлено на { $email }.
admin-post-not-tested = Сохранено, но пробное письмо не отправлено
admin-post-overtaken = После того как вы открыли публикацию, её сохранил кто-то другой. Ваш текст ниже, он не сохранён. Сохраните ещё раз, чтобы заменить ту версию, или откройте публикацию в другом окне и сравните.

## Editor: mistakes

admin-post-time-missing = Выберите день и время.
admin-post-no-title = Напишите заголовок хотя бы на одном языке.
admin-post-title-missing = { $language }: напишите заголовок.
admin-post-title-too-long = { $language }: в заголовке может быть не более { $limit } символов.
admin-post-title-not-a-line = { $language }: заголовок должен быть одной строкой без управляющих символов.
admin-post-summary-too-long = { $language }: в кратком содержании больше 1000 символов.
admin-post-text-too-long = { $language }: текст длиннее 256 КиБ.
admin-post-category-missing = Укажите рубрику.
admin-post-category-too-long = В рубрике может быть не более { $limit } символов.
admin-post-category-not-a-line = Рубрика должна быть одной строкой без управляющих символов.
admin-post-author-missing = Укажите автора.
admin-post-author-too-long = В имени автора может быть не более { $limit } символов.
admin-post-author-not-a-line = Имя автора должно быть одной строкой без управляющих символов.
admin-post-slug-taken = Такое имя в адресе уже есть у другой публикации; выберите другое.

## Preview

admin-post-preview-empty = Текста на этом языке ({ $language }) у публикации пока нет. Читатели этого языка получат текст на другом.
# Stands in for a title that is not written yet.
admin-post-untitled = Без заголовка

## History

admin-post-revisions-empty-title = Версий пока нет
admin-post-revisions-empty = Здесь остаётся каждая версия, сохранённая в разделе управления.
admin-post-revision-saved = Сохранена
admin-post-revision-by = Кем
admin-post-revision-outside = вне раздела управления

## Deleting

admin-post-delete-title = Удалить эту публикацию?
admin-post-delete-text = Публикация «{ $title }» попадёт в корзину, на всех языках, и исчезнет с сайта. Её можно восстановить в течение 30 дней. Отправленные письма не изменятся.
admin-post-delete-dialog = Публикация «{ $title }» попадёт в корзину, на всех языках, и исчезнет с сайта. Её можно восстановить в течение 30 дней. Отправленные письма не изменятся.
admin-post-delete = Удалить публикацию

## Campaigns that are about to mail it

admin-post-campaigns-change = Эта публикация скоро уйдёт в рассылке
# $href, $subject: the campaign; $when: a date and a time; $who: an address.
admin-post-campaign-scheduled = Рассылка <a href="{ $href }">{ $subject }</a> запустится { $when } и отправит изменённый текст.
admin-post-campaign-scheduled-approved = Рассылка <a href="{ $href }">{ $subject }</a> запустится { $when }, её одобрил пользователь { $who }. Изменение отменит одобрение: без нового рассылка не запустится.
admin-post-campaign-approved = Рассылку <a href="{ $href }">{ $subject }</a> одобрил пользователь { $who }. Изменение отменит одобрение.
admin-post-confirm-campaigns = Изменить то, что будет отправлено
admin-post-confirm-missing = Чтобы изменить то, что отправит рассылка, поставьте отметку.
