### Joining, confirming, leaving, and everything a subscriber may change.

## Join

join-title = Abonnez-vous à nos e-mails
join-lead = Choisissez les sujets qui vous intéressent. Nous vous enverrons un message pour nous assurer que l’adresse est bien la vôtre.
join-one-lead = Nous vous enverrons un message pour nous assurer que l’adresse est bien la vôtre.
join-email-label = Adresse e-mail
join-email-hint = Par exemple, nom@example.com
join-name-label = Votre nom
join-name-hint = Facultatif. Il ne nous sert qu’à vous saluer.
join-lists-label = Ce que vous souhaitez recevoir
join-language-label = Langue des e-mails
# The wording kept as evidence of consent.
consent-wording = J’accepte que { $site } m’envoie à cette adresse les e-mails que j’ai choisis. Je peux à tout moment me désabonner, et ainsi retirer mon consentement, en un clic.
engagement-wording = J’accepte aussi que { $site } voie si j’ouvre ses e-mails et quels liens j’y suis. Je peux retirer cet accord à tout moment en un clic.
engagement-hint = Facultatif : vous recevez les mêmes e-mails sans cela, et rien n’est alors enregistré sur ce que vous lisez.
join-button = S’abonner
join-privacy = Nous conservons votre adresse uniquement pour ces e-mails et ne la communiquons à personne.
# A field that scripts fill in and people do not see.
join-trap-label = Laissez ce champ vide
puzzle-doing = Nous vérifions que ce n’est pas un robot qui envoie ce formulaire…
puzzle-done = Prêt pour l’envoi.
puzzle-without-scripts = Votre navigateur n’exécute pas les scripts. Veuillez attendre 15 secondes avant d’envoyer ce formulaire.

## Check your inbox: the same page for every address

sent-title = Consultez votre boîte de réception
sent-body = Si cette adresse peut être ajoutée, un message de notre part est en route. Ouvrez-le et cliquez sur le bouton qu’il contient pour terminer.
sent-spam-hint = Toujours rien après quelques minutes ? Regardez dans le dossier des courriers indésirables et vérifiez que l’adresse ne contient pas de faute de frappe.
sent-expiry =
    { $hours ->
        [one] Le lien contenu dans le message est valable { $hours } heure.
       *[other] Le lien contenu dans le message est valable { $hours } heures.
    }
sent-expiry-days =
    { $days ->
        [one] Le lien contenu dans le message est valable { $days } jour.
       *[other] Le lien contenu dans le message est valable { $days } jours.
    }
sent-again = Essayer une autre adresse

## Confirm

confirm-title = Une dernière étape
confirm-body = Cliquez sur le bouton, et les e-mails arriveront à cette adresse :
confirm-lists =
    { $count ->
        [one] Vous vous abonnez à cette liste :
       *[other] Vous vous abonnez à ces listes :
    }
confirm-button = Oui, envoyez-moi les e-mails
confirm-not-you = Vous n’avez rien demandé ? Fermez simplement la page. Sans clic sur le bouton, rien n’est envoyé.
engagement-confirm-hint = Cette case a été cochée dans le formulaire d’inscription. Cochez-la ici aussi si vous êtes d’accord.
confirmed-title = Bienvenue !
confirmed-body = Votre adresse est confirmée. Vous recevrez le prochain e-mail.
confirmed-preferences = Changer ce que vous recevez
confirmed-home = Aller à l’accueil

## A link that no longer works

expired-title = Ce lien a expiré
expired-body = Par sécurité, nos liens ne sont valables qu’un temps limité. Rien n’a été modifié.
expired-again = Remplissez à nouveau le formulaire, et nous vous enverrons un nouveau lien.
expired-button = Aller au formulaire
used-title = Ce lien a déjà été utilisé
used-body = Il ne reste rien à faire : ce à quoi il servait est fait.
gone-title = Il n’y a plus rien ici
gone-body = Ce à quoi menait ce lien a été supprimé. Vous pouvez vous abonner à nouveau quand vous le souhaitez.

## A link in a test email

