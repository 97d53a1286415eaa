### The texts of the emails that the site itself sends, and the frame around campaigns.

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
mail-account-passkey-added = Une nouvelle clé d’accès a été ajoutée à votre compte.
mail-account-passkey-removed = Une clé d’accès de votre compte a été supprimée.
mail-account-second-step-on = La connexion à deux facteurs a été activée pour votre compte.
mail-account-second-step-off = La connexion à deux facteurs a été désactivée pour votre compte.
mail-account-token-made = Un nouveau jeton d’API a été créé pour votre compte.
mail-account-provider-linked = Un compte de votre organisation a été lié à votre compte : il permet de se connecter à votre place.
mail-account-provider-unlinked = Le lien entre votre compte et un compte de votre organisation a été supprimé.
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
# $event: the title of an event in the calendars of readers.
mail-event-changed = Modification : { $event }
mail-event-changed-text = Cet événement a changé. Voici ce qui vaut désormais :
mail-event-cancelled = Annulé : { $event }
# $when: the day and time. The marks are Markdown.
mail-event-cancelled-text = **{ $event }** ({ $when }) n’aura pas lieu.
# Stands for a reader's name where there is none: Dear reader.
mail-reader = lectrice ou lecteur

## Labels of the plain text part

mail-text-links = Liens

## Is this your new address?

mail-address-subject = Est-ce votre nouvelle adresse ? { $site }
mail-address-body = Vous avez demandé à recevoir désormais vos e-mails à cette adresse. Veuillez confirmer que c’est bien la vôtre.
mail-address-button = Confirmer ma nouvelle adresse
mail-address-ignore = Ce n’était pas vous ? Alors ne faites rien, et rien ne changera.
mail-address-changed-subject = Votre adresse a été modifiée : { $site }
mail-address-changed-body = Désormais, vos e-mails arriveront à une autre adresse, comme demandé par un lien envoyé à cette adresse et confirmé à la nouvelle.
mail-address-changed-other = Ce n’était pas vous ? Alors veuillez répondre à cet e-mail.

## Links of another system

mail-old-link-subject = Vos abonnements : { $site }
mail-old-link-heading = Choisir ce que vous recevez ou vous désabonner
mail-old-link-body = Quelqu’un, sans doute vous, a suivi un lien dans un ancien e-mail et a demandé à { $site } la page de cette adresse. Vous pouvez y quitter des listes ou en changer.
mail-old-link-button = Ouvrir mes abonnements
mail-old-link-ignore = Si vous n’avez rien demandé, ignorez cet e-mail. Rien n’a été modifié.

## Invitation

mail-invitation-subject = Invitation : { $site }
mail-invitation-preheader = Ouvrez le lien pour l’accepter.
mail-invitation-heading = Vous êtes invité à rejoindre { $site }
mail-invitation-body = { $inviter } vous invite à travailler sur { $site }. Cliquez sur le bouton pour accepter et vous connecter.
mail-invitation-button = Accepter l’invitation
mail-invitation-expiry =
    { $days ->
        [one] Le lien fonctionne une seule fois, pendant { $days } jour.
       *[other] Le lien fonctionne une seule fois, pendant { $days } jours.
    }
mail-invitation-ask = Ensuite, demandez à { $inviter } de la renvoyer.
mail-invitation-ignore = Si vous n’attendiez pas cet e-mail, ignorez-le : sans le lien, personne ne peut se connecter avec votre adresse.

## Notifications

