## Le lien

link-title = { $partner } vous invite
link-sent = Envoyée le { $date }
link-lead = Connectez-vous avec votre compte professionnel pour voir ce qui est demandé. Un administrateur général ou un administrateur de facturation de votre organisation peut accepter ou refuser.
link-sign-in = Se connecter pour examiner
link-nothing-shared = Ouvrir ce lien ne partage rien.
dead-link-title = Ce lien ne mène nulle part
dead-link-lead = L’invitation a peut-être reçu une réponse, été retirée ou remplacée, ou le lien a été coupé en route. Connectez-vous pour voir les invitations de votre organisation et ce qu’elles sont devenues.
dead-link-sign-in = Se connecter pour voir les invitations
replaced-link-title = Un lien plus récent a été envoyé
replaced-link-lead = { $partner } a renvoyé cette invitation. Ce lien ne fonctionne plus ; celui du message plus récent fonctionne jusqu’au { $date }. Vous pouvez aussi ouvrir l’invitation ici.
replaced-link-open = Ouvrir l’invitation
elsewhere-title = Aucune invitation ici
elsewhere-heading = Cette invitation n’existe pas pour { $organization }
elsewhere-lead = Si vous avez suivi un lien, il est peut-être destiné à une autre organisation ou à un autre de vos comptes. Rien n’a été modifié.
elsewhere-other-account = Utiliser un autre compte
elsewhere-home = Aller à l’accueil

## La liste

invitations-lead = Ce que demandent les partenaires, et la réponse donnée.
invitations-waiting = En attente d’une réponse
invitations-past = Traitées ou terminées
invitations-none-title = Aucune invitation n’est en attente
invitations-none-text = Quand un partenaire invite votre organisation, vous décidez ici.
invitations-partner = Partenaire et type
invitations-asks = Ce qui est demandé
invitations-sent = Envoyée
invitations-until = Répondre avant le
invitations-outcome = Issue
invitations-when = Date
invitations-by = Par
invitations-nobody = Personne
invitations-suspended = Partenaire suspendu
invitations-declined-title = Invitation refusée
invitations-declined-text = { $partner } n’obtient aucun rôle ni aucun accès.

## L’examen

review-title = Autoriser le partenaire
review-title-agreement = Accepter l’accord et autoriser le partenaire
review-heading = { $partner } souhaite travailler avec { $tenant }
review-lead = Lisez ce qui vous est demandé. Rien ne change tant que vous n’avez pas accepté.
review-changed-title = L’invitation a changé depuis son ouverture
review-changed-type = Le type de relation est différent. Relisez-le ci-dessous.
review-changed-roles = Les rôles sont différents. Relisez-les ci-dessous.
review-changed-duration = La durée des rôles est différente. Relisez-la ci-dessous.
review-changed-people = D’autres personnes reçoivent un compte d’utilisateur. Voyez lesquelles ci-dessous.
review-changed-agreement = Un autre texte ou une autre version du contrat est en vigueur. Lisez-le, puis décidez.
review-who = Qui vous invite
review-sent-by = Invitation envoyée par { $person } le { $date }
review-contact = Contact
review-email = E-mail
review-phone = Téléphone
review-partner-id = Identifiant de partenaire
review-location = Lieu
review-website = Site web
review-can = Ce que le partenaire pourra faire
review-roles-intro = Vous donnez ces rôles au personnel du partenaire. Ils valent pour toute l’organisation.
review-no-roles = Cela ne donne aucun rôle ni aucun accès. Il figure dans la liste de vos partenaires.
review-accounts = Un compte d’utilisateur dans votre organisation
review-accounts-text = Pour les personnes nommées ici. Elles n’ont aucun rôle tant que vous ne leur en donnez pas.
review-full-control-title = Le contrôle total est inclus
review-full-control-text = Le personnel de { $partner } pourra lire, modifier ou supprimer tout ce que contient votre organisation. Si vous n’avez besoin d’aide que pour les mots de passe, refusez et demandez une invitation de type Conseiller.
review-type-and-duration = Type et durée
review-type = Type de relation
review-how-long = Pour combien de temps
review-days-until = { $days ->
    [365] 12 mois
    [730] 24 mois
   *[other] { $days } jours
 }, jusqu’au { $date }
