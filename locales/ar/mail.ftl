### The texts of the emails that the site itself sends, and the frame around campaigns.

mail-signature = { $site }
mail-link-fallback = إذا لم يعمل الزر، فيُرجى نسخ هذا العنوان إلى المتصفح:

## Confirmation

mail-confirm-subject = يُرجى تأكيد عنوانك: { $site }
mail-confirm-preheader = نقرة واحدة وتبدأ الرسائل في الوصول.
mail-confirm-heading = هل هذا عنوانك؟
mail-confirm-body = طلب شخص ما، وهو أنت على الأرجح، إرسال رسائل «{ $site }» إلى هذا العنوان. يُرجى تأكيد أن العنوان لك.
mail-confirm-lists =
    { $count ->
        [zero] القوائم المختارة:
        [one] القائمة المختارة:
        [two] القائمتان المختارتان:
        [few] القوائم المختارة:
        [many] القوائم المختارة:
       *[other] القوائم المختارة:
    }
mail-confirm-button = تأكيد عنواني
mail-confirm-expiry =
    { $hours ->
        [zero] الرابط صالح لأقل من ساعة.
        [one] الرابط صالح لمدة ساعة واحدة.
        [two] الرابط صالح لمدة ساعتين.
        [few] الرابط صالح لمدة { $hours } ساعات.
        [many] الرابط صالح لمدة { $hours } ساعة.
       *[other] الرابط صالح لمدة { $hours } ساعة.
    }
mail-confirm-expiry-days =
    { $days ->
        [zero] الرابط صالح لأقل من يوم.
        [one] الرابط صالح لمدة يوم واحد.
        [two] الرابط صالح لمدة يومين.
        [few] الرابط صالح لمدة { $days } أيام.
        [many] الرابط صالح لمدة { $days } يومًا.
       *[other] الرابط صالح لمدة { $days } يوم.
    }
mail-confirm-ignore = ألم يكن هذا الطلب منك؟ لا حاجة إذن إلى فعل أي شيء. من دون تأكيدك لن تصلك أي رسائل، وسنحذف العنوان.
mail-confirm-never = عدم إرسال مثل هذه الرسائل إلى هذا العنوان أبدًا

## Welcome

mail-welcome-subject = مرحبًا بك في «{ $site }»
mail-welcome-preheader = أنت الآن في القائمة البريدية.
mail-welcome-heading = مرحبًا بك
mail-welcome-body = شكرًا لاشتراكك في رسائل «{ $site }». ستصل الرسالة القادمة إلى هذا العنوان.
mail-welcome-lists =
    { $count ->
        [zero] يشمل اشتراكك هذه القوائم:
        [one] يشمل اشتراكك هذه القائمة:
        [two] يشمل اشتراكك هاتين القائمتين:
        [few] يشمل اشتراكك هذه القوائم:
        [many] يشمل اشتراكك هذه القوائم:
       *[other] يشمل اشتراكك هذه القوائم:
    }
mail-welcome-button = عرض تفضيلاتي
mail-welcome-leave = يمكنك في أي وقت تغيير ما يصلك أو إلغاء الاشتراك بنقرة واحدة.

## Already on the list

mail-already-subject = عنوانك موجود في القائمة بالفعل: { $site }
mail-already-preheader = لا حاجة إلى فعل أي شيء.
mail-already-heading = اشتراكك قائم بالفعل
mail-already-body = أدخل شخص ما، وهو أنت على الأرجح، هذا العنوان في نموذج موقع «{ $site }». والعنوان موجود في القائمة بالفعل، لذا لم يتغيّر شيء.
mail-already-hint = إذا لم تصلك رسائلنا، فيُرجى التحقق من مجلد الرسائل غير المرغوب فيها وإضافة عنواننا إلى جهات اتصالك.
mail-already-button = عرض تفضيلاتي
mail-already-ignore = ألم يكن ذلك منك؟ لا داعي للقلق: لا يمكن لأحد أن يعرف من النموذج أنك في القائمة.

## Sign-in link

