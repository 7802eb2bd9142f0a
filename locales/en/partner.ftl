partner-title = Home
partner-text = What { $partner } sent, and the customers that it works with.
partner-asked-title = { $customer } asks for a new link
partner-asked-text = The invitation as { $type } ran out. It was asked on { $date }.
partner-asked-button = Invite again
partner-ending-title = Roles at { $customer } end { $when }
partner-ending-text = { $roles }, until { $date }. Only a new invitation that the customer accepts renews them.
partner-request-title = { $customer } wrote to you
partner-request-text = { $person } waits for an answer until { $date }.
partner-request-button = Read and answer
partner-stat-requests = Requests that wait
partner-nothing-text = No customer wrote or asks for a new link, and no role ends within 30 days.
partner-stat-open = Open invitations
partner-stat-accepted = Accepted within 30 days
partner-stat-customers = Relationships in force
partner-stat-ending = With roles that end within 30 days
partner-answered = Answered lately
partner-all-customers = All customers
partner-all-invitations = All invitations
partner-customers = Customers
partner-customers-none = No customers yet
partner-customers-none-text = A customer appears here once it has accepted an invitation of your company.
partner-customer = Customer and type
partner-ends = Answer until
partner-roles = Roles
partner-since = Since
partner-state = Status
partner-until = until { $date }, { $when }
partner-renewal = New link requested on { $date }
partner-shown = { $count ->
    [one] { $count } in all
   *[other] { $count } shown, at most { $most }
}
partner-recent = Recent activity
