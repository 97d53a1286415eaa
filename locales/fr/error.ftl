### Pages for when something went wrong: what happened, and what to do next.

error-400-title = Nous n’avons pas compris la demande
error-400-body = La demande était incomplète ou endommagée. Veuillez revenir en arrière, recharger la page et réessayer.
error-403-title = Cette page ne vous est pas accessible
error-403-body = Votre compte n’a pas le droit de faire cela. S’il doit pouvoir le faire, demandez ce droit à un propriétaire du site.
error-404-title = Cette page n’existe pas
error-404-body = L’adresse contient peut-être une faute de frappe, ou la page a été déplacée. Si vous avez suivi un lien dans un e-mail, copiez-le en entier et réessayez.
error-405-title = Cela ne fonctionne pas ainsi
error-405-body = Cette page ne peut pas être demandée de cette façon. Veuillez partir de la page d’accueil et utiliser ses liens et ses boutons.
error-409-title = Quelqu’un a été plus rapide
error-409-body = Des changements ont eu lieu pendant que cette page était ouverte. Rechargez-la pour voir où en sont les choses, puis réessayez.
error-413-title = C’est trop volumineux
error-413-body = Votre envoi dépasse la taille que nous pouvons accepter. Veuillez choisir un fichier plus petit et réessayer.
error-415-title = Nous ne pouvons pas lire ce type de fichier
error-415-body = Veuillez l’envoyer dans un autre format, par exemple JPEG ou PNG pour une image et MP3 pour de la musique.
error-422-title = Veuillez vérifier le formulaire
error-422-body = Certaines de vos réponses sont à corriger. Revenez en arrière : les champs concernés sont signalés.
error-429-title = Un peu trop vite
error-429-body = De nombreuses demandes sont venues de votre connexion en peu de temps. Veuillez patienter une minute et réessayer.
error-500-title = Une erreur s’est produite de notre côté
error-500-body = Vous n’y êtes pour rien. L’erreur a été enregistrée pour les responsables du site. Veuillez réessayer dans quelques minutes.
error-503-title = Nous revenons tout de suite
error-503-body = Le site est surchargé ou en cours de maintenance. Veuillez réessayer dans quelques minutes.

error-home = Aller à l’accueil
