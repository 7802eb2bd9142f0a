//! A log as it was exported, checked line by line with nothing but the file, and with a checkpoint
//! where somebody has one.

use serde_json::{Map, Value};

use super::{
    chain::{self, link},
    checkpoint::Head,
    personal::{LABELS, canonical, commitment},
    signed::lower_hex,
};
use crate::domain::ChainId;

/// What is wrong with an exported log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// There is nothing in it.
    #[error("it holds no entry")]
    Empty,
    /// A line isn't one that is written here.
    #[error("line {0} isn't an entry as Entente exports it")]
    Line(u64),
    /// An entry isn't what it was.
    #[error("entry {0}: {1}")]
    Entry(i64, String),
    /// The checkpoint knows no such log.
    #[error("the checkpoint doesn't know this log")]
    Unknown,
    /// The file ends before the checkpoint does.
    #[error(
        "it ends at entry {0}, and the checkpoint has it up to entry {1}: take an export that is newer \
         than the checkpoint"
    )]
    Short(i64, i64),
    /// A selection without the entry that the checkpoint names.
    #[error("it is a selection without entry {0}, which the checkpoint names: take the whole log")]
    LeftOut(i64),
}

/// What a log proved.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Proved {
    /// The chain.
    pub chain: String,
    /// The number of its first entry in the file.
    pub first: i64,
    /// The number of its last entry in the file.
    pub last: i64,
    /// The hash of that entry.
    pub hash: String,
    /// How many entries there are.
    pub entries: u64,
    /// At how many places entries are left out, the beginning included.
    pub gaps: u64,
    /// How many pieces of personal data fit.
    pub personal: u64,
    /// How many of them were erased.
    pub erased: u64,
    /// What the checkpoint proves of it; none where none was given.
    pub signed: Option<Signed>,
}

/// The entries that a checkpoint proves: without gaps up to the one that it names, since each holds
/// the hash of the one before. Others in the file bear no signature.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Signed {
    /// The name of the log, in the checkpoint's words.
    pub name: String,
    /// The first of them.
    pub first: i64,
    /// The last of them, which the checkpoint names.
    pub last: i64,
}

/// The longest line, in bytes: entries are some thousand bytes long.
pub const LONGEST: usize = 1 << 20;

/// Checks a log, a line at a time, so that one of any length takes no more memory than a short one.
#[derive(Debug)]
pub struct Check {
    heads: Option<Vec<Head>>,
    /// The end of this log in the checkpoint.
    head: Option<Head>,
    /// Since which entry none is left out.
    run: i64,
    proved: Proved,
}

/// One line, taken apart.
struct Line {
    number: i64,
    previous: Vec<u8>,
    hash: String,
    event: Value,
    personal: Vec<Value>,
}

impl Check {
    /// Begins, with what a checkpoint says where there is one.
    #[must_use]
    pub fn new(heads: Option<Vec<Head>>) -> Self {
        Self {
            heads,
            head: None,
            run: 0,
            proved: Proved::default(),
        }
    }

    /// Whether this is a line of a log, and no other file of ours.
    #[must_use]
    pub fn is_line(text: &str) -> bool {
        let value: Option<Map<String, Value>> = serde_json::from_str(text).ok();
        value.is_some_and(|value| value.contains_key("event") && value.contains_key("previous"))
    }

    /// Checks the next line.
    ///
    /// # Errors
    /// [`Wrong`] says what it isn't.
    pub fn line(&mut self, text: &str) -> Result<(), Wrong> {
        self.proved.entries += 1;
        let line = Line::read(text).ok_or(Wrong::Line(self.proved.entries))?;
        let wrong = |what: &str| Wrong::Entry(line.number, what.to_owned());
        let word = |pointer: &str| line.event.pointer(pointer).and_then(Value::as_str);
        if word("/format") != Some(chain::FORMAT) {
            return Err(wrong("it isn't of a form that is known here"));
        }
        if line.event.get("number") != Some(&Value::from(line.number)) {
            return Err(wrong("its text bears another number"));
        }
        if hex::encode(link(&line.previous, &canonical(&line.event))) != line.hash {
            return Err(wrong("its text doesn't fit its hash"));
        }
        let chain: Option<ChainId> = word("/chain").and_then(|id| id.parse().ok());
        let chain = chain.ok_or_else(|| wrong("it is of no log"))?;
        if self.proved.entries == 1 {
            self.begin(chain, line.number);
        } else if chain.to_string() != self.proved.chain {
            return Err(wrong("it is of another log"));
        }
        self.follows(&line)?;
        self.personal(&line)?;
        self.compare(&line)?;
        (self.proved.last, self.proved.hash) = (line.number, line.hash);
        Ok(())
    }

