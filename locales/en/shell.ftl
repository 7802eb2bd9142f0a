### What stands around every page: the rail, the bar, the foot, dates.

shell-skip = Skip to content
shell-menu = Menu
shell-workspace = Workspace
shell-main-navigation = Main
shell-breadcrumb = Breadcrumb
shell-waiting = waiting
shell-sign-out = Sign out
shell-signed-in-as = Signed in as
shell-workspace-tenant = Customer workspace
shell-workspace-partner = Partner workspace
shell-workspace-operator = Operator workspace
shell-error-prefix = Error:
shell-errors-title = There is a problem
shell-version = Entente { $version }
shell-version-hosted = Entente { $version }, hosted by { $operator }
shell-appearance-system = Appearance: system
shell-appearance-light = Appearance: light
shell-appearance-dark = Appearance: dark

# Controls that several pages share.
shell-copy = Copy
shell-copied = Copied
shell-cancel = Cancel
shell-search = Search
shell-apply = Apply
shell-print = Print
shell-remove-filter = Remove filter
shell-days-from = From
shell-days-to = Until
shell-days-reversed = The last day is before the first.
shell-days-between = { $from } – { $to }
shell-days-since = from { $from }
shell-days-until = until { $to }
shell-pages = Pages
shell-first-page = First page
shell-next-page = Next page
shell-back = Back

## Navigation

nav-home = Home
nav-billing = Billing
nav-partners = Partner relationships
nav-invitations = Invitations
nav-agreement = Customer Agreement
nav-directory = Partners
nav-find = Find a partner
nav-profile = Directory profile
nav-security = Security
nav-audit-log = Audit log
nav-partner-home = Home
nav-mail = Mail
nav-tenants = Tenants
nav-agreements = Agreements
nav-requests = Requests
nav-asked = Contact requests
nav-account = Account
nav-settings = Settings

## Languages, each in its own

language-en = English
language-fr = Français

## Roles that people hold

member-role-global-administrator = Global administrator
member-role-billing-administrator = Billing administrator
member-role-user-administrator = User administrator
member-role-helpdesk-administrator = Helpdesk administrator
member-role-admin-agent = Admin agent
member-role-sales-agent = Sales agent
member-role-helpdesk-agent = Helpdesk agent
member-role-operator = Operator
member-role-none = No role

## Dates and times

# The week starts on Monday.
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
# Between a day and a time.
date-time-separator = ,{" "}
# When, seen from today.
in-days = { $days ->
    [0] today
    [1] tomorrow
   *[other] in { $days } days
}
# How long something lasts.
days-long = { $days ->
    [365] 12 months
    [730] 24 months
    [one] { $days } day
   *[other] { $days } days
}
