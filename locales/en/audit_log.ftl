audit-log-title = Audit log
audit-log-text = Who did what, and when. Entries can’t be edited or deleted here.
audit-log-event = Event
audit-log-any-event = Any event
audit-log-partner = Partner
audit-log-any-partner = Any partner
audit-log-person = Person
audit-log-any-person = Anybody
audit-log-from = From
audit-log-to = To
audit-log-all = All entries
audit-log-entries = { $count ->
    [one] 1 entry
   *[other] { $words } entries
}
audit-log-zone = Times in { $zone }
audit-log-when = When
audit-log-what = What happened
audit-log-who = Who
audit-log-address = Address
audit-log-no-address = None
audit-log-shown = Showing { $shown } of { $words }, newest first
audit-log-pages = Pages
audit-log-older = Older entries
audit-log-newest = Newest entries
audit-log-none = No entries yet
audit-log-none-text = Invitations and their answers, agreements, roles that are removed or end, and changes of people and settings are recorded here.
audit-log-none-match = No entry matches
audit-log-none-match-text = Nothing was recorded under these filters. Take one of them away, or see everything.
