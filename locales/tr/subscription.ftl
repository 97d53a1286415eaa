### Joining, confirming, leaving, and everything a subscriber may change.

## Join

join-title = E-posta listemize katılın
join-lead = Hangi konularda haber almak istediğinizi seçin. Adresin size ait olduğundan emin olmak için bir ileti göndereceğiz.
join-one-lead = Adresin size ait olduğundan emin olmak için bir ileti göndereceğiz.
join-email-label = E-posta adresi
join-email-hint = Örneğin name@example.com
join-name-label = Adınız
join-name-hint = İsteğe bağlı. Yalnızca size hitap ederken kullanırız.
join-lists-label = Size ne gönderelim?
join-language-label = E-postaların dili
# The wording kept as evidence of consent.
consent-wording = Seçtiğim e-postaların { $site } tarafından bu adrese gönderilmesine onay veriyorum. Dilediğim zaman tek tıkla abonelikten çıkabilirim.
engagement-wording = { $site } sitesinin e-postalarını açıp açmadığımı ve içindeki hangi bağlantılara tıkladığımı görmesine de onay veriyorum. Bu onayı dilediğim zaman tek tıkla geri alabilirim.
engagement-hint = İsteğe bağlı: Bu olmadan da aynı e-postaları alırsınız ve ne okuduğunuza dair hiçbir şey kaydedilmez.
join-button = Listeye katıl
join-privacy = Adresinizi yalnızca bu e-postalar için saklarız ve kimseye vermeyiz.
# A field that scripts fill in and people do not see.
join-trap-label = Bu alanı boş bırakın
puzzle-doing = Gönderenin robot olmadığı doğrulanıyor…
puzzle-done = Gönderilmeye hazır.
puzzle-without-scripts = Tarayıcınız betik çalıştırmıyor. Lütfen göndermeden önce bu formda 15 saniye bekleyin.

## Check your inbox: the same page for every address

sent-title = Gelen kutunuza bakın
sent-body = Girdiğiniz adres eklenebiliyorsa iletimiz yola çıktı. İletiyi açın ve işlemi tamamlamak için içindeki düğmeye basın.
sent-spam-hint = Birkaç dakika geçti ama bir şey gelmedi mi? Spam klasörüne bakın ve adreste yazım hatası olup olmadığını kontrol edin.
sent-expiry =
    { $hours ->
        [one] İletideki bağlantı { $hours } saat geçerlidir.
       *[other] İletideki bağlantı { $hours } saat geçerlidir.
    }
sent-expiry-days =
    { $days ->
        [one] İletideki bağlantı { $days } gün geçerlidir.
       *[other] İletideki bağlantı { $days } gün geçerlidir.
    }
sent-again = Başka bir adres dene

## Confirm

confirm-title = Son bir adım
confirm-body = Düğmeye basın, e-postalar şu adrese gelsin:
confirm-lists =
    { $count ->
        [one] Şu listeye katılıyorsunuz:
       *[other] Şu listelere katılıyorsunuz:
    }
confirm-button = Evet, e-postaları almak istiyorum
confirm-not-you = Bunu siz istemediniz mi? Sayfayı kapatmanız yeterli. Düğmeye basılmadıkça hiçbir şey gönderilmez.
engagement-confirm-hint = Bu, kayıt formunda işaretlenmişti. Kabul ediyorsanız burada da işaretleyin.
confirmed-title = Hoş geldiniz!
confirmed-body = Adresiniz onaylandı. Bir sonraki e-posta size de gelecek.
confirmed-preferences = Ne alacağımı değiştir
confirmed-home = Ana sayfaya git

## A link that no longer works

expired-title = Bu bağlantının süresi doldu
expired-body = Güvenlik nedeniyle bağlantılarımız sınırlı bir süre geçerlidir. Hiçbir şey değiştirilmedi.
expired-again = Formu bir kez daha doldurun, size yeni bir bağlantı gönderelim.
expired-button = Forma git
used-title = Bu bağlantı zaten kullanılmış
used-body = Yapılacak bir şey kalmadı: bağlantının amacı yerine getirildi.
gone-title = Burada artık bir şey yok
gone-body = Bu bağlantının ait olduğu kayıt silinmiş. Dilediğiniz zaman yeniden katılabilirsiniz.

