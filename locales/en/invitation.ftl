## The link

link-title = { $partner } invites you
link-sent = Sent on { $date }
link-lead = Sign in with your work account to see what they ask for. A Global or Billing administrator of your organization can accept or decline.
link-sign-in = Sign in to review
link-nothing-shared = Nothing is shared by opening this link.
dead-link-title = This link leads nowhere
dead-link-lead = It may have been answered, withdrawn or replaced, or it was cut off on the way. Sign in to see the invitations of your organization and what became of them.
dead-link-sign-in = Sign in to see invitations
replaced-link-title = A newer link was sent
replaced-link-lead = { $partner } sent this invitation again. This link no longer works; the one in the newer mail works until { $date }. You can also open the invitation here.
replaced-link-open = Open the invitation
elsewhere-title = No such invitation here
elsewhere-heading = There is no such invitation for { $organization }
elsewhere-lead = If you followed a link, it may be for another organization, or for another of your accounts. Nothing was changed.
elsewhere-other-account = Use another account
elsewhere-home = Go to Home

## The list

invitations-lead = What partners ask for, and how it was answered.
invitations-waiting = Waiting for an answer
invitations-past = Answered or over
invitations-none-title = No invitation is waiting
invitations-none-text = When a partner invites your organization, you decide here.
invitations-partner = Partner and type
invitations-asks = What it asks for
invitations-sent = Sent
invitations-until = Answer before
invitations-outcome = Outcome
invitations-when = When
invitations-by = By
invitations-nobody = Nobody
invitations-suspended = Partner suspended
invitations-declined-title = Invitation declined
invitations-declined-text = { $partner } gets no roles and no access.

## The review

review-title = Authorize partner
review-title-agreement = Accept agreement & authorize partner
review-heading = { $partner } wants to work with { $tenant }
review-lead = Read what they are asking for. Nothing changes until you accept.
review-changed-title = The invitation changed since you opened it
review-changed-type = The type of relationship is another one. Read it again below.
review-changed-roles = The roles are others. Read them again below.
review-changed-duration = The roles last for another time. Read it again below.
review-changed-people = Other people get a user account. Read who, below.
review-changed-agreement = Another text or version of the agreement holds now. Read it, then decide.
review-who = Who is inviting you
review-sent-by = Invitation sent by { $person } on { $date }
review-contact = Contact
review-email = E-mail
review-phone = Phone
review-partner-id = Partner ID
review-location = Location
review-website = Website
review-can = What they will be able to do
review-roles-intro = You give these roles to the partner’s staff. They apply to the whole organization.
review-no-roles = They get no role and no access by this. They are listed as your partner.
review-accounts = A user account in your organization
review-accounts-text = For the people named here. They have no role until you give them one.
review-full-control-title = This includes full control
review-full-control-text = Staff at { $partner } could read, change or delete anything in your tenant. If you only need help with passwords, decline and ask for an Advisor invitation instead.
review-type-and-duration = Type and duration
review-type = Type of relationship
review-how-long = How long
review-days-until = { $days ->
    [365] 12 months
    [730] 24 months
   *[other] { $days } days
 }, until { $date }
review-ends-itself = The roles end by themselves on that day. You can remove them sooner, at any time.
review-no-end = No end date
review-no-end-text = There are no admin roles that could end. The partner can end the relationship at any time, and so can you by asking it.
review-decide = Decide
review-decide-agreement = Read the agreement, then decide
review-newer-title = A newer version of the agreement
review-agreement-holds = Accepted for { $tenant } on { $date }. You need not accept it again.
review-accept = Accept & authorize
review-authorize = Authorize partner
review-decline = Decline invitation
review-declining = Declining gives them nothing, and they see that you declined. You can add a reason.
review-glance = At a glance
review-relationship = Relationship
review-access = Access
review-roles-end = Roles end
review-answer-before = Answer before
review-go-to-decision = Go to the decision
review-when-you-accept = When you accept
review-then-roles = The roles start at once.
review-then-list = { $partner } appears in your partner list.
review-then-remove = You can remove the roles at any time. The relationship stays until the partner ends it.
review-only-global = Only a Global administrator can accept admin roles here
review-own-employer-title = Somebody else has to accept this
review-own-employer-text = You work for { $partner }. Whoever works for a partner doesn’t accept what it asks for. You can still decline.
review-nobody-else = Nobody else can accept it at the moment. Ask whoever runs this installation.
review-suspended-title = This partner is suspended
review-suspended-text = Whoever runs this installation suspended the partner. Its invitations can’t be accepted.

## What became of it

closed-title-accepted = This invitation was accepted
closed-title-declined = This invitation was declined
closed-title-withdrawn = This invitation was withdrawn
closed-title-expired = This invitation no longer works
closed-on-accepted = Accepted on { $date }
closed-on-declined = Declined on { $date }
closed-on-withdrawn = Withdrawn on { $date }
closed-on-expired = Ended on { $date }
closed-lead-accepted = { $person } accepted it for { $tenant }. { $partner } is in your partner list.
closed-lead-declined = { $person } declined it for { $tenant }. { $partner } got no roles and no access. They can invite you again.
closed-lead-withdrawn = { $partner } took it back before anybody answered, so nothing was shared.
closed-lead-expired = Nobody answered in time, so nothing was shared. If you still want to work with { $partner }, ask them for a new link.
closed-conflict = It was answered or taken back while you were looking at it. What you sent changed nothing.
closed-partner = Partner
closed-sent = Sent
closed-reason = Reason
closed-renewal = New link
closed-renewal-asked = Asked for on { $date }. The partner sees it.
closed-ask = Ask for a new link
closed-open-partner = Open the partner
closed-to-list = Go to partner relationships

## Declining

refusal-back = Back to the invitation
refusal-title = Decline the invitation from { $partner }?
refusal-nothing = They get no roles and no access.
refusal-link = The link in the e-mail stops working.
refusal-again = They see that you declined, and your reason. They can invite you again later.
refusal-reason = Reason to share with { $partner } (optional)
refusal-reason-hint = For example: ask only for password resets.
refusal-keep = Keep it for now
