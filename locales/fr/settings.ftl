settings-title = Paramètres
settings-text = Ce qui n’appartient qu’à vous, quelle que soit l’organisation pour laquelle vous agissez.

settings-saved-membership = Vous agissez désormais pour une autre organisation
settings-saved-language = Votre langue est modifiée
settings-saved-appearance = L’apparence de ce navigateur est modifiée
settings-saved-password = Votre mot de passe est modifié et vos autres sessions sont fermées
settings-saved-session = La session est fermée
settings-saved-sessions = Vos autres sessions sont fermées
settings-saved-acceptance = Le paramètre de votre organisation est enregistré

settings-membership = Pour qui vous agissez
settings-membership-text = Les pages montrent une organisation à la fois
settings-membership-acts = En cours
settings-membership-switch = Agir pour celle-ci

settings-language = Langue
settings-language-hint = Pour toutes les pages.
settings-language-save = Enregistrer la langue
settings-appearance = Apparence
settings-appearance-hint = Pour ce navigateur.
settings-appearance-save = Enregistrer l’apparence
settings-theme-system = Comme le système
settings-theme-light = Claire
settings-theme-dark = Sombre

settings-acceptance = Qui peut accepter les invitations qui accordent des rôles d’administration
settings-acceptance-text = Les administrateurs généraux le peuvent toujours. Ce paramètre concerne les administrateurs de facturation.
settings-acceptance-yes = Les administrateurs de facturation le peuvent aussi
settings-acceptance-yes-hint = Ils peuvent donner à un partenaire tous les rôles qu’il demande, y compris le contrôle total.
settings-acceptance-no = Seuls les administrateurs généraux le peuvent
settings-acceptance-no-hint = Les administrateurs de facturation peuvent toujours accepter les invitations sans rôle d’administration, refuser des invitations et supprimer des rôles.
settings-acceptance-save = Enregistrer le paramètre
settings-acceptance-holders = Un administrateur général peut modifier ce paramètre : { $names }.

settings-password = Mot de passe
settings-password-text = Sa modification ferme vos autres sessions.
settings-password-current = Mot de passe actuel
settings-password-new = Nouveau mot de passe
settings-password-hint = Au moins 15 caractères, par exemple quatre mots sans rapport.
settings-password-again = Nouveau mot de passe, une seconde fois
settings-password-save = Modifier le mot de passe
settings-current-missing = Saisissez votre mot de passe actuel

settings-sessions = Où vous êtes connecté
settings-sessions-end = Fermer toutes les autres sessions
settings-session-since = connexion le
settings-session-seen = dernière activité le
settings-session-this = Cette session
settings-session-end = Fermer la session
settings-browser-on = { $browser } sous { $system }
settings-browser-unknown = Navigateur inconnu
settings-address-unknown = adresse inconnue
