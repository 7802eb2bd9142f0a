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
