### The history of a relationship, as both sides read and print it.

history-see = Full history
history-title = History of the relationship
history-lead = Everything on record between { $customer } and { $partner } under this relationship, from how it began until now.
history-customer = Customer
history-partner = Partner
history-made = Page made
history-by-of = by { $person }, { $organization }
history-zone = Times in { $zone }, and below in UTC
history-entry = Entry
history-elsewhere = In the installation’s log
history-not-noted = No entry: it ended by the clock
history-hash = Under an entry’s number stands the beginning of its hash in the customer’s audit log: both sides can tell by it that they speak of the same entry.
history-none = Nothing recorded
history-none-text = No entry tells of this relationship.

## Roles: what a step gave or took. The times in UTC follow.

history-ran-out = A role’s time ran out
history-given = { $role }: given from { $from } until { $until }
history-ended = { $role }, given from { $from }: ran out on { $at }
history-replaced = { $role }, given from { $from }: replaced by the new authorization on { $at }
history-removed = { $role }, given from { $from }: removed by { $person } on { $at }
history-given-back = { $role }, given from { $from }: given back by { $person } on { $at }
