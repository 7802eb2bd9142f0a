### The operator's pages about agreements: every version, drafts, and publishing one.

agreements-lead = What customers accept before partners may order for them. A published text never changes: a new version takes its place.
agreements-new = New version
agreements-next = Write the next version
agreements-empty-title = No agreement is published yet
agreements-empty-text = Until one is published, customers can’t accept invitations.
agreement-kind-customer = Customer agreement
agreements-kind = Kind
agreements-which = { $kind } · { $whose }
agreements-all-countries = All countries without an agreement of their own
agreements-number = Number { $number }
agreements-state = State
agreements-state-published = In force
agreements-state-superseded = Replaced
agreements-languages = Languages
agreements-published = Published
agreements-superseded = Replaced
agreements-before = The version before
agreements-in-force = In force now
agreements-facts = About this version
agreements-for = Customers in
agreements-for-hint = A country’s own agreement comes before the one for all others.
agreements-title = Title
agreements-extent = Length
agreements-length = { $words ->
    [one] { $number } word
   *[other] { $number } words
 }, about { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 } to read
agreements-never-changes = The text, the date and what is asked never change. What each customer accepted stays as it was.

## What a version asks

agreements-asks = What it asks
agreements-asks-nothing = Nobody who accepted an earlier version is asked again.
agreements-asks-at-once = Customers are asked to accept it at once: an earlier acceptance no longer suffices.
agreements-asks-until = Customers are asked to accept it. An earlier acceptance suffices until { $date }.
agreements-asks-own = All customers in this country are asked to accept it at once. Until they do, orders and new or extended roles wait; reading and removing never do.

## Drafts

agreements-draft-of = Draft, version of { $dated }
agreements-draft-changed = Last changed on { $date }. Customers don’t see it.
agreements-draft-open = Open the draft
agreements-draft-title = Draft: { $title }
agreements-draft-lead = This is how customers will read it. Nobody but the operator sees it until it is published.
agreements-changed-at = Last changed
agreements-edit = Edit
agreements-publish = Publish…
agreements-discard = Discard…
agreements-stop-title = It can’t be published as it is
agreements-changed-title = The draft was changed meanwhile
agreements-changed-text = Somebody saved it after you opened it. Nothing of yours was kept over it: open the draft and look at it as it is now.
agreements-taken-title = There is a draft for these customers already
agreements-taken-text = What you typed is still below, and isn’t kept. Open the draft, or discard it first.
agreements-discarded-title = The draft was discarded
agreements-discarded-text = Its text isn’t kept. Its fingerprint stands in the log.

agreements-changes-see = See what changes
agreements-changes-title = What the version of { $dated } changes
agreements-changes-crumb = What changes
agreements-changes-nothing = No version is in force for these customers: there is nothing to compare with.
agreements-changes-no-text = The version of { $dated } has no text in this language.
agreements-changes-back = Back to the draft

## The form

agreements-new-title = Write a version
agreements-edit-title = Change the draft
agreements-edit-crumb = Edit
agreements-form-lead = Saving keeps a draft. You see it as customers will before you publish it.
agreements-dated = Counts from
agreements-dated-hint = The day that the version is known by. It can be published from that day on.
agreements-dated-missing = Enter the day that the version counts from
agreements-dated-later = The version counts from a later day. Publish it on that day, or change the day
agreements-material = Ask customers who accepted an earlier version to accept anew
agreements-material-hint = For changes that matter to them. Corrections of spelling need no new acceptance.
agreements-until = An earlier acceptance suffices until
agreements-until-hint = The beginning of that day in UTC. Afterwards, orders and new or extended roles wait for the new acceptance; reading and removing never do. Without a date, at once.
agreements-until-wrong = Enter a day, like 2027-01-31
agreements-until-passed = Enter a day that is still to come
agreements-until-not-material = Select the box above, or leave the day empty: nobody is asked to accept anew
agreements-note = Note for yourselves
agreements-note-hint = Customers don’t see it.
agreements-text = Text
agreements-text-hint = Markdown. The first heading (# Title) is the title. Leave it empty where there is no text in this language.
agreements-text-missing = Enter the text in at least one language
agreements-text-untitled = Begin with a heading, like # Customer Agreement
agreements-text-unseen = Type the heading again: it has a character that can’t be seen
agreements-text-empty = Enter a text below the heading
agreements-changes = What changed
agreements-changes-hint = In your words, for customers who accepted the version before. At most 2,000 characters.
agreements-changes-alone = Enter the text, or leave what changed empty as well
agreements-save = Save draft

## Publishing and discarding

agreements-publish-title = Publish the version of { $dated }?
agreements-publish-crumb = Publish
agreements-publish-stops = Replaced at once:
agreements-publish-stops-text = the version of { $dated }. Whoever has it open is shown the new one before anything is accepted.
agreements-publish-own = No longer counts:
agreements-publish-own-text = the agreement of all other countries, version of { $dated }. { $count ->
    [0] No customer in this country has accepted it.
    [one] { $number } customer in this country accepted it.
   *[other] { $number } customers in this country accepted it.
 }
agreements-publish-keeps = Stays:
agreements-publish-keeps-text = every acceptance of an earlier version, with its text and its receipt.
agreements-publish-asks = Asked:
agreements-publish-yes = Yes, publish it
agreements-publish-no = Not yet
agreements-published-title = The version of { $dated } is in force
agreements-published-text = Its text never changes from now on.
agreements-discard-title = Discard this draft?
agreements-discard-crumb = Discard
agreements-discard-stops = Goes:
agreements-discard-stops-text = what was written. It can’t be brought back.
agreements-discard-keeps-text = every version that was published.
agreements-discard-yes = Yes, discard the draft
agreements-discard-no = Keep it
