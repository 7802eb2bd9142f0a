### Pages that say why there is no other page: a title and what to do, by kind.

error-signed-out-title = You’re signed out
error-signed-out-text = Sign in to go on.
error-denied-title = { $roles ->
    [somebody-else] Somebody else has to accept this
    [global_administrator] A Global administrator has to do this
    [global_administrator-billing_administrator] A Global or Billing administrator has to do this
    [billing_administrator] A Billing administrator has to do this
    [admin_agent] An Admin agent has to do this
    [admin_agent-sales_agent] An Admin agent or a Sales agent has to do this
    [admin_agent-helpdesk_agent] An Admin agent or a Helpdesk agent has to do this
    [operator] An Operator has to do this
   *[other] Somebody with another role has to do this
}
error-denied-text = Nothing was changed. Ask somebody who has that role.
error-denied-person = You’re signed in as { $person }. Nothing was changed.
error-denied-employer = Your account here was given to you for { $partner }. Whoever works for a partner doesn’t decide about partners.
error-denied-own-employer = You work for { $partner }. Whoever works for a partner doesn’t accept what it asks for. You can still decline the invitation.
error-denied-holders = People who can
error-denied-nobody = Nobody has that role at the moment. Ask whoever runs this installation.
error-denied-nobody-else = Nobody else can accept it at the moment. Ask whoever runs this installation.
error-cross-site-title = This didn’t come from Entente
error-cross-site-text = Nothing was changed. Open the page here and send the form again.
error-not-found-title = There is nothing here
error-not-found-text = The address is wrong, or what it shows isn’t yours to see. Check the address, or start again from Home.
error-conflict-title = This changed in the meantime
error-conflict-text = Nothing was changed. Open the page again to see how things stand, then decide.
error-refused-title = This can’t be done
error-refused-text = A rule is in the way, so nothing was changed. Go back and check what you entered.
error-bad-request-title = We couldn’t read this request
error-bad-request-text = Nothing was changed. Open the page again and send the form from there.
error-method-title = This address works differently
error-method-text = Nothing was changed. Start again from Home and use the buttons there.
error-too-large-title = This is too much at once
error-too-large-text = Nothing was changed. Shorten what you entered and send it again.
error-too-slow-title = This took too long to arrive
error-too-slow-text = Nothing was changed. Check your connection and send the form again.
error-too-many-title = Too many tries
error-too-many-text = { $minutes ->
    [0] Wait a moment, then try again.
    [one] Try again in { $minutes } minute.
   *[other] Try again in { $minutes } minutes.
}
error-busy-title = Entente is busy
error-busy-text = Try again in a few seconds.
error-fault-title = Something went wrong here
error-fault-text = The fault is ours. Try again; if it comes back, send the reference below to whoever runs this installation.
error-request = Request { $id }
error-home = Go to Home
