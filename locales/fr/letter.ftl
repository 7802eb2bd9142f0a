### Les e-mails qu’écrit Entente. { $partner } et { $tenant } sont des noms d’organisations ; ce qu’un
### partenaire ou une organisation a saisi ne figure dans aucun objet ni dans aucune de nos phrases.

letter-foot = Envoyé par Entente
letter-foot-hosted = Envoyé par Entente pour { $operator }
letter-open = Ouvrir Entente
letter-role-full = { $role } (contrôle total)
letter-type = Type de relation
letter-roles = Rôles d’administration
letter-roles-end = Fin des rôles
letter-roles-last = Durée des rôles

## Une invitation, adressée à l’organisation

letter-invitation-subject = { $partner } souhaite travailler avec votre organisation
letter-invitation-sender = { $person } ({ $partner }) vous propose une relation de type : { $type }.
letter-invitation-lead = { $partner } vous propose une relation de type : { $type }.
letter-invitation-writes = Message de { $partner } :
letter-invitation-can = Ce que le partenaire pourra faire
letter-invitation-last = { $long } à compter de votre acceptation
letter-invitation-review = Examiner l’invitation
letter-invitation-later = Le lien est créé avec l’invitation ; il figurera ici dans l’e-mail.
letter-invitation-opening = Ouvrir le lien n’accepte rien. Un administrateur général ou un administrateur de facturation de votre organisation se connecte, lit ce qui est demandé, puis décide.
letter-invitation-unexpected = { $partner } a saisi votre adresse. Vous n’attendez pas cette invitation ? Ignorez-la : rien n’est partagé, et le lien expire de lui-même.

## Ce qu’une invitation est devenue

letter-accepted-subject = { $tenant } a accepté l’invitation de { $partner }
letter-accepted-tenant = { $partner } peut désormais travailler avec { $tenant }. Vous voyez à tout moment ce que ce partenaire peut faire, et pouvez supprimer ses rôles.
letter-accepted-partner = Vous pouvez désormais travailler avec { $tenant }. Cette organisation voit ce que vous pouvez faire, et peut supprimer vos rôles à tout moment.
letter-accepted-full = Le personnel de { $partner } peut lire, modifier ou supprimer tout ce que contient l’organisation { $tenant }, jusqu’à la fin du rôle ou sa suppression.
letter-declined-subject = { $tenant } a refusé l’invitation de { $partner }
letter-declined-lead = { $partner } n’en obtient aucun rôle ni aucun accès. Le lien ne fonctionne plus.
letter-declined-reason = Motif indiqué par { $tenant } :
letter-declined-again = Vous pouvez envoyer une autre invitation, par exemple moins étendue.
letter-withdrawn-subject = { $partner } a retiré son invitation
letter-withdrawn-lead = { $partner } a retiré l’invitation envoyée à votre adresse. Le lien de cet e-mail ne fonctionne plus.
letter-withdrawn-nothing = Rien n’a été partagé, et vous n’avez rien à faire.

## Rôles et relations

letter-removed-subject = { $tenant } a supprimé les rôles d’administration de { $partner }
letter-removed-lead = Le personnel de { $partner } ne peut plus utiliser ces rôles dès maintenant. La relation demeure.
letter-given-back-subject = { $partner } a rendu des rôles d’administration dans { $tenant }
letter-given-back-lead = Le personnel de { $partner } ne peut plus utiliser ces rôles dès maintenant. La relation demeure.
letter-relationship-ended-subject = { $partner } a mis fin à sa relation avec { $tenant }
letter-relationship-ended-lead = { $partner } ne peut plus rien faire pour { $tenant } au titre de cette relation. Les traces en sont conservées.
letter-ending-subject = { $days ->
    [1] Les rôles d’administration de { $partner } dans { $tenant } prennent fin demain
   *[other] Les rôles d’administration de { $partner } dans { $tenant } prennent fin dans { $days } jours
}
letter-ending-tenant = Ils prennent fin d’eux-mêmes et rien n’est renouvelé. Si { $partner } vous est encore nécessaire pour ce travail, demandez dès maintenant une nouvelle invitation.
letter-ending-partner = Ils prennent fin d’eux-mêmes et rien n’est renouvelé. Si { $tenant } a encore besoin de vous pour ce travail, envoyez à temps une nouvelle invitation.
letter-ending-full = D’ici là, le personnel de { $partner } peut lire, modifier ou supprimer tout ce que contient l’organisation { $tenant }. Vous pouvez supprimer le rôle plus tôt.
letter-ended-subject = Les rôles d’administration de { $partner } dans { $tenant } sont arrivés à terme
letter-ended-lead = Ils ont pris fin comme convenu. Le personnel de { $partner } ne peut plus les utiliser. La relation demeure.
letter-ended-tenant = Si { $partner } vous est de nouveau nécessaire pour ce travail, demandez une nouvelle invitation.
letter-ended-partner = Pour reprendre ce travail, envoyez une nouvelle invitation à { $tenant }.
letter-see-partner = Voir le partenaire
letter-see-partners = Voir vos partenaires
letter-see-customers = Ouvrir votre espace

