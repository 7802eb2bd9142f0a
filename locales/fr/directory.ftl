### Rechercher un partenaire : l’annuaire, et la fiche qu’un partenaire y tient.

directory-lead = Dites où vous êtes et de quoi vous avez besoin. Contacter un partenaire ne lui transmet que votre message.
directory-label = Annuaire des partenaires
directory-need = De quoi avez-vous besoin ?
directory-location = Lieu
directory-location-hint = Ville, pays
directory-size = Votre effectif
directory-kind = Type d’aide
directory-language = Langue
directory-any = Tous
directory-any-language = Toutes
directory-find = Rechercher
directory-count = { $count ->
    [one] { $number } partenaire
   *[other] { $number } partenaires
}
directory-count-all = { $count ->
    [one] {" "}dans l’annuaire
   *[other] {" "}dans l’annuaire
}
directory-count-match = { $count ->
    [one] {" "}correspond
   *[other] {" "}correspondent
}
directory-count-near = { $count ->
    [one] {" "}pour le lieu « { $location } »
   *[other] {" "}pour le lieu « { $location } »
}
directory-clear = Effacer la recherche
directory-quoted = « { $text } »
directory-without = Sans { $filter }
directory-choose = Choisissez un ou plusieurs partenaires à contacter
directory-selected = sélectionné(s)
directory-kept = Également sélectionnés
directory-contact = Contacter les partenaires sélectionnés
directory-contact-one = Contacter ce partenaire
directory-too-many-title = Vous pouvez contacter { $count } partenaires à la fois
directory-too-many-text = Les premiers sélectionnés sont conservés. Contactez-les d’abord, puis les autres.
directory-shown = { $count ->
    [one] { $count } partenaire sur cette page
   *[other] { $count } partenaires sur cette page
}
directory-none-title = Aucun partenaire ne réunit tous ces critères
directory-none-text = Essayez moins de mots ou un autre lieu, ou parcourez tout l’annuaire.
directory-none-ways = Avec un critère de moins, il y a quelqu’un :
directory-no-more = Il n’y a personne au-delà de cet endroit de la liste
directory-show-all = Afficher tous les partenaires
directory-empty-title = L’annuaire est vide
directory-empty-text = Les partenaires apparaissent ici dès qu’ils publient leur fiche. Un partenaire que vous connaissez déjà peut vous envoyer une invitation.
directory-further-places = { $count ->
    [one] et { $count } autre lieu
   *[other] et { $count } autres lieux
}
directory-and = { $list } et { $last }
directory-about = Ce qu’il fait
directory-services = Mots-clés et services
directory-own-words = Texte rédigé par le partenaire. Le nom et le domaine sont enregistrés par l’exploitant de ce portail.
directory-facts = En bref
directory-sizes = Effectif des organisations servies
directory-places = Implantations
directory-languages = Langues parlées
directory-domain = Domaine
directory-number = Identifiant partenaire

size-1-49 = 1 à 49
size-50-249 = 50 à 249
size-250-999 = 250 à 999
size-1000 = 1 000 ou plus
help-sells = vend
help-manages = gère
help-advises = conseille
help-builds-apps = crée des applications
help-kind-sells = Vente
help-kind-manages = Gestion
help-kind-advises = Conseil
help-kind-builds-apps = Création d’applications
help-text-sells = Abonnements, licences et appareils.
help-text-manages = Comptes, licences et services, au quotidien.
help-text-advises = Répond aux utilisateurs, prépare les changements, forme les équipes.
help-text-builds-apps = Développe des applications pour une organisation et les maintient.

spoken-ar = arabe
spoken-bg = bulgare
spoken-ca = catalan
spoken-cs = tchèque
spoken-da = danois
spoken-de = allemand
spoken-el = grec
spoken-en = anglais
spoken-es = espagnol
spoken-et = estonien
spoken-fi = finnois
spoken-fr = français
spoken-ga = irlandais
spoken-he = hébreu
spoken-hi = hindi
spoken-hr = croate
spoken-hu = hongrois
spoken-is = islandais
spoken-it = italien
spoken-ja = japonais
spoken-lt = lituanien
spoken-lb = luxembourgeois
spoken-lv = letton
spoken-nl = néerlandais
spoken-no = norvégien
spoken-pl = polonais
spoken-pt = portugais
spoken-ro = roumain
spoken-sk = slovaque
spoken-sl = slovène
spoken-sv = suédois
spoken-tr = turc
spoken-uk = ukrainien
spoken-zh = chinois

profile-lead = Ce que lisent les clients qui cherchent un partenaire. Personne ne la voit avant sa publication.
profile-registered = Données enregistrées
profile-registered-text = Le nom et le domaine ont été enregistrés par l’exploitant de ce portail, pour qu’aucun partenaire ne passe pour un autre. Adressez-vous à lui pour les modifier.
profile-name = Nom
profile-says = Votre présentation
profile-description = Ce que vous faites
profile-description-hint = Texte brut, 1 000 caractères au plus. Les liens et adresses e-mail sont refusés : les clients vous écrivent par le formulaire.
profile-keywords-hint = { $count } au plus, séparés par des virgules.
profile-places = Vos implantations
profile-places-hint = La première figure dans la liste. { $count } au plus.
profile-place = Implantation { $number }
profile-city = Ville
profile-country = Pays
profile-choose-country = Choisir un pays
profile-more = Ajouter une implantation
profile-requests = Demandes
profile-contact = E-mail pour les demandes
profile-contact-hint = Privé : nous y écrivons quand un client s’adresse à vous. Aucun client ni autre partenaire ne la voit.
profile-save = Enregistrer
profile-save-publish = Enregistrer et publier
profile-preview = Vue des clients
profile-preview-text = Ci-dessus dans la liste, ci-dessous sur votre page.
profile-is-published = Publiée
profile-is-published-text = Les clients vous trouvent dans l’annuaire. Ce que vous enregistrez ici s’affiche aussitôt.
profile-is-hidden = Masquée
profile-is-hidden-text = Les clients ne vous trouvent pas dans l’annuaire.
profile-publish = Publier
profile-hide = Masquer
profile-history = Modifications
profile-saved-title = Fiche enregistrée
profile-published-title = Fiche publiée
profile-hidden-title = Fiche masquée
profile-now-published = Les clients vous trouvent désormais dans l’annuaire.
profile-now-hidden = Les clients ne vous trouvent pas dans l’annuaire.
profile-description-long = Raccourcissez la présentation à 1 000 caractères
profile-description-unseen = Retirez de la présentation le caractère invisible
profile-description-address = Retirez de la présentation les liens et adresses e-mail
profile-keywords-long = Raccourcissez chaque mot-clé à 40 caractères
profile-keywords-unseen = Retirez des mots-clés les caractères invisibles ou de plusieurs alphabets
profile-keywords-address = Retirez des mots-clés les liens et adresses e-mail
profile-keywords-many = Saisissez 12 mots-clés au plus
profile-places-long = Raccourcissez le nom de la ville à 80 caractères
profile-places-unseen = Retirez de la ville les caractères invisibles ou de plusieurs alphabets
profile-places-address = Retirez de la ville les liens et adresses e-mail
profile-places-half = Saisissez la ville et le pays de chaque implantation
profile-contact-wrong = Saisissez une adresse e-mail, comme nom@organisation.example
profile-missing-description = Dites ce que vous faites
profile-missing-help = Choisissez au moins un type d’aide
profile-missing-sizes = Choisissez au moins un effectif
profile-missing-places = Saisissez au moins une implantation
profile-missing-languages = Choisissez au moins une langue
profile-missing-contact = Saisissez l’adresse e-mail pour les demandes
