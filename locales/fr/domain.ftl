### Les mots du domaine : types, rôles, états, événements, et pourquoi une valeur n’est pas retenue.

## Les sept types de relation

type-reseller = Revendeur
type-delegated-administrator = Administrateur délégué
type-reseller-and-delegated-administrator = Revendeur et administrateur délégué
type-partner = Partenaire
type-advisor = Conseiller
type-mpsa-partner = Partenaire MPSA
type-line-of-business-partner = Partenaire métier

# Ce que l’organisation lit avant le nom.
type-sentence-reseller = Vend des produits à votre organisation
type-sentence-delegated-administrator = Gère vos produits et services
type-sentence-reseller-and-delegated-administrator = Vous vend des produits et gère ce qu’il vend
type-sentence-partner = Travaille avec un compte d’utilisateur que vous lui donnez
type-sentence-advisor = Réinitialise les mots de passe et traite les demandes de support
type-sentence-mpsa-partner = Voit les achats faits par vos autres partenaires MPSA
type-sentence-line-of-business-partner = Développe, soumet et gère vos applications métier

## Rôles d’administration qu’un partenaire peut recevoir

role-title-global-administrator = Tout gérer dans votre organisation
role-title-helpdesk-administrator = Aider vos utilisateurs
role-name-global-administrator = Administrateur général
role-name-helpdesk-administrator = Administrateur du support technique

## Ce qu’un rôle ou un type permet au personnel du partenaire

capability-users-create = Créer et supprimer des comptes d’utilisateur
capability-licences-assign = Affecter et gérer les licences
capability-passwords-reset-any = Réinitialiser le mot de passe de n’importe qui
capability-passwords-reset = Réinitialiser le mot de passe des personnes qui ne sont pas administratrices
capability-security-change = Modifier la sécurité et la connexion
capability-support-work = Ouvrir et suivre des demandes de support
capability-orders-place = Commander des abonnements et des postes pour vous
capability-orders-see-own = Voir ses propres commandes
capability-orders-see-shared = Voir les commandes de vos autres partenaires MPSA
capability-apps-submit = Soumettre une application et ses versions

## Jusqu’où va un partenaire

reach-none = Aucun rôle d’administration
reach-purchases = Achats seulement
reach-account = Un compte d’utilisateur
reach-shared-purchases = Achats partagés
reach-own-apps = Ses propres applications
reach-support = Mots de passe et support
reach-full = Contrôle total
reach-asks-full = Demande le contrôle total

## États

invitation-state-open = En attente
invitation-state-accepted = Acceptée
invitation-state-declined = Refusée
invitation-state-withdrawn = Retirée
invitation-state-expired = Expirée
relationship-state-active = Active
relationship-state-ended = Terminée

## Événements, tels que les nomme le journal d’audit

event-tenant-added = Organisation ajoutée
event-tenant-settings-changed = Paramètres modifiés
event-tenant-domain-added = Domaine enregistré
event-tenant-domain-removed = Domaine retiré
event-user-added = Utilisateur ajouté
event-user-roles-changed = Rôles modifiés
event-user-disabled = Utilisateur désactivé
event-person-password-changed = Mot de passe modifié
event-person-password-reset = Mot de passe réinitialisé
event-person-profile-changed = Profil modifié
event-person-session-ended = Session fermée
event-person-erased = Personne effacée
event-partner-added = Partenaire ajouté
event-partner-suspended = Partenaire suspendu
event-partner-reinstated = Suspension levée
event-staff-invited = Invitation au personnel
event-staff-invitation-withdrawn = Invitation au personnel retirée
event-staff-joined = Arrivée dans le personnel
event-staff-added = Membre du personnel ajouté
event-staff-disabled = Membre du personnel désactivé
event-operator-added = Opérateur ajouté
event-agreement-drafted = Contrat rédigé
event-agreement-draft-discarded = Brouillon de contrat abandonné
event-agreement-published = Contrat publié
event-agreement-accepted = Contrat accepté
event-agreement-claimed = Acceptation ailleurs déclarée
event-agreement-claim-confirmed = Déclaration confirmée par acceptation
event-agreement-claim-dismissed = Déclaration écartée
event-invitation-created = Invitation envoyée
event-invitation-accepted = Invitation acceptée
event-invitation-declined = Invitation refusée
event-invitation-withdrawn = Invitation retirée
event-invitation-expired = Invitation expirée
event-invitation-resent = Invitation renvoyée
event-invitation-renewal-requested = Nouveau lien demandé
event-contact-requested = Demande de contact envoyée
event-contact-answered = Réponse à une demande de contact
event-contact-declined = Demande de contact refusée
event-contact-expired = Demande de contact expirée
event-directory-profile-changed = Fiche annuaire modifiée
event-directory-published = Fiche annuaire publiée
event-directory-hidden = Fiche annuaire masquée
event-mail-retried = Messages remis en file
event-roles-removed = Rôles supprimés
event-roles-given-back = Rôles rendus
event-roles-ended = Rôles arrivés à terme
event-relationship-ended = Relation terminée
event-checkpoint-written = Point de contrôle écrit
event-access-denied = Accès refusé
outcome-done = Fait
outcome-denied = Refusé
event-group-invitations = Invitations
event-group-agreements = Contrats
event-group-roles = Rôles
event-group-people = Personnes et paramètres
event-group-denied = Refus

## Organisations

tenant-kind-organization = Organisation
tenant-kind-school = Établissement scolaire

## Pourquoi une valeur n’est pas retenue : une phrase qui dit quoi faire

password-too-short = Saisissez au moins 15 caractères
password-too-long = Saisissez 256 caractères au plus
password-guessable = Choisissez un mot de passe plus difficile à deviner : celui-ci est courant ou formé de noms
password-wrong = Vérifiez votre mot de passe actuel et saisissez-le de nouveau
password-again = Saisissez deux fois le même nouveau mot de passe
name-empty = Saisissez un nom
name-too-long = Réduisez le nom à 120 caractères ou moins
name-unseen = Saisissez le nom de nouveau : il contient un caractère invisible
name-address = Saisissez un nom sans adresse web
name-mixed = Saisissez chaque mot du nom dans un seul alphabet : des lettres de plusieurs se confondent
text-too-long = Réduisez le texte à 2 000 caractères ou moins
text-unseen = Saisissez le texte de nouveau : il contient un caractère invisible
email-invalid = Saisissez une seule adresse e-mail, comme nom@organisation.example
