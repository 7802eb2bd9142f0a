### A partner's staff: the list, roles, leaving.

nav-staff = Staff
staff-lead = Who works for your company here, and what each of them may do.
staff-name = Name
staff-roles = Roles
staff-since = Since
staff-active = Active
staff-disabled = Disabled
staff-count = { $count ->
    [one] { $count } member of staff
   *[other] { $count } members of staff
}
staff-role-admin-agent = Invitations, all delegated work, staff and the company’s profile
staff-role-sales-agent = Invitations without admin roles, orders and contact requests
staff-role-helpdesk-agent = Delegated help-desk work only
staff-save = Save roles
staff-cancel = Cancel
staff-changed-title = Roles saved
staff-changed-text = { $person } has these roles: { $roles }.
staff-last-agent = A company keeps one Admin agent: make somebody else Admin agent first
staff-no-role = Choose at least one role

## Inviting somebody

staff-add = Add staff
staff-new-title = Add a member of staff
staff-new-lead = We invite the person; whoever has the address joins by a link, with an account of their own.
staff-new-name = Name
staff-new-email = E-mail address
staff-new-email-hint = The person signs in with it. The link works for 7 days.
staff-new-roles = What the person may do
staff-new-submit = Invite
staff-new-already = This person is a member of your staff already
staff-new-open = An invitation for this address waits already: send it again from the list of staff
staff-spent-title = Too many invitations for now
staff-spent-waiting = { $limit } invitations to your staff wait at once, which is the limit. Withdraw one, or wait until one has ended. What you typed is still here.
staff-spent-day = Your company has made { $limit } of these links within 24 hours, which is the limit. The next can be made from { $when } on. What you typed is still here.
staff-waiting = Invited
staff-waiting-person = Person
staff-waiting-mail = Mail
staff-waiting-ends = Link ends
staff-waiting-over = The link has ended
staff-waiting-orphan = Doesn’t work any more: { $person } is no Admin agent now
staff-waiting-by = Invited by { $person }
staff-waiting-actions = Actions
staff-by-hand = Handed over by hand
staff-again = Send again
staff-again-for = for { $email }
staff-withdraw = Withdraw
staff-invited-title = Invitation on its way
staff-invited-text = The link goes by mail to { $email }, and is shown to nobody else.
staff-withdrawn-title = Invitation withdrawn
staff-withdrawn-text = The link for { $email } doesn’t work any more.
staff-made-title = Invitation made
staff-made-text = No mail is sent from here. Hand the link over to { $email } yourself.
staff-made-link = Link for { $person }
staff-made-once = It is shown this once. If it is lost, send the invitation again: that makes a new link.
staff-made-url = Link to join
staff-made-url-hint = Whoever has it can make an account for this address, so give it to nobody else.
staff-made-back = Back to staff

## Disabling somebody

staff-disable = Disable
staff-disable-title = Disable this member of staff?
staff-disable-lead = { $person } ({ $email }) can’t act for your company any more.
staff-disable-at-once = every session ends.
staff-disable-accounts = User accounts end, too:
staff-disable-accounts-text = those that customers gave this person for your company.
staff-disable-stays = What stays:
staff-disable-stays-text = what this person did is on record under the same name.
staff-disable-yes = Yes, disable
staff-disable-no = No, keep
staff-disabled-title = Member of staff disabled
staff-disabled-text = { $person } can’t act for your company any more.
