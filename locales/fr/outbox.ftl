mail-trial-subject = Un message d’essai d’Entente
mail-trial-text = Les messages de cette installation arrivent :

# Ce dont parle un message.

mail-kind-invitation = Invitation
mail-kind-invitation-accepted = Invitation acceptée
mail-kind-acceptance-receipt = Justificatif d’acceptation
mail-kind-agreement-renewal = Nouvelle version du contrat
mail-kind-invitation-declined = Invitation refusée
mail-kind-invitation-withdrawn = Invitation retirée
mail-kind-roles-removed = Rôles supprimés
mail-kind-roles-given-back = Rôles rendus
mail-kind-relationship-ended = Relation terminée
mail-kind-roles-ending = Rôles qui prennent bientôt fin
mail-kind-roles-ended = Rôles arrivés à terme
mail-kind-staff-invitation = Invitation au personnel d’un partenaire
mail-kind-contact-request = Demande de contact
mail-kind-contact-declined = Demande de contact refusée
mail-kind-password-reset = Nouveau mot de passe demandé
mail-kind-password-changed = Mot de passe modifié
mail-kind-sessions-ended = Sessions fermées

# La page de l’exploitant.

mail-title = Messagerie
mail-text = Les messages en attente d’envoi, et ceux qui n’ont pas pu partir, avec la raison.
mail-counts = { $parked } mis de côté, { $waiting } en attente
mail-parked = Mis de côté
mail-waiting = En attente
mail-written = Rédigé
mail-about = Sujet
mail-why = Ce qui fait obstacle
mail-tried = Essais
mail-next = Prochain essai
mail-no-try = Dès qu’un serveur est configuré
mail-erased = Adresse effacée
mail-retry = Renvoyer
mail-retry-all = Tout renvoyer
mail-again = L’envoi reprend
mail-again-text = { $count ->
    [0] Plus rien n’attend.
    [one] 1 message attend d’être envoyé.
   *[other] { $count } messages attendent d’être envoyés.
}
mail-link-gone = Ne peut pas être renvoyé : son lien n’existe plus. Il faut en créer un nouveau.
mail-none-set-up = Aucun serveur de messagerie n’est configuré
mail-none-set-up-text = Les messages attendent, et les liens s’affichent pour être copiés. Pour les envoyer, définissez smtp_host et mail_from ; docs/mail.md explique comment.
mail-nothing-parked = Aucun message n’est mis de côté
mail-nothing-parked-text = Les messages qui ne peuvent définitivement pas partir restent ici, avec la raison.
mail-nothing-waits = Aucun message n’attend
mail-nothing-waits-text = Tout ce qui devait partir est parti.
