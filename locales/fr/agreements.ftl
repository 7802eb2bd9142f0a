### Les pages de l’opérateur sur les contrats : les versions, les brouillons et la publication.

agreements-lead = Ce que les clients acceptent avant que des partenaires puissent commander pour eux. Un texte publié ne change jamais : une nouvelle version le remplace.
agreements-new = Nouvelle version
agreements-next = Rédiger la version suivante
agreements-empty-title = Aucun contrat n’est encore publié
agreements-empty-text = Tant qu’aucun contrat n’est publié, les clients ne peuvent accepter aucune invitation.
agreement-kind-customer = Contrat client
agreements-kind = Nature
agreements-which = { $kind } · { $whose }
agreements-all-countries = Tous les pays sans contrat propre
agreements-number = Numéro { $number }
agreements-state = État
agreements-state-published = En vigueur
agreements-state-superseded = Remplacée
agreements-languages = Langues
agreements-published = Publication
agreements-superseded = Remplacement
agreements-before = Version précédente
agreements-in-force = En vigueur aujourd’hui
agreements-facts = Cette version
agreements-for = Clients concernés
agreements-for-hint = Le contrat propre à un pays l’emporte sur celui de tous les autres.
agreements-title = Titre
agreements-extent = Longueur
agreements-length = { $words ->
    [one] { $number } mot
   *[other] { $number } mots
 }, environ { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 } de lecture
agreements-never-changes = Le texte, la date et ce qui est demandé ne changent jamais. Ce que chaque client a accepté reste tel quel.

## Ce qu’une version demande

agreements-asks = Effet sur les clients
agreements-asks-nothing = Rien n’est redemandé à qui a accepté une version antérieure.
agreements-asks-at-once = Les clients doivent l’accepter sans délai : une acceptation antérieure ne suffit plus.
agreements-asks-until = Les clients sont invités à l’accepter. Une acceptation antérieure suffit jusqu’au { $date }.
agreements-asks-own = Tous les clients de ce pays doivent l’accepter sans délai. D’ici là, les commandes et les rôles nouveaux ou prolongés attendent ; la consultation et le retrait, jamais.

## Brouillons

agreements-draft-of = Brouillon, version du { $dated }
agreements-draft-changed = Dernière modification le { $date }. Les clients ne le voient pas.
agreements-draft-open = Ouvrir le brouillon
agreements-draft-title = Brouillon : { $title }
agreements-draft-lead = Voici ce que liront les clients. Seul l’opérateur le voit avant la publication.
agreements-changed-at = Dernière modification
agreements-edit = Modifier
agreements-publish = Publier…
agreements-discard = Abandonner…
agreements-stop-title = Ce brouillon ne peut pas être publié tel quel
agreements-changed-title = Le brouillon a été modifié entre-temps
agreements-changed-text = Quelqu’un l’a enregistré après que vous l’avez ouvert. Rien n’a été écrasé : ouvrez le brouillon pour le voir dans son état actuel.
agreements-taken-title = Un brouillon existe déjà pour ces clients
agreements-taken-text = Votre saisie figure toujours ci-dessous, mais n’est pas enregistrée. Ouvrez le brouillon, ou abandonnez-le d’abord.
agreements-discarded-title = Le brouillon est abandonné
agreements-discarded-text = Son texte n’est pas conservé. Son empreinte figure au journal.

agreements-changes-see = Voir ce qui change
agreements-changes-title = Ce que change la version du { $dated }
agreements-changes-crumb = Ce qui change
agreements-changes-nothing = Aucune version n’est en vigueur pour ces clients : il n’y a rien à comparer.
agreements-changes-no-text = La version du { $dated } n’a pas de texte dans cette langue.
agreements-changes-back = Revenir au brouillon

## Le formulaire

agreements-new-title = Rédiger une version
agreements-edit-title = Modifier le brouillon
agreements-edit-crumb = Modifier
agreements-form-lead = L’enregistrement garde un brouillon. Vous le verrez comme les clients avant de le publier.
agreements-dated = Compte à partir du
agreements-dated-hint = Le jour sous lequel la version est connue. Elle peut être publiée à partir de ce jour.
agreements-dated-missing = Indiquez le jour à partir duquel la version compte
agreements-dated-later = La version compte à partir d’un jour à venir. Publiez-la ce jour-là, ou changez la date
agreements-material = Demander une nouvelle acceptation aux clients qui ont accepté une version antérieure
agreements-material-hint = Pour les changements qui comptent pour eux. Une correction d’orthographe ne demande rien.
agreements-until = Une acceptation antérieure suffit jusqu’au
agreements-until-hint = Début de ce jour, en temps universel (UTC). Ensuite, les commandes et les rôles nouveaux ou prolongés attendent la nouvelle acceptation ; la consultation et le retrait, jamais. Sans date : sans délai.
agreements-until-wrong = Indiquez un jour, par exemple 2027-01-31
agreements-until-passed = Indiquez un jour à venir
agreements-until-not-material = Cochez la case ci-dessus ou laissez la date vide : aucune nouvelle acceptation n’est demandée
agreements-note = Note interne
agreements-note-hint = Les clients ne la voient pas.
agreements-text = Texte
agreements-text-hint = En Markdown. Le premier titre (# Titre) donne le titre du contrat. Laissez vide s’il n’existe pas de texte dans cette langue.
agreements-text-missing = Saisissez le texte dans une langue au moins
agreements-text-untitled = Commencez par un titre, par exemple # Contrat client
agreements-text-unseen = Ressaisissez le titre : il contient un caractère invisible
agreements-text-empty = Saisissez un texte sous le titre
agreements-changes = Ce qui change
agreements-changes-hint = Avec vos mots, pour les clients qui ont accepté la version précédente. 2 000 caractères au plus.
agreements-changes-alone = Saisissez le texte, ou laissez aussi vide ce qui change
agreements-save = Enregistrer le brouillon

## Publier et abandonner

agreements-publish-title = Publier la version du { $dated } ?
agreements-publish-crumb = Publier
agreements-publish-stops = Remplacée aussitôt :
agreements-publish-stops-text = la version du { $dated }. Qui l’a sous les yeux verra la nouvelle avant d’accepter quoi que ce soit.
agreements-publish-own = Ne compte plus :
agreements-publish-own-text = le contrat de tous les autres pays, version du { $dated }. { $count ->
    [0] Aucun client de ce pays ne l’a accepté.
    [one] { $number } client de ce pays l’a accepté.
   *[other] { $number } clients de ce pays l’ont accepté.
 }
agreements-publish-keeps = Ne change pas :
agreements-publish-keeps-text = chaque acceptation d’une version antérieure, avec son texte et son reçu.
agreements-publish-asks = Demandé :
agreements-publish-yes = Oui, publier
agreements-publish-no = Pas encore
agreements-published-title = La version du { $dated } est en vigueur
agreements-published-text = Son texte ne changera plus jamais.
agreements-discard-title = Abandonner ce brouillon ?
agreements-discard-crumb = Abandonner
agreements-discard-stops = Disparaît :
agreements-discard-stops-text = ce qui a été rédigé, définitivement.
agreements-discard-keeps-text = toutes les versions publiées.
agreements-discard-yes = Oui, abandonner le brouillon
agreements-discard-no = Le garder