mail-notice-campaign-finished = Campagne envoyée : { $name }
mail-notice-campaign-finished-text = Envoyés : { $done }. Non distribués : { $failed }.
mail-notice-campaign-failed-to-start = La campagne n’a pas pu démarrer : { $name }
mail-notice-campaign-failed-to-start-text = Elle était planifiée et n’a pas pu démarrer. Rien n’a été envoyé. Corrigez le problème, puis démarrez-la ou planifiez-la de nouveau.
mail-notice-approval-requested = Approbation demandée : { $name }
mail-notice-approval-requested-text = La campagne ne commence pas avant qu’une deuxième personne l’ait approuvée. Relisez-la, puis approuvez-la sur sa page, sauf si la dernière modification vient de vous.
mail-notice-comment-added = Nouveau commentaire : { $name }
mail-notice-comment-added-text = Quelqu’un vous a répondu ou vous a mentionné. Ouvrez-le pour le lire et y répondre.
mail-notice-campaign-paused = Campagne en pause : { $name }
mail-notice-campaign-paused-text = Elle a été mise en pause automatiquement. Consultez la raison, puis reprenez-la ou annulez-la.
mail-notice-series-paused = Série en pause : { $name }
mail-notice-series-paused-text = Elle a été mise en pause automatiquement. Consultez la raison, puis reprenez-la ou terminez-la.
mail-notice-series-step = Série : { $name }
mail-notice-series-step-text = Un lecteur est arrivé à une étape de cette série qui vous avertit.
mail-notice-series-email-failed = Série : { $name }, un e-mail n’a pas été envoyé
mail-notice-series-email-failed-text = Un lecteur ne reçoit pas cet e-mail, et peut-être d’autres aujourd’hui. Le rapport de l’étape indique lesquels.
mail-notice-too-many-bounces = Trop de retours ou de plaintes : { $name }
mail-notice-too-many-bounces-text = La campagne a été mise en pause automatiquement, pour que les fournisseurs de messagerie ne vous bloquent pas. Vérifiez d’où viennent les adresses avant de la reprendre.
mail-notice-import-finished = Importation terminée : { $name }
mail-notice-import-finished-text = Ajoutés : { $done }. Non importés : { $failed }.
mail-notice-import-failed = L’importation a échoué : { $name }
mail-notice-import-failed-text = Ce qui a été importé avant est conservé. Ouvrez l’importation pour en savoir plus.
mail-notice-domain-record-missing = Enregistrement DNS absent ou incorrect : { $name }
mail-notice-domain-record-missing-text = Il était publié auparavant. Sans lui, les fournisseurs de messagerie peuvent refuser vos e-mails ou les classer comme indésirables.
mail-notice-disk-nearly-full = Le disque est presque plein
mail-notice-disk-nearly-full-text = Une fois plein, rien ne peut être enregistré et rien n’est envoyé. Libérez de l’espace.
mail-notice-task-failing = Une tâche en arrière-plan échoue : { $name }
mail-notice-task-failing-text = Ce qui en dépend attend. Consultez la vérification du système.
mail-notice-backup-failed = La sauvegarde a échoué
mail-notice-backup-failed-text = La sauvegarde planifiée de la base de données a échoué. Elle est retentée toutes les 15 minutes ; vous n’êtes averti qu’une fois.
mail-notice-counts-corrected = Des nombres d’abonnés étaient faux et sont corrigés
mail-notice-counts-corrected-text = Parmi les nombres que les pages affichent pour les listes, les abonnés et les étiquettes, certains ne correspondaient pas à la base de données : { $done }. Ils sont de nouveau exacts, et aucun e-mail n’est parti à quelqu’un d’autre pour autant. Le journal du processus d’envoi les nomme. Si cela se reproduit, signalez-le.
mail-notice-feed-failing = Flux illisible : { $name }
mail-notice-feed-failing-text = Il n’a pas pu être lu trois fois de suite. Les essais continuent ; d’ici là, les campagnes n’en montrent rien de nouveau.
mail-notice-ab-test-decided = Test A/B décidé : { $name }
mail-notice-ab-test-decided-text = Les autres lecteurs reçoivent la variante retenue. Les chiffres sont sur la page de la campagne.
mail-notice-ab-test-waits = Le test A/B vous attend : { $name }
mail-notice-ab-test-waits-text = Les chiffres ne l’ont pas décidé. Choisissez ce que reçoivent les autres lecteurs ; d’ici là, ils ne reçoivent rien.
mail-notice-reason = Raison : { $reason }.
mail-notice-button = Ouvrir
mail-notice-why = Vous recevez cet e-mail parce que vous travaillez pour { $site }.
mail-notice-choose = Choisir vos notifications
