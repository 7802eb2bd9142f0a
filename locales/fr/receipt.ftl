### Le justificatif d’une acceptation ou d’une autorisation. Ce qu’il dit de l’acte vient de l’enregistrement lui-même.

receipt-title = Justificatif d’acceptation
receipt-title-authorization = Justificatif d’autorisation
receipt-lead = { $tenant } a accepté le { $title }. Cette page est tirée de l’enregistrement de cet acte.
receipt-download = Télécharger le justificatif
receipt-read = Lire le texte accepté
receipt-what = Qui a accepté quoi
receipt-authorized-lead = { $tenant } a autorisé { $partner }. Cette page est tirée de l’enregistrement de cet acte.
receipt-read-then = Lire le contrat alors en vigueur
receipt-relies = Repose sur l’acceptation
receipt-then = Contrat alors en vigueur
receipt-whom = Qui a autorisé qui
receipt-partner = Partenaire
receipt-type = Type de relation
receipt-role = Rôle accordé
receipt-authorized-by = Autorisé par
receipt-document = Contrat
receipt-version = Version
receipt-version-in = Version du { $date }, lue en { $language }
receipt-for = Pour
receipt-by = Accepté par
receipt-erased = Personne effacée
receipt-right = En qualité de
receipt-when = Date
receipt-with = Rôle accordé avec
receipt-granted = { $role }, jusqu’au { $until }
receipt-how = De quelle façon
receipt-box = Case cochée
receipt-button = Bouton utilisé
receipt-page = Langue de la page
receipt-signed-in = Connexion
receipt-by-password = Par mot de passe, le { $at }
receipt-address = Depuis l’adresse
receipt-browser = Navigateur
receipt-proof = Ce qui le prouve
receipt-text = Texte du contrat (SHA-256)
receipt-place = Place dans le journal d’audit
receipt-entry = Entrée { $number }
receipt-hash = Empreinte de cette entrée (SHA-256)
receipt-id = Acceptation
receipt-authorization = Autorisation
receipt-request = Requête
receipt-application = Enregistré par
receipt-key = Clé de signature (SHA-256)
receipt-simple = Il s’agit d’une signature électronique simple : l’enregistrement dit quel compte était connecté et ce qu’il a fait, non qui se trouvait devant l’écran.
receipt-check = Le fichier contient l’enregistrement, le texte et ce qui les prouve, le tout signé. Chacun peut le vérifier, même sur une machine qui ignore tout de ce service :

## D’où l’on y arrive

receipt-see = Justificatif
receipt-see-authorization = Justificatif de l’autorisation

## Le message à la personne qui a accepté

mail-receipt-subject = Votre justificatif : { $tenant } a accepté un contrat
mail-receipt-lead = Vous avez accepté ce qui suit pour { $tenant }. Conservez ce message : le justificatif montre ce qui a été accepté, quand et en quelle qualité, sous une forme que chacun peut vérifier.
mail-receipt-title = Contrat
mail-receipt-dated = Version
mail-receipt-at = Accepté
mail-receipt-attached = Le justificatif est joint à ce message : { $file }. Il contient l’enregistrement, le texte et ce qui prouve l’un et l’autre, signés. Toute personne qui a le programme peut le vérifier, sur n’importe quelle machine : entente verify { $file }
mail-receipt-not-attached = Le justificatif n’a pas pu être joint à ce message. Vous le trouverez, à consulter ou à télécharger, sur sa page.
mail-receipt-action = Voir le justificatif
mail-receipt-not-you = Ce n’était pas vous ? Prévenez aussitôt un autre administrateur de { $tenant }.
