### Écrire aux partenaires : le formulaire et les demandes du client, et ce qu’en fait le partenaire.

## Le formulaire

contact-crumb = Contacter des partenaires
contact-title = Dites-leur ce qu’il vous faut
contact-lead = { $count ->
    [1] Nous envoyons votre message à { $partner }, qui répond par e-mail ; une invitation peut suivre.
    [2] Nous envoyons le même message aux deux partenaires. Ils répondent par e-mail ; une invitation peut suivre.
   *[other] Nous envoyons le même message aux { $count } partenaires. Ils répondent par e-mail ; une invitation peut suivre.
}
contact-need = De quoi avez-vous besoin ?
contact-need-hint = Objectifs, nombre de personnes, dates. Ni mots de passe ni données personnelles.
contact-need-missing = Décrivez votre besoin, en une phrase au moins
contact-name = Votre nom
contact-name-missing = Saisissez votre nom
contact-email = E-mail pour les réponses
contact-phone = Téléphone (facultatif)
contact-phone-refused = Saisissez un numéro avec son indicatif de pays, comme +33 3 20 01 02 03
contact-organization = Organisation
contact-organization-missing = Saisissez le nom de votre organisation
contact-size = Personnes dans votre organisation
contact-size-choose = Choisissez un nombre
contact-size-missing = Choisissez le nombre de personnes de votre organisation
contact-start = Quand souhaitez-vous commencer ?
contact-start-soon = Dès que possible
contact-start-within-3-months = Dans les 3 mois
contact-start-later = Plus tard
contact-website = Laissez ce champ vide
contact-send = Envoyer
contact-to = À
contact-to-missing = Choisissez au moins un partenaire de l’annuaire
contact-to-many = Choisissez 10 partenaires au plus
contact-change = Modifier
contact-no-access = Cet envoi ne leur donne aucun accès. Ils ne peuvent travailler avec vous qu’une fois leur invitation acceptée.
contact-nobody = Aucun partenaire n’est choisi
contact-nobody-text = Choisissez dans l’annuaire les partenaires auxquels écrire.
contact-first = Vous pouvez écrire à 10 partenaires à la fois
contact-first-text = Les 10 premiers de votre choix figurent ici. Écrivez ensuite aux autres.
contact-soon = Appuyez encore une fois sur Envoyer
contact-soon-text = Cet envoi a été plus rapide qu’une saisie ordinaire, nous vérifions donc. Rien n’est encore parti, et votre saisie est conservée ici.
contact-stale = Ce formulaire est resté ouvert plus d’un jour
contact-stale-text = Rien n’est encore parti. Relisez votre saisie, puis appuyez encore une fois sur Envoyer.
contact-used = Un autre message est déjà parti de ce formulaire
contact-used-text = Il est en route. Pour envoyer aussi celui-ci, appuyez encore une fois sur Envoyer.
contact-spent = Trop de messages pour le moment
contact-spent-text = Rien n’est parti. Votre saisie est conservée ici : gardez cette page ouverte et appuyez de nouveau sur Envoyer d’ici une heure.
contact-sent-title = Votre message est en route
contact-sent-lead = Chaque partenaire choisi a reçu le sien.
contact-sent-reply = Ils répondent à l’adresse e-mail que vous avez donnée.
contact-sent-days = Un partenaire qui peut vous aider envoie une invitation. Après { $days } jours sans réponse, la demande se ferme d’elle-même.

## Les demandes du client

asked-lead = Ce que votre organisation a écrit à des partenaires, et leurs réponses.
asked-said-text = Envoyé à { $partners }. Les réponses s’affichent ici.
asked-none = Aucune demande pour l’instant
asked-none-text = Trouvez des partenaires dans l’annuaire et dites-leur ce qu’il vous faut. Leurs réponses s’affichent ici.
asked-partner = Partenaire
asked-answer = Réponse
asked-closes = Se ferme { $when }
asked-expired = Sans réponse au bout de 14 jours
asked-invitation-open = Son invitation vous attend
asked-invitation-accepted = Vous avez accepté son invitation
asked-invitation-declined = Vous avez refusé son invitation
asked-invitation-withdrawn = Il a retiré son invitation
asked-invitation-expired = Son invitation a expiré
asked-review = Invitation du partenaire { $partner }
asked-title = Votre demande au partenaire { $partner }
asked-invited = Une invitation a suivi
asked-review-open = Examiner l’invitation
asked-review-closed = Voir l’invitation
asked-declined = { $partner } ne peut pas vous aider cette fois
asked-wrote = Votre message
asked-facts = Ce que vous avez indiqué

## Les demandes reçues par le partenaire

request-state-new = En attente
request-state-answered = Répondue
request-state-declined = Refusée
request-state-expired = Expirée
requests-lead = Ce que vous écrivent les clients qui vous ont trouvé dans l’annuaire. Répondez dans les 14 jours.
requests-count = { $count ->
    [0] { $number } demande
    [1] { $number } demande
   *[other] { $number } demandes
}
requests-none-yet = Aucune demande pour l’instant
requests-none-yet-text = Dès qu’un client vous écrit depuis l’annuaire, sa demande s’affiche ici. Vous recevez aussi un e-mail.
requests-none-match = Aucune demande ne correspond
requests-no-more = Plus aucune demande
requests-from = De
requests-need = Besoin
requests-sent = Envoyée le
request-title = Demande de { $customer }
request-need = Besoin
request-facts = Qui demande
request-known = Connue ici : un administrateur a écrit, connecté à son compte.
request-unknown = Saisi par une personne non connectée. Personne ne l’a vérifié.
request-name = Nom
request-phone = Téléphone
request-size = Personnes
request-start = Début souhaité
request-invitation = Invitation
request-relationship = Relation
request-thread = Déroulement
request-answer = Répondre par une invitation
request-answer-text = Vous pouvez aussi répondre d’abord par e-mail. L’invitation part à la même adresse.
request-see = Voir la demande
request-decline = Refuser
request-declined-title = Demande refusée
request-declined-text = Votre motif est envoyé par e-mail à { $customer }.
request-over-title = Cette demande est close
request-over-text = Une autre personne de votre société a été plus rapide, ou les 14 jours sont écoulés. Rien n’a été modifié.
request-refusal-title = Refuser la demande de { $customer } ?
request-refusal-lead = Votre motif est envoyé par e-mail à { $person }, comme vos propres mots. Un refus est définitif.
request-reason = Pourquoi ne pouvez-vous pas aider ?
request-reason-hint = Une phrase suffit : plus de capacité, autre région, autre domaine.
request-reason-missing = Indiquez en une phrase pourquoi
request-keep = Conserver la demande
compose-thanks = Merci de votre message du { $date }.

## Le déroulement, tel que les deux côtés le voient. Une phrase suit un nom.

thread-wrote = a écrit au partenaire { $partner } pour { $customer }
thread-answered = a répondu par une invitation
thread-declined = a refusé pour { $partner }
thread-silent = n’a pas répondu à temps
thread-accepted = a accepté l’invitation : la relation avec { $partner } a commencé
thread-refused = a refusé l’invitation
thread-withdrew = a retiré l’invitation
thread-lapsed = a clos l’invitation, qui avait expiré
thread-ended = a mis fin à la relation avec { $customer }
