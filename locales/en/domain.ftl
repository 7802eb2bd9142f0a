### The words of the domain: types, roles, states, events, and why a value isn't taken.

## The seven types of relationship

type-reseller = Reseller
type-delegated-administrator = Delegated administrator
type-reseller-and-delegated-administrator = Reseller & delegated administrator
type-partner = Partner
type-advisor = Advisor
type-mpsa-partner = MPSA partner
type-line-of-business-partner = Line-of-business partner

# What the customer reads before the name.
type-sentence-reseller = Sells products to your organization
type-sentence-delegated-administrator = Manages your products and services
type-sentence-reseller-and-delegated-administrator = Sells to you and manages what it sells
type-sentence-partner = Works with a user account that you give it
type-sentence-advisor = Resets passwords and handles support requests
type-sentence-mpsa-partner = Sees purchases that your other MPSA partners made
type-sentence-line-of-business-partner = Develops, submits and manages your own apps

## Admin roles that a partner can be given

role-title-global-administrator = Manage everything in your tenant
role-title-helpdesk-administrator = Help your users
role-name-global-administrator = Global administrator
role-name-helpdesk-administrator = Helpdesk administrator

## What a role or a type lets partner staff do

capability-users-create = Create and delete user accounts
capability-licences-assign = Assign and manage licences
capability-passwords-reset-any = Reset anyone’s password
capability-passwords-reset = Reset passwords for people who are not administrators
capability-security-change = Change security and sign-in settings
capability-support-work = Open and follow support requests
capability-orders-place = Order subscriptions and seats for you
capability-orders-see-own = See their own orders
capability-orders-see-shared = See the orders of your other MPSA partners
capability-apps-submit = Submit an app and its versions

## How far a partner reaches

reach-none = No admin roles
reach-purchases = Purchases only
reach-account = One user account
reach-shared-purchases = Shared purchase history
reach-own-apps = Your own apps only
reach-support = Passwords and support
reach-full = Full control
reach-asks-full = Asks for full control

## States

invitation-state-open = Open
invitation-state-accepted = Accepted
invitation-state-declined = Declined
invitation-state-withdrawn = Withdrawn
invitation-state-expired = Expired
relationship-state-active = Active
relationship-state-ended = Ended

## Events, as labels in the audit log

event-tenant-added = Tenant added
event-tenant-settings-changed = Settings changed
event-tenant-domain-added = Domain registered
event-tenant-domain-removed = Domain removed
event-user-added = User added
event-user-roles-changed = Roles changed
event-user-disabled = User disabled
event-person-password-changed = Password changed
event-person-password-reset = Password reset
event-person-profile-changed = Profile changed
event-person-session-ended = Session ended
event-person-erased = Person erased
event-partner-added = Partner added
event-partner-suspended = Partner suspended
event-partner-reinstated = Suspension lifted
event-staff-invited = Staff invited
event-staff-invitation-withdrawn = Staff invitation withdrawn
event-staff-joined = Staff joined
event-staff-added = Staff added
event-staff-disabled = Staff disabled
event-operator-added = Operator added
event-agreement-drafted = Agreement drafted
event-agreement-draft-discarded = Agreement draft discarded
event-agreement-published = Agreement published
event-agreement-accepted = Agreement accepted
event-agreement-claimed = Acceptance elsewhere claimed
event-agreement-claim-confirmed = Claim confirmed by acceptance
event-agreement-claim-dismissed = Claim dismissed
event-invitation-created = Invitation sent
event-invitation-accepted = Invitation accepted
event-invitation-declined = Invitation declined
event-invitation-withdrawn = Invitation withdrawn
event-invitation-expired = Invitation expired
event-invitation-resent = Invitation sent again
event-invitation-renewal-requested = New link requested
event-contact-requested = Contact request sent
event-contact-answered = Contact request answered
event-contact-declined = Contact request declined
event-contact-expired = Contact request expired
event-directory-profile-changed = Directory profile changed
event-directory-published = Directory profile published
event-directory-hidden = Directory profile hidden
event-mail-retried = Mail sent again
event-roles-removed = Roles removed
event-roles-given-back = Roles given back
event-roles-ended = Roles ended
event-relationship-ended = Relationship ended
event-checkpoint-written = Checkpoint written
event-access-denied = Access denied
outcome-done = Done
outcome-denied = Refused
event-group-invitations = Invitations
event-group-agreements = Agreements
event-group-roles = Roles
event-group-people = People and settings
event-group-denied = Denied

## Customers

tenant-kind-organization = Organization
tenant-kind-school = School

## Why a value isn't taken: one sentence that says what to do

password-too-short = Use at least 15 characters
password-too-long = Use at most 256 characters
password-guessable = Choose a password that is harder to guess: this one is common, or made of names
password-wrong = Check your current password and enter it again
password-again = Enter the same new password twice
name-empty = Enter a name
name-too-long = Shorten the name to 120 characters or fewer
name-unseen = Type the name again: it has a character that can’t be seen
name-address = Enter a name without a web address
name-mixed = Type each word of the name in one alphabet: letters of several pass for each other
text-too-long = Shorten the text to 2,000 characters or fewer
text-unseen = Type the text again: it has a character that can’t be seen
email-invalid = Enter one e-mail address, like name@organization.example
