settings-title = Settings
settings-text = What is yours alone, whichever organization you act for.

settings-saved-membership = You act for another organization now
settings-saved-language = Your language is changed
settings-saved-appearance = The appearance of this browser is changed
settings-saved-password = Your password is changed, and your other sessions are ended
settings-saved-session = The session is ended
settings-saved-sessions = Your other sessions are ended
settings-saved-acceptance = The setting of your organization is saved

settings-membership = Whom you act for
settings-membership-text = Pages show one organization at a time
settings-membership-acts = Acting now
settings-membership-switch = Act for this one

settings-language = Language
settings-language-hint = For every page.
settings-language-save = Save language
settings-appearance = Appearance
settings-appearance-hint = For this browser.
settings-appearance-save = Save appearance
settings-theme-system = As the system
settings-theme-light = Light
settings-theme-dark = Dark

settings-acceptance = Who may accept invitations that grant admin roles
settings-acceptance-text = Global administrators always may. This decides about Billing administrators.
settings-acceptance-yes = Billing administrators may too
settings-acceptance-yes-hint = They can give a partner every role that it asks for, full control included.
settings-acceptance-no = Only Global administrators may
settings-acceptance-no-hint = Billing administrators still accept invitations without admin roles, decline invitations and remove roles.
settings-acceptance-save = Save setting
settings-acceptance-holders = A Global administrator can change this: { $names }.

settings-password = Password
settings-password-text = Changing it ends your other sessions.
settings-password-current = Current password
settings-password-new = New password
settings-password-hint = At least 15 characters, for example four unrelated words.
settings-password-again = New password again
settings-password-save = Change password
settings-current-missing = Enter your current password

settings-sessions = Where you’re signed in
settings-sessions-end = End all other sessions
settings-session-since = signed in
settings-session-seen = last seen
settings-session-this = This session
settings-session-end = End session
settings-browser-on = { $browser } on { $system }
settings-browser-unknown = Unknown browser
settings-address-unknown = address unknown