sample-title = Ceci est un test
sample-body = Le lien provient d’un e-mail de test. Rien n’a été modifié.

## Unsubscribe

unsubscribe-title = Quitter la liste ?
unsubscribe-body = Cliquez sur le bouton, et nous arrêterons aussitôt. Ni question, ni e-mail d’adieu.
unsubscribe-list = Liste : { $list }
unsubscribe-button = Se désabonner
unsubscribe-all-button = Se désabonner de tout
unsubscribe-fewer = Ou choisir les e-mails à garder
unsubscribed-title = Vous avez quitté la liste
unsubscribed-body = Vous ne recevrez plus d’e-mails de cette liste. Il se peut qu’un e-mail déjà parti vous parvienne encore.
unsubscribed-all-body = Vous ne recevrez plus d’e-mails de notre part. Il se peut qu’un e-mail déjà parti vous parvienne encore.
unsubscribed-reason-label = Voulez-vous nous dire pourquoi ?
unsubscribed-reason-hint = Facultatif. Nous conservons la réponse avec la trace de votre désabonnement.
unsubscribed-reason-too-many = Il y a trop d’e-mails
unsubscribed-reason-not-interesting = Les sujets ne m’intéressent pas
unsubscribed-reason-never-asked = Je ne me souviens pas de cet abonnement
unsubscribed-reason-elsewhere = Je lis les nouvelles ailleurs
unsubscribed-reason-other = Une autre raison
unsubscribed-reason-button = Envoyer
unsubscribed-reason-thanks = Merci. Nous avons bien noté votre réponse.
unsubscribed-rejoin = C’était une erreur ? Se réabonner

## Preferences