review-ends-itself = Les rôles prennent fin ce jour-là. Vous pouvez les supprimer plus tôt, à tout moment.
review-no-end = Sans date de fin
review-no-end-text = Aucun rôle d’administration ne peut prendre fin. Le partenaire peut mettre fin à la relation à tout moment, et vous le pouvez en le lui demandant.
review-decide = Décidez
review-decide-agreement = Lisez le contrat, puis décidez
review-newer-title = Une nouvelle version du contrat
review-agreement-holds = Accepté pour { $tenant } le { $date }. Inutile de l’accepter de nouveau.
review-accept = Accepter et autoriser
review-authorize = Autoriser le partenaire
review-decline = Refuser l’invitation
review-declining = Refuser ne donne aucun accès, et le partenaire voit votre refus. Vous pouvez indiquer un motif.
review-glance = En bref
review-relationship = Relation
review-access = Accès
review-roles-end = Fin des rôles
review-answer-before = Répondre avant le
review-go-to-decision = Aller à la décision
review-when-you-accept = Si vous acceptez
review-then-roles = Les rôles prennent effet aussitôt.
review-then-list = { $partner } apparaît dans votre liste de partenaires.
review-then-remove = Vous pouvez supprimer les rôles à tout moment. La relation demeure jusqu’à ce que le partenaire y mette fin.
review-only-global = Seul un administrateur général peut accepter des rôles d’administration ici
review-own-employer-title = L’acceptation revient à une autre personne
review-own-employer-text = Vous travaillez pour le partenaire { $partner }. Qui travaille pour un partenaire n’accepte pas ce que celui-ci demande. Vous pouvez toujours refuser.
review-nobody-else = Personne d’autre ne peut l’accepter en ce moment. Adressez-vous au service qui gère cette installation.
review-suspended-title = Ce partenaire est suspendu
review-suspended-text = L’exploitant de ce service a suspendu le partenaire. Ses invitations ne peuvent pas être acceptées.

## Ce qu’elle est devenue

closed-title-accepted = Cette invitation a été acceptée
closed-title-declined = Cette invitation a été refusée
closed-title-withdrawn = Cette invitation a été retirée
closed-title-expired = Cette invitation n’est plus valable
closed-on-accepted = Acceptée le { $date }
closed-on-declined = Refusée le { $date }
closed-on-withdrawn = Retirée le { $date }
closed-on-expired = Expirée le { $date }
closed-lead-accepted = { $person } l’a acceptée pour { $tenant }. { $partner } figure dans votre liste de partenaires.
closed-lead-declined = { $person } l’a refusée pour { $tenant }. { $partner } n’a obtenu aucun rôle ni aucun accès, et peut vous inviter de nouveau.
closed-lead-withdrawn = { $partner } l’a retirée avant toute réponse. Rien n’a été partagé.
closed-lead-expired = Personne n’a répondu à temps. Rien n’a été partagé. Si vous souhaitez toujours travailler avec { $partner }, demandez un nouveau lien.
closed-conflict = Elle a reçu une réponse ou a été retirée pendant que vous la consultiez. Votre envoi n’a rien modifié.
closed-partner = Partenaire
closed-sent = Envoyée le
closed-reason = Motif
closed-renewal = Nouveau lien
closed-renewal-asked = Demandé le { $date }. Le partenaire le voit.
closed-ask = Demander un nouveau lien
closed-open-partner = Ouvrir le partenaire
closed-to-list = Aller aux relations avec les partenaires

## Le refus

refusal-back = Retour à l’invitation
refusal-title = Refuser l’invitation de { $partner } ?
refusal-nothing = Le partenaire n’obtient aucun rôle ni aucun accès.
refusal-link = Le lien de l’e-mail cesse de fonctionner.
refusal-again = Le partenaire voit votre refus et son motif. Il peut vous inviter de nouveau plus tard.
refusal-reason = Motif à communiquer à { $partner } (facultatif)
refusal-reason-hint = Par exemple : demander seulement la réinitialisation des mots de passe.
refusal-keep = La garder pour l’instant
