### Joining, confirming, leaving, and everything a subscriber may change.

## Join

join-title = الاشتراك في قائمتنا البريدية
join-lead = يُرجى اختيار المواضيع التي تهمّك. سنرسل رسالة واحدة للتأكد من أن العنوان لك.
join-one-lead = سنرسل رسالة واحدة للتأكد من أن العنوان لك.
join-email-label = عنوان البريد الإلكتروني
join-email-hint = مثلًا: name@example.com
join-name-label = اسمك
join-name-hint = اختياري. لا نستخدمه إلا لمخاطبتك به.
join-lists-label = ما يصلك منّا
join-language-label = لغة الرسائل
# The wording kept as evidence of consent.
consent-wording = أوافق على أن أتلقى من «{ $site }» على هذا العنوان رسائل البريد الإلكتروني التي اخترتها. ويمكنني إلغاء الاشتراك في أي وقت بنقرة واحدة.
engagement-wording = أوافق أيضًا على أن يرى «{ $site }» هل أفتح رسائله وأي الروابط فيها أتبع. ويمكنني سحب هذه الموافقة في أي وقت بنقرة واحدة.
engagement-hint = اختياري: تصلك الرسائل نفسها من دونه، وعندها لا يُسجَّل شيء عمّا تقرأ.
join-button = الاشتراك في القائمة
join-privacy = نحتفظ بعنوانك من أجل هذه الرسائل فقط ولا نعطيه لأحد.
# A field that scripts fill in and people do not see.
join-trap-label = يُرجى ترك هذا الحقل فارغًا
puzzle-doing = جارٍ التأكد من أن المرسل ليس برنامجًا آليًا…
puzzle-done = جاهز للإرسال.
puzzle-without-scripts = البرامج النصية لا تعمل في متصفحك. يُرجى الانتظار 15 ثانية قبل إرسال هذا النموذج.

## Check your inbox: the same page for every address

sent-title = يُرجى التحقق من بريدك الوارد
sent-body = إذا كانت إضافة ذلك العنوان ممكنة، فقد أُرسلت إليه رسالة منّا. لإكمال الاشتراك، يُرجى فتح الرسالة والضغط على الزر الذي فيها.
sent-spam-hint = ألم يصل شيء بعد بضع دقائق؟ يُرجى التحقق من مجلد الرسائل غير المرغوب فيها، والتأكد من خلو العنوان من الأخطاء.
sent-expiry =
    { $hours ->
        [zero] الرابط الذي في الرسالة صالح لأقل من ساعة.
        [one] الرابط الذي في الرسالة صالح لمدة ساعة واحدة.
        [two] الرابط الذي في الرسالة صالح لمدة ساعتين.
        [few] الرابط الذي في الرسالة صالح لمدة { $hours } ساعات.
        [many] الرابط الذي في الرسالة صالح لمدة { $hours } ساعة.
       *[other] الرابط الذي في الرسالة صالح لمدة { $hours } ساعة.
    }
sent-expiry-days =
    { $days ->
        [zero] الرابط الذي في الرسالة صالح لأقل من يوم.
        [one] الرابط الذي في الرسالة صالح لمدة يوم واحد.
        [two] الرابط الذي في الرسالة صالح لمدة يومين.
        [few] الرابط الذي في الرسالة صالح لمدة { $days } أيام.
        [many] الرابط الذي في الرسالة صالح لمدة { $days } يومًا.
       *[other] الرابط الذي في الرسالة صالح لمدة { $days } يوم.
    }
sent-again = تجربة عنوان آخر

## Confirm

confirm-title = خطوة أخيرة
confirm-body = بعد الضغط على الزر ستصل الرسائل إلى هذا العنوان:
confirm-lists =
    { $count ->
        [zero] سيشمل اشتراكك هذه القوائم:
        [one] سيشمل اشتراكك هذه القائمة:
        [two] سيشمل اشتراكك هاتين القائمتين:
        [few] سيشمل اشتراكك هذه القوائم:
        [many] سيشمل اشتراكك هذه القوائم:
       *[other] سيشمل اشتراكك هذه القوائم:
    }
