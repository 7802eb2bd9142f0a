role-named = Role: { $role }
role-they-can = They can
role-they-cannot = They can’t
role-limits = Limits
role-no-limits = Nothing is off limits. This is the highest level of access there is.
role-by-type = Comes with this type of relationship, without an admin role
