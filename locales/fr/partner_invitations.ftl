### Les invitations du côté du partenaire : la liste, la création, le suivi.

## La liste

sent-lead = Qui votre société a invité, et la suite donnée.
sent-new = Nouvelle invitation
sent-customer = Client
sent-asks = Demande
sent-made = Créée
sent-mail = E-mail
sent-any-mail = Tous les e-mails
sent-mail-queued = En attente d’envoi
sent-mail-handed-over = Envoyé
sent-mail-failed = Envoi impossible
sent-mail-none = Aucun envoi
sent-by = Créée par
sent-anybody = Tout le monde
sent-any-state = Tous les états
sent-reference = Votre référence
sent-reference-private = Seule votre société la voit.
sent-search-hint = Client ou référence
sent-count = { $count ->
    [0] Aucune invitation
    [1] { $number } invitation
   *[other] { $number } invitations
}
sent-count-match = {" "}sur { $total } { $count ->
    [0] ne correspond
    [1] correspond
   *[other] correspondent
}
sent-ends = Fin
sent-chip-search = Recherche : { $text }
sent-chip-state = État : { $state }
sent-chip-type = Type : { $type }
sent-chip-by = Créée par : { $person }
sent-chip-mail = E-mail : { $stage }
sent-chip-created = Créée : { $days }
sent-chip-ends = Fin : { $days }
sent-chip-asked = Nouveau lien demandé
sent-shown = { $count ->
    [0] Aucune invitation affichée
    [1] { $count } invitation affichée
   *[other] { $count } invitations affichées
}
sent-none-yet = Aucune invitation pour l’instant
sent-none-yet-text = Invitez un client : il lit en termes simples ce que vous demandez, puis il décide.
sent-no-more = Il n’y a plus d’invitations
sent-none-match = Aucune invitation ne correspond
sent-none-match-text = Essayez avec moins de filtres, ou avec une partie de l’adresse du client ou de votre référence.
sent-over-title = Cette invitation ne peut pas être renvoyée
sent-over-text = Son issue est définitive. Une nouvelle invitation peut demander la même chose.

## Où en est l’e-mail

delivery-by-hand = Remis en main propre
delivery-no-server = Non envoyé : aucun serveur de messagerie n’est configuré
delivery-queued = En attente d’envoi
delivery-tried = En attente d’un nouvel envoi : { $why }
delivery-handed-over = Envoyé le { $date }
delivery-parked = Non envoyé : { $why }
delivery-obsolete = Non envoyé : il n’y avait plus rien à quoi répondre

## La création

compose-title = Nouvelle invitation
compose-crumb = Nouvelle
compose-lead = Demandez le strict nécessaire. Le client lit chaque rôle en termes simples avant d’accepter.
compose-customer = Client
compose-to = Adresse e-mail ou identifiant public
compose-to-hint = L’adresse d’un administrateur, ou l’identifiant que le client vous a donné, comme K7Q2M-9XV4T. Nous ne disons pas si nous les connaissons.
compose-to-missing = Saisissez l’adresse e-mail ou l’identifiant public du client
compose-email-refused = Saisissez une seule adresse e-mail, comme nom@organisation.example
compose-id-refused = Saisissez une adresse e-mail, ou un identifiant public de dix lettres et chiffres, comme K7Q2M-9XV4T
compose-type = Type de relation
compose-type-missing = Choisissez un type de relation
compose-type-refused = Choisissez un type qui ne demande aucun rôle, ou confiez cette invitation à un agent administrateur
compose-kind-reseller = Vendre des produits au client. Aucun rôle d’administration.
compose-kind-delegated-administrator = Gérer les produits et services : comptes, licences, mots de passe. Exige un rôle.
compose-kind-reseller-and-delegated-administrator = Vendre, et gérer ce que vous vendez. Exige un rôle.
compose-kind-partner = Travailler avec des comptes d’utilisateur que le client vous donne. Aucun rôle d’administration.
compose-kind-advisor = Réinitialiser les mots de passe et traiter les demandes de support. Administrateur du support technique au plus.
compose-kind-mpsa-partner = Voir les achats que d’autres partenaires ont faits pour le client. Aucun rôle d’administration.
compose-kind-line-of-business-partner = Développer, soumettre et gérer les applications métier du client. Aucun rôle d’administration.
compose-roles = Rôles demandés
compose-role-missing = Choisissez au moins un rôle pour ce type, ou un autre type
compose-role-refused = Retirez les rôles que ce type ne peut pas demander
compose-role-global-administrator = Tout gérer dans l’organisation du client.
compose-role-helpdesk-administrator = Réinitialiser les mots de passe, suivre les demandes de support.
compose-role-types = Pour : { $types }.
compose-full-title = Ne demandez le contrôle total que si le travail l’exige
compose-full-text = Administrateur général signifie contrôle total, et le client voit un avertissement en rouge. Administrateur du support technique suffit pour les mots de passe et le support.
compose-people = Comptes d’utilisateur pour
compose-people-hint = Uniquement pour le type Partenaire : qui reçoit un compte d’utilisateur dès que le client accepte.
compose-person-missing = Choisissez qui reçoit un compte d’utilisateur
compose-person-refused = Choisissez parmi les personnes qui travaillent actuellement pour votre société
compose-days = Durée des rôles
compose-days-hint = À compter du jour de l’acceptation.
compose-life = Durée du lien
compose-life-hint = Ensuite, le client peut en demander un nouveau.
compose-language = Langue de l’e-mail
compose-message = Message (facultatif)
compose-message-hint = Le client le lit comme vos propres mots, en texte seul.
compose-message-refused = Raccourcissez le message à 2 000 caractères, sans caractère invisible
compose-reference = Votre référence (facultatif)
compose-reference-hint = Seule votre société la voit : un projet ou une commande, par exemple.
compose-reference-refused = Raccourcissez la référence à 120 caractères, sans caractère invisible
compose-create = Créer l’invitation
compose-preview = Actualiser l’aperçu
compose-open-title = Une telle invitation est déjà ouverte
compose-open-text = Votre société a une invitation ouverte de ce type pour ce client. Vous pouvez la renvoyer avec un nouveau lien, ou la retirer.
compose-open-link = L’ouvrir
compose-spent-title = Trop d’invitations pour le moment
compose-spent-sender = Vous avez créé { $limit } liens en 24 heures, la limite pour une personne. Le prochain pourra être créé à partir du { $when }. Votre saisie est conservée ici.
compose-spent-partner = Votre société a créé { $limit } liens en 24 heures, sa limite. Le prochain pourra être créé à partir du { $when }. Votre saisie est conservée ici.
compose-spent-recipient = Votre société a créé { $limit } liens pour ce client en 24 heures, la limite. Le prochain pourra être créé à partir du { $when }. Votre saisie est conservée ici.

