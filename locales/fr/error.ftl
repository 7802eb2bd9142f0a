### Les pages qui disent pourquoi il n’y en a pas d’autre : un titre et quoi faire, selon le cas.

error-signed-out-title = Votre session est fermée
error-signed-out-text = Connectez-vous pour continuer.
error-denied-title = { $roles ->
    [somebody-else] L’acceptation revient à une autre personne
    [global_administrator] Cette action revient à un administrateur général
    [global_administrator-billing_administrator] Cette action revient à un administrateur général ou de facturation
    [billing_administrator] Cette action revient à un administrateur de facturation
    [admin_agent] Cette action revient à un agent d’administration
    [admin_agent-sales_agent] Cette action revient à un agent d’administration ou à un agent commercial
    [admin_agent-helpdesk_agent] Cette action revient à un agent d’administration ou du support technique
    [operator] Cette action revient à un opérateur
   *[other] Cette action demande un autre rôle
}
error-denied-text = Rien n’a été modifié. Adressez-vous à une personne qui a ce rôle.
error-denied-person = La session est ouverte par { $person }. Rien n’a été modifié.
error-denied-employer = Ce compte vous a été attribué au titre du partenaire { $partner }. Qui travaille pour un partenaire ne décide pas des partenaires.
error-denied-own-employer = Vous travaillez pour le partenaire { $partner }. Qui travaille pour un partenaire n’accepte pas ce que celui-ci demande. Vous pouvez toujours refuser l’invitation.
error-denied-holders = Qui peut le faire
error-denied-nobody = Personne n’a ce rôle en ce moment. Adressez-vous au service qui gère cette installation.
error-denied-nobody-else = Personne d’autre ne peut l’accepter en ce moment. Adressez-vous au service qui gère cette installation.
error-cross-site-title = Cette demande ne vient pas d’Entente
error-cross-site-text = Rien n’a été modifié. Ouvrez la page ici et envoyez de nouveau le formulaire.
error-not-found-title = Il n’y a rien ici
error-not-found-text = L’adresse est inexacte, ou son contenu ne vous est pas destiné. Vérifiez l’adresse ou repartez de l’accueil.
error-conflict-title = La situation a changé entre-temps
error-conflict-text = Rien n’a été modifié. Rouvrez la page pour voir où en sont les choses, puis décidez.
error-refused-title = Cette action n’est pas possible
error-refused-text = Une règle s’y oppose : rien n’a été modifié. Revenez en arrière et vérifiez votre saisie.
error-bad-request-title = Cette demande est illisible
error-bad-request-text = Rien n’a été modifié. Rouvrez la page et envoyez le formulaire à partir de là.
error-method-title = Cette adresse ne s’utilise pas ainsi
error-method-text = Rien n’a été modifié. Repartez de l’accueil et utilisez les boutons de la page.
error-too-large-title = L’envoi est trop volumineux
error-too-large-text = Rien n’a été modifié. Raccourcissez votre saisie et envoyez-la de nouveau.
error-too-slow-title = L’envoi a pris trop de temps
error-too-slow-text = Rien n’a été modifié. Vérifiez votre connexion et envoyez de nouveau le formulaire.
error-too-many-title = Trop de tentatives
error-too-many-text = { $minutes ->
    [0] Attendez un instant, puis réessayez.
    [one] Réessayez dans { $minutes } minute.
   *[other] Réessayez dans { $minutes } minutes.
}
error-busy-title = Le service est très sollicité
error-busy-text = Réessayez dans quelques secondes.
error-fault-title = Une erreur s’est produite de notre côté
error-fault-text = Vous n’y êtes pour rien. Réessayez ; si l’erreur revient, transmettez la référence ci-dessous au service qui gère cette installation.
error-request = Demande { $id }
error-home = Aller à l’accueil