    fn begin(&mut self, chain: ChainId, first: i64) {
        let mut heads = self.heads.iter().flatten();
        self.head = heads.find(|head| head.chain == chain).cloned();
        self.proved.chain = chain.to_string();
        (self.proved.first, self.run) = (first, first);
    }

    /// Numbers rise, and where they do by one, each follows the one before.
    fn follows(&mut self, line: &Line) -> Result<(), Wrong> {
        let wrong = |what: &str| Wrong::Entry(line.number, what.to_owned());
        if line.number <= self.proved.last {
            return Err(wrong("it stands behind a later one"));
        }
        let before = if line.number == 1 {
            Some(hex::encode([0_u8; 32]))
        } else {
            let next = line.number == self.proved.last + 1;
            next.then(|| self.proved.hash.clone())
        };
        match before {
            Some(hash) if hash == hex::encode(&line.previous) => Ok(()),
            Some(_) => Err(wrong("it doesn't follow the one before it")),
            None => {
                self.proved.gaps += 1;
                self.run = line.number;
                Ok(())
            }
        }
    }

    /// Every commitment has its piece, which fits or was erased; and no piece is beside the point.
    fn personal(&mut self, line: &Line) -> Result<(), Wrong> {
        let promised = line.event.get("personal").and_then(Value::as_object);
        let promised = promised.cloned().unwrap_or_default();
        let wrong = |what: String| Wrong::Entry(line.number, what);
        if promised.len() != line.personal.len() {
            let what = "it has other personal data than it commits to";
            return Err(wrong(what.to_owned()));
        }
        for (label, hash) in &promised {
            let of_label =
                |piece: &&Value| piece.get("label") == Some(&Value::from(label.as_str()));
            let piece = line.personal.iter().find(of_label);
            let field = |name: &str| piece.and_then(|piece| piece.get(name));
            let fits = match (field("text"), field("salt")) {
                (Some(Value::String(text)), Some(Value::String(salt))) => {
                    let salted = lower_hex(salt).map(|salt| commitment(&salt, text));
                    salted.map(hex::encode).as_deref() == hash.as_str()
                }
                (Some(Value::Null), Some(Value::Null)) => {
                    self.proved.erased += 1;
                    true
                }
                _ => false,
            };
            if !fits || !LABELS.contains(&label.as_str()) {
                let label = LABELS.iter().find(|known| **known == label);
                let label = label.copied().unwrap_or("?");
                let what = format!("its personal data ({label}) isn't what it commits to");
                return Err(wrong(what));
            }
            self.proved.personal += 1;
        }
        Ok(())
    }

    /// Where the checkpoint names this entry, it is the very same.
    fn compare(&mut self, line: &Line) -> Result<(), Wrong> {
        let named = |head: &&Head| head.number == line.number;
        match self.head.as_ref().filter(named) {
            Some(head) if hex::encode(&head.hash) != line.hash => {
                let what = "the checkpoint has another one: the log was computed anew since";
                Err(Wrong::Entry(line.number, what.to_owned()))
            }
            Some(head) => {
                self.proved.signed = Some(Signed {
                    name: head.name.clone(),
                    first: self.run,
                    last: line.number,
                });
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// What the file proved.
    ///
    /// # Errors
    /// [`Wrong`] where there is nothing in it, or nothing that the checkpoint names.
    pub fn ends(self) -> Result<Proved, Wrong> {
        let Self {
            heads,
            head,
            proved,
            ..
        } = self;
        if proved.entries == 0 {
            return Err(Wrong::Empty);
        }
        if heads.is_none() || proved.signed.is_some() {
            return Ok(proved);
        }
        match head.filter(|head| head.number > 0) {
            None => Err(Wrong::Unknown),
            Some(head) if head.number > proved.last => Err(Wrong::Short(proved.last, head.number)),
            Some(head) => Err(Wrong::LeftOut(head.number)),
        }
    }
}

impl Line {
    /// Takes a line apart; nothing where it isn't one, has more in it, or is written otherwise.
    fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        (text.len() <= LONGEST && canonical(&value) == text).then_some(())?;
        let Value::Object(mut object) = value else {
            return None;
        };
        let mut word = |field: &str| match object.remove(field)? {
            Value::String(word) => Some(word),
            _ => None,
        };
        let (previous, hash) = (word("previous")?, word("hash")?);
        let number = object.remove("number")?.as_i64()?;
        let event = object.remove("event")?;
        let Value::Array(personal) = object.remove("personal")? else {
            return None;
        };
        let previous = lower_hex(&previous)?;
        let whole = |piece: &Value| piece.as_object().is_some_and(|piece| piece.len() == 3);
        let fits = object.is_empty()
            && previous.len() == 32
            && personal.len() <= LABELS.len()
            && personal.iter().all(whole);
        fits.then_some(Self {
            number,
            previous,
            hash,
            event,
            personal,
        })
    }
}