## L’aperçu de l’e-mail

preview-title = Ce que reçoit le client
preview-to = À
preview-subject = Objet
preview-nobody = Personne pour l’instant
preview-none = L’e-mail apparaît ici
preview-none-text = Choisissez un type de relation, puis actualisez l’aperçu.
preview-by-hand = Aucun e-mail n’est envoyé
preview-by-hand-text = Un identifiant n’est pas une adresse. Vous recevez un lien à remettre vous-même.

## Le lien, affiché une seule fois

made-title = Invitation créée
made-queued = Nous l’envoyons à { $address }. Vous pouvez aussi remettre le lien vous-même.
made-no-server = Aucun e-mail n’est parti, car aucun serveur de messagerie n’est configuré ici. Remettez le lien vous-même.
made-by-hand = Aucun e-mail n’est envoyé à un identifiant. Remettez le lien vous-même.
made-link = Lien pour le client
made-once = Il n’est affiché que cette fois, et personne ne pourra le retrouver. S’il se perd, renvoyez l’invitation : un nouveau lien sera créé.
made-url = Lien de l’invitation
made-url-hint = Qui détient le lien voit qui invite. Seul un administrateur de ce client peut répondre.
made-open = Ouvrir l’invitation

## Une invitation

one-title = Invitation à { $customer }
one-request = Demande
one-withdraw = Retirer
one-withdrawn-title = Invitation retirée
one-withdrawn-text = Son lien ne fonctionne plus, et personne ne peut plus y répondre.
one-asked-title = Le client demande un nouveau lien
one-asked-text = Cette invitation a expiré avant d’avoir reçu une réponse. Une nouvelle demande la même chose.
one-again = Nouvelle invitation aux mêmes conditions
one-link = Lien pour le client
one-link-text = Il a été affiché lors de sa création. Renvoyer l’invitation crée un nouveau lien pour le même nombre de jours, et l’ancien ne fonctionne plus.
one-resend = Renvoyer
one-over = Cette invitation est close
one-over-text = Son issue est définitive. Vous pouvez demander la même chose à nouveau.
one-reason = Motif indiqué
one-renewal = Nouveau lien

## Le retrait

withdraw-title = Retirer cette invitation ?
withdraw-lead = { $customer } ne pourra plus l’accepter ni la refuser.
withdraw-link = Son lien cesse de fonctionner dès maintenant. Son destinataire lira que votre société l’a retirée.
withdraw-mail = Un e-mail encore en attente ne partira pas.
withdraw-again = Vous pourrez inviter à nouveau le même client à tout moment.
withdraw-yes = Oui, retirer l’invitation
withdraw-no = Non, garder l’invitation
