### Partner relationships: the list, one partner, removing its roles.

relationships-lead = Who sells to you or manages things for you, and what each of them can do.

# Names of columns and facts.
relationships-partner-and-type = Partner and type
relationships-type = Type
relationships-can = What they can do
relationships-status = Status
relationships-since = Since
relationships-roles-end = Roles end
relationships-partner-id = Partner ID
relationships-access = Access

## Status

relationships-status-active = Active
relationships-status-invited = Invited
relationships-status-ends-soon = Ends soon
relationships-status-roles-removed = Roles removed
relationships-status-roles-ended = Roles ended
relationships-status-ended = Ended
relationships-badge-ends = Ends { $when }

## Ends: under a date, or instead of one

relationships-no-end = No end date
relationships-end-removed = removed
relationships-end-ended = ran out
relationships-end-over = ended
relationships-last-day = last day to answer
relationships-not-yet = Not yet
relationships-until = Until { $date } ({ $when })

## The list

relationships-attention = Needs your attention
relationships-ending-title = { $partner } loses its roles { $when }
relationships-ending-title-one = { $partner } loses one of its roles { $when }
relationships-ending-text-full = It has full control of your organization until then. Ask for a new invitation if you still need that after { $date }.
relationships-ending-text-support = It resets passwords and handles support requests until then. Ask for a new invitation if you still need that after { $date }.
relationships-review = Review
relationships-search-hint = Name, domain or partner ID
relationships-any-type = Any type
relationships-any-status = Any status
relationships-count = { $count ->
    [one] { $number } partner
   *[other] { $number } partners
}
relationships-count-full = , { $number } with full control
relationships-count-match = {" "}of { $total } { $count ->
    [one] matches
   *[other] match
}
relationships-chip-search = Search: { $text }
relationships-chip-type = Type: { $type }
relationships-chip-status = Status: { $status }
relationships-chip-full = Only full control
relationships-chip-soon = Ending within 30 days
relationships-further = Further partners
relationships-shown = { $count ->
    [one] { $count } row on this page
   *[other] { $count } rows on this page
}
relationships-no-more = No more partners
relationships-download = Download as CSV
relationships-csv-partner = Partner
relationships-csv-domain = Domain
relationships-csv-note = Note

# Nothing to show: none yet, and none match.
relationships-empty-title = You don’t work with a partner yet
relationships-empty-text = When you accept an invitation, the partner shows up here with its roles, and you can take the roles away at any time.
relationships-see-invitations = See invitations
relationships-how = How it works
relationships-step-invited = A partner invites you
relationships-step-invited-text = The invitation names the roles that it asks for, and for how long.
relationships-step-decide = You decide
relationships-step-decide-text = Read, accept or decline. Only a Global or Billing administrator can.
relationships-step-keep = You can take it back
relationships-step-keep-text = See here what each partner can do, and remove its roles at any time.
relationships-none-title = No partner matches these filters
relationships-none-title-search = No partner matches “{ $text }”
relationships-none-title-both = No partner matches “{ $text }” under the type { $type }
relationships-none-text = Check the spelling, or look at every type. Ended relationships stay in this list.
relationships-clear = Clear filters

# After an invitation was accepted.
relationships-accepted-title = { $partner } can now work with you
relationships-accepted-text = { $sentence }.
relationships-accepted-until = { $sentence }. Its roles last until { $date }.
relationships-accepted-first-end = { $sentence }. The first of its roles ends on { $date }.

## One partner

relationships-contact-them = Contact
relationships-facts = Partner facts
relationships-relationship = Relationship
relationships-contact = Contact
relationships-also = This partner also works with you as:
relationships-also-ended = ended
relationships-removing-keeps = Removing the roles keeps the relationship.
relationships-goes-on = The relationship itself goes on.
relationships-to-end = To end it altogether, contact the partner.
relationships-note-ends = The roles end on { $date }
relationships-note-ends-only = The role ends on { $date }
relationships-note-ends-one = One of the roles ends on { $date }
relationships-note-ends-text = If you still need { $partner } after that, ask for a new invitation now. Nothing is renewed by itself.
relationships-gone-removed = { $person } removed the roles on { $date }.
relationships-gone-given-back = { $person } of { $partner } gave the roles back on { $date }.
relationships-gone-ended = The roles ran out on { $date }.
relationships-gone-sells = { $partner } can still sell to you. To manage accounts, it has to send you a new invitation.
relationships-gone-text = To manage accounts or help your users, { $partner } has to send you a new invitation.
relationships-over-title = This relationship has ended
relationships-over-text = { $person } ended it on { $date }. { $partner } can’t do anything under it any more.
relationships-erased-person = An erased person
relationships-removed-title = Roles removed
relationships-removed-text = { $partner } has no admin access any more. The audit log says who removed it, and when.

# What was accepted.
relationships-agreement = Agreement
relationships-accepted-copy = View accepted copy
relationships-agreement-document = Document
relationships-agreement-by = Accepted by
relationships-agreement-at = When
relationships-fingerprint = Fingerprint
relationships-document = { $title }, version of { $date }

## Activity

relationships-activity = Activity
relationships-see-all = See all in the audit log

## Removing roles

relationships-remove = Remove roles
relationships-remove-title = Remove roles?
relationships-remove-lead = { $partner } loses its admin roles in your organization now.
relationships-remove-no-longer = They can no longer
relationships-remove-stops-full = create accounts, manage licences, change security settings or reset passwords.
relationships-remove-stops-support = reset passwords or work on support requests.
relationships-remove-at-once = It takes effect at once:
relationships-remove-at-once-text = every role listed goes, whichever relationship gave it.
relationships-remove-keeps = The relationship stays.
relationships-remove-stays = To end it altogether, contact the partner.
relationships-remove-stays-sells = They can still sell to you. To end it altogether, contact the partner.
relationships-remove-undo = To undo this
relationships-remove-undo-text = they have to send a new invitation, and you have to accept it.
relationships-remove-yes = Yes, remove roles
relationships-remove-no = No, keep roles
relationships-remove-roles = Roles that are removed
relationships-today = { $partner } today

## After accepting the agreement

relationships-agreed-title = { $title } accepted
relationships-agreed-text = Partners who sell to you can place orders.