mail-sign-in-subject = رابط تسجيل الدخول: { $site }
mail-sign-in-preheader = يعمل مرة واحدة ولمدة قصيرة.
mail-sign-in-heading = تسجيل الدخول
mail-sign-in-body = يُرجى الضغط على الزر لتسجيل الدخول إلى موقع «{ $site }».
mail-sign-in-button = تسجيل الدخول
mail-sign-in-expiry =
    { $minutes ->
        [zero] يعمل الرابط مرة واحدة، خلال أقل من دقيقة.
        [one] يعمل الرابط مرة واحدة، خلال دقيقة واحدة.
        [two] يعمل الرابط مرة واحدة، خلال دقيقتين.
        [few] يعمل الرابط مرة واحدة، خلال { $minutes } دقائق.
        [many] يعمل الرابط مرة واحدة، خلال { $minutes } دقيقة.
       *[other] يعمل الرابط مرة واحدة، خلال { $minutes } دقيقة.
    }
mail-sign-in-ignore = ألم يكن هذا الطلب منك؟ لا حاجة إذن إلى فعل أي شيء: من دون الرابط لا يمكن لأحد تسجيل الدخول بعنوانك.

## Your account was changed

mail-account-subject = جرى تغيير حسابك: { $site }
mail-account-heading = جرى تغيير حسابك
mail-account-password-set = عُيّنت كلمة مرور جديدة لحسابك.
mail-account-password-removed = أُزيلت كلمة مرور حسابك. أصبح تسجيل الدخول برابط يصلك بالبريد الإلكتروني.
mail-account-passkey-added = أُضيف مفتاح مرور جديد إلى حسابك.
mail-account-passkey-removed = أُزيل مفتاح مرور من حسابك.
mail-account-second-step-on = فُعّلت المصادقة الثنائية لحسابك.
mail-account-second-step-off = أُوقفت المصادقة الثنائية لحسابك.
mail-account-token-made = أُنشئ رمز API جديد لحسابك.
mail-account-provider-linked = رُبط بحسابك حساب من مؤسستك: يمكن تسجيل الدخول به باسمك.
mail-account-provider-unlinked = أُزيل ربط حسابك بحساب من مؤسستك.
mail-account-reset = أُعيد ضبط تسجيل الدخول إلى حسابك: أُزيلت كلمة المرور والخطوة الثانية، وأُنهيت الجلسات.
mail-account-not-you = هل كان ذلك منك؟ لا حاجة إذن إلى فعل أي شيء. وإلا، فيُرجى تسجيل الدخول فورًا وتعيين كلمة مرور جديدة وإبلاغ أحد مالكي الموقع.
mail-account-button = عرض حسابي
mail-account-reason = تصل هذه الرسالة إلى كل من يعمل على موقع «{ $site }» عند تغيّر بيانات دخوله.

## What we keep of you

mail-my-data-subject = بياناتك: { $site }
mail-my-data-heading = عرض بياناتك أو حذفها
mail-my-data-body = طلب شخص ما، وهو أنت على الأرجح، عرض ما يُحتفظ به في موقع «{ $site }» عن هذا العنوان أو حذفه. الرابط صالح لمدة يوم واحد.
mail-my-data-button = عرض بياناتي أو حذفها
mail-my-data-ignore = إذا لم يكن هذا الطلب منك، فيمكنك تجاهل هذه الرسالة. يمكن لأي شخص لديه رسالة أعدت توجيهها أن يطلبها، لكنها لا تصل إلا إليك.

## Frame of a campaign

mail-campaign-reason =
    { $count ->
        [zero] وصلتك هذه الرسالة لأنك اشتركت في هذه القوائم في موقع «{ $site }»: { $lists }.
        [one] وصلتك هذه الرسالة لأنك اشتركت في هذه القائمة في موقع «{ $site }»: { $lists }.
        [two] وصلتك هذه الرسالة لأنك اشتركت في هاتين القائمتين في موقع «{ $site }»: { $lists }.
        [few] وصلتك هذه الرسالة لأنك اشتركت في هذه القوائم في موقع «{ $site }»: { $lists }.
        [many] وصلتك هذه الرسالة لأنك اشتركت في هذه القوائم في موقع «{ $site }»: { $lists }.
       *[other] وصلتك هذه الرسالة لأنك اشتركت في هذه القوائم في موقع «{ $site }»: { $lists }.
    }
