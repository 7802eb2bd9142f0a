### Rejoindre le personnel d'un partenaire, par le lien.

joining-title = { $partner } vous invite à rejoindre son personnel
joining-sender = Invitation de { $person }. Le lien fonctionne une fois, jusqu’au { $date }.
joining-for = Pour
joining-roles = Avec ces rôles
joining-what = Vous agirez pour { $partner } dans son espace, dans les limites de ces rôles. On peut à tout moment vous en donner d’autres, ou aucun.
joining-known-title = Vous avez déjà un compte ici
joining-known-text = Connectez-vous avec { $email }, puis revenez à cette page.
joining-sign-in = Se connecter
joining-new-title = Vous êtes nouveau ici
joining-new-text = Votre compte est créé avec cette adresse.
joining-name = Votre nom
joining-make = Créer un compte et rejoindre
joining-known = Cette adresse a un compte qui ne peut pas être créé de nouveau : connectez-vous, ou adressez-vous à l’exploitant de ce service
joining-as = Vous êtes connecté en tant que { $person }.
joining-join = Rejoindre le personnel
joining-not-now = Pas maintenant
joining-other-title = Cette invitation est destinée à quelqu’un d’autre
joining-other-text = Vous êtes connecté avec { $other }. Seule l’adresse { $email } peut l’accepter.
joining-other-account = Utiliser un autre compte
joining-decides-title = Impossible de rejoindre avec ce compte
joining-decides-text = Vous êtes administrateur de { $tenant } et y décidez de ce que peuvent faire les partenaires. Personne ne fait cela tout en travaillant pour un partenaire avec le même compte. Faites-vous inviter à une autre adresse, ou renoncez d’abord à ce rôle.
joining-dead-title = Ce lien ne fonctionne pas
joining-dead-lead = Il a été utilisé, retiré, remplacé par un plus récent ou n’a pas servi à temps, ou bien il a été coupé en chemin. Demandez-en un nouveau à la personne qui vous a invité.
joining-dead-sign-in = Se connecter
