### Le personnel d'un partenaire : la liste, les rôles, le départ.

nav-staff = Personnel
staff-lead = Qui travaille ici pour votre société, et ce que chacun peut faire.
staff-name = Nom
staff-roles = Rôles
staff-since = Depuis
staff-active = Actif
staff-disabled = Désactivé
staff-count = { $count ->
    [one] { $count } membre du personnel
   *[other] { $count } membres du personnel
}
staff-role-admin-agent = Les invitations, tout le travail délégué, le personnel et le profil de la société
staff-role-sales-agent = Les invitations sans rôle d’administration, les commandes et les demandes de contact
staff-role-helpdesk-agent = Le support technique délégué seulement
staff-save = Enregistrer les rôles
staff-cancel = Annuler
staff-changed-title = Rôles enregistrés
staff-changed-text = Rôles de { $person } : { $roles }.
staff-last-agent = Une société garde toujours un agent d’administration : donnez d’abord ce rôle à quelqu’un d’autre
staff-no-role = Choisissez au moins un rôle

## Désactiver quelqu'un

staff-disable = Désactiver
staff-disable-title = Désactiver ce membre du personnel ?
staff-disable-lead = { $person } ({ $email }) ne peut plus agir pour votre société.
staff-disable-at-once = toutes ses sessions sont fermées.
staff-disable-accounts = Ses comptes d’utilisateur prennent fin aussi :
staff-disable-accounts-text = ceux que des clients lui ont donnés pour votre société.
staff-disable-stays = Ce qui reste :
staff-disable-stays-text = ce que cette personne a fait reste inscrit sous le même nom.
staff-disable-yes = Oui, désactiver
staff-disable-no = Non, garder
staff-disabled-title = Membre du personnel désactivé
staff-disabled-text = { $person } ne peut plus agir pour votre société.
