### The mails that Entente writes. { $partner } and { $tenant } are names of organizations; what a
### partner or a customer typed stands in no subject and in no sentence of ours.

mail-foot = Sent by Entente
mail-foot-hosted = Sent by Entente for { $operator }
mail-open = Open Entente
mail-role-full = { $role } (full control)
mail-type = Type of relationship
mail-roles = Admin roles
mail-roles-end = Roles end
mail-roles-last = Roles last

## An invitation, to the customer

mail-invitation-subject = { $partner } asks to work with your organization
mail-invitation-sender = { $person } at { $partner } asks to become your { $type }.
mail-invitation-lead = { $partner } asks to become your { $type }.
mail-invitation-writes = { $partner } writes:
mail-invitation-can = What they will be able to do
mail-invitation-last = { $long }, counted from the day you accept
mail-invitation-review = Review the invitation
mail-invitation-later = The link is made with the invitation, and stands here in the mail.
mail-invitation-opening = Opening the link accepts nothing. A Global or Billing administrator of your organization signs in, reads what is asked, and decides.
mail-invitation-unexpected = { $partner } entered your address. You don’t expect this? Ignore it: nothing is shared, and the link ends by itself.

## What became of an invitation

mail-accepted-subject = { $tenant } accepted the invitation from { $partner }
mail-accepted-tenant = { $partner } can work with { $tenant } from now on. You see what it can do at any time, and can remove its roles.
mail-accepted-partner = You can work with { $tenant } from now on. The customer sees what you can do, and can remove your roles at any time.
mail-accepted-full = Staff at { $partner } can read, change or delete anything in the tenant of { $tenant }, until the role ends or is removed.
mail-declined-subject = { $tenant } declined the invitation from { $partner }
mail-declined-lead = { $partner } gets no roles and no access by it. The link stopped working.
mail-declined-reason = Reason given by { $tenant }:
mail-declined-again = You can send another invitation, for example one that asks for less.
mail-withdrawn-subject = { $partner } withdrew its invitation
mail-withdrawn-lead = { $partner } took back the invitation that it had sent you. The link in that e-mail stopped working.
mail-withdrawn-nothing = Nothing was shared, and there is nothing for you to do.

## Roles and relationships

mail-removed-subject = { $tenant } removed the admin roles of { $partner }
mail-removed-lead = Staff at { $partner } can’t use these roles any more, from now on. The relationship stays.
mail-given-back-subject = { $partner } gave back admin roles in { $tenant }
mail-given-back-lead = Staff at { $partner } can’t use these roles any more, from now on. The relationship stays.
mail-relationship-ended-subject = { $partner } ended its relationship with { $tenant }
mail-relationship-ended-lead = { $partner } can’t do anything for { $tenant } by this relationship any more. Its records stay.
mail-ending-subject = { $days ->
    [one] Admin roles of { $partner } in { $tenant } end tomorrow
   *[other] Admin roles of { $partner } in { $tenant } end in { $days } days
}
mail-ending-tenant = They end by themselves, and nothing is renewed. If you still need { $partner } for this work, ask now for a new invitation.
mail-ending-partner = They end by themselves, and nothing is renewed. If { $tenant } still needs you for this work, send a new invitation in time.
mail-ending-full = Until then staff at { $partner } can read, change or delete anything in the tenant of { $tenant }. You can remove the role sooner.
mail-ended-subject = Admin roles of { $partner } in { $tenant } have ended
mail-ended-lead = They ended as agreed. Staff at { $partner } can’t use them any more. The relationship stays.
mail-ended-tenant = If you need { $partner } for this work again, ask for a new invitation.
mail-ended-partner = To do this work again, send { $tenant } a new invitation.
mail-see-partner = See the partner
mail-see-partners = See your partners
mail-see-customers = Open your workspace

## Accounts

mail-reset-subject = Set a new password
mail-reset-lead = Somebody, most likely you, asked for a new password for your account. Set it with this link, once and within 60 minutes.
mail-reset-action = Set a new password
mail-reset-ignore = It wasn’t you? Ignore this: your password stays as it is. Pass the link on to nobody, us included.
mail-changed-subject = Your password was changed
mail-changed-lead = The password of your account was changed.
mail-changed-lead-at = The password of your account was changed on { $at }.
mail-changed-sessions = Wherever else you were signed in, you have been signed out.
mail-sessions-subject = Your other sessions were ended
mail-sessions-lead = Wherever else you were signed in, you have been signed out.
mail-sessions-lead-at = On { $at } you were signed out wherever else you were signed in.
mail-not-you = It wasn’t you? Set a new password at once, and tell whoever runs this installation.
mail-not-you-operator = It wasn’t you? Set a new password at once, and tell { $operator }.
mail-set-password = Set a new password

## Contact requests

mail-request-subject = A customer wrote to you
mail-request-subject-known = { $tenant } wrote to you
mail-request-lead = Somebody found you in the directory and asks for your help.
mail-request-lead-known = { $tenant } found you in the directory and asks for your help.
mail-request-writes = { $person } writes:
mail-request-see = Read and answer
mail-request-reply = Replies to this mail reach nobody: the customer’s address stands with the request.
mail-request-declined-subject = { $partner } can’t help this time
mail-request-declined-lead = { $partner } declined the request that you sent from the directory.
mail-request-yours = See your request
mail-request-unexpected = You wrote nothing to { $partner }? Then somebody entered your address. Ignore this: nothing was shared.
