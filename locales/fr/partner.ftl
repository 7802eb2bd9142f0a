partner-title = Accueil
partner-text = Ce que { $partner } a envoyé, et les clients avec lesquels vous travaillez.
partner-asked-title = { $customer } demande un nouveau lien
partner-asked-text = L’invitation de type { $type } a expiré. La demande date du { $date }.
partner-asked-button = Inviter à nouveau
partner-ending-title = Vos rôles chez { $customer } prennent fin { $when }
partner-ending-text = { $roles }, jusqu’au { $date }. Seule une nouvelle invitation acceptée par le client les renouvelle.
partner-request-title = { $customer } vous a écrit
partner-request-text = { $person } attend une réponse avant le { $date }.
partner-request-button = Lire et répondre
partner-stat-requests = Demandes en attente
partner-nothing-text = Aucun client n’a écrit ni ne demande de nouveau lien, et aucun rôle ne prend fin dans les 30 jours.
partner-stat-open = Invitations ouvertes
partner-stat-accepted = Acceptées en 30 jours
partner-stat-customers = Relations en vigueur
partner-stat-ending = Avec des rôles qui prennent fin dans les 30 jours
partner-answered = Réponses récentes
partner-all-customers = Tous les clients
partner-all-invitations = Toutes les invitations
partner-customers = Clients
partner-customers-none = Aucun client pour l’instant
partner-customers-none-text = Un client apparaît ici dès qu’il a accepté une invitation de votre société.
partner-customer = Client et type
partner-ends = Réponse jusqu’au
partner-roles = Rôles
partner-since = Depuis
partner-state = État
partner-until = jusqu’au { $date }, { $when }
partner-renewal = Nouveau lien demandé le { $date }
partner-shown = { $count ->
    [0] Aucune ligne
    [1] { $count } ligne au total
   *[other] { $count } lignes affichées, { $most } au plus
}
partner-recent = Activité récente
