### Ce qui entoure chaque page : la barre latérale, l’en-tête, le pied, les dates.

shell-skip = Aller au contenu
shell-menu = Menu
shell-workspace = Espace de travail
shell-main-navigation = Navigation principale
shell-breadcrumb = Fil d’Ariane
shell-waiting = en attente
shell-sign-out = Se déconnecter
shell-signed-in-as = Session ouverte par
shell-workspace-tenant = Espace de l’organisation
shell-workspace-partner = Espace partenaire
shell-workspace-operator = Espace opérateur
shell-error-prefix = Erreur :
shell-errors-title = Il y a un problème
shell-version = Entente { $version }
shell-version-hosted = Entente { $version }, service hébergé par { $operator }
shell-appearance-system = Apparence : système
shell-appearance-light = Apparence : claire
shell-appearance-dark = Apparence : sombre

# Commandes communes à plusieurs pages.
shell-copy = Copier
shell-copied = Copié
shell-cancel = Annuler
shell-search = Rechercher
shell-apply = Appliquer
shell-print = Imprimer
shell-remove-filter = Retirer le filtre
shell-days-from = Du
shell-days-to = Au
shell-days-reversed = Le dernier jour précède le premier.
shell-days-between = du { $from } au { $to }
shell-days-since = à partir du { $from }
shell-days-until = jusqu’au { $to }
shell-pages = Pages
shell-first-page = Première page
shell-next-page = Page suivante
shell-back = Retour

## Navigation

nav-home = Accueil
nav-billing = Facturation
nav-partners = Relations avec les partenaires
nav-invitations = Invitations
nav-agreement = Contrat client
nav-directory = Partenaires
nav-find = Rechercher un partenaire
nav-profile = Fiche annuaire
nav-security = Sécurité
nav-audit-log = Journal d’audit
nav-partner-home = Accueil
nav-mail = Messagerie
nav-tenants = Organisations
nav-agreements = Contrats
nav-requests = Demandes
nav-asked = Demandes de contact
nav-account = Compte
nav-settings = Paramètres

## Langues, chacune dans la sienne

language-en = English
language-fr = Français

## Rôles des personnes

member-role-global-administrator = Administrateur général
member-role-billing-administrator = Administrateur de facturation
member-role-user-administrator = Administrateur des utilisateurs
member-role-helpdesk-administrator = Administrateur du support technique
member-role-admin-agent = Agent d’administration
member-role-sales-agent = Agent commercial
member-role-helpdesk-agent = Agent du support technique
member-role-operator = Opérateur
member-role-none = Aucun rôle

## Dates et heures

# La semaine commence le lundi. Jours et mois s’écrivent sans majuscule.
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.
# Entre un jour et une heure.
date-time-separator = {" "}à{" "}
# Quand, vu d’aujourd’hui.
in-days = { $days ->
    [0] aujourd’hui
    [1] demain
   *[other] dans { $days } jours
}
# Combien de temps cela dure.
days-long = { $days ->
    [365] 12 mois
    [730] 24 mois
    [one] { $days } jour
   *[other] { $days } jours
}
