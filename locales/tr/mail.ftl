### The texts of the emails that the site itself sends, and the frame around campaigns.

mail-signature = { $site }
mail-link-fallback = Düğme çalışmazsa bu adresi tarayıcınıza kopyalayın:

## Confirmation

mail-confirm-subject = Lütfen adresinizi onaylayın: { $site }
mail-confirm-preheader = Tek tıkla e-postalar gelmeye başlar.
mail-confirm-heading = Bu adres sizin mi?
mail-confirm-body = Birisi, büyük olasılıkla siz, { $site } sitesinden bu adrese e-posta gönderilmesini istedi. Lütfen adresin size ait olduğunu onaylayın.
mail-confirm-lists =
    { $count ->
        [one] Seçilen liste:
       *[other] Seçilen listeler:
    }
mail-confirm-button = Adresimi onayla
mail-confirm-expiry =
    { $hours ->
        [one] Bağlantı { $hours } saat geçerlidir.
       *[other] Bağlantı { $hours } saat geçerlidir.
    }
mail-confirm-expiry-days =
    { $days ->
        [one] Bağlantı { $days } gün geçerlidir.
       *[other] Bağlantı { $days } gün geçerlidir.
    }
mail-confirm-ignore = Bunu siz istemediniz mi? O hâlde hiçbir şey yapmayın. Onayınız olmadan hiçbir e-posta almazsınız ve adresi unuturuz.
mail-confirm-never = Bu adrese bir daha asla böyle e-posta gönderilmesin

## Welcome

mail-welcome-subject = Hoş geldiniz: { $site }
mail-welcome-preheader = Artık listedesiniz.
mail-welcome-heading = Hoş geldiniz
mail-welcome-body = { $site } e-postalarına abone olduğunuz için teşekkür ederiz. Bir sonraki e-posta bu adrese gelecek.
mail-welcome-lists =
    { $count ->
        [one] Şu listedesiniz:
       *[other] Şu listelerdesiniz:
    }
mail-welcome-button = Tercihlerimi gör
mail-welcome-leave = Dilediğiniz zaman ne alacağınızı değiştirebilir ya da tek tıkla listeden ayrılabilirsiniz.

## Already on the list

mail-already-subject = Zaten listedesiniz: { $site }
mail-already-preheader = Yapmanız gereken bir şey yok.
mail-already-heading = Zaten bizimlesiniz
mail-already-body = Birisi, büyük olasılıkla siz, bu adresi { $site } sitesindeki forma girdi. Adres zaten listede, bu yüzden hiçbir şey değişmedi.
mail-already-hint = E-postalarımız size ulaşmıyorsa spam klasörüne bakın ve adresimizi kişilerinize ekleyin.
mail-already-button = Tercihlerimi gör
mail-already-ignore = Bunu yapan siz değil miydiniz? Endişelenmeyin: listede olduğunuzu kimse formdan öğrenemez.

## Sign-in link

mail-sign-in-subject = Giriş bağlantınız: { $site }
mail-sign-in-preheader = Bir kez ve kısa bir süre için geçerlidir.
mail-sign-in-heading = Giriş yapın
mail-sign-in-body = { $site } sitesine giriş yapmak için düğmeye basın.
mail-sign-in-button = Giriş yap
mail-sign-in-expiry =
    { $minutes ->
        [one] Bağlantı bir kez kullanılabilir ve { $minutes } dakika geçerlidir.
       *[other] Bağlantı bir kez kullanılabilir ve { $minutes } dakika geçerlidir.
    }
mail-sign-in-ignore = Bunu siz istemediniz mi? O hâlde hiçbir şey yapmayın: bağlantı olmadan kimse adresinizle giriş yapamaz.

## Your account was changed

mail-account-subject = Hesabınızda değişiklik yapıldı: { $site }
mail-account-heading = Hesabınızda değişiklik yapıldı
mail-account-password-set = Hesabınız için yeni bir parola belirlendi.
mail-account-password-removed = Hesabınızın parolası kaldırıldı. Artık e-postayla gelen bağlantıyla giriş yapıyorsunuz.
mail-account-passkey-added = Hesabınıza yeni bir geçiş anahtarı eklendi.
mail-account-passkey-removed = Hesabınızdan bir geçiş anahtarı kaldırıldı.
mail-account-second-step-on = Hesabınızda iki adımlı giriş açıldı.
mail-account-second-step-off = Hesabınızda iki adımlı giriş kapatıldı.
mail-account-token-made = Hesabınız için yeni bir API anahtarı oluşturuldu.
mail-account-provider-linked = Hesabınıza kuruluşunuzun bir hesabı bağlandı: bu hesapla sizin adınıza giriş yapılabilir.
mail-account-provider-unlinked = Hesabınızın kuruluşunuzun bir hesabıyla bağlantısı kaldırıldı.
mail-account-reset = Hesabınızın giriş bilgileri sıfırlandı: parola ve ikinci adım kaldırıldı, oturumlar sonlandırıldı.
mail-account-not-you = Bunu siz mi yaptınız? O hâlde yapmanız gereken bir şey yok. Siz yapmadıysanız hemen giriş yapın, yeni bir parola belirleyin ve site sahiplerinden birine haber verin.
mail-account-button = Hesabımı gör
mail-account-reason = { $site } sitesinde çalışan herkes, giriş bilgileri değiştiğinde bu e-postayı alır.

