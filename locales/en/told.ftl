### Events told to people. A sentence begins with a verb, so that a name can stand before it.

told-somebody = a person
told-erased = Erased person
told-command-line = Command line
told-by-command-line = The command line
told-automatic = Automatic
told-visitor = Not signed in
told-partner-side = Partner
told-and = {" "}and{" "}
told-no-role = no role

told-language-en = English
told-language-fr = French

told-type-reseller = reseller
told-type-delegated-administrator = delegated administrator
told-type-reseller-and-delegated-administrator = reseller & delegated administrator
told-type-partner = partner
told-type-advisor = advisor
told-type-mpsa-partner = MPSA partner
told-type-line-of-business-partner = line-of-business partner

told-tenant-added = registered { $name }
told-tenant-settings-changed = { $setting ->
    [billing_may_accept_roles] { $after ->
        [yes] let Billing administrators accept invitations that grant admin roles
       *[no] left invitations that grant admin roles to Global administrators
    }
   *[other] changed a setting
}
told-tenant-domain-added = registered the domain { $domain }
told-tenant-domain-removed = removed the domain { $domain }
told-user-added = added { $person } with { $roles }
told-user-roles-changed = changed the roles of { $person } from { $before } to { $after }
told-user-disabled = disabled the account of { $person }
told-person-password-changed = { $whose ->
    [own] changed their password
   *[other] set a new password for { $person }
}
told-person-password-reset = set a new password by a mailed link
told-person-profile-changed = chose { $language } as language
told-person-session-ended = { $count ->
    [0] ended their other sessions
    [one] ended one of their sessions
   *[other] ended { $count } of their sessions
}
told-partner-added = registered the partner { $partner }
told-partner-suspended = suspended the partner { $partner }
told-partner-reinstated = lifted the suspension of the partner { $partner }
told-staff-invited = invited a person to the staff of { $partner } with { $roles }
told-staff-invitation-withdrawn = withdrew an invitation to the staff of { $partner }
told-staff-joined = joined the staff of { $partner } with { $roles }
told-staff-added = added { $person } to the staff of { $partner }
told-staff-disabled = disabled { $person } of the staff of { $partner }
told-operator-added = added { $person } as operator
told-agreement-drafted = drafted the { $title }, version of { $dated }
told-agreement-draft-discarded = discarded a draft of the { $title }, version of { $dated }
told-agreement-published = published the Customer Agreement, version of { $dated }
told-agreement-accepted = accepted the Customer Agreement, version of { $dated }
told-agreement-claimed = said that the Customer Agreement, version of { $dated }, was accepted elsewhere
told-agreement-claim-confirmed = confirmed by accepting what { $partner } had said of the Customer Agreement
told-agreement-claim-dismissed = dismissed what { $partner } had said of the Customer Agreement
told-invitation-created = { $count ->
    [0] sent an invitation from { $partner } as { $type }
    [one] sent an invitation from { $partner } as { $type }, asking for the role { $roles }
   *[other] sent an invitation from { $partner } as { $type }, asking for the roles { $roles }
}
told-invitation-accepted = { $count ->
    [0] accepted the invitation from { $partner } as { $type }
    [one] accepted the invitation from { $partner } as { $type }, giving it the role { $roles }
   *[other] accepted the invitation from { $partner } as { $type }, giving it the roles { $roles }
}
told-invitation-declined = declined the invitation from { $partner }
told-invitation-withdrawn = withdrew the invitation from { $partner }
told-invitation-expired = closed the invitation from { $partner }, which had run out
told-invitation-resent = sent the invitation from { $partner } again, with a new link
told-invitation-renewal-requested = asked { $partner } for a new link
told-contact-requested = wrote to { $partner }
told-contact-answered = answered a request to { $partner } with an invitation
told-contact-declined = declined a request to { $partner }
told-contact-expired = closed a request to { $partner }, which nobody answered in time
told-directory-profile-changed = changed the directory profile of { $partner }
told-directory-published = published { $partner } in the directory
told-directory-hidden = took { $partner } out of the directory
told-mail-retried = { $count ->
    [one] let { $count } parked mail be sent again
   *[other] let { $count } parked mails be sent again
}
told-roles-removed = { $count ->
    [0] removed the roles of { $partner }
    [one] removed { $count } role from { $partner }
   *[other] removed { $count } roles from { $partner }
}
told-roles-given-back = { $count ->
    [one] gave back the role { $roles } of { $partner }
   *[other] gave back { $count } roles of { $partner }
}
told-roles-ended = { $count ->
    [0] ended the roles of { $partner }, as agreed
    [one] ended { $count } role of { $partner }, as agreed
   *[other] ended { $count } roles of { $partner }, as agreed
}
told-relationship-ended = ended the relationship with { $partner }
told-person-erased = erased the personal data of somebody who had left
told-checkpoint-written = { $count ->
    [one] wrote a checkpoint of { $count } audit log
   *[other] wrote a checkpoint of { $count } audit logs
}
told-access-denied = sent a request to { $route } and was refused