confirm-button = نعم، أرسلوا إليّ الرسائل
confirm-not-you = ألم يكن هذا الطلب منك؟ يكفي إغلاق الصفحة. من دون الضغط على الزر لا يُرسل شيء.
engagement-confirm-hint = وُضعت هذه العلامة في نموذج الاشتراك. ضعها هنا أيضًا إن كنت موافقًا.
confirmed-title = مرحبًا بك!
confirmed-body = جرى تأكيد عنوانك. ستصلك الرسالة القادمة.
confirmed-preferences = تغيير ما يصلك
confirmed-home = إلى الصفحة الرئيسية

## A link that no longer works

expired-title = انتهت صلاحية هذا الرابط
expired-body = حرصًا على الأمان، تعمل روابطنا لمدة محدودة. لم يتغيّر شيء.
expired-again = يُرجى تعبئة النموذج مرة أخرى، وسنرسل إليك رابطًا جديدًا.
expired-button = إلى النموذج
used-title = سبق استخدام هذا الرابط
used-body = لم يبقَ ما ينبغي فعله: فقد تحقّق الغرض من الرابط.
gone-title = لم يعد هنا شيء
gone-body = حُذف ما كان هذا الرابط من أجله. ويسعدنا اشتراكك من جديد في أي وقت.

## A link in a test email

sample-title = هذا اختبار
sample-body = هذا الرابط من رسالة تجريبية. لم يتغيّر شيء.

## Unsubscribe

unsubscribe-title = إلغاء الاشتراك في القائمة؟
unsubscribe-body = بعد الضغط على الزر سنتوقف فورًا عن الإرسال. بلا أسئلة ولا رسالة وداع.
unsubscribe-list = القائمة: { $list }
unsubscribe-button = إلغاء الاشتراك
unsubscribe-all-button = إلغاء الاشتراك في كل شيء
unsubscribe-fewer = أو اختيار الرسائل التي تبقى
unsubscribed-title = أُلغي اشتراكك
unsubscribed-body = لن تصلك رسائل أخرى من هذه القائمة. وقد تصلك رسالة أُرسلت من قبل.
unsubscribed-all-body = لن تصلك رسائل أخرى منّا. وقد تصلك رسالة أُرسلت من قبل.
unsubscribed-reason-label = هل يمكنك إخبارنا بالسبب؟
unsubscribed-reason-hint = اختياري. نحفظ الإجابة مع سجل إلغاء اشتراكك.
unsubscribed-reason-too-many = الرسائل كثيرة جدًا
unsubscribed-reason-not-interesting = لا تهمّني موضوعات الرسائل
unsubscribed-reason-never-asked = لا أتذكر أنني اشتركت
unsubscribed-reason-elsewhere = أقرأ الأخبار في مكان آخر
unsubscribed-reason-other = سبب آخر
unsubscribed-reason-button = إرسال
unsubscribed-reason-thanks = شكرًا لك. سجّلنا إجابتك.
unsubscribed-rejoin = هل حدث ذلك خطأً؟ الاشتراك من جديد

## Preferences

