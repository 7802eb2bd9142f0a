partner-title = Accueil
partner-text = Ce que { $partner } a envoyé, et les clients avec lesquels vous travaillez.
partner-invitations = Invitations
partner-invitations-none = Aucune invitation pour l’instant
partner-invitations-none-text = Les invitations que votre société envoie à des clients apparaissent ici, avec leur suite.
partner-customers = Clients
partner-customers-none = Aucun client pour l’instant
partner-customers-none-text = Un client apparaît ici dès qu’il a accepté une invitation de votre société.
partner-customer = Client et type
partner-asks = Demande
partner-made = Envoyée
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
