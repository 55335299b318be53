//! A change that is in hand goes along with what happens to the live offer meanwhile.
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{About, Stage, Submission, store, written};
use crate::{
    forms::Answers,
    offers::{self, AnyState, Content, Offer},
    places::Places,
};

/// The provider has just said one fact of the live offer, from `before` to `after`: the same is said in the
/// change that was begun from `before`, so that it still fits, also while a coordinator has it.
pub async fn follow(
    db: &mut PgConnection,
    before: (u32, &Content),
    after: &Offer<AnyState>,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<()> {
    let Some(mut change) = store::change_of(&mut *db, after.id).await? else {
        return Ok(());
    };
    let (revision, before) = before;
    if base(&change) != Some(revision) {
        return Ok(());
    }
    let (old, new) =
        (written(db, before, places).await?, written(db, &after.content, places).await?);
    change.answers = moved(&change.answers, &old, &new, |_, _| true);
    if let Some(content) = &mut change.content {
        let (was, is) = (&before.when.programme, &after.content.when.programme);
        let says = &mut content.when.programme;
        if was.pause != is.pause {
            says.pause = is.pause;
        }
        if was.ends_on != is.ends_on {
            says.ends_on = is.ends_on;
        }
        if before.places != after.content.places {
            content.places = after.content.places;
        }
    }
    store::rebase(&mut *db, &change, after.revision, now).await?;
    // And in what the coordinators make of it, or publishing that would take the fact back.
    if let Some(mut edit) = store::edits::of(&mut *db, change.id, Stage::Draft).await? {
        edit.answers = moved(&edit.answers, &old, &new, |_, _| true);
        store::rebase(db, &edit, after.revision, now).await?;
    }
    Ok(())
}

/// The live offer was changed by others since this was begun: what the artist has not touched says what the
/// offer says now, and what they have touched stays as they wrote it.
pub async fn catch_up(
    db: &mut PgConnection,
    change: &mut Submission,
    live: &Offer<AnyState>,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<()> {
    let Some(base) = base(change).filter(|base| *base != live.revision) else {
        return Ok(());
    };
    let Some(then) = offers::store::revision(&mut *db, live.id, base).await? else {
        return Ok(());
    };
    let (old, new) = (written(db, &then, places).await?, written(db, &live.content, places).await?);
    change.answers = moved(&change.answers, &old, &new, |typed, old| typed == old);
    store::rebase(db, change, live.revision, now).await
}

fn base(change: &Submission) -> Option<u32> {
    match change.about {
        About::Change { base, .. } => Some(base),
        About::New(_) | About::Profile => None,
    }
}

/// `typed`, with what differs between `old` and `new` as in `new`, where `may` says yes to what is typed and
/// what was old.
fn moved(
    typed: &Answers,
    old: &Answers,
    new: &Answers,
    may: impl Fn(&Answers, &Answers) -> bool,
) -> Answers {
    let of = |answers: &Answers, field: &str| answers.only(|one| one == field);
    let differs = |field: &str| {
        let was = of(old, field);
        was != of(new, field) && may(&of(typed, field), &was)
    };
    typed.replaced(differs, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        Answers::of(pairs.iter().map(|(field, value)| ((*field).into(), (*value).into())))
    }

    #[test]
    fn what_the_artist_has_touched_stays_and_the_rest_follows_the_live_offer() {
        let old = answers(&[("title", "Clay"), ("places", "open"), ("bring", "Nothing")]);
        let new = answers(&[("title", "Clay club"), ("places", "full"), ("travel", "Bus 12")]);
        let typed = answers(&[("title", "Clay for all"), ("places", "open"), ("bring", "Nothing")]);
        let caught_up = moved(&typed, &old, &new, |typed, old| typed == old);
        let expected = [("title", "Clay for all"), ("places", "full"), ("travel", "Bus 12")];
        assert_eq!(caught_up, answers(&expected));
        let followed = moved(&typed, &old, &new, |_, _| true);
        assert_eq!(followed.one("title"), "Clay club");
    }
}
