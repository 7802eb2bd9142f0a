### Relations avec les partenaires : la liste, un partenaire, la suppression de ses rôles.

relationships-lead = Qui vous vend des produits ou gère quelque chose pour vous, et ce que chacun peut faire.

# Noms des colonnes et des informations.
relationships-partner-and-type = Partenaire et type
relationships-type = Type
relationships-can = Ce qu’il peut faire
relationships-status = État
relationships-since = Depuis
relationships-roles-end = Fin des rôles
relationships-partner-id = Identifiant de partenaire
relationships-access = Accès

## État

relationships-status-active = Active
relationships-status-invited = Invitation reçue
relationships-status-ends-soon = Fin proche
relationships-status-roles-removed = Rôles supprimés
relationships-status-roles-ended = Rôles arrivés à terme
relationships-status-ended = Terminée
relationships-badge-ends = Fin { $when }

## Échéances : sous une date, ou à sa place

relationships-no-end = Sans échéance
relationships-end-removed = supprimés
relationships-end-ended = arrivés à terme
relationships-end-over = terminée
relationships-last-day = date limite
relationships-not-yet = Pas encore
relationships-until = Jusqu’au { $date } ({ $when })

## La liste

relationships-attention = À examiner
relationships-ending-title = { $partner } perd ses rôles { $when }
relationships-ending-title-one = { $partner } perd un de ses rôles { $when }
relationships-ending-text-full = D’ici là, ce partenaire a le contrôle total de votre organisation. Demandez une nouvelle invitation si vous en avez encore besoin après le { $date }.
relationships-ending-text-support = D’ici là, ce partenaire réinitialise des mots de passe et traite les demandes de support. Demandez une nouvelle invitation si vous en avez encore besoin après le { $date }.
relationships-review = Examiner
relationships-search-hint = Nom, domaine ou identifiant
relationships-any-type = Tous les types
relationships-any-status = Tous les états
relationships-count = { $count ->
    [one] { $number } partenaire
   *[other] { $number } partenaires
}
relationships-count-full = , dont { $number } avec le contrôle total
relationships-count-match = {" "}sur { $total } { $count ->
    [one] correspond
   *[other] correspondent
}
relationships-chip-search = Recherche : { $text }
relationships-chip-type = Type : { $type }
relationships-chip-status = État : { $status }
relationships-chip-full = Contrôle total seulement
relationships-chip-soon = Fin dans les 30 jours
relationships-further = Suite des partenaires
relationships-shown = { $count ->
    [one] { $count } ligne sur cette page
   *[other] { $count } lignes sur cette page
}
relationships-no-more = Il n’y a plus de partenaires
relationships-download = Télécharger en CSV
relationships-csv-partner = Partenaire
relationships-csv-domain = Domaine
relationships-csv-note = Remarque

# Rien à montrer : aucun partenaire encore, ou aucun qui corresponde.
relationships-empty-title = Vous ne travaillez encore avec aucun partenaire
relationships-empty-text = Lorsque vous acceptez une invitation, le partenaire apparaît ici avec ses rôles, que vous pouvez supprimer à tout moment.
relationships-see-invitations = Voir les invitations
relationships-how = Comment cela se passe
relationships-step-invited = Un partenaire vous invite
relationships-step-invited-text = L’invitation indique les rôles demandés, et pour combien de temps.
relationships-step-decide = Vous décidez
relationships-step-decide-text = Lisez, acceptez ou refusez. Seul un administrateur général ou un administrateur de facturation le peut.
relationships-step-keep = Vous pouvez revenir en arrière
relationships-step-keep-text = Voyez ici ce que chaque partenaire peut faire, et supprimez ses rôles à tout moment.
relationships-none-title = Aucun partenaire ne correspond à ces filtres
relationships-none-title-search = Aucun partenaire ne correspond à « { $text } »
relationships-none-title-both = Aucun partenaire ne correspond à « { $text } » pour le type { $type }
relationships-none-text = Vérifiez l’orthographe ou affichez tous les types. Les relations terminées restent dans cette liste.
relationships-clear = Effacer les filtres