preferences-title = تفضيلاتك
preferences-lead = هذه التفضيلات خاصة بالعنوان { $email }. يُرجى عدم مشاركة رابط هذه الصفحة مع أحد: كل من لديه الرابط يمكنه تغييرها.
preferences-lists-label = الرسائل التي تصلك
preferences-lists-empty = لا اشتراك لك في أي قائمة حاليًا.
preferences-language-label = لغة الرسائل
preferences-name-label = اسمك
preferences-save = حفظ
preferences-saved = حُفظت التغييرات.
preferences-frequency-label = وتيرة الرسائل
preferences-frequency-each = كل رسالة على حدة
preferences-frequency-each-hint = فور إرسالها.
preferences-frequency-weekly = رسالة واحدة في الأسبوع
preferences-frequency-weekly-hint = تجمع ما أرسلته قوائمك. أما الأخبار العاجلة فتصل فورًا.
preferences-changed-joined = أنت الآن في قائمة «{ $list }».
preferences-changed-left = أُلغي اشتراكك في قائمة «{ $list }».
preferences-changed-name = تغيّر اسمك.
preferences-changed-language = أصبحت الرسائل تصلك بهذه اللغة: { $language }.
preferences-changed-answers = تغيّرت إجاباتك.
preferences-changed-each = من الآن فصاعدًا تصلك كل رسالة على حدة. وإذا جُمع لك شيء هذا الأسبوع، فسيصلك في رسالة واحدة.
preferences-changed-weekly = من الآن فصاعدًا تصلك رسالة واحدة في الأسبوع.
preferences-unchanged = لم يتغيّر شيء.
preferences-pause-title = أخذ استراحة
preferences-pause-body = يبقى اشتراكك في قوائمك ولا تصلك رسائلها لبعض الوقت. وما يُرسل خلال ذلك لا يُرسل لاحقًا.
preferences-pause-label = المدة
preferences-pause-2w = أسبوعان
preferences-pause-1m = شهر واحد
preferences-pause-3m = ثلاثة أشهر
preferences-pause-6m = ستة أشهر
preferences-pause-until-label = أو حتى هذا اليوم
preferences-pause-until-hint = خلال سنة. إذا تُرك الحقل فارغًا، تُعتمد المدة المختارة أعلاه.
preferences-pause-button = إيقاف الرسائل مؤقتًا
preferences-pause-change-button = تغيير الاستراحة
preferences-paused = لن تصلك أي رسائل حتى { $date }. ومن ذلك اليوم تعود إلى الوصول تلقائيًا.
preferences-pause-past = يُرجى اختيار يوم بعد اليوم الحالي.
preferences-pause-too-long = لا تزيد الاستراحة على سنة. يُرجى اختيار يوم أقرب.
preferences-pause-unknown = تعذّرت قراءة هذا التاريخ. يُرجى اختياره من التقويم أو كتابته بالصيغة YYYY-MM-DD (2027-03-01).
preferences-resume-button = إنهاء الاستراحة الآن
preferences-resumed = تعود الرسائل إلى الوصول من الآن.
preferences-came-back = أصبح وصول الرسائل ممكنًا من جديد. يُرجى الآن اختيار قوائمك.
preferences-engagement-title = الرسائل المفتوحة والروابط
preferences-engagement-is-agreed = وافقت على ما يلي:
preferences-engagement-agree-button = أوافق
preferences-engagement-withdraw-button = سحب الموافقة وحذف ما سُجِّل
preferences-engagement-agreed = تم الحفظ. ابتداءً من الرسالة القادمة يُسجَّل هل تفتحها وأي الروابط تتبع.
preferences-engagement-withdrawn = سُحبت الموافقة. حُذف ما سُجِّل، ولن يُسجَّل شيء بعد الآن.
preferences-stays-suppressed = لا يمكننا رفع هذا المنع هنا: فالرسائل إليك ارتدّت أو أُبلغ عنها كرسائل غير مرغوب فيها أو أوقفناها نحن. يُرجى مراسلتنا.
preferences-state-pending = بانتظار تأكيدك
preferences-leave-title = إلغاء كل الاشتراكات
preferences-leave-body = يُلغى اشتراكك في كل القوائم دفعة واحدة. ونحتفظ بملاحظة عن رغبتك هذه كي لا يضيفك أحد من جديد عن طريق الخطأ.
preferences-leave-button = إلغاء الاشتراك في كل القوائم
preferences-suppressed-title = لا تصلك رسائل منّا
preferences-suppressed-body = لا يُرسل شيء إلى هذا العنوان، بناءً على طلب سابق. إذا أردت تلقي الرسائل من جديد، فيمكنك طلب ذلك هنا ثم اختيار قوائمك.
preferences-come-back-button = السماح بالرسائل من جديد
preferences-export-title = تصدير بياناتي
preferences-export-body = ملف بكل ما نحتفظ به عن هذا العنوان: الاسم والقوائم وما وافقت عليه وتاريخ موافقتك.
preferences-export-button = تنزيل الملف
preferences-erase-title = محو بياناتي
preferences-erase-body = نحذف عنوانك واسمك واختياراتك. ولا يمكن استعادة ما حُذف.
preferences-erase-button = محو بياناتي…
erase-title = محو كل بياناتك؟
erase-body = سيُلغى اشتراكك في كل القوائم، وستُحذف بياناتك نهائيًا. يمكنك تنزيل نسخة منها أولًا.
erase-kept = ما يبقى: أرقام في تقاريرنا لا تدل على أحد.
erase-kept-address = يبقى عنوانك وحده في قائمة العناوين التي لا نراسلها أبدًا، كي لا يضيفه أحد من جديد عن طريق الخطأ.
erase-confirm-label = نعم، أريد حذف بياناتي نهائيًا
erase-confirm-missing = يُرجى وضع علامة في المربع إذا أردت فعلًا حذف بياناتك.
erase-button = حذف بياناتي
erase-cancel = الاحتفاظ ببياناتي
erased-title = حُذفت بياناتك
erased-body = لم نعد نحتفظ بعنوانك واسمك واختياراتك. ويسعدنا اشتراكك من جديد في أي وقت.

