### Les clients d'un partenaire : la liste, un client, rendre des rôles, mettre fin à une relation.

nav-customers = Clients
customers-lead = Les clients avec lesquels votre société travaille, et ce que chacun lui permet de faire.

## La liste

customers-roles-and-end = Rôles et échéance
customers-agreement = Contrat client
customers-search-hint = Nom d’un client
customers-count = { $count ->
    [one] { $number } client
   *[other] { $number } clients
}
customers-no-more = Il n’y a plus de clients
customers-none-title = Aucun client ne correspond à ces filtres

# Ce qu'un client a accepté du contrat.
customers-consent-unpublished = Aucun contrat publié
customers-consent-missing = Pas encore accepté
customers-consent-outdated = Nouvelle version à accepter
customers-consent-accepted = Accepté

## Un client

customers-facts = Informations sur la relation
customers-country = Pays
customers-can = Ce que vous pouvez faire
customers-you-can = Vous pouvez
customers-not-needed = Si vous n’en avez pas besoin
customers-give-back = Rendre
customers-from = À partir du { $date }.
customers-authorized = Autorisé par { $person } le { $date }
customers-also = Vous travaillez aussi avec ce client comme :
customers-closed = Rôles antérieurs
customers-role = Rôle
customers-starts = Du
customers-ended = Au
customers-how = Motif de la fin
customers-gone-ended = Arrivé à terme
customers-gone-replaced = Remplacé par une autorisation ultérieure
customers-gone-removed = Supprimé par { $person }
customers-gone-given-back = Rendu par { $person }
customers-left = { $how } le { $date }.
customers-left-sells = Vous pouvez toujours vendre des produits à { $customer }. Pour gérer des comptes, envoyez une nouvelle invitation.
customers-left-text = Pour gérer des comptes ou aider les utilisateurs de { $customer }, envoyez une nouvelle invitation.
customers-over-text = { $person } y a mis fin le { $date }. Plus rien n’est possible à ce titre. Pour travailler de nouveau avec ce client, envoyez une nouvelle invitation.

# Ce qu'un type permet au partenaire, tel que le partenaire le lit.
customers-reach-own-apps = Ses propres applications
customers-type-reseller = Vendre des produits à ce client
customers-type-delegated-administrator = Gérer les produits et services de ce client
customers-type-reseller-and-delegated-administrator = Vendre à ce client et gérer ce que vous vendez
customers-type-partner = Travailler avec les comptes d’utilisateur que ce client vous a donnés
customers-type-advisor = Réinitialiser les mots de passe et traiter les demandes de support
customers-type-mpsa-partner = Voir les achats faits par les autres partenaires MPSA de ce client
customers-type-line-of-business-partner = Développer, soumettre et gérer des applications pour ce client

## Rendre un rôle

customers-return-title = Rendre ce rôle ?
customers-return-lead = Votre société rend le rôle { $role } chez { $customer }.
customers-no-longer = Vous ne pouvez plus
customers-stops-global-administrator = créer de comptes, gérer les licences, modifier la sécurité ni réinitialiser le mot de passe de qui que ce soit.
customers-stops-helpdesk-administrator = réinitialiser de mots de passe ni traiter de demandes de support avec ce rôle.
customers-return-at-once = dès la prochaine demande, plus personne dans votre société ne peut utiliser ce rôle.
customers-return-sells = Vous pouvez toujours vendre des produits à ce client.
customers-return-undo = vous devez envoyer une nouvelle invitation, et le client doit l’accepter.
customers-return-role = Rôle à rendre
customers-return-yes = Oui, rendre le rôle
customers-return-no = Non, garder le rôle
customers-given-back-title = Rôle rendu
customers-given-back-text = Votre société n’a plus le rôle { $role } chez { $customer }. Le journal d’audit du client indique qui l’a rendu, et quand.

## Mettre fin à une relation

customers-end = Mettre fin à la relation
customers-end-title = Mettre fin à cette relation ?
customers-end-lead = Votre société cesse de travailler avec { $customer } comme : { $type }.
customers-end-roles = Les rôles prennent fin immédiatement :
customers-end-roles-text = chaque rôle indiqué disparaît, dès la prochaine demande.
customers-end-type = Vous ne pourrez plus :
customers-end-accounts = Les comptes d’utilisateur prennent fin immédiatement :
customers-end-accounts-text = { $count ->
    [one] { $count } compte que le client a donné à votre personnel.
   *[other] { $count } comptes que le client a donnés à votre personnel.
}
customers-end-stays = Ce qui reste :
customers-end-stays-text = le contrat accepté, la trace de qui vous a autorisé, et le journal d’audit.
customers-end-others = Vos autres relations avec ce client continuent.
customers-end-undo = vous devez envoyer une nouvelle invitation, et le client doit l’accepter.
customers-end-what = Ce qui prend fin
customers-end-account = Compte d’utilisateur
customers-end-yes = Oui, mettre fin à la relation
customers-end-no = Non, garder la relation
customers-ended-title = Relation terminée
customers-ended-text = Votre société ne peut plus rien faire chez { $customer } au titre de cette relation.

customers-claim-it = Déclarer une acceptation faite ailleurs
customers-claim-said = Vous avez déclaré que { $person } l’a accepté ailleurs le { $date }.
customers-claim-waits = Aucun administrateur ne l’a encore confirmé.
customers-claim-confirmed = Un administrateur a accepté le { $date }.
customers-claim-dismissed = Un administrateur a écarté cette déclaration le { $date }.
customers-claimed-title = Déclaration enregistrée
customers-claimed-text = Les administrateurs de { $customer } la lisent sur la page de leur contrat. Elle reste sans effet tant que l’un d’eux n’a pas accepté.
