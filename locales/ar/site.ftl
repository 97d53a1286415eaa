### What visitors read on the public pages.

## Navigation

nav-label = القائمة الرئيسية
language-choose = اختيار اللغة
nav-skip = الانتقال إلى المحتوى
nav-home = الرئيسية
nav-posts = المنشورات
nav-events = الفعاليات
nav-media = الوسائط

## Home

home-latest-posts = أحدث المنشورات
home-all-posts = كل المنشورات
home-upcoming-events = الفعاليات القادمة
home-all-events = التقويم الكامل
home-music = الموسيقى
home-all-media = كل الصور والموسيقى
home-join-title = الاشتراك في قائمتنا البريدية
home-join-lead = أخبار ودعوات تصل مباشرة إلى صندوق بريدك. ويمكنك إلغاء الاشتراك بنقرة واحدة.
home-join-button = اشتراك

## Posts

posts-title = المنشورات
posts-in-category = المنشورات في فئة «{ $category }»
posts-empty = لا توجد منشورات هنا بعد. تسعدنا زيارتك مرة أخرى قريبًا.
post-by = بقلم { $author }
# The title of the copy of a post or event.
copy-of = نسخة من { $title }
post-previous = المنشور السابق
post-next = المنشور التالي
post-back = العودة إلى كل المنشورات
post-share = مشاركة
post-share-email = مشاركة بالبريد الإلكتروني
post-copy-link = نسخ الرابط
post-link-copied = نُسخ الرابط.
post-in-other-language = هذا المنشور غير متاح بلغتك بعد، وهو معروض بلغة أخرى: { $language }.
post-other-languages = بلغات أخرى:
# Names a table that can be scrolled by itself.
post-table = الجدول { $number }

category-general = عام
category-culture = الثقافة
category-consular = الشؤون القنصلية
category-education = التعليم

## Pages of a long list

pages-label = الصفحات
pages-previous = السابق
pages-next = التالي

## Events

events-title = الفعاليات
events-month = الفعاليات: { $month }
events-empty = لا توجد فعاليات مقرّرة لهذا الشهر بعد.
events-upcoming-empty = لا توجد فعاليات مقرّرة في الأيام القادمة.
events-previous-month = الشهر السابق
events-next-month = الشهر التالي
events-subscribe = إضافة هذا التقويم إلى تقويمك
events-subscribe-hint = تتابع برامج التقويم تحديثات هذا العنوان تلقائيًا.
event-when = الموعد
event-where = المكان
event-all-day = طوال اليوم
event-time-range = من { $start } إلى { $end }
event-time-zone = المنطقة الزمنية: { $zone }
event-add = إضافة إلى تقويمي
event-past = انتهت هذه الفعالية.
event-repeats = التكرار
event-repeats-daily =
    { $every ->
        [zero] كل يوم
        [one] كل يوم
        [two] كل يومين
        [few] كل { $every } أيام
        [many] كل { $every } يومًا
       *[other] كل { $every } يوم
    }
event-repeats-weekly =
    { $every ->
        [zero] كل أسبوع
        [one] كل أسبوع
        [two] كل أسبوعين
        [few] كل { $every } أسابيع
        [many] كل { $every } أسبوعًا
       *[other] كل { $every } أسبوع
    }
event-repeats-monthly =
    { $every ->
        [zero] كل شهر
        [one] كل شهر
        [two] كل شهرين
        [few] كل { $every } أشهر
        [many] كل { $every } شهرًا
       *[other] كل { $every } شهر
    }
event-repeats-yearly =
    { $every ->
        [zero] كل سنة
        [one] كل سنة
        [two] كل سنتين
        [few] كل { $every } سنوات
        [many] كل { $every } سنة
       *[other] كل { $every } سنة
    }
event-repeats-until = { $often }، حتى { $date }

## Media

media-title = الوسائط
media-pictures = الصور
media-music = الموسيقى
media-documents = المستندات
media-empty = لا يوجد هنا ما يُشاهد أو يُسمع بعد.

## Feeds and footer

feed-title = المنشورات: { $site }
feed-atom = خلاصة Atom
feed-json = خلاصة JSON
feed-calendar = التقويم (iCalendar)

footer-about = لا تُرسل أخبار «{ $site }» إلا إلى من طلبها.
footer-privacy = لا يُستخدم عنوانك لأي غرض آخر ولا يُعطى لأحد.

## Archive of sent mail

archive-title = الرسائل السابقة
archive-sent-on = أُرسلت في { $date }
archive-notice = هذه نسخة الويب من رسالة بريد إلكتروني. لتصلك الرسالة القادمة، يُرجى الاشتراك في القائمة.
archive-empty = لم تُرسل أي رسالة بعد. لتصلك الرسالة الأولى، يُرجى الاشتراك في القائمة.
archive-files = الملفات المرفقة

## Days, months and dates

# Month names standing alone, as in the calendar's heading.
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

# Month names as they stand inside a date, after the day.
month-of-1 = يناير
month-of-2 = فبراير
month-of-3 = مارس
month-of-4 = أبريل
month-of-5 = مايو
month-of-6 = يونيو
month-of-7 = يوليو
month-of-8 = أغسطس
month-of-9 = سبتمبر
month-of-10 = أكتوبر
month-of-11 = نوفمبر
month-of-12 = ديسمبر

month-short-1 = يناير
month-short-2 = فبراير
month-short-3 = مارس
month-short-4 = أبريل
month-short-5 = مايو
month-short-6 = يونيو
month-short-7 = يوليو
month-short-8 = أغسطس
month-short-9 = سبتمبر
month-short-10 = أكتوبر
month-short-11 = نوفمبر
month-short-12 = ديسمبر

# Days of the week: 1 is Monday, 7 is Sunday (ISO 8601).
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد

weekday-short-1 = اثنين
weekday-short-2 = ثلاثاء
weekday-short-3 = أربعاء
weekday-short-4 = خميس
weekday-short-5 = جمعة
weekday-short-6 = سبت
weekday-short-7 = أحد

# $month is from month-of-…; give $day and $year as text, so that no digits are grouped.
date-long = { $day } { $month } { $year }
# $weekday is from weekday-…, $date from date-long.
date-with-weekday = { $weekday }، { $date }
# $date is from one of the patterns above, $time is like 18:30.
date-time = { $date }، { $time }
# $month is from month-….
date-month-year = { $month } { $year }
