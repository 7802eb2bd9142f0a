### A partner's customers: the list, one customer, giving roles back, ending a relationship.

nav-customers = Customers
customers-lead = The customers that your company works with, and what each of them lets it do.

## The list

customers-roles-and-end = Roles and their end
customers-agreement = Customer agreement
customers-search-hint = Name of a customer
customers-count = { $count ->
    [one] { $number } customer
   *[other] { $number } customers
}
customers-no-more = No more customers
customers-none-title = No customer matches these filters

# What a customer has accepted of the agreement.
customers-consent-unpublished = None published
customers-consent-missing = Not accepted yet
customers-consent-outdated = New version waits
customers-consent-accepted = Accepted

## One customer

customers-facts = Facts about the relationship
customers-country = Country
customers-can = What you can do
customers-you-can = You can
customers-not-needed = If you don’t need it
customers-give-back = Give back
customers-from = From { $date }.
customers-authorized = Authorized by { $person } on { $date }
customers-also = You also work with this customer as:
customers-closed = Earlier roles
customers-role = Role
customers-starts = From
customers-ended = Until
customers-how = How it ended
customers-gone-ended = Ran out
customers-gone-replaced = Replaced by a later authorization
customers-gone-removed = Removed by { $person }
customers-gone-given-back = Given back by { $person }
customers-left = { $how } on { $date }.
customers-left-sells = You can still sell to { $customer }. To manage accounts, send a new invitation.
customers-left-text = To manage accounts or help users of { $customer }, send a new invitation.
customers-over-text = { $person } ended it on { $date }. Nothing can be done under it any more. To work with this customer again, send a new invitation.

# What a type lets the partner do, as the partner reads it.
customers-reach-own-apps = Their own apps only
customers-type-reseller = Sell products to this customer
customers-type-delegated-administrator = Manage this customer’s products and services
customers-type-reseller-and-delegated-administrator = Sell to this customer and manage what you sell
customers-type-partner = Work with user accounts that this customer gave you
customers-type-advisor = Reset passwords and handle support requests
customers-type-mpsa-partner = See purchases that this customer’s other MPSA partners made
customers-type-line-of-business-partner = Develop, submit and manage apps for this customer

## Giving a role back

customers-return-title = Give back this role?
customers-return-lead = Your company gives back the role { $role } at { $customer }.
customers-no-longer = You can no longer
customers-stops-global-administrator = create accounts, manage licences, change security settings or reset anyone’s password.
customers-stops-helpdesk-administrator = reset passwords or work on support requests with this role.
customers-return-at-once = nobody in your company can use the role from the next request on.
customers-return-sells = You can still sell to this customer.
customers-return-undo = you have to send a new invitation, and the customer has to accept it.
customers-return-role = Role that you give back
customers-return-yes = Yes, give the role back
customers-return-no = No, keep the role
customers-given-back-title = Role given back
customers-given-back-text = Your company doesn’t have the role { $role } at { $customer } any more. The customer’s audit log says who gave it back, and when.

## Ending a relationship

customers-end = End relationship
customers-end-title = End this relationship?
customers-end-lead = Your company stops working with { $customer } as: { $type }.
customers-end-roles = Roles end at once:
customers-end-roles-text = every role listed goes, from the next request on.
customers-end-type = You can no longer:
customers-end-accounts = User accounts end at once:
customers-end-accounts-text = { $count ->
    [one] { $count } account that the customer gave to your staff.
   *[other] { $count } accounts that the customer gave to your staff.
}
customers-end-stays = What stays:
customers-end-stays-text = the accepted agreement, the record of who authorized you, and the audit log.
customers-end-others = Your other relationships with this customer go on.
customers-end-undo = you have to send a new invitation, and the customer has to accept it.
customers-end-what = What ends
customers-end-account = User account
customers-end-yes = Yes, end the relationship
customers-end-no = No, keep the relationship
customers-ended-title = Relationship ended
customers-ended-text = Your company can’t do anything at { $customer } under this relationship any more.

customers-claim-it = Record that it was accepted elsewhere
customers-claim-said = You recorded that { $person } accepted it elsewhere on { $date }.
customers-claim-waits = No administrator has confirmed it yet.
customers-claim-confirmed = An administrator accepted on { $date }.
customers-claim-dismissed = An administrator dismissed it on { $date }.
customers-claimed-title = Recorded
customers-claimed-text = Administrators of { $customer } read it on their agreement’s page. Nothing follows from it until one of them accepts.
