### Invitations from the partner's side: the list, making one, following it.

## The list

sent-lead = Whom your company invited, and what became of it.
sent-new = New invitation
sent-customer = Customer
sent-asks = Asks for
sent-made = Created
sent-mail = Mail
sent-any-mail = Any mail
sent-mail-queued = Waits to be sent
sent-mail-handed-over = Sent
sent-mail-failed = Couldn’t be sent
sent-mail-none = None sent
sent-by = Made by
sent-anybody = Anybody
sent-any-state = Any status
sent-reference = Your reference
sent-reference-private = Only your company sees it.
sent-search-hint = Customer or reference
sent-count = { $count ->
    [one] { $number } invitation
   *[other] { $number } invitations
}
sent-count-match = {" "}of { $total } { $count ->
    [one] matches
   *[other] match
}
sent-ends = Ends
sent-chip-search = Search: { $text }
sent-chip-state = Status: { $state }
sent-chip-type = Type: { $type }
sent-chip-by = Made by: { $person }
sent-chip-mail = Mail: { $stage }
sent-chip-created = Created: { $days }
sent-chip-ends = Ends: { $days }
sent-chip-asked = New link asked for
sent-shown = { $count ->
    [one] { $count } invitation shown
   *[other] { $count } invitations shown
}
sent-none-yet = No invitations yet
sent-none-yet-text = Invite a customer: it reads what you ask for in plain words, and decides.
sent-no-more = No more invitations
sent-none-match = No invitation matches
sent-none-match-text = Try fewer filters, or a part of the customer’s address or of your reference.
sent-over-title = This invitation can’t be sent again
sent-over-text = It has its outcome, which is final. A new invitation can ask for the same.

## How far its mail has come

delivery-by-hand = By hand
delivery-no-server = Not sent: no mail server is set up
delivery-queued = Waits to be sent
delivery-tried = Waits to be sent again: { $why }
delivery-handed-over = Sent { $date }
delivery-parked = Not sent: { $why }
delivery-obsolete = Not sent: there was nothing to answer any more

## Making one

compose-title = New invitation
compose-crumb = New
compose-lead = Ask for as little as the job needs. Customers see every role in plain words before they accept.
compose-customer = Customer
compose-to = E-mail address or public ID
compose-to-hint = An administrator’s address, or the ID that the customer gave you, like K7Q2M-9XV4T. We don’t say whether we know either.
compose-to-missing = Enter the customer’s e-mail address or public ID
compose-email-refused = Enter one e-mail address, like name@organization.example
compose-id-refused = Enter an e-mail address, or a public ID of ten letters and digits, like K7Q2M-9XV4T
compose-type = Type of relationship
compose-type-missing = Choose a type of relationship
compose-type-refused = Choose a type that asks for no roles, or have an Admin agent send this invitation
compose-kind-reseller = Sell products to the customer. No admin roles.
compose-kind-delegated-administrator = Manage products and services: accounts, licences, passwords. Needs a role.
compose-kind-reseller-and-delegated-administrator = Sell, and manage what you sell. Needs a role.
compose-kind-partner = Work with user accounts that the customer gives you. No admin roles.
compose-kind-advisor = Reset passwords and handle support requests. Helpdesk administrator at most.
compose-kind-mpsa-partner = See purchases that other partners made for the customer. No admin roles.
compose-kind-line-of-business-partner = Develop, submit and manage the customer’s own apps. No admin roles.
compose-roles = Roles you ask for
compose-role-missing = Choose at least one role for this type, or another type
compose-role-refused = Take away the roles that this type can’t ask for
compose-role-global-administrator = Manage everything in the customer’s tenant.
compose-role-helpdesk-administrator = Reset passwords, follow support requests.
compose-role-types = For: { $types }.
compose-full-title = Ask for full control only if the job needs it
compose-full-text = Global administrator is full control, and the customer sees a red warning. Helpdesk administrator is enough for passwords and support.
compose-people = User accounts for
compose-people-hint = Only for the type Partner: who gets a user account once the customer accepts.
compose-person-missing = Choose who gets a user account
compose-person-refused = Choose among the people who work for your company now
compose-days = Roles last
compose-days-hint = From the day they accept.
compose-life = Link works for
compose-life-hint = After that the customer can ask for a new one.
compose-language = Language of the mail
compose-message = Message (optional)
compose-message-hint = The customer reads it as your words, as text alone.
compose-message-refused = Shorten the message to 2,000 characters, without any that can’t be seen
compose-reference = Your reference (optional)
compose-reference-hint = Only your company sees it: a project or an order, for example.
compose-reference-refused = Shorten the reference to 120 characters, without any that can’t be seen
compose-create = Create invitation
compose-preview = Update preview
compose-open-title = Such an invitation is open already
compose-open-text = Your company has an open invitation of this type for this customer. It can be sent again with a new link, or withdrawn.
compose-open-link = Open it
compose-spent-title = Too many invitations for now
compose-spent-sender = You have made { $limit } links within 24 hours, which is the limit for one person. The next can be made from { $when } on. What you typed is still here.
compose-spent-partner = Your company has made { $limit } links within 24 hours, which is its limit. The next can be made from { $when } on. What you typed is still here.
compose-spent-recipient = Your company has made { $limit } links for this customer within 24 hours, which is the limit. The next can be made from { $when } on. What you typed is still here.

## The mail, shown

preview-title = What the customer gets
preview-to = To
preview-subject = Subject
preview-nobody = Nobody yet
preview-none = The mail appears here
preview-none-text = Choose a type of relationship, then update the preview.
preview-by-hand = No mail is sent
preview-by-hand-text = An ID is no address. You get a link to hand over yourself.

## The link, shown once

made-title = Invitation created
made-queued = We send it to { $address }. You can also hand the link over yourself.
made-no-server = No mail was sent, since no mail server is set up here. Hand the link over yourself.
made-by-hand = No mail is sent to an ID. Hand the link over yourself.
made-link = Link for the customer
made-once = It is shown this once, and nobody can look it up later. If it is lost, send the invitation again: that makes a new link.
made-url = Invitation link
made-url-hint = Whoever has the link can see who invites. Only an administrator of this customer can answer.
made-open = Open invitation

## One invitation

one-title = Invitation to { $customer }
one-request = Request
one-withdraw = Withdraw
one-withdrawn-title = Invitation withdrawn
one-withdrawn-text = Its link is dead, and nobody can answer it any more.
one-asked-title = The customer asks for a new link
one-asked-text = This invitation ran out before it was answered. A new one asks for the same.
one-again = New invitation with the same terms
one-link = Link for the customer
one-link-text = It was shown when it was made. Sending the invitation again makes a new link with as many days as before, and the old link no longer works.
one-resend = Send again
one-over = This invitation is closed
one-over-text = What became of it is final. You can ask for the same again.
one-reason = Reason given
one-renewal = New link

## Taking it back

withdraw-title = Withdraw this invitation?
withdraw-lead = { $customer } can no longer accept or decline it.
withdraw-link = Its link stops working now. Whoever it was for reads that your company withdrew it.
withdraw-mail = A mail that still waits isn’t sent.
withdraw-again = You can invite the same customer again at any time.
withdraw-yes = Yes, withdraw invitation
withdraw-no = No, keep invitation