# Après l’acceptation d’une invitation.
relationships-accepted-title = { $partner } peut maintenant travailler avec vous
relationships-accepted-text = { $sentence }.
relationships-accepted-until = { $sentence }. Ses rôles durent jusqu’au { $date }.
relationships-accepted-first-end = { $sentence }. Le premier de ses rôles prend fin le { $date }.

## Un partenaire

relationships-contact-them = Contacter
relationships-facts = Informations sur le partenaire
relationships-relationship = Relation
relationships-contact = Contact
relationships-also = Ce partenaire travaille aussi avec vous comme :
relationships-also-ended = terminée
relationships-removing-keeps = La suppression des rôles ne met pas fin à la relation.
relationships-goes-on = La relation elle-même continue.
relationships-to-end = Pour y mettre fin entièrement, contactez le partenaire.
relationships-note-ends = Les rôles prennent fin le { $date }
relationships-note-ends-only = Le rôle prend fin le { $date }
relationships-note-ends-one = Un des rôles prend fin le { $date }
relationships-note-ends-text = Si { $partner } vous est encore nécessaire après cette date, demandez dès maintenant une nouvelle invitation. Rien n’est renouvelé automatiquement.
relationships-gone-removed = { $person } a supprimé les rôles le { $date }.
relationships-gone-given-back = { $person }, de { $partner }, a rendu les rôles le { $date }.
relationships-gone-ended = Les rôles sont arrivés à terme le { $date }.
relationships-gone-sells = { $partner } peut toujours vous vendre des produits. Pour gérer des comptes, ce partenaire doit vous envoyer une nouvelle invitation.
relationships-gone-text = Pour gérer des comptes ou aider vos utilisateurs, { $partner } doit vous envoyer une nouvelle invitation.
relationships-over-title = Cette relation est terminée
relationships-over-text = { $person } y a mis fin le { $date }. { $partner } ne peut plus rien faire à ce titre.
relationships-erased-person = Une personne effacée
relationships-removed-title = Rôles supprimés
relationships-removed-text = { $partner } n’a plus aucun accès d’administration. Le journal d’audit indique qui l’a supprimé, et quand.

# Ce qui a été accepté.
relationships-agreement = Contrat
relationships-accepted-copy = Voir l’exemplaire accepté
relationships-agreement-document = Document
relationships-agreement-by = Accepté par
relationships-agreement-at = Date
relationships-fingerprint = Empreinte
relationships-document = { $title }, version du { $date }

## Activité : la personne d’abord, en gras ; voici la suite de la phrase

relationships-activity = Activité
relationships-see-all = Tout voir dans le journal d’audit

## Suppression des rôles

relationships-remove = Supprimer les rôles
relationships-remove-title = Supprimer les rôles ?
relationships-remove-lead = { $partner } perd ses rôles d’administration dans votre organisation dès maintenant.
relationships-remove-no-longer = Ce partenaire ne peut plus
relationships-remove-stops-full = créer de comptes, gérer les licences, modifier la sécurité ni réinitialiser de mots de passe.
relationships-remove-stops-support = réinitialiser de mots de passe ni traiter de demandes de support.
relationships-remove-at-once = L’effet est immédiat :
relationships-remove-at-once-text = chaque rôle indiqué est supprimé, quelle que soit la relation qui l’a donné.
relationships-remove-keeps = La relation reste.
relationships-remove-stays = Pour y mettre fin entièrement, contactez le partenaire.
relationships-remove-stays-sells = Ce partenaire peut toujours vous vendre des produits. Pour mettre fin à la relation, contactez-le.
relationships-remove-undo = Pour annuler,
relationships-remove-undo-text = le partenaire doit envoyer une nouvelle invitation, et vous devez l’accepter.
relationships-remove-yes = Oui, supprimer les rôles
relationships-remove-no = Non, garder les rôles
relationships-remove-roles = Rôles à supprimer
relationships-today = { $partner } aujourd’hui

## Après l’acceptation du contrat

relationships-agreed-title = { $title } accepté
relationships-agreed-text = Les partenaires qui vous vendent des produits peuvent passer commande.
