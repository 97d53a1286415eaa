### The texts of the emails that the site itself sends, and the frame around campaigns.

mail-greeting = Bonjour { $name },
mail-greeting-nameless = Bonjour,
mail-signature = { $site }
mail-link-fallback = Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :

## Confirmation

mail-confirm-subject = Veuillez confirmer votre adresse : { $site }
mail-confirm-preheader = Un clic, et les e-mails arriveront.
mail-confirm-heading = Est-ce bien votre adresse ?
mail-confirm-body = Quelqu’un, sans doute vous, a demandé à { $site } d’envoyer des e-mails à cette adresse. Veuillez confirmer que c’est bien la vôtre.
mail-confirm-lists =
    { $count ->
        [one] Liste choisie :
       *[other] Listes choisies :
    }
mail-confirm-button = Confirmer mon adresse
mail-confirm-expiry =
    { $hours ->
        [one] Le lien est valable { $hours } heure.
       *[other] Le lien est valable { $hours } heures.
    }
mail-confirm-expiry-days =
    { $days ->
        [one] Le lien est valable { $days } jour.
       *[other] Le lien est valable { $days } jours.
    }
mail-confirm-ignore = Ce n’était pas vous ? Alors ne faites rien. Sans votre confirmation, vous ne recevrez aucun e-mail et nous oublierons cette adresse.
mail-confirm-never = Ne plus jamais envoyer ce type d’e-mail à cette adresse

## Welcome

mail-welcome-subject = Bienvenue : { $site }
mail-welcome-preheader = Votre abonnement est confirmé.
mail-welcome-heading = Bienvenue
mail-welcome-body = { $site } vous remercie de votre abonnement. Le prochain e-mail arrivera à cette adresse.
mail-welcome-lists =
    { $count ->
        [one] Vous êtes sur cette liste :
       *[other] Vous êtes sur ces listes :
    }
mail-welcome-button = Voir mes préférences
mail-welcome-leave = Vous pouvez à tout moment changer ce que vous recevez ou vous désabonner en un clic.

## Already on the list

mail-already-subject = Vous êtes déjà sur la liste : { $site }
mail-already-preheader = Vous n’avez rien à faire.
mail-already-heading = Vous êtes déjà parmi nous
mail-already-body = Quelqu’un, sans doute vous, a saisi cette adresse dans un formulaire sur { $site }. Elle est déjà sur la liste, donc rien n’a changé.
mail-already-hint = Si nos e-mails ne vous parviennent pas, regardez dans le dossier des courriers indésirables et ajoutez notre adresse à vos contacts.
mail-already-button = Voir mes préférences
mail-already-ignore = Ce n’était pas vous ? Ne vous inquiétez pas : le formulaire ne permet à personne de savoir que vous êtes sur la liste.

## Sign-in link

mail-sign-in-subject = Votre lien de connexion : { $site }
mail-sign-in-preheader = Il fonctionne une seule fois et pour peu de temps.
mail-sign-in-heading = Connexion
mail-sign-in-body = Cliquez sur le bouton pour vous connecter à { $site }.
mail-sign-in-button = Se connecter
mail-sign-in-expiry =
    { $minutes ->
        [one] Le lien fonctionne une seule fois, pendant { $minutes } minute.
       *[other] Le lien fonctionne une seule fois, pendant { $minutes } minutes.
    }
mail-sign-in-ignore = Vous ne l’avez pas demandé ? Alors ne faites rien : sans le lien, personne ne peut se connecter avec votre adresse.

## Your account was changed

