### L’accueil : ce qui attend une réponse, où en sont les choses, ce qui s’est passé récemment.

home-title = Accueil
home-needs = En attente de réponse
home-items = { $count ->
    [0] aucun élément
    [1] { $count } élément
   *[other] { $count } éléments
}
home-nothing = Rien n’attend de réponse
home-nothing-text = Aucune invitation en attente, aucun rôle qui se termine dans les 30 jours, aucun partenaire avec le contrôle total.
home-invited = { $partner } vous invite
home-asks-nothing = Comme { $type }, sans rôle d’administration. Répondez avant le { $date }.
home-asks-support = Demande à réinitialiser les mots de passe et à traiter les demandes de support, pendant { $long }. Répondez avant le { $date }.
home-asks-full = Demande le contrôle total, pendant { $long }. Répondez avant le { $date }.
home-invited-more = { $count ->
    [0] Aucune autre invitation en attente
    [1] { $count } autre invitation en attente
   *[other] { $count } autres invitations en attente
}
home-review-invitation = Examiner l’invitation
home-ends-all = { $days ->
    [0] { $partner } perd ses rôles aujourd’hui
    [1] { $partner } perd ses rôles demain
   *[other] { $partner } perd ses rôles dans { $days } jours
}
home-ends-one = { $days ->
    [0] { $partner } perd un rôle aujourd’hui
    [1] { $partner } perd un rôle demain
   *[other] { $partner } perd un rôle dans { $days } jours
}
home-ends-text = Le { $date }. Rien n’est renouvelé automatiquement.
home-ends-more = { $count ->
    [0] Aucune autre relation dont les rôles se terminent dans les 30 jours
    [1] { $count } autre relation dont les rôles se terminent dans les 30 jours
   *[other] { $count } autres relations dont les rôles se terminent dans les 30 jours
}
home-review-partner = Examiner le partenaire
home-see-all = Tout afficher
home-agreement-open = Le contrat client n’est pas encore accepté
home-agreement-open-text = Version du { $dated }. Personne ne peut autoriser un partenaire sans l’accepter.
home-agreement-newer = Une nouvelle version du contrat client est parue
home-agreement-until = Version du { $dated }. La version que vous avez acceptée suffit jusqu’au { $until }.
home-agreement-newer-text = Version du { $dated }. Personne ne peut autoriser un partenaire sans l’accepter.
home-review-agreement = Examiner le contrat
home-full = { $count ->
    [0] Aucun partenaire n’a le contrôle total
    [1] 1 partenaire a le contrôle total
   *[other] { $words } partenaires ont le contrôle total
}
home-full-text = { $count ->
    [0] Rien à vérifier.
    [1] Vérifiez qu’il en a encore besoin.
   *[other] Vérifiez que chacun en a encore besoin.
}
home-check-access = Vérifier les accès

home-numbers = Les partenaires en chiffres
home-stat-active = Partenaires actifs
home-stat-active-more = avec une relation en cours
home-stat-roles = Avec des rôles d’administration
home-stat-full = dont { $words } avec le contrôle total
home-stat-invitations = Invitations
home-stat-waiting = en attente de réponse
home-stat-ending = Fin dans les 30 jours
home-stat-first = la première le { $date }
home-stat-none = aucun rôle ne se termine bientôt

home-recent = Activité récente
home-recent-none = Il ne s’est encore rien passé.
home-open-log = Ouvrir le journal d’audit

home-agreement-accepted = Accepté
home-agreement-renew = Nouvelle version
home-agreement-not-accepted = Non accepté
home-agreement-none = Non publié
home-agreement-none-text = L’exploitant de ce service n’a encore publié aucun contrat.
home-agreement-version = Version du { $dated }, pas encore acceptée.
home-agreement-by = Version du { $dated }, acceptée par { $person } le { $date }.
home-open-agreement = Ouvrir le contrat

home-member-text = Vous êtes un utilisateur de l’organisation { $organization }. Les relations avec les partenaires relèvent de ses administrateurs généraux et de facturation.
home-member-own = Vos paramètres
home-member-own-text = Choisissez votre langue et l’apparence, modifiez votre mot de passe et voyez où vous êtes connecté.
home-member-settings = Ouvrir les paramètres
home-member-holders = Vos administrateurs
home-member-holders-text = Ils voient les partenaires, les invitations, le contrat et le journal d’audit.

home-operator-text = Les domaines des organisations se gèrent ici, et tout le reste depuis la ligne de commande de la machine. Les décisions des organisations et des partenaires leur appartiennent : vous ne les voyez pas ici.
home-operator-serves = Ce que le service héberge
home-operator-tenants = Organisations
home-operator-partners = Partenaires actifs
home-operator-commands = Ce que fait la ligne de commande
home-command-tenant = Enregistre les organisations et leurs domaines
home-command-partner = Enregistre les partenaires et leur personnel, suspend un partenaire ou le rétablit
home-command-user = Ajoute des personnes, définit leurs rôles et mots de passe, désactive des comptes
home-command-agreement = Publie les versions du contrat client
home-command-audit = Vérifie les journaux d’audit et exporte leurs points de contrôle
home-operator-help = Chaque commande s’explique elle-même :