mail-weekly-title = حصيلة الأسبوع: { $site }
mail-weekly-preheader = ما أرسلته قوائمك هذا الأسبوع.
mail-weekly-reason = وصلتك هذه الرسالة لأنك طلبت في موقع «{ $site }» رسالة واحدة في الأسبوع. إلغاء الاشتراك يخرجك من القوائم التي جُمعت أخبارها في الرسالة؛ ويمكنك من صفحة «التفضيلات» العودة إلى تلقي كل رسالة على حدة.
mail-campaign-unsubscribe = إلغاء الاشتراك
mail-campaign-preferences = التفضيلات
mail-campaign-view = عرض في المتصفح
mail-campaign-read-more = قراءة المزيد
mail-digest-title = أخبار من «{ $site }»
mail-campaign-posts = أحدث المنشورات
mail-campaign-events = الفعاليات القادمة
# $event: the title of an event in the calendars of readers.
mail-event-changed = تغيير: { $event }
mail-event-changed-text = تغيّرت هذه الفعالية، وهي الآن كما يلي:
mail-event-cancelled = إلغاء: { $event }
# $when: the day and time. The marks are Markdown.
mail-event-cancelled-text = لن تُقام **{ $event }** ({ $when }).
# Stands for a reader's name where there is none: Dear reader.
mail-reader = القارئ الكريم

## Labels of the plain text part

mail-text-links = الروابط

## Is this your new address?

mail-address-subject = هل هذا عنوانك الجديد؟ { $site }
mail-address-body = طلبت أن تصلك الرسائل على هذا العنوان من الآن فصاعدًا. يُرجى تأكيد أن العنوان لك.
mail-address-button = تأكيد عنواني الجديد
mail-address-ignore = ألم يكن هذا الطلب منك؟ لا حاجة إذن إلى فعل أي شيء، ولن يتغيّر شيء.
mail-address-changed-subject = تغيّر عنوانك: { $site }
mail-address-changed-body = من الآن فصاعدًا ستصل رسائلنا إليك على عنوان آخر، كما طُلب عبر رابط أرسلناه إلى هذا العنوان وأُكّد من العنوان الجديد.
mail-address-changed-other = ألم يكن هذا الطلب منك؟ يُرجى إذن الرد على هذه الرسالة.

## Links of another system

mail-old-link-subject = اشتراكاتك: { $site }
mail-old-link-heading = اختيار ما يصلك أو إلغاء الاشتراك
mail-old-link-body = فتح شخص ما، وهو أنت على الأرجح، رابطًا في رسالة قديمة وطلب من موقع «{ $site }» صفحة هذا العنوان. ويمكنك في تلك الصفحة إلغاء الاشتراك في القوائم أو تغييرها.
mail-old-link-button = فتح اشتراكاتي
mail-old-link-ignore = إذا لم يكن هذا الطلب منك، فيمكنك تجاهل هذه الرسالة. لم يتغيّر شيء.

## Invitation

mail-invitation-subject = دعوة: { $site }
mail-invitation-preheader = يُرجى فتح الرابط لقبولها.
mail-invitation-heading = لديك دعوة إلى موقع «{ $site }»
mail-invitation-body = وجّه إليك { $inviter } دعوة للعمل على موقع «{ $site }». يُرجى الضغط على الزر لقبولها وتسجيل الدخول.
mail-invitation-button = قبول الدعوة
mail-invitation-expiry =
    { $days ->
        [zero] يعمل الرابط مرة واحدة، لأقل من يوم.
        [one] يعمل الرابط مرة واحدة، لمدة يوم واحد.
        [two] يعمل الرابط مرة واحدة، لمدة يومين.
        [few] يعمل الرابط مرة واحدة، لمدة { $days } أيام.
        [many] يعمل الرابط مرة واحدة، لمدة { $days } يومًا.
       *[other] يعمل الرابط مرة واحدة، لمدة { $days } يوم.
    }
mail-invitation-ask = بعد ذلك يمكن طلب إرسالها من جديد من { $inviter }.
mail-invitation-ignore = إن لم تكن هذه الرسالة متوقعة فيمكن تجاهلها: من دون الرابط لا يمكن لأحد تسجيل الدخول بعنوانك.

## Notifications

