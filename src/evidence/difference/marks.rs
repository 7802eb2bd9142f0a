//! Which words of a block changed.

use super::{
    Block, Piece, Side,
    align::{Budget, common},
};

/// Whether a token is a word or a number, and not what stands between them.
pub(super) fn is_word(token: &str) -> bool {
    token.starts_with(char::is_alphanumeric)
}

/// Words, numbers and white space are tokens; any other character is one by itself.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (token, after) = rest.split_at(length(rest, first));
        rest = after;
        Some(token)
    })
}

fn length(rest: &str, first: char) -> usize {
    let run = |goes_on: fn(char) -> bool| rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
    if first.is_alphanumeric() {
        run(char::is_alphanumeric)
    } else if first.is_whitespace() {
        run(char::is_whitespace)
    } else {
        first.len_utf8()
    }
}

/// Both sides of a block that changed, with the words that only one of them has marked. Beyond
/// the budget all between the first and the last change is.
pub(super) fn words(before: &Block, after: &Block, budget: &mut Budget) -> (Side, Side) {
    let old: Vec<&str> = tokens(&before.text).collect();
    let new: Vec<&str> = tokens(&after.text).collect();
    let kept = common(&old, &new, |a, b| a == b, budget);
    let kept = worth_keeping(&kept, &old, new.len());
    let side = |block: &Block, tokens: &[&str], kept: Vec<usize>| Side {
        kind: block.kind,
        pieces: pieces(tokens, kept),
    };
    (
        side(before, &old, kept.iter().map(|(at, _)| *at).collect()),
        side(after, &new, kept.iter().map(|(_, at)| *at).collect()),
    )
}

/// Leaves out what two sides have in common by accident: a run without any word between two
/// changes. Marks with a blank in between would be read as many changes.
fn worth_keeping(kept: &[(usize, usize)], old: &[&str], new_length: usize) -> Vec<(usize, usize)> {
    let follows = |a: &(usize, usize), b: &(usize, usize)| b.0 == a.0 + 1 && b.1 == a.1 + 1;
    let mut worth = Vec::with_capacity(kept.len());
    for run in kept.chunk_by(follows) {
        let (first, last) = (run.first(), run.last());
        let begins = first == Some(&(0, 0));
        let ends = last.is_some_and(|(a, b)| (a + 1, b + 1) == (old.len(), new_length));
        let has_word = |(at, _): &(usize, usize)| old.get(*at).is_some_and(|token| is_word(token));
        if begins || ends || run.iter().any(has_word) {
            worth.extend_from_slice(run);
        }
    }
    worth
}

fn pieces(tokens: &[&str], kept: Vec<usize>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut kept = kept.into_iter().peekable();
    for (at, token) in tokens.iter().enumerate() {
        let marked = kept.next_if_eq(&at).is_none();
        match pieces.last_mut() {
            Some(piece) if piece.marked == marked => piece.text.push_str(token),
            _ => pieces.push(Piece {
                marked,
                text: (*token).to_owned(),
            }),
        }
    }
    pieces
}