## What is wrong with a form

form-errors-title =
    { $count ->
        [zero] يُرجى تصحيح ما يلي:
        [one] يُرجى تصحيح خطأ واحد:
        [two] يُرجى تصحيح خطأين:
        [few] يُرجى تصحيح { $count } أخطاء:
        [many] يُرجى تصحيح { $count } خطأً:
       *[other] يُرجى تصحيح { $count } خطأ:
    }
field-email-missing = يُرجى إدخال عنوان بريدك الإلكتروني.
field-email-malformed = لا يبدو هذا عنوان بريد إلكتروني. ينبغي أن يكون على شكل name@example.com.
field-email-too-long = هذا العنوان طويل جدًا. الحد الأقصى لعدد الأحرف في عنوان البريد الإلكتروني: { $max }.
field-name-too-long = هذا الاسم طويل جدًا. الحد الأقصى لعدد الأحرف: { $max }.
field-name-malformed = لا يحتوي الاسم على فواصل أسطر أو رموز تحكم. يُرجى كتابته في سطر واحد.
field-lists-missing = يُرجى اختيار قائمة واحدة على الأقل.
field-list-unknown = الاشتراك في هذه القائمة غير متاح.
field-language-unknown = يُرجى اختيار إحدى اللغات المتاحة.
field-answer-missing = يُرجى الإجابة عن هذا السؤال.
field-answer-unknown = يُرجى اختيار إحدى الإجابات المتاحة.
field-answer-too-long = هذا النص طويل جدًا. الحد الأقصى لعدد الأحرف: { $max }.
form-wait =
    { $seconds ->
        [zero] يُرجى المحاولة مرة أخرى الآن.
        [one] يُرجى الانتظار ثانية واحدة ثم المحاولة مرة أخرى.
        [two] يُرجى الانتظار ثانيتين ثم المحاولة مرة أخرى.
        [few] يُرجى الانتظار { $seconds } ثوانٍ ثم المحاولة مرة أخرى.
        [many] يُرجى الانتظار { $seconds } ثانية ثم المحاولة مرة أخرى.
       *[other] يُرجى الانتظار { $seconds } ثانية ثم المحاولة مرة أخرى.
    }
