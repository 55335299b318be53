-- Offers: what people come here to find. An empty column means *not stated*, never *no*.
--
-- A draft may still lack things; `complete` says what must be there before anybody else sees it.
-- Lists with parts of their own (schedules, prices, contacts …) are tables of their own, next migration.
create table offers (
    id                     uuid primary key,
    slug                   text not null unique check (is_slug(slug)),
    source                 text check (is_line(source, 80)),
    foreign_id             text check (is_line(foreign_id, 200)),

    state                  text not null
        check (state in ('draft', 'submitted', 'published', 'paused', 'archived')),
    state_since            timestamptz not null,
    archived_because       text check (is_line(archived_because, 500)),
    first_published        timestamptz,
    -- The newest line of its history, see offer_revisions.
    revision               integer not null check (revision >= 1),
    -- The transaction that changed it last, see the change feed.
    changed_in             bigint not null,

    title                  text not null check (is_line(title, 100)),
    summary                text not null check (is_line(summary, 280)),
    provider               uuid not null references providers,
    -- The first is the main one.
    activities             text[] not null check (is_set(activities) and cardinality(activities) <= 5),
    needs                  text[] not null check (is_set(needs)),
    kind                   text not null check (kind in ('creative', 'therapy')),
    therapist              text check (is_line(therapist, 200)),

    description            text check (is_text(description, 10000)),
    first_visit            text check (is_text(first_visit, 2000)),
    bring                  text check (is_text(bring, 500)),
    afterwards             text check (is_text(afterwards, 1000)),
    keywords               text[] not null
        check (is_set(keywords) and are_lines(keywords, 40) and cardinality(keywords) <= 20),

    audience_for           text[] not null check (is_set(audience_for) and audience_for <@ known_audiences()),
    audience_welcome       text[] not null
        check (is_set(audience_welcome) and audience_welcome <@ known_audiences()),
    audience_only          text[] not null check (is_set(audience_only) and audience_only <@ known_audiences()),
    ages_stated            boolean not null,
    age_from               smallint check (age_from between 0 and 120),
    age_to                 smallint check (age_to between 0 and 120),
    not_suitable_for       text check (is_text(not_suitable_for, 500)),
    who_may_come           text not null check (who_may_come in ('anyone', 'residents', 'patients')),
    residents_of           text[] not null check (is_set(residents_of)),
    -- Primary care networks by their code. No foreign key: they are known only once practices were imported.
    patients_of            text[] not null check (is_set(patients_of)),

    by_arrangement         text check (is_line(by_arrangement, 200)),
    pause_from             date,
    pause_to               date,
    -- Its last day; afterwards it hides itself.
    ends_on                date,

    delivery               text[] not null check (is_set(delivery)),
    venue                  uuid references venues,
    address_private        boolean not null,
    travel                 text check (is_text(travel, 500)),
    outreach               text[] not null check (is_set(outreach)),

    access_yes             text[] not null check (is_set(access_yes) and access_yes <@ known_access()),
    access_no              text[] not null check (is_set(access_no) and access_no <@ known_access()),
    access_more            text check (is_text(access_more, 1000)),
    languages              text[] not null check (is_set(languages)),
    interpreter            boolean,

    cost                   text not null,
    cost_note              text check (is_line(cost_note, 200)),
    concessions            text check (is_line(concessions, 200)),
    cost_help              text check (is_line(cost_help, 200)),

    residents_routes       text[] not null check (is_set(residents_routes) and residents_routes <@ known_joining()),
    residents_how          text check (is_text(residents_how, 500)),
    residents_link         text check (is_web_address(residents_link)),
    professionals_routes   text[] not null
        check (is_set(professionals_routes) and professionals_routes <@ known_joining()),
    professionals_how      text check (is_text(professionals_how, 500)),
    professionals_link     text check (is_web_address(professionals_link)),
    places                 text,
    places_on              date,
    -- Usual time to a reply, in working days.
    reply_days             smallint check (reply_days between 0 and 60),

    experience             text check (is_text(experience, 500)),
    lived_experience       text check (is_text(lived_experience, 300)),
    training               text check (is_text(training, 300)),
    safeguarding_policy    boolean,
    dbs_checked            boolean,
    insured                boolean,
    support                text check (is_text(support, 300)),
    testimonial            text check (is_text(testimonial, 300)),
    testimonial_by         text check (is_line(testimonial_by, 100)),

    -- Those whose coordinators look after it.
    boroughs               text[] not null check (is_set(boroughs)),
    confirmed_at           timestamptz,
    confirmed_by           text check (is_line(confirmed_by, 100)),
    confirmed_how          text check (is_line(confirmed_how, 100)),
    -- Months after which we ask whether it is still true.
    confirm_every          smallint not null check (confirm_every between 1 and 12),
    -- How many of the facts link workers ask for it states, 0 to 100.
    completeness           smallint not null check (completeness between 0 and 100),

    unique (source, foreign_id),
    constraint source_has_id check ((source is null) = (foreign_id is null)),
    constraint archived_with_reason check ((state = 'archived') = (archived_because is not null)),
    constraint once_published check (state in ('draft', 'submitted') or first_published is not null),
    constraint known_activities check (activities <@ array[
        'making', 'drawing-painting', 'pottery', 'textiles', 'printmaking', 'photography', 'woodwork', 'collage',
        'music', 'singing', 'playing', 'drumming', 'listening', 'dance', 'dancing', 'seated-dance',
        'gentle-movement', 'stage', 'drama', 'comedy', 'circus', 'seeing-shows', 'words', 'creative-writing',
        'reading-group', 'storytelling', 'heritage', 'museum-visit', 'object-handling', 'local-history', 'screen',
        'film', 'digital-arts', 'nature', 'gardening', 'nature-walks', 'food', 'cooking', 'volunteering']),
    constraint known_needs check (needs <@ array[
        'loneliness', 'low-mood', 'anxiety', 'stress', 'confidence', 'bereavement', 'severe-mental-illness',
        'trauma', 'addiction', 'dementia', 'long-term-pain', 'long-term-condition', 'breathing', 'stroke',
        'parkinsons', 'cancer', 'mobility', 'weight-activity', 'sleep', 'caring', 'new-parents',
        'learning-disability', 'autism-adhd', 'skills-work', 'settling-in']),
    constraint known_delivery check (delivery <@ array['in-person', 'online', 'at-home', 'telephone']),
    constraint known_cost check (cost in ('free', 'donation', 'pay-what-you-can', 'paid')),
    constraint known_places check (places in ('open', 'few', 'waiting-list', 'full')),
    constraint known_languages check (languages <@ array[
        'sq', 'am', 'ar', 'hy', 'az', 'bn', 'bfi', 'bg', 'my', 'yue', 'hr', 'cs', 'nl', 'en', 'fa', 'fr', 'ka',
        'de', 'el', 'gu', 'ha', 'he', 'hi', 'hu', 'ig', 'it', 'ja', 'ko', 'ku', 'lv', 'lt', 'ms', 'ml', 'zh',
        'ne', 'ps', 'pl', 'pt', 'pa', 'ro', 'ru', 'sr', 'si', 'sk', 'so', 'es', 'sw', 'sv', 'tl', 'ta', 'te',
        'th', 'ti', 'tr', 'tw', 'uk', 'ur', 'vi', 'yi', 'yo']),
    constraint therapy_names_therapist check ((kind = 'therapy') = (therapist is not null)),
    constraint audience_in_one_way check (not (
        audience_for && audience_welcome or audience_for && audience_only or audience_welcome && audience_only)),
    constraint ages_in_order check (age_from <= age_to),
    constraint ages_only_if_stated check (ages_stated or (age_from is null and age_to is null)),
    constraint residents_only_there check ((who_may_come = 'residents') = (residents_of <> '{}')),
    constraint patients_only_there check ((who_may_come = 'patients') = (patients_of <> '{}')),
    constraint network_codes check (
        array_to_string(patients_of, ' ') ~ '^(U[0-9]{5}( U[0-9]{5})*)?$'),
    constraint pause_in_order check (pause_from <= pause_to),
    constraint pause_has_start check (pause_to is null or pause_from is not null),
    constraint private_needs_venue check (not address_private or venue is not null),
    constraint yes_or_no check (not access_yes && access_no),
    constraint places_with_date check ((places is null) = (places_on is null)),
    constraint testimonial_is_whole check ((testimonial is null) = (testimonial_by is null)),
    constraint confirmation_is_whole check (
        (confirmed_at is null) = (confirmed_by is null) and (confirmed_by is null) = (confirmed_how is null)),
    constraint complete check (
        state = 'draft' or (
            activities <> '{}' and needs <> '{}' and delivery <> '{}' and boroughs <> '{}'
            and (residents_routes <> '{}' or professionals_routes <> '{}')
            and (not delivery @> '{in-person}' or venue is not null or outreach <> '{}')))
);
create index on offers (provider);
create index on offers (venue);
create index on offers (state, id);

-- Whom to ask, and who may change it by a link in a mail.
create table offer_owners (
    offer_id uuid not null references offers on delete cascade,
    email    text not null check (length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    primary key (offer_id, email)
);
create index on offer_owners (email);
