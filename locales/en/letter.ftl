### The mails that Entente writes. { $partner } and { $tenant } are names of organizations; what a
### partner or a customer typed stands in no subject and in no sentence of ours.

letter-foot = Sent by Entente
letter-foot-hosted = Sent by Entente for { $operator }
letter-open = Open Entente
letter-role-full = { $role } (full control)
letter-type = Type of relationship
letter-roles = Admin roles
letter-roles-end = Roles end
letter-roles-last = Roles last

## An invitation, to the customer

letter-invitation-subject = { $partner } asks to work with your organization
letter-invitation-sender = { $person } at { $partner } asks to become your { $type }.
letter-invitation-lead = { $partner } asks to become your { $type }.
letter-invitation-writes = { $partner } writes:
letter-invitation-can = What they will be able to do
letter-invitation-last = { $long }, counted from the day you accept
letter-invitation-review = Review the invitation
letter-invitation-later = The link is made with the invitation, and stands here in the mail.
letter-invitation-opening = Opening the link accepts nothing. A Global or Billing administrator of your organization signs in, reads what is asked, and decides.
letter-invitation-unexpected = { $partner } entered your address. You don’t expect this? Ignore it: nothing is shared, and the link ends by itself.

## What became of an invitation

letter-accepted-subject = { $tenant } accepted the invitation from { $partner }
letter-accepted-tenant = { $partner } can work with { $tenant } from now on. You see what it can do at any time, and can remove its roles.
letter-accepted-partner = You can work with { $tenant } from now on. The customer sees what you can do, and can remove your roles at any time.
letter-accepted-full = Staff at { $partner } can read, change or delete anything in the tenant of { $tenant }, until the role ends or is removed.
letter-declined-subject = { $tenant } declined the invitation from { $partner }
letter-declined-lead = { $partner } gets no roles and no access by it. The link stopped working.
letter-declined-reason = Reason given by { $tenant }:
letter-declined-again = You can send another invitation, for example one that asks for less.
letter-withdrawn-subject = { $partner } withdrew its invitation
letter-withdrawn-lead = { $partner } took back the invitation that it had sent you. The link in that e-mail stopped working.
letter-withdrawn-nothing = Nothing was shared, and there is nothing for you to do.

## Roles and relationships

letter-removed-subject = { $tenant } removed the admin roles of { $partner }
letter-removed-lead = Staff at { $partner } can’t use these roles any more, from now on. The relationship stays.
letter-given-back-subject = { $partner } gave back admin roles in { $tenant }
letter-given-back-lead = Staff at { $partner } can’t use these roles any more, from now on. The relationship stays.
letter-relationship-ended-subject = { $partner } ended its relationship with { $tenant }
letter-relationship-ended-lead = { $partner } can’t do anything for { $tenant } by this relationship any more. Its records stay.
letter-ending-subject = { $days ->
    [one] Admin roles of { $partner } in { $tenant } end tomorrow
   *[other] Admin roles of { $partner } in { $tenant } end in { $days } days
}
letter-ending-tenant = They end by themselves, and nothing is renewed. If you still need { $partner } for this work, ask now for a new invitation.
letter-ending-partner = They end by themselves, and nothing is renewed. If { $tenant } still needs you for this work, send a new invitation in time.
letter-ending-full = Until then staff at { $partner } can read, change or delete anything in the tenant of { $tenant }. You can remove the role sooner.
letter-ended-subject = Admin roles of { $partner } in { $tenant } have ended
letter-ended-lead = They ended as agreed. Staff at { $partner } can’t use them any more. The relationship stays.
letter-ended-tenant = If you need { $partner } for this work again, ask for a new invitation.
letter-ended-partner = To do this work again, send { $tenant } a new invitation.
letter-see-partner = See the partner
letter-see-partners = See your partners
letter-see-customers = Open your workspace

## Joining a partner’s staff

letter-staff-subject = { $partner } invites you to its staff
letter-staff-lead = { $partner } invites you to work for it here, as a member of its staff.
letter-staff-sender = { $person } invites you to work for { $partner } here, as a member of its staff.
letter-staff-roles = Your roles there
letter-staff-until = Answer before
letter-staff-action = See the invitation
letter-staff-opening = Opening the link changes nothing: you read what is asked, and join or don’t. You need an account for this address; if you have none, you make it there.
letter-staff-unexpected = { $partner } entered your address. You don’t expect this? Ignore it: the link ends by itself. Pass it on to nobody.

## Accounts

letter-reset-subject = Set a new password
letter-reset-lead = Somebody, most likely you, asked for a new password for your account. Set it with this link, once and within 60 minutes.
letter-reset-action = Set a new password
letter-reset-ignore = It wasn’t you? Ignore this: your password stays as it is. Pass the link on to nobody, us included.
letter-changed-subject = Your password was changed
letter-changed-lead = The password of your account was changed.
letter-changed-lead-at = The password of your account was changed on { $at }.
letter-changed-sessions = Wherever else you were signed in, you have been signed out.
letter-sessions-subject = Your other sessions were ended
letter-sessions-lead = Wherever else you were signed in, you have been signed out.
letter-sessions-lead-at = On { $at } you were signed out wherever else you were signed in.
letter-not-you = It wasn’t you? Set a new password at once, and tell whoever runs this installation.
letter-not-you-operator = It wasn’t you? Set a new password at once, and tell { $operator }.
letter-set-password = Set a new password

## Contact requests

letter-request-subject = A customer wrote to you
letter-request-subject-known = { $tenant } wrote to you
letter-request-lead = Somebody found you in the directory and asks for your help.
letter-request-lead-known = { $tenant } found you in the directory and asks for your help.
letter-request-writes = { $person } writes:
letter-request-see = Read and answer
letter-request-reply = Replies to this mail reach nobody: the customer’s address stands with the request.
letter-request-declined-subject = { $partner } can’t help this time
letter-request-declined-lead = { $partner } declined the request that you sent from the directory.
letter-request-yours = See your request
letter-request-unexpected = You wrote nothing to { $partner }? Then somebody entered your address. Ignore this: nothing was shared.

## A newer version of the agreement

letter-renewal-subject = A newer { $title } asks { $tenant } to accept it
letter-renewal-subject-week = { $days ->
    [one] One day left for { $tenant } to accept the newer { $title }
   *[other] { $days } days left for { $tenant } to accept the newer { $title }
}
letter-renewal-lead = { $tenant } accepted an earlier version of the agreement. A newer one has come out, and asks for a new acceptance.
letter-renewal-changes = What changed, in the words of whoever publishes it:
letter-renewal-until = What { $tenant } accepted suffices until { $date }. After that, partners can’t order for it and nobody can authorize a partner, until this version is accepted.
letter-renewal-due = Until this version is accepted, partners can’t order for { $tenant } and nobody can authorize a partner.
letter-renewal-stays = Roles that partners hold stay as they are. You can read everything and remove roles at any time, accepted or not.
letter-renewal-action = Read what changed, and decide
letter-renewal-why = You get this since you may accept for { $tenant }. Once somebody has accepted, nothing more is sent.
