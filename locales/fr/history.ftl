### L’historique d’une relation, tel que les deux parties le lisent et l’impriment.

history-see = Historique complet
history-title = Historique de la relation
history-lead = Tout ce qui est consigné entre { $customer } et { $partner } au titre de cette relation, de ses débuts à ce jour.
history-customer = Client
history-partner = Partenaire
history-made = Page établie
history-by-of = par { $person }, { $organization }
history-zone = Heures : { $zone }, et en dessous en UTC
history-entry = Entrée
history-elsewhere = Dans le journal de l’installation
history-not-noted = Sans entrée : terme atteint
history-hash = Sous le numéro d’une entrée figure le début de son empreinte dans le journal d’audit du client : les deux parties y reconnaissent qu’elles parlent de la même entrée.
history-none = Rien n’est consigné
history-none-text = Aucune entrée ne concerne cette relation.

## Les rôles qu’une étape a accordés ou retirés. Les heures en UTC suivent.

history-ran-out = Un rôle est arrivé à terme
history-given = { $role } : accordé du { $from } au { $until }
history-ended = { $role }, accordé à partir du { $from } : arrivé à terme le { $at }
history-replaced = { $role }, accordé à partir du { $from } : remplacé par la nouvelle autorisation le { $at }
history-removed = { $role }, accordé à partir du { $from } : supprimé par { $person } le { $at }
history-given-back = { $role }, accordé à partir du { $from } : rendu par { $person } le { $at }
