//! What differs between two texts of an agreement, for people to read.
//!
//! ```text
//! let difference = difference::between(&before, &after);
//! difference.counts();            // so many parts added, removed, changed
//! for part in &difference.parts { // in the order of reading
//!     match part { Part::Same(..) | Part::Added(..) | Part::Removed(..) | Part::Changed(..) }
//! }
//! ```
//!
//! Both texts are taken apart into blocks, which are aligned; words are marked within a block that
//! changed. Only words are compared, not how they are set; the target of a link counts as words.
//! The work is bounded, whatever the texts are: where it would be too much, what differs is told
//! in larger pieces, and nothing that differs is ever left out.

mod align;
mod blocks;
mod marks;

pub use blocks::Document;

use align::Budget;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A heading, of a level from 1 on; the document's title is the first one.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list, with its number where the list is numbered.
    Item(Option<u64>),
    /// A row of a table, its cells parted by bars.
    Row,
    /// Code, or lines set as they are.
    Lines,
}

impl Kind {
    /// Whether two blocks may be the same one. A number is no difference: whatever is put in
    /// between moves all those that follow.
    fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Item(_), Self::Item(_)) => true,
            _ => self == other,
        }
    }

    /// The number of an item, with its full stop; empty for everything else.
    #[must_use]
    pub fn number(self) -> String {
        match self {
            Self::Item(Some(number)) => format!("{number}."),
            _ => String::new(),
        }
    }

    /// The word for it, as style sheets know it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heading(1) => "title",
            Self::Heading(_) => "heading",
            Self::Paragraph => "paragraph",
            Self::Item(_) => "item",
            Self::Row => "row",
            Self::Lines => "lines",
        }
    }
}

/// One block of a text: its kind, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its words, without markup.
    pub text: String,
}

impl Block {
    fn is_like(&self, other: &Self) -> bool {
        self.kind.is_like(other.kind) && self.text == other.text
    }
}

/// A run of words within a block that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Whether only this side has it.
    pub marked: bool,
    /// The words.
    pub text: String,
}

/// One side of a block that changed: all its words, and which of them the other side hasn't.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What the block is.
    pub kind: Kind,
    /// Its words, in order.
    pub pieces: Vec<Piece>,
}

/// What became of one or more blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// These stand in both, as they are now.
    Same(Vec<Block>),
    /// Only the later text has it.
    Added(Block),
    /// Only the earlier text had it.
    Removed(Block),
    /// Both have it in different words: before, and after.
    Changed(Side, Side),
}

impl Part {
    /// The last heading of a run that stayed, with its level. The document's title is no place in it.
    fn heading(&self) -> Option<(u8, &str)> {
        let Self::Same(blocks) = self else {
            return None;
        };
        let mut backwards = blocks.iter().rev();
        backwards.find_map(|block| match block.kind {
            Kind::Heading(level @ 2..) => Some((level, block.text.as_str())),
            _ => None,
        })
    }

    /// The level of the heading that this part is.
    fn level(&self) -> Option<u8> {
        let kind = match self {
            Self::Same(_) => return None,
            Self::Added(block) | Self::Removed(block) => block.kind,
            Self::Changed(_, after) => after.kind,
        };
        match kind {
            Kind::Heading(level) => Some(level),
            _ => None,
        }
    }
}

/// How many blocks differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Only in the later text.
    pub added: usize,
    /// Only in the earlier one.
    pub removed: usize,
    /// In both, in different words.
    pub changed: usize,
}

/// What differs between two texts, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The parts.
    pub parts: Vec<Part>,
}

impl Difference {
    /// Whether both say the same in the same words.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.counts() == Counts::default()
    }

    /// How many blocks were added, removed and changed.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for part in &self.parts {
            match part {
                Part::Same(_) => {}
                Part::Added(_) => counts.added += 1,
                Part::Removed(_) => counts.removed += 1,
                Part::Changed(..) => counts.changed += 1,
            }
        }
        counts
    }

    /// How many blocks only the later text has.
    #[must_use]
    pub fn added(&self) -> usize {
        self.counts().added
    }

    /// How many blocks only the earlier text had.
    #[must_use]
    pub fn removed(&self) -> usize {
        self.counts().removed
    }

    /// How many blocks both have in different words.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.counts().changed
    }

    /// The heading under which the part after this one stands, where this one is a run that stayed.
    /// None where what follows is itself a heading of that level or above: it stands under no other.
    #[must_use]
    pub fn place(&self, index: usize) -> Option<&str> {
        let (level, heading) = self.parts.get(index)?.heading()?;
        let next = self.parts.get(index + 1)?.level();
        next.is_none_or(|next| next > level).then_some(heading)
    }

    fn push_same(&mut self, block: Block) {
        if let Some(Part::Same(run)) = self.parts.last_mut() {
            run.push(block);
        } else {
            self.parts.push(Part::Same(vec![block]));
        }
    }
}

/// What differs between two texts in one language.
#[must_use]
pub fn between(before: &Document<'_>, after: &Document<'_>) -> Difference {
    let (before, after) = (before.blocks(), after.blocks());
    let mut budget = Budget::default();
    let matched = align::blocks(&before, &after, &mut budget);
    let mut difference = Difference { parts: Vec::new() };
    let (mut from, mut to) = (0, 0);
    let end = (before.len(), after.len());
    for (old, new) in matched.into_iter().chain([end]) {
        let gone = before.get(from..old).unwrap_or_default();
        let come = after.get(to..new).unwrap_or_default();
        gap(&mut difference, gone, come, &mut budget);
        if let Some(block) = after.get(new) {
            difference.push_same(block.clone());
        }
        (from, to) = (old + 1, new + 1);
    }
    difference
}

/// What stands between two blocks that stayed: blocks that resemble each other changed, the
/// others went or came.
fn gap(difference: &mut Difference, gone: &[Block], come: &[Block], budget: &mut Budget) {
    let pairs = align::resembling(gone, come, budget);
    let (mut from, mut to) = (0, 0);
    for (old, new) in pairs.into_iter().chain([(gone.len(), come.len())]) {
        let left = gone.get(from..old).unwrap_or_default();
        let new_ones = come.get(to..new).unwrap_or_default();
        let parts = &mut difference.parts;
        parts.extend(left.iter().cloned().map(Part::Removed));
        parts.extend(new_ones.iter().cloned().map(Part::Added));
        if let (Some(old), Some(new)) = (gone.get(old), come.get(new)) {
            let (before, after) = marks::words(old, new, budget);
            difference.parts.push(Part::Changed(before, after));
        }
        (from, to) = (old + 1, new + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> Document<'_> {
        Document {
            title: "Deal",
            source,
        }
    }

    fn parts(before: &str, after: &str) -> Vec<Part> {
        between(&text(before), &text(after)).parts
    }

    /// A side as one reads it, with what only it has in brackets.
    fn read(side: &Side) -> String {
        let piece = |piece: &Piece| {
            if piece.marked {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        side.pieces.iter().map(piece).collect()
    }

    /// A difference, a line for each part.
    fn told(before: &str, after: &str) -> Vec<String> {
        let tell = |part: &Part| match part {
            Part::Same(blocks) => format!("= {}", blocks.len()),
            Part::Added(block) => format!("+ {}", block.text),
            Part::Removed(block) => format!("- {}", block.text),
            Part::Changed(before, after) => format!("{} -> {}", read(before), read(after)),
        };
        parts(before, after).iter().map(tell).collect()
    }

    #[test]
    fn the_same_text_has_no_difference() {
        let source = "# Deal\n\nOne.\n\n- two\n- three\n\n| a | b |\n| - | - |\n| c | d |\n";
        let difference = between(&text(source), &text(source));
        assert!(difference.is_none());
        let [Part::Same(blocks)] = difference.parts.as_slice() else {
            panic!("{:?}", difference.parts);
        };
        let blocks: Vec<_> = blocks
            .iter()
            .map(|block| (block.kind.as_str(), block.text.as_str()))
            .collect();
        let expected = [
            ("title", "Deal"),
            ("paragraph", "One."),
            ("item", "two"),
            ("item", "three"),
            ("row", "a | b"),
            ("row", "c | d"),
        ];
        assert_eq!(blocks, expected);
    }

    #[test]
    fn words_that_changed_are_marked_on_both_sides_and_nothing_else_is() {
        assert_eq!(
            told(
                "Pay within 30 days, to the supplier.",
                "Pay within 14 days, to the seller."
            ),
            [
                "= 1",
                "Pay within [30] days, to the [supplier]. -> Pay within [14] days, to the [seller]."
            ]
        );
        // A blank between two changed words doesn't part them.
        assert_eq!(
            told(
                "You may use it for own work here.",
                "You may use it for any other work here."
            ),
            [
                "= 1",
                "You may use it for [own] work here. -> You may use it for [any other] work here."
            ]
        );
    }

    #[test]
    fn an_item_put_in_between_moves_the_numbers_of_the_others_and_changes_none() {
        let before = "1. Read it.\n2. Sign it.\n3. Keep it.\n";
        let after = "1. Read it.\n2. Ask about all that is unclear.\n3. Sign it.\n4. Keep it.\n";
        let all = parts(before, after);
        assert_eq!(
            told(before, after),
            ["= 2", "+ Ask about all that is unclear.", "= 2"]
        );
        let Some(Part::Same(kept)) = all.last() else {
            panic!("{all:?}");
        };
        let numbers: Vec<_> = kept.iter().map(|block| block.kind.number()).collect();
        assert_eq!(numbers, ["3.", "4."]);
    }

    #[test]
    fn what_resembles_nothing_came_or_went() {
        assert_eq!(
            told(
                "Stays.\n\nOrders are placed by letter only.\n\nStays too.",
                "Stays.\n\nNobody answers for weather.\n\nStays too."
            ),
            [
                "= 2",
                "- Orders are placed by letter only.",
                "+ Nobody answers for weather.",
                "= 1"
            ]
        );
        let counts = between(&text("One.\n\nTwo."), &text("Two.\n\nThree.")).counts();
        let expected = Counts {
            added: 1,
            removed: 1,
            changed: 0,
        };
        assert_eq!(counts, expected);
    }

    #[test]
    fn a_link_that_leads_elsewhere_is_a_difference_under_the_same_words() {
        assert_eq!(
            told(
                "See [the terms](https://a.example/old).",
                "See [the terms](https://a.example/new)."
            ),
            [
                "= 1",
                "See the terms (https://a.example/[old]). -> See the terms (https://a.example/[new])."
            ]
        );
        let same = told(
            "At <https://a.example>.",
            "At [https://a.example](https://a.example).",
        );
        assert_eq!(same, ["= 2"]);
    }

    #[test]
    fn struck_words_are_told_from_words_that_hold() {
        let struck = told("It is ~~not~~ binding.", "It is not binding.");
        assert_eq!(struck.len(), 2, "{struck:?}");
        assert!(struck[1].contains("~~"), "{struck:?}");
    }

    #[test]
    fn markup_of_others_is_text_and_never_lost() {
        let all = told(
            "A <b>bold</b> word.",
            "A <b>brave</b> word.\n\n<div>In a box</div>",
        );
        assert_eq!(
            all,
            ["= 1", "A [bold] word. -> A [brave] word.", "+ In a box"]
        );
    }

    #[test]
    fn the_place_of_a_change_is_the_last_heading_before_it() {
        let place = |before: &str, after: &str| {
            let difference = between(&text(before), &text(after));
            difference.place(0).map(str::to_owned)
        };
        let before = "## 1. Who\n\nYou.\n\n## 2. What\n\nAll.\n\n### 2.1 Yet";
        let changed = |from: &str, to: &str| place(before, &before.replace(from, to));
        assert_eq!(changed("All.", "Nothing.").as_deref(), Some("2. What"));
        // A heading stands under those above it alone.
        assert_eq!(changed("## 2. What", "## 2. What else"), None);
        let below = changed("### 2.1 Yet", "### 2.1 Yet more");
        assert_eq!(below.as_deref(), Some("2. What"));
        let added = place(before, &format!("{before}\n\n## 3. When"));
        assert_eq!(added, None);
        // The document's title is no place in it, and after the last change there is none.
        assert_eq!(place("All.", "Nothing."), None);
        assert_eq!(place(before, before), None);
    }

    /// All words of each side, from the parts: nothing may be left out, whatever was too much.
    fn whole(parts: &[Part], before: bool) -> Vec<String> {
        let joined = |side: &Side| {
            side.pieces
                .iter()
                .map(|piece| piece.text.as_str())
                .collect()
        };
        let mut texts = Vec::new();
        for part in parts {
            match part {
                Part::Same(blocks) => texts.extend(blocks.iter().map(|block| block.text.clone())),
                Part::Added(block) if !before => texts.push(block.text.clone()),
                Part::Removed(block) if before => texts.push(block.text.clone()),
                Part::Changed(old, new) => texts.push(joined(if before { old } else { new })),
                Part::Added(_) | Part::Removed(_) => {}
            }
        }
        texts
    }

    #[test]
    fn nothing_is_left_out_of_either_side_and_too_much_is_told_in_larger_pieces() {
        use std::fmt::Write;
        let (mut before, mut after) = (String::new(), String::new());
        for n in 0..6000 {
            writeln!(before, "a{n}\n").unwrap();
            writeln!(after, "b{n}\n").unwrap();
        }
        // And one block whose every word changed, so often that its words can't be compared.
        writeln!(before, "{}", "x y ".repeat(4000)).unwrap();
        writeln!(after, "{}", "y z ".repeat(4000)).unwrap();
        for (before, after) in [
            (before.as_str(), after.as_str()),
            ("One.\n\n- two\n\n> three", "- two\n\n> three four\n\nOne."),
            ("", "Only this."),
            ("!\n\n?\n\n*a*", "?\n\n!\n\n`b`"),
        ] {
            let (before, after) = (text(before), text(after));
            let parts = between(&before, &after).parts;
            for (side, document) in [(true, before), (false, after)] {
                let blocks = document.blocks().into_iter();
                let expected: Vec<_> = blocks.map(|block| block.text).collect();
                assert_eq!(whole(&parts, side), expected);
            }
        }
    }

    #[test]
    fn beyond_the_budget_a_block_is_marked_from_its_first_change_to_its_last() {
        let block = |text: &str| Block {
            kind: Kind::Paragraph,
            text: text.to_owned(),
        };
        let (old, new) = (block("We pay now and then."), block("We owe now and when."));
        let (before, after) = marks::words(&old, &new, &mut Budget::of(3));
        assert_eq!(read(&before), "We [pay now and then].");
        assert_eq!(read(&after), "We [owe now and when].");
        let (before, _) = marks::words(&old, &new, &mut Budget::of(1000));
        assert_eq!(read(&before), "We [pay] now and [then].");
    }
}
