//! The sessions of every offer, and which offers have one on a day and in a part of it.
use jiff::civil::{Date, DateTime, Time, Weekday};

use super::{bitmap::Bitmap, facts::days};
use crate::{
    calendar::{HORIZON_WEEKS, Session, Weekdays},
    topics::{Code, Codes, PartOfDay},
};

/// How many weeks of sessions are known.
pub(super) const WEEKS: usize = HORIZON_WEEKS as usize;
const DAYS: usize = WEEKS * 7 + 1;
const PARTS: usize = 3;

/// Right for any time of the day it is made for and of the day after, so that midnight is no race: what
/// is over on these two days is told apart by the minute, and all later days lie ahead. What is on lies ahead
/// too, as [`Session::is_over`] has it.
#[derive(Debug)]
pub(super) struct Times {
    today: Date,
    /// Every day there is, from today on.
    calendar: Vec<Date>,
    length: usize,
    /// Per offer where its sessions begin in `sessions`; one more at the end.
    starts: Vec<u32>,
    /// In order for each offer.
    sessions: Vec<Held>,
    /// From the third day on: by weekday and part, by weekday alone, by part alone.
    slots: Vec<[Bitmap; PARTS]>,
    on_day: Vec<Bitmap>,
    in_part: [Bitmap; PARTS],
    /// By day and part, the whole of it.
    dates: Vec<[Bitmap; PARTS]>,
    /// What is not over yet on the first two days.
    ahead: [Ahead; 2],
    /// Nothing lies ahead nor can: gone from the first day on, and from the second.
    over: [Bitmap; 2],
}

/// A session, counted from the first day; times in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    day: u16,
    starts: u16,
    ends: u16,
}

/// How far off what names no dates is: less than needing another day of the week on the far side.
const DATELESS: u32 = 290;

/// One day by the hours in which sessions end, each in the part of the day in which it begins.
#[derive(Debug)]
struct Ahead {
    /// By hour: what ends in it or later.
    from_hour: Vec<[Bitmap; PARTS]>,
    /// By hour: the minute of the day at which it ends, its part and the offer.
    within_hour: Vec<Vec<(u16, PartOfDay, u32)>>,
}

/// Day, part and dates asked for; all three must hold for one and the same session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub days: Weekdays,
    pub parts: Codes<PartOfDay>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Asked {
    pub fn dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
    pub fn anything(&self) -> bool {
        self.dated() || !self.days.is_empty() || !self.parts.is_empty()
    }
    /// The same without days, without parts, without dates: each only if they were asked for.
    pub fn but_one(self) -> impl Iterator<Item = Self> {
        let without = [
            (!self.days.is_empty()).then_some(Self { days: Weekdays::NONE, ..self }),
            (!self.parts.is_empty()).then_some(Self { parts: Codes::NONE, ..self }),
            self.dated().then_some(Self { from: None, to: None, ..self }),
        ];
        without.into_iter().flatten()
    }
    pub fn fits(&self, session: &Session) -> bool {
        let day = session.starts.date();
        (self.days.is_empty() || self.days.contains(day.weekday()))
            && (self.parts.is_empty() || self.parts.contains(part(session.starts.time())))
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
    }
}

/// Before midday, before five, from five on.
pub(super) fn part(starts: Time) -> PartOfDay {
    part_of_hour(usize::from(starts.hour().unsigned_abs()))
}

fn part_of_hour(hour: usize) -> PartOfDay {
    match hour {
        0..12 => PartOfDay::Morning,
        12..17 => PartOfDay::Afternoon,
        _ => PartOfDay::Evening,
    }
}

/// What one offer brings: its sessions from the first day on, and the last day on which it shows.
pub(super) struct Held26 {
    sessions: Vec<Held>,
    last_shown: Option<Date>,
}

