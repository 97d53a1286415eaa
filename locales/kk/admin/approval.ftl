### The approval of a campaign by a second person.

# The headings of the notice on its page, by how far it is.
admin-approval-missing = Мақұлдау қажет
admin-approval-requested = Мақұлдауды күтуде
admin-approval-approved = Мақұлданды
admin-approval-void = Мақұлдау күшін жойды
admin-approval-missing-text = Бұл таратылымды бастамас немесе жоспарламас бұрын оны басқа пайдаланушы мақұлдауы керек.
# $who: an address, $when: a date and a time.
admin-approval-requested-text = Мақұлдауды сұраған: { $who }, { $when }. Оны өзгерту құқығы бар, мақұлдауды сұрамаған және соңғы өзгерісті енгізбеген пайдаланушы бере алады.
admin-approval-approved-text = Мақұлдаған: { $who }, { $when }. Таратылымның, оның мазмұнының, макетінің немесе аудиториясының кез келген өзгерісі мақұлдауды жояды.
# $approved and $who: addresses, $part: one of the words below.
admin-approval-void-text = Таратылымды { $approved } мақұлдаған, кейін { $who } өзгерткен: { $part }. Жаңадан мақұлдау сұраңыз.
admin-approval-part-campaign = таратылым
admin-approval-part-post = таратылымдағы жарияланым
admin-approval-part-event = таратылымдағы іс-шара
admin-approval-part-layout = макет
admin-approval-part-snippet = ол көрсететін үзіндіні
admin-approval-part-segment = аудитория
admin-approval-ask = Мақұлдау сұрау
admin-approval-asked = Мақұлдау сұралды
admin-approval-asked-text = Әріптесіңізге айтыңыз: таратылым басқа пайдаланушы осы бетте мақұлдағанша күтеді.
admin-approval-give = Мақұлдау
admin-approval-given = Мақұлданды
admin-approval-will-fail = Таратылым басталмайды
admin-approval-will-fail-text = Ол жоспарланған, бірақ мақұлданбаған. Уақыты келгенше мақұлданбаса, басталмайды.
# In the list of campaigns.
admin-approval-waits = мақұлдауды күтуде
