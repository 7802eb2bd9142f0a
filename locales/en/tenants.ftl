### The operator's pages about tenants: the list, one tenant, its domains.

tenants-lead = Who this installation serves. What they decide about partners is theirs, and stands nowhere here.
tenants-name = Name and kind
tenants-kind = Kind
tenants-country = Country
tenants-public-id = Public id
tenants-domain = Domain
tenants-domains = Domains
tenants-since = Since
tenants-until = Until
tenants-zone = Time zone
tenants-facts = What is registered
tenants-theirs = Partners, invitations, roles and the audit log are seen by the tenant’s own administrators alone.

## The list

tenants-search-hint = Name, domain or public id
tenants-count = { $count ->
    [one] { $number } tenant
   *[other] { $number } tenants
}
tenants-domains-further = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
tenants-no-more = No more tenants
tenants-none-title = No tenant matches “{ $text }”
tenants-none-text = The name, the public id and the domains were looked at.
tenants-clear = Clear the search
tenants-empty-title = No tenant is registered yet
tenants-empty-text = Tenants are registered at the command line of the machine:

## Domains

tenants-domains-text = An invitation to an e-mail address is for the tenant that owns the address’s domain.
tenants-domains-none = No domain
tenants-domains-none-text = Invitations reach this tenant by its public id, and by the verified e-mail addresses of its administrators.
tenants-domains-past = Earlier domains
tenants-domain-add-title = Register a domain
tenants-domain-add = Add domain
tenants-domain-hint = Like organization.example. Be sure that the tenant owns it: its administrators will answer invitations to every address there.
tenants-domain-none = Enter a domain, like organization.example
tenants-domain-public = This is a public mail service, where anybody can have an address. No tenant can own it
tenants-domain-taken = Another tenant owns this domain. Search the list for it, and remove it there first
tenants-domain-known = This tenant owns this domain already
tenants-domain-added-title = { $domain } is registered for { $tenant }
tenants-domain-added-text = Its administrators see and answer the open invitations to addresses there.
tenants-domain-removed-title = { $domain } no longer belongs to { $tenant }
tenants-domain-removed-text = Open invitations to addresses there are no longer its to answer.
tenants-domain-remove = Remove
tenants-remove-title = Remove { $domain }?
tenants-remove-stops = Stops at once:
tenants-remove-stops-text = Administrators of { $tenant } no longer see or answer open invitations to addresses of { $domain }, unless such an address is an administrator’s own and verified.
tenants-remove-keeps = Stays:
tenants-remove-keeps-text = accounts, relationships, roles, and all that was accepted or declined.
tenants-remove-told = On record:
tenants-remove-told-text = the tenant finds it in its audit log. The domain can be registered again, for this tenant or another.
tenants-remove-yes = Yes, remove the domain
tenants-remove-no = Keep it
