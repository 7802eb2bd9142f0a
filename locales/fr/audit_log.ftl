audit-log-title = Journal d’audit
audit-log-text = Qui a fait quoi, et quand. Ici, rien ne peut être modifié ni supprimé.
audit-log-event = Événement
audit-log-any-event = Tous les événements
audit-log-partner = Partenaire
audit-log-any-partner = Tous les partenaires
audit-log-person = Personne
audit-log-any-person = Tout le monde
audit-log-from = Du
audit-log-to = Au
audit-log-all = Toutes les entrées
audit-log-entries = { $count ->
    [0] Aucune entrée
    [1] 1 entrée
   *[other] { $words } entrées
}
audit-log-zone = Heures : { $zone }
audit-log-when = Quand
audit-log-what = Ce qui s’est passé
audit-log-who = Qui
audit-log-address = Adresse
audit-log-no-address = Aucune
audit-log-shown = { $shown } affichées sur { $words }, les plus récentes d’abord
audit-log-pages = Pages
audit-log-older = Entrées plus anciennes
audit-log-newest = Entrées les plus récentes
audit-log-none = Aucune entrée pour l’instant
audit-log-none-text = Les invitations et leurs réponses, les contrats, les rôles supprimés ou arrivés à terme et les changements concernant les personnes et les paramètres sont consignés ici.
audit-log-none-match = Aucune entrée ne correspond
audit-log-none-match-text = Rien n’a été consigné sous ces filtres. Retirez-en un, ou affichez tout.