mail-account-subject = Votre compte a été modifié : { $site }
mail-account-heading = Votre compte a été modifié
mail-account-password-set = Un nouveau mot de passe a été défini pour votre compte.
mail-account-password-removed = Le mot de passe de votre compte a été supprimé. Vous vous connectez par un lien reçu par e-mail.
mail-account-second-step-on = La connexion à deux facteurs a été activée pour votre compte.
mail-account-second-step-off = La connexion à deux facteurs a été désactivée pour votre compte.
mail-account-token-made = Un nouveau jeton d’API a été créé pour votre compte.
mail-account-reset = La connexion à votre compte a été réinitialisée : le mot de passe et le second facteur ont été supprimés, et les sessions fermées.
mail-account-not-you = C’était vous ? Alors il n’y a rien à faire. Sinon, connectez-vous sans attendre, définissez un nouveau mot de passe et prévenez un propriétaire du site.
mail-account-button = Voir mon compte
mail-account-reason = Toute personne qui travaille pour { $site } reçoit cet e-mail quand ses identifiants de connexion changent.

## What we keep of you

mail-my-data-subject = Vos données : { $site }
mail-my-data-heading = Voir ou supprimer vos données
mail-my-data-body = Quelqu’un, sans doute vous, a demandé à { $site } de voir ou de supprimer les données conservées au sujet de cette adresse. Le lien est valable un jour.
mail-my-data-button = Voir ou supprimer mes données
mail-my-data-ignore = Si vous n’avez rien demandé, ignorez cet e-mail. Toute personne à qui vous avez transféré un de nos e-mails peut le demander, mais il n’est envoyé qu’à vous.

## Frame of a campaign

mail-preferences-link-subject = Vos préférences : { $site }
mail-preferences-link-body = Voici le lien vers vos préférences. Gardez-le pour vous : toute personne qui l’a peut les modifier.
mail-campaign-reason =
    { $count ->
        [one] Vous recevez cet e-mail parce que vous avez rejoint cette liste sur { $site } : { $lists }.
       *[other] Vous recevez cet e-mail parce que vous avez rejoint ces listes sur { $site } : { $lists }.
    }
mail-weekly-title = La semaine : { $site }
mail-weekly-preheader = Ce que vos listes ont envoyé cette semaine.
mail-weekly-reason = Vous recevez cet e-mail parce que vous avez demandé à { $site } un seul e-mail par semaine. En vous désabonnant, vous quittez les listes dont il contient les actualités ; dans les préférences, vous pouvez choisir de recevoir à nouveau chaque e-mail séparément.
mail-campaign-unsubscribe = Se désabonner
mail-campaign-preferences = Préférences
mail-campaign-view = Voir dans le navigateur
mail-campaign-read-more = Lire la suite
mail-digest-title = Actualités : { $site }
mail-campaign-posts = Derniers articles
mail-campaign-events = Événements à venir
mail-campaign-all-day = Toute la journée
mail-campaign-address = Notre adresse postale : { $address }
# Stands for a reader's name where there is none: Dear reader.
mail-reader = lectrice ou lecteur
mail-test-notice = Ceci est un test. Il n’a été envoyé qu’à vous.

## Labels of the plain text part

mail-text-links = Liens
mail-text-picture = Image : { $alt }
mail-text-unsubscribe = Se désabonner : { $url }
mail-text-preferences = Vos préférences : { $url }
mail-text-view = Sur le web : { $url }
mail-text-when = Quand : { $when }
mail-text-where = Où : { $where }

## Is this your new address?

mail-address-subject = Est-ce votre nouvelle adresse ? { $site }
mail-address-body = Vous avez demandé à recevoir désormais vos e-mails à cette adresse. Veuillez confirmer que c’est bien la vôtre.
mail-address-button = Confirmer ma nouvelle adresse
mail-address-ignore = Ce n’était pas vous ? Alors ne faites rien, et rien ne changera.

## Links of another system

mail-old-link-subject = Vos abonnements : { $site }
mail-old-link-heading = Choisir ce que vous recevez ou vous désabonner
mail-old-link-body = Quelqu’un, sans doute vous, a suivi un lien dans un ancien e-mail et a demandé à { $site } la page de cette adresse. Vous pouvez y quitter des listes ou en changer.
mail-old-link-button = Ouvrir mes abonnements
mail-old-link-ignore = Si vous n’avez rien demandé, ignorez cet e-mail. Rien n’a été modifié.
