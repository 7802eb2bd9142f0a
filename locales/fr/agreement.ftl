agreement-title = Contrat client
agreement-accept-title = Accepter le { $title }
agreement-lead = { $count ->
    [0] Acceptez-le une fois pour votre organisation. Les partenaires pourront alors commander pour vous.
    [one] Un partenaire vend déjà à votre organisation, mais personne n’a encore accepté le contrat.
   *[other] { $count } partenaires vendent déjà à votre organisation, mais personne n’a encore accepté le contrat.
 }
agreement-newer-lead = Une nouvelle version remplace celle du { $date }, acceptée pour votre organisation.
agreement-on-hold-title = Les achats sont suspendus
agreement-on-hold-text = Tant que le contrat n’est pas accepté, vos partenaires ne peuvent ni commander ni gérer d’abonnements pour vous.
agreement-changed-title = Le contrat a changé
agreement-changed-text = Le texte affiché n’est plus en vigueur. Rien n’a été accepté. Lisez la version ci-dessous, puis décidez.
agreement-length = Version du { $date }, { $words ->
    [one] { $number } mot
   *[other] { $number } mots
 }, environ { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }
agreement-read = Lire le contrat
agreement-statement = J’ai lu le { $title } et je l’accepte pour { $tenant }.
agreement-recorded = Nous enregistrons votre nom, l’heure et cette version. Vous pourrez imprimer votre exemplaire.
agreement-consent-missing = Cochez la case pour confirmer que vous avez lu le contrat
agreement-accept = Accepter
agreement-not-now = Pas maintenant
agreement-waiting = En attente du contrat
agreement-accepted-lead = Accepté pour { $tenant }. Les partenaires qui vous vendent des produits peuvent passer commande.
agreement-what-was-accepted = Ce qui a été accepté
agreement-version = Version
agreement-version-of = Version du { $date }
agreement-accepted-by = Accepté par
agreement-when = Date
agreement-view-copy = Voir l’exemplaire accepté
agreement-erased-person = Personne effacée
agreement-newer-not-material = Une version du { $date } est parue depuis. Celle que vous avez acceptée suffit toujours.
agreement-none-title = Aucun contrat n’est publié
agreement-none-text = L’exploitant de ce service publie le contrat. D’ici là, aucune invitation ne peut être acceptée.
agreement-fingerprint = Empreinte (SHA-256)
agreement-exact-text = Les octets exacts dont l’empreinte est tirée
agreement-until-title = La version que vous avez acceptée suffit jusqu’au { $date }
agreement-until-text = Ensuite, tant que cette version n’est pas acceptée, vos partenaires ne pourront plus commander pour vous et personne ne pourra autoriser de partenaire. Les rôles en cours restent en place, et vous pouvez les retirer à tout moment.
agreement-news-title = Ce qui a changé depuis la version que vous avez acceptée
agreement-news-see = Voir les changements passage par passage
agreement-changes-since = Ce qui a changé depuis la version du { $date }
agreement-changes-title = Ce qui a changé
agreement-changes-between = La version du { $to }, comparée à celle du { $from }
agreement-changes-binding = Cette comparaison facilite la lecture. Ce qui est accepté, c’est le texte de la version elle-même.
agreement-changes-first = C’est la première version : il n’y en a aucune avant elle à comparer.
agreement-changes-no-language = Ces deux versions n’ont aucune langue en commun et ne peuvent donc pas être comparées.
agreement-changes-read-earlier = Lire la version précédente

## Ce qu’un partenaire déclare d’une acceptation faite ailleurs

claim-told = { $partner } déclare que { $person } a accepté le contrat ailleurs
claim-somebody = une personne dont le nom a été effacé
claim-told-when = Le { $date }, version du { $dated }.
claim-told-nothing = Cela reste sans effet tant qu’un administrateur ne l’a pas confirmé en acceptant.
claim-dismiss = Écarter
claim-dismissed-title = Déclaration écartée
claim-dismissed-text = { $partner } voit qu’un administrateur l’a écartée. Rien n’a été accepté.
claim-title = Accepté ailleurs
claim-crumb = Accepté ailleurs
claim-lead = Déclarez que { $customer } a accepté le contrat sur papier ou auprès d’un tiers. Cela n’engage que vous : commandes et autorisations attendent qu’un administrateur de { $customer } accepte ici.
claim-day = Date d’acceptation
claim-day-missing = Saisissez la date d’acceptation
claim-day-wrong = Saisissez une date, par exemple 2026-11-22
claim-day-future = La date d’acceptation ne peut pas être dans le futur
claim-name = Personne qui a accepté
claim-name-hint = La personne de { $customer } qui a accepté.
claim-note = Note (facultatif)
claim-note-hint = Comment le contrat a été accepté, ou où le vérifier. Le client lit cette note.
claim-record = Enregistrer
claim-cancel = Annuler
claim-then = Ensuite
claim-then-shown = Les administrateurs de { $customer } la lisent comme votre déclaration, sous le nom de votre société.
claim-then-nothing = Elle n’ouvre aucun droit. Ils la confirment en acceptant, ou l’écartent.
claim-then-log = Elle figure dans les deux journaux d’audit. Elle se fait une seule fois par version.
