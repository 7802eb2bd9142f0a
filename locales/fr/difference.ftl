difference-added = { $count ->
    [0] aucun ajout
    [one] un passage ajouté
   *[other] { $count } passages ajoutés
 }
difference-removed = { $count ->
    [0] aucune suppression
    [one] un passage supprimé
   *[other] { $count } passages supprimés
 }
difference-changed = { $count ->
    [0] aucune reformulation
    [one] un passage reformulé
   *[other] { $count } passages reformulés
 }
difference-same = { $count ->
    [one] Un passage inchangé
   *[other] { $count } passages inchangés
 }
difference-part-added = Ajouté
difference-part-removed = Supprimé
difference-part-changed = Reformulé
difference-none = Les deux versions disent la même chose, mot pour mot.
