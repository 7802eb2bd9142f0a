### Joining a partner's staff, by the link.

joining-title = { $partner } invites you to its staff
joining-sender = { $person } invites you. The link works once, until { $date }.
joining-for = For
joining-roles = With these roles
joining-what = You will act for { $partner } in its workspace, as far as these roles reach. You can be given other roles, or none, at any time.
joining-known-title = You have an account here
joining-known-text = Sign in with { $email }, and come back to this page.
joining-sign-in = Sign in
joining-new-title = You are new here
joining-new-text = Your account is made with this address.
joining-name = Your name
joining-make = Make an account and join
joining-known = This address has an account that can’t be made again: sign in with it, or ask whoever runs this installation
joining-as = You are signed in as { $person }.
joining-join = Join the staff
joining-not-now = Not now
joining-other-title = This invitation is for somebody else
joining-other-text = You are signed in as { $other }. Only { $email } can join by it.
joining-other-account = Use another account
joining-decides-title = You can’t join with this account
joining-decides-text = You are an administrator of { $tenant }, and decide there what partners may do. Nobody does that and works for a partner with one account. Ask to be invited by another address, or give up that role first.
joining-dead-title = This link doesn’t work
joining-dead-lead = It was used, withdrawn, replaced by a newer one or not used in time, or it was cut off on the way. Ask whoever invited you for a new one.
joining-dead-sign-in = Sign in
