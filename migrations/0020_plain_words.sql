-- What a line, a text, a name in an address or a list of codes may look like: the rules of `src/text`
-- and `src/topics` said again, so that constraints can be read. A missing value breaks none of them.
create function is_line(value text, longest integer) returns boolean immutable
    language sql as $$ select length(value) between 1 and longest and value !~ '[[:cntrl:]]' and value = btrim(value) $$;

create function is_text(value text, longest integer) returns boolean immutable
    language sql as $$ select length(value) between 1 and longest and value !~ '[\u0001-\u0009\u000b-\u001f]' $$;

create function is_slug(value text) returns boolean immutable
    language sql as $$ select length(value) <= 80 and value ~ '^[a-z0-9]+(-[a-z0-9]+)*$' $$;

create function is_web_address(value text) returns boolean immutable
    language sql as $$ select length(value) <= 300 and value ~ '^https?://[^[:space:]<>"]+$' $$;

-- Each piece once, and none missing. The short cases, which are most, need no loop.
create function each_once(pieces text[]) returns boolean immutable strict
    language plpgsql as $$
begin
    if array_ndims(pieces) <> 1 or array_position(pieces, null) is not null then
        return false;
    end if;
    for at in 2 .. cardinality(pieces) loop
        if pieces[at] = any(pieces[: at - 1]) then
            return false;
        end if;
    end loop;
    return true;
end $$;

create function is_set(pieces text[]) returns boolean immutable
    language sql as $$
        select cardinality(pieces) = 0 or (cardinality(pieces) = 1 and pieces[1] is not null) or each_once(pieces)
    $$;

create function each_is_line(pieces text[], longest integer) returns boolean immutable strict
    language plpgsql as $$
begin
    for at in 1 .. cardinality(pieces) loop
        if not is_line(pieces[at], longest) then
            return false;
        end if;
    end loop;
    return true;
end $$;

create function are_lines(pieces text[], longest integer) returns boolean immutable
    language sql as $$ select cardinality(pieces) = 0 or each_is_line(pieces, longest) $$;

-- The codes that more than one constraint names.
create function known_audiences() returns text[] immutable
    language sql as $$ select array[
        'older-people', 'young-people', 'children-families', 'adults', 'women', 'men', 'lgbtq', 'carers',
        'disabled-people', 'deaf-people', 'blind-people', 'refugees', 'black-communities',
        'south-asian-communities', 'homeless-people', 'veterans'
    ] $$;

create function known_access() returns text[] immutable
    language sql as $$ select array[
        'step-free', 'lift', 'accessible-toilet', 'changing-place', 'hearing-loop', 'bsl', 'captions',
        'audio-description', 'quiet-session', 'dementia-friendly', 'companion-free', 'assistance-dogs',
        'seating', 'easy-read', 'blue-badge', 'near-transport'
    ] $$;

create function known_joining() returns text[] immutable
    language sql as $$ select array['drop-in', 'book', 'self-referral', 'professional-referral'] $$;
