### Pages for when something went wrong: what happened, and what to do next.

error-400-title = İsteği anlayamadık
error-400-body = İstekte bir şey eksik ya da bozuktu. Lütfen geri dönün, sayfayı yenileyin ve bir kez daha deneyin.
error-403-title = Bu sayfaya erişiminiz yok
error-403-body = Hesabınızın bu işlem için yetkisi yok. Olması gerekiyorsa site sahiplerinden birinden bu yetkiyi isteyin.
error-404-title = Böyle bir sayfa yok
error-404-body = Adres yanlış yazılmış ya da sayfa taşınmış olabilir. E-postadaki bir bağlantıdan geldiyseniz bağlantının tamamını kopyalayıp yeniden deneyin.
error-405-title = Bu şekilde olmuyor
error-405-body = Bu sayfaya bu yolla ulaşılamaz. Lütfen ana sayfadan başlayın ve oradaki bağlantılarla düğmeleri kullanın.
error-409-title = Birisi sizden önce davrandı
error-409-body = Bu sayfa açıkken bir şeyler değişti. Son durumu görmek için sayfayı yenileyin, sonra yeniden deneyin.
error-413-title = Bu çok büyük
error-413-body = Gönderdiğiniz, kabul edebileceğimizden daha büyük. Lütfen daha küçük bir dosya seçip yeniden deneyin.
error-415-title = Bu dosya türünü okuyamıyoruz
error-415-body = Lütfen başka bir biçimde gönderin; örneğin resim için JPEG ya da PNG, müzik için MP3.
error-422-title = Lütfen formu gözden geçirin
error-422-body = Girdiğiniz bazı bilgilerin düzeltilmesi gerekiyor. Geri dönün: ilgili alanlar işaretlendi.
error-429-title = Biraz fazla hızlı
error-429-body = Bağlantınızdan kısa sürede çok sayıda istek geldi. Lütfen bir dakika bekleyip yeniden deneyin.
error-500-title = Bizden kaynaklanan bir hata oluştu
error-500-body = Bu sizin hatanız değil. Hata, siteyle ilgilenenlerin incelemesi için kaydedildi. Lütfen birkaç dakika sonra yeniden deneyin.
error-503-title = Hemen döneceğiz
error-503-body = Site şu anda yoğun ya da bakımda. Lütfen birkaç dakika sonra yeniden deneyin.

error-home = Ana sayfaya git
