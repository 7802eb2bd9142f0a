partner-title = Home
partner-text = What { $partner } sent, and the customers that it works with.
partner-invitations = Invitations
partner-invitations-none = No invitations yet
partner-invitations-none-text = Invitations that your company sends to customers appear here, with what became of them.
partner-customers = Customers
partner-customers-none = No customers yet
partner-customers-none-text = A customer appears here once it has accepted an invitation of your company.
partner-customer = Customer and type
partner-asks = Asks for
partner-made = Sent
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