preferences-title = Vos préférences
preferences-lead = Ces choix concernent { $email }. Gardez pour vous le lien de cette page : toute personne qui l’a peut les modifier.
preferences-lists-label = E-mails que vous recevez
preferences-lists-empty = Vous n’êtes actuellement sur aucune liste.
preferences-language-label = Langue des e-mails
preferences-name-label = Votre nom
preferences-save = Enregistrer
preferences-saved = Enregistré.
preferences-frequency-label = Fréquence
preferences-frequency-each = Chaque e-mail séparément
preferences-frequency-each-hint = Dès son envoi.
preferences-frequency-weekly = Un e-mail par semaine
preferences-frequency-weekly-hint = Il rassemble ce que vos listes ont envoyé. Les nouvelles urgentes arrivent toujours aussitôt.
preferences-changed-joined = Vous êtes maintenant sur la liste « { $list } ».
preferences-changed-left = Vous avez quitté la liste « { $list } ».
preferences-changed-name = Votre nom a été modifié.
preferences-changed-language = Les e-mails arrivent désormais dans cette langue : { $language }.
preferences-changed-answers = Vos réponses ont été modifiées.
preferences-changed-each = Désormais, chaque e-mail arrive séparément. Ce qui a déjà été rassemblé pour vous cette semaine arrivera encore en un seul e-mail.
preferences-changed-weekly = Désormais, vous recevez un e-mail par semaine.
preferences-unchanged = Rien n’a été modifié.
preferences-pause-title = Faire une pause
preferences-pause-body = Vous restez sur vos listes, mais n’en recevez aucun e-mail pendant un certain temps. Ce qui est envoyé pendant la pause ne vous sera pas envoyé plus tard.
preferences-pause-label = Pour combien de temps
preferences-pause-2w = Deux semaines
preferences-pause-1m = Un mois
preferences-pause-3m = Trois mois
preferences-pause-6m = Six mois
preferences-pause-until-label = Ou jusqu’à cette date
preferences-pause-until-hint = Dans un délai d’un an. Laissez vide pour appliquer la durée ci-dessus.
preferences-pause-button = Suspendre les e-mails
preferences-pause-change-button = Modifier la pause
preferences-paused = Vous ne recevez pas d’e-mails jusqu’au { $date }. Ils reprendront d’eux-mêmes à cette date.
preferences-pause-past = Choisissez une date postérieure à aujourd’hui.
preferences-pause-too-long = Une pause dure un an au maximum. Choisissez une date plus proche.
preferences-pause-unknown = Cette date n’est pas lisible. Choisissez-la dans le calendrier ou écrivez-la ainsi : 2027-03-01.
preferences-resume-button = Terminer la pause maintenant
preferences-resumed = Les e-mails reprennent dès maintenant.
preferences-came-back = Vous pouvez à nouveau recevoir des e-mails. Choisissez maintenant vos listes.
preferences-engagement-title = E-mails ouverts et liens
preferences-engagement-is-agreed = Vous avez donné cet accord :
preferences-engagement-agree-button = J’accepte
preferences-engagement-withdraw-button = Retirer mon accord et supprimer ce qui a été enregistré
preferences-engagement-agreed = C’est enregistré. À partir du prochain e-mail, nous notons si vous l’ouvrez et quels liens vous suivez.
preferences-engagement-withdrawn = Accord retiré. Ce qui avait été enregistré est supprimé, et plus rien n’est enregistré.
preferences-stays-suppressed = Nous ne pouvons pas lever ce blocage ici : des e-mails qui vous étaient adressés nous sont revenus, ont été signalés comme indésirables ou ont été arrêtés par nous. Veuillez nous écrire.
preferences-state-pending = en attente de votre confirmation
preferences-leave-title = Tout quitter
preferences-leave-body = Vous quittez toutes les listes d’un coup. Nous gardons une trace de votre souhait, afin que personne ne vous ajoute à nouveau par erreur.
preferences-leave-button = Quitter toutes les listes
preferences-suppressed-title = Vous ne recevez pas d’e-mails de notre part
preferences-suppressed-body = Rien n’est envoyé à cette adresse, comme demandé. Si vous souhaitez recevoir à nouveau des e-mails, indiquez-le ici, puis choisissez vos listes.
preferences-come-back-button = Recevoir à nouveau des e-mails
preferences-export-title = Exporter mes données
preferences-export-body = Un fichier contenant tout ce que nous conservons au sujet de cette adresse : le nom, les listes, ainsi que la date et l’objet de chaque consentement.
preferences-export-button = Télécharger le fichier
preferences-erase-title = Effacer mes données
preferences-erase-body = Nous supprimons votre adresse, votre nom et vos choix. Ce qui a été effacé ne peut pas être récupéré.
preferences-erase-button = Effacer mes données…
erase-title = Effacer tout ce qui vous concerne ?
erase-body = Vous quitterez toutes les listes et vos données seront définitivement supprimées. Si vous le souhaitez, téléchargez-en d’abord une copie.
erase-kept = Ce qui reste : des chiffres dans nos rapports, qui ne nomment personne.
erase-kept-address = Seule votre adresse reste sur la liste de celles auxquelles nous n’écrivons jamais, afin que personne ne l’ajoute à nouveau par erreur.
erase-confirm-label = Oui, supprimer définitivement mes données
erase-confirm-missing = Cochez la case si vous voulez vraiment que vos données soient supprimées.
erase-button = Supprimer mes données
erase-cancel = Garder mes données
erased-title = Vos données ont été supprimées
erased-body = Votre adresse, votre nom et vos choix sont effacés. Vous pouvez vous abonner à nouveau quand vous le souhaitez.

## What is wrong with a form

form-errors-title =
    { $count ->
        [one] Veuillez corriger { $count } élément :
       *[other] Veuillez corriger { $count } éléments :
    }