## Rejoindre le personnel d’un partenaire

letter-staff-subject = { $partner } vous invite à rejoindre son personnel
letter-staff-lead = { $partner } vous invite à travailler pour lui sur ce portail, comme membre de son personnel.
letter-staff-sender = { $person } vous invite à travailler pour { $partner } sur ce portail, comme membre de son personnel.
letter-staff-roles = Vos rôles
letter-staff-until = Répondre avant le
letter-staff-action = Voir l’invitation
letter-staff-opening = Ouvrir le lien ne change rien : vous lisez ce qui est proposé, puis vous acceptez ou non. Il faut un compte à cette adresse ; si vous n’en avez pas, vous le créez sur place.
letter-staff-unexpected = { $partner } a saisi votre adresse. Vous n’attendiez rien ? Ignorez cet e-mail : le lien prend fin de lui-même. Ne le transmettez à personne.

## Comptes

letter-reset-subject = Définir un nouveau mot de passe
letter-reset-lead = Un nouveau mot de passe a été demandé pour votre compte, sans doute par vous. Définissez-le avec ce lien, une seule fois et dans les 60 minutes.
letter-reset-action = Définir un nouveau mot de passe
letter-reset-ignore = Vous n’avez rien demandé ? Ignorez cet e-mail : votre mot de passe ne change pas. Ne transmettez ce lien à personne, pas même à nous.
letter-changed-subject = Votre mot de passe a été modifié
letter-changed-lead = Le mot de passe de votre compte a été modifié.
letter-changed-lead-at = Le mot de passe de votre compte a été modifié le { $at }.
letter-changed-sessions = Vos sessions ouvertes ailleurs ont été fermées.
letter-sessions-subject = Vos autres sessions ont été fermées
letter-sessions-lead = Vos sessions ouvertes ailleurs ont été fermées.
letter-sessions-lead-at = Vos sessions ouvertes ailleurs ont été fermées le { $at }.
letter-not-you = Ce n’était pas vous ? Définissez aussitôt un nouveau mot de passe et prévenez l’exploitant de ce service.
letter-not-you-operator = Ce n’était pas vous ? Définissez aussitôt un nouveau mot de passe et prévenez { $operator }.
letter-set-password = Définir un nouveau mot de passe

## Demandes de contact

letter-request-subject = Un client vous a écrit
letter-request-subject-known = { $tenant } vous a écrit
letter-request-lead = Une personne vous a trouvé dans l’annuaire et vous demande de l’aide.
letter-request-lead-known = { $tenant } vous a trouvé dans l’annuaire et vous demande de l’aide.
letter-request-writes = { $person } écrit :
letter-request-see = Lire et répondre
letter-request-reply = Une réponse à cet e-mail n’arrive à personne : l’adresse du client figure avec la demande.
letter-request-declined-subject = { $partner } ne peut pas vous aider cette fois
letter-request-declined-lead = { $partner } a refusé la demande que vous avez envoyée depuis l’annuaire.
letter-request-yours = Voir votre demande
letter-request-unexpected = Vous n’avez rien écrit à { $partner } ? Une autre personne a saisi votre adresse. Ignorez cet e-mail : rien n’a été partagé.

## Une nouvelle version du contrat

letter-renewal-subject = { $title } : une nouvelle version à accepter pour { $tenant }
letter-renewal-subject-week = { $days ->
    [1] { $title } : un jour pour accepter la nouvelle version pour { $tenant }
   *[other] { $title } : { $days } jours pour accepter la nouvelle version pour { $tenant }
}
letter-renewal-lead = { $tenant } a accepté une version antérieure du contrat. Une nouvelle version est parue et doit être acceptée à son tour.
letter-renewal-changes = Ce qui a changé, selon l’éditeur du contrat :
letter-renewal-until = La version acceptée par { $tenant } suffit jusqu’au { $date }. Ensuite, tant que la nouvelle version n’est pas acceptée, les partenaires ne pourront plus commander pour l’organisation et personne ne pourra autoriser de partenaire.
letter-renewal-due = Tant que cette version n’est pas acceptée, les partenaires ne peuvent pas commander pour { $tenant } et personne ne peut autoriser de partenaire.
letter-renewal-stays = Les rôles des partenaires restent inchangés. Vous pouvez tout consulter et retirer des rôles à tout moment, que le contrat soit accepté ou non.
letter-renewal-action = Lire ce qui a changé et décider
letter-renewal-why = Vous recevez ce message parce que vous pouvez accepter pour { $tenant }. Dès que quelqu’un a accepté, plus rien n’est envoyé.
