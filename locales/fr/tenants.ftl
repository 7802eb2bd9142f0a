### Les pages de l’opérateur sur les organisations : la liste, une organisation, ses domaines.

tenants-lead = Les organisations que ce service héberge. Ce qu’elles décident au sujet de leurs partenaires leur appartient et n’apparaît pas ici.
tenants-name = Nom et nature
tenants-kind = Nature
tenants-country = Pays
tenants-public-id = Identifiant public
tenants-domain = Domaine
tenants-domains = Domaines
tenants-since = Depuis
tenants-until = Jusqu’au
tenants-zone = Fuseau horaire
tenants-facts = Fiche
tenants-theirs = Partenaires, invitations, rôles et journal d’audit ne sont visibles que des administrateurs de l’organisation.

## La liste

tenants-search-hint = Nom, domaine ou identifiant public
tenants-count = { $count ->
    [one] { $number } organisation
   *[other] { $number } organisations
}
tenants-domains-further = { $count ->
    [one] et { $count } autre
   *[other] et { $count } autres
}
tenants-no-more = Aucune autre organisation
tenants-none-title = Aucune organisation ne correspond à « { $text } »
tenants-none-text = La recherche porte sur le nom, l’identifiant public et les domaines.
tenants-clear = Effacer la recherche
tenants-empty-title = Aucune organisation enregistrée
tenants-empty-text = Les organisations s’enregistrent depuis la ligne de commande de la machine :

## Domaines

tenants-domains-text = Une invitation envoyée à une adresse e-mail revient à l’organisation à qui appartient le domaine de l’adresse.
tenants-domains-none = Aucun domaine
tenants-domains-none-text = Les invitations parviennent à cette organisation par son identifiant public et par les adresses e-mail vérifiées de ses administrateurs.
tenants-domains-past = Anciens domaines
tenants-domain-add-title = Enregistrer un domaine
tenants-domain-add = Ajouter le domaine
tenants-domain-hint = Par exemple organisation.example. Assurez-vous qu’il appartient bien à l’organisation : ses administrateurs répondront aux invitations envoyées à toutes les adresses de ce domaine.
tenants-domain-none = Saisissez un domaine, par exemple organisation.example
tenants-domain-public = C’est un service de messagerie grand public, où chacun peut avoir une adresse. Aucune organisation ne peut en être propriétaire
tenants-domain-taken = Ce domaine appartient à une autre organisation. Cherchez-le dans la liste et retirez-le d’abord de celle-ci
tenants-domain-known = Ce domaine appartient déjà à cette organisation
tenants-domain-added-title = { $domain } est enregistré pour { $tenant }
tenants-domain-added-text = Ses administrateurs voient les invitations en attente envoyées aux adresses de ce domaine, et y répondent.
tenants-domain-removed-title = { $domain } n’appartient plus à { $tenant }
tenants-domain-removed-text = Les invitations en attente envoyées aux adresses de ce domaine ne lui reviennent plus.
tenants-domain-remove = Retirer
tenants-remove-title = Retirer { $domain } ?
tenants-remove-stops = S’arrête aussitôt :
tenants-remove-stops-text = les administrateurs de { $tenant } ne voient plus les invitations en attente envoyées aux adresses de { $domain } et n’y répondent plus, sauf si l’adresse est celle, vérifiée, d’un administrateur.
tenants-remove-keeps = Reste en place :
tenants-remove-keeps-text = les comptes, les relations, les rôles et tout ce qui a été accepté ou refusé.
tenants-remove-told = Dans le journal :
tenants-remove-told-text = l’organisation le retrouve dans son journal d’audit. Le domaine pourra être enregistré de nouveau, pour elle ou pour une autre.
tenants-remove-yes = Oui, retirer le domaine
tenants-remove-no = Le garder