impl Held26 {
    /// Of all sessions from the first day on, in order, those that will be known.
    pub fn new(today: Date, sessions: &[Session], last_shown: Option<Date>) -> Self {
        let first = days(today);
        let held = sessions.iter().filter_map(|session| {
            let day = u16::try_from(days(session.starts.date()) - first).ok();
            Some(Held {
                day: day.filter(|day| usize::from(*day) < DAYS)?,
                starts: minutes(session.starts.time()),
                ends: minutes(session.ends.time()),
            })
        });
        Self { sessions: held.collect(), last_shown }
    }
}

impl Times {
    pub fn of(today: Date, offers: &[Held26]) -> Self {
        let length = offers.len();
        let empty = || [(); PARTS].map(|()| Bitmap::empty(length));
        let ahead = || Ahead {
            from_hour: (0..24).map(|_| empty()).collect(),
            within_hour: vec![Vec::new(); 24],
        };
        let mut times = Self {
            today,
            calendar: today.series(jiff::Span::new().days(1)).take(DAYS).collect(),
            length,
            starts: Vec::with_capacity(length + 1),
            sessions: Vec::new(),
            slots: (0..7).map(|_| empty()).collect(),
            on_day: vec![Bitmap::empty(length); 7],
            in_part: empty(),
            dates: (0..DAYS).map(|_| empty()).collect(),
            ahead: [ahead(), ahead()],
            over: [Bitmap::empty(length), Bitmap::empty(length)],
        };
        for (ordinal, offer) in offers.iter().enumerate() {
            times.starts.push(times.sessions.len() as u32);
            for held in &offer.sessions {
                times.add(ordinal as u32, *held);
            }
            for (later, over) in times.over.iter_mut().enumerate() {
                let day = days(today) + later as i32;
                if offer.last_shown.is_some_and(|last| days(last) < day) {
                    over.insert(ordinal as u32);
                }
            }
        }
        times.starts.push(times.sessions.len() as u32);
        times.sessions.shrink_to_fit();
        times
    }

    /// The last day whose sessions are known.
    pub fn horizon(today: Date) -> Date {
        today.saturating_add(jiff::Span::new().days(DAYS as i64 - 1))
    }

    /// What does not show any more.
    pub fn over(&self, now: DateTime) -> &Bitmap {
        &self.over[self.day_of(now.date()).clamp(0, 1) as usize]
    }

    /// The sessions of an offer that are not over, in order.
    pub fn ahead(&self, ordinal: u32, now: DateTime) -> impl Iterator<Item = Session> {
        self.held_ahead(ordinal, now).map(|held| self.session(*held))
    }

    /// Offers with a session ahead that is what was asked for.
    pub fn fitting(&self, asked: &Asked, now: DateTime) -> Bitmap {
        let mut any = Bitmap::empty(self.length);
        if asked.dated() {
            self.each_date(asked, now, |set| {
                any.or(set);
                true
            });
        } else {
            self.undated(asked, &self.rest(now), now).iter().for_each(|set| any.or(set));
        }
        any
    }

    /// How many of a set hold a session ahead as each of these asks: [`Times::fitting`], many times over.
    pub fn count_fitting(
        &self,
        set: &Bitmap,
        each: impl Iterator<Item = Asked>,
        now: DateTime,
    ) -> Vec<usize> {
        let rest = self.rest(now);
        each.map(|asked| match asked.dated() {
            true => set.shared_with(&self.fitting(&asked, now)),
            false => set.shared_with_any(&self.undated(&asked, &rest, now)),
        })
        .collect()
    }

    /// What is not over yet of the day it is, by part.
    fn rest(&self, now: DateTime) -> [Bitmap; PARTS] {
        let ahead = self.ahead.get(self.day_of(now.date()) as usize);
        let rest = |ahead: &Ahead, part| ahead.rest(PartOfDay::ALL[part], now, self.length);
        std::array::from_fn(|part| ahead.map_or_else(Bitmap::default, |one| rest(one, part)))
    }

