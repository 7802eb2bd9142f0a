//! Avatars: initials on a tint, made from a name alone.

/// An avatar: initials on a tint.
#[derive(Debug, Clone)]
pub struct Avatar {
    /// One or two letters.
    pub letters: String,
    /// One of six tints.
    pub hue: u8,
}

impl Avatar {
    /// For a company: the first two letters of its name.
    #[must_use]
    pub fn company(name: &str) -> Self {
        let mut letters = name.chars().filter(|c| c.is_alphanumeric());
        let first = letters
            .next()
            .map(|c| c.to_uppercase().to_string())
            .unwrap_or_default();
        let second = letters
            .next()
            .map(|c| c.to_lowercase().to_string())
            .unwrap_or_default();
        Self {
            letters: first + &second,
            hue: hue(name),
        }
    }

    /// For a person: the first letters of the first and last name.
    #[must_use]
    pub fn person(name: &str) -> Self {
        let initial = |word: &str| {
            word.chars()
                .find(|c| c.is_alphanumeric())
                .map(|c| c.to_uppercase().to_string())
        };
        let mut words = name.split_whitespace();
        let first = words.next().and_then(initial).unwrap_or_default();
        let last = words.next_back().and_then(initial).unwrap_or_default();
        Self {
            letters: first + &last,
            hue: hue(name),
        }
    }
}

fn hue(name: &str) -> u8 {
    let sum = name.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    u8::try_from(sum % 6 + 1).unwrap_or(1)
}
