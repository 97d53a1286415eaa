### What visitors read on the public pages.

## Navigation

nav-label = Ana menü
language-choose = Dil seçin
nav-skip = İçeriğe geç
nav-home = Ana sayfa
nav-posts = Yazılar
nav-events = Etkinlikler
nav-media = Medya

## Home

home-latest-posts = Son yazılar
home-all-posts = Tüm yazılar
home-upcoming-events = Yaklaşan etkinlikler
home-all-events = Takvimin tamamı
home-music = Müzik
home-all-media = Tüm resimler ve müzikler
home-join-title = E-posta listemize katılın
home-join-lead = Haberler ve davetler doğrudan gelen kutunuza gelsin. Tek tıkla ayrılabilirsiniz.
home-join-button = Abone ol

## Posts

posts-title = Yazılar
posts-in-category = “{ $category }” kategorisindeki yazılar
posts-empty = Burada henüz yazı yok. Lütfen yakında yeniden uğrayın.
post-by = Yayımlayan: { $author }
# The title of the copy of a post or event.
copy-of = { $title } kopyası
post-previous = Önceki yazı
post-next = Sonraki yazı
post-back = Tüm yazılara dön
post-share = Paylaş
post-share-email = E-postayla paylaş
post-copy-link = Bağlantıyı kopyala
post-link-copied = Bağlantı kopyalandı.
post-in-other-language = Bu yazı henüz sizin dilinizde yok; okuduğunuz dil: { $language }.
post-other-languages = Diğer diller:
# Names a table that can be scrolled by itself.
post-table = Tablo { $number }

category-general = Genel
category-culture = Kültür
category-consular = Konsolosluk
category-education = Eğitim

## Pages of a long list

pages-label = Sayfalar
pages-previous = Önceki
pages-next = Sonraki

## Events

events-title = Etkinlikler
events-month = Etkinlikler: { $month }
events-empty = Bu ay için henüz planlanan bir şey yok.
events-upcoming-empty = Önümüzdeki günler için planlanan bir şey yok.
events-previous-month = Önceki ay
events-next-month = Sonraki ay
events-subscribe = Bu takvimi kendi takviminize ekleyin
events-subscribe-hint = Takvim uygulamaları bu adresten kendiliğinden güncellenir.
event-when = Ne zaman
event-where = Nerede
event-all-day = Tüm gün
event-time-range = { $start }–{ $end }
event-time-zone = Saat dilimi: { $zone }
event-add = Takvimime ekle
event-past = Bu etkinlik sona erdi.
event-repeats = Tekrar
event-repeats-daily =
    { $every ->
        [one] her gün
       *[other] { $every } günde bir
    }
event-repeats-weekly =
    { $every ->
        [one] her hafta
       *[other] { $every } haftada bir
    }
event-repeats-monthly =
    { $every ->
        [one] her ay
       *[other] { $every } ayda bir
    }
event-repeats-yearly =
    { $every ->
        [one] her yıl
       *[other] { $every } yılda bir
    }
event-repeats-until = { $often }, { $date } tarihine kadar

## Media

media-title = Medya
media-pictures = Resimler
media-music = Müzik
media-documents = Belgeler
media-empty = Henüz görülecek ya da dinlenecek bir şey yok.

## Feeds and footer

feed-title = { $site }: yazılar
feed-atom = Atom akışı
feed-json = JSON akışı
feed-calendar = Takvim (iCalendar)

footer-about = { $site } yalnızca isteyenlere haber gönderir.
footer-privacy = Adresiniz başka hiçbir amaçla kullanılmaz ve kimseye verilmez.

## Archive of sent mail

archive-title = Önceki e-postalar
archive-sent-on = Gönderim tarihi: { $date }
archive-notice = Bu, bir e-postanın web sürümüdür. Bir sonrakini almak için listeye katılın.
archive-empty = Henüz e-posta gönderilmedi. İlkini almak için listeye katılın.
archive-files = Ekli dosyalar

## Days, months and dates

# Month names standing alone, as in the calendar's heading.
month-1 = Ocak
month-2 = Şubat
month-3 = Mart
month-4 = Nisan
month-5 = Mayıs
month-6 = Haziran
month-7 = Temmuz
month-8 = Ağustos
month-9 = Eylül
month-10 = Ekim
month-11 = Kasım
month-12 = Aralık

# Month names as they stand inside a date, after the day.
month-of-1 = Ocak
month-of-2 = Şubat
month-of-3 = Mart
month-of-4 = Nisan
month-of-5 = Mayıs
month-of-6 = Haziran
month-of-7 = Temmuz
month-of-8 = Ağustos
month-of-9 = Eylül
month-of-10 = Ekim
month-of-11 = Kasım
month-of-12 = Aralık

month-short-1 = Oca
month-short-2 = Şub
month-short-3 = Mar
month-short-4 = Nis
month-short-5 = May
month-short-6 = Haz
month-short-7 = Tem
month-short-8 = Ağu
month-short-9 = Eyl
month-short-10 = Eki
month-short-11 = Kas
month-short-12 = Ara

# Days of the week: 1 is Monday, 7 is Sunday (ISO 8601).
weekday-1 = Pazartesi
weekday-2 = Salı
weekday-3 = Çarşamba
weekday-4 = Perşembe
weekday-5 = Cuma
weekday-6 = Cumartesi
weekday-7 = Pazar

weekday-short-1 = Pzt
weekday-short-2 = Sal
weekday-short-3 = Çar
weekday-short-4 = Per
weekday-short-5 = Cum
weekday-short-6 = Cmt
weekday-short-7 = Paz

# $month is from month-of-…; give $day and $year as text, so that no digits are grouped.
date-long = { $day } { $month } { $year }
# $weekday is from weekday-…, $date from date-long.
date-with-weekday = { $date } { $weekday }
# $date is from one of the patterns above, $time is like 18:30.
date-time = { $date }, { $time }
# $month is from month-….
date-month-year = { $month } { $year }
