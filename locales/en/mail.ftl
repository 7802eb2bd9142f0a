# Why a mail was not handed over.

mail-fault-unreachable = The mail server can't be reached
mail-fault-insecure = The connection to the mail server isn't secure
mail-fault-slow = The mail server took too long
mail-fault-sign-in = The mail server doesn't accept our user name and password
mail-fault-later = The mail server asked to try again later
mail-fault-refused = The mail server refused the mail or its address
mail-fault-address = Mail can't be sent to this address
mail-fault-sealed = Its link can't be read any more: the installation's secret was changed
mail-fault-unwritten = The mail couldn't be written
mail-fault-stale = It had waited for more than a day when mail was first set up
mail-fault-other = Something went wrong here
