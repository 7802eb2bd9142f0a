### Writing to partners: the customer's form and its requests, and what the partner makes of them.

## The form

contact-crumb = Contact partners
contact-title = Tell them what you need
contact-lead = { $count ->
    [one] We send your message to { $partner }. It replies by e-mail; an invitation may follow.
    [2] We send the same message to both partners. They reply by e-mail; an invitation may follow.
   *[other] We send the same message to all { $count } partners. They reply by e-mail; an invitation may follow.
}
contact-need = What do you need?
contact-need-hint = Goals, number of people, dates. Leave out passwords and personal data.
contact-need-missing = Describe what you need, in at least a sentence
contact-name = Your name
contact-name-missing = Enter your name
contact-email = E-mail for replies
contact-phone = Phone (optional)
contact-phone-refused = Enter a phone number with its country code, like +33 3 20 01 02 03
contact-organization = Organization
contact-organization-missing = Enter the name of your organization
contact-size = People in your organization
contact-size-choose = Choose a number
contact-size-missing = Choose how many people your organization has
contact-start = When would you like to start?
contact-start-soon = As soon as possible
contact-start-within-3-months = Within 3 months
contact-start-later = Later
contact-website = Leave this field empty
contact-send = Send
contact-to = To
contact-to-missing = Choose at least one partner that is in the directory
contact-to-many = Choose at most 10 partners
contact-change = Change
contact-no-access = Sending this gives them no access. They can only work with you after you accept an invitation.
contact-nobody = No partner is chosen
contact-nobody-text = Choose the partners you want to write to in the directory.
contact-first = You can write to 10 partners at once
contact-first-text = The first 10 of those you chose stand here. Write to the others afterwards.
contact-soon = Press Send once more
contact-soon-text = That was quicker than people type, so we look twice. Nothing was sent yet, and everything you typed is here.
contact-stale = This form was open for more than a day
contact-stale-text = Nothing was sent yet. Look through what you typed, and press Send once more.
contact-used = You sent another message from this form before
contact-used-text = That one is on its way. To send what stands here as a further message, press Send once more.
contact-spent = Too many messages for now
contact-spent-text = Nothing was sent. Everything you typed is here: keep this page open and press Send again within the hour.
contact-sent-title = Your message is on its way
contact-sent-lead = Each partner that you chose got its own copy.
contact-sent-reply = They reply to the e-mail address that you gave.
contact-sent-days = A partner that can help sends an invitation. After { $days } days without an answer the request closes by itself.

## The customer's requests

asked-lead = What your organization wrote to partners, and what they answered.
asked-said-text = Sent to { $partners }. The answers appear here.
asked-none = No requests yet
asked-none-text = Find partners in the directory and tell them what you need. Their answers appear here.
asked-partner = Partner
asked-answer = Answer
asked-closes = Closes { $when }
asked-expired = Nobody answered within 14 days
asked-invitation-open = Its invitation waits for you
asked-invitation-accepted = You accepted its invitation
asked-invitation-declined = You declined its invitation
asked-invitation-withdrawn = It withdrew its invitation
asked-invitation-expired = Its invitation ran out
asked-review = Invitation from { $partner }
asked-title = Your request to { $partner }
asked-invited = An invitation came of it
asked-review-open = Review the invitation
asked-review-closed = See the invitation
asked-declined = { $partner } can’t help this time
asked-wrote = What you wrote
asked-facts = What you told about yourself

## The partner's requests

request-state-new = Waiting
request-state-answered = Answered
request-state-declined = Declined
request-state-expired = Expired
requests-lead = What customers who found you in the directory wrote. Answer within 14 days.
requests-count = { $count ->
    [one] { $number } request
   *[other] { $number } requests
}
requests-none-yet = No requests yet
requests-none-yet-text = When a customer writes to you from the directory, it appears here. You get a mail, too.
requests-none-match = No request matches
requests-no-more = No more requests
requests-from = From
requests-need = Needs
requests-sent = Sent
request-title = Request from { $customer }
request-need = What they need
request-facts = Who asks
request-known = Known here: an administrator wrote, signed in.
request-unknown = As typed by somebody who wasn’t signed in. Nobody has checked it.
request-name = Name
request-phone = Phone
request-size = People
request-start = Would like to start
request-invitation = Invitation
request-relationship = Relationship
request-thread = How it went
request-answer = Answer with an invitation
request-answer-text = You can also reply by e-mail first. The invitation goes to the same address.
request-see = See the request
request-decline = Decline
request-declined-title = Request declined
request-declined-text = { $customer } gets your reason by e-mail.
request-over-title = This request has been closed
request-over-text = A colleague was quicker, or its 14 days are over. Nothing was changed.
request-refusal-title = Decline the request from { $customer }?
request-refusal-lead = { $person } gets your reason by e-mail, as your own words. A request stays declined.
request-reason = Why can’t you help?
request-reason-hint = A sentence is enough: no capacity, another region, another field.
request-reason-missing = Say in a sentence why
request-keep = Keep the request
compose-thanks = Thank you for your message of { $date }.

## The thread, as both sides see it. A sentence follows a name.

thread-wrote = wrote to { $partner } for { $customer }
thread-answered = answered with an invitation
thread-declined = declined for { $partner }
thread-silent = gave no answer in time
thread-accepted = accepted the invitation: the relationship with { $partner } began
thread-refused = declined the invitation
thread-withdrew = withdrew the invitation
thread-lapsed = closed the invitation, which had run out
thread-ended = ended the relationship with { $customer }