## A link in a test email

sample-title = Bu bir denemedir
sample-body = Bağlantı bir deneme e-postasından geliyor. Hiçbir şey değiştirilmedi.

## Unsubscribe

unsubscribe-title = Listeden ayrılmak istiyor musunuz?
unsubscribe-body = Düğmeye basın, e-posta göndermeyi hemen bırakalım. Soru sormayız, veda e-postası da göndermeyiz.
unsubscribe-list = Liste: { $list }
unsubscribe-button = Abonelikten çık
unsubscribe-all-button = Tüm aboneliklerden çık
unsubscribe-fewer = Ya da hangi e-postaların kalacağını seçin
unsubscribed-title = Listeden ayrıldınız
unsubscribed-body = Bu listeden artık e-posta almayacaksınız. Yola çıkmış bir e-posta yine de gelebilir.
unsubscribed-all-body = Bizden artık e-posta almayacaksınız. Yola çıkmış bir e-posta yine de gelebilir.
unsubscribed-reason-label = Nedenini bize söyler misiniz?
unsubscribed-reason-hint = İsteğe bağlı. Yanıtı, ayrıldığınıza dair kayıtla birlikte saklarız.
unsubscribed-reason-too-many = Çok fazla e-posta geliyor
unsubscribed-reason-not-interesting = Konular ilgimi çekmiyor
unsubscribed-reason-never-asked = Kaydolduğumu hatırlamıyorum
unsubscribed-reason-elsewhere = Haberleri başka yerden okuyorum
unsubscribed-reason-other = Başka bir neden
unsubscribed-reason-button = Gönder
unsubscribed-reason-thanks = Teşekkür ederiz. Yanıtınızı not ettik.
unsubscribed-rejoin = Yanlışlıkla mı oldu? Yeniden katılın

## Preferences