form-too-quick = أُرسل النموذج أسرع مما يمكن لإنسان أن يملأه. يُرجى إرساله مرة أخرى.
form-from-elsewhere = جاء هذا النموذج من موقع لا يحق له عرضه. يُرجى التحقق مما فيه وإرساله من هنا.

## Never again

never-title = وقف هذه الرسائل نهائيًا؟
never-body = بعد الضغط على الزر لن يرسل هذا الموقع أي رسالة إلى هذا العنوان أبدًا، حتى لو أدخله أحد في نموذج:
never-button = عدم مراسلتي أبدًا
never-hint = لا حاجة إلى ذلك لتجنّب الانضمام إلى قائمة: فمن دون تأكيدك لا يُدرج عنوانك في أي منها. وإذا غيّرت رأيك، فيُرجى الاتصال بالقائمين على هذا الموقع.
never-done-title = نُفّذ طلبك
never-done-body = لم يعد هذا الموقع يرسل شيئًا إلى ذلك العنوان.

## What we keep of you

my-data-title = بياناتك
my-data-body = يمكنك الاطلاع على ما يحتفظ به هذا الموقع عنك أو حذفه. الرابط صالح لمدة يوم واحد؛ يُرجى عدم مشاركته مع أحد.
my-data-ask-title = سنرسل إليك رابطًا أولًا
my-data-ask-body = لا ينبغي أن تكفي رسالة أُعيد توجيهها للاطلاع على بياناتك أو حذفها. بعد الضغط على الزر يُرسل إلى عنوانك رابط صالح لمدة يوم واحد.
my-data-ask-button = إرسال الرابط إليّ
my-data-sent-title = يُرجى التحقق من بريدك الوارد
my-data-sent-body = أُرسل إلى عنوانك رابط للاطلاع على بياناتك أو حذفها. وهو صالح لمدة يوم واحد.
my-data-address-title = عنوان آخر
my-data-address-body = اكتب العنوان الذي ينبغي أن تصل إليه رسائلك. سنطلب التأكيد من ذلك العنوان، ولن يتغيّر شيء قبل ذلك.
my-data-address-label = عنوان البريد الإلكتروني الجديد
my-data-address-button = تغيير عنواني…
my-data-address-same = هذا عنوانك الحالي. يُرجى إدخال عنوان آخر.
my-data-address-sent-title = يُرجى التحقق من البريد الوارد الجديد
my-data-address-sent-body = إذا كان استخدام العنوان الجديد ممكنًا، فقد أُرسلت إليه رسالة تحتوي على رابط. افتح الرابط للتأكيد؛ وحتى ذلك الحين تصل رسائلك إلى العنوان السابق.

## A new address

address-title = عنوانك الجديد
address-body = بعد الضغط على الزر ستصل رسائلك إلى هذا العنوان من الآن فصاعدًا:
address-button = نعم، هذا عنواني
address-done-title = تغيّر عنوانك
address-done-body = ستصل الرسالة القادمة إلى عنوانك الجديد.
address-refused-title = لا يمكن استخدام هذا العنوان
address-refused-body = العنوان موجود في قوائمنا بالفعل، أو لا يجوز إرسال شيء إليه. تستمر رسائلك في الوصول إلى العنوان السابق.

## Links of another system

old-link-title = هذا الرابط من رسالة قديمة
old-link-body = أصبحنا نرسل رسائلنا بطريقة أخرى، ولا يمكننا أن نعرف من هذا الرابط صاحبه. يُرجى إدخال عنوانك، وسنرسل إليك رابطًا لإلغاء الاشتراك أو لتغيير ما يصلك.
old-link-label = عنوان بريدك الإلكتروني
old-link-button = إرسال الرابط إليّ
old-link-invalid = عنوان البريد الإلكتروني هذا غير مكتمل.
old-link-sent-title = يُرجى التحقق من بريدك الوارد
old-link-sent-body = إذا كانت رسائلنا تصل إلى هذا العنوان، فقد أُرسل إليه رابط لإلغاء الاشتراك أو لتغيير ما يصلك.
