agreement-title = Customer agreement
agreement-accept-title = Accept the { $title }
agreement-lead = { $count ->
    [0] Accept it once for your organization. Partners can then order for you.
    [one] You already work with a partner who sells to you, but nobody has accepted the agreement yet.
   *[other] You already work with { $count } partners who sell to you, but nobody has accepted the agreement yet.
 }
agreement-newer-lead = A newer version replaces the one of { $date } that was accepted for your organization.
agreement-on-hold-title = Purchases are on hold
agreement-on-hold-text = Until you accept, your partners can’t place orders or manage subscriptions for you.
agreement-changed-title = The agreement has changed
agreement-changed-text = What you saw is no longer in force. Nothing was accepted. Read the version below, then decide.
agreement-length = Version of { $date }, { $words ->
    [one] { $number } word
   *[other] { $number } words
 }, about { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }
agreement-read = Read the agreement
agreement-statement = I have read the { $title } and accept it for { $tenant }.
agreement-recorded = We record your name, the time and this version. You can print your copy later.
agreement-consent-missing = Select the box to confirm that you have read the agreement
agreement-accept = Accept
agreement-not-now = Not now
agreement-waiting = Waiting for this
agreement-accepted-lead = Accepted for { $tenant }. Partners who sell to you can place orders.
agreement-what-was-accepted = What was accepted
agreement-version = Version
agreement-version-of = Version of { $date }
agreement-accepted-by = Accepted by
agreement-when = When
agreement-view-copy = View accepted copy
agreement-erased-person = Erased person
agreement-newer-not-material = A version of { $date } has come out since. What you accepted still suffices.
agreement-none-title = No agreement has been published
agreement-none-text = Whoever runs this installation publishes the agreement. Until then, invitations can’t be accepted.
agreement-fingerprint = Fingerprint (SHA-256)
agreement-exact-text = The exact bytes that the fingerprint is taken from
agreement-until-title = What you accepted suffices until { $date }
agreement-until-text = After that, partners can’t order for you and nobody can authorize a partner, until you accept this version. Roles that partners hold stay, and you can remove them at any time.
agreement-news-title = What changed since the version you accepted
agreement-news-see = See what changed, part by part
agreement-changes-since = What changed since the version of { $date }
agreement-changes-title = What changed
agreement-changes-between = The version of { $to }, compared with the one of { $from }
agreement-changes-binding = This comparison is for reading. What is accepted is the text of the version itself.
agreement-changes-first = This is the first version: there is none before it to compare with.
agreement-changes-no-language = These two versions have no language in common, so that they can’t be compared.
agreement-changes-read-earlier = Read the earlier version

## What a partner says of an acceptance elsewhere

claim-told = { $partner } says that { $person } accepted the agreement elsewhere
claim-somebody = somebody whose name was erased
claim-told-when = On { $date }, version of { $dated }.
claim-told-nothing = Nothing follows from it until an administrator confirms it by accepting.
claim-dismiss = Dismiss
claim-dismissed-title = Dismissed
claim-dismissed-text = { $partner } sees that an administrator said no. Nothing was accepted.
claim-title = Accepted elsewhere
claim-crumb = Accepted elsewhere
claim-lead = Record that { $customer } accepted the agreement on paper or with somebody else. It stays your word: orders and authorizations wait until an administrator of { $customer } accepts here.
claim-day = Day of acceptance
claim-day-missing = Enter the day on which it was accepted
claim-day-wrong = Enter a day, like 2026-11-22
claim-day-future = The day of acceptance can’t be in the future
claim-name = Who accepted
claim-name-hint = The person at { $customer } who accepted.
claim-note = Note (optional)
claim-note-hint = How it was accepted, or where it can be looked up. The customer reads it.
claim-record = Record
claim-cancel = Cancel
claim-then = What happens then
claim-then-shown = Administrators of { $customer } read it as your word, with your company’s name.
claim-then-nothing = It opens nothing. They confirm it by accepting, or dismiss it.
claim-then-log = It stands in both audit logs. It can be recorded once for each version.
