//! The page of the form, with what customers would see beside it.

use askama::Template;

use super::{
    PATH,
    typed::{Step, Typed},
};
use crate::{
    directory::{Card, Details, Own, size_words, spoken_by_name, spoken_words},
    domain::{
        directory::{
            Help, LONGEST_CITY, LONGEST_DESCRIPTION, MOST_KEYWORDS, MOST_PLACES, ProfileState, Size,
        },
        profile::Profile,
        spoken::Spoken,
    },
    evidence::told::{self, Line, Told},
    web::{form::Mistakes, page::Shell},
};

/// A profile as it is kept, and its newest changes.
pub(super) struct Kept {
    pub(super) own: Own,
    pub(super) history: Vec<Told>,
}

/// What the page shows: what is kept, what was typed, and what that means.
pub(super) struct Shown {
    pub(super) kept: Kept,
    pub(super) typed: Typed,
    pub(super) profile: Profile,
    pub(super) mistakes: Mistakes,
}

impl Shown {
    /// What is kept, as it is kept.
    pub(super) fn kept(kept: Kept) -> Self {
        Self {
            typed: Typed::of(&kept.own.profile),
            profile: kept.own.profile.clone(),
            kept,
            mistakes: Mistakes::none(),
        }
    }
}

/// A box to tick.
struct Tick {
    value: &'static str,
    words: String,
    hint: String,
    ticked: bool,
}

/// A row for a place.
struct Row {
    number: i64,
    country: String,
    city: String,
}

#[derive(Template)]
#[template(path = "partner/profile/form.html")]
pub(super) struct ProfilePage {
    shell: Shell,
    said: Option<(String, String)>,
    mistakes: Mistakes,
    own: Own,
    typed: Typed,
    help: Vec<Tick>,
    sizes: Vec<Tick>,
    spoken: Vec<Tick>,
    rows: Vec<Row>,
    countries: Vec<(String, String)>,
    card: Card,
    details: Details,
    history: Vec<Line>,
    /// Nothing of the profile was said yet.
    is_new: bool,
}

impl ProfilePage {
    pub(super) fn new(shell: Shell, shown: Shown) -> Self {
        let Shown {
            kept: Kept { own, history },
            typed,
            profile,
            mistakes,
        } = shown;
        let l = shell.l;
        let previewed = Own {
            profile,
            ..own.clone()
        }
        .shown();
        let languages = &typed.languages;
        let spoken = ticks(spoken_by_name(l), Spoken::as_str, languages, |one| {
            (spoken_words(l, one), String::new())
        });
        Self {
            said: None,
            help: ticks(Help::ALL, Help::as_str, &typed.help, |one| {
                (
                    l.word("help-kind", one.as_str()),
                    l.word("help-text", one.as_str()),
                )
            }),
            sizes: ticks(Size::ALL, Size::as_str, &typed.sizes, |one| {
                (size_words(l, one), String::new())
            }),
            spoken,
            rows: rows(&typed),
            countries: l.countries(),
            details: Details::new(l, &previewed),
            card: Card::new(l, previewed, &[]),
            history: history.iter().map(|one| told::placed(one, &l)).collect(),
            is_new: own.updated_at.is_none(),
            shell: shell.mistaken(!mistakes.is_empty()),
            mistakes,
            own,
            typed,
        }
    }

    /// Says what was done, where that is how it stands.
    pub(super) fn saying(mut self, done: &str) -> Self {
        let stands = match done {
            "saved" => self.own.updated_at.is_some(),
            state => ProfileState::parse(state) == Some(self.own.state),
        };
        let l = self.shell.l;
        if stands {
            let key = if done == "saved" { "saved" } else { "state" };
            let state = self.own.state;
            let title = l.t(match (key, state) {
                ("saved", _) => "profile-saved-title",
                (_, ProfileState::Published) => "profile-published-title",
                (_, ProfileState::Hidden) => "profile-hidden-title",
            });
            let text = l.word("profile-now", state.as_str());
            self.said = Some((title.to_owned(), text));
        }
        self
    }

    fn has_room(&self) -> bool {
        self.rows.len() < MOST_PLACES
    }

    fn is_published(&self) -> bool {
        self.own.state == ProfileState::Published
    }
}

fn ticks<T: Copy>(
    all: &[T],
    value: fn(T) -> &'static str,
    typed: &[String],
    words: impl Fn(T) -> (String, String),
) -> Vec<Tick> {
    let tick = |one: &T| {
        let ((words, hint), value) = (words(*one), value(*one));
        Tick {
            ticked: typed.iter().any(|typed| typed == value),
            value,
            words,
            hint,
        }
    };
    all.iter().map(tick).collect()
}

/// The rows that were filled in, and an empty one; one more where that is asked for.
fn rows(typed: &Typed) -> Vec<Row> {
    let filled = |place: &&(String, String)| !(place.0.is_empty() && place.1.trim().is_empty());
    let mut places: Vec<(String, String)> = typed.places.iter().filter(filled).cloned().collect();
    let room = if typed.step == Step::More {
        typed.places.len() + 1
    } else {
        places.len() + 1
    };
    places.resize(room.min(MOST_PLACES), (String::new(), String::new()));
    let row = |(number, (country, city))| Row {
        number,
        country,
        city,
    };
    (1..).zip(places).map(row).collect()
}
