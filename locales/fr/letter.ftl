### Les e-mails qu’écrit Entente. { $partner } et { $tenant } sont des noms d’organisations ; ce qu’un
### partenaire ou une organisation a saisi ne figure dans aucun objet ni dans aucune de nos phrases.

mail-foot = Envoyé par Entente
mail-foot-hosted = Envoyé par Entente pour { $operator }
mail-open = Ouvrir Entente
mail-role-full = { $role } (contrôle total)
mail-type = Type de relation
mail-roles = Rôles d’administration
mail-roles-end = Fin des rôles
mail-roles-last = Durée des rôles

## Une invitation, adressée à l’organisation

mail-invitation-subject = { $partner } souhaite travailler avec votre organisation
mail-invitation-sender = { $person } ({ $partner }) vous propose une relation de type : { $type }.
mail-invitation-lead = { $partner } vous propose une relation de type : { $type }.
mail-invitation-writes = Message de { $partner } :
mail-invitation-can = Ce que le partenaire pourra faire
mail-invitation-last = { $long } à compter de votre acceptation
mail-invitation-review = Examiner l’invitation
mail-invitation-later = Le lien est créé avec l’invitation ; il figurera ici dans l’e-mail.
mail-invitation-opening = Ouvrir le lien n’accepte rien. Un administrateur général ou un administrateur de facturation de votre organisation se connecte, lit ce qui est demandé, puis décide.
mail-invitation-unexpected = { $partner } a saisi votre adresse. Vous n’attendez pas cette invitation ? Ignorez-la : rien n’est partagé, et le lien expire de lui-même.

## Ce qu’une invitation est devenue

mail-accepted-subject = { $tenant } a accepté l’invitation de { $partner }
mail-accepted-tenant = { $partner } peut désormais travailler avec { $tenant }. Vous voyez à tout moment ce que ce partenaire peut faire, et pouvez supprimer ses rôles.
mail-accepted-partner = Vous pouvez désormais travailler avec { $tenant }. Cette organisation voit ce que vous pouvez faire, et peut supprimer vos rôles à tout moment.
mail-accepted-full = Le personnel de { $partner } peut lire, modifier ou supprimer tout ce que contient l’organisation { $tenant }, jusqu’à la fin du rôle ou sa suppression.
mail-declined-subject = { $tenant } a refusé l’invitation de { $partner }
mail-declined-lead = { $partner } n’en obtient aucun rôle ni aucun accès. Le lien ne fonctionne plus.
mail-declined-reason = Motif indiqué par { $tenant } :
mail-declined-again = Vous pouvez envoyer une autre invitation, par exemple moins étendue.
mail-withdrawn-subject = { $partner } a retiré son invitation
mail-withdrawn-lead = { $partner } a retiré l’invitation envoyée à votre adresse. Le lien de cet e-mail ne fonctionne plus.
mail-withdrawn-nothing = Rien n’a été partagé, et vous n’avez rien à faire.

## Rôles et relations

mail-removed-subject = { $tenant } a supprimé les rôles d’administration de { $partner }
mail-removed-lead = Le personnel de { $partner } ne peut plus utiliser ces rôles dès maintenant. La relation demeure.
mail-given-back-subject = { $partner } a rendu des rôles d’administration dans { $tenant }
mail-given-back-lead = Le personnel de { $partner } ne peut plus utiliser ces rôles dès maintenant. La relation demeure.
mail-relationship-ended-subject = { $partner } a mis fin à sa relation avec { $tenant }
mail-relationship-ended-lead = { $partner } ne peut plus rien faire pour { $tenant } au titre de cette relation. Les traces en sont conservées.
mail-ending-subject = { $days ->
    [1] Les rôles d’administration de { $partner } dans { $tenant } prennent fin demain
   *[other] Les rôles d’administration de { $partner } dans { $tenant } prennent fin dans { $days } jours
}
mail-ending-tenant = Ils prennent fin d’eux-mêmes et rien n’est renouvelé. Si { $partner } vous est encore nécessaire pour ce travail, demandez dès maintenant une nouvelle invitation.
mail-ending-partner = Ils prennent fin d’eux-mêmes et rien n’est renouvelé. Si { $tenant } a encore besoin de vous pour ce travail, envoyez à temps une nouvelle invitation.
mail-ending-full = D’ici là, le personnel de { $partner } peut lire, modifier ou supprimer tout ce que contient l’organisation { $tenant }. Vous pouvez supprimer le rôle plus tôt.
mail-ended-subject = Les rôles d’administration de { $partner } dans { $tenant } sont arrivés à terme
mail-ended-lead = Ils ont pris fin comme convenu. Le personnel de { $partner } ne peut plus les utiliser. La relation demeure.
mail-ended-tenant = Si { $partner } vous est de nouveau nécessaire pour ce travail, demandez une nouvelle invitation.
mail-ended-partner = Pour reprendre ce travail, envoyez une nouvelle invitation à { $tenant }.
mail-see-partner = Voir le partenaire
mail-see-partners = Voir vos partenaires
mail-see-customers = Ouvrir votre espace

## Comptes

mail-reset-subject = Définir un nouveau mot de passe
mail-reset-lead = Un nouveau mot de passe a été demandé pour votre compte, sans doute par vous. Définissez-le avec ce lien, une seule fois et dans les 60 minutes.
mail-reset-action = Définir un nouveau mot de passe
mail-reset-ignore = Vous n’avez rien demandé ? Ignorez cet e-mail : votre mot de passe ne change pas. Ne transmettez ce lien à personne, pas même à nous.
mail-changed-subject = Votre mot de passe a été modifié
mail-changed-lead = Le mot de passe de votre compte a été modifié.
mail-changed-lead-at = Le mot de passe de votre compte a été modifié le { $at }.
mail-changed-sessions = Vos sessions ouvertes ailleurs ont été fermées.
mail-sessions-subject = Vos autres sessions ont été fermées
mail-sessions-lead = Vos sessions ouvertes ailleurs ont été fermées.
mail-sessions-lead-at = Vos sessions ouvertes ailleurs ont été fermées le { $at }.
mail-not-you = Ce n’était pas vous ? Définissez aussitôt un nouveau mot de passe et prévenez l’exploitant de ce service.
mail-not-you-operator = Ce n’était pas vous ? Définissez aussitôt un nouveau mot de passe et prévenez { $operator }.
mail-set-password = Définir un nouveau mot de passe

## Demandes de contact

mail-request-subject = Un client vous a écrit
mail-request-subject-known = { $tenant } vous a écrit
mail-request-lead = Une personne vous a trouvé dans l’annuaire et vous demande de l’aide.
mail-request-lead-known = { $tenant } vous a trouvé dans l’annuaire et vous demande de l’aide.
mail-request-writes = { $person } écrit :
mail-request-see = Lire et répondre
mail-request-reply = Une réponse à cet e-mail n’arrive à personne : l’adresse du client figure avec la demande.
mail-request-declined-subject = { $partner } ne peut pas vous aider cette fois
mail-request-declined-lead = { $partner } a refusé la demande que vous avez envoyée depuis l’annuaire.
mail-request-yours = Voir votre demande
mail-request-unexpected = Vous n’avez rien écrit à { $partner } ? Une autre personne a saisi votre adresse. Ignorez cet e-mail : rien n’a été partagé.
