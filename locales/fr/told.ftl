### Les événements racontés. Une phrase commence par un verbe, pour suivre un nom.

told-somebody = une personne
told-erased = Personne effacée
told-command-line = Ligne de commande
told-by-command-line = La ligne de commande
told-automatic = Automatique
told-visitor = Sans connexion
told-partner-side = Partenaire
told-and = {" "}et{" "}
told-no-role = aucun rôle

told-language-en = l’anglais
told-language-fr = le français

told-type-reseller = revendeur
told-type-delegated-administrator = administrateur délégué
told-type-reseller-and-delegated-administrator = revendeur et administrateur délégué
told-type-partner = partenaire
told-type-advisor = conseiller
told-type-mpsa-partner = partenaire MPSA
told-type-line-of-business-partner = partenaire métier

told-tenant-added = a enregistré { $name }
told-tenant-settings-changed = { $setting ->
    [billing_may_accept_roles] { $after ->
        [yes] a autorisé les administrateurs de facturation à accepter les invitations qui accordent des rôles d’administration
       *[no] a réservé aux administrateurs généraux les invitations qui accordent des rôles d’administration
    }
   *[other] a modifié un paramètre
}
told-tenant-domain-added = a enregistré le domaine { $domain }
told-tenant-domain-removed = a retiré le domaine { $domain }
told-user-added = a ajouté { $person } avec { $roles }
told-user-roles-changed = a modifié les rôles attribués à { $person } : { $before } auparavant, { $after } désormais
told-user-disabled = a désactivé le compte attribué à { $person }
told-person-password-changed = { $whose ->
    [own] a modifié son mot de passe
   *[other] a défini un nouveau mot de passe pour { $person }
}
told-person-password-reset = a défini un nouveau mot de passe grâce à un lien reçu par e-mail
told-person-profile-changed = a choisi { $language } comme langue
told-person-session-ended = { $count ->
    [0] a fermé ses autres sessions
    [1] a fermé une de ses sessions
   *[other] a fermé { $count } de ses sessions
}
told-partner-added = a enregistré le partenaire { $partner }
told-partner-suspended = a suspendu le partenaire { $partner }
told-partner-reinstated = a levé la suspension du partenaire { $partner }
told-staff-invited = a invité une personne dans le personnel du partenaire { $partner } avec { $roles }
told-staff-invitation-withdrawn = a retiré une invitation au personnel du partenaire { $partner }
told-staff-joined = a rejoint le personnel du partenaire { $partner } avec { $roles }
told-staff-added = a ajouté { $person } au personnel du partenaire { $partner }
told-staff-disabled = a désactivé { $person }, du personnel du partenaire { $partner }
told-operator-added = a ajouté { $person } comme opérateur
told-agreement-drafted = a rédigé un brouillon du document « { $title } », version du { $dated }
told-agreement-draft-discarded = a abandonné un brouillon du document « { $title } », version du { $dated }
told-agreement-published = a publié le contrat client, version du { $dated }
told-agreement-accepted = a accepté le contrat client, version du { $dated }
told-agreement-claimed = a déclaré que le contrat client, version du { $dated }, avait été accepté ailleurs
told-agreement-claim-confirmed = a confirmé, en l’acceptant, ce que { $partner } avait déclaré du contrat client
told-agreement-claim-dismissed = a écarté ce que { $partner } avait déclaré du contrat client
told-invitation-created = { $count ->
    [0] a envoyé une invitation du partenaire { $partner } comme { $type }
    [1] a envoyé une invitation du partenaire { $partner } comme { $type }, avec demande du rôle { $roles }
   *[other] a envoyé une invitation du partenaire { $partner } comme { $type }, avec demande des rôles { $roles }
}
told-invitation-accepted = { $count ->
    [0] a accepté l’invitation envoyée par { $partner } comme { $type }
    [1] a accepté l’invitation envoyée par { $partner } comme { $type }, en lui donnant le rôle { $roles }
   *[other] a accepté l’invitation envoyée par { $partner } comme { $type }, en lui donnant les rôles { $roles }
}
told-invitation-declined = a refusé l’invitation envoyée par { $partner }
told-invitation-withdrawn = a retiré l’invitation envoyée par { $partner }
told-invitation-expired = a clos l’invitation envoyée par { $partner }, arrivée à expiration
told-invitation-resent = a renvoyé l’invitation de { $partner }, avec un nouveau lien
told-invitation-renewal-requested = a demandé un nouveau lien à { $partner }
told-contact-requested = a écrit au partenaire { $partner }
told-contact-answered = a répondu par une invitation à une demande adressée au partenaire { $partner }
told-contact-declined = a refusé une demande adressée au partenaire { $partner }
told-contact-expired = a clos une demande adressée au partenaire { $partner }, restée sans réponse
told-directory-profile-changed = a modifié la fiche annuaire de { $partner }
told-directory-published = a publié { $partner } dans l’annuaire
told-directory-hidden = a retiré { $partner } de l’annuaire
told-mail-retried = { $count ->
    [one] a remis en file { $count } message mis de côté
   *[other] a remis en file { $count } messages mis de côté
}
told-roles-removed = { $count ->
    [0] a supprimé les rôles du partenaire { $partner }
    [1] a supprimé { $count } rôle du partenaire { $partner }
   *[other] a supprimé { $count } rôles du partenaire { $partner }
}
told-roles-given-back = { $count ->
    [1] a rendu le rôle { $roles } de { $partner }
   *[other] a rendu { $count } rôles de { $partner }
}
told-roles-ended = { $count ->
    [0] a mis fin aux rôles du partenaire { $partner }, comme convenu
    [1] a mis fin à { $count } rôle du partenaire { $partner }, comme convenu
   *[other] a mis fin à { $count } rôles du partenaire { $partner }, comme convenu
}
told-relationship-ended = a mis fin à la relation avec { $partner }
told-person-erased = a effacé les données personnelles d’une personne partie
told-checkpoint-written = { $count ->
    [one] a écrit un point de contrôle de { $count } journal d’audit
   *[other] a écrit un point de contrôle de { $count } journaux d’audit
}
told-access-denied = a envoyé une demande à { $route } sans en avoir le droit
