### The receipt of an acceptance or an authorization. What it says of the act comes from the record itself.

receipt-title = Receipt
receipt-title-authorization = Receipt of an authorization
receipt-lead = { $tenant } accepted the { $title }. This page is made from the record of it.
receipt-download = Download the receipt
receipt-read = Read the accepted text
receipt-what = Who accepted what
receipt-authorized-lead = { $tenant } authorized { $partner }. This page is made from the record of it.
receipt-read-then = Read the agreement in force then
receipt-relies = Relies on the acceptance
receipt-then = Agreement in force then
receipt-whom = Who authorized whom
receipt-partner = Partner
receipt-type = Type of relationship
receipt-role = Role granted
receipt-authorized-by = Authorized by
receipt-document = Agreement
receipt-version = Version
receipt-version-in = Version of { $date }, read in { $language }
receipt-for = For
receipt-by = Accepted by
receipt-erased = Erased person
receipt-right = With the right of
receipt-when = When
receipt-with = With it granted
receipt-granted = { $role }, until { $until }
receipt-how = How
receipt-box = Box ticked
receipt-button = Button pressed
receipt-page = Language of the page
receipt-signed-in = Signed in
receipt-by-password = By password, { $at }
receipt-address = From address
receipt-browser = Browser
receipt-proof = What proves it
receipt-text = Agreement’s text (SHA-256)
receipt-place = Place in the audit log
receipt-entry = Entry { $number }
receipt-hash = That entry’s hash (SHA-256)
receipt-id = Acceptance
receipt-authorization = Authorization
receipt-request = Request
receipt-application = Recorded by
receipt-key = Signing key (SHA-256)
receipt-simple = This is a simple electronic signature: the record says which account was signed in and what it did, not who sat at the keyboard.
receipt-check = The download holds the record, the text and what proves both, signed. Anybody can check it, also on a machine that knows nothing of this service:

## Where it is linked from

receipt-see = Receipt
receipt-see-authorization = Receipt of the authorization

## The mail to whoever accepted

mail-receipt-subject = Your receipt: { $tenant } accepted an agreement
mail-receipt-lead = You accepted the following for { $tenant }. Keep this e-mail: the receipt shows what was accepted, when and with which right, in a form that anybody can check.
mail-receipt-title = Agreement
mail-receipt-dated = Version
mail-receipt-at = Accepted
mail-receipt-attached = The receipt is attached as { $file }. It holds the record, the text and what proves both, signed. Anybody who has the program can check it, on any machine: entente verify { $file }
mail-receipt-not-attached = The receipt couldn’t be attached to this e-mail. You find it, and its download, on its page.
mail-receipt-action = See the receipt
mail-receipt-not-you = It wasn’t you? Tell another administrator of { $tenant } at once.
