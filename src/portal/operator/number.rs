//! Ids that people hand to each other: drawn at random, so that nothing can be counted by them.

use crate::error::Error;

/// The alphabet of tenants' public ids: no letter that is read as another one.
const CROCKFORD: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The alphabet of partner ids.
const DIGITS: &[u8] = b"0123456789";

/// What an id looks like: a group for each length, of these characters.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    alphabet: &'static [u8],
    groups: &'static [usize],
}

/// A tenant's public id, like `K7Q2M-9XV4T`.
pub const PUBLIC_ID: Shape = Shape {
    alphabet: CROCKFORD,
    groups: &[5, 5],
};

/// A partner id, like `4815162`.
pub const PARTNER_NUMBER: Shape = Shape {
    alphabet: DIGITS,
    groups: &[7],
};

/// A password for sample data: 120 random bits in groups that can be typed.
pub const PASSPHRASE: Shape = Shape {
    alphabet: b"abcdefghijkmnpqrstuvwxyz23456789",
    groups: &[4, 5, 5, 5, 5],
};

/// Draws an id of this shape. The first character is never a zero.
///
/// # Errors
/// The machine has no randomness.
pub fn draw(shape: Shape) -> Result<String, Error> {
    let mut groups = Vec::new();
    for length in shape.groups {
        let mut group = String::new();
        while group.len() < *length {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).map_err(Error::internal)?;
            for byte in bytes {
                let first = groups.is_empty() && group.is_empty();
                // Bytes beyond the last whole multiple would favour the first characters.
                let whole = 256 - 256 % shape.alphabet.len();
                let drawn = shape.alphabet.get(usize::from(byte) % shape.alphabet.len());
                let fits = usize::from(byte) < whole && group.len() < *length;
                if let (Some(drawn), true) = (drawn, fits)
                    && !(first && *drawn == b'0')
                {
                    group.push(char::from(*drawn));
                }
            }
        }
        groups.push(group);
    }
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_their_shape_and_never_begin_with_a_zero() {
        for _ in 0..500 {
            let tenant = draw(PUBLIC_ID).unwrap();
            let (left, right) = tenant.split_once('-').unwrap();
            assert_eq!((left.len(), right.len()), (5, 5));
            assert!(tenant.bytes().all(|b| b == b'-' || CROCKFORD.contains(&b)));
            let partner = draw(PARTNER_NUMBER).unwrap();
            assert_eq!(partner.len(), 7);
            assert!(!partner.starts_with('0') && partner.bytes().all(|b| b.is_ascii_digit()));
        }
        assert_eq!(draw(PASSPHRASE).unwrap().len(), 28);
    }
}