## What we keep of you

mail-my-data-subject = Verileriniz: { $site }
mail-my-data-heading = Verilerinizi görün ya da silin
mail-my-data-body = Birisi, büyük olasılıkla siz, { $site } sitesinde bu adresle ilgili tutulan verileri görmek ya da silmek istedi. Bağlantı bir gün geçerlidir.
mail-my-data-button = Verilerimi gör ya da sil
mail-my-data-ignore = Bunu siz istemediyseniz bu e-postayı dikkate almayın. İlettiğiniz bir e-posta kimdeyse bunu isteyebilir, ama bağlantı yalnızca size gelir.

## Frame of a campaign

mail-campaign-reason =
    { $count ->
        [one] Bu e-postayı { $site } sitesinde şu listeye abone olduğunuz için alıyorsunuz: { $lists }.
       *[other] Bu e-postayı { $site } sitesinde şu listelere abone olduğunuz için alıyorsunuz: { $lists }.
    }
mail-weekly-title = Bu hafta: { $site }
mail-weekly-preheader = Listelerinizin bu hafta gönderdikleri.
mail-weekly-reason = Bu e-postayı { $site } sitesinden haftada bir e-posta almak istediğiniz için alıyorsunuz. Abonelikten çıkarsanız bu e-postada haberleri bulunan listelerden ayrılırsınız; Tercihler sayfasında her e-postayı yeniden ayrı ayrı almayı seçebilirsiniz.
mail-campaign-unsubscribe = Abonelikten çık
mail-campaign-preferences = Tercihler
mail-campaign-view = Tarayıcıda görüntüle
mail-campaign-read-more = Devamını oku
mail-digest-title = Haberler: { $site }
mail-campaign-posts = Son yazılar
mail-campaign-events = Yaklaşan etkinlikler
# $event: the title of an event in the calendars of readers.
mail-event-changed = Değişiklik: { $event }
mail-event-changed-text = Bu etkinlik değişti. Yeni hâli:
mail-event-cancelled = İptal: { $event }
# $when: the day and time. The marks are Markdown.
mail-event-cancelled-text = **{ $event }** ({ $when }) yapılmayacak.
# Stands for a reader's name where there is none: Dear reader.
mail-reader = okur

## Labels of the plain text part

mail-text-links = Bağlantılar

## Is this your new address?

mail-address-subject = Yeni adresiniz bu mu? { $site }
mail-address-body = E-postalarınızı bundan böyle bu adreste almak istediniz. Lütfen adresin size ait olduğunu onaylayın.
mail-address-button = Yeni adresimi onayla
mail-address-ignore = Bunu siz istemediniz mi? O hâlde hiçbir şey yapmayın; hiçbir şey değişmez.
mail-address-changed-subject = Adresiniz değişti: { $site }
mail-address-changed-body = Bundan böyle e-postalarımız başka bir adrese gidecek. Bu, bu adrese gönderdiğimiz bir bağlantıyla istendi ve yeni adreste onaylandı.
mail-address-changed-other = Bunu siz istemediniz mi? O hâlde lütfen bu e-postayı yanıtlayın.

## Links of another system

mail-old-link-subject = Abonelikleriniz: { $site }
mail-old-link-heading = Ne alacağınızı seçin ya da ayrılın
mail-old-link-body = Birisi, büyük olasılıkla siz, eski bir e-postadaki bağlantıya tıklayıp { $site } sitesinden bu adresin sayfasını istedi. O sayfada listelerden ayrılabilir ya da listelerinizi değiştirebilirsiniz.
mail-old-link-button = Aboneliklerimi aç
mail-old-link-ignore = Bunu siz istemediyseniz bu e-postayı dikkate almayın. Hiçbir şey değiştirilmedi.

## Invitation

mail-invitation-subject = Davet: { $site }
mail-invitation-preheader = Kabul etmek için bağlantıyı açın.
mail-invitation-heading = { $site } sitesine davet edildiniz
mail-invitation-body = { $inviter } sizi { $site } sitesinde çalışmaya davet etti. Kabul edip giriş yapmak için düğmeye basın.
mail-invitation-button = Daveti kabul et
mail-invitation-expiry =
    { $days ->
        [one] Bağlantı bir kez kullanılabilir ve { $days } gün geçerlidir.
       *[other] Bağlantı bir kez kullanılabilir ve { $days } gün geçerlidir.
    }
mail-invitation-ask = Süre dolarsa { $inviter } adresinden daveti yeniden göndermesini isteyin.
mail-invitation-ignore = Bu e-postayı beklemiyorsanız dikkate almayın: bağlantı olmadan kimse adresinizle giriş yapamaz.

