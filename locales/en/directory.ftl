### Find a partner: the directory, and a partner's own profile in it.

directory-lead = Say where you are and what you need. Contacting a partner shares nothing but your message.
directory-label = Partner directory
directory-need = What do you need?
directory-location = Location
directory-location-hint = City, country
directory-size = Your size
directory-kind = Kind of help
directory-language = Language
directory-any = Any
directory-any-language = Any
directory-find = Find partners
directory-count = { $count ->
    [one] { $number } partner
   *[other] { $number } partners
}
directory-count-all = { $count ->
    [one] {" "}is in the directory
   *[other] {" "}are in the directory
}
directory-count-match = { $count ->
    [one] {" "}matches
   *[other] {" "}match
}
directory-count-near = { $count ->
    [one] {" "}in { $location }
   *[other] {" "}in { $location }
}
directory-clear = Clear search
directory-quoted = “{ $text }”
directory-without = Without { $filter }
directory-choose = Choose one or more partners to contact
directory-selected = selected
directory-kept = Also selected
directory-contact = Contact selected partners
directory-contact-one = Contact this partner
directory-too-many-title = You can contact { $count } partners at once
directory-too-many-text = The first ones you selected are kept. Contact these first, then the others.
directory-shown = { $count ->
    [one] 1 partner on this page
   *[other] { $count } partners on this page
}
directory-none-title = No partner matches all of this
directory-none-text = Try fewer words or another place, or look through the whole directory.
directory-none-ways = With one condition less there is somebody:
directory-no-more = There is nobody after this place in the list
directory-show-all = Show all partners
directory-empty-title = The directory is empty
directory-empty-text = Partners show up here once they publish a profile. A partner that you know already can send you an invitation.
directory-further-places = { $count ->
    [one] and 1 more place
   *[other] and { $count } more places
}
directory-and = { $list } and { $last }
directory-about = What they do
directory-services = Keywords and services
directory-own-words = In the partner’s own words. The name and the domain are registered by whoever runs this portal.
directory-facts = At a glance
directory-sizes = Sizes of organization served
directory-places = Where they are
directory-languages = Languages spoken
directory-domain = Domain
directory-number = Partner id

size-1-49 = 1 to 49
size-50-249 = 50 to 249
size-250-999 = 250 to 999
size-1000 = 1,000 or more
help-sells = sells
help-manages = manages
help-advises = advises
help-builds-apps = builds apps
help-kind-sells = Sells
help-kind-manages = Manages
help-kind-advises = Advises
help-kind-builds-apps = Builds apps
help-text-sells = Subscriptions, licences and devices.
help-text-manages = Accounts, licences and services, day by day.
help-text-advises = Answers users, plans changes, trains teams.
help-text-builds-apps = Develops apps for one organization and looks after them.

spoken-ar = Arabic
spoken-bg = Bulgarian
spoken-ca = Catalan
spoken-cs = Czech
spoken-da = Danish
spoken-de = German
spoken-el = Greek
spoken-en = English
spoken-es = Spanish
spoken-et = Estonian
spoken-fi = Finnish
spoken-fr = French
spoken-ga = Irish
spoken-he = Hebrew
spoken-hi = Hindi
spoken-hr = Croatian
spoken-hu = Hungarian
spoken-is = Icelandic
spoken-it = Italian
spoken-ja = Japanese
spoken-lt = Lithuanian
spoken-lb = Luxembourgish
spoken-lv = Latvian
spoken-nl = Dutch
spoken-no = Norwegian
spoken-pl = Polish
spoken-pt = Portuguese
spoken-ro = Romanian
spoken-sk = Slovak
spoken-sl = Slovenian
spoken-sv = Swedish
spoken-tr = Turkish
spoken-uk = Ukrainian
spoken-zh = Chinese

profile-lead = What customers read when they look for a partner. Nobody sees it before you publish it.
profile-registered = As registered
profile-registered-text = Whoever runs this portal registered the name and the domain, so that no partner passes for another. Ask them for a change.
profile-name = Name
profile-says = In your own words
profile-description = What you do
profile-description-hint = Plain text, at most 1,000 characters. Links and e-mail addresses are refused: customers write to you by the form.
profile-keywords-hint = At most { $count }, with commas between.
profile-places = Where you are
profile-places-hint = The first one stands in the list. At most { $count }.
profile-place = Place { $number }
profile-city = City
profile-country = Country
profile-choose-country = Choose a country
profile-more = Add another place
profile-requests = Requests
profile-contact = E-mail for requests
profile-contact-hint = Private: we write to it when a customer asks for you. No customer and no other partner sees it.
profile-save = Save
profile-save-publish = Save and publish
profile-preview = As customers see it
profile-preview-text = Above as in the list, below as on your own page.
profile-is-published = Published
profile-is-published-text = Customers find you in the directory. What you save here shows at once.
profile-is-hidden = Hidden
profile-is-hidden-text = Customers don’t find you in the directory.
profile-publish = Publish
profile-hide = Hide
profile-history = Changes
profile-saved-title = Profile saved
profile-published-title = Profile published
profile-hidden-title = Profile hidden
profile-now-published = Customers find you in the directory now.
profile-now-hidden = Customers don’t find you in the directory.
profile-description-long = Shorten the description to 1,000 characters
profile-description-unseen = Remove the character that can’t be seen from the description
profile-description-address = Remove links and e-mail addresses from the description
profile-keywords-long = Shorten each keyword to 40 characters
profile-keywords-unseen = Remove characters that can’t be seen or mix alphabets from the keywords
profile-keywords-address = Remove links and e-mail addresses from the keywords
profile-keywords-many = Enter at most 12 keywords
profile-places-long = Shorten the name of the city to 80 characters
profile-places-unseen = Remove characters that can’t be seen or mix alphabets from the city
profile-places-address = Remove links and e-mail addresses from the city
profile-places-half = Enter both the city and the country of each place
profile-contact-wrong = Enter one e-mail address, like name@organization.example
profile-missing-description = Say what you do
profile-missing-help = Choose at least one kind of help
profile-missing-sizes = Choose at least one size of organization
profile-missing-places = Enter at least one place
profile-missing-languages = Choose at least one language
profile-missing-contact = Enter the e-mail address for requests
