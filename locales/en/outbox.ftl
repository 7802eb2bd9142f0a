mail-trial-subject = A test mail from Entente
mail-trial-text = Mail from this installation arrives:

# What a mail is about.

mail-kind-invitation = Invitation
mail-kind-invitation-accepted = Invitation accepted
mail-kind-acceptance-receipt = Receipt of an acceptance
mail-kind-agreement-renewal = Newer version of the agreement
mail-kind-invitation-declined = Invitation declined
mail-kind-invitation-withdrawn = Invitation withdrawn
mail-kind-roles-removed = Roles removed
mail-kind-roles-given-back = Roles given back
mail-kind-relationship-ended = Relationship ended
mail-kind-roles-ending = Roles that end soon
mail-kind-roles-ended = Roles ended
mail-kind-staff-invitation = Invitation to a partner’s staff
mail-kind-contact-request = Contact request
mail-kind-contact-declined = Contact request declined
mail-kind-password-reset = New password asked for
mail-kind-password-changed = Password changed
mail-kind-sessions-ended = Sessions ended

# The operator's page.

mail-title = Mail
mail-text = What waits to be sent, and what couldn’t be sent and why.
mail-counts = { $parked } parked, { $waiting } waiting
mail-parked = Parked
mail-waiting = Waiting
mail-written = Written
mail-about = About
mail-why = What is in the way
mail-tried = Tries
mail-next = Next try
mail-no-try = Once a server is set up
mail-erased = Address erased
mail-retry = Send again
mail-retry-all = Send all again
mail-again = Mail is sent again
mail-again-text = { $count ->
    [0] Nothing waits any more.
    [one] 1 mail waits to be sent.
   *[other] { $count } mails wait to be sent.
}
mail-link-gone = Can’t be sent again: its link is gone. A new link has to be made.
mail-none-set-up = No mail server is set up
mail-none-set-up-text = Mail waits, and links are shown to copy instead. Set smtp_host and mail_from to send it; docs/mail.md tells how.
mail-nothing-parked = No mail is parked
mail-nothing-parked-text = Mail that can’t be sent for good stays here, with the reason.
mail-nothing-waits = No mail waits
mail-nothing-waits-text = Everything that was to be sent has been.
