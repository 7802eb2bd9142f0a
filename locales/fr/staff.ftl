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

## Inviter quelqu'un

staff-add = Ajouter quelqu’un
staff-new-title = Ajouter un membre du personnel
staff-new-lead = Nous invitons la personne ; qui détient l’adresse rejoint votre personnel par un lien, avec son propre compte.
staff-new-name = Nom
staff-new-email = Adresse e-mail
staff-new-email-hint = La personne se connecte avec elle. Le lien fonctionne 7 jours.
staff-new-roles = Ce que la personne peut faire
staff-new-submit = Inviter
staff-new-already = Cette personne fait déjà partie de votre personnel
staff-new-open = Une invitation attend déjà pour cette adresse : renvoyez-la depuis la liste du personnel
staff-spent-title = Trop d’invitations pour le moment
staff-spent-waiting = { $limit } invitations à votre personnel attendent en même temps, la limite. Retirez-en une, ou attendez que l’une d’elles prenne fin. Votre saisie est conservée ici.
staff-spent-day = Votre société a créé { $limit } de ces liens en 24 heures, la limite. Le prochain pourra être créé à partir du { $when }. Votre saisie est conservée ici.
staff-waiting = Personnes invitées
staff-waiting-person = Personne
staff-waiting-mail = E-mail
staff-waiting-ends = Fin du lien
staff-waiting-over = Le lien a pris fin
staff-waiting-orphan = Ne fonctionne plus : { $person } n’est plus agent d’administration
staff-waiting-by = Invitation de { $person }
staff-waiting-actions = Actions
staff-by-hand = Remis en main propre
staff-again = Renvoyer
staff-again-for = à { $email }
staff-withdraw = Retirer
staff-invited-title = Invitation envoyée
staff-invited-text = Le lien part par e-mail à { $email } et n’est montré à personne d’autre.
staff-withdrawn-title = Invitation retirée
staff-withdrawn-text = Le lien destiné à { $email } ne fonctionne plus.
staff-made-title = Invitation créée
staff-made-text = Aucun e-mail ne part d’ici. Remettez vous-même le lien à { $email }.
staff-made-link = Lien pour { $person }
staff-made-once = Il n’est affiché que cette fois. S’il se perd, renvoyez l’invitation : un nouveau lien sera créé.
staff-made-url = Lien pour rejoindre
staff-made-url-hint = Qui le détient peut créer un compte à cette adresse : ne le donnez à personne d’autre.
staff-made-back = Retour au personnel

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