field-email-missing = Veuillez saisir votre adresse e-mail.
field-email-malformed = Cela ne ressemble pas à une adresse e-mail. Le format attendu est nom@example.com.
field-email-too-long = Cette adresse est trop longue. Une adresse e-mail compte au plus { $max } caractères.
field-name-too-long = Ce nom est trop long. Veuillez ne pas dépasser { $max } caractères.
field-name-malformed = Un nom ne contient ni retour à la ligne ni caractère de contrôle. Veuillez l’écrire sur une seule ligne.
field-lists-missing = Veuillez choisir au moins une liste.
field-list-unknown = Cette liste n’est pas ouverte aux abonnements.
field-language-unknown = Veuillez choisir une des langues proposées.
field-answer-missing = Veuillez répondre à cette question.
field-answer-unknown = Veuillez choisir une des réponses proposées.
field-answer-too-long = C’est trop long. Veuillez ne pas dépasser { $max } caractères.
form-wait =
    { $seconds ->
        [one] Veuillez attendre { $seconds } seconde et réessayer.
       *[other] Veuillez attendre { $seconds } secondes et réessayer.
    }
form-too-quick = Le formulaire est revenu plus vite qu’une personne ne peut le remplir. Veuillez l’envoyer à nouveau.
form-from-elsewhere = Ce formulaire vient d’un site qui n’est pas autorisé à l’afficher. Veuillez en vérifier le contenu et l’envoyer d’ici.

## Never again

never-title = Ne plus recevoir ce type d’e-mail ?
never-body = Cliquez sur le bouton, et ce site n’écrira plus jamais à cette adresse, même si quelqu’un la saisit dans un formulaire :
never-button = Ne plus jamais m’écrire
never-hint = Vous n’en avez pas besoin pour rester hors des listes : sans votre confirmation, vous n’êtes sur aucune. Si vous changez d’avis, adressez-vous aux responsables de ce site.
never-done-title = C’est fait
never-done-body = Ce site n’écrit plus à cette adresse.

## What we keep of you

my-data-title = Vos données
my-data-body = Consultez ce que ce site conserve à votre sujet, ou faites-le supprimer. Le lien est valable un jour ; ne le transmettez à personne.
my-data-ask-title = Nous vous envoyons d’abord un lien
my-data-ask-body = Un e-mail transféré ne doit pas suffire pour voir ou supprimer vos données. Cliquez sur le bouton, et un lien valable un jour sera envoyé à votre adresse.
my-data-ask-button = M’envoyer le lien
my-data-sent-title = Consultez votre boîte de réception
my-data-sent-body = Un lien pour voir ou supprimer vos données est en route vers votre adresse. Il est valable un jour.
my-data-address-title = Une autre adresse
my-data-address-body = Indiquez l’adresse à laquelle vos e-mails doivent arriver. Nous y demanderons une confirmation ; d’ici là, rien ne change.
my-data-address-label = Nouvelle adresse e-mail
my-data-address-button = Changer mon adresse…
my-data-address-same = C’est déjà votre adresse. Saisissez-en une autre.
my-data-address-sent-title = Consultez la nouvelle boîte de réception
my-data-address-sent-body = Si la nouvelle adresse peut être utilisée, un e-mail contenant un lien est en route. Suivez ce lien pour confirmer ; d’ici là, vos e-mails arrivent à l’ancienne adresse.

## A new address

address-title = Votre nouvelle adresse
address-body = Cliquez sur le bouton, et vos e-mails arriveront désormais à cette adresse :
address-button = Oui, c’est mon adresse
address-done-title = Votre adresse a été modifiée
address-done-body = Le prochain e-mail arrivera à votre nouvelle adresse.
address-refused-title = Cette adresse ne peut pas être utilisée
address-refused-body = Elle figure déjà sur nos listes, ou rien ne peut y être envoyé. Vos e-mails continuent d’arriver à l’ancienne adresse.

## Links of another system

old-link-title = Ce lien provient d’un ancien e-mail
old-link-body = Nous envoyons désormais nos e-mails autrement, et ce lien ne nous permet pas de savoir à qui il appartient. Saisissez votre adresse, et nous vous enverrons un lien pour vous désabonner ou changer ce que vous recevez.
old-link-label = Votre adresse e-mail
old-link-button = M’envoyer le lien
old-link-invalid = Cette adresse e-mail est incomplète.
old-link-sent-title = Consultez votre boîte de réception
old-link-sent-body = Si cette adresse reçoit nos e-mails, un lien pour vous désabonner ou changer ce que vous recevez est en route.