## Notifications

mail-notice-campaign-finished = Kampanya gönderildi: { $name }
mail-notice-campaign-finished-text = Gönderilen: { $done }. Teslim edilemeyen: { $failed }.
mail-notice-campaign-failed-to-start = Kampanya başlayamadı: { $name }
mail-notice-campaign-failed-to-start-text = Zamanlanmıştı ve başlayamadı. Hiçbir şey gönderilmedi. Sorunu düzeltin, sonra yeniden başlatın veya zamanlayın.
mail-notice-approval-requested = Onay bekleniyor: { $name }
mail-notice-approval-requested-text = Kampanya, ikinci bir kişi onaylamadan başlamaz. İnceleyin ve son değişikliği siz yapmadıysanız sayfasında onaylayın.
mail-notice-comment-added = Yeni yorum: { $name }
mail-notice-comment-added-text = Biri size yanıt verdi veya sizden söz etti. Okumak ve yanıtlamak için açın.
mail-notice-campaign-paused = Kampanya duraklatıldı: { $name }
mail-notice-campaign-paused-text = Otomatik olarak duraklatıldı. Nedenine bakın, sonra sürdürün veya iptal edin.
mail-notice-series-paused = Dizi duraklatıldı: { $name }
mail-notice-series-paused-text = Otomatik olarak duraklatıldı. Nedenine bakın, sonra sürdürün veya bitirin.
mail-notice-series-step = Dizi: { $name }
mail-notice-series-step-text = Bir okur bu dizinin size haber veren bir adımına ulaştı.
mail-notice-series-email-failed = Dizi: { $name }, bir e-posta gönderilemedi
mail-notice-series-email-failed-text = Bir okur bu e-postayı almıyor; bugün başkaları da olabilir. Kimler olduğunu adımın raporu gösterir.
mail-notice-too-many-bounces = Çok fazla geri dönen e-posta veya şikâyet: { $name }
mail-notice-too-many-bounces-text = E-posta sağlayıcıları sizi engellemesin diye kampanya otomatik olarak duraklatıldı. Sürdürmeden önce adreslerin nereden geldiğini denetleyin.
mail-notice-import-finished = İçe aktarma tamamlandı: { $name }
mail-notice-import-finished-text = Eklenen: { $done }. İçe aktarılamayan: { $failed }.
mail-notice-import-failed = İçe aktarma başarısız oldu: { $name }
mail-notice-import-failed-text = Daha önce içe aktarılanlar kalır. Ayrıntılar için içe aktarmayı açın.
mail-notice-domain-record-missing = DNS kaydı eksik veya yanlış: { $name }
mail-notice-domain-record-missing-text = Daha önce yayımlanmıştı. O olmadan e-posta sağlayıcıları e-postalarınızı reddedebilir veya istenmeyen olarak işaretleyebilir.
mail-notice-disk-nearly-full = Disk neredeyse dolu
mail-notice-disk-nearly-full-text = Dolduğunda hiçbir şey kaydedilemez ve hiçbir şey gönderilmez. Yer açın.
mail-notice-task-failing = Bir arka plan görevi çalışmıyor: { $name }
mail-notice-task-failing-text = Ona bağlı işler bekliyor. Sistem denetimine bakın.
mail-notice-backup-failed = Yedekleme başarısız oldu
mail-notice-backup-failed-text = Veritabanının zamanlanmış yedeği alınamadı. 15 dakikada bir yeniden denenir; size bir kez bildirilir.
mail-notice-counts-corrected = Abone sayıları yanlıştı ve düzeltildi
mail-notice-counts-corrected-text = Sayfaların listeler, aboneler ve etiketler için gösterdiği sayılardan bazıları veritabanındakilerden farklıydı: { $done }. Artık doğrular; bu yüzden hiçbir e-posta başkasına gitmedi. Bunlar çalışan sürecin günlüğünde yazar. Yeniden olursa lütfen bildirin.
mail-notice-feed-failing = Akış okunamıyor: { $name }
mail-notice-feed-failing-text = Art arda üç kez okunamadı. Yeniden denenecek; o zamana kadar kampanyalar ondan yeni bir şey göstermez.
mail-notice-ab-test-decided = A/B testi sonuçlandı: { $name }
mail-notice-ab-test-decided-text = Diğer okurlar seçilen sürümü alır. Sayılar kampanyanın sayfasındadır.
mail-notice-ab-test-waits = A/B testi sizi bekliyor: { $name }
mail-notice-ab-test-waits-text = Sayılar sonucu belirlemedi. Diğer okurların ne alacağını seçin; o zamana kadar hiçbir şey almazlar.
mail-notice-reason = Neden: { $reason }.
mail-notice-button = Aç
mail-notice-why = Bu e-postayı { $site } sitesinde çalıştığınız için aldınız.
mail-notice-choose = Size neyin bildirileceğini seçin