preferences-title = Tercihleriniz
preferences-lead = Bu tercihler { $email } adresi içindir. Bu sayfanın bağlantısını kimseyle paylaşmayın: elinde bulunduran herkes tercihlerinizi değiştirebilir.
preferences-lists-label = Aldığınız e-postalar
preferences-lists-empty = Şu anda hiçbir listede değilsiniz.
preferences-language-label = E-postaların dili
preferences-name-label = Adınız
preferences-save = Kaydet
preferences-saved = Kaydedildi.
preferences-frequency-label = Ne sıklıkta
preferences-frequency-each = Her e-posta ayrı ayrı
preferences-frequency-each-hint = Gönderilir gönderilmez.
preferences-frequency-weekly = Haftada bir e-posta
preferences-frequency-weekly-hint = Listelerinizin gönderdiklerini bir araya getirir. Acil haberler yine hemen gelir.
preferences-changed-joined = Artık “{ $list }” listesindesiniz.
preferences-changed-left = “{ $list }” listesinden ayrıldınız.
preferences-changed-name = Adınız değiştirildi.
preferences-changed-language = E-postalar artık şu dilde gelecek: { $language }.
preferences-changed-answers = Yanıtlarınız değiştirildi.
preferences-changed-each = Bundan böyle her e-posta ayrı ayrı gelecek. Bu hafta sizin için biriken bir şey varsa o yine tek bir e-postayla gelir.
preferences-changed-weekly = Bundan böyle haftada bir e-posta alacaksınız.
preferences-unchanged = Hiçbir şey değiştirilmedi.
preferences-pause-title = Ara verin
preferences-pause-body = Listelerinizde kalırsınız, ama bir süre onlardan e-posta almazsınız. Bu sırada gönderilenler sonradan gönderilmez.
preferences-pause-label = Ne kadar süreyle
preferences-pause-2w = İki hafta
preferences-pause-1m = Bir ay
preferences-pause-3m = Üç ay
preferences-pause-6m = Altı ay
preferences-pause-until-label = Ya da şu güne kadar
preferences-pause-until-hint = En fazla bir yıl sonrası. Yukarıdaki süreyi kullanmak için boş bırakın.
preferences-pause-button = E-postalara ara ver
preferences-pause-change-button = Arayı değiştir
preferences-paused = { $date } tarihine kadar e-posta almayacaksınız. O günden itibaren e-postalar kendiliğinden yeniden gelecek.
preferences-pause-past = Bugünden sonraki bir günü seçin.
preferences-pause-too-long = Ara en fazla bir yıl sürebilir. Daha erken bir gün seçin.
preferences-pause-unknown = Bu tarih okunamıyor. Takvimden seçin ya da şöyle yazın: 2027-03-01.
preferences-resume-button = Arayı şimdi bitir
preferences-resumed = E-postalar artık yeniden gelecek.
preferences-came-back = Artık yeniden e-posta alabilirsiniz. Şimdi listelerinizi seçin.
preferences-engagement-title = Açılan e-postalar ve bağlantılar
preferences-engagement-is-agreed = Şuna onay verdiniz:
preferences-engagement-agree-button = Onay veriyorum
preferences-engagement-withdraw-button = Onayı geri al ve kaydedilenleri sil
preferences-engagement-agreed = Kaydedildi. Bir sonraki e-postadan itibaren onu açıp açmadığınız ve hangi bağlantılara tıkladığınız kaydedilir.
preferences-engagement-withdrawn = Onay geri alındı. Kaydedilenler silindi ve artık hiçbir şey kaydedilmiyor.
preferences-stays-suppressed = Bu engeli buradan kaldıramıyoruz: size gönderilen e-postalar geri döndü, spam olarak bildirildi ya da tarafımızca durduruldu. Lütfen bize yazın.
preferences-state-pending = onayınız bekleniyor
preferences-leave-title = Hepsinden ayrılın
preferences-leave-body = Tüm listelerden bir defada ayrılırsınız. Kimse sizi yanlışlıkla yeniden eklemesin diye bu isteğinizi kayıtlı tutarız.
preferences-leave-button = Tüm listelerden ayrıl
preferences-suppressed-title = Bizden e-posta almıyorsunuz
preferences-suppressed-body = İstendiği gibi, bu adrese hiçbir şey gönderilmiyor. Yeniden e-posta almak istiyorsanız bunu burada belirtin, sonra listelerinizi seçin.
preferences-come-back-button = Yeniden e-posta almak istiyorum
preferences-export-title = Verilerimi dışa aktar
preferences-export-body = Bu adresle ilgili tuttuğumuz her şeyi içeren bir dosya: ad, listeler ve neye ne zaman onay verdiğiniz.
preferences-export-button = Dosyayı indir
preferences-erase-title = Verilerimi sil
preferences-erase-body = Adresinizi, adınızı ve tercihlerinizi sileriz. Silinenler geri getirilemez.
preferences-erase-button = Verilerimi sil…
erase-title = Hakkınızdaki her şey silinsin mi?
erase-body = Tüm listelerden ayrılırsınız ve verileriniz kalıcı olarak silinir. Önce bir kopyasını indirmek isteyebilirsiniz.
erase-kept = Geriye kalanlar: raporlarımızdaki, kimsenin adını içermeyen sayılar.
erase-kept-address = Kimse yanlışlıkla yeniden eklemesin diye, yalnızca adresiniz hiçbir zaman e-posta göndermediğimiz adresler listesinde kalır.
erase-confirm-label = Evet, verilerimi kalıcı olarak sil
erase-confirm-missing = Verilerinizin silinmesini gerçekten istiyorsanız kutuyu işaretleyin.
erase-button = Verilerimi sil
erase-cancel = Verilerim kalsın
erased-title = Verileriniz silindi
erased-body = Adresiniz, adınız ve tercihleriniz artık bizde yok. Dilediğiniz zaman yeniden katılabilirsiniz.

## What is wrong with a form

form-errors-title =
    { $count ->
        [one] Lütfen { $count } hatayı düzeltin:
       *[other] Lütfen { $count } hatayı düzeltin:
    }
