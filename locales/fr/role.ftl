role-named = Rôle : { $role }
role-they-can = Il peut
role-they-cannot = Il ne peut pas
role-limits = Limites
role-no-limits = Rien n’est exclu. C’est le niveau d’accès le plus élevé.
role-by-type = Inclus dans ce type de relation, sans rôle d’administration
