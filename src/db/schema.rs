//! The tables of both databases, written by hand; a test holds both against it.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `tenants`
    tenants (id) {
        /// `id`
        id -> DbUuid,
        /// `public_id`
        public_id -> Text,
        /// `kind`
        kind -> Text,
        /// `name`
        name -> Text,
        /// `name_folded`
        name_folded -> Text,
        /// `country`
        country -> Text,
        /// `language`
        language -> Text,
        /// `time_zone`
        time_zone -> Text,
        /// `billing_may_accept_roles`
        billing_may_accept_roles -> Bool,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `ended_at`
        ended_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `partners`
    partners (id) {
        /// `id`
        id -> DbUuid,
        /// `number`
        number -> Text,
        /// `name`
        name -> Text,
        /// `name_folded`
        name_folded -> Text,
        /// `domain`
        domain -> Nullable<Text>,
        /// `country`
        country -> Text,
        /// `city`
        city -> Nullable<Text>,
        /// `contact_name`
        contact_name -> Nullable<Text>,
        /// `contact_email`
        contact_email -> Nullable<Text>,
        /// `contact_phone`
        contact_phone -> Nullable<Text>,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `suspended_at`
        suspended_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `people`
    people (id) {
        /// `id`
        id -> DbUuid,
        /// `name`
        name -> Nullable<Text>,
        /// `name_folded`
        name_folded -> Nullable<Text>,
        /// `email`
        email -> Nullable<Text>,
        /// `email_folded`
        email_folded -> Nullable<Text>,
        /// `email_verified_at`
        email_verified_at -> Nullable<DbTimestamp>,
        /// `email_verified_by`
        email_verified_by -> Nullable<Text>,
        /// `password_hash`
        password_hash -> Nullable<Text>,
        /// `password_changed_at`
        password_changed_at -> Nullable<DbTimestamp>,
        /// `language`
        language -> Nullable<Text>,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `disabled_at`
        disabled_at -> Nullable<DbTimestamp>,
        /// `erased_at`
        erased_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `memberships`
    memberships (id) {
        /// `id`
        id -> DbUuid,
        /// `person_id`
        person_id -> DbUuid,
        /// `side`
        side -> Text,
        /// `tenant_id`
        tenant_id -> Nullable<DbUuid>,
        /// `partner_id`
        partner_id -> Nullable<DbUuid>,
        /// `for_partner_id`
        for_partner_id -> Nullable<DbUuid>,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `ended_at`
        ended_at -> Nullable<DbTimestamp>,
        /// `ended_by`
        ended_by -> Nullable<DbUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `membership_roles`
    membership_roles (id) {
        /// `id`
        id -> DbUuid,
        /// `membership_id`
        membership_id -> DbUuid,
        /// `role`
        role -> Text,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `created_by`
        created_by -> Nullable<DbUuid>,
        /// `ended_at`
        ended_at -> Nullable<DbTimestamp>,
        /// `ended_by`
        ended_by -> Nullable<DbUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `tenant_domains`
    tenant_domains (id) {
        /// `id`
        id -> DbUuid,
        /// `tenant_id`
        tenant_id -> DbUuid,
        /// `domain`
        domain -> Text,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `ended_at`
        ended_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `agreements`
    agreements (id) {
        /// `id`
        id -> DbUuid,
        /// `kind`
        kind -> Text,
        /// `country`
        country -> Nullable<Text>,
        /// `created_at`
        created_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `agreement_versions`
    agreement_versions (id) {
        /// `id`
        id -> DbUuid,
        /// `agreement_id`
        agreement_id -> DbUuid,
        /// `number`
        number -> Integer,
        /// `dated`
        dated -> Text,
        /// `state`
        state -> Text,
        /// `material`
        material -> Bool,
        /// `earlier_suffices_until`
        earlier_suffices_until -> Nullable<DbTimestamp>,
        /// `note`
        note -> Nullable<Text>,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `published_at`
        published_at -> Nullable<DbTimestamp>,
        /// `superseded_at`
        superseded_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `agreement_texts`
    agreement_texts (id) {
        /// `id`
        id -> DbUuid,
        /// `version_id`
        version_id -> DbUuid,
        /// `language`
        language -> Text,
        /// `title`
        title -> Text,
        /// `source`
        source -> Text,
        /// `media_type`
        media_type -> Text,
        /// `body`
        body -> Binary,
        /// `sha256`
        sha256 -> Binary,
        /// `words`
        words -> Integer,
        /// `changes`
        changes -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `invitations`
    invitations (id) {
        /// `id`
        id -> DbUuid,
        /// `partner_id`
        partner_id -> DbUuid,
        /// `created_by`
        created_by -> DbUuid,
        /// `relationship_type`
        relationship_type -> Text,
        /// `addressee`
        addressee -> Text,
        /// `addressed_tenant_id`
        addressed_tenant_id -> Nullable<DbUuid>,
        /// `email`
        email -> Nullable<Text>,
        /// `email_folded`
        email_folded -> Nullable<Text>,
        /// `email_domain`
        email_domain -> Nullable<Text>,
        /// `language`
        language -> Text,
        /// `message`
        message -> Nullable<Text>,
        /// `reference`
        reference -> Nullable<Text>,
        /// `days`
        days -> Nullable<Integer>,
        /// `state`
        state -> Text,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `expires_at`
        expires_at -> DbTimestamp,
        /// `answered_tenant_id`
        answered_tenant_id -> Nullable<DbUuid>,
        /// `closed_at`
        closed_at -> Nullable<DbTimestamp>,
        /// `closed_by`
        closed_by -> Nullable<DbUuid>,
        /// `decline_reason`
        decline_reason -> Nullable<Text>,
        /// `search_text`
        search_text -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `invitation_roles`
    invitation_roles (invitation_id, role) {
        /// `invitation_id`
        invitation_id -> DbUuid,
        /// `role`
        role -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `invitation_people`
    invitation_people (invitation_id, person_id) {
        /// `invitation_id`
        invitation_id -> DbUuid,
        /// `person_id`
        person_id -> DbUuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `invitation_tokens`
    invitation_tokens (id) {
        /// `id`
        id -> DbUuid,
        /// `invitation_id`
        invitation_id -> DbUuid,
        /// `token_hash`
        token_hash -> Binary,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `killed_at`
        killed_at -> Nullable<DbTimestamp>,
        /// `created_by`
        created_by -> Nullable<DbUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `renewal_requests`
    renewal_requests (invitation_id) {
        /// `invitation_id`
        invitation_id -> DbUuid,
        /// `tenant_id`
        tenant_id -> DbUuid,
        /// `requested_by`
        requested_by -> DbUuid,
        /// `requested_at`
        requested_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `relationships`
    relationships (id) {
        /// `id`
        id -> DbUuid,
        /// `tenant_id`
        tenant_id -> DbUuid,
        /// `partner_id`
        partner_id -> DbUuid,
        /// `relationship_type`
        relationship_type -> Text,
        /// `state`
        state -> Text,
        /// `since`
        since -> DbTimestamp,
        /// `ended_at`
        ended_at -> Nullable<DbTimestamp>,
        /// `ended_by`
        ended_by -> Nullable<DbUuid>,
        /// `sort_name`
        sort_name -> Text,
        /// `search_text`
        search_text -> Text,
        /// `had_roles`
        had_roles -> Bool,
        /// `global_until`
        global_until -> Nullable<DbTimestamp>,
        /// `helpdesk_until`
        helpdesk_until -> Nullable<DbTimestamp>,
        /// `sort_end`
        sort_end -> Text,
        /// `roles_left_at`
        roles_left_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `chains`
    chains (id) {
        /// `id`
        id -> DbUuid,
        /// `name`
        name -> Text,
        /// `tenant_id`
        tenant_id -> Nullable<DbUuid>,
        /// `head_number`
        head_number -> BigInt,
        /// `head_hash`
        head_hash -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `checkpointed`
    checkpointed (chain_id) {
        /// `chain_id`
        chain_id -> DbUuid,
        /// `number`
        number -> BigInt,
        /// `hash`
        hash -> Binary,
        /// `at`
        at -> DbTimestamp,
        /// `file_name`
        file_name -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `events`
    events (id) {
        /// `id`
        id -> DbUuid,
        /// `chain_id`
        chain_id -> DbUuid,
        /// `number`
        number -> BigInt,
        /// `at`
        at -> DbTimestamp,
        /// `kind`
        kind -> Text,
        /// `outcome`
        outcome -> Text,
        /// `tenant_id`
        tenant_id -> Nullable<DbUuid>,
        /// `partner_id`
        partner_id -> Nullable<DbUuid>,
        /// `relationship_id`
        relationship_id -> Nullable<DbUuid>,
        /// `invitation_id`
        invitation_id -> Nullable<DbUuid>,
        /// `person_id`
        person_id -> Nullable<DbUuid>,
        /// `canonical`
        canonical -> Text,
        /// `previous`
        previous -> Binary,
        /// `hash`
        hash -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `personal_data`
    personal_data (id) {
        /// `id`
        id -> DbUuid,
        /// `owner_id`
        owner_id -> DbUuid,
        /// `owner_kind`
        owner_kind -> Text,
        /// `label`
        label -> Text,
        /// `person_id`
        person_id -> Nullable<DbUuid>,
        /// `data`
        data -> Nullable<Text>,
        /// `salt`
        salt -> Nullable<Binary>,
        /// `commitment`
        commitment -> Binary,
        /// `erased_at`
        erased_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `acceptances`
    acceptances (id) {
        /// `id`
        id -> DbUuid,
        /// `tenant_id`
        tenant_id -> DbUuid,
        /// `agreement_id`
        agreement_id -> DbUuid,
        /// `version_id`
        version_id -> DbUuid,
        /// `text_id`
        text_id -> DbUuid,
        /// `membership_id`
        membership_id -> DbUuid,
        /// `invitation_id`
        invitation_id -> Nullable<DbUuid>,
        /// `event_id`
        event_id -> DbUuid,
        /// `accepted_at`
        accepted_at -> DbTimestamp,
        /// `record`
        record -> Text,
        /// `record_sha256`
        record_sha256 -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `authorizations`
    authorizations (id) {
        /// `id`
        id -> DbUuid,
        /// `tenant_id`
        tenant_id -> DbUuid,
        /// `invitation_id`
        invitation_id -> DbUuid,
        /// `relationship_id`
        relationship_id -> DbUuid,
        /// `acceptance_id`
        acceptance_id -> DbUuid,
        /// `membership_id`
        membership_id -> DbUuid,
        /// `event_id`
        event_id -> DbUuid,
        /// `authorized_at`
        authorized_at -> DbTimestamp,
        /// `record`
        record -> Text,
        /// `record_sha256`
        record_sha256 -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `grants`
    grants (id) {
        /// `id`
        id -> DbUuid,
        /// `tenant_id`
        tenant_id -> DbUuid,
        /// `partner_id`
        partner_id -> DbUuid,
        /// `relationship_id`
        relationship_id -> DbUuid,
        /// `authorization_id`
        authorization_id -> DbUuid,
        /// `role`
        role -> Text,
        /// `starts_at`
        starts_at -> DbTimestamp,
        /// `ends_at`
        ends_at -> DbTimestamp,
        /// `state`
        state -> Text,
        /// `closed_at`
        closed_at -> Nullable<DbTimestamp>,
        /// `closed_by`
        closed_by -> Nullable<DbUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `outgoing_mail`
    outgoing_mail (id) {
        /// `id`
        id -> DbUuid,
        /// `kind`
        kind -> Text,
        /// `recipient`
        recipient -> Nullable<Text>,
        /// `language`
        language -> Text,
        /// `tenant_id`
        tenant_id -> Nullable<DbUuid>,
        /// `partner_id`
        partner_id -> Nullable<DbUuid>,
        /// `invitation_id`
        invitation_id -> Nullable<DbUuid>,
        /// `relationship_id`
        relationship_id -> Nullable<DbUuid>,
        /// `person_id`
        person_id -> Nullable<DbUuid>,
        /// `facts`
        facts -> Text,
        /// `sealed_link`
        sealed_link -> Nullable<Binary>,
        /// `state`
        state -> Text,
        /// `message_id`
        message_id -> Text,
        /// `attempts`
        attempts -> Integer,
        /// `run_at`
        run_at -> DbTimestamp,
        /// `leased_until`
        leased_until -> Nullable<DbTimestamp>,
        /// `last_error`
        last_error -> Nullable<Text>,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `closed_at`
        closed_at -> Nullable<DbTimestamp>,
        /// `lease`
        lease -> Nullable<DbUuid>,
        /// `once`
        once -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `sessions`
    sessions (id) {
        /// `id`
        id -> DbUuid,
        /// `key_hash`
        key_hash -> Binary,
        /// `person_id`
        person_id -> Nullable<DbUuid>,
        /// `membership_id`
        membership_id -> Nullable<DbUuid>,
        /// `state`
        state -> Text,
        /// `user_agent`
        user_agent -> Nullable<Text>,
        /// `client_address`
        client_address -> Nullable<Text>,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `last_seen_at`
        last_seen_at -> DbTimestamp,
        /// `renew`
        renew -> Bool,
        /// `expires_at`
        expires_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `sign_in_failures`
    sign_in_failures (account_hash) {
        /// `account_hash`
        account_hash -> Binary,
        /// `failures`
        failures -> Integer,
        /// `window_ends_at`
        window_ends_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `denials`
    denials (person_id, route, minute) {
        /// `person_id`
        person_id -> DbUuid,
        /// `route`
        route -> Text,
        /// `minute`
        minute -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `mail_setups`
    mail_setups (transport) {
        /// `transport`
        transport -> Text,
        /// `first_at`
        first_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `password_resets`
    password_resets (id) {
        /// `id`
        id -> DbUuid,
        /// `person_id`
        person_id -> DbUuid,
        /// `token_hash`
        token_hash -> Binary,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `expires_at`
        expires_at -> DbTimestamp,
        /// `closed_at`
        closed_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `contact_messages`
    contact_messages (id) {
        /// `id`
        id -> DbUuid,
        /// `tenant_id`
        tenant_id -> Nullable<DbUuid>,
        /// `membership_id`
        membership_id -> Nullable<DbUuid>,
        /// `language`
        language -> Text,
        /// `need`
        need -> Nullable<Text>,
        /// `name`
        name -> Nullable<Text>,
        /// `email`
        email -> Nullable<Text>,
        /// `email_folded`
        email_folded -> Nullable<Text>,
        /// `phone`
        phone -> Nullable<Text>,
        /// `organization`
        organization -> Nullable<Text>,
        /// `size`
        size -> Text,
        /// `start`
        start -> Text,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `erased_at`
        erased_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `contact_requests`
    contact_requests (id) {
        /// `id`
        id -> DbUuid,
        /// `message_id`
        message_id -> DbUuid,
        /// `partner_id`
        partner_id -> DbUuid,
        /// `tenant_id`
        tenant_id -> Nullable<DbUuid>,
        /// `state`
        state -> Text,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `expires_at`
        expires_at -> DbTimestamp,
        /// `closed_at`
        closed_at -> Nullable<DbTimestamp>,
        /// `closed_by`
        closed_by -> Nullable<DbUuid>,
        /// `decline_reason`
        decline_reason -> Nullable<Text>,
        /// `invitation_id`
        invitation_id -> Nullable<DbUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `staff_invitations`
    staff_invitations (id) {
        /// `id`
        id -> DbUuid,
        /// `partner_id`
        partner_id -> DbUuid,
        /// `created_by`
        created_by -> DbUuid,
        /// `name`
        name -> Text,
        /// `email`
        email -> Text,
        /// `email_folded`
        email_folded -> Text,
        /// `roles`
        roles -> Text,
        /// `token_hash`
        token_hash -> Binary,
        /// `shown`
        shown -> Bool,
        /// `state`
        state -> Text,
        /// `created_at`
        created_at -> DbTimestamp,
        /// `expires_at`
        expires_at -> DbTimestamp,
        /// `closed_at`
        closed_at -> Nullable<DbTimestamp>,
        /// `closed_by`
        closed_by -> Nullable<DbUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `directory_profiles`
    directory_profiles (entry) {
        /// `entry`
        entry -> BigInt,
        /// `partner_id`
        partner_id -> DbUuid,
        /// `state`
        state -> Text,
        /// `description`
        description -> Nullable<Text>,
        /// `contact_email`
        contact_email -> Nullable<Text>,
        /// `updated_at`
        updated_at -> DbTimestamp,
        /// `updated_by`
        updated_by -> DbUuid,
        /// `published_at`
        published_at -> Nullable<DbTimestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// `directory_entries`
    directory_entries (entry) {
        /// `entry`
        entry -> BigInt,
        /// `name_folded`
        name_folded -> Text,
        /// `suspended`
        suspended -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    /// `directory_cards`
    directory_cards (entry) {
        /// `entry`
        entry -> BigInt,
        /// `card`
        card -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `directory_locations`
    directory_locations (partner_id, position) {
        /// `partner_id`
        partner_id -> DbUuid,
        /// `position`
        position -> Integer,
        /// `country`
        country -> Text,
        /// `city`
        city -> Text,
        /// `city_folded`
        city_folded -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `directory_choices`
    directory_choices (partner_id, facet, position) {
        /// `partner_id`
        partner_id -> DbUuid,
        /// `facet`
        facet -> Text,
        /// `position`
        position -> Integer,
        /// `value`
        value -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `agreement_drafts`
    agreement_drafts (id) {
        /// `id`
        id -> DbUuid,
        /// `kind`
        kind -> Text,
        /// `country`
        country -> Nullable<Text>,
        /// `dated`
        dated -> Text,
        /// `material`
        material -> Bool,
        /// `earlier_suffices_until`
        earlier_suffices_until -> Nullable<DbTimestamp>,
        /// `note`
        note -> Nullable<Text>,
        /// `revision`
        revision -> Integer,
        /// `changed_at`
        changed_at -> DbTimestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::DbUuid;

    /// `agreement_draft_texts`
    agreement_draft_texts (draft_id, language) {
        /// `draft_id`
        draft_id -> DbUuid,
        /// `language`
        language -> Text,
        /// `source`
        source -> Text,
        /// `changes`
        changes -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `agreement_claims`
    agreement_claims (id) {
        /// `id`
        id -> DbUuid,
        /// `tenant_id`
        tenant_id -> DbUuid,
        /// `partner_id`
        partner_id -> DbUuid,
        /// `relationship_id`
        relationship_id -> DbUuid,
        /// `version_id`
        version_id -> DbUuid,
        /// `accepted_on`
        accepted_on -> Text,
        /// `claimed_at`
        claimed_at -> DbTimestamp,
        /// `claimed_by`
        claimed_by -> DbUuid,
        /// `state`
        state -> Text,
        /// `closed_at`
        closed_at -> Nullable<DbTimestamp>,
        /// `closed_by`
        closed_by -> Nullable<DbUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::{DbTimestamp, DbUuid};

    /// `agreement_claim_words`
    agreement_claim_words (claim_id) {
        /// `claim_id`
        claim_id -> DbUuid,
        /// `name`
        name -> Nullable<Text>,
        /// `name_folded`
        name_folded -> Nullable<Text>,
        /// `note`
        note -> Nullable<Text>,
        /// `erased_at`
        erased_at -> Nullable<DbTimestamp>,
    }
}

diesel::joinable!(memberships -> people (person_id));
diesel::joinable!(memberships -> tenants (tenant_id));
diesel::joinable!(tenant_domains -> tenants (tenant_id));
diesel::joinable!(agreement_versions -> agreements (agreement_id));
diesel::joinable!(agreement_texts -> agreement_versions (version_id));
diesel::joinable!(invitations -> partners (partner_id));
diesel::joinable!(invitation_roles -> invitations (invitation_id));
diesel::joinable!(invitation_people -> invitations (invitation_id));
diesel::joinable!(invitation_people -> people (person_id));
diesel::joinable!(invitation_tokens -> invitations (invitation_id));
diesel::joinable!(renewal_requests -> invitations (invitation_id));
diesel::joinable!(renewal_requests -> tenants (tenant_id));
diesel::joinable!(renewal_requests -> memberships (requested_by));
diesel::joinable!(relationships -> tenants (tenant_id));
diesel::joinable!(relationships -> partners (partner_id));
diesel::joinable!(relationships -> memberships (ended_by));
diesel::joinable!(chains -> tenants (tenant_id));
diesel::joinable!(checkpointed -> chains (chain_id));
diesel::joinable!(events -> chains (chain_id));
diesel::joinable!(events -> tenants (tenant_id));
diesel::joinable!(events -> partners (partner_id));
diesel::joinable!(events -> relationships (relationship_id));
diesel::joinable!(events -> invitations (invitation_id));
diesel::joinable!(events -> people (person_id));
diesel::joinable!(personal_data -> people (person_id));
diesel::joinable!(acceptances -> tenants (tenant_id));
diesel::joinable!(acceptances -> agreements (agreement_id));
diesel::joinable!(acceptances -> agreement_versions (version_id));
diesel::joinable!(agreement_draft_texts -> agreement_drafts (draft_id));
diesel::joinable!(acceptances -> agreement_texts (text_id));
diesel::joinable!(acceptances -> memberships (membership_id));
diesel::joinable!(acceptances -> invitations (invitation_id));
diesel::joinable!(acceptances -> events (event_id));
diesel::joinable!(agreement_claims -> partners (partner_id));
diesel::joinable!(agreement_claims -> agreement_versions (version_id));
diesel::joinable!(agreement_claim_words -> agreement_claims (claim_id));
diesel::joinable!(authorizations -> tenants (tenant_id));
diesel::joinable!(authorizations -> invitations (invitation_id));
diesel::joinable!(authorizations -> relationships (relationship_id));
diesel::joinable!(authorizations -> acceptances (acceptance_id));
diesel::joinable!(authorizations -> memberships (membership_id));
diesel::joinable!(authorizations -> events (event_id));
diesel::joinable!(grants -> tenants (tenant_id));
diesel::joinable!(grants -> partners (partner_id));
diesel::joinable!(grants -> relationships (relationship_id));
diesel::joinable!(grants -> authorizations (authorization_id));
diesel::joinable!(grants -> memberships (closed_by));
diesel::joinable!(outgoing_mail -> tenants (tenant_id));
diesel::joinable!(outgoing_mail -> partners (partner_id));
diesel::joinable!(outgoing_mail -> invitations (invitation_id));
diesel::joinable!(outgoing_mail -> relationships (relationship_id));
diesel::joinable!(outgoing_mail -> people (person_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(denials -> people (person_id));
diesel::joinable!(password_resets -> people (person_id));
diesel::joinable!(contact_messages -> tenants (tenant_id));
diesel::joinable!(contact_messages -> memberships (membership_id));
diesel::joinable!(contact_requests -> contact_messages (message_id));
diesel::joinable!(contact_requests -> partners (partner_id));
diesel::joinable!(contact_requests -> invitations (invitation_id));
diesel::joinable!(staff_invitations -> partners (partner_id));
diesel::joinable!(directory_profiles -> partners (partner_id));
diesel::joinable!(directory_cards -> directory_entries (entry));
diesel::joinable!(directory_entries -> directory_profiles (entry));

diesel::allow_tables_to_appear_in_same_query!(
    tenants,
    partners,
    people,
    memberships,
    membership_roles,
    tenant_domains,
    agreements,
    agreement_versions,
    agreement_texts,
    invitations,
    invitation_roles,
    invitation_people,
    invitation_tokens,
    renewal_requests,
    relationships,
    chains,
    checkpointed,
    events,
    personal_data,
    acceptances,
    agreement_claims,
    agreement_claim_words,
    authorizations,
    grants,
    outgoing_mail,
    sessions,
    sign_in_failures,
    denials,
    mail_setups,
    password_resets,
    contact_messages,
    contact_requests,
    staff_invitations,
    directory_profiles,
    directory_entries,
    directory_cards,
    directory_locations,
    directory_choices,
    agreement_drafts,
    agreement_draft_texts,
);

#[expect(missing_docs, reason = "the macro takes no comments")]
mod aliases {
    use super::{invitations, outgoing_mail, partners};

    diesel::alias! {
        pub const employers: Alias<Employers> = partners as employers;
        pub const later_invitations: Alias<LaterInvitations> = invitations as later_invitations;
        pub const later_mail: Alias<LaterMail> = outgoing_mail as later_mail;
    }
}

/// The partner that a tenant's user works for, beside the one that a member of staff is of.
pub use aliases::employers;
/// Invitations made after another one.
pub use aliases::later_invitations;
/// Mails about the same thing as another one.
pub use aliases::later_mail;