field-email-missing = Lütfen e-posta adresinizi girin.
field-email-malformed = Bu bir e-posta adresine benzemiyor. Şöyle olmalı: name@example.com.
field-email-too-long = Bu adres çok uzun. Bir e-posta adresi en fazla { $max } karakter olabilir.
field-name-too-long = Bu ad çok uzun. Lütfen en fazla { $max } karakter kullanın.
field-name-malformed = Adda satır sonu ya da denetim karakteri bulunamaz. Lütfen tek satırda yazın.
field-lists-missing = Lütfen en az bir liste seçin.
field-list-unknown = Bu liste katılıma açık değil.
field-language-unknown = Lütfen sunulan dillerden birini seçin.
field-answer-missing = Lütfen bu soruyu yanıtlayın.
field-answer-unknown = Lütfen bunlardan birini seçin.
field-answer-too-long = Bu çok uzun. Lütfen en fazla { $max } karakter kullanın.
form-wait =
    { $seconds ->
        [one] Lütfen { $seconds } saniye bekleyip yeniden deneyin.
       *[other] Lütfen { $seconds } saniye bekleyip yeniden deneyin.
    }
form-too-quick = Form, bir insanın doldurabileceğinden daha hızlı gönderildi. Lütfen bir kez daha gönderin.
form-from-elsewhere = Bu form, onu gösterme izni olmayan bir siteden geldi. Lütfen içeriğini kontrol edin ve buradan gönderin.

## Never again

never-title = Böyle e-postalar bir daha gelmesin mi?
never-body = Düğmeye basın; birisi bu adresi bir forma girse bile bu site şu adrese bir daha asla yazmaz:
never-button = Bana bir daha asla yazmayın
never-hint = Listede olmamak için buna gerek yok: onayınız olmadan hiçbir listede yer almazsınız. Fikriniz değişirse bu siteyi yönetenlere başvurun.
never-done-title = Tamam
never-done-body = Bu site artık o adrese yazmayacak.

## What we keep of you

my-data-title = Verileriniz
my-data-body = Bu sitenin sizinle ilgili neler tuttuğunu görün ya da bunları sildirin. Bağlantı bir gün geçerlidir; başkasına vermeyin.
my-data-ask-title = Önce size bir bağlantı gönderiyoruz
my-data-ask-body = Başkasına iletilmiş bir e-posta, verilerinizi görmeye ya da silmeye yetmemeli. Düğmeye basın, adresinize bir gün geçerli bir bağlantı gelsin.
my-data-ask-button = Bağlantıyı bana gönder
my-data-sent-title = Gelen kutunuza bakın
my-data-sent-body = Verilerinizi görmenizi ya da silmenizi sağlayan bağlantı adresinize gönderildi. Bir gün geçerlidir.
my-data-address-title = Başka bir adres
my-data-address-body = E-postalarınızın geleceği adresi yazın. O adresten onay isteriz; o zamana kadar hiçbir şey değişmez.
my-data-address-label = Yeni e-posta adresi
my-data-address-button = Adresimi değiştir…
my-data-address-same = Bu zaten sizin adresiniz. Başka bir adres girin.
my-data-address-sent-title = Yeni gelen kutunuza bakın
my-data-address-sent-body = Yeni adres kullanılabiliyorsa bağlantı içeren bir e-posta yola çıktı. Onaylamak için bağlantıyı izleyin; o zamana kadar e-postalarınız eski adrese gelir.

## A new address

address-title = Yeni adresiniz
address-body = Düğmeye basın, e-postalarınız bundan böyle şu adrese gelsin:
address-button = Evet, bu benim adresim
address-done-title = Adresiniz değişti
address-done-body = Bir sonraki e-posta yeni adresinize gelecek.
address-refused-title = Bu adres kullanılamaz
address-refused-body = Adres zaten listelerimizde ya da ona hiçbir şey gönderilemiyor. E-postalarınız eski adrese gelmeye devam ediyor.

## Links of another system

old-link-title = Bu bağlantı eski bir e-postadan
old-link-body = E-postalarımızı artık başka bir yolla gönderiyoruz ve bu bağlantının kime ait olduğunu anlayamıyoruz. Adresinizi girin; size abonelikten çıkmanız ya da ne alacağınızı değiştirmeniz için e-postayla bir bağlantı gönderelim.
old-link-label = E-posta adresiniz
old-link-button = Bağlantıyı bana gönder
old-link-invalid = Bu e-posta adresi tam değil.
old-link-sent-title = Gelen kutunuza bakın
old-link-sent-body = E-postalarımız bu adrese geliyorsa abonelikten çıkmanızı ya da ne alacağınızı değiştirmenizi sağlayan bir bağlantı yola çıktı.