mail-notice-campaign-finished = أُرسلت الحملة: { $name }
mail-notice-campaign-finished-text = أُرسل: { $done }. تعذّر تسليم: { $failed }.
mail-notice-campaign-failed-to-start = تعذّر بدء الحملة: { $name }
mail-notice-campaign-failed-to-start-text = كانت مجدولة ولم تبدأ، ولم يُرسل شيء. يُرجى تصحيح الخطأ، ثم بدؤها أو جدولتها من جديد.
mail-notice-approval-requested = مطلوب اعتماد: { $name }
mail-notice-approval-requested-text = لا تبدأ الحملة قبل أن يعتمدها شخص ثانٍ. راجعها ثم اعتمدها في صفحتها ما لم تكن أنت صاحب آخر تعديل.
mail-notice-comment-added = تعليق جديد: { $name }
mail-notice-comment-added-text = رد عليك شخص ما أو ذكرك. افتحه لقراءة التعليق والرد عليه.
mail-notice-campaign-paused = أُوقفت الحملة مؤقتًا: { $name }
mail-notice-campaign-paused-text = أُوقفت تلقائيًا. يُرجى الاطلاع على السبب، ثم استئنافها أو إلغاؤها.
mail-notice-series-paused = أُوقفت السلسلة مؤقتًا: { $name }
mail-notice-series-paused-text = أُوقفت تلقائيًا. يُرجى الاطلاع على السبب، ثم استئنافها أو إنهاؤها.
mail-notice-series-step = السلسلة: { $name }
mail-notice-series-step-text = وصل أحد القرّاء إلى خطوة من هذه السلسلة تُعلمك بذلك.
mail-notice-series-email-failed = السلسلة: { $name }، لم تُرسَل رسالة
mail-notice-series-email-failed-text = لن يتلقى أحد القراء هذه الرسالة، وربما آخرون اليوم. يبيّن تقرير الخطوة من هم.
mail-notice-too-many-bounces = عدد كبير من الرسائل المرتجعة أو الشكاوى: { $name }
mail-notice-too-many-bounces-text = أُوقفت الحملة تلقائيًا كي لا يحظرك مزوّدو البريد. يُرجى التحقق من مصدر العناوين قبل استئنافها.
mail-notice-import-finished = اكتمل الاستيراد: { $name }
mail-notice-import-finished-text = أُضيف: { $done }. تعذّر استيراد: { $failed }.
mail-notice-import-failed = فشل الاستيراد: { $name }
mail-notice-import-failed-text = ما استُورد قبل ذلك باقٍ. يُرجى فتح صفحة الاستيراد لمعرفة المزيد.
mail-notice-domain-record-missing = سجل DNS مفقود أو غير صحيح: { $name }
mail-notice-domain-record-missing-text = كان منشورًا من قبل. من دونه قد يرفض مزوّدو البريد رسائلك أو يعدّونها غير مرغوب فيها.
mail-notice-disk-nearly-full = القرص شبه ممتلئ
mail-notice-disk-nearly-full-text = إذا امتلأ فلن يُحفظ شيء ولن يُرسل شيء. يُرجى توفير مساحة.
mail-notice-task-failing = مهمة في الخلفية لا تعمل: { $name }
mail-notice-task-failing-text = ما يعتمد عليها ينتظر. يُرجى الاطلاع على فحص النظام.
mail-notice-backup-failed = فشل النسخ الاحتياطي
mail-notice-backup-failed-text = فشل النسخ الاحتياطي المجدول لقاعدة البيانات. تُعاد المحاولة كل 15 دقيقة، ويصلك هذا التنبيه مرة واحدة.
mail-notice-counts-corrected = كانت أعداد للمشتركين خاطئة وصُحّحت
mail-notice-counts-corrected-text = من الأعداد التي تعرضها الصفحات عن القوائم والمشتركين والوسوم اختلف بعضها عمّا في قاعدة البيانات: { $done }. وهي الآن صحيحة، ولم تُرسَل بسببها أي رسالة إلى شخص آخر. سجلّ عملية الإرسال يسمّيها. إن تكرر ذلك فيُرجى الإبلاغ عنه.
mail-notice-feed-failing = تعذّرت قراءة الخلاصة: { $name }
mail-notice-feed-failing-text = تعذّرت قراءتها ثلاث مرات متتالية. ستُعاد المحاولة، وحتى ذلك الحين لا تعرض الحملات أي جديد منها.
mail-notice-ab-test-decided = حُسم اختبار A/B: { $name }
mail-notice-ab-test-decided-text = يحصل بقية القراء على النسخة المختارة. الأرقام في صفحة الحملة.
mail-notice-ab-test-waits = اختبار A/B ينتظر قرارك: { $name }
mail-notice-ab-test-waits-text = لم تحسمه الأرقام. اختر ما يحصل عليه بقية القراء؛ وحتى ذلك الحين لا يحصلون على شيء.
mail-notice-reason = السبب: { $reason }.
mail-notice-button = فتح
mail-notice-why = تصلك هذه الرسالة لأنك تعمل على موقع «{ $site }».
mail-notice-choose = اختيار ما تُنبَّه إليه
