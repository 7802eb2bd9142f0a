### Home: what needs an answer, how things stand, what happened lately.

home-title = Home
home-needs = Needs an answer
home-items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
home-nothing = Nothing needs an answer
home-nothing-text = No invitation waits, no role ends within 30 days, and no partner has full control.
home-invited = { $partner } invited you
home-asks-nothing = As { $type }, without admin roles. Answer before { $date }.
home-asks-support = Asks to reset passwords and handle support requests, for { $long }. Answer before { $date }.
home-asks-full = Asks for full control, for { $long }. Answer before { $date }.
home-invited-more = { $count ->
    [one] { $count } more invitation waits
   *[other] { $count } more invitations wait
}
home-review-invitation = Review invitation
home-ends-all = { $days ->
    [0] { $partner } loses its roles today
    [1] { $partner } loses its roles tomorrow
   *[other] { $partner } loses its roles in { $days } days
}
home-ends-one = { $days ->
    [0] { $partner } loses a role today
    [1] { $partner } loses a role tomorrow
   *[other] { $partner } loses a role in { $days } days
}
home-ends-text = On { $date }. Nothing is renewed by itself.
home-ends-more = { $count ->
    [one] { $count } more relationship has roles that end within 30 days
   *[other] { $count } more relationships have roles that end within 30 days
}
home-review-partner = Review partner
home-see-all = See all
home-agreement-open = The Customer Agreement isn’t accepted yet
home-agreement-open-text = Version of { $dated }. Nobody can authorize a partner without accepting it.
home-agreement-newer = A newer Customer Agreement is there
home-agreement-until = Version of { $dated }. The version you accepted suffices until { $until }.
home-agreement-newer-text = Version of { $dated }. Nobody can authorize a partner without accepting it.
home-review-agreement = Review agreement
home-full = { $count ->
    [one] 1 partner has full control
   *[other] { $words } partners have full control
}
home-full-text = { $count ->
    [one] Check that it still needs it.
   *[other] Check that each of them still needs it.
}
home-check-access = Check access

home-numbers = Partners in numbers
home-stat-active = Active partners
home-stat-active-more = with a relationship
home-stat-roles = With admin roles
home-stat-full = { $words } with full control
home-stat-invitations = Invitations
home-stat-waiting = waiting for an answer
home-stat-ending = Ending within 30 days
home-stat-first = first on { $date }
home-stat-none = no role ends soon

home-recent = Recent activity
home-recent-none = Nothing has happened yet.
home-open-log = Open audit log

home-agreement-accepted = Accepted
home-agreement-renew = Newer version
home-agreement-not-accepted = Not accepted
home-agreement-none = Not published
home-agreement-none-text = Whoever runs this installation has published no agreement yet.
home-agreement-version = Version of { $dated }, not accepted yet.
home-agreement-by = Version of { $dated }, accepted by { $person } on { $date }.
home-open-agreement = Open agreement

home-member-text = You’re a user of { $organization }. Partner relationships are for its Global and Billing administrators.
home-member-own = Your own settings
home-member-own-text = Choose your language and appearance, change your password, and see where you’re signed in.
home-member-settings = Open settings
home-member-holders = Your administrators
home-member-holders-text = They see partners, invitations, the agreement and the audit log.

home-operator-text = You see to tenants’ domains here, and to everything else at the command line of the machine. Decisions of tenants and partners are theirs; you can’t see them here.
home-operator-serves = What it serves
home-operator-tenants = Tenants
home-operator-partners = Active partners
home-operator-commands = What the command line does
home-command-tenant = Registers tenants and their domains
home-command-partner = Registers partners and their staff, suspends and reinstates partners
home-command-user = Adds people, sets their roles and passwords, disables accounts
home-command-agreement = Publishes versions of the Customer Agreement
home-command-audit = Verifies the audit logs and exports their checkpoints
home-operator-help = Every command explains itself:
