//! Which of two sequences belong together.

use std::collections::HashMap;

use super::{Block, marks};

/// How many comparisons a difference may take. A long agreement of a thousand blocks, every one of
/// them changed, stays below it; a text that is made to be expensive is told in larger pieces. It
/// counts steps, not seconds, so that a page is the same each time that it is loaded.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(4_000_000)
    }
}

impl Budget {
    #[cfg(test)]
    pub(super) fn of(steps: usize) -> Self {
        Self(steps)
    }

    /// Takes so many steps, or none of them.
    pub(super) fn take(&mut self, steps: usize) -> bool {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// The blocks that stayed, as pairs of places in both texts, in order.
pub(super) fn blocks(
    before: &[Block],
    after: &[Block],
    budget: &mut Budget,
) -> Vec<(usize, usize)> {
    common(before, after, Block::is_like, budget)
}

/// The longest common subsequence, as pairs of places. What both begin and end with alike costs
/// nothing; where the rest is beyond the budget, that is all that is found.
pub(super) fn common<T>(
    before: &[T],
    after: &[T],
    same: impl Fn(&T, &T) -> bool,
    budget: &mut Budget,
) -> Vec<(usize, usize)> {
    let both = before.iter().zip(after);
    let head = both.take_while(|(a, b)| same(a, b)).count();
    let (old, new) = (
        before.get(head..).unwrap_or_default(),
        after.get(head..).unwrap_or_default(),
    );
    let both = old.iter().rev().zip(new.iter().rev());
    let tail = both.take_while(|(a, b)| same(a, b)).count();
    let (old, new) = (
        old.get(..old.len() - tail).unwrap_or_default(),
        new.get(..new.len() - tail).unwrap_or_default(),
    );
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if budget.take(old.len().saturating_mul(new.len())) {
        let weigh = |a: usize, b: usize| match (old.get(a), new.get(b)) {
            (Some(a), Some(b)) if same(a, b) => 1,
            _ => 0,
        };
        let middle = heaviest(old.len(), new.len(), weigh);
        pairs.extend(middle.into_iter().map(|(a, b)| (a + head, b + head)));
    }
    let ends = (before.len() - tail, after.len() - tail);
    pairs.extend((0..tail).map(|at| (ends.0 + at, ends.1 + at)));
    pairs
}

/// Pairs of places in order whose weights together are the most; what weighs nothing is no pair.
fn heaviest(
    rows: usize,
    columns: usize,
    weigh: impl Fn(usize, usize) -> u32,
) -> Vec<(usize, usize)> {
    let width = columns + 1;
    // `best` of a place: what can be had from there to the end of both.
    let mut best = vec![0_u32; (rows + 1) * width];
    let at = |best: &[u32], row: usize, column: usize| {
        best.get(row * width + column).copied().unwrap_or_default()
    };
    let paired = |best: &[u32], row, column| match weigh(row, column) {
        0 => 0,
        weight => weight + at(best, row + 1, column + 1),
    };
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let without = at(&best, row + 1, column).max(at(&best, row, column + 1));
            let most = without.max(paired(&best, row, column));
            if let Some(place) = best.get_mut(row * width + column) {
                *place = most;
            }
        }
    }
    let (mut pairs, mut row, mut column) = (Vec::new(), 0, 0);
    while row < rows && column < columns {
        let most = at(&best, row, column);
        if most == 0 {
            break;
        }
        if paired(&best, row, column) == most {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if at(&best, row + 1, column) == most {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// How alike two blocks have to be to count as one that changed, in thousandths of their words.
const ALIKE: u32 = 400;

/// Among the blocks that went and those that came, the pairs that resemble each other, in order.
pub(super) fn resembling(
    gone: &[Block],
    come: &[Block],
    budget: &mut Budget,
) -> Vec<(usize, usize)> {
    let (old, new) = (counted(gone), counted(come));
    let total = |all: &[Counted]| all.iter().map(|one| one.words.len()).sum::<usize>();
    let looked_up = (total(&old) + old.len()).saturating_mul(new.len());
    if !budget.take(looked_up.saturating_add(total(&new).saturating_mul(old.len()))) {
        return Vec::new();
    }
    let mut likeness = Vec::with_capacity(old.len() * new.len());
    for (a, one) in gone.iter().zip(&old) {
        for (b, other) in come.iter().zip(&new) {
            let may_be = a.kind.is_like(b.kind);
            likeness.push(if may_be { one.likeness(other) } else { 0 });
        }
    }
    let width = new.len();
    let weigh = |row: usize, column: usize| {
        let likeness = likeness.get(row * width + column).copied();
        likeness.filter(|like| *like >= ALIKE).unwrap_or_default()
    };
    heaviest(old.len(), new.len(), weigh)
}

/// How often a block has each word.
struct Counted<'a> {
    words: HashMap<&'a str, u32>,
    length: u32,
}

fn counted(blocks: &[Block]) -> Vec<Counted<'_>> {
    let count = |block| {
        let (mut words, mut length) = (HashMap::new(), 0);
        for word in marks::tokens(block).filter(|token| marks::is_word(token)) {
            *words.entry(word).or_insert(0) += 1;
            length += 1;
        }
        Counted { words, length }
    };
    blocks.iter().map(|block| count(&block.text)).collect()
}

impl Counted<'_> {
    /// The share of words that both have, in thousandths.
    fn likeness(&self, other: &Self) -> u32 {
        let shared = self.words.iter().map(|(word, times)| {
            let theirs = other.words.get(word).copied();
            theirs.unwrap_or_default().min(*times)
        });
        let (shared, length) = (shared.sum::<u32>(), self.length + other.length);
        (u64::from(shared) * 2000)
            .checked_div(u64::from(length))
            .and_then(|share| u32::try_from(share).ok())
            .unwrap_or_default()
    }
}