    /// The sets whose union fits, where no dates were asked for. `rest` is what [`Times::rest`] gives.
    fn undated<'a>(
        &'a self,
        asked: &Asked,
        rest: &'a [Bitmap; PARTS],
        now: DateTime,
    ) -> Vec<&'a Bitmap> {
        let (days, parts, today) = (weekdays(asked), parts(asked), self.day_of(now.date()));
        let mut sets = Vec::with_capacity(8);
        for day in today.max(0)..2 {
            if days.contains(self.calendar[day as usize].weekday()) {
                let held = if day == today { rest } else { &self.dates[day as usize] };
                sets.extend(parts.iter().map(|part| &held[part.index()]));
            }
        }
        if asked.parts.is_empty() {
            sets.extend(days.iter().map(|day| &self.on_day[index(day)]));
        } else if asked.days.is_empty() {
            sets.extend(parts.iter().map(|part| &self.in_part[part.index()]));
        } else {
            for day in days.iter() {
                sets.extend(parts.iter().map(|part| &self.slots[index(day)][part.index()]));
            }
        }
        sets
    }

    /// The sets whose union is that, one for each day and part in order of time, while `each` says to go on.
    pub fn each_date(&self, asked: &Asked, now: DateTime, mut each: impl FnMut(&Bitmap) -> bool) {
        let first = asked.from.map_or(0, |from| self.day_of(from));
        let first = first.max(self.day_of(now.date())).max(0);
        let last = asked.to.map_or(DAYS as i32 - 1, |to| self.day_of(to)).min(DAYS as i32 - 1);
        for day in first..=last {
            if !self.each_part(asked, day, now, &mut each) {
                return;
            }
        }
    }

    fn each_part(
        &self,
        asked: &Asked,
        day: i32,
        now: DateTime,
        each: &mut impl FnMut(&Bitmap) -> bool,
    ) -> bool {
        let date = self.calendar[day as usize];
        if !weekdays(asked).contains(date.weekday()) {
            return true;
        }
        parts(asked).iter().all(|part| {
            if day < 2 && day == self.day_of(now.date()) {
                each(&self.ahead[day as usize].rest(part, now, self.length))
            } else {
                each(&self.dates[day as usize][part.index()])
            }
        })
    }

    /// How far the sessions ahead that fit `relaxed` are from also fitting `asked`, from which it leaves one
    /// piece out: the fewest weekdays, parts or dates between.
    pub fn off_by(&self, ordinal: u32, asked: &Asked, relaxed: &Asked, now: DateTime) -> u32 {
        let held = self.held_ahead(ordinal, now);
        if relaxed.days != asked.days {
            let gap = |day: usize| {
                let apart = |one: Weekday| index(one).abs_diff(day);
                asked.days.iter().map(|one| apart(one).min(7 - apart(one))).min().unwrap_or(0)
            };
            let fits = held.filter(|one| self.fits(one, relaxed));
            let least = fits.map(|one| gap(self.weekday(one.day))).min();
            least.map_or(DATELESS, |days| 180 + 40 * days as u32)
        } else if relaxed.parts != asked.parts {
            let gap = |part: PartOfDay| {
                let apart = asked.parts.iter().map(|one| one.index().abs_diff(part.index()));
                apart.min().unwrap_or(0)
            };
            let fits = held.filter(|one| self.fits(one, relaxed));
            let least = fits.map(|one| gap(part_of_hour(usize::from(one.starts / 60)))).min();
            least.map_or(DATELESS, |parts| 100 + 100 * parts as u32)
        } else {
            let from = asked.from.map_or(i32::MIN, |from| self.day_of(from));
            let to = asked.to.map_or(i32::MAX, |to| self.day_of(to));
            let gap = |day: i32| from.saturating_sub(day).max(day.saturating_sub(to)).max(0);
            let fits = held.filter(|one| self.fits(one, relaxed));
            let least = fits.map(|one| gap(i32::from(one.day))).min();
            least.map_or(DATELESS, |days| 200 + 5 * days.unsigned_abs().min(80))
        }
    }

    fn held_ahead(&self, ordinal: u32, now: DateTime) -> impl Iterator<Item = &Held> {
        let [from, to] = [ordinal, ordinal + 1].map(|at| self.starts[at as usize] as usize);
        let sessions = &self.sessions[from..to];
        let day = self.day_of(now.date());
        let behind = |held: &Held| i32::from(held.day) < day; // nothing, on the first day
        let gone = if day > 0 { sessions.partition_point(behind) } else { 0 };
        // A long session may still be on when a later one is over.
        let over = move |held: &&Held| i32::from(held.day) == day && is_over(held.ends, now);
        sessions[gone..].iter().filter(move |held| !over(held))
    }

    fn fits(&self, held: &Held, asked: &Asked) -> bool {
        let day = i32::from(held.day);
        (asked.days.is_empty() || asked.days.iter().any(|one| index(one) == self.weekday(held.day)))
            && (asked.parts.is_empty()
                || asked.parts.contains(part_of_hour(usize::from(held.starts / 60))))
            && asked.from.is_none_or(|from| self.day_of(from) <= day)
            && asked.to.is_none_or(|to| day <= self.day_of(to))
    }

    fn weekday(&self, day: u16) -> usize {
        (index(self.today.weekday()) + usize::from(day)) % 7
    }

    fn add(&mut self, ordinal: u32, held: Held) {
        self.sessions.push(held);
        let day = usize::from(held.day);
        let part = part_of_hour(usize::from(held.starts / 60)).index();
        self.dates[day][part].insert(ordinal);
        if let Some(ahead) = self.ahead.get_mut(day) {
            ahead.add(ordinal, held);
        } else {
            let weekday = (index(self.today.weekday()) + day) % 7;
            self.slots[weekday][part].insert(ordinal);
            self.on_day[weekday].insert(ordinal);
            self.in_part[part].insert(ordinal);
        }
    }

    fn day_of(&self, date: Date) -> i32 {
        days(date) - days(self.today)
    }

    fn session(&self, held: Held) -> Session {
        let date = self.calendar[usize::from(held.day)];
        let at = |minute: u16| date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
        Session { starts: at(held.starts), ends: at(held.ends) }
    }
}

impl Ahead {
    fn add(&mut self, ordinal: u32, held: Held) {
        let hour = usize::from(held.ends / 60);
        let part = part_of_hour(usize::from(held.starts / 60));
        self.within_hour[hour].push((held.ends, part, ordinal));
        for earlier in &mut self.from_hour[..=hour] {
            earlier[part.index()].insert(ordinal);
        }
    }

    /// What is not over now, of what begins in this part of the day.
    fn rest(&self, part: PartOfDay, now: DateTime, length: usize) -> Bitmap {
        let hour = usize::from(now.hour().unsigned_abs());
        let later = self.from_hour.get(hour + 1).map(|parts| parts[part.index()].clone());
        let mut rest = later.unwrap_or_else(|| Bitmap::empty(length));
        for (ends, begins_in, ordinal) in &self.within_hour[hour] {
            if *begins_in == part && !is_over(*ends, now) {
                rest.insert(*ordinal);
            }
        }
        rest
    }
}

/// [`Session::is_over`] for the minute of this day at which it ends.
fn is_over(ends: u16, now: DateTime) -> bool {
    ends <= minutes(now.time())
}

fn weekdays(asked: &Asked) -> Weekdays {
    if asked.days.is_empty() { Weekdays::EVERY } else { asked.days }
}

fn parts(asked: &Asked) -> Codes<PartOfDay> {
    if asked.parts.is_empty() { PartOfDay::ALL.iter().copied().collect() } else { asked.parts }
}

fn index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

fn minutes(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}
